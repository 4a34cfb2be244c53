"""Which column of a table holds what of a report: a mapping file, in TOML or JSON, read and checked.

A mapping names under `columns`, for each field of a report, the header of its column, or a list of headers.
`published_format` is how the day of publication is written, in the signs of `strptime`; `sheet` is the sheet to read of
a workbook, where it is not the first that has the columns::

    published_format = "%d/%m/%Y"

    [columns]
    text = ["summary", "details"]
    published = "date"
"""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from ascertain.model import DataFileError

FIELDS = ("text", "title", "published", "publisher", "author", "url", "id", "language")
_KEYS = frozenset({"columns", "published_format", "sheet"})
_DAYS = (dt.datetime(2023, 11, 17), dt.datetime(1995, 3, 5))


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that hold each field of a report.

    Attributes:
        headers: for a field (one of `FIELDS`) the headers of its columns. Of several, the first whose cell is filled
            counts, but for `text`, whose cells are put together, a blank line between them.
        published_format: how `published` is written, as `strptime` has it; `None` leaves that to the table as a whole.
        sheet: the sheet of a workbook; `None` is the first that has the columns.

    >>> Columns({"text": ("notes",)}).headers["text"]
    ('notes',)
    """

    headers: Mapping[str, tuple[str, ...]]
    published_format: str | None = None
    sheet: str | None = None


def columns_in(path: Path | Traversable) -> Columns:
    """The mapping that a file holds: JSON where its name ends in `.json`, else TOML.

    Raises:
        DataFileError: it cannot be read, is neither, or names a field or setting that there is not.
    """
    source = str(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        told = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise DataFileError(f"cannot be read ({told})", source=source, remedy="give a UTF-8 text file") from error
    return columns_from(_parsed(text, source), source=source)


def columns_from(mapping: object, *, source: str) -> Columns:
    """The mapping that a parsed file describes.

    Raises:
        DataFileError: it names a field or setting that there is not, or no column for the text.

    >>> columns_from({"columns": {"text": "notes", "published": "day"}}, source="map.toml").headers["published"]
    ('day',)
    """
    if not isinstance(mapping, Mapping) or not isinstance(mapping.get("columns"), Mapping):
        raise DataFileError("no columns", source=source, remedy="name them under [columns]: text = 'the column'")
    _check_names(mapping, _KEYS, "setting", source)
    given = mapping["columns"]
    _check_names(given, frozenset(FIELDS), "field", source)
    if not given.get("text"):
        raise DataFileError("no column for the text", source=source, remedy="name it: text = 'the column'")
    settings = {name: _text(mapping[name], name, source) for name in ("published_format", "sheet") if name in mapping}
    _check_format(settings.get("published_format"), source)
    headers = {name: _headers(given[name], name, source) for name in given}
    return Columns(headers, settings.get("published_format"), settings.get("sheet"))


def _parsed(text: str, source: str) -> object:
    try:
        return json.loads(text) if source.lower().endswith(".json") else tomllib.loads(text)
    except json.JSONDecodeError as error:
        raise DataFileError(
            f"broken JSON: {error.msg}", source=source, line=error.lineno, remedy="write one whole JSON object"
        ) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise DataFileError(
            f"broken TOML: {error}", source=source, remedy="mend it; strings stand in quotes"
        ) from error


def _check_names(given: Mapping[object, object], known: frozenset[str], what: str, source: str) -> None:
    for name in given:
        if name not in known:
            raise DataFileError(f"{name!r} is no {what}", source=source, remedy=f"use {', '.join(sorted(known))}")


def _headers(value: object, name: str, source: str) -> tuple[str, ...]:
    headers = value if isinstance(value, list) else [value]
    return tuple(_text(header, name, source) for header in headers)


def _text(value: object, name: str, source: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise DataFileError(f"{name!r} is no text", source=source, remedy=f"write {name} = 'text'")
    return value


def _check_format(given: str | None, source: str) -> None:
    """A format must tell a day: what is written by it must be read again as the same one."""
    if given is None:
        return
    remedy = "write it in the signs of strptime, such as '%d/%m/%Y'"
    for day in _DAYS:
        try:
            same = dt.datetime.strptime(day.strftime(given), given).date() == day.date()
        except ValueError as error:
            problem = f"published_format {given!r} cannot be followed ({error})"
            raise DataFileError(problem, source=source, remedy=remedy) from error
        if not same:
            raise DataFileError(f"published_format {given!r} tells no day", source=source, remedy=remedy)
