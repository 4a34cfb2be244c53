"""Which name lies in which: "Al Shouka, Rafah", "the Mesbah area of Rafah", "Rafah's Mesbah area"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ascertain.places.found import Found
from ascertain.places.gazetteer import Sense
from ascertain.places.geometry import distance_km
from ascertain.places.lexicon import lexicon
from ascertain.places.mentions import FINENESS
from ascertain.places.relative import offset_before
from ascertain.places.uses import QUARTER_KM

HELD = re.compile(
    r"\s*,\s*(?:(?:in|of)\s+)?(?:the\s+)?(?:[a-z-]+\s+(?:of\s+)?)?$"
    r"|\s+(?:in|of|inside|within)\s+(?:the\s+)?(?:(?!\w+ing\b)[a-z-]+\s+){0,2}(?:of\s+)?$|\s*\((?:the\s+)?$",
    re.IGNORECASE,
)

_BESIDE = re.compile(
    r"\s*,\s*(?:which\s+(?:is|lies)\s+)?(?:an?|the)\s+(?P<words>(?:[a-z-]+\s+){1,5})(?:in|of|inside|within)\s+"
    r"(?:the\s+)?(?:[a-z-]+\s+){0,2}(?:of\s+)?$"
)
_INSIDE = ("inside", "coast", "border")
_UP_TO = re.compile(
    r"\s*[,(]?\s*(?:(?:which|that)\s+(?:is|lies)\s+)?(?:(?:an?|the)\s+(?:[a-z-]+\s+){1,3})?"
    r"(?:(?:located|situated|lying|just|only|some|about)\s+)*"
)
_HOLDS = re.compile(r"['’]s\s+(?:[a-z-]+\s+){0,2}$", re.IGNORECASE)

LIST_GOES_ON = re.compile(r"(?:\s*,\s*(?!and\b)[A-Z][\w'’ -]{1,30})*\s*,?\s+and\s", re.IGNORECASE)


def containers_of(text: str, names: Sequence[Found]) -> dict[int, int]:
    """Which name lies in which: "Al Shouka, Rafah", "the Mesbah area of Rafah", "Rafah's Mesbah area"."""
    found: dict[int, int] = {}
    for index in range(len(names) - 1):
        one, two = names[index], names[index + 1]
        gap = text[one.end : two.start]
        if len(gap) > 60 or not one.use == two.use == "place" or one.demonym or two.demonym:
            continue
        if is_told_by(text, one, two):
            continue
        if (HELD.match(gap) or _is_told_beside(gap)) and _can_hold(two, one) and not _is_list(text, gap, one, two):
            found[index] = index + 2 if _is_owner(text, names, index + 1) else index + 1
        elif _HOLDS.fullmatch(gap) and _can_hold(one, two):
            found[index + 1] = index
    quarters = (
        index
        for index in range(1, len(names))
        if text[names[index - 1].end : names[index].start] == " " and _is_quarter_of(names[index], names[index - 1])
    )
    return found | {index: index - 1 for index in quarters}


def is_told_by(text: str, one: Found, two: Found) -> bool:
    """Whether words right after a name tell where it is by way of the next one: "X, 45 km north of Y", "X near Y"."""
    offset = offset_before(text, two.start, two.left)
    if offset is None or offset.manner in _INSIDE or offset.start <= one.end:
        return False
    if offset.manner == "edge" and text[one.end : offset.start].isspace():
        return False  # "the Cairns suburbs of Edmonton"
    return _UP_TO.fullmatch(text, one.end, offset.start) is not None


def _is_told_beside(gap: str) -> bool:
    """Whether the words between say what the first is in the second: ", a village in the Y district of "."""
    beside = _BESIDE.match(gap)
    return beside is not None and not lexicon().before.keys().isdisjoint(beside["words"].split())


def _is_quarter_of(quarter: Found, town: Found) -> bool:
    """Whether two towns whose names stand side by side are one: "Khartoum Bahri"."""
    return any(
        one.country == other.country and distance_km((one.lat, one.lon), (other.lat, other.lon)) <= QUARTER_KM
        for one in quarter.senses[:5]
        for other in town.senses[:5]
        if one.kind == other.kind == "town" and one.id != other.id
    )


def _is_owner(text: str, names: Sequence[Found], index: int) -> bool:
    """Whether the name only owns the next, which is the nearer container: "X in Haiti's Artibonite"."""
    if index + 1 >= len(names):
        return False
    one, two = names[index], names[index + 1]
    return bool(_HOLDS.fullmatch(text[one.end : two.start])) and two.use == "place" and _can_hold(one, two)


def _is_list(text: str, gap: str, one: Found, two: Found) -> bool:
    """Whether a comma parts members of a list: "Djibo, Arbinda and Dori"."""
    if "," not in gap or _is_known_within(one, two) or not LIST_GOES_ON.match(text, two.end):
        return False
    return _coarsest(two) >= _coarsest(one) or (
        bool(one.senses) and not one.near and _finest(two) >= FINENESS["town"] > _coarsest(two)
    )


def _is_known_within(one: Found, two: Found) -> bool:
    """Whether a town of the first name is known in the country or division of the second: "Richmond, Virginia"."""
    if not one.senses or not two.senses or two.senses[0].kind not in ("country", "region"):
        return False
    if one.senses[0].kind == "country":
        return False
    holder = two.senses[0]
    inside = (sense for sense in one.senses if sense.country == holder.country and sense.kind == "town" and sense.main)
    return any(holder.kind == "country" or sense.admin1 == holder.admin1 for sense in inside)


def _can_hold(holder: Found, held: Found) -> bool:
    if not holder.senses:
        return holder.kind is not None and FINENESS[holder.kind] < FINENESS[held.kind or "point"]
    if not held.senses or held.near:
        return True
    if _coarsest(holder) < _finest(held) or _coarsest(holder) == FINENESS["town"] == _coarsest(held):
        return True
    return holder.key == held.key and holder.kind != held.kind


def _coarsest(name: Found) -> int:
    return min(map(_standing_in, name.senses), default=4)


def _finest(name: Found) -> int:
    return max(map(_standing_in, name.senses), default=5)


def _standing_in(sense: Sense) -> int:
    """How fine a sense is among containers: a lesser division ("Jadida district of Mosul") may lie in a town."""
    return FINENESS["town" if sense.kind == "district" and not sense.notable else sense.kind]
