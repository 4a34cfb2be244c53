"""Files of reports, and the items in them: JSONL in the exchange format, text, every other form, or folders of all.

Everything streams: of the files, one folder's names are held at a time, and of a file, one report. JSONL and plain text
are read here and now; other forms (`forms`) in a process of their own (`opening`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO

from ascertain.intake.columns import Columns
from ascertain.intake.documents import Limits, Original, derived_id, within
from ascertain.intake.folders import files_in
from ascertain.intake.lines import BOM, UnknownFieldListener, checked, reports_in, too_long
from ascertain.intake.received import Item, SetAside, decoded, is_encodable, printable
from ascertain.intake.seen import SeenIds
from ascertain.intake.source_forms import Form, form_of_named, form_of_stream, is_pipe
from ascertain.model import InputError, SettingsError

if TYPE_CHECKING:
    from ascertain.intake.opening import Opened, Opening

STANDARD_INPUT = "-"
MAX_CHARACTERS = 2_000_000

_BLOCK = 1 << 20
_BYTES_A_CHARACTER = 4


@dataclass(frozen=True, slots=True)
class Source:
    """One file of reports: where it lies, how messages name it, the id that a text takes from it, and why it is not
    read, where it is not."""

    path: Path
    label: str
    form: Form
    id: str
    aside: SetAside | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """What lies ahead: how many items at most, and a fingerprint of every name and byte of the inputs.

    `uncounted` are files that may hold many items and count as one here: archives, tables, chats and the like.
    """

    items: int
    fingerprint: str
    uncounted: int = 0


def is_stream(given: str) -> bool:
    """Whether an input can be read only once: standard input or a pipe."""
    return given == STANDARD_INPUT or is_pipe(Path(given))


def find_sources(
    inputs: Sequence[str], *, spooled: Mapping[str, Path] = MappingProxyType({}), without: Path | None = None
) -> Iterator[Source]:
    """The files that the inputs name, in the order given; within a folder, sorted by path.

    Args:
        inputs: files, folders, or `-`. A file is JSONL or text by its suffix, else what it holds; which files of a
            folder count, `folders` says.
        spooled: for each input that is a stream, the file that holds what came by it; text is taken for JSONL.
        without: a folder to leave out (the one that results go to).

    Raises:
        SettingsError: an input is not there.
    """
    for given in inputs:
        path = Path(given)
        if given in spooled:
            label = "<standard input>" if given == STANDARD_INPUT else given
            yield Source(spooled[given], label, form_of_stream(spooled[given]), path.name)
        elif path.is_dir():
            yield from _in_folder(path, without.resolve() if without else None)
        elif path.exists():
            yield Source(path, given, form_of_named(path), path.name)
        else:
            raise SettingsError(f"{printable(given)}: no such file or folder; check the path")


def _in_folder(folder: Path, without: Path | None) -> Iterator[Source]:
    for found in files_in(folder, without=without):
        if isinstance(found, SetAside):
            yield Source(folder, found.source, "text", found.source, found)
        else:
            id = found.path.relative_to(folder).as_posix()
            yield Source(found.path, str(found.path), form_of_named(found.path), id)


def survey(sources: Iterable[Source]) -> Survey:
    """Read every byte of the sources once, to know them again and to tell how long the work will be.

    >>> survey([]).items
    0
    """
    fingerprint, items, uncounted = hashlib.sha256(), 0, 0
    for source in sources:
        digest, lines = _digest(source.path) if source.aside is None else ("", 1)
        items += lines if source.form == "jsonl" else 1
        uncounted += source.form == "original"
        named = f"{source.label}\0{source.form}\0{source.id}\0{digest}\n"
        fingerprint.update(named.encode("utf-8", "surrogateescape"))
    return Survey(items, fingerprint.hexdigest(), uncounted)


def _digest(path: Path) -> tuple[str, int]:
    """The digest of a file, and its number of lines; that of a file that cannot be read is empty."""
    digest, lines, last = hashlib.sha256(), 0, b"\n"
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
                lines += block.count(b"\n")
                last = block[-1:]
    except OSError:
        return "", 1
    return digest.hexdigest(), lines + (last != b"\n")


def read_items(
    sources: Iterable[Source],
    *,
    max_characters: int = MAX_CHARACTERS,
    columns: Columns | None = None,
    on_unknown_field: UnknownFieldListener | None = None,
) -> Iterator[Item]:
    """Each report of the sources, or why it was set aside; a second report with the same id is set aside.

    Args:
        sources: the files, in order.
        max_characters: the longest text that is read, in Unicode code points.
        columns: which column of a table holds what; without it the tables' own headers tell.
        on_unknown_field: told the source and name of each field that the exchange format lacks.
    """
    with SeenIds() as seen, ExitStack() as stack:
        opening: Opening | None = None
        for source in sources:
            items: Iterable[Item]
            if source.aside is not None:
                items = (source.aside,)
            elif source.form == "original":
                opening = opening or stack.enter_context(_opening(max_characters, columns))
                items = _items_of_original(source, opening, max_characters, seen)
            else:
                items = _items_of(source, max_characters, on_unknown_field or _overlook)
            for item in items:
                yield _unless_seen(item, seen)


def _opening(max_characters: int, columns: Columns | None) -> Opening:
    from ascertain.intake.opening import Opening
    from ascertain.intake.settings import Settings

    return Opening(Settings(Limits(characters=max_characters), columns))


def _items_of_original(source: Source, opening: Opening, max_characters: int, seen: SeenIds) -> Iterator[Item]:
    """What is in an original; the same part of the same bytes, as in a second copy of the file, is one report."""
    original = Original(source.path, PurePath(source.label).name, source.label)
    for found in opening.documents(original):
        if isinstance(found, SetAside):
            yield found
        elif found.document.id is not None or not seen.holds(derived_id(found.sha256, found.document.part)):
            yield _item_of_document(found, max_characters)


def _item_of_document(opened: Opened, max_characters: int) -> Item:
    document = opened.document
    given = {name: getattr(document, name) for name in ("title", "published", "publisher", "url", "language")}
    label = printable(within(opened.address, document.part))
    fields = {"id": document.id or derived_id(opened.sha256, document.part), "text": document.text, **given}
    try:
        return checked(fields, label, None, max_characters)
    except InputError as error:
        return SetAside.because(error)


def _overlook(*_: str) -> None:
    """Tell nobody of a field that the format lacks."""


def _unless_seen(item: Item, seen: SeenIds) -> Item:
    if isinstance(item, SetAside):
        return item
    place = item.source if item.line is None else f"{item.source}:{item.line}"
    first = seen.first_place_of(item.report.id, place)
    if first is None:
        return item
    problem = printable(f"the id {item.report.id!r} was already at {first}")
    return SetAside(item.source, item.line, problem, "give each report an id of its own")


def _items_of(source: Source, max_characters: int, on_unknown_field: UnknownFieldListener) -> Iterator[Item]:
    try:
        with source.path.open("rb") as file:
            if source.form == "text":
                yield _text_item(file, source, max_characters)
            else:
                yield from reports_in(
                    file, label=source.label, max_characters=max_characters, on_unknown_field=on_unknown_field
                )
    except OSError as error:
        problem = f"cannot be read: {error.strerror or error}"
        yield SetAside(printable(source.label), None, problem, "check the file and the right to read it")


def _text_item(file: BinaryIO, source: Source, max_characters: int) -> Item:
    label = printable(source.label)
    most = max_characters * _BYTES_A_CHARACTER + len(BOM)
    data = file.read(most + 1)
    try:
        if len(data) > most:
            raise too_long(label, None, max_characters)
        if not is_encodable(source.id):
            raise InputError("a file name that is not UTF-8", source=label, remedy="rename the file")
        text = decoded(data.removeprefix(BOM), source=label)
        return checked({"id": source.id, "text": text}, label, None, max_characters)
    except InputError as error:
        return SetAside.because(error)
