"""Reports: the list of them with its search, and one with its evidence marked; claims are marked and rejected here."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from ascertain.desk.access import for_role
from ascertain.desk.claim_form import KINDS, OUTCOMES, claim_in
from ascertain.desk.naming import SECTORS, STATUSES, TYPES
from ascertain.desk.pages import person_of
from ascertain.desk.selectors.report import A_PAGE, report_page
from ascertain.desk.typed import whole_number
from ascertain.model import RefusedError
from ascertain.record.models import ReportRow
from ascertain.record.selectors.searching import reports_with_words
from ascertain.record.services import deciding
from ascertain.record.services.keeping import content_of


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """The reports, the latest first, that hold what is searched for."""
    words, publisher = request.GET.get("q", "").strip(), request.GET.get("publisher", "").strip()
    number = whole_number(request.GET.get("page", "")) or 1
    rows = reports_with_words(words).defer("text").order_by("-published", "pk")
    if publisher:
        rows = rows.filter(publisher=publisher)
    start = (max(1, number) - 1) * A_PAGE
    found = list(rows[start : start + A_PAGE + 1])
    shown = {"reports": found[:A_PAGE], "words": words, "publisher": publisher, "page": max(1, number)}
    return render(request, "desk/report/list.html", {**shown, "more": len(found) > A_PAGE})


@require_safe
def one(request: HttpRequest, report: str) -> HttpResponse:
    """One report."""
    return _report(request, report)


@require_safe
def original(request: HttpRequest, report: str) -> StreamingHttpResponse:  # noqa: ARG001 -- as Django calls it
    """The bytes as they were received, to be kept as a file; no browser shows them as a page of the desk."""
    receipt = get_object_or_404(ReportRow.objects.select_related("receipt__blob"), pk=report).receipt
    response = StreamingHttpResponse(content_of(receipt.blob), content_type="application/octet-stream")
    name = "".join(sign for sign in PurePosixPath(receipt.name).name if sign.isprintable() and sign not in '"\\')
    response.headers["Content-Disposition"] = content_disposition_header(True, name or "original") or "attachment"
    return response


@require_POST
@for_role("reviewer")
def mark(request: HttpRequest, report: str) -> HttpResponse:
    """Keep a claim that the reader missed."""
    row = get_object_or_404(ReportRow, pk=report)
    try:
        claim = claim_in(request.POST.dict(), row.text)
        deciding.add_claim(
            person=person_of(request), report=report, claim=claim, reason=request.POST.get("reason", "").strip()
        )
    except RefusedError as error:
        return _report(request, report, said=str(error))
    return redirect("report", report)


@require_POST
@for_role("reviewer")
def reject(request: HttpRequest, report: str) -> HttpResponse:
    """Reject a claim that the reader got wrong."""
    get_object_or_404(ReportRow, pk=report)
    claim, reason = request.POST.get("claim", ""), request.POST.get("reason", "")
    try:
        deciding.reject_claim(person=person_of(request), report=report, claim=claim, reason=reason)
    except RefusedError as error:
        return _report(request, report, said=str(error))
    return redirect("report", report)


def _report(request: HttpRequest, id: str, said: str = "") -> HttpResponse:
    row = get_object_or_404(ReportRow.objects.select_related("receipt__blob"), pk=id)
    shown = {"page": report_page(row), "said": said, "kinds": KINDS, "outcomes": OUTCOMES, "typed": request.POST}
    codes = {"types": TYPES.items(), "sectors": SECTORS.items(), "statuses": STATUSES.items()}
    return render(request, "desk/report/one.html", {**shown, **codes}, status=400 if said else 200)


urls = [
    path("reports/", reports, name="reports"),
    path("report/<path:report>", one, name="report"),
    path("report-original/<path:report>", original, name="report_original"),
    path("report-mark/<path:report>", mark, name="report_mark"),
    path("report-reject/<path:report>", reject, name="report_reject"),
]
