"""Incidents: one thing that happened, put together from all the claims about it."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ascertain.model.claims import (
    AcledType,
    ActorKind,
    ActorRole,
    Damage,
    Frozen,
    Group,
    Outcome,
    Place,
    Span,
    TargetType,
    When,
)

Grading = Literal["confirmed", "fair", "weak", "contested", "single_source"]


class IncidentFigure(Frozen):
    """A reconciled figure; `low <= best <= high` wherever each is known, and an open bound is `None`."""

    outcome: Outcome
    group: Group
    low: Annotated[int, Field(ge=0)] | None = None
    best: Annotated[int, Field(ge=0)] | None = None
    high: Annotated[int, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        known = [bound for bound in (self.low, self.best, self.high) if bound is not None]
        if known != sorted(known):
            raise ValueError(f"figure {self.outcome}/{self.group}: {self.low} <= {self.best} <= {self.high} is false")
        return self


class IncidentActor(Frozen):
    """A party to an incident; the words that name it stand in the claims."""

    role: ActorRole
    text: str
    name: str | None = None
    id: str | None = None
    kind: ActorKind = "other"


class IncidentTarget(Frozen):
    """A thing that was hit; the words that name it stand in the claims."""

    text: str
    type: TargetType
    count: Annotated[int, Field(ge=1)] | None = None
    damage: Damage | None = None


class Passage(Frozen):
    """Words of a report that tell of an incident of which the report claims nothing that was understood."""

    report: str
    span: Span


class Incident(Frozen):
    """One thing that happened. `reports` and `claims` list ids (`r1`, `r1/c3`), `primary_for` the reports whose
    main incident this is, and `sources` counts independent sources. Each report has claims among `claims`, or a passage
    in `evidence`. `policy` names the rule that chose the figures, and
    `formerly` lists the ids of incidents that became part of this one: they still lead here."""

    id: str
    type: str
    acled: AcledType | None = None
    when: When | None = None
    where: Place | None = None
    figures: tuple[IncidentFigure, ...] = ()
    actors: tuple[IncidentActor, ...] = ()
    targets: tuple[IncidentTarget, ...] = ()
    means: tuple[str, ...] = ()
    reports: tuple[str, ...]
    claims: tuple[str, ...]
    evidence: tuple[Passage, ...] = ()
    primary_for: tuple[str, ...] = ()
    sources: Annotated[int, Field(ge=1)]
    grading: Grading
    policy: str | None = None
    formerly: tuple[str, ...] = ()
