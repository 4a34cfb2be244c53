"""Series of the whole record: what its readings in force tell of conditions and negotiations."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from django.db.models import Max

from ascertain.incidents.series import Series, gather
from ascertain.model import Reading, ReportHeader
from ascertain.record.canonical import canonical
from ascertain.record.handfuls import handfuls
from ascertain.record.models import ClaimRow, Decision, DecisionClaim, ReadingRow, RecordMark, ReportRow, Reread
from ascertain.record.models.readings import IN_FORCE
from ascertain.record.replay.amending import AMENDING
from ascertain.record.selectors.readings import readings_of
from ascertain.record.services.tracing import KeptLineage
from ascertain.record.writing import persistently

_READINGS_AT_ONCE = 500
_HEADER = tuple(ReportHeader.model_fields)


def series_of(kind: str, *, without: Collection[str] = ()) -> Series:
    """The series of all claims of a kind, as people have them; reports that are not linked yet are left out.

    Args:
        kind: `condition`, `negotiation` or `toll`.
        without: reports that are left out too.
    """
    amended = _amended()
    told = ClaimRow.objects.filter(kind=kind, reading__state=IN_FORCE).order_by()
    reports = {*told.values_list("reading__report_id", flat=True).distinct(), *amended}
    lineage = KeptLineage.of(reports.difference(without))
    return gather(_readings(sorted(reports & lineage.cards.keys()), kind, amended), lineage)


def state_of_series() -> tuple[str, int, int, int]:
    """What differs once a series may have changed: readings, rereads, and claims that people added or rejected."""
    name = RecordMark.objects.values_list("name", flat=True).first() or ""
    readings = ReadingRow.objects.filter(state=IN_FORCE, linked=True).count()
    reread = Reread.objects.aggregate(last=Max("pk"))["last"] or 0
    decided = Decision.objects.filter(kind__in=(*AMENDING, "undo")).aggregate(last=Max("pk"))["last"] or 0
    return name, readings, reread, decided


def _amended() -> set[str]:
    """The reports of which people added or rejected a claim."""
    rows = DecisionClaim.objects.filter(decision__kind__in=AMENDING).order_by()
    return set(rows.values_list("report_id", flat=True).distinct())


def _readings(reports: Collection[str], kind: str, amended: Collection[str]) -> Iterator[Reading]:
    """The readings with their claims of one kind; those that people amended with all."""
    for some in handfuls(reports, _READINGS_AT_ONCE):
        yield from persistently(partial(_as_read, [report for report in some if report not in amended], kind))
        yield from readings_of([report for report in some if report in amended], with_sketches=False)


def _as_read(reports: Collection[str], kind: str) -> list[Reading]:
    claims: dict[str, list[str]] = {}
    rows = ClaimRow.objects.filter(reading__report__in=reports, reading__state=IN_FORCE, kind=kind).order_by("pk")
    for report, value in rows.values_list("reading__report_id", "value"):
        claims.setdefault(report, []).append(value)
    headers = ReportRow.objects.filter(pk__in=claims.keys()).order_by("pk").values(*_HEADER)
    return [
        Reading.model_validate_json(f'{{"report":{canonical(row)},"claims":[{",".join(claims[row["id"]])}]}}')
        for row in headers
    ]
