"""Outlines of countries, for the background of a map."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files

from ascertain.model import DataFileError

_FILE = "outlines.tsv"
_PER_DEGREE = 100
_COLUMNS = ("kind", "code", "value")
_REMEDY = "make the file anew with docs/outlines.py, or install the package again"

Point = tuple[float, float]


@dataclass(frozen=True)
class Outline:
    """A closed border: (lon, lat) points in degrees, and the country's code, `None` where ISO 3166-1 has none."""

    code: str | None
    ring: tuple[Point, ...]

    @cached_property
    def west_to_east(self) -> tuple[float, float]:
        """The least and the greatest longitude."""
        return min(lon for lon, _ in self.ring), max(lon for lon, _ in self.ring)

    @cached_property
    def south_to_north(self) -> tuple[float, float]:
        """The least and the greatest latitude."""
        return min(lat for _, lat in self.ring), max(lat for _, lat in self.ring)


@lru_cache(maxsize=1)
def outlines() -> tuple[Outline, ...]:
    """All outlines that come with the package.

    Raises:
        DataFileError: the file has a fault.

    >>> {"PS", "UA", "SD"} <= {outline.code for outline in outlines()}
    True
    """
    return read_outlines((files(__package__) / _FILE).read_text(encoding="utf-8"))


def read_outlines(table: str) -> tuple[Outline, ...]:
    """The outlines of a table: its lines, and the rings made of them.

    Raises:
        DataFileError: a row has a fault.

    >>> head = "kind\\tcode\\tvalue\\n"
    >>> read_outlines(head + "line\\t\\t0,0 100,0 0,100\\nline\\t\\t0,0 100,100\\nring\\tXX\\t1 -2\\n")
    (Outline(code='XX', ring=((0.0, 0.0), (1.0, 0.0), (1.0, 1.0))),)
    """
    lines: list[list[Point]] = []
    found = []
    for number, (kind, code, value) in _rows(table):
        try:
            if kind == "line":
                lines.append(_line(value))
            elif kind == "ring":
                found.append(Outline(code or None, _ring(value, lines)))
            else:
                raise ValueError(f"kind {kind!r} is neither line nor ring")
        except (ValueError, IndexError) as error:
            raise DataFileError(f"a faulty row ({error})", source=_FILE, line=number, remedy=_REMEDY) from error
    return tuple(found)


def _rows(table: str) -> Iterator[tuple[int, tuple[str, str, str]]]:
    head = True
    for number, row in enumerate(table.splitlines(), 1):
        if not row or row.startswith("#"):
            continue
        cells = tuple(row.split("\t"))
        if len(cells) != len(_COLUMNS) or (head and cells != _COLUMNS):
            problem = f"the columns are not {', '.join(_COLUMNS)}"
            raise DataFileError(problem, source=_FILE, line=number, remedy=_REMEDY)
        if not head:
            yield number, (cells[0], cells[1], cells[2])
        head = False


def _line(value: str) -> list[Point]:
    lon = lat = 0
    points = []
    for step in value.split(" "):
        east, north = step.split(",")
        lon, lat = lon + int(east), lat + int(north)
        points.append((lon / _PER_DEGREE, lat / _PER_DEGREE))
    return points


def _ring(value: str, lines: Sequence[list[Point]]) -> tuple[Point, ...]:
    """The lines put end to end, each without its last point, where the next begins."""
    points: list[Point] = []
    for signed in map(int, value.split(" ")):
        if signed == 0:
            raise ValueError("lines count from 1")
        line = lines[abs(signed) - 1]
        points += (line if signed > 0 else line[::-1])[:-1]
    if len(points) < 3:
        raise ValueError("a ring of fewer than three points")
    return _in_one_turn(points)


def _in_one_turn(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points with no leap at the 180th meridian: longitudes go on beyond it, and a ring around a pole takes it in.

    >>> _in_one_turn([(179.0, 1.0), (-179.0, 1.0), (-179.0, 2.0)])
    ((179.0, 1.0), (181.0, 1.0), (181.0, 2.0))
    """
    turned = [points[0]]
    for lon, lat in (*points[1:], points[0]):
        before = turned[-1][0]
        turned.append((before + (lon - before + 540) % 360 - 180, lat))
    (first, _), (last, end) = turned[0], turned[-1]
    if abs(last - first) < 180:
        return tuple(turned[:-1])
    pole = math.copysign(90.0, end)
    return (*turned, (last, pole), (first, pole))
