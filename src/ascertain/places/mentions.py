"""Place mentions: a place with its role in the text, its container and how fine it is; and the draft of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ascertain.model import Place, PlacePrecision, Span
from ascertain.places.found import Found
from ascertain.places.gazetteer import Sense
from ascertain.places.relative import Offset

Role = Literal["mention", "dateline", "speaker", "origin", "destination", "stands_for", "name_part"]

FINENESS: Mapping[PlacePrecision, int] = {
    "country": 0,
    "region": 1,
    "district": 2,
    "town": 3,
    "neighbourhood": 4,
    "point": 5,
}


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name in the text, and what it does there.

    `place` keeps its words even where it is not resolved. `role` is `dateline` for where the reporter is, `speaker` for
    where somebody is who says something, `origin` and `destination` for where people came from and went, `stands_for`
    where the name means those who rule or act there ("Kabul government", "Mali said"), `name_part` inside another name
    ("Bank of Ghana"); of these, only a `mention` is where something may have happened. `container` is the span of the
    mention that this one is said to lie in. `fineness` runs from 0 (country) to 5 (point).
    """

    place: Place
    role: Role
    container: Span | None
    fineness: int


class Draft(NamedTuple):
    """A name on its way to a mention: what it means, what it does, and how the words before shift it."""

    name: Found
    sense: Sense | None
    role: Role
    offset: Offset | None
