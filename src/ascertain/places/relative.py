"""Relative places: "10 km south of Djibo", "northwest Rafah", "near the border with Egypt", "the road from A to B".

The rule for the radius is to reach whatever the words may mean: a direction without a distance is anything up to some
15 km past the edge of a town; a part of a place is its half in that direction, of its polygon where one is known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ascertain.model import PlacePrecision
from ascertain.places.geometry import Position, distance_km, midpoint, moved
from ascertain.places.lexicon import lexicon
from ascertain.places.parts import Circle, bearing_to, edge, edge_near, half
from ascertain.places.shapes import Shape

_ABOUT = (
    r"(?:(?:some|about|around|roughly|approximately|approx\.?|nearly|almost|circa|ca?\.|just|only|over|under|up\s+to"
    r"|(?:more|less)\s+than)\s+|~\s*)?"
)
_LAST = frozenset(
    {"of", "from", "off", "to", "near", "outside", "central", "downtown", "with", "neighbouring", "neighboring"}
)
_SETTLED = r"(?:the\s+)?(?:(?:[a-z]+\s+)?(?:city|town|village|capital|camp|port)\s+of\s+)?"
_WAY = r"(?:main\s+)?(?:road|highway|route|motorway|expressway|axis|track|railway|railway\s+line|stretch)"
_WAY_AFTER = re.compile(rf"\s*(?:{_WAY}|border|frontier)\b", re.IGNORECASE)
_WAY_BEFORE = re.compile(
    rf"\b(?:the\s+)?{_WAY}\s+(?:(?:that\s+)?(?P<link>(?:link|connect|join)(?:ing|s))|(?:running\s+|leading\s+)?from"
    r"|(?:running\s+|leading\s+)?(?P<both>between))\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?(?:(?:villages?|towns?|cities)\s+of\s+)?$", re.IGNORECASE)
_BORDER_OF = re.compile(r"\bborder\s+between\s+(?:the\s+)?$", re.IGNORECASE)
_HYPHEN = re.compile(r"\s?[-‐‑–—]\s?|\s+to\s+")
_COAST_KM, _BORDER_KM = 30.0, 10.0

Manner = Literal["away", "near", "inside", "edge", "border", "coast"]
SIDES: tuple[Manner, ...] = ("border", "coast", "edge")
_PAIRED = re.compile(r"[A-Z]\w+[-‐‑–]\w+$")
_OTHER = re.compile(r"(?:[-‐‑–][A-Z]\w+(?=\s))?")


@dataclass(frozen=True, slots=True)
class Offset:
    """How the words around a name shift it: where the phrase starts, which way, how far, and in what sense.

    `end` is where a phrase ends that goes on after the name: "Beirut's southern suburbs".
    """

    start: int
    bearing: float | None
    km: float | None
    manner: Manner
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A position with its honest radius and precision."""

    at: Position
    radius_km: float
    precision: PlacePrecision


@dataclass(frozen=True, slots=True)
class Anchor:
    """The place that a relative one is told by: its middle, its reach, its kind, and its polygons where known."""

    at: Position
    radius_km: float
    kind: PlacePrecision
    shape: Shape | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """What the words around two names make of them: where the phrase starts and ends, and whether it is a border."""

    start: int
    end: int
    border: bool


