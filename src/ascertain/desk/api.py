"""The API: all that the record holds to read, and decisions to write, for programs with a token and for the pages.

Nothing is open: each request shows a token (`Authorization: Bearer …`) or comes from a browser that is signed in, which
then sends the CSRF token with what it writes. Lists come by pages: `next` is where the next one begins.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Annotated, Any

from django.core.exceptions import RequestDataTooBig
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from ninja import NinjaAPI, Query, Schema, Status
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import APIKeyQuery, HttpBearer, SessionAuth
from ninja.throttling import AuthRateThrottle
from pydantic import Field

from ascertain.desk.api_series import series
from ascertain.desk.selectors.counting import chosen
from ascertain.desk.selectors.downloads import as_geojson
from ascertain.desk.selectors.filters import filters_of
from ascertain.desk.views.report import original as original_of
from ascertain.model import AscertainError, RefusedError, SettingsError, StaleError
from ascertain.record.decision_line import DecisionLine, line_of
from ascertain.record.models import Decision, IncidentRow, IncidentVersion, ReportRow
from ascertain.record.models.people import Person
from ascertain.record.models.signing_in import Token
from ascertain.record.selectors.counting import counts
from ascertain.record.selectors.decisions import decided
from ascertain.record.selectors.history import standing_id
from ascertain.record.selectors.readings import readings_of
from ascertain.record.selectors.searching import reports_with_words
from ascertain.record.selectors.sources import publishers, speakers
from ascertain.record.services.signing_in import token_of
from ascertain.record.services.taking_decisions import decide

MOST = 500
_PAGE = Annotated[int, Query(ge=1, le=MOST, description="How many at most.")]
_AFTER = Annotated[str, Query(max_length=300, description="`next` of the page before.")]
_STATUS: tuple[tuple[type[AscertainError], int], ...] = ((StaleError, 409), (RefusedError, 403), (SettingsError, 404))


class BearerToken(HttpBearer):
    """A token of the page of tokens, as `Authorization: Bearer …`."""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        """The token, if it holds."""
        return token_of(token)


class TokenInAddress(APIKeyQuery):
    """A token in the address, for programs such as QGIS that open a layer by its address and can send no header. It may
    only read."""

    param_name = "token"

    def authenticate(self, request: HttpRequest, key: str | None) -> Token | None:
        """The token, if it holds. Addresses are kept in logs and histories, so that one that decides is refused."""
        found = token_of(key) if key else None
        if found is not None and found.decides:
            raise RefusedError("a token that may decide does not belong in an address; make one that may only read")
        return found


class SignedIn(SessionAuth):
    """A browser that is signed in at the desk."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Person | None:
        """Who it is."""
        return request.user if isinstance(request.user, Person) and request.user.is_active else None


api = NinjaAPI(
    title="Ascertain",
    version="1",
    description=(__doc__ or "").strip(),
    auth=[BearerToken(), SignedIn()],
    docs_url=None,
    openapi_url=None,
    throttle=[AuthRateThrottle("600/m")],
    urls_namespace="api",
)


class Fault(Schema):
    """Why something was not done, and what to do."""

    said: str


class Counted(Schema):
    """What the record holds."""

    reports: int
    claims: int
    incidents: int
    decisions: int
    set_aside: int
    originals_waiting: int
    reports_waiting: int


class IncidentTold(Schema):
    """An incident as it stands: `incident` is in the exchange format, `state` what people decided beside it."""

    id: str
    version: int
    since: dt.datetime
    gone: bool
    incident: dict[str, Any]
    state: dict[str, Any]


class IncidentPage(Schema):
    """A page of incidents, in order of their ids."""

    items: list[IncidentTold]
    next: str | None


class VersionTold(Schema):
    """A state that an incident had; `incident` is null where it was no more from then on."""

    number: int
    since: dt.datetime
    cause: str
    incident: dict[str, Any] | None
    state: dict[str, Any]


class ReportTold(Schema):
    """A report without its text."""

    id: str
    title: str | None
    published: dt.date | None
    publisher: str | None
    author: str | None
    url: str | None
    language: str | None
    state: str
    sensitivity: str
    added: dt.datetime


class ReportPage(Schema):
    """A page of reports, in order of their ids."""

    items: list[ReportTold]
    next: str | None


