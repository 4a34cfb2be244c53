"""Counting: what the record holds."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Sum

from ascertain.record.models import Decision, IncidentRow, ReadingRow, Receipt, ReportRow, SetAsideRow
from ascertain.record.models import receipts as receipt_states
from ascertain.record.models import reports as report_states
from ascertain.record.models.readings import IN_FORCE


@dataclass(frozen=True, slots=True)
class Counts:
    """What the record holds: claims in force, incidents that stand, what is set aside and not mended yet, originals
    that wait for their documents to be found, reports that wait to be read."""

    reports: int
    claims: int
    incidents: int
    decisions: int
    set_aside: int
    originals_waiting: int
    reports_waiting: int


def counts() -> Counts:
    """What the record holds now."""
    claims = ReadingRow.objects.filter(state=IN_FORCE).aggregate(all=Sum("claims_count"))["all"]
    return Counts(
        reports=ReportRow.objects.count(),
        claims=claims or 0,
        incidents=IncidentRow.objects.filter(gone=False).count(),
        decisions=Decision.objects.count(),
        set_aside=SetAsideRow.objects.filter(mended=False).count(),
        originals_waiting=Receipt.objects.filter(state=receipt_states.WAITING).count(),
        reports_waiting=ReportRow.objects.filter(state=report_states.WAITING).count(),
    )
