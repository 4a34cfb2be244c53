"""Files of reports, and the items in them: JSONL in the exchange format, plain text, or folders of both.

Everything streams: of the files, one folder's names are held at a time, and of a file, one report.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Literal

from ascertain.intake.lines import BOM, UnknownFieldListener, checked, reports_in, too_long
from ascertain.intake.received import Item, SetAside, decoded, is_encodable, printable
from ascertain.intake.results import MANIFEST, RESULTS
from ascertain.intake.seen import SeenIds
from ascertain.model import InputError, SettingsError

STANDARD_INPUT = "-"
MAX_CHARACTERS = 2_000_000

_FORMS: dict[str, Literal["jsonl", "text"]] = {".jsonl": "jsonl", ".ndjson": "jsonl", ".txt": "text"}
_NAMED_FORMS = {**_FORMS, ".json": "jsonl"}
_BLOCK = 1 << 20
_BYTES_A_CHARACTER = 4


@dataclass(frozen=True, slots=True)
class Source:
    """One file of reports: where it lies, how messages name it, and the id that a text takes from it."""

    path: Path
    label: str
    form: Literal["jsonl", "text"]
    id: str


@dataclass(frozen=True, slots=True)
class Survey:
    """What lies ahead: how many items at most, and a fingerprint of every name and byte of the inputs."""

    items: int
    fingerprint: str


def is_stream(given: str) -> bool:
    """Whether an input can be read only once: standard input or a pipe."""
    return given == STANDARD_INPUT or (Path(given).exists() and not (Path(given).is_file() or Path(given).is_dir()))


def find_sources(
    inputs: Sequence[str], *, spooled: Mapping[str, Path] = MappingProxyType({}), without: Path | None = None
) -> Iterator[Source]:
    """The files that the inputs name, in the order given; within a folder, sorted by path.

    Args:
        inputs: files, folders, or `-`. A file named outright is JSONL by its suffix, else text; in folders only
            `.jsonl`, `.ndjson` and `.txt` count; names that start with a dot do not, nor do pipes and results of a run.
        spooled: for each input that is a stream, the file that holds what came by it, as JSONL.
        without: a folder to leave out (the one that results go to).

    Raises:
        SettingsError: an input is not there.
    """
    for given in inputs:
        path = Path(given)
        if given in spooled:
            yield Source(spooled[given], "<standard input>" if given == STANDARD_INPUT else given, "jsonl", path.name)
        elif path.is_dir():
            yield from _walk(path, path, without.resolve() if without else None)
        elif path.exists():
            yield Source(path, given, _NAMED_FORMS.get(path.suffix.lower(), "text"), path.name)
        else:
            raise SettingsError(f"{printable(given)}: no such file or folder; check the path")


def _walk(folder: Path, top: Path, without: Path | None) -> Iterator[Source]:
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
        if MANIFEST in names:
            names = [name for name in names if name not in RESULTS]
    except OSError:
        yield Source(folder, str(folder), "text", folder.name)
        return
    for path in (folder / name for name in names):
        if path.is_dir():
            if not path.is_symlink() and path.resolve() != without:
                yield from _walk(path, top, without)
        elif path.suffix.lower() in _FORMS and not is_stream(str(path)):
            yield Source(path, str(path), _FORMS[path.suffix.lower()], path.relative_to(top).as_posix())


def survey(sources: Iterable[Source]) -> Survey:
    """Read every byte of the sources once, to know them again and to tell how long the work will be.

    >>> survey([]).items
    0
    """
    fingerprint, items = hashlib.sha256(), 0
    for source in sources:
        digest, lines = _digest(source.path)
        items += lines if source.form == "jsonl" else 1
        named = f"{source.label}\0{source.form}\0{source.id}\0{digest}\n"
        fingerprint.update(named.encode("utf-8", "surrogateescape"))
    return Survey(items, fingerprint.hexdigest())


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
    on_unknown_field: UnknownFieldListener | None = None,
) -> Iterator[Item]:
    """Each report of the sources, or why it was set aside; a second report with the same id is set aside.

    Args:
        sources: the files, in order.
        max_characters: the longest text that is read, in Unicode code points.
        on_unknown_field: told the source and name of each field that the exchange format lacks.
    """
    with SeenIds() as seen:
        for source in sources:
            for item in _items_of(source, max_characters, on_unknown_field or _overlook):
                yield _unless_seen(item, seen)


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
