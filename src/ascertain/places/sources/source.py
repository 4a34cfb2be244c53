"""What every source has: its file, the name its gazetteer gets, and where to tell of faults."""

from __future__ import annotations

import codecs
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ascertain.model import DataFileError
from ascertain.places import tables
from ascertain.places.geometry import Position
from ascertain.places.names import fold
from ascertain.places.sources.archive import opened
from ascertain.places.sources.nearest import NearestTowns

LONGEST_LINE = 4_000_000  # bytes; what is longer is no row of a table
_OTHER_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_COUNT = re.compile(r"(\d{1,3}(?:[, \u00a0\u202f]\d{3})+|\d+)(?:\.0*)?", re.ASCII)
_MOST_PEOPLE = 10_000_000_000


class Fault(NamedTuple):
    """A row that was passed over: the file and line (or object) it stands in, and what is wrong with it."""

    where: str
    problem: str

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}"


@dataclass(frozen=True)
class Source:
    """A file to be read into a gazetteer.

    Attributes:
        path: the file; `title` is what it is called when it is told of.
        name: the name of the gazetteer, part of the ids that the file does not give itself.
        told: hears of each row with a fault.
        columns: which column or property holds what, where that is not plain from its name.
        country: the country (ISO 3166-1 alpha-2) of places for which the file tells none.
        towns: tells the country and division of a spot.
        scratch: a folder with room for what waits on disk; the system's where none is given.
    """

    path: Path
    title: str
    name: str
    told: Callable[[Fault], None]
    columns: Mapping[str, str] = field(default_factory=dict)
    country: str | None = None
    towns: NearestTowns | None = None
    scratch: Path | None = None

    def owner(self, at: Position, told: str = "") -> tuple[str | None, str | None]:
        """The country and the first-level division of a spot: the country told, else as the nearest known town has it.

        Raises:
            BadRowError: two letters are told, and they are no country's code.
        """
        country, admin1 = (None, None) if self.towns is None else self.towns.owner(at)
        named = _country_told(told) or self.country
        return (country, admin1) if named is None or named == country else (named, None)

    def fault(self, line: int | str, problem: str) -> None:
        """Tell of a row that is passed over; `line` may name an object instead ("node 12")."""
        where = f"{self.title}:{line}" if isinstance(line, int) else f"{self.title}, {line}"
        self.told(Fault(where, problem))

    def broken(self, problem: str, remedy: str, line: int | None = None) -> DataFileError:
        """The error for a file that is of no use at all."""
        return DataFileError(problem, source=self.title, line=line, remedy=remedy)


def lines(source: Source) -> Iterator[tuple[int, str]]:
    """The lines of a file of UTF-8 with their numbers; one that is not UTF-8 is told of and passed over.

    Raises:
        DataFileError: the file is UTF-16 or UTF-32.
    """
    with opened(source.path, source.title) as file:
        number = 0
        while raw := file.readline(LONGEST_LINE + 1):
            number += 1
            if number == 1:
                if raw.startswith(_OTHER_MARKS):
                    raise source.broken("is UTF-16 or UTF-32", "save it as UTF-8")
                raw = raw.removeprefix(codecs.BOM_UTF8)
            if len(raw) > LONGEST_LINE:
                source.fault(number, f"line of more than {LONGEST_LINE:,} bytes")
                while raw and not raw.endswith(b"\n"):
                    raw = file.readline(LONGEST_LINE)
                continue
            try:
                yield number, raw.decode("utf-8").rstrip("\r\n")
            except UnicodeDecodeError as error:
                source.fault(number, f"not UTF-8 at byte {error.start + 1}")


class BadRowError(ValueError):
    """A row with a fault; the message says which."""


def spot(lat: object, lon: object) -> Position:
    """The position of a place in decimal degrees (WGS 84).

    Raises:
        BadRowError: a part is no number or beyond the globe, or both are 0, which programs write for what they lack.

    >>> spot("31.5", "\u221234.25")
    (31.5, -34.25)
    """
    at = position(lat, lon)
    if at == (0, 0):
        raise BadRowError("its position is 0, 0, which stands for a missing one")
    return at


def position(lat: object, lon: object) -> Position:
    """A position on the globe, as the corner of a boundary is one.

    Raises:
        BadRowError: a part is no number, or beyond the globe.
    """
    return degrees(lat, "latitude", 90), degrees(lon, "longitude", 180)


def degrees(text: object, name: str, limit: int) -> float:
    """A latitude or longitude.

    Raises:
        BadRowError: it is no number, or beyond the limit.

    >>> degrees(" 31.5 ", "latitude", 90)
    31.5
    """
    value = _small_number(text) if isinstance(text, int | float) else _written_number(str(text), name)
    if not math.isfinite(value) or abs(value) > limit:
        raise BadRowError(f"{name} {value:g} is beyond {limit}")
    return value


def _small_number(number: float) -> float:
    """A number of JSON, which may be none, endless, or a whole one beyond what a decimal holds."""
    return float(number) if -1e9 < number < 1e9 else math.inf


def _written_number(text: str, name: str) -> float:
    written = text.strip().replace("\u2212", "-")
    if not _NUMBER.fullmatch(written):
        comma = ": write a point for the comma" if _NUMBER.fullmatch(written.replace(",", ".", 1)) else ""
        raise BadRowError(f"{name} {text[:40]!r} is no number{comma}")
    return float(written)


def whole_number(text: str, name: str) -> int:
    """A count, 0 where nothing is written.

    Raises:
        BadRowError: it is no whole number of 0 or more, or too large a one.

    >>> [whole_number(text, "population") for text in ("1200", "1,200", "1200.0", " ")]
    [1200, 1200, 1200, 0]
    """
    if not text.strip():
        return 0
    match = _COUNT.fullmatch(text.strip())
    if match is None:
        raise BadRowError(f"{name} {text[:40]!r} is no whole number of 0 or more")
    digits = re.sub(r"\D", "", match[1])
    if len(digits) > len(str(_MOST_PEOPLE)) or int(digits) > _MOST_PEOPLE:
        raise BadRowError(f"{name} {text[:40]} cannot be")
    return int(digits)


def named(name: str) -> str:
    """The name of a place, on one line.

    Raises:
        BadRowError: there is none, it has no letter or a control character, or it was spoilt in another encoding.

    >>> named(" Torvik ")
    'Torvik'
    """
    name = " ".join(name.split())
    if not name:
        raise BadRowError("has no name")
    if "\ufffd" in name:
        raise BadRowError(f"name {name[:40]!r} is not UTF-8")
    if any(letter < " " for letter in name):
        raise BadRowError(f"name {name[:40]!r} has a control character")
    if not any(map(str.isalpha, name)):
        raise BadRowError(f"name {name[:40]!r} has no letter")
    return name


def country_code(told: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country told by code or name; `None` where the table has no such country.

    >>> country_code("bf"), country_code("Burkina Faso"), country_code("Zz")
    ('BF', 'BF', None)
    """
    return _codes().get(fold(told))


def _country_told(told: str) -> str | None:
    code = country_code(told) if told else None
    if code is None and len(told) == 2 and told.isascii() and told.isalpha():
        raise BadRowError(f"country {told!r} is no code of ISO 3166-1")
    return code


@lru_cache(1)
def _codes() -> Mapping[str, str]:
    """Codes of countries by names and codes as `fold` leaves them; a code goes before another country's name."""
    rows = tables.countries()
    by_name = {fold(name): row.code for row in rows for name in (row.name, *row.aliases)}
    return by_name | {fold(row.code): row.code for row in rows}
