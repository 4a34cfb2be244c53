"""The answer to "why": what one incident rests on, as it is written out as JSON.

In: nothing. Out: frozen values; docs/commands.md says what each means.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from ascertain.incidents.entries import State
from ascertain.model import AttributionKind, Grading, Group, Incident, Outcome, Saying, Span
from ascertain.model.claims import Frozen

Parting = Literal["weight", "one_report", "words"]


class Source(Frozen):
    """An original voice, and the reports that carry it; `name` are the words for it that most reports use, and `kinds`
    what sort of speaker they take it for."""

    voice: str
    name: str
    kinds: tuple[AttributionKind, ...]
    reports: tuple[str, ...]


class Carrier(Frozen):
    """A report of the incident: which claims of it are in, and whose copy it is, with the reasons. `opening` is where
    its first sentence stands, if nothing was understood to have happened in it."""

    report: str
    title: str | None
    published: dt.date | None
    publisher: str | None
    url: str | None
    claims: tuple[str, ...]
    primary: bool
    copy_of: str | None
    because: tuple[str, ...]
    opening: Span | None = None


class LedgerEntry(Frozen):
    """What a source counts: its words, where they stand, when it was said, and what became of it.

    `evidence` are the spans of the claim that it belongs to. `by` is the entry that a superseded, copied or partial one
    refers to; `because` says why, in words.
    """

    id: str
    outcome: Outcome
    group: Group
    low: int | None
    high: int | None
    precision: str
    words: str
    spans: tuple[Span, ...]
    evidence: tuple[Span, ...]
    report: str
    claim: str
    published: dt.date | None
    sources: tuple[str, ...]
    state: State
    by: str | None
    because: Saying | None


class Bound(Frozen):
    """A number of a figure, the entries that it is from, and why it is this one."""

    value: int | None
    entries: tuple[str, ...]
    because: Saying


class LeftOut(Frozen):
    """An entry that the range does not span, and why."""

    entry: str
    because: Saying


class FigureWhy(Frozen):
    """How a figure came about: the policy, the rule that chose its best number, and what its range spans."""

    outcome: Outcome
    group: Group
    policy: str
    rule: str
    low: Bound
    best: Bound
    high: Bound
    left_out: tuple[LeftOut, ...]


class GradingWhy(Frozen):
    """The grade and its reasons."""

    grade: Grading
    because: tuple[Saying, ...]


class ReasonWhy(Frozen):
    """A reason and its weight in bits; below 0 it speaks against."""

    text: Saying
    bits: float


class Beside(Frozen):
    """Another event of the incident, and what the pair weighs."""

    event: str
    report: str
    bits: float


class Join(Frozen):
    """Why an event of a report is in the incident: the event that it is most like, and why; `others` are the next.

    For a copy that is the event of what it is a copy of; for others one of a report that is no copy of theirs, where
    there is such a one. `bits` is the whole weight of that pair. `margin` is by how many bits the pairs with all other
    events of the incident pass what it takes to be joined, on average; `compared` counts those that were compared.
    """

    event: str
    report: str
    like: str | None
    bits: float | None
    reasons: tuple[ReasonWhy, ...]
    others: tuple[Beside, ...]
    compared: int
    margin: float | None


class NearMiss(Frozen):
    """Another incident that came close: the pair of events most alike, and what kept the two apart.

    `parting` is `one_report` where a report tells both, `words` where their words divide them (`marks` has the words of
    this incident, and of the other), else `weight`: all in all their events are not alike enough. `margin` is by how
    many bits all their pairs pass what it takes to be joined, on average.
    """

    incident: str | None
    what: str
    event: str
    like: str
    bits: float
    margin: float
    reasons: tuple[ReasonWhy, ...]
    parting: Parting
    because: Saying
    marks: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


class Why(Frozen):
    """The whole answer; `asked` is the id that was asked for, which may lead to the incident's own."""

    asked: str
    incident: Incident
    sources: tuple[Source, ...]
    reports: tuple[Carrier, ...]
    figures: tuple[FigureWhy, ...]
    ledger: tuple[LedgerEntry, ...]
    grading: GradingWhy
    joins: tuple[Join, ...]
    near_misses: tuple[NearMiss, ...]
    notes: tuple[str, ...]
