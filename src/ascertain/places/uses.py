"""What a known name is used for: as a place, for those who rule there, inside another name, or as a person's."""

from __future__ import annotations

import re

from ascertain.places.found import LARGE, Found, Use, standing
from ascertain.places.geometry import distance_km
from ascertain.places.stretch import Stretch

_WELL_KNOWN = 4.0
QUARTER_KM = 25
_RIGHT_WORDS = re.compile(r"[ \n]([a-z]+)(?:[ \n]([a-z]+))?(?:[ \n]([a-z]+))?")


def doubt(stretch: Stretch, at: int, count: int, name: Found) -> float:
    """What speaks against a known name: an ordinary word, a given name, capitals of an acronym."""
    if count > 1 or name.senses[0].kind == "country":
        return 0.0
    token, known = stretch.run[at], name.senses[0]
    great = known.notable or known.population > LARGE
    doubt = 0.0
    if stretch.is_ordinary(token):
        doubt += 2.6 if great else 3.2
        if not stretch.capitals and not name.left:
            doubt += 1.0
        if name.left[-1:] == ("the",) and not known.notable:
            doubt += 2.0  # "the Independence clock tower": a thing's name
    elif not great and (token.key in stretch.words.given_names or token.key in stretch.words.surnames):
        doubt += 1.8
    if not stretch.capitals and stretch.text[token.start : token.end].isupper() and len(token.key) < 6:
        doubt += 1.0
    return doubt


def use_of(stretch: Stretch, at: int, count: int, name: Found) -> Use:
    """What a known name stands for here; what speaks for a person or another name goes before the place."""
    if name.key in stretch.words.seats_of_power:
        return "name_part"
    if _is_before_public_body(stretch, at, count):
        return "stands_for"
    if stretch.is_before(at, count, "organisation") or stretch.is_after(at, "organisation"):
        return "name_part"
    if name.kind is None and _is_person(stretch, at, count):
        return "person"
    if name.kind is None and _is_beside_name(stretch, at, count, name):
        return "name_part" if standing(name.senses) > _WELL_KNOWN else "person"
    return "stands_for" if _is_adjective(stretch, name) else "place"


def _is_before_public_body(stretch: Stretch, at: int, count: int) -> bool:
    """Whether a public body in capitals follows: "Kentucky State Police", "the London Council"."""
    if stretch.capitals or stretch.is_after(at, "organisation"):
        return False
    following = [token for token in stretch.run[at + count : at + count + 3] if not token.lower]
    return any(token.key in stretch.words.public_bodies for token in following[:2]) and bool(following)


def _is_person(stretch: Stretch, at: int, count: int) -> bool:
    """Whether a title or a given name makes the name a person's: "Michael Jordan", "Jordan Smith"."""
    before, after = stretch.neighbour(at - 1, at), stretch.neighbour(at + count, at + count - 1)
    given = stretch.words.given_names
    if before is not None and (before.label == "title" or (before.label == "name" and before.key in given)):
        return True
    named = after is not None and after.label == "name"
    return named and count == 1 and (stretch.keys[at] in given or stretch.keys[at + count] in given)


def _is_beside_name(stretch: Stretch, at: int, count: int, name: Found) -> bool:
    """Whether a further name stands beside the place's, which is then part of a longer one ("Edmonton Oilers")."""
    if stretch.capitals and count > 1:
        return False
    ends = ((at - 1, at), (at + count, at + count - 1))
    beside = [(index, stretch.neighbour(index, own)) for index, own in ends]
    return any(
        token is not None
        and token.label == "name"
        and not stretch.is_ordinary(token)
        and not _is_quarter(stretch, index, name)
        for index, token in beside
    )


def _is_quarter(stretch: Stretch, index: int, name: Found) -> bool:
    """Whether the name beside is of a town that lies at or in the named one: "Khartoum Bahri"."""
    large = [sense for sense in name.senses if sense.kind == "town" and sense.population > LARGE]
    others = stretch.longest(index)[1]
    return any(
        other.country == sense.country
        and other.id != sense.id
        and other.population > LARGE
        and distance_km((other.lat, other.lon), (sense.lat, sense.lon)) <= QUARTER_KM
        for sense in large
        for other in others
        if other.kind in ("town", "neighbourhood")
    )


def _is_adjective(stretch: Stretch, name: Found) -> bool:
    if (following := _following(stretch.text, name.end, capitals=stretch.capitals)) is None:
        return False
    governs = bool(name.senses) and (name.senses[0].kind == "country" or name.senses[0].population > 200_000)
    if following[0] in stretch.words.speaking:
        there = name.left[-1:] and name.left[-1] in stretch.words.strong_prepositions
        return governs and not (there or (name.before and name.kind == "town"))
    ruled = following[0] in stretch.words.adjective_before
    return ruled or (following[1] in stretch.words.adjective_before and following[0] in stretch.words.before_office)


def _following(text: str, end: int, *, capitals: bool) -> tuple[str, str] | None:
    stretch = text[end : end + 40]
    match = _RIGHT_WORDS.match(stretch.lower() if capitals else stretch)
    return (match.group(1), match.group(2) or "") if match else None
