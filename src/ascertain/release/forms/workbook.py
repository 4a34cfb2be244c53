"""XLSX: one workbook, a sheet a table, and a first sheet that explains them.

Texts are written as texts whatever they begin with: no cell is a formula or a link, and no value is altered. A sheet
holds a million rows at most; what is more goes on in another one. Memory stays flat: rows wait in files until the
workbook is packed.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from ascertain.release.forms.sheet_xml import CELLS, END, Style, beginning, column_letters, member, parts_of, text_cell
from ascertain.release.tables import Column, Row

SHEET_ROWS = 1_000_000
_WIDTHS = {"string": 22, "integer": 10, "number": 10, "boolean": 10, "date": 12, "list": 30}
_READ_ME = "read me"
_PACKED_AT_ONCE = 1 << 20
_SMALL_ZIP = (1 << 31) - (1 << 20)


class Workbook:
    """A workbook that grows by tables; `sink` gives one for each table, all at once where need be."""

    def __init__(self, path: Path, title: str, explained: Sequence[tuple[str, str]]) -> None:
        self._path, self._title = path, title
        self._sheets: list[_Sheet] = []
        self._about = self._sheet(_READ_ME, (34, 100), frozen=False)
        for left, right in explained:
            self._say(left, right)

    def _sheet(self, name: str, widths: Sequence[int], *, frozen: bool = True) -> _Sheet:
        self._sheets.append(_Sheet(name, self._path.parent, widths, frozen=frozen, chosen=not self._sheets))
        return self._sheets[-1]

    def _say(self, left: str, right: str, style: Style = Style.WRAPPED) -> None:
        self._about.add_texts((left, right), style)

    def sink(self, table: str, columns: Sequence[Column]) -> WorkbookSink:
        """The sheet of a table; what its columns mean is told on the first sheet."""
        self._say("", "")
        self._say(f"sheet {table}", "", Style.HEAD)
        for column in columns:
            self._say(column.name, column.meaning)
        return WorkbookSink(self, table, columns)

    def begun(self, table: str, number: int, columns: Sequence[Column]) -> _Sheet:
        """A sheet with the heads of some columns: the first of a table, or one that it goes on in."""
        name = table if number == 1 else f"{table} {number}"
        sheet = self._sheet(name, [_WIDTHS[column.type] for column in columns])
        sheet.add_texts([column.name for column in columns], Style.HEAD)
        return sheet

    def close(self) -> None:
        """Write the file."""
        with zipfile.ZipFile(self._path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in parts_of(self._title, [sheet.name for sheet in self._sheets]):
                archive.writestr(member(name), text)
            for number, sheet in enumerate(self._sheets, 1):
                sheet.pack(archive, f"xl/worksheets/sheet{number}.xml")
        self.drop()

    def drop(self) -> None:
        """Let go of all files, whether the workbook is written or not."""
        for sheet in self._sheets:
            sheet.drop()


class WorkbookSink:
    """The sheet of one table, and those that it goes on in."""

    def __init__(self, book: Workbook, table: str, columns: Sequence[Column]) -> None:
        self._book, self._table, self._columns = book, table, columns
        self._written = tuple(zip(column_letters(), (CELLS[column.type] for column in columns), strict=False))
        self._numbers = count(1)
        self._begin()

    def _begin(self) -> None:
        self._sheet = self._book.begun(self._table, next(self._numbers), self._columns)

    def add(self, rows: Sequence[Row]) -> None:
        """Write some rows."""
        while rows:
            room = SHEET_ROWS + 1 - self._sheet.rows
            if not room:
                self._begin()
                continue
            numbered = enumerate(rows[:room], self._sheet.rows + 1)
            self._sheet.add([self._line(number, row) for number, row in numbered])
            rows = rows[room:]

    def _line(self, number: int, row: Row) -> str:
        """A row as XML, without the cells that hold nothing."""
        cells = [
            write(f"{letters}{number}", cell)
            for cell, (letters, write) in zip(row, self._written, strict=True)
            if cell is not None and cell != ()
        ]
        return f'<row r="{number}">{"".join(cells)}</row>'

    def close(self) -> None:
        """Nothing: the workbook is written as one."""

    def drop(self) -> None:
        """Nothing: the workbook lets go of its sheets."""


class _Sheet:
    """A sheet whose rows wait in a file; `rows` are so many."""

    def __init__(self, name: str, folder: Path, widths: Sequence[int], *, frozen: bool, chosen: bool) -> None:
        self.name, self.rows = name, 0
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 -- it is closed by drop
        self._file.write(beginning(widths, frozen=frozen, chosen=chosen).encode())

    def add(self, lines: Sequence[str]) -> None:
        """Write rows, each as XML."""
        self.rows += len(lines)
        self._file.write("".join(lines).encode())

    def add_texts(self, texts: Sequence[str], style: Style) -> None:
        """Write a row of texts of one style."""
        number = self.rows + 1
        cells = (
            text_cell(f"{letters}{number}", text, style) for letters, text in zip(column_letters(), texts, strict=False)
        )
        self.add([f'<row r="{number}">{"".join(cells)}</row>'])

    def pack(self, archive: zipfile.ZipFile, name: str) -> None:
        """Put the sheet into the workbook."""
        self._file.write(END.encode())
        large = self._file.tell() > _SMALL_ZIP
        self._file.seek(0)
        with archive.open(member(name), "w", force_zip64=large) as packed:
            shutil.copyfileobj(self._file, packed, _PACKED_AT_ONCE)

    def drop(self) -> None:
        """Let go of the file."""
        self._file.close()
