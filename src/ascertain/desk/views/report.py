"""Reports: the list of them with its search, and one with its evidence marked. Claims are marked and rejected here, and
who may be given the report."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ascertain.desk.access import for_role
from ascertain.desk.acts import said_of
from ascertain.desk.claim_form import KINDS, OUTCOMES, claim_in
from ascertain.desk.naming import SECTORS, STATUSES, TYPES
from ascertain.desk.pages import has_role, person_of
from ascertain.desk.remembering import remember, take_back
from ascertain.desk.selectors.history import history_of_report
from ascertain.desk.selectors.report import A_PAGE, report_page
from ascertain.desk.typed import whole_number
from ascertain.model import RefusedError
from ascertain.record.models import Decision, ReportRow
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

    def added(**by: Any) -> Decision:
        return deciding.add_claim(claim=claim_in(request.POST.dict(), row.text), reason=_reason(request), **by)

    return _decided(request, report, added)


@require_POST
@for_role("reviewer")
def reject(request: HttpRequest, report: str) -> HttpResponse:
    """Reject a claim that the reader got wrong."""
    claim = request.POST.get("claim", "")
    return _decided(request, report, partial(deciding.reject_claim, claim=claim, reason=_reason(request)))


@require_POST
@for_role("editor")
def mark_sensitive(request: HttpRequest, report: str) -> HttpResponse:
    """Say who may be given the report."""
    level = request.POST.get("level", "")
    return _decided(request, report, partial(deciding.mark_report_sensitive, level=level, reason=_reason(request)))


@require_POST
@for_role("reviewer")
def undo(request: HttpRequest, report: str) -> HttpResponse:
    """Take back a decision on the report; without its number, the last one of this session."""
    try:
        taken = take_back(request, whole_number(request.POST.get("decision", "")), report)
    except RefusedError as error:
        return _report(request, report, said=error.said)
    messages.success(request, _("Taken back: %(what)s") % {"what": said_of(taken.kind)})
    return redirect("report", report)


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").strip()


def _decided(request: HttpRequest, report: str, act: Callable[..., Decision]) -> HttpResponse:
    """Decide on a report, and say so on its page, or why not."""
    try:
        made = act(person=person_of(request), report=report)
    except RefusedError as error:
        return _report(request, report, said=error.said)
    remember(request, made)
    messages.success(request, said_of(made.kind))
    return redirect("report", report)


def _report(request: HttpRequest, id: str, said: str = "") -> HttpResponse:
    row = get_object_or_404(ReportRow.objects.select_related("receipt__blob"), pk=id)
    shown = {"page": report_page(row), "said": said, "kinds": KINDS, "outcomes": OUTCOMES, "typed": request.POST}
    codes = {"types": TYPES.items(), "sectors": SECTORS.items(), "statuses": STATUSES.items()}
    told = {
        "history": history_of_report(row, person_of(request)),
        "reviews": has_role(request, "reviewer"),
        "edits": has_role(request, "editor"),
        "done": messages.get_messages(request),
    }
    return render(request, "desk/report/one.html", {**shown, **codes, **told}, status=400 if said else 200)


urls = [
    path("reports/", reports, name="reports"),
    path("report/<path:report>", one, name="report"),
    path("report-original/<path:report>", original, name="report_original"),
    path("report-mark/<path:report>", mark, name="report_mark"),
    path("report-reject/<path:report>", reject, name="report_reject"),
    path("report-sensitive/<path:report>", mark_sensitive, name="report_sensitive"),
    path("report-undo/<path:report>", undo, name="report_undo"),
]
