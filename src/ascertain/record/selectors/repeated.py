"""What repeats rows that the chain vouches for, and whether it still says the same: incidents and the claims that they
hold, by their versions; the claims that decisions name; the sensitivity of reports; roles of people.

In: the record. Out: a `Fault` for each that is not as those rows say. What should be there is gone through, not what is
there, so that what was deleted shows too.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence

from django.db.models import Exists, Max, OuterRef, Q

from ascertain.incidents.events import stories_of
from ascertain.model import Incident
from ascertain.record.handfuls import handfuls
from ascertain.record.incident_columns import columns_of, columns_of_state
from ascertain.record.models import (
    Decision,
    DecisionClaim,
    EventRow,
    IncidentClaim,
    IncidentRow,
    IncidentVersion,
    Person,
    ReadingRow,
    ReportRow,
    RoleChange,
)
from ascertain.record.models.readings import IN_FORCE
from ascertain.record.progress import Progress
from ascertain.record.selectors.decisions import decided, level_of
from ascertain.record.selectors.found_faults import Fault, one_by_one
from ascertain.record.selectors.readings import readings_of
from ascertain.record.services.people import CLOSED

_ROWS_AT_ONCE = 500

Pair = tuple[str, str]


def faults_of_repeated(progress: Progress) -> Iterator[Fault]:
    """All faults of what repeats other rows."""
    ids = IncidentVersion.objects.order_by("incident_id").values_list("incident_id", flat=True).distinct()
    progress.step("verifying incidents", IncidentRow.objects.count())
    for some in handfuls(ids.iterator(_ROWS_AT_ONCE), _ROWS_AT_ONCE):
        yield from one_by_one(some, _faults_of_incidents, lambda id: f"incident {id}")
        progress.advance(len(some))
    yield from _incidents_without_versions()
    progress.step("verifying decisions", Decision.objects.count())
    for rows in handfuls(Decision.objects.order_by("pk").iterator(_ROWS_AT_ONCE), _ROWS_AT_ONCE):
        yield from one_by_one(rows, _faults_of_decisions, lambda row: f"decision {row.pk}")
        progress.advance(len(rows))
    marks = DecisionClaim.objects.filter(report=OuterRef("pk"), claim="", decision__kind="mark_sensitive")
    marked = ReportRow.objects.filter(~Q(sensitivity="") | Exists(marks)).order_by("pk").only("pk", "sensitivity")
    yield from one_by_one(list(marked), _faults_of_levels, lambda row: f"report {row.pk}")
    yield from one_by_one(list(Person.objects.order_by("pk")), _faults_of_people, lambda row: f"person {row.pk}")
    lost = RoleChange.objects.filter(~Exists(Person.objects.filter(pk=OuterRef("person_id"))))
    for person in sorted(set(lost.values_list("person_id", flat=True))):
        yield Fault(f"person {person}", "missing")


def _incidents_without_versions() -> Iterator[Fault]:
    lacking = IncidentRow.objects.filter(~Exists(IncidentVersion.objects.filter(incident=OuterRef("pk"))))
    for id in lacking.order_by("pk").values_list("pk", flat=True).iterator(_ROWS_AT_ONCE):
        yield Fault(f"incident {id}", "has no version: put in by another way")


def _faults_of_incidents(ids: Sequence[str]) -> Iterator[Fault]:
    rows = {row.pk: row for row in IncidentRow.objects.filter(pk__in=ids).select_related("assigned_to")}
    first = dict(IncidentVersion.objects.filter(incident__in=ids, number=1).values_list("incident_id", "since"))
    last, told = _last(ids), _last(ids, value__gt="")
    held = _held(ids)
    for id in ids:
        row, version = rows.get(id), last[id]
        if row is None:
            yield Fault(f"incident {id}", "missing")
            continue
        stands = (version.number, version.since, version.value == "", first.get(id))
        if (row.version, row.since, row.gone, row.first_seen) != stands or id not in told:
            yield Fault(f"incident {id}", f"is not as its version {version.number}")
            continue
        yield from _faults_of_value(row, told[id])
        incident = None if row.gone else Incident.model_validate_json(version.value)
        yield from _faults_of_held(row, incident, held.get(id, set()))


def _last(ids: Sequence[str], **where: str) -> dict[str, IncidentVersion]:
    """The last version of each of these incidents, among those that are asked for."""
    rows = IncidentVersion.objects.filter(incident__in=ids, **where)
    numbers = rows.order_by("incident_id").values_list("incident_id").annotate(Max("number"))
    asked = [f"{id}@{number}" for id, number in numbers]
    return {row.incident_id: row for row in IncidentVersion.objects.filter(pk__in=asked)}


def _faults_of_value(row: IncidentRow, version: IncidentVersion) -> Iterator[Fault]:
    """Where the value, the state and the columns of an incident differ from what a version says."""
    if (row.value, row.state) != (version.value, version.state):
        yield Fault(f"incident {row.pk}", f"is not as its version {version.number}")
        return
    state = json.loads(version.state)
    expected = columns_of(Incident.model_validate_json(version.value)) | columns_of_state(state)
    wrong = [name for name, value in expected.items() if getattr(row, name) != value]
    if not _is_assigned(row, state["assigned_to"]):
        wrong.append("assigned_to")
    for name in wrong:
        yield Fault(f"incident {row.pk}", f"its column {name} is not as its version {version.number}")


def _is_assigned(row: IncidentRow, to: str | None) -> bool:
    """Whether an incident is assigned to the person of that name, or to nobody where there is no such person."""
    assigned = row.assigned_to.username if row.assigned_to else None
    return assigned == to or (assigned is None and not Person.objects.filter(username=to).exists())


def _held(ids: Sequence[str]) -> dict[str, set[Pair]]:
    """The claims that each of these incidents holds."""
    found: dict[str, set[Pair]] = {}
    rows = IncidentClaim.objects.filter(incident__in=ids).values_list("incident_id", "report_id", "claim")
    for incident, report, claim in rows:
        found.setdefault(incident, set()).add((report, claim))
    return found


def _faults_of_held(row: IncidentRow, incident: Incident | None, held: Collection[Pair]) -> Iterator[Fault]:
    """Claims that an incident holds and should not, and those that it should hold and does not.

    A locked incident says what it said when it was locked: it may hold more, and what others hold.
    """
    expected = set() if incident is None else _claims_in(incident)
    for report, claim in sorted(set(held) - expected):
        if not row.locked or incident is None or report not in incident.reports:
            yield Fault(f"incident {row.pk}", f"holds {report}/{claim}, which its version {row.version} does not")
    lacking = expected - set(held)
    if lacking and row.locked:
        lacking -= _held_elsewhere(lacking)
    for report, claim in sorted(lacking & _in_force(lacking)):
        yield Fault(f"incident {row.pk}", f"does not hold {report}/{claim}, which its version {row.version} does")


def _claims_in(incident: Incident) -> set[Pair]:
    """The claims of an incident; a report of it that claims nothing has an empty one."""
    pairs = {(claim.rpartition("/")[0], claim.rpartition("/")[2]) for claim in incident.claims}
    speaking = {report for report, _ in pairs}
    return pairs | {(report, "") for report in incident.reports if report not in speaking}


def _held_elsewhere(pairs: Collection[Pair]) -> set[Pair]:
    rows = IncidentClaim.objects.filter(report__in={report for report, _ in pairs})
    return set(rows.values_list("report_id", "claim"))


def _in_force(pairs: Collection[Pair]) -> set[Pair]:
    """Those of these claims that events are made of now, where nothing waits to be linked or written."""
    if not pairs:
        return set()
    reports = {report for report, _ in pairs}
    waiting = set(EventRow.objects.filter(report__in=reports, stale=True).values_list("report_id", flat=True))
    unlinked = ReadingRow.objects.filter(report__in=reports, state=IN_FORCE, linked=False)
    waiting.update(unlinked.values_list("report_id", flat=True))
    return {
        (reading.report.id, claim)
        for reading in readings_of(reports - waiting)
        for event in stories_of(reading)
        for claim in ([claim.id for claim in event.claims] or [""])
    }


def _faults_of_decisions(rows: Sequence[Decision]) -> Iterator[Fault]:
    """Decisions that are not found by the claims that they name."""
    found: dict[int, dict[Pair, bool]] = {}
    named = DecisionClaim.objects.filter(decision__in=[row.pk for row in rows])
    for decision, report, claim, ties in named.values_list("decision_id", "report_id", "claim", "ties"):
        found.setdefault(decision, {})[report, claim] = ties
    people = Person.objects.in_bulk([row.person_id for row in rows])
    for row in rows:
        if row.person_id not in people:
            yield Fault(f"decision {row.pk}", "who made it is missing")
            continue
        row.person = people[row.person_id]
        names = decided(row).names
        if found.get(row.pk, {}) != dict.fromkeys(names, len(names) > 1):
            yield Fault(f"decision {row.pk}", "the claims that it is found by were altered")


def _faults_of_levels(rows: Sequence[ReportRow]) -> Iterator[Fault]:
    for row in rows:
        if row.sensitivity != level_of(row.pk):
            yield Fault(f"report {row.pk}", f"is marked {row.sensitivity or 'for everybody'!r}, which nobody decided")


def _faults_of_people(people: Sequence[Person]) -> Iterator[Fault]:
    changes: dict[int, list[RoleChange]] = {}
    for change in RoleChange.objects.order_by("pk"):
        changes.setdefault(change.person_id, []).append(change)
    for person in people:
        problem = _problem_of_person(person, changes.get(person.pk, []))
        if problem is not None:
            yield Fault(f"person {person.pk} ({person.username})", problem)


def _problem_of_person(person: Person, changes: Sequence[RoleChange]) -> str | None:
    if not changes:
        return "was given no role: put in by another way"
    last = changes[-1]
    role = next((change.role for change in reversed(changes) if change.role != CLOSED), CLOSED)
    if (person.role, person.is_active) != (role, last.role != CLOSED):
        return f"has a role that nobody gave: {person.role}{'' if person.is_active else ', closed'}"
    return None if person.username == last.name else f"is not named {last.name}, as when a role was given last"
