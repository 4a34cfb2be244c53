"""Which columns of a table are read.

Those that a mapping names, else those of a download that is known, else those that are called as the fields of a report
often are.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from ascertain.intake.columns import FIELDS, Columns, columns_from
from ascertain.model import DataFileError
from ascertain.taxonomy.tables import read_table

_FOLDER = files("ascertain.intake") / "tables"
_KNOWN = ("acled.toml", "ucdp_ged.toml")
_BETWEEN_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Known:
    """A download that is known: by which headers, and what its columns hold."""

    headers: frozenset[str]
    columns: Columns


@dataclass(frozen=True, slots=True)
class Chosen:
    """The places of a table's columns for each field, and how its days are written if that is said."""

    places: Mapping[str, tuple[int, ...]]
    published_format: str | None = None

    def cells(self, field: str, row: Sequence[str]) -> list[str]:
        """The filled cells of a field, in the order of its columns."""
        return [row[place] for place in self.places.get(field, ()) if place < len(row) and row[place].strip()]


def chosen_from(headers: Sequence[str], given: Columns | None) -> Chosen | None:
    """The columns to read of a table with these headers; `None` where none holds a text.

    >>> chosen_from(["Id", "Full_Text", "Link"], None).places["text"]
    (1,)
    >>> chosen_from(["a", "b"], Columns({"text": ("B",)})).places
    {'text': (1,)}
    """
    by_name = {name: place for place, name in reversed(list(enumerate(map(bare, headers)))) if name}
    if given is not None:
        return _by(given.headers, by_name, given.published_format)
    known = next((table for table in known_tables() if table.headers <= by_name.keys()), None)
    if known is not None:
        return _by(known.columns.headers, by_name, known.columns.published_format)
    found = {
        field: (by_name[name],)
        for field, names in usual_headers().items()
        if (name := next((name for name in names if name in by_name), None))
    }
    return Chosen(found) if "text" in found else None


def _by(headers: Mapping[str, Iterable[str]], by_name: Mapping[str, int], written: str | None) -> Chosen | None:
    places = {
        field: tuple(by_name[bare(name)] for name in names if bare(name) in by_name) for field, names in headers.items()
    }
    return Chosen({field: found for field, found in places.items() if found}, written) if places["text"] else None


def missing_from(headers: Sequence[str], given: Columns) -> list[str]:
    """The columns that a mapping names and a table lacks.

    >>> missing_from(["Notes"], Columns({"text": ("notes",), "url": ("link",)}))
    ['link']
    """
    there = set(map(bare, headers))
    return [name for names in given.headers.values() for name in names if bare(name) not in there]


def bare(header: str) -> str:
    """A header without what does not tell it from others: case, and signs between words.

    >>> bare(" Event_Date "), bare("Notes:")
    ('event date', 'notes')
    """
    return _BETWEEN_WORDS.sub(" ", header).strip().casefold()


@functools.cache
def known_tables() -> tuple[Known, ...]:
    """The downloads that are known.

    Raises:
        DataFileError: one of the files that describe them has a fault.
    """
    return tuple(map(_known_in, _KNOWN))


def _known_in(name: str) -> Known:
    path = _FOLDER / name
    text = path.read_text(encoding="utf-8")
    if not text.startswith("# source:"):
        raise DataFileError("no source line", source=str(path), line=1, remedy="start the file with '# source:'")
    mapping = tomllib.loads(text)
    headers = mapping.pop("known_by", None)
    if not headers:
        raise DataFileError("no known_by", source=str(path), remedy="name the headers by which it is known")
    return Known(frozenset(map(bare, headers)), columns_from(mapping, source=str(path)))


@functools.cache
def usual_headers() -> Mapping[str, tuple[str, ...]]:
    """What the columns of each field are often called, the most telling first.

    Raises:
        DataFileError: the table of them has a fault.
    """
    rows = read_table(_FOLDER / "headers.tsv", ("field", "headers"), key="field")
    for row in rows:
        row.one_of("field", FIELDS)
    return {row["field"]: row.many("headers") for row in rows}
