"""Distances and positions on the globe, in degrees and kilometres."""

from __future__ import annotations

import math

_EARTH_KM = 6371.0088
KM_PER_DEGREE = math.radians(_EARTH_KM)  # of latitude
Position = tuple[float, float]


def distance_km(here: Position, there: Position) -> float:
    """The great-circle distance between two (lat, lon).

    >>> round(distance_km((31.50, 34.47), (31.30, 34.24)))
    31
    """
    lat, lon = math.radians(here[0]), math.radians(here[1])
    other, other_lon = math.radians(there[0]), math.radians(there[1])
    half = math.sin((other - lat) / 2) ** 2 + math.cos(lat) * math.cos(other) * math.sin((other_lon - lon) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def moved(here: Position, bearing: float, km: float) -> Position:
    """The (lat, lon) that lies `km` from `here` in the direction `bearing` (degrees clockwise from north).

    >>> moved((0.0, 0.0), 90.0, 111.195)
    (0.0, 1.0)
    """
    lat, lon, way, arc = math.radians(here[0]), math.radians(here[1]), math.radians(bearing), km / _EARTH_KM
    new = math.asin(math.sin(lat) * math.cos(arc) + math.cos(lat) * math.sin(arc) * math.cos(way))
    turn = math.atan2(math.sin(way) * math.sin(arc) * math.cos(lat), math.cos(arc) - math.sin(lat) * math.sin(new))
    return _tidy(math.degrees(new), math.degrees(lon + turn))


def midpoint(here: Position, there: Position) -> Position:
    """The (lat, lon) half-way between two, for places less than half the globe apart.

    >>> midpoint((10.0, 20.0), (12.0, 22.0))
    (11.0, 21.0)
    """
    gap = (there[1] - here[1] + 540) % 360 - 180
    return _tidy((here[0] + there[0]) / 2, here[1] + gap / 2)


def _tidy(lat: float, lon: float) -> Position:
    return round(lat, 4) + 0.0, round((lon + 540) % 360 - 180, 4) + 0.0
