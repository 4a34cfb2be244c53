"""The words by which a language tells places from people, organisations and ordinary words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, get_args

from ascertain.model import DataFileError, PlacePrecision
from ascertain.places import tables
from ascertain.places.names import fold

Label = Literal["name", "function", "never", "title", "organisation", "kind", "within", "link", "demonym"]

_ENDINGS = (
    ("s", ""),
    ("es", ""),
    ("ies", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("ly", ""),
    ("d", ""),
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A language's words by use; all in the form that `names.fold` gives, so that a hyphen is a space."""

    labels: Mapping[str, Label]
    before: Mapping[str, PlacePrecision]
    after: Mapping[str, PlacePrecision]
    surroundings: Mapping[str, float]
    within: frozenset[str]
    links: frozenset[str]
    first_links: frozenset[str]
    named_after: frozenset[str]
    points_in_lower_case: frozenset[str]
    before_office: frozenset[str]
    directions: Mapping[str, float]
    movement: frozenset[str]
    adjective_before: frozenset[str]
    speaking: frozenset[str]
    prepositions: frozenset[str]
    strong_prepositions: frozenset[str]
    public_bodies: frozenset[str]
    seats_of_power: frozenset[str]
    abbreviations: frozenset[str]
    fathers: frozenset[str]
    before_unknown: frozenset[str]
    room_surely: frozenset[str]
    room: frozenset[str]
    room_of: frozenset[str]
    room_on: frozenset[str]
    room_before: frozenset[str]
    ways: frozenset[str]
    way_links: frozenset[str]
    lengths: frozenset[str]
    numbers: Mapping[str, float]
    units: Mapping[str, float]
    compass: Mapping[str, float]
    sides: Mapping[str, tuple[str, ...]]
    not_sides: tuple[str, ...]
    saying: frozenset[str]
    told_of: frozenset[str]
    telling: frozenset[str]
    audience: frozenset[str]
    speakers: frozenset[str]
    beside_speaker: frozenset[str]
    taken: frozenset[str]
    takes_away: frozenset[str]
    people_from: frozenset[str]
    from_links: frozenset[str]
    before_position: frozenset[str]
    before_number: frozenset[str]
    demonyms: Mapping[str, str]
    peoples: Mapping[str, str]
    countries: Mapping[str, str]
    short_forms: Mapping[str, tables.Division]
    given_names: frozenset[str]
    surnames: frozenset[str]
    english: frozenset[str]

    def is_ordinary(self, word: str) -> bool:
        """Whether a lower-cased word is one that English writes in lower case."""
        return _is_ordinary(word, self.english)


@lru_cache(20_000)
def _is_ordinary(word: str, english: frozenset[str]) -> bool:
    return word in english or any(
        word.endswith(end) and word[: len(word) - len(end)] + stem in english for end, stem in _ENDINGS
    )