@lru_cache(1)
def _patterns() -> tuple[tuple[Manner, re.Pattern[str]], ...]:
    ways = "|".join(
        re.escape(way).replace(r"\ ", "[- ]") for way in sorted(lexicon().directions, key=len, reverse=True)
    )
    way = rf"(?P<way>{ways})"
    number = r"\d+(?:[.,]\d+)?|" + "|".join(sorted(lexicon().numbers, key=len, reverse=True))
    distance = rf"(?P<number>{number})(?:\s+|-)?(?P<unit>{_units()})\b(?:\s*\([^)]*\))?"
    lead = _ABOUT
    letters = "|".join(sorted(lexicon().compass, key=len, reverse=True))
    point = rf"(?P<way>{ways}|{letters})"
    far = (
        rf"(?:\b|(?<=\s)(?=~)){lead}{distance}\s+(?:to\s+the\s+)?(?:{point}\s+(?:of|from)|from|outside|away\s+from|off)"
    )
    side = rf"\b(?:(?:just|to)\s+)?(?:the\s+)?{way}\s+(?:of|from)"
    close = r"\b(?:near|close\s+to|next\s+to|in\s+the\s+vicinity\s+of|outside)"
    rim = rf"\b(?:the\s+)?(?:{way}\s+)?(?:outskirts|suburbs|edges?|fringes?)\s+of"
    coast = rf"(?:(?:{way}\s+)?(?:coast|coastline|shores?)\s+of\s+)?"
    by_sea = rf"(?:\b{lead}{distance}\s+)?\boff\s+(?:the\s+)?{coast}(?:the\s+)?"
    lead_to = rf"(?:\b{lead}{distance}\s+from\s+|\b(?:near|along|close\s+to)\s+)?"
    line = r"(?:border|frontier)\s+(?:(?:area|region|zone)\s+)?with"
    frontier = rf"{lead_to}\b(?:(?:the|its|their)\s+)?(?:{way}\s+)?{line}"
    part = rf"\b(?P<way>{ways}|central|downtown)(?:\s+part\s+of)?"
    told: tuple[tuple[Manner, str], ...] = (
        ("border", rf"{frontier}\s+(?:neighbou?ring\s+)?(?:the\s+)?$"),
        ("edge", rf"{rim}\s+{_SETTLED}$"),
        ("inside", rf"\bin\s+the\s+{way}\s+of\s+{_SETTLED}$"),
        ("away", rf"{far}\s+{_SETTLED}$"),
        ("coast", rf"{by_sea}$"),
        ("away", rf"{side}\s+{_SETTLED}$"),
        ("inside", rf"{part}\s+$"),
        ("near", rf"{close}\s+{_SETTLED}$"),
    )
    return tuple((manner, re.compile(pattern, re.IGNORECASE)) for manner, pattern in told)


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
    for manner, pattern in _patterns():
        if found := pattern.search(before):
            told = found.groupdict()
            skipped = 3 if manner == "inside" and before[found.start() :].lower().startswith("in ") else 0
            return Offset(head + found.start() + skipped, _bearing(told.get("way")), _km(told), manner)
    return None


@lru_cache(1)
def _after_pattern() -> re.Pattern[str]:
    ways = "|".join(
        re.escape(way).replace(r"\ ", "[- ]") for way in sorted(lexicon().directions, key=len, reverse=True)
    )
    things = "|".join(f"(?P<{manner}>{'|'.join(words)})" for manner, words in lexicon().sides.items())
    return re.compile(
        rf"(?P<owner>['’]s)?\s+(?:(?P<way>{ways})\s+)?(?:{things})\b(?!\s+(?:of|with|between)\b)(?!\s+(?:{'|'.join(lexicon().not_sides)})\b)",
        re.IGNORECASE,
    )


@lru_cache(1)
def _lead() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:(?P<number>\d+(?:[.,]\d+)?|[a-z]+)(?:\s+|-)(?P<unit>{_units()})\s+(?:off|from)\s+)"
        r"|\b(?:near|along|off|close\s+to)\s+)?(?:\bthe\s+)?$",
        re.IGNORECASE,
    )


def _units() -> str:
    """The units of length as a pattern, the longest first."""
    return "|".join(re.escape(unit).replace(r"\ ", r"\s+") for unit in sorted(lexicon().units, key=len, reverse=True))


def offset_after(text: str, start: int, end: int, *, demonym: bool) -> Offset | None:
    """The shift that the words after a name put on it: "Beirut's southern suburbs", "the Egyptian border", or None."""
    found = _after_pattern().match(text, end)
    if found is None or (found["owner"] is None) != demonym:
        return None
    manner = next(manner for manner in SIDES if found[manner])
    if manner == "border" and found["way"]:
        manner = "edge"
    head = max(0, start - 60)
    lead = _lead().search(text[head:start])
    begins = head + lead.start() if lead else start
    km = _km(lead.groupdict()) if lead else None
    return Offset(begins, _bearing(found["way"]), km, manner, found.end())