class ReportWhole(ReportTold):
    """A report with its text; offsets of claims count in that, in Unicode code points."""

    text: str


class DecisionPage(Schema):
    """A page of decisions, as lines in the form of `ascertain decisions --json`."""

    items: list[dict[str, Any]]
    next: str | None


class DecisionAsked(Schema):
    """A decision to be made: a line as `ascertain decide` takes it."""

    kind: str = Field(max_length=30)
    incidents: list[str] = Field(default=[], max_length=100)
    versions: list[int] = Field(default=[], max_length=100)
    report: str | None = None
    claim: str | dict[str, Any] | None = None
    claims: list[str] = Field(default=[], max_length=1000)
    field: str | None = None
    to: Any = None
    evidence: list[dict[str, Any]] = Field(default=[], max_length=100)
    level: str | None = None
    assignee: str | None = None
    decision: int | None = Field(default=None, ge=1, le=2**62)
    reason: str = Field(default="", max_length=10_000)


class DecisionMade(Schema):
    """The number of the decision that was made."""

    number: int


class SourceTold(Schema):
    """A source, and how much the record has of it."""

    kind: str
    name: str
    incidents: int
    reports: int


@api.get("/openapi.json", include_in_schema=False, url_name="openapi-json")
def described(request: HttpRequest) -> dict[str, Any]:
    """What the API takes and gives, as OpenAPI."""
    return dict(api.get_openapi_schema(path_prefix="/api/"))


_FAULTS = {400: Fault, 401: Fault, 403: Fault, 404: Fault, 409: Fault, 422: Fault, 429: Fault}


@api.get("/status", response={200: Counted, **_FAULTS})
def status(request: HttpRequest) -> Any:
    """Count what the record holds."""
    return counts()


@api.get("/incidents", response={200: IncidentPage, **_FAULTS})
def incidents(request: HttpRequest, after: _AFTER = "", limit: _PAGE = 100) -> Any:
    """The incidents that stand. The filters of the page Explore hold here too: `type`, `country`, `grading`, `place`,
    `party`, `source`, `from`, `to`, `bbox` (west,south,east,north) and `q`."""
    found, last = _page(chosen(filters_of(request.GET)).order_by("pk"), after, limit)
    rows = IncidentRow.objects.in_bulk([row.pk for row in found])
    return {"items": [_incident(rows[row.pk]) for row in found], "next": last}


@api.get("/incidents.geojson", auth=[BearerToken(), SignedIn(), TokenInAddress()], response={200: None, **_FAULTS})
def incidents_geojson(request: HttpRequest) -> Any:
    """The incidents as a GeoJSON FeatureCollection, with the same filters; `token` in the address opens it in QGIS."""
    return StreamingHttpResponse(as_geojson(filters_of(request.GET)), content_type="application/geo+json")


@api.get("/incidents/{str:incident}", response={200: IncidentTold, **_FAULTS})
def incident(request: HttpRequest, incident: str) -> Any:
    """An incident, by an id that it has or ever had."""
    return _incident(IncidentRow.objects.get(pk=standing_id(incident)))


@api.get("/incidents/{str:incident}/versions", response={200: list[VersionTold], **_FAULTS})
def versions(request: HttpRequest, incident: str) -> Any:
    """All states that an incident had, the first one first."""
    rows = IncidentVersion.objects.filter(incident=standing_id(incident)).order_by("number")
    return [
        {
            "number": row.number,
            "since": row.since,
            "cause": row.cause,
            "incident": json.loads(row.value) if row.value else None,
            "state": json.loads(row.state),
        }
        for row in rows
    ]


@api.get("/reports", response={200: ReportPage, **_FAULTS})
def reports(request: HttpRequest, q: str = "", after: _AFTER = "", limit: _PAGE = 100) -> Any:
    """The reports that hold the words of `q`; all without it."""
    found, last = _page(reports_with_words(q.replace("\x00", "")).defer("text").order_by("pk"), after, limit)
    return {"items": found, "next": last}


@api.get("/reports/{path:report}/claims", response={200: list[dict[str, Any]], **_FAULTS})
def claims(request: HttpRequest, report: str) -> Any:
    """The claims of a report in the exchange format, as people amended them."""
    get_object_or_404(ReportRow, pk=_whole(report))
    readings = readings_of([report], with_sketches=False)
    return [claim.model_dump(mode="json") for reading in readings for claim in reading.claims]


