"""Amending: what a person adds to a reading, or strikes from it, changes the report's events at once.

New events stand by themselves until the next linking compares the report anew with others.
"""

from __future__ import annotations

from collections.abc import Collection

from ascertain.incidents.events import stories_of
from ascertain.model import RefusedError, saying
from ascertain.record.models import EventRow, IncidentClaim, ReadingRow
from ascertain.record.models.readings import IN_FORCE
from ascertain.record.selectors.readings import readings_of
from ascertain.record.services.incidents import close_empty, heaps_with, renew
from ascertain.record.writing import writing


def renew_events(*, report: str, cause: str) -> None:
    """Bring a report's events and their incidents up to date with the claims that people added and rejected.

    Raises:
        RefusedError: the report was not read yet.
    """
    with writing():
        amended = next(iter(readings_of([report])), None)
        as_read = next(iter(readings_of([report], as_read=True)), None)
        if amended is None or as_read is None:
            raise RefusedError(saying("{report} is not read yet; ascertain ingest reads what waits", report=report))
        first = {claim.id: event.claims[0].id for event in stories_of(as_read) for claim in event.claims}
        rows = {row.claim: row for row in EventRow.objects.filter(report=report)}
        heaps = {row.heap for row in rows.values()}
        events = {_first(event.id): event for event in stories_of(amended)}
        for claim in events.keys() - rows.keys():
            row = _new(report, claim, rows.get(first.get(claim, "")))
            row.save()
            heaps.add(row.heap)
        _let_go(report, events.keys(), {claim.id for event in events.values() for claim in event.claims} or {""})
        ReadingRow.objects.filter(report=report, state=IN_FORCE).update(linked=False)
        renew(heaps=heaps_with(heaps), cause=cause)
        close_empty(cause)


def _first(event: str) -> str:
    return event.rpartition("/")[2]


def _new(report: str, claim: str, before: EventRow | None) -> EventRow:
    """The row of an event that is new, or that was told from another claim on before."""
    alone = f"{report}/{claim}"
    group, heap = (before.group, before.heap) if before else (alone, alone)
    return EventRow(report_id=report, claim=claim, group=group, heap=heap, stale=True)


def _let_go(report: str, events: Collection[str], claims: Collection[str]) -> None:
    EventRow.objects.filter(report=report).exclude(claim__in=events).delete()
    IncidentClaim.objects.filter(report=report).exclude(claim__in=claims).delete()
