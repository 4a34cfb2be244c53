"""Linking: the events of reports that were read are put into groups, and the incidents that this changes are renewed.

Two stages, each safe to be broken off and gone on with. First the linker's groups, and who copied whom, are brought up
to date; events of which something changed are marked stale with their whole heap. Then the incidents of stale heaps are
written (`incidents`), decisions being applied between the two.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial

from ascertain.incidents.events import events_of
from ascertain.record.handfuls import handfuls
from ascertain.record.models import EventRow, IncidentClaim, LinkParameters, ReadingRow
from ascertain.record.models.readings import IN_FORCE
from ascertain.record.opening import Record
from ascertain.record.progress import Progress
from ascertain.record.selectors.readings import readings_of
from ascertain.record.services.incidents import renew_stale
from ascertain.record.services.link_index import index_of, linker
from ascertain.record.services.searching import index_reports
from ascertain.record.services.tracing import keep_cards, keep_standing, traced_anew
from ascertain.record.writing import persistently, writing

_EVENTS_AT_ONCE = 2000
_REPORTS_AT_ONCE = 500

Heap = tuple[tuple[str, ...], ...]


def link(*, record: Record, progress: Progress, cause: str = "reports") -> int:
    """Bring groups and incidents up to date with the readings in force; how many incidents changed.

    Args:
        record: the record that is open.
        progress: who is told.
        cause: why, for the history of the incidents; `reread` where a reread that was broken off is gone on with.
    """
    with linker(record):
        fresh = persistently(_unlinked)
        if fresh:
            _group(record, fresh, progress)
    rereading = persistently(LinkParameters.objects.filter(rereading=True).exists)
    changed = renew_stale(progress=progress, cause="reread" if rereading else cause)
    if rereading:
        persistently(_end_rereading)
    index_reports(progress=progress)
    return changed


def _end_rereading() -> None:
    with writing():
        if not EventRow.objects.filter(stale=True).exists():
            LinkParameters.objects.filter(rereading=True).update(rereading=False)


def _unlinked() -> list[str]:
    # `linked__in`, as Django writes `linked=False` in a way that SQLite has no use of the index for
    return sorted(ReadingRow.objects.filter(state=IN_FORCE, linked__in=[False]).values_list("report_id", flat=True))


def _group(record: Record, fresh: Sequence[str], progress: Progress) -> None:
    """The first stage."""
    progress.step("linking", len(fresh))
    with index_of(record, fresh) as index:
        fresh = persistently(_unlinked)  # all, where the parameters are new
        for some in handfuls(fresh, _REPORTS_AT_ONCE):
            readings = list(readings_of(some))
            persistently(partial(keep_cards, readings=readings))
            claims = {r.report.id: {c.id for e in events_of(r) for c in e.claims} for r in readings}
            persistently(partial(_let_go, claims))
        moved = persistently(traced_anew)
        asked = {*fresh, *moved}
        heaps = handfuls(index.heaps(asked), _EVENTS_AT_ONCE, weight=_events_in, heaviest=_EVENTS_AT_ONCE)
        for some_heaps in heaps:
            persistently(partial(_keep_groups, some_heaps), on_wait=progress.away)
        persistently(partial(_finish, fresh, moved), on_wait=progress.away)


def _let_go(claims: Mapping[str, Collection[str]]) -> None:
    """Forget events and claims that a new reading of these reports lacks."""
    with writing():
        for row in EventRow.objects.filter(report__in=claims).exclude(claim=""):
            if row.claim not in claims[row.report_id]:
                EventRow.objects.filter(heap=row.heap).update(stale=True)
                row.delete()
        for held in IncidentClaim.objects.filter(report__in=claims).exclude(claim=""):
            if held.claim not in claims[held.report_id]:
                held.delete()


def _keep_groups(heaps: Sequence[Heap]) -> None:
    """Keep which events are in one group, and mark them all stale."""
    told = {event: (min(group), heap[0][0]) for heap in heaps for group in heap for event in group}
    rows = []
    for event, (group, heap) in told.items():
        report, _, claim = event.rpartition("/")
        rows.append(EventRow(report_id=report, claim=claim, group=group, heap=heap, stale=True))
    with writing():
        EventRow.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["report", "claim"],
            update_fields=["group", "heap", "stale"],
        )


def _finish(fresh: Collection[str], moved: Mapping[str, tuple[str, str]]) -> None:
    with writing():
        keep_standing(changed=moved)
        for some in handfuls(sorted(fresh), _REPORTS_AT_ONCE):
            ReadingRow.objects.filter(state=IN_FORCE, report__in=some).update(linked=True)


def _events_in(heap: Heap) -> int:
    return sum(map(len, heap))
