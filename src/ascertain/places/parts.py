"""Parts of polygons, each as a circle that covers it: the half in a direction, the edge towards a neighbour."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ascertain.places.geometry import KM_PER_DEGREE, Position, distance_km
from ascertain.places.shapes import Shape, box_of, contains, middle

_GRID = 24  # rows and columns of spots by which an area is measured
_EDGE_SPOTS = 240
_TOGETHER_KM = 3.0  # boundaries of two sources run this far apart at most where they are one
_APART_KM = 60.0  # farther apart than this, two polygons are no neighbours
_FACING = 0.6


class Circle(NamedTuple):
    """A spot and the distance from it within which a part lies."""

    at: Position
    radius_km: float


@lru_cache(256)
def half(shape: Shape, bearing: float) -> Circle:
    """The half of a shape's area that lies towards a bearing (degrees clockwise from north).

    >>> square = ((((0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0), (0.0, 0.0)),),)
    >>> (lat, lon), radius = half(square, 0.0)
    >>> round(lat, 1), round(lon, 1), 50 < radius < 65
    (0.8, 0.5, True)
    """
    centre = middle(shape)
    spots = sorted(_within(shape), key=lambda spot: _along(spot, centre, bearing))
    return _around(spots[len(spots) // 2 :] or [centre])


@lru_cache(256)
def edge(shape: Shape, neighbour: Shape | None, toward: Position) -> Circle:
    """The edge of a shape that it shares with a neighbour, or, where that has none, that faces the spot `toward`.

    >>> square = ((((0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0), (0.0, 0.0)),),)
    >>> (lat, lon), radius = edge(square, None, (0.5, 5.0))
    >>> round(lat, 1), lon, 50 < radius < 65
    (0.5, 1.0, True)
    """
    own = list(_boundary(shape))
    if neighbour is not None and (shared := _shared(own, list(_boundary(neighbour)))):
        return _around(shared)
    return _around(_facing(own, middle(shape), toward))


def edge_near(neighbour: Shape, at: Position, radius_km: float) -> Circle | None:
    """The stretch of a neighbour's edge that lies within a circle, or `None`."""
    spots = [spot for spot in _boundary(neighbour) if distance_km(spot, at) <= radius_km]
    return _around(spots) if spots else None


def _within(shape: Shape) -> Iterator[Position]:
    box = box_of(shape)
    for row in range(_GRID):
        lat = box.south + (row + 0.5) / _GRID * (box.north - box.south)
        for column in range(_GRID):
            spot = lat, box.west + (column + 0.5) / _GRID * (box.east - box.west)
            if contains(shape, spot):
                yield spot


def _boundary(shape: Shape) -> Iterator[Position]:
    """Spots along the outer rings, evenly apart but for the corners of small polygons."""
    length = sum(distance_km(*ends) for polygon in shape for ends in pairwise(polygon[0]))
    step, left = max(0.01, length / _EDGE_SPOTS), 0.0
    for polygon in shape:
        for here, there in pairwise(polygon[0]):
            stretch = distance_km(here, there)
            while left < stretch:
                share = left / stretch
                yield here[0] + share * (there[0] - here[0]), here[1] + share * (there[1] - here[1])
                left += step
            left -= stretch


def _shared(own: Sequence[Position], other: Sequence[Position]) -> list[Position]:
    gaps = [min(_flat_km(spot, far) for far in other) for spot in own]
    least = min(gaps)
    step = max(_flat_km(*ends) for ends in ((own[0], own[1]), (other[0], other[1])))
    most = least + max(_TOGETHER_KM, step)
    return [spot for spot, gap in zip(own, gaps, strict=True) if gap <= most] if least <= _APART_KM else []


def _facing(own: Sequence[Position], centre: Position, toward: Position) -> list[Position]:
    bearing = bearing_to(centre, toward)
    reach = max(_along(spot, centre, bearing) for spot in own)
    return [spot for spot in own if _along(spot, centre, bearing) >= _FACING * reach]


def bearing_to(here: Position, there: Position) -> float:
    """The direction from one spot to another, in degrees clockwise from north.

    >>> bearing_to((0.0, 0.0), (0.0, 1.0)), bearing_to((0.0, 0.0), (-1.0, 0.0))
    (90.0, 180.0)
    """
    north, east = _offset(here, there)
    return math.degrees(math.atan2(east, north)) % 360


def _along(spot: Position, centre: Position, bearing: float) -> float:
    """How far a spot lies from the centre in a direction, in kilometres."""
    north, east = _offset(centre, spot)
    way = math.radians(bearing)
    return north * math.cos(way) + east * math.sin(way)


def _offset(here: Position, there: Position) -> tuple[float, float]:
    """Kilometres to the north and to the east, as on a flat map."""
    east = ((there[1] - here[1] + 540) % 360 - 180) * math.cos(math.radians((here[0] + there[0]) / 2))
    return KM_PER_DEGREE * (there[0] - here[0]), KM_PER_DEGREE * east


def _flat_km(here: Position, there: Position) -> float:
    return math.hypot(*_offset(here, there))


def _around(spots: Iterable[Position]) -> Circle:
    """The circle around the spot of these that is nearest to their mean."""
    every = list(spots)
    mean = sum(lat for lat, _ in every) / len(every), sum(lon for _, lon in every) / len(every)
    at = min(every, key=lambda spot: _flat_km(spot, mean))
    radius = max(distance_km(at, spot) for spot in every)
    return Circle((round(at[0], 5), round(at[1], 5)), round(radius, 1))
