"""What stays at the desk: what people marked as sensitive is shown to who signs in, and is in no file."""

from __future__ import annotations

from django.db.models import QuerySet

from ascertain.record.models import IncidentClaim, IncidentRow, ReportRow


def given(rows: QuerySet[IncidentRow]) -> QuerySet[IncidentRow]:
    """Those of the incidents that files hold: not marked as sensitive, nor told by reports alone that are."""
    return rows.filter(sensitivity="").exclude(pk__in=_told_by_marked_alone().values("incident"))


def withheld_reports() -> frozenset[str]:
    """The reports that are marked as sensitive."""
    return frozenset(ReportRow.objects.exclude(sensitivity="").values_list("pk", flat=True))


def _told_by_marked_alone() -> QuerySet[IncidentClaim]:
    """The claims of incidents all of whose reports are marked as sensitive."""
    marked = ReportRow.objects.exclude(sensitivity="").values("pk")
    theirs = IncidentClaim.objects.filter(report__in=marked).order_by()
    others = IncidentClaim.objects.filter(incident__in=theirs.values("incident")).exclude(report__in=marked)
    return theirs.exclude(incident__in=others.order_by().values("incident"))
