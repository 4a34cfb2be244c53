"""Tab-separated data files, read and checked.

A data file is UTF-8. Its first lines are comments: one of them must start with `# source:` and say where the facts come
from. Then one line of column names, then one row a line; a row may leave out empty columns at its end. Blank lines and
comments may stand anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from ascertain.model import DataFileError


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, with the file and line it stands on, so that a fault can name them."""

    source: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """The cell of a column, without blanks around it; empty where the row has none."""
        return self.cells[column]

    def many(self, column: str) -> tuple[str, ...]:
        """The parts of a cell that lists several, parted by `|`."""
        return tuple(part for raw in self.cells[column].split("|") if (part := raw.strip()))

    def flag(self, column: str) -> bool:
        """A cell that says `yes` or `no`."""
        return self.one_of(column, ("yes", "no")) == "yes"

    def one_of(self, column: str, allowed: Sequence[str]) -> str:
        """A cell that must be one of `allowed`, else DataFileError."""
        if self.cells[column] not in allowed:
            raise self.fault(f"{column} is {self.cells[column]!r}", f"use one of {', '.join(allowed)}")
        return self.cells[column]

    def fault(self, problem: str, remedy: str) -> DataFileError:
        """A DataFileError that names this row's file and line."""
        return DataFileError(problem, source=self.source, line=self.line, remedy=remedy)


def read_table(path: Traversable | Path, columns: Sequence[str], *, key: str | None = None) -> tuple[Row, ...]:
    """The rows of a data file with exactly these `columns`, in order; `key` is a column whose cells differ.

    Raises DataFileError where the file cannot be read, has no source line or other columns, a row has too many cells,
    or a key is empty or occurs twice.
    """
    source = str(path)
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DataFileError(f"cannot be read ({error})", source=source, remedy="give a UTF-8 text file") from error
    if not any(line.startswith("# source:") for line in lines):
        raise DataFileError(
            "no source line",
            source=source,
            line=1,
            remedy="start the file with '# source:' and where its facts come from",
        )
    numbered = ((n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#"))
    _check_header(source, next(numbered, (1, "")), columns)
    rows = tuple(_rows(source, numbered, columns))
    if key is not None:
        _check_keys(rows, key)
    return rows


def _check_header(source: str, header: tuple[int, str], columns: Sequence[str]) -> None:
    number, line = header
    if line.strip().split("\t") != list(columns):
        raise DataFileError(
            "other columns than expected",
            source=source,
            line=number,
            remedy=f"name the columns {', '.join(columns)}, parted by tabs",
        )


def _rows(source: str, numbered: Iterable[tuple[int, str]], columns: Sequence[str]) -> Iterator[Row]:
    width = len(columns)
    for number, line in numbered:
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) > width:
            raise DataFileError(
                f"{len(cells)} cells where the table has {width} columns",
                source=source,
                line=number,
                remedy="take the surplus tabs out",
            )
        yield Row(source, number, dict(zip(columns, cells + [""] * (width - len(cells)), strict=True)))


def _check_keys(rows: Iterable[Row], key: str) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        if not row[key]:
            raise row.fault(f"{key} is empty", f"give the row a {key}")
        if row[key] in seen:
            raise row.fault(f"{key} {row[key]!r} stands on line {seen[row[key]]} already", "merge the two rows")
        seen[row[key]] = row.line
