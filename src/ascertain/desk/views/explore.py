"""Explore: map and timeline that filter each other, sums as ranges, and the table of what is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ascertain.desk.naming import GRADINGS, GROUPS, OUTCOMES, TYPES, named
from ascertain.desk.selectors.counting import Tally
from ascertain.desk.selectors.downloads import as_csv, as_geojson
from ascertain.desk.selectors.explore import Explored, Listed, Over, explored, panels, suggested
from ascertain.desk.selectors.filters import BY, Filters, filters_of
from ascertain.desk.selectors.mapped import Cell, Disc, on_map
from ascertain.desk.selectors.series import country_names
from ascertain.desk.showing import area, as_markup, small_bars, told, told_or_not, words
from ascertain.release.charts import Step, scale_for, small_multiples, timeline
from ascertain.release.charts.scales import STEPS

_GEOJSON = "application/geo+json"
_CHIPS: Mapping[str, Callable[[str], str]] = {"type": named, "grading": named, "country": lambda code: area(code, None)}


@require_safe
def explore(request: HttpRequest) -> HttpResponse:
    """The page, or the part of it that a change of the filters swaps."""
    found = explored(filters_of(request.GET))
    if request.headers.get("HX-Request") == "true" and request.headers.get("HX-Target") == "explored":
        return render(request, "desk/explore/explored.html", _shown(found))
    return render(request, "desk/explore/page.html", {**_shown(found), **_asked(found.filters)})


@require_safe
def multiples(request: HttpRequest) -> HttpResponse:
    """Small multiples of the selection: a part of the page, which comes after the rest."""
    filters = filters_of(request.GET)
    title = _("%(people)s, as reported, by %(what)s: range over sources") % {
        "people": _people(filters),
        "what": _by_names()[filters.by],
    }
    shown = panels(filters)
    chart = as_markup(small_multiples(shown, words(), title=title)) if shown else ""
    return render(request, "desk/explore/multiples.html", {"title": title, "chart": chart, "filters": filters})


@require_safe
def points(request: HttpRequest) -> JsonResponse:
    """The selection for the map: discs, or where they are many, counts by cell."""
    filters = replace(filters_of(request.GET), page=1)
    features = [_disc(one) if isinstance(one, Disc) else _cell(one) for one in on_map(filters)]
    collection = {"type": "FeatureCollection", "features": features}
    return JsonResponse(collection, content_type=_GEOJSON, json_dumps_params={"ensure_ascii": False})


@require_safe
def download(request: HttpRequest, form: str) -> StreamingHttpResponse:
    """The selection as a file; `form` is `csv` or `geojson`."""
    filters = filters_of(request.GET)
    if form not in ("csv", "geojson"):
        raise Http404(form)
    if form == "csv":
        response = StreamingHttpResponse(as_csv(filters), content_type="text/csv; charset=utf-8")
    else:
        response = StreamingHttpResponse(as_geojson(filters), content_type=_GEOJSON)
    response.headers["Content-Disposition"] = f'attachment; filename="incidents.{form}"'
    return response


@require_safe
def suggestions(request: HttpRequest, kind: str) -> HttpResponse:
    """Names that hold what is being typed, as options of a field."""
    if kind not in ("country", "place", "party", "source"):
        raise Http404(kind)
    names = suggested(kind, request.GET.get(kind, "")[:100].replace("\x00", ""))
    titles = country_names() if kind == "country" else {}
    told_names = [(name, titles.get(name, "")) for name in names]
    return render(request, "desk/explore/suggestions.html", {"names": told_names})


def _shown(found: Explored) -> dict[str, Any]:
    """What the template of a selection shows."""
    filters = found.filters
    scale = scale_for(row.range for row in found.rows)
    bars = small_bars((row.range for row in found.rows), scale)
    return {
        "found": found,
        "filters": filters,
        "people": _people(filters),
        "total": told_or_not(found.all.range),
        "untold": found.all.untold,
        "kept_back": found.all.sensitive,
        "timeline": as_markup(
            timeline(found.over.buckets, found.over.step, words(), title=_title(found.over, filters))
        ),
        "timeline_title": _title(found.over, filters),
        "beside": _beside(found.over),
        "steps": [(step, _step_names()[step]) for step in STEPS],
        "by_names": _by_names(),
        "rows": [_row(row, bar) for row, bar in zip(found.rows, bars, strict=True)],
        "columns": _columns(filters),
        "chips": _chips(filters),
        "earlier": filters.on_page(filters.page - 1).query,
        "later": filters.on_page(filters.page + 1).query,
        "unboxed": replace(filters, box=None).shared,
        "outcomes": OUTCOMES,
        "groups": GROUPS,
    }


def _asked(filters: Filters) -> dict[str, Any]:
    """What the form of the filters shows besides."""
    return {
        "types": TYPES,
        "gradings": GRADINGS,
        "typed": [
            (name, title, values[0] if values else "", values[1:])
            for name, title, values in (
                ("country", _("Country"), filters.country),
                ("place", _("Place"), filters.place),
                ("party", _("Party"), filters.party),
                ("source", _("Source"), filters.source),
            )
        ],
    }


def _people(filters: Filters) -> str:
    """Who is counted: "Killed", or "Killed: children"."""
    if filters.group == "people":
        return str(OUTCOMES[filters.outcome])
    return _("%(outcome)s: %(group)s") % {"outcome": OUTCOMES[filters.outcome], "group": GROUPS[filters.group]}


def _title(over: Over, filters: Filters) -> str:
    per = {"day": _("per day"), "week": _("per week"), "month": _("per month"), "year": _("per year")}
    told_of = {"people": _people(filters), "per": per[over.step]}
    return _("%(people)s, as reported, %(per)s: range over sources") % told_of


def _beside(over: Over) -> list[str]:
    """What stands in no bar of the timeline."""
    told_of = (
        (over.wide, _("Incidents whose day is less exact than a bar, and that stand in none: %(count)s (%(range)s).")),
        (over.undated, _("Incidents without a day, which stand in no bar: %(count)s (%(range)s).")),
    )
    return [text % _counted(tally) for tally, text in told_of if tally.incidents]


def _counted(tally: Tally) -> dict[str, object]:
    return {"count": f"{tally.incidents:,}", "range": told_or_not(tally.range)}


def _step_names() -> dict[Step, str]:
    return {"day": _("Days"), "week": _("Weeks"), "month": _("Months"), "year": _("Years")}


def _by_names() -> dict[str, str]:
    names = (_("place"), _("first division"), _("country"), _("group"), _("type"), _("party"))
    return dict(zip(BY, names, strict=True))


def _columns(filters: Filters) -> list[dict[str, str]]:
    """The columns of the table: where a click on each leads, and how it is sorted now."""
    titles = (
        ("type", _("What")),
        ("start", _("When")),
        ("place", _("Where")),
        ("killed", _people(filters)),
        ("grading", _("Grading")),
        ("sources", _("Sources")),
    )
    return [_column(filters, name, title) for name, title in titles]


def _column(filters: Filters, name: str, title: str) -> dict[str, str]:
    now = {name: "ascending", f"-{name}": "descending"}.get(filters.sort, "none")
    first, other = (f"-{name}", name) if name in ("start", "killed", "sources") else (name, name)
    to = other if filters.sort == first else first
    return {"title": title, "sorted": now, "query": filters.sorted_by(to).query}


def _row(row: Listed, bar: str) -> dict[str, Any]:
    return {"row": row, "bar": bar, "told": told_or_not(row.range), "link": _link(row.id)}


def _link(incident: str) -> str:
    """The address of an incident's page."""
    try:
        return reverse("incident", args=[incident])
    except NoReverseMatch:
        return ""


