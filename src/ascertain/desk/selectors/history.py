"""What became of an incident: its versions, and what people decided and said about it, the newest first."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ascertain.desk.naming import level_name
from ascertain.model import Incident
from ascertain.record.models import ClaimRow, Decision, IncidentRow, IncidentVersion, Person, ReportRow
from ascertain.record.models.readings import IN_FORCE
from ascertain.record.replay.amending import AMENDING
from ascertain.record.roles import may
from ascertain.record.selectors.decisions import decided, decisions_about, decisions_on
from ascertain.record.services.deciding import ON_LOCKED
from ascertain.release.charts import range_of

_VALUES = ("type", "when", "where", "actors", "targets", "means", "grading", "sources")


@dataclass(frozen=True, slots=True)
class Happened:
    """Something in the history of an incident. `kind` is a decision's, or `reports`, `reread`, `policy`; `by` is empty
    where no person did it. `to` is whom it was assigned to, or who may be given it; `words` are those of the claim that
    it is about. `number` is the decision's where the person who looks may take it back."""

    at: dt.datetime
    kind: str
    by: str = ""
    reason: str = ""
    field: str = ""
    to: str = ""
    words: str = ""
    number: int | None = None
    undone: bool = False
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """A value that differs between two versions of an incident; `low` to `high` where it is a figure."""

    field: str
    before: object
    now: object


def history_of(incident: str, person: Person) -> tuple[Happened, ...]:
    """All that happened to an incident, as a person sees it; on a locked one, what changed it waits."""
    decisions = decisions_about([incident])
    undone = _undone(decisions)
    found = [_decided(row, undone, person) for row in decisions]
    if IncidentRow.objects.filter(pk=incident, locked=True).exists():
        found = [one if one.kind in (*ON_LOCKED, "lock") else replace(one, number=None) for one in found]
    versions = IncidentVersion.objects.filter(incident=incident).exclude(cause__startswith="decision")
    found += [
        Happened(since, cause, version=number)
        for since, cause, number in versions.values_list("since", "cause", "number")
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.number or 0), reverse=True))


def history_of_report(report: ReportRow, person: Person) -> tuple[Happened, ...]:
    """What people decided about a report and single claims of it, as a person sees it."""
    decisions = decisions_on(report.pk)
    undone = _undone(decisions)
    found = (replace(_decided(row, undone, person), words=_words(report, row)) for row in decisions)
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def changes(incident: str, version: int) -> tuple[Changed, ...]:
    """What is otherwise now than it was in a version of the incident."""
    rows = IncidentVersion.objects.filter(incident=incident)
    old, new = rows.filter(number=version).first(), rows.order_by("-number").first()
    if old is None or new is None or not old.value or not new.value:
        return ()
    before, now = Incident.model_validate_json(old.value), Incident.model_validate_json(new.value)
    told = [Changed(name, getattr(before, name), getattr(now, name)) for name in _VALUES]
    told += _figures(before, now)
    states = json.loads(old.state), json.loads(new.state)
    told += [Changed(name, *(state.get(name) for state in states)) for name in ("status", "locked", "assigned_to")]
    told.append(Changed("sensitivity", *(level_name(state.get("sensitivity", "")) for state in states)))
    return tuple(each for each in told if each.before != each.now)


def last_change(incident: str) -> Happened | None:
    """What made the incident as it is now."""
    version = IncidentVersion.objects.filter(incident=incident).order_by("-number").first()
    if version is None:
        return None
    word, _, number = version.cause.partition(" ")
    row = Decision.objects.filter(pk=int(number)).select_related("person").first() if word == "decision" else None
    if row is None:
        return Happened(version.since, version.cause, version=version.number)
    return Happened(row.at, row.kind, row.person.username, row.reason, version=version.number)


def _figures(before: Incident, now: Incident) -> Iterable[Changed]:
    sides = [{(f.outcome, f.group): range_of(f) for f in side.figures} for side in (before, now)]
    for key in dict.fromkeys((*sides[0], *sides[1])):
        yield Changed(f"figures/{key[0]}/{key[1]}", sides[0].get(key), sides[1].get(key))


def _words(report: ReportRow, row: Decision) -> str:
    """The words of the claim that a decision is about, empty where it is about none."""
    claim = decided(row).names[0][1] if row.kind in AMENDING else ""
    added = Decision.objects.filter(pk=int(claim[1:])) if claim.startswith("d") else Decision.objects.none()
    read = ClaimRow.objects.filter(reading__report=report, reading__state=IN_FORCE, claim=claim)
    value = added.values_list("value", flat=True).first() or read.values_list("value", flat=True).first()
    spans = json.loads(value)["evidence"] if value else ()
    return " … ".join(report.text[start:end] for start, end in spans)


def _undone(decisions: Sequence[Decision]) -> set[int]:
    """Which of them are taken back, by an undoing that is not itself taken back."""
    taken_back: set[int] = set()
    for row in sorted(decisions, key=lambda row: -row.pk):
        if row.undoes_id is not None and row.pk not in taken_back:
            taken_back.add(row.undoes_id)
    return taken_back


def _decided(row: Decision, undone: set[int], person: Person) -> Happened:
    value = json.loads(row.value)
    correction = value if row.kind == "correct" and isinstance(value, dict) else {}
    own = may(person, "undo") if row.person_id == person.pk else may(person, "undo of another's")
    return Happened(
        at=row.at,
        kind=row.kind,
        by=row.person.username,
        reason=row.reason,
        field=str(correction.get("field", "")),
        to=_to(row.kind, value),
        number=row.pk if own and row.pk not in undone else None,
        undone=row.pk in undone,
    )


def _to(kind: str, value: object) -> str:
    if kind == "mark_sensitive":
        return level_name(str(value or ""))
    return value if kind == "assign" and isinstance(value, str) else ""
