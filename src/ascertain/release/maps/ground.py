"""The ground of a map: countries cut to a frame, their names, and a scale bar, as parts of an SVG."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from html import escape

from ascertain.places.tables import countries
from ascertain.release.maps.labels import Box, Label, centred
from ascertain.release.maps.outlines import Outline, Point, outlines
from ascertain.release.maps.projection import Frame, scale_bar_km

_COUNTRY_TEXT = 10.0
_FINEST_STEP = 0.4
_WIDER = (1.0, 1.4, 2.0, 2.8, 4.0, 5.6, 8.0)  # how many times wider a frame may become, until a border is in it
_EDGE = 0.12  # of a side: a border within that of the edge is hardly seen
_SMALLEST_NAMED = 1200.0

Cut = tuple[Outline, Sequence[Point]]


def land_in(frame: Frame) -> tuple[Cut, ...]:
    """The parts of countries that a frame shows, in its units."""
    return tuple((outline, ring) for outline in outlines() for ring in _cut(outline, frame))


def sea_and_land(frame: Frame, cut: Sequence[Cut]) -> str:
    """What lies under all signs."""
    sea = f'<rect class="sea" width="{frame.width:g}" height="{frame.height:g}"/>'
    return sea + "".join(f'<path class="land" d="{_path(ring)}"/>' for _, ring in cut)


def with_border(frame: Frame) -> Frame:
    """The frame, or one wide enough to show a border or coast, without which nobody sees where on the globe it lies."""
    for widened in (replace(frame, scale=frame.scale / step) for step in _WIDER):
        if any(
            _is_inside(point, widened) for outline in outlines() for ring in _cut(outline, widened) for point in ring
        ):
            return widened
    return frame


def _is_inside(point: Point, frame: Frame) -> bool:
    across, down = frame.width * _EDGE, frame.height * _EDGE
    return across < point[0] < frame.width - across and down < point[1] < frame.height - down


def country_names_on(cut: Sequence[Cut], taken: Sequence[Box], room: Box, but: Collection[str | None]) -> str:
    """The names of the countries that have room; `but` are codes of those that stand on the map already."""
    return "".join(
        f'<text class="country" {label.where}>{escape(label.text)}</text>'
        for label in _country_labels(cut, taken, room, but)
    )


def _country_labels(
    cut: Sequence[Cut], taken: Sequence[Box], room: Box, but: Collection[str | None]
) -> Iterator[Label]:
    """The names of the countries that are large enough here, in the middle of what is seen of them."""
    largest: dict[str, tuple[float, Point]] = {}
    for outline, ring in cut:
        if outline.code and outline.code not in but:
            largest[outline.code] = max(largest.get(outline.code, (0.0, (0.0, 0.0))), _middle(ring))
    full = list(taken)
    for code, (area, (x, y)) in sorted(largest.items(), key=lambda pair: (-pair[1][0], pair[0])):
        name = _country_names().get(code)
        if name is None or area < _SMALLEST_NAMED:
            continue
        label = centred(name, x, y, _COUNTRY_TEXT)
        if label.box.lies_in(room) and not any(label.box.overlaps(box) for box in full):
            full.append(label.box)
            yield label


@lru_cache(maxsize=1)
def _country_names() -> dict[str, str]:
    return {country.code: country.name for country in countries()}


def _middle(ring: Sequence[Point]) -> tuple[float, Point]:
    """The area of a ring and its middle."""
    doubled = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x0 * y1 - x1 * y0
        doubled, x, y = doubled + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    return (abs(doubled) / 2, (x / (3 * doubled), y / (3 * doubled))) if doubled else (0.0, ring[0])


def _cut(outline: Outline, frame: Frame) -> Iterator[list[Point]]:
    """The parts of an outline that a drawing shows, in its units; the globe comes round again after 360 degrees."""
    west, east = outline.west_to_east
    south, north = outline.south_to_north
    for turn in (-360.0, 0.0, 360.0):
        left, top = frame.flat(west + turn, north)
        right, bottom = frame.flat(east + turn, south)
        if left > frame.width or right < 0 or top > frame.height or bottom < 0:
            continue
        ring = _clipped([frame.flat(lon + turn, lat) for lon, lat in outline.ring], frame)
        if len(ring) > 2:
            yield ring


def _clipped(ring: list[Point], frame: Frame) -> list[Point]:
    """The part of a ring within the drawing and a little around it (Sutherland and Hodgman 1974)."""
    for axis, limit, side in ((0, -4.0, 1), (0, frame.width + 4, -1), (1, -4.0, 1), (1, frame.height + 4, -1)):
        kept: list[Point] = []
        for before, point in zip([ring[-1], *ring[:-1]], ring, strict=True):
            inside, was_inside = ((one[axis] - limit) * side >= 0 for one in (point, before))
            if inside != was_inside:
                share = (limit - before[axis]) / (point[axis] - before[axis])
                kept.append((before[0] + (point[0] - before[0]) * share, before[1] + (point[1] - before[1]) * share))
            if inside:
                kept.append(point)
        ring = kept
        if not ring:
            break
    return ring


def _path(ring: Sequence[Point]) -> str:
    last = ring[0]
    steps = [f"M{last[0]:.1f},{last[1]:.1f}"]
    for point in ring[1:]:
        if math.dist(point, last) >= _FINEST_STEP:
            steps.append(f"L{point[0]:.1f},{point[1]:.1f}")
            last = point
    return f"{''.join(steps)}Z"


def bar_box(frame: Frame) -> Box:
    """The room that the scale bar takes."""
    return Box(0, frame.height - 24, 14 + scale_bar_km(frame) * frame.units_per_km, frame.height)


def scale_bar(frame: Frame) -> str:
    """A round number of kilometres, as long as it is at the frame's middle."""
    km = scale_bar_km(frame)
    long, base = km * frame.units_per_km, frame.height - 7
    return (
        f'<path class="bar" d="M7,{base - 4:g}V{base:g}H{7 + long:.1f}V{base - 4:g}"/>'
        f'<text class="scale" x="10" y="{base - 3:g}">{km:,g} km</text>'
    )