def _chips(filters: Filters) -> list[tuple[str, str]]:
    """The filters that are set, each with the query without it."""
    chips = [(f"“{filters.words}”", replace(filters, words=""))] if filters.words else []
    for field in ("type", "grading", "country", "place", "party", "source"):
        values = getattr(filters, field)
        for value in values:
            left = tuple(other for other in values if other != value)
            shown = _CHIPS.get(field, str)(value)
            chips.append((shown, replace(filters, **{field: left})))  # type: ignore[arg-type]
    if filters.first or filters.last:
        days = _("%(first)s to %(last)s") % {"first": filters.first or "…", "last": filters.last or "…"}
        chips.append((days, replace(filters, first=None, last=None)))
    if filters.box:
        chips.append((_("Part of the map"), replace(filters, box=None)))
    return [(text, without.shared) for text, without in chips]


def _disc(disc: Disc) -> dict[str, Any]:
    row = disc.incident
    when = f"{row.start or '?'}" if row.start == row.end else f"{row.start or '?'} – {row.end or '?'}"
    return {
        "type": "Feature",
        "id": row.id,
        "geometry": {"type": "Point", "coordinates": [row.lon, row.lat]},
        "properties": {
            "id": row.id,
            "name": told(row.range) if not row.range.is_unknown else named(row.type),
            "radius_km": disc.radius_km,
            "precision": disc.precision,
            "said": f"{named(row.type)}, {row.place or ''}, {when}: {told_or_not(row.range)}",
            "href": _link(row.id),
        },
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": f"{cell.lat:.4f},{cell.lon:.4f}",
        "geometry": {"type": "Point", "coordinates": [round(cell.lon, 4), round(cell.lat, 4)]},
        "properties": {
            "id": f"{cell.lat:.4f},{cell.lon:.4f}",
            "name": f"{cell.incidents:,}",
            "incidents": cell.incidents,
            "said": _("Incidents here: %(count)s (%(range)s)")
            % {"count": f"{cell.incidents:,}", "range": told_or_not(cell.range)},
            "around": str(cell.around),
        },
    }


urls = [
    path("explore/", explore, name="explore"),
    path("explore/multiples/", multiples, name="explore_multiples"),
    path("explore/points.geojson", points, name="explore_points"),
    path("explore/incidents.<str:form>", download, name="explore_download"),
    path("explore/suggestions/<str:kind>/", suggestions, name="explore_suggestions"),
]
