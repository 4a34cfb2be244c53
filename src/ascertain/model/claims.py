"""Claims: what a report asserts, each value with the words that assert it.

Absent knowledge is `None` or an empty tuple, never a filled-in value. Spans are half-open `(start, end)` counts of
Unicode code points into the report's text.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Span = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]]

Modality = Literal["asserted", "denied", "alleged", "planned", "threatened", "hypothetical"]
AttributionKind = Literal[
    "medical",
    "official",
    "military",
    "armed_group",
    "witness",
    "resident",
    "media",
    "journalist",
    "aid_agency",
    "un",
    "rights_group",
    "other",
]
WhenPrecision = Literal["day", "week", "month", "year", "span"]
PlacePrecision = Literal["point", "neighbourhood", "town", "district", "region", "country"]
ActorRole = Literal["perpetrator", "target", "party", "mediator", "supporter"]
ActorKind = Literal[
    "state_forces",
    "rebel_group",
    "militia",
    "civilians",
    "police",
    "protesters",
    "rioters",
    "external_forces",
    "government",
    "international",
    "other",
]
Outcome = Literal["killed", "injured", "missing", "trapped", "detained", "abducted", "displaced"]
Group = Literal[
    "people",
    "civilians",
    "children",
    "women",
    "men",
    "elderly",
    "combatants",
    "security_forces",
    "journalists",
    "health_workers",
    "aid_workers",
    "protesters",
]
TargetType = Literal[
    "residential",
    "healthcare",
    "school",
    "religious",
    "displacement_site",
    "market",
    "energy",
    "water",
    "transport",
    "vehicle",
    "aid",
    "media",
    "government",
    "military",
    "agriculture",
    "commercial",
    "other",
]
Damage = Literal["hit", "damaged", "destroyed"]
Sector = Literal[
    "food",
    "water",
    "health",
    "shelter",
    "fuel",
    "electricity",
    "protection",
    "access",
    "displacement",
    "education",
    "communications",
    "general",
]
NegotiationStatus = Literal[
    "proposed", "ongoing", "progress", "impasse", "agreed", "rejected", "collapsed", "implemented"
]


class Frozen(BaseModel):
    """Base of all values: immutable, and no field but those declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class When(Frozen):
    """When something happened: the days from `start` to `end`, both included; an unknown side is `None`.

    `span` is `None` where the date comes from the report's own date and no words give it.
    """

    start: dt.date | None = None
    end: dt.date | None = None
    precision: WhenPrecision
    text: str | None = None
    span: Span | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"when: start {self.start} is after end {self.end}")
        return self


class Place(Frozen):
    """A name in the text, and where that is.

    `lat` and `lon` are WGS 84 degrees, `radius_km` is how far off the true place may be, `id` is the gazetteer's
    (`geonames:281124`), `country` is ISO 3166-1 alpha-2. An unresolved place keeps its words and nothing else.
    """

    text: str
    span: Span
    name: str | None = None
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None
    radius_km: Annotated[float, Field(ge=0)] | None = None
    precision: PlacePrecision | None = None
    id: str | None = None
    country: str | None = None
    admin1: str | None = None


class Attribution(Frozen):
    """Who says it, as the report tells it; distinct from the publisher."""

    text: str
    span: Span
    kind: AttributionKind


class Actor(Frozen):
    """A named or described party in its role; `name` and `id` are the lexicon's, `None` where no name is known."""

    role: ActorRole
    text: str
    span: Span
    name: str | None = None
    id: str | None = None
    kind: ActorKind = "other"


class Target(Frozen):
    """A thing that was hit: what kind, how many, how badly."""

    text: str
    span: Span
    type: TargetType
    count: Annotated[int, Field(ge=1)] | None = None
    damage: Damage | None = None


class Figure(Frozen):
    """A number of people of one outcome and one group, as bounds.

    "At least 13" is `low` 13 and `high` None; "up to 10" the reverse; "including children" is a figure of its own
    with `low` 1 whose `part_of` is the index, in the claim's figures, of the figure that it is part of. Of people told
    side by side ("five soldiers and 12 rebels") the later ones name the first by `adds_to`: they are one count.
    """

    outcome: Outcome
    group: Group
    low: Annotated[int, Field(ge=0)] | None = None
    high: Annotated[int, Field(ge=0)] | None = None
    text: str
    span: Span
    part_of: Annotated[int, Field(ge=0)] | None = None
    adds_to: Annotated[int, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"figure {self.text!r}: low {self.low} is above high {self.high}")
        return self


class AcledType(Frozen):
    """ACLED's own words for an event (ACLED codebook, event types and sub-event types)."""

    event_type: str
    sub_event_type: str


class Issue(Frozen):
    """What a negotiation argues over."""

    text: str
    span: Span


class _ClaimBase(Frozen):
    id: str
    evidence: Annotated[tuple[Span, ...], Field(min_length=1)]
    modality: Modality = "asserted"
    said_by: tuple[Attribution, ...] = ()
    when: When | None = None
    where: Place | None = None
    confidence: Annotated[float, Field(ge=0, le=1)] = 1.0


class EventClaim(_ClaimBase):
    """One thing that happened (or is denied, planned, threatened), as one report tells it.

    `type` is a code of `ascertain.taxonomy`; `acled` is `None` for what is not political violence, protest or a
    strategic development. Claims of one report with the same `event` tell of one thing; the reader knows, because it
    has followed "the attack" through the text (docs/decisions/001-claims-name-their-event.md). `owned`: its speakers
    say of themselves that they did it, in words of owning and none of denial.
    """

    kind: Literal["event"] = "event"
    event: str | None = None
    type: str
    acled: AcledType | None = None
    plover: str | None = None
    actors: tuple[Actor, ...] = ()
    means: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    figures: tuple[Figure, ...] = ()
    owned: bool = False


class TollClaim(_ClaimBase):
    """A cumulative figure over a period that starts at `since`; never an incident."""

    kind: Literal["toll"] = "toll"
    figures: tuple[Figure, ...] = ()
    since: When | None = None


class ConditionClaim(_ClaimBase):
    """What people lack or suffer, by sector; `severity` is the report's own word."""

    kind: Literal["condition"] = "condition"
    sector: Sector
    severity: str | None = None


class NegotiationClaim(_ClaimBase):
    """How talks go: mediators and parties among `actors`, what is argued over, and the state of it."""

    kind: Literal["negotiation"] = "negotiation"
    plover: str | None = None
    actors: tuple[Actor, ...] = ()
    issues: tuple[Issue, ...] = ()
    status: NegotiationStatus | None = None


Claim = Annotated[EventClaim | TollClaim | ConditionClaim | NegotiationClaim, Field(discriminator="kind")]
