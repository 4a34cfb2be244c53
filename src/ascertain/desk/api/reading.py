"""What may be read: all that the record holds, by everybody who may sign in."""

# ruff: noqa: ARG001 -- ninja hands the request to each

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Path, Query, Router

from ascertain.desk.api import told
from ascertain.desk.api.asked import (
    MOST,
    Chosen,
    ChosenPage,
    ClaimsPage,
    ConditionsPage,
    Id,
    NumberedPage,
    ReportsPage,
    SourceAsked,
    SourcesAsked,
    filters_asked,
)
from ascertain.desk.api.signing_in import ByAddress, BySession, ByToken
from ascertain.desk.selectors.counting import chosen
from ascertain.desk.selectors.downloads import as_geojson
from ascertain.desk.selectors.kept import kept
from ascertain.desk.selectors.series import all_conditions, all_talks, all_tolls
from ascertain.desk.views import report as report_pages
from ascertain.model import Reading
from ascertain.record.decision_line import DecisionLine, line_of
from ascertain.record.models import Decision, IncidentClaim, IncidentRow, LineageRow, Receipt, ReportRow
from ascertain.record.selectors import sources as source_selectors
from ascertain.record.selectors.counting import counts
from ascertain.record.selectors.decisions import decided, decisions_about
from ascertain.record.selectors.history import history, standing_id
from ascertain.record.selectors.readings import readings_of
from ascertain.record.selectors.searching import reports_with_words

T = TypeVar("T")
record = Router()
_compared = kept(50)(source_selectors.compared)


@record.get("/reports", response=told.Reports, tags=["reports"])
def reports(request: HttpRequest, asked: Query[ReportsPage]) -> told.Reports:
    """Reports in order of their ids."""
    rows = reports_with_words(asked.q).defer("text").filter(pk__gt=asked.after)
    if asked.publisher:
        rows = rows.filter(publisher=asked.publisher)
    if asked.first:
        rows = rows.filter(published__gte=asked.first)
    if asked.last:
        rows = rows.filter(published__lte=asked.last)
    found = list(rows.order_by("pk")[: asked.limit + 1])
    items = [told.ReportTold.of(row) for row in found[: asked.limit]]
    return told.Reports(items=items, next=_next([row.pk for row in found], asked.limit))


@record.get("/report/{path:report}", response=told.OneReport, tags=["reports"])
def one_report(request: HttpRequest, report: Path[Id]) -> told.OneReport:
    """A report with its text and claims; its id stands in the address as it is, slashes too."""
    row = _report(report)
    read = next(iter(readings_of([report], with_sketches=False)), None)
    held = IncidentClaim.objects.filter(report=report).order_by("incident").values_list("incident_id", flat=True)
    return told.OneReport(
        **told.ReportTold.of(row).model_dump(),
        text=row.text,
        claims=read.claims if read else (),
        incidents=tuple(dict.fromkeys(held)),
        arrivals=tuple(told.Arrival.of(one) for one in _arrivals(row.receipt)),
    )


@record.get("/report-text/{path:report}", tags=["reports"])
def report_text(request: HttpRequest, report: Path[Id]) -> HttpResponse:
    """The text of a report, alone."""
    return HttpResponse(_report(report).text, content_type="text/plain; charset=utf-8")


@record.get("/report-original/{path:report}", tags=["reports"])
def report_original(request: HttpRequest, report: Path[Id]) -> StreamingHttpResponse:
    """The bytes in which a report was found, as they were received, as a file."""
    return report_pages.original(request, _report(report).pk)


@record.get("/report-lineage/{path:report}", response=told.Lineage, tags=["reports"])
def lineage(request: HttpRequest, report: Path[Id]) -> told.Lineage:
    """Whose words a report has."""
    row = LineageRow.objects.filter(pk=_report(report).pk).first()
    if row is None:
        raise Http404(f"{report} is not linked yet")
    return told.Lineage.of(row, MOST)


@record.get("/claims", response=told.Claims, tags=["reports"])
def claims(request: HttpRequest, asked: Query[ClaimsPage]) -> told.Claims:
    """Claims in order of the reports that make them, as people have them; a part may be empty and have a next one."""
    found = list(
        ReportRow.objects.filter(pk__gt=asked.after).order_by("pk").values_list("pk", flat=True)[: asked.limit + 1]
    )
    readings: list[Reading] = readings_of(found[: asked.limit], with_sketches=False)
    items = [
        told.ClaimTold(report=read.report.id, claim=claim)
        for read in readings
        for claim in read.claims
        if asked.kind in (None, claim.kind)
    ]
    return told.Claims(items=items, next=_next(found, asked.limit))


@record.get("/incidents", response=told.Incidents, tags=["incidents"])
def incidents(request: HttpRequest, asked: Query[ChosenPage]) -> told.Incidents:
    """Incidents in order of their ids, but those that people rejected."""
    rows = chosen(filters_asked(asked)).filter(pk__gt=asked.after).select_related("assigned_to")
    if asked.status:
        rows = rows.filter(status=asked.status)
    if asked.since:
        rows = rows.filter(since__gte=asked.since)
    found = list(rows.order_by("pk")[: asked.limit + 1])
    items = [told.IncidentTold.of(row) for row in found[: asked.limit]]
    return told.Incidents(items=items, next=_next([row.pk for row in found], asked.limit))


