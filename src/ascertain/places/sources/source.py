"""What every source has: its file, the name its gazetteer gets, and where to tell of faults."""

from __future__ import annotations

import codecs
import math
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ascertain.model import DataFileError
from ascertain.places.geometry import Position
from ascertain.places.sources.nearest import NearestTowns

LONGEST_LINE = 4_000_000  # bytes; what is longer is no row of a table
_OTHER_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


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
    """

    path: Path
    title: str
    name: str
    told: Callable[[Fault], None]
    columns: Mapping[str, str] = field(default_factory=dict)
    country: str | None = None
    towns: NearestTowns | None = None

    def owner(self, at: Position) -> tuple[str | None, str | None]:
        """The country and the first-level division of a spot, as the nearest known town has them."""
        if self.towns is None:
            return self.country, None
        country, admin1 = self.towns.owner(at)
        if self.country is not None and self.country != country:
            return self.country, None
        return country, admin1

    def fault(self, line: int | str, problem: str) -> None:
        """Tell of a row that is passed over; `line` may name an object instead ("node 12")."""
        where = f"{self.title}:{line}" if isinstance(line, int) else f"{self.title}, {line}"
        self.told(Fault(where, problem))

    def broken(self, problem: str, remedy: str, line: int | None = None) -> DataFileError:
        """The error for a file that is of no use at all."""
        return DataFileError(problem, source=self.title, line=line, remedy=remedy)


@contextmanager
def opened(source: Source) -> Iterator[BinaryIO]:
    """The bytes of a file, or of the one table in a zip archive.

    Raises:
        DataFileError: the archive is broken, or holds no table or several.
    """
    if not zipfile.is_zipfile(source.path):
        with source.path.open("rb") as file:
            yield file
        return
    try:
        with zipfile.ZipFile(source.path) as archive, archive.open(_table_in(source, archive)) as member:
            yield member  # type: ignore[misc]  # a zip member reads as a binary file
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise source.broken(f"is a broken archive ({error})", "download it again") from error


def _table_in(source: Source, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    held = [info for info in archive.infolist() if not info.is_dir() and "readme" not in info.filename.lower()]
    if len(held) != 1:
        names = ", ".join(info.filename for info in held[:5]) or "nothing"
        raise source.broken(f"holds {names}, and not one table", "unpack it, and add the table in it")
    return held[0]


def lines(source: Source) -> Iterator[tuple[int, str]]:
    """The lines of a file of UTF-8 with their numbers; one that is not UTF-8 is told of and passed over.

    Raises:
        DataFileError: the file is UTF-16 or UTF-32.
    """
    with opened(source) as file:
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


def degrees(text: object, name: str, limit: int) -> float:
    """A latitude or longitude.

    Raises:
        BadRowError: it is no number, or beyond the limit.

    >>> degrees(" 31.5 ", "latitude", 90)
    31.5
    """
    try:
        value = float(str(text).strip())
    except ValueError:
        raise BadRowError(f"{name} {str(text)[:40]!r} is no number") from None
    if not math.isfinite(value):
        raise BadRowError(f"{name} {str(text)[:40]!r} is no number")
    if abs(value) > limit:
        raise BadRowError(f"{name} {value:g} is beyond {limit}")
    return value


def whole_number(text: str, name: str) -> int:
    """A count, 0 where nothing is written.

    Raises:
        BadRowError: it is no whole number of 0 or more, or too large a one.
    """
    if not text.strip():
        return 0
    try:
        value = int(text)
    except ValueError:
        raise BadRowError(f"{name} {text[:40]!r} is no whole number") from None
    if not 0 <= value <= 10_000_000_000:
        raise BadRowError(f"{name} {value} cannot be")
    return value
