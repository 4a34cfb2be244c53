"""An incident: what is known of it, the words that say so, who else looks at it, and what it may be the same as."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from ascertain.desk.pages import person_of
from ascertain.desk.presence import here
from ascertain.desk.selectors.apart import apart
from ascertain.desk.selectors.history import changes, last_change
from ascertain.desk.selectors.inbox import asked_in, inbox
from ascertain.desk.selectors.incident import whole_text
from ascertain.desk.selectors.nearby import near_misses, others
from ascertain.desk.typed import whole_number
from ascertain.desk.views.inbox import list_of
from ascertain.desk.views.incident_shown import address_of, shown_of
from ascertain.model import Incident
from ascertain.record.models import IncidentRow
from ascertain.record.selectors.finding import with_words
from ascertain.record.selectors.history import standing_id


@require_safe
def page(request: HttpRequest, incident: str) -> HttpResponse:
    """The page of an incident with the inbox beside it, or the incident alone where it is swapped in."""
    stands = standing_id(incident)
    if stands != incident:
        return HttpResponseRedirect(address_of(stands, request.GET))
    if request.headers.get("HX-Request") == "true":
        return render(request, "desk/incident/shown.html", shown_of(request, incident))
    found = inbox(asked_in(request.GET, person_of(request).pk))
    told = {**list_of(found, incident), **shown_of(request, incident, found)}
    return render(request, "desk/inbox/page.html", told)


@require_safe
def pulse(request: HttpRequest, incident: str) -> HttpResponse:
    """Whether an incident is still as it was seen, and who else looks at it: asked every few seconds."""
    seen = whole_number(request.GET.get("version", ""))
    version = IncidentRow.objects.filter(pk=incident).values_list("version", flat=True).first()
    if version is None or seen is None:
        raise Http404
    told: dict[str, object] = {"others": here.others(incident, person_of(request).username), "incident": incident}
    if version != seen:
        told |= {
            "last": last_change(incident),
            "changes": changes(incident, seen),
            "url": request.GET.get("url", ""),
        }
    return render(request, "desk/incident/pulse.html", told)


@require_safe
def beside_it(request: HttpRequest, incident: str, report: str) -> HttpResponse:
    """The whole text of one of its reports, for screens that have room for it."""
    row = IncidentRow.objects.filter(pk=incident).first()
    text = whole_text(row, report) if row else None
    if text is None:
        raise Http404
    return render(request, "desk/incident/full.html", {"told": text, "report": report})


@require_safe
def merging(request: HttpRequest, incident: str) -> HttpResponse:
    """Incidents that may be the same, by words."""
    row = IncidentRow.objects.filter(pk=incident).first()
    if row is None:
        raise Http404
    value, query = Incident.model_validate_json(row.value), request.GET.get("q", "")[:200]
    found = others(value, with_words(IncidentRow.objects.all(), query)) if query.strip() else near_misses(value)
    return render(request, "desk/incident/others.html", {"others": found, "words": query})


@require_safe
def kept_apart(request: HttpRequest, incident: str, other: str) -> HttpResponse:
    """What keeps two incidents apart, with the linker's bits."""
    rows = IncidentRow.objects.in_bulk([incident, other])
    if len(rows) < 2:
        raise Http404
    return render(request, "desk/incident/apart.html", {"miss": apart(rows[incident], rows[other])})


urls = [
    path("incidents/<str:incident>/", page, name="incident"),
    path("incidents/<str:incident>/pulse/", pulse, name="incident_pulse"),
    path("incidents/<str:incident>/report/<path:report>", beside_it, name="incident_report"),
    path("incidents/<str:incident>/others/", merging, name="incident_others"),
    path("incidents/<str:incident>/apart/<str:other>/", kept_apart, name="incident_apart"),
]
