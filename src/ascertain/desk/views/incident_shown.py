"""What the page of an incident shows, alone or beside the inbox."""

from __future__ import annotations

from typing import get_args

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from ascertain.desk.naming import GROUPS, MEANS, OUTCOMES, TARGETS, TYPES, named
from ascertain.desk.pages import has_role, person_of
from ascertain.desk.selectors.history import history_of
from ascertain.desk.selectors.inbox import Inbox, asked_in, beside, beside_in
from ascertain.desk.selectors.incident import Shown, shown, source_names
from ascertain.desk.selectors.nearby import Near, near_misses
from ascertain.desk.showing import as_markup, words
from ascertain.model import Incident
from ascertain.model.claims import ActorRole, Damage
from ascertain.record.models import Decision, IncidentRow, Person
from ascertain.record.roles import may
from ascertain.release.charts import Range, date_span, range_bar, scale_axis, scale_for, toll_lines

_REASONS_LOOKED_AT = 300
_MOST_REASONS = 12
_SHORT = 160


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
        "next_url": address_of(after, request.GET) if after else reverse("inbox") + tail_of(request.GET),
        "previous": before,
        "reviews": reviews,
        "edits": has_role(request, "editor"),
        **(_choices() if reviews else {}),
    }


def address_of(incident: str | None, given: QueryDict) -> str:
    """The address of an incident with what is asked of the inbox, or of the inbox where there is none."""
    return reverse("incident", args=[incident]) + tail_of(given) if incident else reverse("inbox") + tail_of(given)


def tail_of(given: QueryDict) -> str:
    """What is asked for, as it stands in the address, without which page of the list it was."""
    query = asked_in(given, 1).query
    return f"?{query}" if query else ""


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
