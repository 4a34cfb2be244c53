"""CSV: UTF-8, one header, commas, and cells that no spreadsheet takes for a formula.

A text that begins with a sign by which spreadsheets know formulas (`=`, `+`, `-`, `@`, their full-width forms, any of
them after spaces, a tab, a carriage return, a new line) gets an apostrophe before it. So does a text that begins with
apostrophes followed by such a sign, so that one apostrophe can always be taken off again: no two texts become one.
Numbers and days are never touched, -1.6 stays -1.6. Parquet, JSONL, GeoJSON and XLSX hold every text as it is.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType, NoneType
from typing import Any

from ascertain.release.tables import LIST_SEPARATOR, Cell, Column, Row

_BEGINS = r"(?:[\t\r\n]|[\s\u200b\ufeff]*[=+\-@＝＋－＠])"  # after "CSV Injection", OWASP; some programs trim spaces
_FORMULA, _GUARDED = re.compile(rf"'*{_BEGINS}"), re.compile(rf"'+{_BEGINS}")


def plain_text(text: str) -> str:
    """A text as it stands in CSV.

    >>> plain_text("=1+1"), plain_text("Djibo"), plain_text("'-x")
    ("'=1+1", 'Djibo', "''-x")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def restored_text(cell: str) -> str:
    """The text that a cell of CSV stands for.

    >>> restored_text("'=1+1"), restored_text("'s-Hertogenbosch"), restored_text("''-x")
    ('=1+1', "'s-Hertogenbosch", "'-x")
    """
    return cell[1:] if _GUARDED.match(cell) else cell


_TOLD: Mapping[type, Callable[[Any], str]] = MappingProxyType(
    {
        NoneType: lambda _: "",
        bool: lambda cell: "true" if cell else "false",
        int: str,
        float: repr,
        str: plain_text,
        tuple: lambda cell: plain_text(LIST_SEPARATOR.join(cell)),
        dt.date: dt.date.isoformat,
    }
)


def told(cell: Cell) -> str:
    """A cell as text.

    >>> told(None), told(True), told(-1.5), told(("a", "b")), told(dt.date(2024, 3, 4))
    ('', 'true', '-1.5', 'a | b', '2024-03-04')
    """
    return _TOLD[type(cell)](cell)


def _lines(rows: Iterable[Sequence[str]]) -> str:
    r"""Rows as lines of CSV. A cell with a carriage return is quoted as one with a new line is: readers may end a row
    at either.

    >>> _lines([["a\rb", "c"], ["d", "e"]])
    '"a\rb",c\nd,e\n'
    """
    return "".join(map(_line, rows))


def _line(row: Sequence[str]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerow(row)  # the writer quotes what stands in its own line's end
    return text.getvalue().removesuffix("\r\n") + "\n"


class CsvSink:
    """A CSV file; and a second one with HXL tags in its second row, where that is asked for."""

    def __init__(self, path: Path, columns: Sequence[Column], *, tagged: Path | None = None) -> None:
        self._files = [each.open("w", encoding="utf-8", newline="") for each in (path, tagged) if each is not None]
        self._write([[column.name for column in columns]])
        if tagged is not None:
            self._files[1].write(_lines([[column.hxl for column in columns]]))

    def add(self, rows: Sequence[Row]) -> None:
        """Write some rows."""
        self._write([told(cell) for cell in row] for row in rows)

    def _write(self, rows: Iterable[Sequence[str]]) -> None:
        text = _lines(rows)
        for file in self._files:
            file.write(text)

    def close(self) -> None:
        """End the files."""
        self.drop()

    def drop(self) -> None:
        """Let go of the files."""
        for file in self._files:
            file.close()
