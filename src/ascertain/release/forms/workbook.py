"""XLSX: one workbook, a sheet a table, and a first sheet that explains them.

Texts are written as texts whatever they begin with: no cell is a formula or a link, and no value is altered. A sheet
holds a million rows at most; what is more goes on in another one. Memory stays flat: XlsxWriter keeps rows in files.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import xlsxwriter

from ascertain.release.tables import LIST_SEPARATOR, Column, ColumnType, Row

SHEET_ROWS = 1_000_000
CELL_CHARACTERS = 32_767
CUT = " … (cut; whole in the other files)"
_MADE = dt.datetime(1980, 1, 1)
_FIRST_DAY = dt.date(1900, 3, 1)
_WIDTHS = {"string": 22, "integer": 10, "number": 10, "boolean": 10, "date": 12, "list": 30}


class Workbook:
    """A workbook that grows by tables; `sink` gives one for each table, all at once where need be."""

    def __init__(self, path: Path, title: str, explained: Sequence[tuple[str, str]]) -> None:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "yyyy-mm-dd",
            "tmpdir": str(path.parent),
            "use_zip64": True,  # a million incidents fill more than 2 GiB before they are packed
        }
        self._book = xlsxwriter.Workbook(str(path), options)
        self._book.set_properties({"title": title, "author": "", "company": "", "created": _MADE})
        self._head = self._book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._wrapped = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._explain(explained)

    def _explain(self, explained: Sequence[tuple[str, str]]) -> None:
        self._about = self._book.add_worksheet("read me")
        self._about.set_column(0, 0, 34)
        self._about.set_column(1, 1, 100)
        self._line = 0
        for left, right in explained:
            self._say(left, right)

    def _say(self, left: str, right: str, *, head: bool = False) -> None:
        self._about.write_string(self._line, 0, left, self._head if head else self._wrapped)
        self._about.write_string(self._line, 1, right, self._head if head else self._wrapped)
        self._line += 1

    def sink(self, table: str, columns: Sequence[Column]) -> WorkbookSink:
        """The sheet of a table; what its columns mean is told on the first sheet."""
        self._say("", "")
        self._say(f"sheet {table}", "", head=True)
        for column in columns:
            self._say(column.name, column.meaning)
        return WorkbookSink(self._book, self._head, table, columns)

    def close(self) -> None:
        """Write the file."""
        self._book.close()

    def drop(self) -> None:
        """Let go of the files in which rows wait, whether the workbook is written or not."""
        for sheet in self._book.worksheets():
            sheet.row_data_fh.close()


class WorkbookSink:
    """The sheet of one table, and those that it goes on in."""

    def __init__(self, book: Any, head: object, table: str, columns: Sequence[Column]) -> None:
        self._book, self._head, self._table, self._columns = book, head, table, columns
        self._written = [_WRITTEN[column.type] for column in columns]
        self._sheets, self._row = 0, 0
        self._sheet: Any = None
        self._begin()

    def _begin(self) -> None:
        self._sheets += 1
        name = self._table if self._sheets == 1 else f"{self._table} {self._sheets}"
        self._sheet, self._row = self._book.add_worksheet(name), 1
        self._sheet.freeze_panes(1, 1)
        for at, column in enumerate(self._columns):
            self._sheet.set_column(at, at, _WIDTHS[column.type])
            self._sheet.write_string(0, at, column.name, self._head)

    def add(self, rows: Sequence[Row]) -> None:
        """Write some rows."""
        for row in rows:
            if self._row > SHEET_ROWS:
                self._begin()
            for at, (cell, write) in enumerate(zip(row, self._written, strict=True)):
                if cell is not None and cell != ():
                    write(self._sheet, self._row, at, cell)
            self._row += 1

    def close(self) -> None:
        """Nothing: the workbook is written as one."""

    def drop(self) -> None:
        """Nothing: the workbook lets go of its sheets."""


def _write_text(sheet: Any, row: int, at: int, text: str) -> None:
    sheet.write_string(row, at, _short(text))


def _write_list(sheet: Any, row: int, at: int, texts: Sequence[str]) -> None:
    sheet.write_string(row, at, _short(LIST_SEPARATOR.join(texts)))


def _write_number(sheet: Any, row: int, at: int, number: float) -> None:
    sheet.write_number(row, at, number)


def _write_truth(sheet: Any, row: int, at: int, truth: bool) -> None:
    sheet.write_boolean(row, at, truth)


def _write_day(sheet: Any, row: int, at: int, day: dt.date) -> None:
    """A day; as a text where spreadsheets have no number for it, which is before March 1900."""
    if day < _FIRST_DAY:
        sheet.write_string(row, at, day.isoformat())
    else:
        sheet.write_datetime(row, at, day)


_WRITTEN: Mapping[ColumnType, Callable[[Any, int, int, Any], None]] = MappingProxyType(
    {
        "string": _write_text,
        "integer": _write_number,
        "number": _write_number,
        "boolean": _write_truth,
        "date": _write_day,
        "list": _write_list,
    }
)


def _short(text: str) -> str:
    """A text that fits into a cell; what is cut says so.

    >>> _short("a" * 40_000)[-34:]
    ' … (cut; whole in the other files)'
    """
    return text if len(text) <= CELL_CHARACTERS else text[: CELL_CHARACTERS - len(CUT)] + CUT
