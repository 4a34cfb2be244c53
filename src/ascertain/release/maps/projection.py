"""From degrees to the units of a drawing, and back to kilometres.

A frame is an equidistant cylindrical projection whose true parallel is the frame's middle: east and north are to the
same scale there, and a disc elsewhere is drawn as wide as it is on such a map.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ascertain.places.geometry import KM_PER_DEGREE

_LEAST_KM, _MARGIN, _LEAST_COSINE = 150.0, 34.0, 0.05
_LARGEST_IN_VIEW_KM = 500.0


@dataclass(frozen=True, slots=True)
class Disc:
    """A position and how far off it may be."""

    lat: float
    lon: float
    radius_km: float


@dataclass(frozen=True, slots=True)
class Frame:
    """What part of the globe a drawing shows; `scale` is units for a degree of latitude."""

    lat: float
    lon: float
    scale: float
    width: float
    height: float

    @property
    def units_per_km(self) -> float:
        """How long a kilometre is, at the frame's middle."""
        return self.scale / KM_PER_DEGREE

    @property
    def narrowing(self) -> float:
        """How long a degree of longitude is at the frame's middle, where one of latitude is 1."""
        return _cosine(self.lat)

    def point(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a position is drawn, by the shorter way around the globe."""
        return self.flat((lon - self.lon + 540) % 360 - 180 + self.lon, lat)

    def flat(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a position is drawn, its longitude taken as it is."""
        across = (lon - self.lon) * _cosine(self.lat) * self.scale
        return self.width / 2 + across, self.height / 2 + (self.lat - lat) * self.scale

    def radii(self, disc: Disc) -> tuple[float, float]:
        """How far a disc reaches east and north, in units."""
        north = disc.radius_km * self.units_per_km
        return north * _cosine(self.lat) / _cosine(disc.lat), north

    def shows(self, lat: float, lon: float) -> bool:
        """Whether a position lies within the drawing."""
        x, y = self.point(lat, lon)
        return 0 <= x <= self.width and 0 <= y <= self.height

    def is_filled_by(self, disc: Disc) -> bool:
        """Whether a disc covers all of the drawing."""
        (x, y), (east, north) = self.point(disc.lat, disc.lon), self.radii(disc)
        corners = ((cx, cy) for cx in (0.0, self.width) for cy in (0.0, self.height))
        return north > 0 and all(math.hypot((cx - x) / east, (cy - y) / north) < 1 for cx, cy in corners)


def frame_around(discs: Sequence[Disc], width: float, height: float) -> Frame:
    """The frame that shows all the discs, no less than 150 kilometres wide.

    >>> frame = frame_around([Disc(0, 179, 10), Disc(0, -179, 10)], 300, 200)
    >>> round(frame.lon), frame.shows(0, 179), frame.shows(0, -179), frame.shows(0, 0)
    (180, True, True, False)
    """
    start = _after_largest_gap([disc.lon for disc in discs])
    boxes = [_box(disc, start) for disc in discs]
    west, east = min(box[0] for box in boxes), max(box[1] for box in boxes)
    south, north = max(-90.0, min(box[2] for box in boxes)), min(90.0, max(box[3] for box in boxes))
    lat, lon = (south + north) / 2, (west + east) / 2
    scale = min(
        (width - 2 * _MARGIN) / max(1e-9, (east - west) * _cosine(lat)),
        (height - 2 * _MARGIN) / max(1e-9, north - south),
        width * KM_PER_DEGREE / _LEAST_KM,
    )
    return Frame(lat, lon, scale, width, height)


def scale_bar_km(frame: Frame) -> float:
    """A round number of kilometres, the longest that takes no more than a third of the drawing.

    >>> scale_bar_km(Frame(0, 0, 111.195, 300, 200))
    100.0
    """
    room = frame.width / 3 / frame.units_per_km
    power = 10.0 ** math.floor(math.log10(room))
    return max(step * power for step in (1, 2, 5) if step * power <= room * 1.0001)


def _after_largest_gap(lons: Sequence[float]) -> float:
    """The longitude from which the others lie to the east with the least way to go."""
    ordered = sorted(set(lons))
    gaps = [(ordered[index] - ordered[index - 1]) % 360 or 360.0 for index in range(len(ordered))]
    return ordered[gaps.index(max(gaps))]


def _box(disc: Disc, start: float) -> tuple[float, float, float, float]:
    lon = start + (disc.lon - start) % 360
    north = min(disc.radius_km, _LARGEST_IN_VIEW_KM) / KM_PER_DEGREE
    east = north / _cosine(disc.lat)
    return lon - east, lon + east, disc.lat - north, disc.lat + north


def _cosine(lat: float) -> float:
    return max(_LEAST_COSINE, math.cos(math.radians(lat)))
