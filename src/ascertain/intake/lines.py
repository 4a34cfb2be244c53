"""Lines of JSONL in the exchange format, one report each, of a file of any size: one line is held at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from ascertain.intake.received import Item, Received, SetAside, fields_of, printable, report_from
from ascertain.model import InputError

UnknownFieldListener = Callable[[str, str], None]

BOM = b"\xef\xbb\xbf"
_BLOCK = 1 << 20
_BYTES_A_CHARACTER = 12
_ROOM_FOR_OTHER_FIELDS = 1 << 16


def reports_in(
    file: BinaryIO, *, label: str, max_characters: int, on_unknown_field: UnknownFieldListener
) -> Iterator[Item]:
    """The report of each line that is not blank, or why it was set aside.

    Args:
        file: the lines.
        label: what messages call the file.
        max_characters: the longest text that is read; lines that must hold a longer one are passed over unread.
        on_unknown_field: told the label and name of each field that the exchange format lacks.
    """
    is_empty = True
    for number, line in _lines(file, max_characters * _BYTES_A_CHARACTER + _ROOM_FOR_OTHER_FIELDS):
        if line is None or line.strip():
            is_empty = False
            yield _item(line, printable(label), number, max_characters, on_unknown_field)
    if is_empty:
        yield SetAside(printable(label), None, "holds no report", "write one JSON object a line into it")


def checked(fields: dict[str, object], label: str, line: int | None, max_characters: int) -> Received:
    """The report that fields describe.

    Raises:
        InputError: they describe none, or its text is too long.
    """
    report = report_from(fields, source=label, line=line)
    if len(report.text) > max_characters:
        raise too_long(label, line, max_characters)
    return Received(report, label, line)


def too_long(label: str, line: int | None, max_characters: int) -> InputError:
    """The fault of a text with more characters than are read."""
    problem = f"longer than {max_characters:,} characters"
    return InputError(problem, source=label, line=line, remedy="split it into its parts, or raise --max-characters")


def _item(
    line: bytes | None, label: str, number: int, max_characters: int, on_unknown_field: UnknownFieldListener
) -> Item:
    try:
        if line is None:
            raise too_long(label, number, max_characters)
        fields = fields_of(line, source=label, number=number)
        item = checked(fields, label, number, max_characters)
    except InputError as error:
        return SetAside.because(error)
    for name in sorted(fields.keys() - type(item.report).model_fields.keys()):
        on_unknown_field(label, printable(name))
    return item


def _lines(file: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Each line with its number; `None` in place of a line longer than `limit` bytes, which is passed over."""
    number = 0
    while line := file.readline(limit + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(BOM)
        if len(line) <= limit:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(_BLOCK)
        yield number, None
