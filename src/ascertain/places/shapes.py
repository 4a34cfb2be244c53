"""Shapes: the polygons of divisions: whether a spot lies in one, where its middle is, how they are kept in a file."""

from __future__ import annotations

import math
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise, product
from typing import NamedTuple

from ascertain.places.geometry import Position, distance_km

Ring = tuple[Position, ...]
Polygon = tuple[Ring, ...]
Shape = tuple[Polygon, ...]

_SLIVER = 0.001  # of the area
_UNITS = 1_000_000  # to a degree, which is 11 cm: finer than any boundary is known


class Box(NamedTuple):
    """The smallest box of degrees around a shape."""

    south: float
    west: float
    north: float
    east: float


def contains(shape: Shape, at: Position) -> bool:
    """Whether a spot lies in one of the polygons, and in none of its holes.

    >>> square = (((0.0, 0.0), (0.0, 2.0), (2.0, 2.0), (2.0, 0.0), (0.0, 0.0)),)
    >>> contains((square,), (1.0, 1.0)), contains((square,), (3.0, 1.0))
    (True, False)
    """
    return any(
        _is_within(polygon[0], at) and not any(_is_within(hole, at) for hole in polygon[1:]) for polygon in shape
    )


def box_of(shape: Shape) -> Box:
    """The smallest box around a shape.

    >>> box_of(((((0.0, 0.0), (0.0, 2.0), (1.0, 2.0), (0.0, 0.0)),),))
    Box(south=0.0, west=0.0, north=1.0, east=2.0)
    """
    spots = [spot for polygon in shape for spot in polygon[0]]
    lats, lons = [lat for lat, _ in spots], [lon for _, lon in spots]
    return Box(min(lats), min(lons), max(lats), max(lons))


def middle(shape: Shape) -> Position:
    """A spot that stands for the shape: the centroid of its largest polygon, moved into it where that lies outside.

    >>> middle(((((0.0, 0.0), (0.0, 2.0), (2.0, 2.0), (2.0, 0.0), (0.0, 0.0)),),))
    (1.0, 1.0)
    """
    largest = max(shape, key=lambda polygon: abs(_area(polygon[0])))
    spot = _centroid(largest[0])
    return spot if contains((largest,), spot) else _inside(largest, spot[0])


def reach_km(shape: Shape, at: Position) -> float:
    """How far the farthest corner of a shape is from a spot."""
    return max(distance_km(at, spot) for polygon in shape for spot in polygon[0])


def crossing(ring: Ring) -> Position | None:
    """Where a closed ring crosses itself and cuts off more than a sliver of what it holds; `None` where it does not.

    Slivers are common where boundaries were simplified, and do no harm: a spot is within by the even-odd rule.

    >>> crossing(((0.0, 0.0), (2.0, 2.0), (0.0, 2.0), (2.0, 0.0), (0.0, 0.0)))
    (1.0, 1.0)
    >>> crossing(((0.0, 0.0), (0.0, 2.0), (2.0, 2.0), (2.0, 0.0), (0.0, 0.0)))
    """
    swept = list(accumulate((_cross(a, b) for a, b in pairwise(ring)), initial=0.0))
    for first, second, at in _crossed(ring):
        loop = swept[second] - swept[first + 1] + _cross(at, ring[first + 1]) + _cross(ring[second], at)
        if min(abs(loop), abs(swept[-1] - loop)) > _SLIVER * (abs(loop) + abs(swept[-1] - loop)):
            return at
    return None


