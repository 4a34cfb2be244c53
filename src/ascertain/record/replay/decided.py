"""A decision as replay sees it, and which decisions stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from pydantic import JsonValue

from ascertain.incidents.events import Event
from ascertain.model.claims import Frozen

Kind = Literal[
    "accept",
    "add_claim",
    "assign",
    "comment",
    "correct",
    "lock",
    "mark_sensitive",
    "merge",
    "reject",
    "reject_claim",
    "split",
    "undo",
    "unlock",
]
KINDS: tuple[str, ...] = get_args(Kind)


class Subject(Frozen):
    """What a decision is about.

    Attributes:
        incidents: their ids, as the person saw them.
        events: for each incident the ids of the claims that it held (`r1/c3`; `r1/` for a report that claims
            nothing); of a split, those that leave, then those that stay. By them the decision is found again whatever
            becomes of the incidents.
        report: the report that it is about.
        claim: the claim that it is about, within that report.
        decision: the decision that it takes back.
    """

    incidents: tuple[str, ...] = ()
    events: tuple[tuple[str, ...], ...] = ()
    report: str | None = None
    claim: str | None = None
    decision: int | None = None

    @property
    def named(self) -> frozenset[str]:
        """All claims that it names."""
        return frozenset(event for events in self.events for event in events)


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision. `number` is its place in the order of all; `value` is what was decided, as its kind has it."""

    number: int
    kind: Kind
    subject: Subject
    value: JsonValue
    person: str
    at: dt.datetime
    reason: str = ""

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """The claims that it is found by: the report of each, and its id there, empty for the report as a whole."""
        report = self.subject.report
        if report is None:
            return tuple((claim.rpartition("/")[0], claim.rpartition("/")[2]) for claim in sorted(self.subject.named))
        return ((report, f"d{self.number}" if self.kind == "add_claim" else self.subject.claim or ""),)


def marks(event: Event) -> frozenset[str]:
    """The ids by which a decision may name an event: those of its claims."""
    return frozenset((event.id, *(f"{event.report.id}/{claim.id}" for claim in event.claims)))


def standing(decisions: Iterable[Decided]) -> tuple[Decided, ...]:
    """The decisions that nobody took back, in order; to take back an undo puts its decision in force again.

    >>> at = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    >>> accepted = Decided(1, "accept", Subject(incidents=("i1",)), None, "amina", at)
    >>> undone = Decided(2, "undo", Subject(decision=1), None, "amina", at)
    >>> redone = Decided(3, "undo", Subject(decision=2), None, "amina", at)
    >>> [len(standing(made)) for made in ((accepted,), (accepted, undone), (accepted, undone, redone))]
    [1, 0, 1]
    """
    taken_back: set[int] = set()
    kept = []
    for each in sorted(decisions, key=lambda decided: -decided.number):
        if each.number in taken_back:
            continue
        if each.kind == "undo":
            taken_back.add(_aim(each))
        else:
            kept.append(each)
    return tuple(reversed(kept))


def _aim(undo: Decided) -> int:
    if undo.subject.decision is None:
        raise ValueError(f"decision {undo.number} takes back none")
    return undo.subject.decision
