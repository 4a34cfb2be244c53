"""What the API gives beside reports and incidents: series, who copied whom, decisions on one incident, one source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any, TypeVar

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from ascertain.desk.api_answers import FAULTS
from ascertain.desk.api_asked import MOST, IncidentId, ReportId, SourceKind
from ascertain.desk.selectors.kept import kept
from ascertain.desk.selectors.whole_series import all_conditions, all_talks, all_tolls
from ascertain.model import ConditionWeek, Negotiation, Sector, TollSeries
from ascertain.record.decision_line import DecisionLine, line_of
from ascertain.record.models import LineageRow
from ascertain.record.selectors import sources as source_selectors
from ascertain.record.selectors.decisions import decided, decisions_about
from ascertain.record.selectors.history import standing_id

# ruff: noqa: ARG001 -- ninja hands the request to each
T = TypeVar("T")
series = Router()
_compared = kept(50)(source_selectors.compared)


class Part(Schema):
    """A part of a series: those that come after a place in it, by the `next` of the answer before."""

    after: Annotated[int, Field(ge=0, lt=2**62)] = 0
    limit: Annotated[int, Field(ge=1, le=MOST)] = 100


class WeeksPart(Part):
    """A part of the weeks; `country` is a code of two letters."""

    sector: Sector | None = None
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None


class SourceAsked(Schema):
    """Which source: a `publisher` by its name, a `speaker` by the words that name it."""

    kind: SourceKind
    name: Annotated[str, Field(min_length=1, max_length=1000, pattern=r"^[^\x00]*$")]


class Tolls(Schema):
    """Running totals; `next` is the `after` of the next part, `null` at the end."""

    items: list[TollSeries]
    next: int | None


class Weeks(Schema):
    """Weeks of conditions; `next` is the `after` of the next part, `null` at the end."""

    items: list[ConditionWeek]
    next: int | None


class Talks(Schema):
    """Negotiations; `next` is the `after` of the next part, `null` at the end."""

    items: list[Negotiation]
    next: int | None


class Lineage(Schema):
    """Whose words a report has: the report that stands for all its copies, the voice that they speak in, and the
    copies, of very many the first five hundred."""

    report: str
    origin: str | None
    voice: str | None
    copies: list[str]


class Noted(Schema):
    """What somebody noted about a source."""

    field: str
    value: str
    by: str
    at: dt.datetime


class SourceWhole(Schema):
    """A source, and how often its number of people killed fits what independent others say: of `compared` incidents in
    which both give one, in `fits` the ranges share a number."""

    kind: str
    name: str
    incidents: int
    compared: int
    fits: int
    notes: list[Noted]


@series.get("/tolls", response={200: Tolls, **FAULTS})
def tolls(request: HttpRequest, asked: Query[Part]) -> Any:
    """Running totals: a series for each source, place and time that they count from."""
    return _part(all_tolls(), asked)


@series.get("/conditions", response={200: Weeks, **FAULTS})
def conditions(request: HttpRequest, asked: Query[WeeksPart]) -> Any:
    """What people lacked, week by week and place by place."""
    fitting = [
        week
        for week in all_conditions()
        if asked.sector in (None, week.sector) and asked.country in (None, week.place.country if week.place else "")
    ]
    return _part(fitting, asked)


@series.get("/negotiations", response={200: Talks, **FAULTS})
def negotiations(request: HttpRequest, asked: Query[Part]) -> Any:
    """Negotiations with their rounds."""
    return _part(all_talks(), asked)


@series.get("/lineage/{path:report}", response={200: Lineage, **FAULTS})
def lineage(request: HttpRequest, report: ReportId) -> Any:
    """Whose words a report has; 404 until it is linked."""
    row = LineageRow.objects.filter(pk=report).first()
    if row is None:
        raise Http404
    copies = LineageRow.objects.filter(origin=row.pk).exclude(pk=row.pk).order_by("pk")
    return {"report": row.pk, "origin": row.origin, "voice": row.voice, "copies": list(_ids(copies)[:MOST])}


@series.get("/incidents/{str:incident}/decisions", response={200: list[DecisionLine], **FAULTS}, exclude_none=True)
def incident_decisions(request: HttpRequest, incident: IncidentId) -> Any:
    """Every decision about an incident, in order, as lines."""
    rows = decisions_about([standing_id(incident)])
    return [DecisionLine.model_validate_json(line_of(decided(row))) for row in rows]


@series.get("/source", response={200: SourceWhole, **FAULTS})
def source(request: HttpRequest, asked: Query[SourceAsked]) -> Any:
    """One source, how often independent others agree with it, and what people noted about it."""
    agreed = _compared(asked.kind, asked.name)
    notes = source_selectors.notes_on(asked.kind, asked.name)
    return {
        "kind": asked.kind,
        "name": asked.name,
        "incidents": source_selectors.incidents_of(asked.name),
        "compared": agreed.incidents,
        "fits": agreed.fits,
        "notes": [{"field": n.field, "value": n.value, "by": n.person.username, "at": n.at} for n in notes],
    }


def _ids(rows: Any) -> Any:
    return rows.values_list("pk", flat=True)


def _part(every: Sequence[T], asked: Part) -> dict[str, Any]:
    """Those of a list that come after a place in it, and the place to go on from where more follow."""
    last = asked.after + asked.limit
    return {"items": list(every[asked.after : last]), "next": last if last < len(every) else None}