def _crossed(ring: Ring) -> Iterator[tuple[int, int, Position]]:
    """The pairs of a ring's sides that cross, and where; sides are compared where they share a cell of a grid."""
    box = box_of(((ring,),))
    step = max(box.north - box.south, box.east - box.west) / max(1.0, math.sqrt(len(ring))) or 1.0
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for side, (a, b) in enumerate(pairwise(ring)):
        rows, columns = (range(int(min(one) // step), int(max(one) // step) + 1) for one in zip(a, b, strict=True))
        for cell in product(rows, columns):
            for other in cells[cell]:
                if (at := _meeting(ring[other], ring[other + 1], a, b)) is not None:
                    yield other, side, at
            cells[cell].append(side)


def _meeting(a: Position, b: Position, c: Position, d: Position) -> Position | None:
    """Where two stretches cross, each from one side of the other to its other side."""
    if max(a[0], b[0]) < min(c[0], d[0]) or max(c[0], d[0]) < min(a[0], b[0]):
        return None
    across, along = (b[0] - a[0], b[1] - a[1]), (d[0] - c[0], d[1] - c[1])
    turn = _cross(across, along)
    if not turn:
        return None
    gap = c[0] - a[0], c[1] - a[1]
    share, other = _cross(gap, along) / turn, _cross(gap, across) / turn
    if not (0 < share < 1 and 0 < other < 1):
        return None
    return round(a[0] + share * across[0], 6), round(a[1] + share * across[1], 6)


def _cross(a: Position, b: Position) -> float:
    return a[1] * b[0] - a[0] * b[1]


def packed(shape: Shape) -> bytes:
    """A shape as bytes, to a millionth of a degree.

    >>> shape = ((((1.5, 2.25), (3.0, 4.0), (1.0, 4.0), (1.5, 2.25)),),)
    >>> unpacked(packed(shape)) == shape
    True
    """
    numbers = array("i", [len(shape)])
    for polygon in shape:
        numbers.append(len(polygon))
        for ring in polygon:
            numbers.append(len(ring))
            numbers.extend(round(part * _UNITS) for spot in ring for part in spot)
    return zlib.compress(numbers.tobytes())


def unpacked(stored: bytes) -> Shape:
    """The shape that `packed` made bytes of."""
    numbers = array("i")
    numbers.frombytes(zlib.decompress(stored))
    left = iter(numbers)
    return tuple(tuple(tuple(_spots(left)) for _ in range(next(left))) for _ in range(next(left)))


def _spots(left: Iterator[int]) -> Iterator[Position]:
    for _ in range(next(left)):
        yield next(left) / _UNITS, next(left) / _UNITS


def _is_within(ring: Ring, at: Position) -> bool:
    """The even-odd rule: a line from the spot crosses the ring an odd number of times."""
    lat, lon = at
    inside = False
    for (lat_a, lon_a), (lat_b, lon_b) in pairwise(ring):
        if (lat_a > lat) != (lat_b > lat) and lon < (lon_b - lon_a) * (lat - lat_a) / (lat_b - lat_a) + lon_a:
            inside = not inside
    return inside


def _area(ring: Ring) -> float:
    return sum(_cross(a, b) for a, b in pairwise(ring)) / 2


def _centroid(ring: Ring) -> Position:
    base_lat, base_lon = ring[0]  # near the origin the sums below lose no digits
    moved = tuple((lat - base_lat, lon - base_lon) for lat, lon in ring)
    area = _area(moved)
    if not area:
        return _mean(ring)
    lat = sum((a[0] + b[0]) * (a[1] * b[0] - b[1] * a[0]) for a, b in pairwise(moved)) / (6 * area)
    lon = sum((a[1] + b[1]) * (a[1] * b[0] - b[1] * a[0]) for a, b in pairwise(moved)) / (6 * area)
    return round(base_lat + lat, 6), round(base_lon + lon, 6)


def _mean(spots: Sequence[Position]) -> Position:
    return round(sum(lat for lat, _ in spots) / len(spots), 6), round(sum(lon for _, lon in spots) / len(spots), 6)


def _inside(polygon: Polygon, lat: float) -> Position:
    """The middle of the longest stretch of a polygon at a latitude."""
    crossings = sorted(_crossings(polygon, lat))
    stretches = list(zip(crossings[::2], crossings[1::2], strict=False))
    if not stretches:
        return polygon[0][0]
    west, east = max(stretches, key=lambda stretch: stretch[1] - stretch[0])
    return round(lat, 6), round((west + east) / 2, 6)


def _crossings(rings: Iterable[Ring], lat: float) -> Iterator[float]:
    for ring in rings:
        for (lat_a, lon_a), (lat_b, lon_b) in pairwise(ring):
            if (lat_a > lat) != (lat_b > lat):
                yield (lon_b - lon_a) * (lat - lat_a) / (lat_b - lat_a) + lon_a
