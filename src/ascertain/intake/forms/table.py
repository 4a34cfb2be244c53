"""Tables: CSV, TSV and workbooks, of which each row is a report.

Which column holds what is told by a mapping (`columns`), else by the table itself (`known_tables`). Days are read where
they can mean one day only; those of numbers alone (`5/3/2024`) where the mapping or the whole table tells their order.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from ascertain.intake.columns import Columns
from ascertain.intake.documents import Document, Original
from ascertain.intake.forms.sheets import BrokenTableError, Cells, Numbered, Sheet, sheets_of
from ascertain.intake.forms.unpacking import part_aside
from ascertain.intake.known_tables import Chosen, chosen_from, missing_from
from ascertain.intake.received import SetAside, printable
from ascertain.intake.settings import Settings
from ascertain.intake.written_days import Order, Orders, day_by, day_told, numbers_in

_HEAD_ROWS = 20
_LOOKED_AT = 1000
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_]\w+)*", re.IGNORECASE)
_SEVERAL = re.compile(r"\s*[;|]\s*")
_MAPPING = "name its columns in a mapping file, and give that with --map-columns"
_FORMAT = "write days as YYYY-MM-DD, or name their format in a mapping file: published_format = '%d/%m/%Y'"
_LONGEST_SHOWN = 60


def found(original: Original, settings: Settings, room: Path) -> Iterator[Document | SetAside]:  # noqa: ARG001 - as every form
    """Each row with a text, of the first table that has the columns."""
    seen: list[Cells] = []
    for sheet in sheets_of(original, settings, lambda row: chosen_from(row, settings.columns) is not None):
        if _is_other(sheet, settings.columns):
            continue
        head = list(_head(sheet))
        header = _header(head, settings.columns)
        if header is not None:
            yield from _of_sheet(_Table(original, sheet, header, settings.columns))
            return
        seen.extend(row for _, row in head[:1])
    yield _without_columns(original, seen, settings.columns)


def _is_other(sheet: Sheet, given: Columns | None) -> bool:
    return given is not None and given.sheet is not None and sheet.name not in (None, given.sheet)


def _head(sheet: Sheet) -> Iterator[Numbered]:
    """The first rows, as far as they can be read."""
    try:
        yield from islice(sheet.rows(), _HEAD_ROWS)
    except BrokenTableError:
        return


def _header(head: Sequence[Numbered], given: Columns | None) -> Numbered | None:
    """The row of the first ones in which most columns are known; titles and notes may stand above it."""
    told = {row: chosen for row in head if (chosen := chosen_from(row[1], given)) is not None}
    return max(told, key=lambda row: len(told[row].places), default=None)


def _without_columns(original: Original, seen: Sequence[Cells], given: Columns | None) -> SetAside:
    headers = [cell for row in seen for cell in row if cell.strip()]
    shown = printable(", ".join(headers)[:200]) or "nothing"
    problem = f"a table in which no column is known to hold the text (it has {shown})"
    if given is not None:
        lacking = printable(", ".join(missing_from(headers, given)))
        sheet = f" in the sheet {given.sheet!r}" if given.sheet else ""
        problem = f"a table without the columns {lacking}{printable(sheet)} (it has {shown})"
    return SetAside(printable(original.address), None, problem, _MAPPING)


@dataclass(slots=True)
class _Table:
    """A table, the row of its headers, and what its columns hold."""

    original: Original
    sheet: Sheet
    header: Numbered
    columns: Columns | None
    chosen: Chosen = field(init=False)
    order: Order | None = None

    def __post_init__(self) -> None:
        chosen = chosen_from(self.header[1], self.columns)
        assert chosen is not None
        self.chosen = chosen

    def rows(self) -> Iterator[Numbered]:
        """The rows below the headers that hold anything; a row of HXL's tags is none of them."""
        for number, row in self.sheet.rows():
            filled = [cell.strip() for cell in row if cell.strip()]
            if number > self.header[0] and filled and not all(cell.startswith("#") for cell in filled):
                yield number, row


def _of_sheet(table: _Table) -> Iterator[Document | SetAside]:
    is_empty = True
    try:
        if not _tell_order(table):
            problem = "days that may begin with the day or with the month; no row tells which"
            yield SetAside(printable(table.original.address), None, problem, _FORMAT)
            return
        for number, row in table.rows():
            is_empty = False
            yield _of_row(table, number, row)
    except BrokenTableError as error:
        yield _aside(table.original, _part(table.sheet, error.row), error)
        return
    if is_empty:
        yield SetAside(printable(table.original.address), None, "a table without rows", "leave it out")


def _aside(original: Original, part: str, error: BrokenTableError) -> SetAside:
    return part_aside(original, part, error.problem, error.remedy)


def _part(sheet: Sheet, number: int) -> str:
    return f"row {number}" if sheet.name is None else f"{sheet.name}, row {number}"


def _of_row(table: _Table, number: int, row: Cells) -> Document | SetAside:
    original, part, chosen = table.original, _part(table.sheet, number), table.chosen
    surplus = [cell for cell in row[len(table.header[1]) :] if cell.strip()]
    if surplus:
        problem = f"{len(row)} cells where the table has {len(table.header[1])} columns"
        return part_aside(original, part, problem, "put cells that hold the sign between columns in quotation marks")
    text = "\n\n".join(cell.strip() for cell in chosen.cells("text", row))
    if not text:
        return part_aside(original, part, "an empty text", "leave the row out, or fill in its text")
    written = _first(chosen, "published", row)
    published = _day(written, table) if written else None
    if written and published is None and not _SEVERAL.search(written):
        problem = f"the day of publication is {printable(written[:_LONGEST_SHOWN])!r}, which cannot be read"
        return part_aside(original, part, problem, _FORMAT)
    language = _LANGUAGE.fullmatch(_first(chosen, "language", row) or "")
    return Document(
        text,
        part=part,
        id=_first(chosen, "id", row),
        title=_first(chosen, "title", row),
        published=published,
        publisher=_first(chosen, "publisher", row),
        author=_first(chosen, "author", row),
        url=_first(chosen, "url", row),
        language=language[1].lower() if language else None,
    )


def _first(chosen: Chosen, name: str, row: Cells) -> str | None:
    return next((cell.strip() for cell in chosen.cells(name, row)), None)


def _day(written: str, table: _Table) -> dt.date | None:
    """The day of a cell; of a cell that tells several, the one that they all are."""
    days = {_one_day(each, table) for each in _SEVERAL.split(written) if each}
    return days.pop() if len(days) == 1 else None


def _one_day(written: str, table: _Table) -> dt.date | None:
    if table.chosen.published_format is not None:
        try:
            return dt.datetime.strptime(written, table.chosen.published_format).date()
        except (ValueError, OverflowError):
            return day_told(written)
    numbers = numbers_in(written)
    told = day_told(written)
    return day_by(table.order, numbers) if told is None and numbers and table.order else told


def _tell_order(table: _Table) -> bool:
    """Look for the order of days that are numbers; false where there are such days and none tells it."""
    if "published" not in table.chosen.places or table.chosen.published_format is not None:
        return True
    orders, of_numbers = Orders(), 0
    for looked_at, (_, row) in enumerate(table.rows()):
        written = _first(table.chosen, "published", row) or ""
        numbers = numbers_in(written)
        if numbers is None or day_told(written) is not None:
            if not of_numbers and looked_at > _LOOKED_AT:
                break
            continue
        of_numbers += 1
        orders.add(numbers)
        if orders.is_told():
            break
    table.order = orders.only()
    return not of_numbers or table.order is not None