@api.get("/reports/{path:report}/original", response={200: None, **_FAULTS})
def original(request: HttpRequest, report: str) -> Any:
    """The bytes as they were received."""
    return original_of(request, _whole(report))


@api.get("/reports/{path:report}", response={200: ReportWhole, **_FAULTS})
def report(request: HttpRequest, report: str) -> Any:
    """A report with its text."""
    return get_object_or_404(ReportRow, pk=_whole(report))


@api.get("/decisions", response={200: DecisionPage, **_FAULTS})
def decisions(request: HttpRequest, after: Annotated[int, Query(ge=0, le=2**62)] = 0, limit: _PAGE = 100) -> Any:
    """The decisions, in the order in which they were made."""
    rows = Decision.objects.filter(pk__gt=after).select_related("person").order_by("pk")[: limit + 1]
    shown = list(rows)[:limit]
    last = str(shown[-1].pk) if len(rows) > limit else None
    return {"items": [json.loads(line_of(decided(row))) for row in shown], "next": last}


@api.post("/decisions", response={201: DecisionMade, **_FAULTS})
def make_decision(request: HttpRequest, asked: DecisionAsked) -> Any:
    """Make a decision. 409 where the incident has changed since `versions`, 403 where it is refused; each says why."""
    told = {name: value for name, value in asked.dict().items() if value not in (None, [], "")}
    try:
        line = DecisionLine.model_validate(told, strict=False)
    except ValueError as error:
        raise HttpError(422, f"this is no decision: {error}") from error
    return Status(201, {"number": decide(person=_decider(request), told=line).pk})


@api.get("/sources", response={200: list[SourceTold], **_FAULTS})
def sources(request: HttpRequest, kind: str = "publisher", q: str = "") -> Any:
    """The sources of which the record has most: publishers, or `speaker`s whom reports quote."""
    named = q.replace("\x00", "")
    return list(publishers(named) if kind == "publisher" else speakers(named))


api.add_router("", series)


def _page(rows: QuerySet[Any], after: str, limit: int) -> tuple[Sequence[Any], str | None]:
    """The rows after a key, and the key to go on from, where there are more."""
    found = list(rows.filter(pk__gt=_whole(after))[: limit + 1])
    return found[:limit], found[limit - 1].pk if len(found) > limit else None


def _whole(key: str) -> str:
    """A key as a database takes it: PostgreSQL knows no text with a null in it."""
    if "\x00" in key:
        raise Http404
    return key


def _incident(row: IncidentRow) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "since": row.since,
        "gone": row.gone,
        "incident": json.loads(row.value),
        "state": json.loads(row.state),
    }


def _decider(request: HttpRequest) -> Person:
    """Who decides by a request.

    Raises:
        RefusedError: the token may only read.
    """
    shown = getattr(request, "auth", None)
    if isinstance(shown, Token):
        if not shown.decides:
            raise RefusedError("this token may only read; make one that may decide, on the page of tokens")
        return shown.person
    assert isinstance(shown, Person)
    return shown


@api.exception_handler(AscertainError)
def _refused(request: HttpRequest, error: AscertainError) -> HttpResponse:
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 400)
    return api.create_response(request, {"said": str(error)}, status=status)


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    said = "no token that holds was shown; make one on the page of tokens, and send it as Authorization: Bearer"
    return api.create_response(request, {"said": said}, status=401)


@api.exception_handler(ValidationError)
def _misput(request: HttpRequest, error: ValidationError) -> HttpResponse:
    said = "; ".join(f"{'/'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors)
    return api.create_response(request, {"said": said}, status=422)


@api.exception_handler(HttpError)
def _not_so(request: HttpRequest, error: HttpError) -> HttpResponse:
    return api.create_response(request, {"said": str(error)}, status=error.status_code)


@api.exception_handler(RequestDataTooBig)
def _too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return api.create_response(request, {"said": "the request is larger than 2 MiB; send less at once"}, status=413)


@api.exception_handler(Http404)
def _nothing(request: HttpRequest, error: Http404) -> HttpResponse:
    return api.create_response(request, {"said": "there is nothing of that name"}, status=404)
