"""The rows of tables: CSV and its like in any encoding, and workbooks (XLSX), of any length, one row at a time."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import itertools
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import openpyxl

from ascertain.intake.documents import Original
from ascertain.intake.encodings import decoded
from ascertain.intake.forms.unpacking import FREE_BYTES
from ascertain.intake.settings import Settings
from ascertain.model import InputError

DELIMITERS = (",", ";", "\t", "|")
MOST_ROWS = 1_048_576  # of a sheet, by the specification of Excel
_HEAD_CHARACTERS = 1 << 18
_HEAD_ROWS = 20
_BLOCK = 1 << 20
_LINE_TO_CELL = 8
_WIDE = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}

Cells = tuple[str, ...]
Numbered = tuple[int, Cells]


class BrokenTableError(Exception):
    """Rows that cannot be told apart from here on; `row` is where."""

    def __init__(self, problem: str, remedy: str, row: int) -> None:
        self.problem, self.remedy, self.row = problem, remedy, row
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name in a workbook, and its rows, to be gone through as often as needed; the first is number 1."""

    name: str | None
    rows: Callable[[], Iterator[Numbered]]


def sheets_of(original: Original, settings: Settings, suits: Callable[[Cells], bool]) -> Iterator[Sheet]:
    """The tables of an original.

    Args:
        original: the file.
        settings: the limits.
        suits: whether a row can be the header; by that the sign between columns is told.

    Raises:
        InputError: it is too large, or no text.
    """
    if zipfile.is_zipfile(original.path):
        yield from _sheets_of_workbook(original, settings)
        return
    opened = _opener(original, settings)
    delimiter = _delimiter(opened, suits)
    yield Sheet(None, lambda: _rows_of_csv(opened, delimiter, settings.limits.characters))


def _opener(original: Original, settings: Settings) -> Callable[[], IO[str]]:
    """How to read the text again and again: from the file if it is UTF-8 or says what it is, else decoded at once."""
    path = original.path
    with path.open("rb") as file:
        head = file.read(2)
    if head in _WIDE:
        return lambda: path.open(encoding=_WIDE[head], errors="replace", newline="")
    if _is_utf8(path):
        return lambda: path.open(encoding="utf-8-sig", newline="")
    if path.stat().st_size > settings.limits.whole_bytes:
        raise InputError("a large table that is not UTF-8", source=original.address, remedy="save it as UTF-8")
    text = decoded(path.read_bytes())
    if text is None:
        raise InputError(
            "no text, but bytes of no known form", source=original.address, remedy="save it as CSV in UTF-8"
        )
    return lambda: io.StringIO(text, newline="")


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(opened: Callable[[], IO[str]], suits: Callable[[Cells], bool]) -> str:
    """The sign by which one of the first rows becomes a header; else that by which the first has most cells."""
    with opened() as file:
        head = file.read(_HEAD_CHARACTERS)
    heads = {delimiter: list(_first_rows(head, delimiter)) for delimiter in DELIMITERS}
    suited = [delimiter for delimiter, rows in heads.items() if any(map(suits, rows))]
    return max(suited or DELIMITERS, key=lambda delimiter: max(map(len, heads[delimiter]), default=0))


def _first_rows(head: str, delimiter: str) -> Iterator[Cells]:
    csv.field_size_limit(_HEAD_CHARACTERS)
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    for _ in range(_HEAD_ROWS):
        try:
            row = next(reader, None)
        except csv.Error:
            return
        if row is None:
            return
        yield tuple(row)


class _Lines:
    """The lines of a table for the reader of CSV, none longer than `most`; it counts the quotation marks of a row."""

    def __init__(self, file: IO[str], most: int) -> None:
        self._file, self._most = file, most
        self.lines, self.quotes = 0, 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._file.readline(self._most)
        if not line:
            raise StopIteration
        if len(line) == self._most:
            raise csv.Error(f"a line longer than {self._most:,} characters")
        self.lines, self.quotes = self.lines + 1, self.quotes + line.count('"')
        return line

    def begin(self) -> None:
        """A row begins."""
        self.lines = self.quotes = 0


def _rows_of_csv(opened: Callable[[], IO[str]], delimiter: str, longest: int) -> Iterator[Numbered]:
    with opened() as file:
        lines = _Lines(file, longest * _LINE_TO_CELL)
        reader = csv.reader(lines, delimiter=delimiter)
        waiting: Numbered | None = None
        for number in itertools.count(1):
            row = _next_row(reader, lines, longest, number)
            if row is None:
                break
            if waiting is not None:
                yield waiting
            waiting, is_open = (number, tuple(row)), lines.lines > 1 and lines.quotes % 2 == 1
        if waiting is not None and is_open:
            remedy = "close it, or write it twice within a cell; what comes after is not read"
            raise BrokenTableError("a quotation mark that is not closed", remedy, waiting[0])
        if waiting is not None:
            yield waiting


def _next_row(reader: Iterator[list[str]], lines: _Lines, longest: int, number: int) -> list[str] | None:
    csv.field_size_limit(longest)
    lines.begin()
    try:
        return next(reader, None)
    except csv.Error as error:
        remedy = "look for a quotation mark that is not closed; what comes after is not read"
        raise BrokenTableError(f"cannot be read ({error})", remedy, number) from error


def _sheets_of_workbook(original: Original, settings: Settings) -> Iterator[Sheet]:
    size = original.path.stat().st_size
    with zipfile.ZipFile(original.path) as archive:
        unpacked = sum(info.file_size for info in archive.infolist())
    if size > settings.limits.whole_bytes or unpacked > FREE_BYTES + settings.limits.expansion * size:
        problem = f"a workbook of {size / 1e6:,.0f} MB that unpacks to {unpacked / 1e6:,.0f} MB"
        raise InputError(problem, source=original.address, remedy="save its sheet as CSV, and give that")
    with original.path.open("rb") as file:
        workbook = _quietly(lambda: openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False))
        try:
            for sheet in workbook.worksheets:
                yield Sheet(str(sheet.title), lambda sheet=sheet: _rows_of_sheet(sheet))  # type: ignore[misc]
        finally:
            workbook.close()


def _rows_of_sheet(sheet: Any) -> Iterator[Numbered]:
    """The rows with the values that formulas had when the workbook was saved."""
    sheet.reset_dimensions()
    rows = iter(sheet.iter_rows(values_only=True))
    for number in range(1, MOST_ROWS + 1):
        row = _quietly(lambda: next(rows, None))
        if row is None:
            return
        yield number, tuple(map(_shown, row))
    remedy = "save the sheet anew; what comes after is not read"
    raise BrokenTableError("more rows than a sheet can have", remedy, MOST_ROWS + 1)


def _quietly(work: Callable[[], Any]) -> Any:
    """Do something without the warnings about parts of a workbook that are not read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return work()


def _shown(value: object) -> str:
    """A cell as it is read: days as YYYY-MM-DD, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
