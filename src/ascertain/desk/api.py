"""The API: all that the record holds to read, and decisions to write, for programs with a token and for the pages.

Nothing is open: each request shows a token (`Authorization: Bearer …`) or comes from a browser that is signed in, which
then sends the CSRF token with what it writes. Lists come by pages: `next` is where the next one begins.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any

from django.core.exceptions import RequestDataTooBig
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import NinjaAPI, Query, Status
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import APIKeyQuery, HttpBearer, SessionAuth

from ascertain.desk.api_answers import (
    FAULTS,
    Counted,
    DecisionMade,
    DecisionPage,
    IncidentPage,
    IncidentTold,
    ReportPage,
    ReportWhole,
    SourceTold,
    VersionTold,
)
from ascertain.desk.api_asked import (
    After,
    Chosen,
    DecisionAsked,
    IncidentId,
    Limit,
    Mapped,
    ReportId,
    SourceKind,
    Words,
    decision_asked,
    filters_in,
)
from ascertain.desk.api_files import given, map_of
from ascertain.desk.api_limits import PerMinute
from ascertain.desk.api_series import series
from ascertain.desk.refusing import status_of
from ascertain.desk.selectors.counting import chosen
from ascertain.desk.views.report import original as original_of
from ascertain.model import AscertainError, Claim, RefusedError
from ascertain.record.decision_line import line_of
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

    def _get_key(self, request: HttpRequest) -> str | None:
        """The session, after the check that what it sends is the desk's own; where nobody is signed in, none."""
        return super()._get_key(request) if request.user.is_authenticated else None

    def authenticate(self, request: HttpRequest, key: str | None) -> Person | None:
        """Who it is."""
        return request.user if isinstance(request.user, Person) and request.user.is_active else None


LIMIT = PerMinute(600)
api = NinjaAPI(
    title="Ascertain",
    version="1",
    description=(__doc__ or "").strip(),
    auth=[BearerToken(), SignedIn()],
    docs_url=None,
    openapi_url=None,
    throttle=[LIMIT],
    urls_namespace="api",
)


def _bytes(kind: str, schema: dict[str, Any]) -> dict[str, Any]:
    """What is told of an answer that is no JSON of the API's own."""
    return {"responses": {200: {"content": {kind: {"schema": schema}}}}}


@api.get("/openapi.json", include_in_schema=False, url_name="openapi-json")
def described(request: HttpRequest) -> dict[str, Any]:
    """What the API takes and gives, as OpenAPI."""
    return dict(api.get_openapi_schema(path_prefix="/api/"))


@api.get("/status", response={200: Counted, **FAULTS})
def status(request: HttpRequest) -> Any:
    """Count what the record holds."""
    return counts()


@api.get("/incidents", response={200: IncidentPage, **FAULTS})
def incidents(request: HttpRequest, asked: Query[Chosen], after: After = "", limit: Limit = 100) -> Any:
    """The incidents that stand, by the filters of the page Explore."""
    found, last = _page(chosen(filters_in(request.GET)).order_by("pk"), after, limit)
    rows = IncidentRow.objects.in_bulk([row.pk for row in found])
    return {"items": [_incident(rows[row.pk]) for row in found], "next": last}


@api.get(
    "/incidents.geojson",
    auth=[BearerToken(), SignedIn(), TokenInAddress()],
    response={200: None, 206: None, 416: None, **FAULTS},
    openapi_extra=_bytes("application/geo+json", {"type": "object", "required": ["type", "features"]}),
)
def incidents_geojson(request: HttpRequest, asked: Query[Mapped]) -> Any:
    """The incidents as a GeoJSON FeatureCollection, all of them at once, with the same filters; `token` in the address
    opens it in QGIS, which asks for it in parts."""
    return given(request, map_of(filters_in(request.GET)), "application/geo+json")


@api.get("/incidents/{str:incident}", response={200: IncidentTold, **FAULTS})
def incident(request: HttpRequest, incident: IncidentId) -> Any:
    """An incident, by an id that it has or ever had."""
    return _incident(IncidentRow.objects.get(pk=standing_id(incident)))


@api.get("/incidents/{str:incident}/versions", response={200: list[VersionTold], **FAULTS})
def versions(request: HttpRequest, incident: IncidentId) -> Any:
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


@api.get("/reports", response={200: ReportPage, **FAULTS})
def reports(request: HttpRequest, q: Words = "", after: After = "", limit: Limit = 100) -> Any:
    """The reports that hold the words of `q`; all without it."""
    found, last = _page(reports_with_words(q).defer("text").order_by("pk"), after, limit)
    return {"items": found, "next": last}


@api.get("/reports/{path:report}/claims", response={200: list[Claim], **FAULTS})
def claims(request: HttpRequest, report: ReportId) -> Any:
    """The claims of a report in the exchange format, as people amended them."""
    get_object_or_404(ReportRow, pk=report)
    readings = readings_of([report], with_sketches=False)
    return [claim for reading in readings for claim in reading.claims]


@api.get(
    "/reports/{path:report}/original",
    response={200: None, **FAULTS},
    openapi_extra=_bytes("application/octet-stream", {"type": "string", "format": "binary"}),
)
def original(request: HttpRequest, report: ReportId) -> Any:
    """The bytes as they were received."""
    return original_of(request, report)


@api.get("/reports/{path:report}", response={200: ReportWhole, **FAULTS})
def report(request: HttpRequest, report: ReportId) -> Any:
    """A report with its text."""
    return get_object_or_404(ReportRow, pk=report)


@api.get("/decisions", response={200: DecisionPage, **FAULTS})
def decisions(request: HttpRequest, after: Annotated[int, Query(ge=0, le=2**62)] = 0, limit: Limit = 100) -> Any:
    """The decisions, in the order in which they were made."""
    rows = Decision.objects.filter(pk__gt=after).select_related("person").order_by("pk")[: limit + 1]
    shown = list(rows)[:limit]
    last = str(shown[-1].pk) if len(rows) > limit else None
    return {"items": [json.loads(line_of(decided(row))) for row in shown], "next": last}


@api.post("/decisions", response={201: DecisionMade, **FAULTS})
def make_decision(request: HttpRequest, asked: DecisionAsked) -> Any:
    """Make a decision. 409 where the incident has changed since `versions`, 403 where it is refused; each says why."""
    line = decision_asked(request.body)
    return Status(201, {"number": decide(person=_decider(request), told=line).pk})


@api.get("/sources", response={200: list[SourceTold], **FAULTS})
def sources(request: HttpRequest, kind: SourceKind = "publisher", q: Words = "") -> Any:
    """The sources of which the record has most: publishers, or `speaker`s whom reports quote."""
    return list(publishers(q) if kind == "publisher" else speakers(q))


api.add_router("", series)


def _page(rows: QuerySet[Any], after: str, limit: int) -> tuple[Sequence[Any], str | None]:
    """The rows after a key, and the key to go on from, where there are more."""
    found = list(rows.filter(pk__gt=after)[: limit + 1])
    return found[:limit], found[limit - 1].pk if len(found) > limit else None


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
    return api.create_response(request, {"said": str(error)}, status=status_of(error) or 400)


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    said = "no token that holds was shown; make one on the page of tokens, and send it as Authorization: Bearer"
    response = api.create_response(request, {"said": said}, status=401)
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


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
