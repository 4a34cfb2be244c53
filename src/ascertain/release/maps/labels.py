"""Where the names go on a map, so that none lies on another or on a sign."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Anchor = Literal["start", "middle", "end"]
_LONGEST = 30
_LINE, _BASELINE = 1.2, 0.92
_GAP = 9.0
_SIGN, _GIVING_WAY = 11.0, (0.0, 13.0, 26.0, 39.0)
_FARTHER = (0.0, 14.0, 28.0)
_WIDTHS = {"W": 1.05, "F": 1.05}
_SIDES: tuple[tuple[float, float, Anchor], ...] = (
    (1, 0, "start"),
    (-1, 0, "end"),
    (0, -1, "middle"),
    (0, 1, "middle"),
    (0.7, -0.7, "start"),
    (0.7, 0.7, "start"),
    (-0.7, -0.7, "end"),
    (-0.7, 0.7, "end"),
)


class Box(NamedTuple):
    """A rectangle, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def lies_in(self, other: Box) -> bool:
        """Whether all of it is within the other."""
        across = self.left >= other.left and self.right <= other.right
        return across and self.top >= other.top and self.bottom <= other.bottom


@dataclass(frozen=True, slots=True)
class Label:
    """A name where it is written: `x`, `y` are the text's anchor and base line; `led` from its sign by a line."""

    text: str
    x: float
    y: float
    anchor: Anchor
    box: Box
    led: bool

    @property
    def where(self) -> str:
        """The attributes that put its text in place."""
        return f'x="{self.x:.1f}" y="{self.y:.1f}" text-anchor="{self.anchor}"'


def around(x: float, y: float) -> Box:
    """The room that a sign takes."""
    return Box(x - 7, y - 7, x + 7, y + 7)


def apart(points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Where the signs of some points are drawn: at the point, but for those that would lie on an earlier one.

    >>> apart([(50.0, 50.0), (50.0, 50.0), (90.0, 50.0)])
    [(50.0, 50.0), (63.0, 50.0), (90.0, 50.0)]
    """
    drawn: list[tuple[float, float]] = []
    for x, y in points:
        ways = ((x + far * east, y + far * south) for far in _GIVING_WAY for east, south, _ in _SIDES)
        drawn.append(
            next(((a, b) for a, b in ways if all(math.dist((a, b), other) >= _SIGN for other in drawn)), (x, y))
        )
    return drawn


def shortened(name: str) -> str:
    """The name, cut where it is too long for a map.

    >>> shortened("Rafah"), len(shortened("x" * 50))
    ('Rafah', 30)
    """
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"


def placed(
    wanted: Iterable[tuple[str, float, float]], taken: Sequence[Box], room: Box, size: float
) -> Iterator[Label | None]:
    """A label for each name, beside its point or led from it by a line; `None` where there is no room.

    >>> room = Box(0, 0, 100, 100)
    >>> [first, second] = placed([("here", 20, 50), ("there", 22, 50)], [around(20, 50), around(22, 50)], room, 12)
    >>> first.box.overlaps(second.box)
    False
    """
    full = list(taken)
    for name, x, y in wanted:
        label = next((found for found in _candidates(name, x, y, size) if _is_free(found.box, full, room)), None)
        if label is not None:
            full.append(label.box)
        yield label


def centred(name: str, x: float, y: float, size: float) -> Label:
    """A label in the middle of a point, for a country."""
    half = width(name, size) / 2
    box = Box(x - half, y - size * _LINE / 2, x + half, y + size * _LINE / 2)
    return Label(name, x, box.top + size * _BASELINE, "middle", box, led=False)


def width(text: str, size: float) -> float:
    """About how long a text is, a little more than it will be."""
    return sum(_share(sign) for sign in text) * size


def _share(sign: str) -> float:
    if unicodedata.combining(sign):
        return 0.0
    return _WIDTHS.get(unicodedata.east_asian_width(sign), 0.74 if sign.isupper() else 0.59)


def _candidates(name: str, x: float, y: float, size: float) -> Iterator[Label]:
    text = shortened(name)
    long, high = width(text, size), size * _LINE
    before = {"start": 0.0, "middle": long / 2, "end": long}
    for farther in _FARTHER:
        for east, south, anchor in _SIDES:
            at = x + east * (_GAP + farther)
            top = y + south * (_GAP + farther) - high / 2 + south * high / 2
            left = at - before[anchor]
            box = Box(left, top, left + long, top + high)
            yield Label(text, at, top + size * _BASELINE, anchor, box, led=farther > 0)


def _is_free(box: Box, taken: Iterable[Box], room: Box) -> bool:
    return box.lies_in(room) and not any(box.overlaps(other) for other in taken)
