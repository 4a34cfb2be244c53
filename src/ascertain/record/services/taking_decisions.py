"""Taking decisions from lines: each is made as if the person had made it at the desk, by the same checks.

In: lines of JSON. Out: decisions, and for each line that is refused its number and the reason; the others are made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ascertain.intake.received import SetAside
from ascertain.model import Claim, RefusedError, SettingsError
from ascertain.record.decision_line import DecisionLine, decision_in
from ascertain.record.models import Decision, IncidentRow
from ascertain.record.models.people import Person
from ascertain.record.progress import Progress
from ascertain.record.services import deciding
from ascertain.record.services.deciding import Seen
from ascertain.record.services.people import person_named

_REMEDY = "mend the line, or leave it out"


@dataclass(frozen=True, slots=True)
class TakenDecisions:
    """How many decisions were made, and how many lines refused."""

    made: int
    refused: int


def take_decisions(*, person: Person, lines: Iterable[bytes], source: str, progress: Progress) -> TakenDecisions:
    """Make the decision of each line, in order; a line that is refused is told, and the rest goes on.

    Args:
        person: who decides.
        lines: JSON, one decision each; empty ones are passed over.
        source: where they are from, to name a line that is refused.
        progress: who is told.
    """
    numbers: dict[int, int] = {}
    refused = made = 0
    for at, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            told = _renumbered(decision_in(line), numbers)
            decision = decide(person=person, told=told)
        except (RefusedError, SettingsError) as error:
            problem, _, remedy = str(error).partition("; ")
            progress.aside(SetAside(source, at, problem, remedy or _REMEDY))
            refused += 1
            continue
        if told.number is not None:
            numbers[told.number] = decision.pk
        made += 1
        progress.advance()
    return TakenDecisions(made, refused)


def decide(*, person: Person, told: DecisionLine) -> Decision:
    """Make the decision that a line tells.

    Raises:
        RefusedError: something that its kind takes is not there, or the service that makes it refuses.
        SettingsError: it names somebody whom there is not.
    """
    return _ACTS[told.kind](person, told)


def _renumbered(told: DecisionLine, numbers: Mapping[int, int]) -> DecisionLine:
    """The line with the numbers that decisions of lines before got here, also where claims are named by them."""
    claim = _renamed(told.claim, numbers) if isinstance(told.claim, str) else told.claim
    claims = tuple(_renamed(each, numbers) for each in told.claims)
    decision = told.decision if told.decision is None else numbers.get(told.decision, told.decision)
    return told.model_copy(update={"claim": claim, "claims": claims, "decision": decision})


def _renamed(claim: str, numbers: Mapping[int, int]) -> str:
    report, mark, id = claim.rpartition("/")
    if id.startswith("d") and id[1:].isdecimal() and len(id) < 20:
        id = f"d{numbers.get(int(id[1:]), int(id[1:]))}"
    return f"{report}{mark}{id}"


def _seen(told: DecisionLine) -> list[Seen]:
    if not told.incidents:
        raise RefusedError(f"'incidents' is needed; name what to {told.kind.replace('_', ' ')}")
    if told.versions:
        if len(told.versions) != len(told.incidents):
            raise RefusedError("'versions' needs one for each of 'incidents'; give as many, or none")
        return [Seen(incident, version) for incident, version in zip(told.incidents, told.versions, strict=True)]
    rows = IncidentRow.objects.filter(pk__in=told.incidents).values_list("pk", "version")
    versions = dict(rows)
    return [Seen(incident, versions.get(incident, 0)) for incident in told.incidents]


def _one(told: DecisionLine) -> Seen:
    seen = _seen(told)
    if len(seen) > 1:
        raise RefusedError(f"'incidents' names {len(seen)} where one is meant; write a line for each")
    return seen[0]


def _needed(told: DecisionLine, name: str) -> str:
    value = getattr(told, name)
    if not isinstance(value, str):
        raise RefusedError(f"{name!r} is needed; add it to the line")
    return value


def _mark(person: Person, told: DecisionLine) -> Decision:
    level = told.level or ""
    if told.report is not None:
        return deciding.mark_report_sensitive(person=person, report=told.report, level=level, reason=told.reason)
    return deciding.mark_sensitive(person=person, seen=_one(told), level=level, reason=told.reason)


def _add(person: Person, told: DecisionLine) -> Decision:
    if told.claim is None or isinstance(told.claim, str):
        raise RefusedError("'claim' is needed, in the exchange format; add it to the line")
    claim: Claim = told.claim
    return deciding.add_claim(person=person, report=_needed(told, "report"), claim=claim, reason=told.reason)


def _undo(person: Person, told: DecisionLine) -> Decision:
    if told.decision is None:
        raise RefusedError("'decision' is needed; give the number of the one to take back")
    return deciding.undo(person=person, decision=told.decision, reason=told.reason)


def _assign(person: Person, told: DecisionLine) -> Decision:
    to = None if told.assignee is None else person_named(told.assignee)
    return deciding.assign(person=person, seen=_one(told), to=to)


_ACTS: Mapping[str, Callable[[Person, DecisionLine], Decision]] = MappingProxyType(
    {
        "accept": lambda by, told: deciding.accept(person=by, seen=_one(told), reason=told.reason),
        "add_claim": _add,
        "assign": _assign,
        "comment": lambda by, told: deciding.comment(person=by, seen=_one(told), text=told.reason),
        "correct": lambda by, told: deciding.correct(
            person=by,
            seen=_one(told),
            field=_needed(told, "field"),
            to=told.to,
            evidence=told.evidence,
            reason=told.reason,
        ),
        "lock": lambda by, told: deciding.lock(person=by, seen=_one(told), reason=told.reason),
        "mark_sensitive": _mark,
        "merge": lambda by, told: deciding.merge(person=by, seen=_seen(told), reason=told.reason),
        "reject": lambda by, told: deciding.reject(person=by, seen=_one(told), reason=told.reason),
        "reject_claim": lambda by, told: deciding.reject_claim(
            person=by, report=_needed(told, "report"), claim=_needed(told, "claim"), reason=told.reason
        ),
        "split": lambda by, told: deciding.split(person=by, seen=_one(told), claims=told.claims, reason=told.reason),
        "undo": _undo,
        "unlock": lambda by, told: deciding.unlock(person=by, seen=_one(told), reason=told.reason),
    }
)
