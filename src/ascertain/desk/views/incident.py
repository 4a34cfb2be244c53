"""An incident: what is known of it, the words that say so, and what a reviewer does about it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import get_args

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ascertain.desk.correcting import evidence_in, value_in
from ascertain.desk.naming import GROUPS, MEANS, OUTCOMES, TARGETS, TYPES, named
from ascertain.desk.pages import has_role, person_of
from ascertain.desk.presence import here
from ascertain.desk.selectors.apart import apart
from ascertain.desk.selectors.history import changes, history_of, last_change
from ascertain.desk.selectors.inbox import Inbox, asked_in, beside, beside_in, inbox
from ascertain.desk.selectors.incident import Shown, shown, source_names, whole_text
from ascertain.desk.selectors.nearby import Near, near_misses, others
from ascertain.desk.showing import as_markup, words
from ascertain.desk.typed import whole_number
from ascertain.model import Incident, RefusedError, StaleError
from ascertain.model.claims import ActorRole, Damage
from ascertain.record.models import Decision, IncidentRow, Person
from ascertain.record.replay.decided import Subject
from ascertain.record.roles import may
from ascertain.record.selectors.finding import with_words
from ascertain.record.selectors.history import standing_id
from ascertain.record.services import deciding
from ascertain.record.services.deciding import Seen
from ascertain.record.services.people import person_named
from ascertain.release.charts import Range, date_span, range_bar, scale_axis, scale_for, toll_lines

_REASONS_LOOKED_AT = 300
_MOST_REASONS = 12
_DECIDED = "decided"
_MOST_REMEMBERED = 200
_SHORT = 160


@require_safe
def page(request: HttpRequest, incident: str) -> HttpResponse:
    """The page of an incident with the inbox beside it, or the incident alone where it is swapped in."""
    stands = standing_id(incident)
    if stands != incident:
        return HttpResponseRedirect(_address(stands, request.GET))
    if request.headers.get("HX-Request") == "true":
        return render(request, "desk/incident/shown.html", shown_of(request, incident))
    from ascertain.desk.views.inbox import list_of  # the two pages are one screen

    found = inbox(asked_in(request.GET, person_of(request).pk))
    told = {**list_of(found, incident), **shown_of(request, incident, found)}
    return render(request, "desk/inbox/page.html", told)


def shown_of(request: HttpRequest, incident: str, found: Inbox | None = None) -> dict[str, object]:
    """What the page of an incident shows; beside a page of the inbox, if that is shown too."""
    row = IncidentRow.objects.get(pk=incident)
    told, person = shown(row), person_of(request)
    asked = asked_in(request.GET, person.pk)
    before, after = beside_in(found, incident) if found else beside(asked, incident)
    near = near_misses(told.incident)
    reviews = may(person, "accept") and not row.gone
    return {
        "shown": told,
        "gone": row.gone,
        "title": named(told.incident.type, TYPES),
        **_charts(told),
        "sources_told": [(entry, source_names(told, entry)) for entry in told.ledger],
        "near": near,
        "places": _places(told.incident, near),
        "history": history_of(incident, person),
        "query": asked.query,
        "corrections": [each for each in told.corrected.items() if not each[0].startswith("figures/")],
        "splitting": _splitting(told),
        "roles": get_args(ActorRole),
        "next": after,
        "next_url": _address(after, request.GET) if after else reverse("inbox") + _tail(request.GET),
        "previous": before,
        "reviews": reviews,
        "edits": has_role(request, "editor"),
        **(_choices() if reviews else {}),
    }


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


@require_POST
def decide(request: HttpRequest, incident: str, act: str) -> HttpResponse:
    """Take a decision; then to the next incident, or to this one as it now is."""
    if act not in _ACTS:
        raise Http404
    person, version = person_of(request), request.POST.get("version", "")
    _before, after = beside(asked_in(request.GET, person.pk), incident)
    try:
        made = _ACTS[act](person, Seen(incident, whole_number(version) or 0), request.POST)
    except (RefusedError, StaleError) as error:
        return _refused(request, incident, version, error)
    _remember(request, made)
    goes_on = act in ("accept", "reject")
    to = after if goes_on else standing_id(incident)
    return _go(request, to, _said_of(act, incident), done={incident: act} if goes_on else {})


@require_POST
def undo(request: HttpRequest, decision: int | None = None) -> HttpResponse:
    """Take back a decision; without its number, the last one of this session that stands."""
    person = person_of(request)
    try:
        number = decision or _last(request)
        deciding.undo(person=person, decision=number)
    except RefusedError as error:
        return _refused(request, "", "", error)
    _forget(request, number)
    taken = Decision.objects.get(pk=number)
    subject = Subject.model_validate_json(taken.subject)
    to = standing_id(subject.incidents[0]) if subject.incidents else None
    said = _("Taken back: %(what)s") % {"what": _said_of(taken.kind, to) if taken.kind in _SAID else taken.kind}
    return _go(request, to, said, done=dict.fromkeys(subject.incidents, ""))


Act = Callable[[Person, Seen, QueryDict], Decision]


def _reason(given: QueryDict) -> str:
    return given.get("reason", "").replace("\x00", "")


def _correct(person: Person, seen: Seen, given: QueryDict) -> Decision:
    row = IncidentRow.objects.filter(pk=seen.incident).first()
    value = Incident.model_validate_json(row.value) if row else None
    field, to = value_in(given, value)
    return deciding.correct(
        person=person, seen=seen, field=field, to=to, evidence=evidence_in(given), reason=_reason(given)
    )


def _merge(person: Person, seen: Seen, given: QueryDict) -> Decision:
    named_too = [one.rpartition("@") for one in given.getlist("with")]
    also = [Seen(id, whole_number(version) or 0) for id, _mark, version in named_too]
    if not also:
        raise RefusedError(_("choose at least one other incident to merge this one with"))
    return deciding.merge(person=person, seen=[seen, *also], reason=_reason(given))


def _split(person: Person, seen: Seen, given: QueryDict) -> Decision:
    claims = [claim for group in given.getlist("claims") for claim in group.split("\n") if claim]
    return deciding.split(person=person, seen=seen, claims=claims, reason=_reason(given))


def _assign(person: Person, seen: Seen, given: QueryDict) -> Decision:
    to = given.get("to", "")
    return deciding.assign(person=person, seen=seen, to=person_named(to) if to else None)


_ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "accept": lambda by, seen, given: deciding.accept(person=by, seen=seen, reason=_reason(given)),
        "reject": lambda by, seen, given: deciding.reject(person=by, seen=seen, reason=_reason(given)),
        "correct": _correct,
        "merge": _merge,
        "split": _split,
        "lock": lambda by, seen, given: deciding.lock(person=by, seen=seen, reason=_reason(given)),
        "unlock": lambda by, seen, given: deciding.unlock(person=by, seen=seen, reason=_reason(given)),
        "assign": _assign,
        "comment": lambda by, seen, given: deciding.comment(person=by, seen=seen, text=_reason(given)),
    }
)
_SAID: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "accept": lambda: _("Accepted"),
        "reject": lambda: _("Rejected"),
        "correct": lambda: _("Corrected"),
        "merge": lambda: _("Merged"),
        "split": lambda: _("Split"),
        "lock": lambda: _("Locked"),
        "unlock": lambda: _("Unlocked"),
        "assign": lambda: _("Assigned"),
        "comment": lambda: _("Comment kept"),
    }
)


def _said_of(act: str, incident: str | None) -> str:
    """What was decided, and where that happened, for who does not see the page change."""
    place = IncidentRow.objects.filter(pk=incident).values_list("place", flat=True).first()
    return f"{_SAID[act]()} · {place}" if place else _SAID[act]()


def _go(request: HttpRequest, to: str | None, said: str, *, done: Mapping[str, str]) -> HttpResponse:
    """Show an incident next, or the inbox where there is none."""
    url = _address(to, request.GET) if to else reverse("inbox") + _tail(request.GET)
    if request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(url)
    told = {"show": {"url": url, "incident": to, "said": said, "done": done}}
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(told)})


def _refused(request: HttpRequest, incident: str, version: str, error: RefusedError | StaleError) -> HttpResponse:
    """Why nothing was decided; where somebody was quicker, what changed and a way to decide on that."""
    is_stale = isinstance(error, StaleError)
    if request.headers.get("HX-Request") != "true":
        raise error
    row = IncidentRow.objects.filter(pk=incident, gone=False).first() if is_stale else None
    seen = whole_number(version)
    told = {
        "said": str(error),
        "stale": is_stale,
        "now": row.version if row else None,
        "last": last_change(incident) if is_stale else None,
        "changes": changes(incident, seen) if row and seen is not None else (),
        "url": _address(incident, request.GET) if row else "",
    }
    return render(request, "desk/incident/answer.html", told, status=409 if is_stale else 422)


def _remember(request: HttpRequest, made: Decision) -> None:
    request.session[_DECIDED] = [*request.session.get(_DECIDED, []), made.pk][-_MOST_REMEMBERED:]


def _forget(request: HttpRequest, decision: int) -> None:
    request.session[_DECIDED] = [number for number in request.session.get(_DECIDED, []) if number != decision]


def _last(request: HttpRequest) -> int:
    decided = request.session.get(_DECIDED, [])
    if not decided:
        raise RefusedError(_("nothing was decided in this session that could be taken back"))
    return int(decided[-1])


def _charts(told: Shown) -> dict[str, object]:
    """The figures on one scale, how the toll went on, and when it was."""
    ranges = [figure.range for figure in told.figures]
    said = [one for figure in told.figures for one in figure.said]
    scale = scale_for([*ranges, *(_range(one.low, one.high) for one in said)])
    bars = [
        (
            figure,
            as_markup(
                range_bar(figure.range, scale, words(), label=_label(figure.outcome, figure.group), sources=figure.said)
            ),
        )
        for figure in told.figures
    ]
    when = told.incident.when
    return {
        "bars": bars,
        "axis": as_markup(scale_axis(scale, words())) if bars else "",
        "tolls": as_markup(toll_lines(told.tolls, words(), title=_("Reported killed, as each source counted")))
        if told.tolls
        else "",
        "days": as_markup(date_span(when.start, when.end, words())) if when else "",
    }


def _range(low: int | None, high: int | None) -> Range:
    return Range(low, None, high)


def _label(outcome: str, group: str) -> str:
    label = named(outcome, OUTCOMES)
    return label if group == "people" else f"{label}: {named(group, GROUPS)}"


def _splitting(told: Shown) -> list[dict[str, object]]:
    """What may leave on its own: what one report tells of one event, with its copies."""
    return [
        {
            "value": "\n".join(one.claims),
            "publisher": one.publisher or one.report,
            "published": one.published,
            "words": " ".join(piece.text for passage in one.passages for piece in passage.pieces if not piece.context)[
                :_SHORT
            ],
        }
        for one in told.claims
    ]


def _places(incident: Incident, near: tuple[Near, ...]) -> dict[str, object]:
    """The place and those of near misses, as GeoJSON."""
    where = incident.where
    found = []
    if where and where.lat is not None and where.lon is not None:
        found.append(_feature(incident.id, where.lat, where.lon, where.name or where.text, where.radius_km, "main"))
    for one in near:
        if one.lat is not None and one.lon is not None:
            found.append(_feature(one.id, one.lat, one.lon, one.place or "", None, "near"))
    return {"type": "FeatureCollection", "features": found}


def _feature(id: str, lat: float, lon: float, name: str, radius_km: float | None, kind: str) -> dict[str, object]:
    told = {"id": id, "name": name, "radius_km": radius_km, "kind": kind}
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": told}


def _choices() -> dict[str, object]:
    """What the forms offer: types, people, and reasons that were given before."""
    reasons: dict[str, dict[str, None]] = {}
    past = Decision.objects.exclude(reason="").order_by("-pk").values_list("kind", "reason")[:_REASONS_LOOKED_AT]
    for kind, reason in past:
        reasons.setdefault(kind, {}).setdefault(reason)
    reviewers = Person.objects.filter(is_active=True).exclude(role="reader")
    return {
        "past": {kind: list(told)[:_MOST_REASONS] for kind, told in reasons.items()},
        "types": TYPES,
        "outcomes": OUTCOMES,
        "groups": GROUPS,
        "targets": TARGETS,
        "damages": get_args(Damage),
        "means": MEANS,
        "people": list(reviewers.order_by("username").values_list("username", flat=True)),
    }


def _address(incident: str | None, given: QueryDict) -> str:
    return reverse("incident", args=[incident]) + _tail(given) if incident else reverse("inbox") + _tail(given)


def _tail(given: QueryDict) -> str:
    """What is asked for, as it stands in the address, without which page of the list it was."""
    query = asked_in(given, 1).query
    return f"?{query}" if query else ""


urls = [
    path("incidents/<str:incident>/", page, name="incident"),
    path("incidents/<str:incident>/pulse/", pulse, name="incident_pulse"),
    path("incidents/<str:incident>/report/<path:report>", beside_it, name="incident_report"),
    path("incidents/<str:incident>/others/", merging, name="incident_others"),
    path("incidents/<str:incident>/apart/<str:other>/", kept_apart, name="incident_apart"),
    path("incidents/<str:incident>/<str:act>/", decide, name="decide"),
    path("undo/", undo, name="undo_last"),
    path("undo/<int:decision>/", undo, name="undo"),
]