@record.api_operation(
    ["GET", "HEAD"], "/incidents.geojson", auth=[ByToken(), BySession(), ByAddress()], tags=["incidents"]
)
def geojson(request: HttpRequest, asked: Query[Chosen]) -> StreamingHttpResponse:
    """The chosen incidents as a FeatureCollection (RFC 7946), but those that are marked as sensitive: a map is passed
    on. QGIS opens it by its address, with a token that only reads as `token`."""
    return StreamingHttpResponse(as_geojson(filters_asked(asked)), content_type="application/geo+json")


@record.get("/incidents/{incident}", response=told.IncidentTold, tags=["incidents"])
def one_incident(request: HttpRequest, incident: Path[Id]) -> told.IncidentTold:
    """An incident, by any id that it ever had."""
    row = IncidentRow.objects.select_related("assigned_to").get(pk=standing_id(incident))
    return told.IncidentTold.of(row)


@record.get("/incidents/{incident}/versions", response=list[told.VersionTold], tags=["incidents"])
def versions(request: HttpRequest, incident: Path[Id]) -> list[told.VersionTold]:
    """Every state that an incident had, the first one first."""
    return [
        told.VersionTold(
            number=state.number,
            since=state.since,
            cause=state.cause,
            by=state.by,
            reason=state.reason,
            incident=state.incident,
        )
        for state in history(standing_id(incident))
    ]


@record.get("/incidents/{incident}/decisions", response=told.Decisions, exclude_none=True, tags=["incidents"])
def incident_decisions(request: HttpRequest, incident: Path[Id]) -> told.Decisions:
    """Every decision about an incident, in order."""
    return told.Decisions(items=[_line(row) for row in decisions_about([standing_id(incident)])])


@record.get("/decisions", response=told.Decisions, exclude_none=True, tags=["decisions"])
def decisions(request: HttpRequest, asked: Query[NumberedPage]) -> told.Decisions:
    """Every decision, in order, each as a line of `docs/deciding.md`."""
    rows = Decision.objects.filter(pk__gt=asked.after).select_related("person").order_by("pk")
    found = list(rows[: asked.limit + 1])
    items = [_line(row) for row in found[: asked.limit]]
    return told.Decisions(items=items, next=_next([row.pk for row in found], asked.limit))


@record.get("/tolls", response=told.Tolls, tags=["series"])
def tolls(request: HttpRequest, asked: Query[NumberedPage]) -> told.Tolls:
    """Running totals, one series for each source, place and time that they count from."""
    items, following = _part(all_tolls(), asked)
    return told.Tolls(items=items, next=following)


@record.get("/conditions", response=told.Weeks, tags=["series"])
def conditions(request: HttpRequest, asked: Query[ConditionsPage]) -> told.Weeks:
    """What people lacked, week by week and place by place."""
    fitting = [
        week
        for week in all_conditions()
        if asked.sector in (None, week.sector) and asked.country in (None, week.place.country if week.place else "")
    ]
    items, following = _part(fitting, asked)
    return told.Weeks(items=items, next=following)


@record.get("/negotiations", response=told.Talks, tags=["series"])
def negotiations(request: HttpRequest, asked: Query[NumberedPage]) -> told.Talks:
    """Negotiations with their rounds."""
    items, following = _part(all_talks(), asked)
    return told.Talks(items=items, next=following)


@record.get("/sources", response=list[told.SourceLine], tags=["sources"])
def sources(request: HttpRequest, asked: Query[SourcesAsked]) -> list[told.SourceLine]:
    """Sources, those with most in the record first."""
    listed = source_selectors.publishers if asked.kind == "publisher" else source_selectors.speakers
    return [
        told.SourceLine(
            kind=line.kind,
            name=line.name,
            incidents=line.incidents,
            reports=line.reports,
            first=line.first,
            last=line.last,
        )
        for line in listed(asked.q.strip())
    ]


@record.get("/source", response=told.SourceTold, tags=["sources"])
def source(request: HttpRequest, asked: Query[SourceAsked]) -> told.SourceTold:
    """One source, how often independent others agree with it, and what people noted about it."""
    compared = _compared(asked.kind, asked.name)
    notes = source_selectors.notes_on(asked.kind, asked.name)
    return told.SourceTold(
        kind=asked.kind,
        name=asked.name,
        incidents=source_selectors.incidents_of(asked.name),
        compared=compared.incidents,
        fits=compared.fits,
        notes=tuple(
            told.Noted(field=note.field, value=note.value, by=note.person.username, at=note.at) for note in notes
        ),
    )


@record.get("/counts", response=told.CountsTold, tags=["record"])
def all_counts(request: HttpRequest) -> told.CountsTold:
    """What the record holds."""
    return told.CountsTold.model_validate(counts(), from_attributes=True)


def _report(id: str) -> ReportRow:
    row = ReportRow.objects.select_related("receipt__blob").filter(pk=id).first()
    if row is None:
        raise Http404(f"no report has the id {id!r}")
    return row


def _arrivals(receipt: Receipt | None) -> Iterator[Receipt]:
    while receipt is not None:
        yield receipt
        receipt = receipt.within


def _line(row: Decision) -> DecisionLine:
    return DecisionLine.model_validate_json(line_of(decided(row)))


def _next(found: Sequence[T], limit: int) -> T | None:
    """The key after which the list goes on, where more was found than is shown."""
    return found[limit - 1] if len(found) > limit else None


def _part(every: Sequence[T], asked: NumberedPage) -> tuple[list[T], int | None]:
    """Those of a list that come after a place in it, and the place of the last one where more follow."""
    last = asked.after + asked.limit
    return list(every[asked.after : last]), last if last < len(every) else None
