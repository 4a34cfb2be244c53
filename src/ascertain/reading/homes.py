"""Homes: the countries that the parties and peoples of a report speak for, where no place tells its country.

In: a text and the parties found in it. Out: how much it speaks for each country. A party or people of several countries
speaks for each of them a little, and so do the forces of a state for its own soil.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from ascertain.actors import PartyMention
from ascertain.actors.parties import parties
from ascertain.model import Span
from ascertain.places import PlaceMention
from ascertain.places.mentions import FINENESS
from ascertain.reading.words import table, word_set

# how much the forces of a state speak for its own country; who fights from the air may do so anywhere
FORCES = 0.5
TOWN = FINENESS["town"]
_AIR = re.compile(
    r"\b(?:air|airstrikes?|jets?|drones?|warplanes?|aircraft|UAVs?|helicopters?|missiles?)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_PLACED = re.compile(r"\b(?:in|near|at|outside|around|inside)\s+(?:[A-Z][\w'’-]*[ -])*$")
_BEHIND = re.compile(r"[ \n]([a-z][\w'’-]*)")
_REACH = 50
_GIVEN = re.compile(r"[A-Z]")


def homes(text: str, named: Sequence[PartyMention]) -> dict[str, float]:
    """How much the parties and peoples of a text speak for each country.

    >>> homes("Murle youth raided a Dinka cattle camp.", ())
    {'SS': 2.0}
    """
    found: dict[str, float] = defaultdict(float)
    for countries in _spoken_for(text, named):
        for country in countries:
            found[country] += 1 / len(countries)
    if not _AIR.search(text):
        for country in sorted({party.country for party in named if party.country and _is_of_state(party)}):
            found[country] += FORCES
    return dict(found)


def countries_of(places: Iterable[PlaceMention]) -> set[str]:
    """The countries that places lie in."""
    return {place.place.country for place in places if place.place.country is not None}


def without_peoples(text: str, places: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The places but for towns that bear the name of a people: "two Kuki farmers" are of no town of Kuki."""
    peoples = _by_people()
    return [
        p
        for p in places
        if p.fineness < TOWN or p.place.text.lower() not in peoples or _is_of_place(text, p.place.span)
    ]


def _is_of_state(party: PartyMention) -> bool:
    return party.armed and (party.id or "").startswith("state:")


def _spoken_for(text: str, named: Sequence[PartyMention]) -> Iterable[tuple[str, ...]]:
    known = sorted({party.id for party in named if party.id is not None})
    yield from (_by_party()[party] for party in known if party in _by_party())
    yield from ((home,) for home in sorted({party.country for party in named if not party.known and party.country}))
    given = (found for found in _WORD.finditer(text) if _GIVEN.match(found[0]) and not _is_of_place(text, found.span()))
    words = {found[0].lower().replace("’", "'") for found in given}
    yield from (_by_people()[word] for word in sorted(words & _by_people().keys()))


def _is_of_place(text: str, word: Span) -> bool:
    """Whether a word ends the name of a place: "in Tal Afar on Monday", but not "in Afar villages"."""
    if not _PLACED.search(text, max(0, word[0] - _REACH), word[0]):
        return False
    behind = _BEHIND.match(text, word[1])
    return behind is None or behind[1] in word_set("homes", "behind_place")


@lru_cache(maxsize=1)
def _by_party() -> Mapping[str, tuple[str, ...]]:
    return {party.id: party.countries for party in parties() if party.countries and not party.id.startswith("state:")}


@lru_cache(maxsize=1)
def _by_people() -> Mapping[str, tuple[str, ...]]:
    countries: dict[str, list[str]] = defaultdict(list)
    for country, words in table("homes")["peoples"].items():
        for word in words.split():
            countries[word].append(country)
    return {word: tuple(owners) for word, owners in countries.items()}