def is_demonym_of_place(text: str, end: int) -> bool:
    """Whether a demonym that ends there tells of a place: of its border or coast, alone or with another's."""
    found = _after_pattern().match(text, _OTHER.match(text, end).end())  # type: ignore[union-attr]  # matches always
    return found is not None and found["owner"] is None and found["edge"] is None


def is_beyond_border(text: str, end: int) -> bool:
    """Whether a demonym that ends there tells of a border alone, so that another country is spoken of."""
    found = _after_pattern().match(text, end)
    paired = _PAIRED.search(text, max(0, end - 40), end) is not None
    return found is not None and found["owner"] is None and found["border"] is not None and not paired


def pair_around(text: str, one: tuple[int, int], two: tuple[int, int]) -> Pair | None:
    """What makes one place of two names: "between A and B", "the road from A to B", "the A–B highway", or None."""
    gap, head = text[one[1] : two[0]], max(0, one[0] - 60)
    if len(gap) > 24:
        return None
    before = text[head : one[0]]
    if _HYPHEN.fullmatch(gap) and (after := _WAY_AFTER.match(text, two[1])):
        return Pair(one[0], after.end(), after[0].strip().lower() in ("border", "frontier"))
    if _HYPHEN.fullmatch(gap) and (word := _last_word(text, two)) and _WAY_AFTER.fullmatch(word):
        return Pair(one[0], two[1], word.lower() in ("border", "frontier"))
    joint = " ".join(gap.lower().replace(" the ", " ").split())
    if (way := _WAY_BEFORE.search(before)) and joint in _joints(way):
        return Pair(head + way.start(), two[1], border=False)
    if joint == "and" and (found := _BORDER_OF.search(before) or _BETWEEN.search(before)):
        return Pair(head + found.start(), two[1], border=found[0].lower().startswith("border"))
    return None


def is_far_way(text: str, pair: Pair) -> bool:
    """Whether the words tell of a way or a border, whose ends may be far apart: "the Kabul-Kandahar highway"."""
    words = text[pair.start : pair.end].lower()
    return pair.border or re.search(_WAY, words) is not None


def shifted(offset: Offset, anchor: Anchor) -> Spot:
    """Where a place is that the words before the name of the anchor tell of."""
    at, radius, kind = anchor.at, anchor.radius_km, anchor.kind
    if offset.manner == "inside":
        return _part(offset, anchor)
    if offset.manner == "edge":
        return _rim(offset, anchor)
    if offset.manner == "coast":
        return _off_coast(offset, anchor)
    if offset.km is not None:
        blur = max(2.0, 0.2 * offset.km) + min(radius, 10.0)
        if offset.bearing is None:
            return Spot(at, round(offset.km + blur, 1), "district")
        return Spot(moved(at, offset.bearing, offset.km), round(blur, 1), "town" if blur < 8 else "district")
    reach = 0.5 * radius + 15 if kind in ("country", "region") else radius + 15
    if offset.bearing is None:
        near = radius + (10 if kind in ("town", "district", "country", "region") else 3)
        return Spot(at, round(near, 1), kind if kind in ("country", "region") else "town")
    return Spot(moved(at, offset.bearing, reach / 2 + radius / 2), round(reach, 1), "district")


def away_from_unknown(offset: Offset, holder: Anchor) -> Spot:
    """Where a place is that is told by an unknown one in a known holder: anywhere in that, and beyond."""
    beyond = offset.km if offset.km is not None else _BORDER_KM
    return Spot(holder.at, round(holder.radius_km + beyond, 1), "region" if holder.radius_km > 60 else "district")


def by_border(offset: Offset, holder: Anchor, neighbour: Anchor) -> Spot:
    """Where "near the border with B" is for one who speaks of A, the holder: the edge of A towards B.

    A town of A that is said to lie there is the place itself.
    """
    more = offset.km or 0.0
    if holder.kind in ("town", "neighbourhood", "point"):
        return Spot(holder.at, round(holder.radius_km + 3 + more, 1), "town")
    told = holder.shape is not None or neighbour.shape is not None or holder.radius_km <= neighbour.radius_km
    circle = _border(holder, neighbour) if told else _border(neighbour, holder)
    radius = circle.radius_km + more + min(_BORDER_KM, 0.2 * holder.radius_km)
    return Spot(circle.at, round(radius, 1), "district" if radius < 60 else "region")


