"""XLSX: one workbook, a sheet a table, and a first sheet that explains them.

Texts are written as texts whatever they begin with: no cell is a formula or a link, and no value is altered. A sheet
holds a million rows at most; what is more goes on in another one. Memory stays flat: XlsxWriter keeps rows in files.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from ascertain.release.tables import LIST_SEPARATOR, Cell, Column, Row

SHEET_ROWS = 1_000_000
CELL_CHARACTERS = 32_767
CUT = " … (cut; whole in the other files)"
_MADE = dt.datetime(1980, 1, 1)
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
            for at, cell in enumerate(row):
                if cell is not None and cell != ():
                    self._write(at, cell)
            self._row += 1

    def _write(self, at: int, cell: Cell) -> None:
        match cell:
            case bool():
                self._sheet.write_boolean(self._row, at, cell)
            case int() | float():
                self._sheet.write_number(self._row, at, cell)
            case dt.date():
                self._sheet.write_datetime(self._row, at, cell)
            case tuple():
                self._sheet.write_string(self._row, at, _short(LIST_SEPARATOR.join(cell)))
            case str():
                self._sheet.write_string(self._row, at, _short(cell))

    def close(self) -> None:
        """Nothing: the workbook is written as one."""

    def drop(self) -> None:
        """Nothing: the workbook lets go of its sheets."""


def _short(text: str) -> str:
    """A text that fits into a cell; what is cut says so.

    >>> _short("a" * 40_000)[-34:]
    ' … (cut; whole in the other files)'
    """
    return text if len(text) <= CELL_CHARACTERS else text[: CELL_CHARACTERS - len(CUT)] + CUT
