"""Series: what many reports tell of one thing as it goes on – tolls, conditions, negotiations.

Every value keeps the ids of the claims that tell it (`r1/c3`), so that it can be shown with its words.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from ascertain.model.claims import (
    Frozen,
    Group,
    Modality,
    NegotiationStatus,
    Outcome,
    PlacePrecision,
    Sector,
    When,
)
from ascertain.model.incidents import IncidentActor


class SeriesPlace(Frozen):
    """The place that a series is of. `id` is the gazetteer's; without one it is a country or its first division, or,
    where the name is in no gazetteer, only the reports' own words in `text`."""

    id: str | None = None
    name: str | None = None
    text: str | None = None
    precision: PlacePrecision | None = None
    country: str | None = None
    admin1: str | None = None


class SeriesClaim(Frozen):
    """A claim in a series: its id, the words that give the value, and whether it asserts, denies or plans it."""

    claim: str
    words: tuple[str, ...] = ()
    modality: Modality = "asserted"


class Growth(Frozen):
    """By how many a toll differs from the point before it, as bounds; below zero where it was revised down."""

    low: int | None = None
    high: int | None = None


class TollPoint(Frozen):
    """What a toll stood at on a day: `date` is the day that it counts up to, `None` where no report tells one.

    `counted` is false where the claims do not say that it is so (denied, threatened, …): such a point has no part in
    the growth. `revised_down` marks a figure that is surely below an earlier one of its series. `growth` is against
    the point counted before it.
    """

    date: dt.date | None = None
    low: Annotated[int, Field(ge=0)] | None = None
    high: Annotated[int, Field(ge=0)] | None = None
    counted: bool = True
    revised_down: bool = False
    growth: Growth | None = None
    reports: tuple[str, ...]
    claims: tuple[SeriesClaim, ...]


class TollSeries(Frozen):
    """How one count of people grew: of one outcome and group, at one place, by one voice, from one start.

    `voice` is who counts, by the name that lineage knows them by or as publisher, `None` where no report says, and
    `speakers` the reports' words for them; `since` is when the period counted begins, `None` if unknown.
    """

    id: str
    place: SeriesPlace | None = None
    outcome: Outcome
    group: Group
    voice: str | None = None
    speakers: tuple[str, ...] = ()
    since: When | None = None
    points: tuple[TollPoint, ...]


class ConditionWeek(Frozen):
    """What people lacked or suffered in one sector at one place in one ISO week (`2024-W22`, which begins on `starts`).

    `severities` are the reports' own words; `worst` is the worst of them by the published scale that `scale` names,
    `None` where none of them is a word of a scale. `sources` counts the independent ones that say it is so.
    """

    id: str
    place: SeriesPlace | None = None
    sector: Sector
    week: str | None = None
    starts: dt.date | None = None
    severities: tuple[str, ...] = ()
    worst: str | None = None
    scale: str | None = None
    sources: Annotated[int, Field(ge=0)]
    reports: tuple[str, ...]
    claims: tuple[SeriesClaim, ...]


class StatusTold(Frozen):
    """A state of talks as some claims tell it; `sources` counts the independent ones."""

    status: NegotiationStatus
    modality: Modality = "asserted"
    sources: Annotated[int, Field(ge=1)]
    claims: tuple[str, ...]


class IssueTold(Frozen):
    """What talks argue over: `text` without its article, and the claims with the words that tell it."""

    text: str
    claims: tuple[SeriesClaim, ...]


class Round(Frozen):
    """What is told of talks on one day; reports that disagree on the status stand side by side."""

    date: dt.date | None = None
    places: tuple[SeriesPlace, ...] = ()
    statuses: tuple[StatusTold, ...] = ()
    mediators: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    claims: tuple[SeriesClaim, ...]


class Negotiation(Frozen):
    """The talks of some parties while they go on.

    `status` is that of the latest day on which one is told (`status_on`), `None` where the reports of that day disagree
    evenly; what is denied or planned is no status. `start` and `end` are the first and last day told of.
    """

    id: str
    parties: tuple[IncidentActor, ...] = ()
    mediators: tuple[IncidentActor, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    status: NegotiationStatus | None = None
    status_on: dt.date | None = None
    issues: tuple[IssueTold, ...] = ()
    rounds: tuple[Round, ...]
    sources: Annotated[int, Field(ge=0)]
    reports: tuple[str, ...]
    claims: tuple[str, ...]
