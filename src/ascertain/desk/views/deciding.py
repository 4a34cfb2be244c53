"""Deciding on an incident, and taking back what was decided; nothing that somebody else did is overwritten unseen."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ascertain.desk.acts import ACTS, said_of
from ascertain.desk.pages import person_of
from ascertain.desk.remembering import remember, take_back
from ascertain.desk.selectors.history import changes, last_change
from ascertain.desk.selectors.inbox import asked_in, beside
from ascertain.desk.typed import whole_number
from ascertain.desk.views.incident_shown import address_of, tail_of
from ascertain.model import AscertainError, RefusedError, SettingsError, StaleError
from ascertain.record.models import IncidentRow
from ascertain.record.selectors.decisions import subject_of
from ascertain.record.selectors.history import standing_id
from ascertain.record.services.deciding import Seen


@require_POST
def decide(request: HttpRequest, incident: str, act: str) -> HttpResponse:
    """Take a decision; then to the next incident, or to this one as it now is."""
    if act not in ACTS:
        raise Http404
    person, version = person_of(request), request.POST.get("version", "")
    _before, after = beside(asked_in(request.GET, person.pk), incident)
    try:
        made = ACTS[act](person, Seen(incident, whole_number(version) or 0), request.POST)
    except (RefusedError, StaleError, SettingsError) as error:
        return _refused(request, incident, version, error)
    remember(request, made)
    goes_on = act in ("accept", "reject")
    to = after if goes_on else standing_id(incident)
    return _go(request, to, said_of(act, incident), done={incident: act} if goes_on else {})


@require_POST
def undo(request: HttpRequest, decision: int | None = None) -> HttpResponse:
    """Take back a decision; without its number, the last one of this session that stands."""
    try:
        taken = take_back(request, decision)
    except RefusedError as error:
        return _refused(request, "", "", error)
    subject = subject_of(taken)
    to = standing_id(subject.incidents[0]) if subject.incidents else None
    said = _("Taken back: %(what)s") % {"what": said_of(taken.kind, to)}
    return _go(request, to, said, done=dict.fromkeys(subject.incidents, ""))


def _go(request: HttpRequest, to: str | None, said: str, *, done: Mapping[str, str]) -> HttpResponse:
    """Show an incident next, or the inbox where there is none."""
    url = address_of(to, request.GET) if to else reverse("inbox") + tail_of(request.GET)
    if request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(url)
    told = {"show": {"url": url, "incident": to, "said": said, "done": done}}
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(told)})


def _refused(request: HttpRequest, incident: str, version: str, error: AscertainError) -> HttpResponse:
    """Why nothing was decided; where somebody was quicker, what changed and a way to decide on that."""
    is_stale = isinstance(error, StaleError)
    if request.headers.get("HX-Request") != "true":
        raise error
    row = IncidentRow.objects.filter(pk=incident, gone=False).first() if is_stale else None
    seen = whole_number(version)
    told = {
        "said": error.said,
        "stale": is_stale,
        "now": row.version if row else None,
        "last": last_change(incident) if is_stale else None,
        "changes": changes(incident, seen) if row and seen is not None else (),
        "url": address_of(incident, request.GET) if row else "",
    }
    return render(request, "desk/incident/answer.html", told, status=409 if is_stale else 422)


urls = [
    path("incidents/<str:incident>/<str:act>/", decide, name="decide"),
    path("undo/", undo, name="undo_last"),
    path("undo/<int:decision>/", undo, name="undo"),
]
