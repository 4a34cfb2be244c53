"""Relative places: "10 km south of Djibo", "northwest Rafah", "near X", "between A and B".

The rule for the radius is to reach whatever the words may mean: a direction without a distance is anything up to some
15 km past the edge of a town; a part of a place is its half in that direction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ascertain.model import PlacePrecision
from ascertain.places.geometry import Position, moved
from ascertain.places.lexicon import lexicon

_KM_PER_MILE = 1.609344
_NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100,
}  # fmt: skip
_LAST = frozenset({"of", "from", "off", "to", "near", "outside", "central", "downtown"})
_SETTLED = r"(?:the\s+)?(?:(?:[a-z]+\s+)?(?:city|town|village|capital|camp)\s+of\s+)?"


@dataclass(frozen=True, slots=True)
class Offset:
    """How the words before a name shift it: where the phrase starts, which way, how far, and in what sense."""

    start: int
    bearing: float | None
    km: float | None
    inside: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """A position with its honest radius and precision."""

    at: Position
    radius_km: float
    precision: PlacePrecision


@lru_cache(1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    ways = "|".join(
        re.escape(way).replace(r"\ ", "[- ]") for way in sorted(lexicon().directions, key=len, reverse=True)
    )
    number = r"\d+(?:[.,]\d+)?|" + "|".join(sorted(_NUMBERS, key=len, reverse=True))
    distance = rf"(?P<number>{number})(?:\s+|-)?(?P<unit>km|kms|kilomet(?:re|er)s?|miles?|mi)\b(?:\s*\([^)]*\))?"
    lead = r"(?:(?:some|about|around|roughly|approximately|nearly|almost)\s+)?"
    far = rf"\b{lead}{distance}\s+(?:to\s+the\s+)?(?:(?P<way>{ways})\s+(?:of|from)|from|outside|away\s+from|off)"
    side = rf"\b(?:(?:just|to)\s+)?(?:the\s+)?(?P<way>{ways})\s+(?:of|from)"
    close = r"\b(?:near|close\s+to|next\s+to|(?:(?:on\s+)?the\s+)?outskirts\s+of|in\s+the\s+vicinity\s+of|outside)"
    part = rf"\b(?P<way>{ways}|central|downtown)(?:\s+part\s+of)?"
    flags = re.IGNORECASE
    return (
        re.compile(rf"(?:{far}|{side.replace('?P<way>', '?P<side>')})\s+{_SETTLED}$", flags),
        re.compile(rf"{close}\s+{_SETTLED}$", flags),
        re.compile(rf"{part}\s+$", flags),
    )


def offset_before(text: str, start: int, left: Sequence[str]) -> Offset | None:
    """The shift that the words before `start` put on the name there, or None.

    `left` are the lower-cased words before it, whose last says at little cost whether there may be one.
    """
    if not left or (left[-1] not in _LAST and left[-1].replace("-", " ") not in lexicon().directions):
        return None
    head = max(0, start - 90)
    before = text[head:start]
    if not before[-1:].isspace():
        return None
    away, close, part = _patterns()
    if found := away.search(before):
        return Offset(head + found.start(), _bearing(found["way"] or found["side"]), _km(found), inside=False)
    if found := part.search(before):
        return Offset(head + found.start(), _bearing(found["way"]), None, inside=True)
    if found := close.search(before):
        return Offset(head + found.start(), None, None, inside=False)
    return None


def shifted(offset: Offset, at: Position, radius_km: float, kind: PlacePrecision) -> Spot:
    """Where a shifted place is: `at` and `radius_km` are those of the place that is named."""
    if offset.inside:
        return _part(offset, at, radius_km, kind)
    if offset.km is not None:
        blur = max(2.0, 0.2 * offset.km) + min(radius_km, 10.0)
        if offset.bearing is None:
            return Spot(at, round(offset.km + blur, 1), "district")
        return Spot(moved(at, offset.bearing, offset.km), round(blur, 1), "town" if blur < 8 else "district")
    reach = 0.5 * radius_km + 15 if kind in ("country", "region") else radius_km + 15
    if offset.bearing is None:
        near = radius_km + (10 if kind in ("town", "district", "country", "region") else 3)
        return Spot(at, round(near, 1), kind if kind in ("country", "region") else "town")
    return Spot(moved(at, offset.bearing, reach / 2 + radius_km / 2), round(reach, 1), "district")


def _part(offset: Offset, at: Position, radius_km: float, kind: PlacePrecision) -> Spot:
    precision: PlacePrecision = "region" if kind == "country" else "neighbourhood" if kind == "town" else kind
    if offset.bearing is None:
        return Spot(at, round(0.6 * radius_km, 1), precision)
    return Spot(moved(at, offset.bearing, 0.5 * radius_km), round(0.7 * radius_km, 1), precision)


def _bearing(way: str | None) -> float | None:
    return None if way is None else lexicon().directions.get(way.lower().replace("-", " "))


def _km(found: re.Match[str]) -> float | None:
    if found["number"] is None:
        return None
    word = found["number"].lower()
    number = float(_NUMBERS[word]) if word in _NUMBERS else float(word.replace(",", "."))
    return number * (_KM_PER_MILE if found["unit"].lower().startswith("mi") else 1.0)
