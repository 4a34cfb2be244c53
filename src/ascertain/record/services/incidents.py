"""Incidents: those of groups that changed are put together anew, and a version is kept of each that is not as it was.

Nothing here needs the linker: the groups that it found are in the record. So a decision renews the incidents that it is
about at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from ascertain.incidents.build import incident_of, is_told
from ascertain.incidents.events import Event, stories_of
from ascertain.incidents.ids import id_of
from ascertain.model import Incident
from ascertain.record import chain, settling
from ascertain.record.canonical import canonical, now
from ascertain.record.handfuls import handfuls
from ascertain.record.incident_columns import columns_of, columns_of_state
from ascertain.record.models import (
    EventRow,
    Forward,
    IncidentClaim,
    IncidentRow,
    IncidentVersion,
    Person,
    ReadingRow,
)
from ascertain.record.models.readings import IN_FORCE
from ascertain.record.needs import Standing, need_columns
from ascertain.record.progress import Progress
from ascertain.record.replay.values import Finished, state_of
from ascertain.record.selectors.policy import policy_in_force
from ascertain.record.selectors.readings import readings_of
from ascertain.record.services.indexing import index
from ascertain.record.services.tracing import KeptLineage
from ascertain.record.writing import persistently, writing

_EVENTS_AT_ONCE = 500
_KEYS_AT_ONCE = 500


def renew_stale(*, progress: Progress, cause: str) -> int:
    """Renew the incidents of all heaps that are stale; how many incidents changed."""
    changed = 0
    sizes = persistently(_stale)
    if sizes:
        progress.step("writing incidents", sum(sizes.values()))

    def weight(bundle: Sequence[str]) -> int:
        return sum(sizes.get(heap, 1) for heap in bundle)

    for some in handfuls(
        persistently(partial(_bound_together, sizes)), _EVENTS_AT_ONCE, weight=weight, heaviest=_EVENTS_AT_ONCE
    ):
        heaps = [heap for bundle in some for heap in bundle]
        changed += persistently(partial(renew, heaps=heaps, cause=cause), on_wait=progress.away)
        progress.advance(sum(sizes.get(heap, 0) for heap in heaps))
    return changed + persistently(partial(close_empty, cause))


def renew(*, heaps: Collection[str], cause: str) -> int:
    """Renew the incidents of these heaps within one transaction; how many changed.

    Args:
        heaps: their keys, with those of all heaps that decisions tie to them (`heaps_with`).
        cause: why, for the history.
    """
    with writing():
        groups = _groups(heaps)
        reports = {event.report.id for group in groups for event in group}
        lineage = KeptLineage.of(reports)
        claiming = _claiming(group[0].report.id for group in groups if not group[0].claims)
        held = _held_by(groups)
        told = [group for group in groups if is_told(group, lineage, claiming)]
        finished = _put_together(settling.settle(told), lineage)
        changed = _write(finished, held, cause)
        EventRow.objects.filter(heap__in=heaps, stale=True).update(stale=False)
    return changed


def heaps_with(heaps: Collection[str]) -> frozenset[str]:
    """These heaps, and those that decisions tie to them."""
    return frozenset[str]().union(*settling.tied(heaps).values())


def heaps_of_claims(claims: Collection[str]) -> frozenset[str]:
    """The heaps that these claims are in (`r1/c3`), and those that decisions tie to them."""
    rows = EventRow.objects.filter(report__in={claim.rpartition("/")[0] for claim in claims})
    return heaps_with({row.heap for row in rows if row.event in claims})


@dataclass(frozen=True, slots=True)
class _Made:
    """An incident that was put together, with the claims in it."""

    finished: Finished
    claims: tuple[tuple[str, str], ...]
    sure: float

    @property
    def incident(self) -> Incident:
        return self.finished.incident


def _stale() -> dict[str, int]:
    """The stale heaps, with how many events are in them."""
    found: dict[str, int] = {}
    for heap in EventRow.objects.filter(stale=True).order_by("heap").values_list("heap", flat=True):
        found[heap] = found.get(heap, 0) + 1
    return found


def _bound_together(heaps: Collection[str]) -> list[list[str]]:
    """The heaps by bundles that decisions tie together, with other heaps that these are tied to."""
    bundles = settling.tied(heaps).values()
    return [sorted(bundle) for bundle in dict.fromkeys(bundles)]


def _groups(heaps: Collection[str]) -> list[tuple[Event, ...]]:
    """The groups of heaps, each in order of the ids of its events."""
    rows = [row for some in handfuls(sorted(heaps), _KEYS_AT_ONCE) for row in EventRow.objects.filter(heap__in=some)]
    events = _events({row.event for row in rows})
    kept = sorted((row.group, row.event) for row in rows if row.event in events)
    return [tuple(events[event] for _, event in members) for _, members in groupby(kept, key=lambda pair: pair[0])]


def _events(ids: Collection[str]) -> dict[str, Event]:
    speaking = {id.rpartition("/")[0] for id in ids if not id.endswith("/")}
    silent = {id.rpartition("/")[0] for id in ids if id.endswith("/")}
    found: dict[str, Event] = {}
    for reports, with_sketches in ((speaking, False), (silent, True)):
        for reading in readings_of(reports, with_sketches=with_sketches):
            found.update((event.id, event) for event in stories_of(reading) if event.id in ids)
    return found


def _claiming(reports: Iterator[str]) -> set[str]:
    found: set[str] = set()
    for some in handfuls(sorted(set(reports)), _KEYS_AT_ONCE):
        rows = ReadingRow.objects.filter(report__in=some, state=IN_FORCE, claims_count__gt=0)
        found.update(rows.values_list("report_id", flat=True))
    return found


def _pairs(events: Sequence[Event]) -> tuple[tuple[str, str], ...]:
    """The claims of events as the record keeps them; a report without any has an empty one."""
    return tuple((e.report.id, claim) for e in events for claim in ([c.id for c in e.claims] or [""]))


def _held_by(groups: Sequence[Sequence[Event]]) -> dict[tuple[str, str], str]:
    """The incident that holds each of the claims of these groups, where one does."""
    asked = {pair for group in groups for pair in _pairs(group)}
    found: dict[tuple[str, str], str] = {}
    for some in handfuls(sorted({report for report, _ in asked}), _KEYS_AT_ONCE):
        for incident, report, claim in IncidentClaim.objects.filter(report__in=some).values_list(
            "incident_id", "report_id", "claim"
        ):
            if (report, claim) in asked:
                found[report, claim] = incident
    return found


def _put_together(settled: Sequence[settling.Settled], lineage: KeptLineage) -> list[_Made]:
    asked = sorted({id_of(event) for each in settled for event in each.events})
    issued = {
        id
        for some in handfuls(asked, _KEYS_AT_ONCE)
        for id in IncidentRow.objects.filter(pk__in=some).values_list("pk", flat=True)
    }
    policy = policy_in_force()
    return [
        _Made(each.finish(incident_of(each.events, lineage, issued, policy)), _pairs(each.events), _surest(each.events))
        for each in settled
    ]


def _surest(events: Sequence[Event]) -> float:
    """The confidence of the surest claim; where nothing is claimed, none is sure."""
    return max((claim.confidence for event in events for claim in event.claims), default=0.0)


def _write(made: Sequence[_Made], held: Mapping[tuple[str, str], str], cause: str) -> int:
    """Write what changed; how many incidents that is."""
    before = {row.pk: row for row in _rows({one.incident.id for one in made} | set(held.values()))}
    at = now()
    rows = [_row(one, before.get(one.incident.id), at, cause) for one in made]
    changed = [row for row in rows if _is_changed(row, before.get(row.pk))]
    gone = [before[id] for id in sorted(set(held.values()) - {one.incident.id for one in made})]
    gone = [row for row in gone if not row.gone]
    for row in changed:
        row.version, row.since = row.version + 1, at
    for row in gone:
        row.gone, row.version, row.since = True, row.version + 1, at
    _save([row for row in changed if row.pk not in before], [row for row in rows if row.pk in before], gone)
    _keep_versions(changed, gone, cause)
    _keep_held(made, gone)
    index([row.pk for row in (*changed, *gone)])
    _keep_forwards(made, _successors(made, held, gone))
    return len(changed) + len(gone)


def _rows(ids: Collection[str]) -> list[IncidentRow]:
    return [row for some in handfuls(sorted(ids), _KEYS_AT_ONCE) for row in IncidentRow.objects.filter(pk__in=some)]


def _is_changed(row: IncidentRow, before: IncidentRow | None) -> bool:
    return before is None or before.gone or (before.value, before.state) != (row.value, row.state)


def _person(name: str | None) -> Person | None:
    return None if name is None else Person.objects.filter(username=name).first()


def _row(made: _Made, before: IncidentRow | None, at: dt.datetime, cause: str) -> IncidentRow:
    """The row of an incident, as it now is."""
    state = state_of(made.finished)
    row = IncidentRow(
        id=made.incident.id,
        version=before.version if before else 0,
        since=before.since if before else at,
        first_seen=before.first_seen if before else at,
        value=made.incident.model_dump_json(),
        state=canonical(state),
        assigned_to=_person(made.finished.assigned_to),
        decided_by=made.finished.decided_by,
        **columns_of(made.incident),
        **columns_of_state(state),
    )
    row.decided_sources, row.changed = _since_decided(row, before, cause)
    for column, value in need_columns(_standing(row, made.sure)).items():
        setattr(row, column, value)
    return row


def _since_decided(row: IncidentRow, before: IncidentRow | None, cause: str) -> tuple[int, bool]:
    """How many sources an incident had when it was accepted or rejected, and whether reports changed it since."""
    if row.decided_by is None:
        return 0, False
    if before is None or before.decided_by != row.decided_by:
        return row.sources, False
    by_reports = not cause.startswith("decision") and before.value != row.value
    return before.decided_sources, before.changed or by_reports


def _standing(row: IncidentRow, sure: float) -> Standing:
    return Standing(
        grading=row.grading,
        killed=max(bound or 0 for bound in (row.killed_low, row.killed_best, row.killed_high)),
        sure=sure,
        new_sources=row.sources - row.decided_sources,
        changed=row.changed,
        decided=row.decided_by is not None,
    )


_COLUMNS = [field.name for field in IncidentRow._meta.concrete_fields if not field.primary_key]


def _save(new: Sequence[IncidentRow], known: Sequence[IncidentRow], gone: Sequence[IncidentRow]) -> None:
    IncidentRow.objects.bulk_create(new)
    for row in (*known, *gone):
        row.save(update_fields=_COLUMNS)


def _keep_versions(changed: Sequence[IncidentRow], gone: Sequence[IncidentRow], cause: str) -> None:
    versions = [
        IncidentVersion(
            id=f"{row.pk}@{row.version}",
            incident_id=row.pk,
            number=row.version,
            since=row.since,
            value="" if row.gone else row.value,
            state="{}" if row.gone else row.state,
            cause=cause,
        )
        for row in (*changed, *gone)
    ]
    IncidentVersion.objects.bulk_create(versions)
    chain.append(versions)


def _keep_held(made: Sequence[_Made], gone: Sequence[IncidentRow]) -> None:
    """Keep which incident holds which claims, where it was not so before."""
    now_held = {pair: one.incident.id for one in made for pair in one.claims}
    asked = sorted({one.incident.id for one in made} | {row.pk for row in gone})
    kept: set[tuple[str, str]] = set()
    fallen: list[int] = []
    for some in handfuls(asked, _KEYS_AT_ONCE):
        for held in IncidentClaim.objects.filter(incident__in=some):
            if now_held.get((held.report_id, held.claim)) == held.incident_id:
                kept.add((held.report_id, held.claim))
            else:
                fallen.append(held.pk)
    for numbers in handfuls(fallen, _KEYS_AT_ONCE):
        IncidentClaim.objects.filter(pk__in=numbers).delete()
    IncidentClaim.objects.bulk_create(
        IncidentClaim(incident_id=incident, report_id=report, claim=claim)
        for (report, claim), incident in now_held.items()
        if (report, claim) not in kept
    )


def _successors(
    made: Sequence[_Made], held: Mapping[tuple[str, str], str], gone: Sequence[IncidentRow]
) -> dict[str, str]:
    """For incidents that are no more: the one that holds all that is left of their claims, where it is one."""
    now_held = {pair: one.incident.id for one in made for pair in one.claims}
    heirs: dict[str, set[str]] = {row.pk: set() for row in gone}
    for pair, incident in held.items():
        if incident in heirs:
            heirs[incident].add(now_held[pair])
    return {incident: next(iter(heir)) for incident, heir in heirs.items() if len(heir) == 1}


def _keep_forwards(made: Sequence[_Made], successors: Mapping[str, str]) -> None:
    """Keep where ids lead that became part of another incident; one that stands again leads nowhere else."""
    leads = dict(successors) | {former: one.incident.id for one in made for former in one.incident.formerly}
    for some in handfuls(sorted(one.incident.id for one in made), _KEYS_AT_ONCE):
        Forward.objects.filter(pk__in=some).delete()
    if leads:
        Forward.objects.bulk_create(
            [Forward(id=former, to_id=to, since=now()) for former, to in sorted(leads.items())],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["to", "since"],
        )


def close_empty(cause: str) -> int:
    """Close incidents whose claims have all gone with an older reading; how many they are."""
    with writing():
        empty = list(IncidentRow.objects.filter(gone=False, held=None).order_by("pk"))
        at = now()
        for row in empty:
            row.gone, row.version, row.since = True, row.version + 1, at
        _save((), (), empty)
        _keep_versions((), empty, cause)
        index([row.pk for row in empty])
    return len(empty)