@lru_cache(1)
def lexicon() -> Lexicon:
    """The English words, read once.

    Raises `DataFileError` where `data/en.toml` has a fault.
    """
    try:
        data = tomllib.loads(tables.text("en.toml"))
    except tomllib.TOMLDecodeError as fault:
        raise DataFileError(str(fault), source="en.toml", remedy="mend the TOML at that line") from fault
    demonyms = {fold(demonym): row.code for row in tables.countries() for demonym in row.demonyms}
    before, after = _kinds(data, "before"), _kinds(data, "after")
    within, links = _listed(data["within"], "words"), _listed(data, "links")
    labels: dict[str, Label] = dict.fromkeys(demonyms, "demonym")
    for words, label in _labelled(data, after, within):
        labels |= dict.fromkeys(words, label)
    return Lexicon(
        labels=labels,
        before=before,
        after=after,
        surroundings={word: float(km) for word, km in _section(data, "surroundings").items()},
        within=within,
        links=links,
        first_links=_listed(data, "first_links"),
        named_after=_listed(data, "named_after"),
        points_in_lower_case=_listed(data, "points_in_lower_case"),
        before_office=_listed(data, "before_office"),
        directions={fold(word): float(value) for word, value in _section(data, "directions").items()},
        movement=_listed(data["movement"], "words"),
        adjective_before=_listed(data, "adjective_before"),
        speaking=_listed(data, "speaking"),
        prepositions=_listed(data, "prepositions"),
        strong_prepositions=_listed(data, "strong_prepositions"),
        public_bodies=_listed(data, "public_bodies"),
        seats_of_power=_listed(data, "seats_of_power"),
        abbreviations=_listed(data, "abbreviations"),
        fathers=_listed(data, "fathers"),
        before_unknown=_listed(data, "before_unknown"),
        room_surely=_listed(data, "room_surely"),
        room=_listed(data, "room"),
        room_of=_listed(data, "room_of"),
        room_on=_listed(data, "room_on"),
        room_before=_listed(data, "room_before"),
        ways=_listed(data, "ways"),
        way_links=_listed(data, "way_links"),
        lengths=_listed(data, "lengths"),
        numbers={word: float(value) for word, value in _section(data, "numbers").items()},
        units={word: float(value) for word, value in _section(data, "units").items()},
        compass={word: float(value) for word, value in _section(data, "compass").items()},
        before_position=_listed(data, "before_position"),
        before_number=_listed(data, "before_number"),
        saying=_listed(data, "saying"),
        told_of=_listed(data, "told_of"),
        telling=_listed(data, "telling"),
        audience=_listed(data, "audience"),
        speakers=_listed(data, "speakers"),
        beside_speaker=_listed(data, "beside_speaker"),
        taken=_listed(data, "taken"),
        takes_away=_listed(data, "takes_away"),
        people_from=_listed(data, "people_from"),
        from_links=_listed(data, "from_links"),
        sides={side: tuple(str(words).split()) for side, words in _section(data, "sides").items()},
        not_sides=tuple(sorted(_listed(data, "not_sides"))),
        demonyms=demonyms,
        peoples={fold(word): str(region) for word, region in _section(data, "peoples").items()},
        countries={row.code: row.name for row in tables.countries()},
        short_forms=tables.short_forms(),
        given_names=tables.words("given_names.txt"),
        surnames=tables.words("surnames.txt"),
        english=tables.words("english.txt"),
    )


def _labelled(
    data: Mapping[str, Any], after: Mapping[str, PlacePrecision], within: frozenset[str]
) -> tuple[tuple[frozenset[str], Label], ...]:
    """Words and their labels, the label that wins last."""
    return (
        (_listed(data, "links"), "link"),
        (_listed(data, "organisation_words"), "organisation"),
        (within, "within"),
        (frozenset(after), "kind"),
        (_listed(data, "titles"), "title"),
        (_listed(data, "never"), "never"),
        (_listed(data, "function_words") - _listed(data, "links"), "function"),
    )


def _section(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    section = data.get(name)
    if not isinstance(section, dict):
        raise DataFileError(f"[{name}] is missing", source="en.toml", remedy=f"add the table [{name}]")
    return section


def _listed(data: Mapping[str, Any], name: str) -> frozenset[str]:
    words = data.get(name)
    if not isinstance(words, str):
        raise DataFileError(f"{name} is missing", source="en.toml", remedy=f"add {name} as words parted by spaces")
    return frozenset(fold(word) for word in words.split())


def _kinds(data: Mapping[str, Any], name: str) -> dict[str, PlacePrecision]:
    section = _section(data, name)
    for word, kind in section.items():
        if kind not in get_args(PlacePrecision):
            remedy = f"use one of {', '.join(get_args(PlacePrecision))}"
            raise DataFileError(f"[{name}] {word} = {kind!r} is unknown", source="en.toml", remedy=remedy)
    return {fold(word): kind for word, kind in section.items()}
