"""Names found in a text: what each may mean, what the words around it say of it, and how well known it is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ascertain.model import PlacePrecision
from ascertain.places.gazetteer import Sense

Use = Literal["place", "stands_for", "name_part", "person"]

LARGE = 100_000  # people of a town that needs no other place of the report to be one
ACCEPTED = 3.4  # the least weight of a name that is taken for a place
SURE = 4.8  # the weight of a name that is a place wherever the report has it
_DIVISION = 3.4  # a lesser division is known by as many as a town of 20,000


class Found(NamedTuple):
    """A name in the text that may be a place.

    `start` and `end` hold the name with its kind ("Mesbah area"); `key` is the name's alone; `kind` is the kind that
    the words around it say, `before` that these stand before it; `left` are the lower-cased words before it. A
    `doubtful` name is a place only if the report's other places give it a sense; a `demonym` is one only together with
    what follows it ("the Egyptian border").
    """

    start: int
    end: int
    key: str
    senses: tuple[Sense, ...]
    near: bool
    kind: PlacePrecision | None
    kind_word: str | None
    before: bool
    left: tuple[str, ...]
    use: Use
    weight: float
    doubtful: bool
    demonym: bool = False


@dataclass(frozen=True, slots=True)
class Recognised:
    """All names of a text that are places or parts of other names, and the nationalities it speaks of."""

    names: tuple[Found, ...]
    nations: Mapping[str, float]


def standing(senses: tuple[Sense, ...]) -> float:
    """How well known a name is: its weightiest sense."""
    return max(map(_known_by, senses))


def is_great(senses: tuple[Sense, ...]) -> bool:
    """Whether a name needs no other place of the report to be one: it names a country, a region or a large town."""
    return any(sense.notable or sense.population > LARGE for sense in senses)


def _known_by(sense: Sense) -> float:
    if sense.kind == "country":
        return 6.0
    if sense.notable:
        return 5.0 if sense.id.startswith("ascertain:") else 4.0
    if sense.kind in ("region", "district") and not sense.population:
        return _DIVISION
    return 0.8 * math.log10(sense.population + 10) - (0.0 if sense.main else 0.7)


def is_only_added(senses: tuple[Sense, ...]) -> bool:
    """Whether a name is known from added gazetteers alone, and for no division or large town."""
    return bool(senses) and all(map(_is_village, senses))


def needs_country(name: Found, sense: Sense) -> bool:
    """Whether a name means an added place only in a report of its country, as no word beside it tells what it is."""
    told = name.kind is not None and not name.key.endswith(f" {name.kind_word}")
    return _is_village(sense) and not told and name.weight < SURE


def _is_village(sense: Sense) -> bool:
    """Whether a place of an added gazetteer is one that few know, unlike divisions, of which a country has not many."""
    lesser = not sense.notable and sense.kind not in ("region", "district")
    return sense.added and lesser and sense.population <= LARGE


def is_lesser_division(sense: Sense) -> bool:
    """Whether a sense is a second-level division that nobody names out of the blue."""
    return sense.kind == "district" and not sense.notable
