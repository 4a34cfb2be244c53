"""Incidents told in short for the tests of figures: who says what, in which report, on which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, get_args

from hypothesis import strategies as st

from ascertain.incidents.events import Event
from ascertain.incidents.figures import reconcile
from ascertain.incidents.ledger import ledger
from ascertain.incidents.policies import POLICIES
from ascertain.incidents.voices import Apart
from ascertain.model import Actor, Attribution, Claim, EventClaim, Figure, Group, ReportHeader
from ascertain.reading.quantities import bounds

from .made import claims

Range = tuple[int | None, int | None, int | None]


@dataclass(frozen=True)
class Copies:
    """A lineage that knows which reports are copies of which."""

    of: Mapping[str, str] = field(default_factory=dict)

    def origin(self, report_id: str) -> str:
        """The report that it is a copy of, or itself."""
        return self.of.get(report_id, report_id)

    def voices(self, report_id: str, claim: Claim) -> tuple[str, ...]:
        """The speakers, or the origin."""
        return tuple(sorted({who.text.lower() for who in claim.said_by})) or (self.origin(report_id),)


def number(told: str, at: int = 0, whole: int | None = None) -> Figure:
    """A figure from "killed: at least 17 people" or "killed children: four children", which is a part of the first."""
    head, _, words = told.partition(": ")
    outcome, _, group = head.partition(" ")
    size = bounds(words)
    low, high = (size.low, size.high) if size else (1, None if words.endswith("s") else 1)
    assert not group or group in get_args(Group)
    return Figure(
        outcome=outcome,  # type: ignore[arg-type]
        group=group or "people",  # type: ignore[arg-type]
        low=low,
        high=high,
        text=words,
        span=(at, at + len(words)),
        part_of=whole if group else None,
    )


def figures(*told: str) -> tuple[Figure, ...]:
    """The figures of one claim; a group is part of the people told before it, if any are."""
    made: list[Figure] = []
    for position, words in enumerate(told):
        outcome = words.partition(":")[0].split()[0]
        wholes = [n for n, f in enumerate(made) if f.outcome == outcome and f.group == "people"]
        made.append(number(words, 50 * position, wholes[0] if wholes else None))
    return tuple(made)


def speaker(words: str) -> Attribution:
    """A speaker from "health ministry/medical"."""
    text, _, kind = words.partition("/")
    return Attribution(text=text, span=(0, len(text)), kind=kind)  # type: ignore[arg-type]


def blamed(words: str) -> Actor:
    """A perpetrator from "army/state_forces"."""
    text, _, kind = words.partition("/")
    ids: dict[str, Any] = {"id": f"party:{text.lower()}", "name": text} if text[:1].isupper() else {}
    return Actor(role="perpetrator", text=text, span=(300, 300 + len(text)), kind=kind or "other", **ids)  # type: ignore[arg-type]


def says(by: str, *told: str, perpetrator: str | None = None, modality: Any = "asserted") -> EventClaim:
    """What a speaker, or with "" the report itself, says."""
    return EventClaim(
        id="c1",
        event="e1",
        type="air_drone_strike",
        evidence=((0, 400),),
        modality=modality,
        said_by=tuple(speaker(who) for who in by.split(" + ") if who),
        figures=figures(*told),
        actors=(blamed(perpetrator),) if perpetrator else (),
    )


def report(id: str, day: int | None, *claims: EventClaim, publisher: str | None = None) -> Event:
    """A report of that day of March 2024, or of an unknown one."""
    published = None if day is None else dt.date(2024, 3, day)
    header = ReportHeader(id=id, published=published, publisher=publisher)
    renamed = tuple(_moved(claim, n) for n, claim in enumerate(claims, 1))
    return Event(header, renamed, main=True)


def _moved(claim: EventClaim, n: int) -> EventClaim:
    """The claim as the report's n-th, with its figures after those of the ones before it."""
    figures = tuple(f.model_copy(update={"span": (f.span[0] + 1000 * n, f.span[1] + 1000 * n)}) for f in claim.figures)
    return claim.model_copy(update={"id": f"c{n}", "figures": figures})


def ranges(
    events: Sequence[Event], policy: str = "ascertain", copies: Mapping[str, str] | None = None
) -> dict[str, Range]:
    """The figures by outcome and group: "killed", "killed children"."""
    lineage = Copies(copies) if copies else Apart()
    found = reconcile(ledger(events, lineage), POLICIES[policy])
    return {f.outcome if f.group == "people" else f"{f.outcome} {f.group}": (f.low, f.best, f.high) for f in found}


SPEAKERS = ("medics/medical", "army/military", "rebels/armed_group", "mayor/official", "Nasser hospital/medical")


@st.composite
def incidents(draw: st.DrawFn) -> list[Event]:
    """One to five reports of an incident, with figures of all sorts, by speakers or by the reports themselves."""
    events = []
    for n in range(draw(st.integers(1, 5))):
        told = []
        for _ in range(draw(st.integers(1, 3))):
            by = draw(st.lists(st.sampled_from(SPEAKERS), max_size=2, unique=True))
            told.append(draw(claims()).model_copy(update={"said_by": tuple(map(speaker, by))}))
        day = draw(st.none() | st.integers(1, 5))
        events.append(report(f"r{n}", day, *told, publisher=draw(st.none() | st.sampled_from(["a", "b"]))))
    return events


def copied(event: Event, id: str, days: int, publisher: str | None) -> Event:
    """The report again under another name, some days later, by another publisher."""
    day = event.report.published and event.report.published + dt.timedelta(days=days)
    return replace(event, report=ReportHeader(id=id, published=day, publisher=publisher), main=False)