def between(one: Anchor, two: Anchor, *, border: bool) -> Spot:
    """Where a place between two others is; half-way, with a radius that reaches both, or along their border."""
    if border:
        circle = _border(*sorted((one, two), key=lambda anchor: anchor.radius_km))
        return Spot(circle.at, round(circle.radius_km + 5, 1), "district" if circle.radius_km < 60 else "region")
    radius = max(2.0, distance_km(one.at, two.at) / 2)
    precision: PlacePrecision = "town" if radius < 5 else "district" if radius < 60 else "region"
    return Spot(midpoint(one.at, two.at), round(radius, 1), precision)


def _border(holder: Anchor, neighbour: Anchor) -> Circle:
    """The edge of the holder towards the neighbour: by polygons where known, else by where the two lie."""
    if holder.shape is not None:
        return edge(holder.shape, neighbour.shape, neighbour.at)
    if neighbour.shape is not None and (near := edge_near(neighbour.shape, holder.at, 1.2 * holder.radius_km)):
        return near
    bearing = bearing_to(holder.at, neighbour.at)
    return Circle(moved(holder.at, bearing, 0.6 * holder.radius_km), round(0.8 * holder.radius_km, 1))


def _part(offset: Offset, anchor: Anchor) -> Spot:
    kind, radius = anchor.kind, anchor.radius_km
    precision: PlacePrecision = "region" if kind == "country" else "neighbourhood" if kind == "town" else kind
    if offset.bearing is None:
        return Spot(anchor.at, round(0.6 * radius, 1), precision)
    if anchor.shape is not None:
        circle = half(anchor.shape, offset.bearing)
        return Spot(circle.at, circle.radius_km, precision)
    return Spot(moved(anchor.at, offset.bearing, 0.5 * radius), round(0.7 * radius, 1), precision)


def _rim(offset: Offset, anchor: Anchor) -> Spot:
    """Outskirts and suburbs: from within a place to a little past its edge, on one side where that is told."""
    radius, kind = anchor.radius_km, anchor.kind
    precision: PlacePrecision = kind if kind in ("country", "region", "district") else "town"
    if offset.bearing is None:
        return Spot(anchor.at, round(1.3 * radius + 3, 1), precision)
    return Spot(moved(anchor.at, offset.bearing, 0.9 * radius), round(0.8 * radius + 2, 1), precision)


def _off_coast(offset: Offset, anchor: Anchor) -> Spot:
    """At sea: within some 30 km of a town, or all along what is known of a country."""
    out = _COAST_KM if offset.km is None else 1.2 * offset.km
    wide = anchor.kind in ("country", "region")
    precision: PlacePrecision = anchor.kind if wide else "district"
    if offset.bearing is None or not wide:
        return Spot(anchor.at, round(anchor.radius_km + out, 1), precision)
    return Spot(
        moved(anchor.at, offset.bearing, 0.7 * anchor.radius_km), round(0.8 * anchor.radius_km + out, 1), precision
    )


def _joints(way: re.Match[str]) -> tuple[str, ...]:
    return ("and", "with", "to") if way["link"] else ("and",) if way["both"] else ("to",)


def _last_word(text: str, span: tuple[int, int]) -> str:
    return text[slice(*span)].rsplit(maxsplit=1)[-1] if " " in text[slice(*span)] else ""


def _bearing(way: str | None) -> float | None:
    if way is None:
        return None
    told = way.lower().replace("-", " ")
    return lexicon().directions.get(told, lexicon().compass.get(told))


def _km(told: dict[str, str | None]) -> float | None:
    word, unit = told.get("number"), told.get("unit")
    if word is None or unit is None:
        return None
    word = word.lower()
    number = float(word.replace(",", ".")) if word[0].isdigit() else lexicon().numbers.get(word)
    return None if number is None else number * lexicon().units[" ".join(unit.lower().split())]
