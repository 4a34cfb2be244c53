"""Conditions and Negotiations: what reports tell week by week, and round by round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ascertain.desk.naming import SECTORS, STATUSES
from ascertain.desk.selectors.downloads import line_of_csv
from ascertain.desk.selectors.series import (
    Conditions,
    asked_of,
    name_of,
    talks,
    talks_for_file,
    weeks_for_file,
    withheld_of,
)
from ascertain.desk.selectors.series import conditions as conditions_asked
from ascertain.desk.showing import as_markup, words
from ascertain.model import ConditionWeek, IncidentActor, Negotiation, Round
from ascertain.release.charts import RoundTold, condition_weeks, negotiation_rounds

_WEEKS = ("week", "starts", "place", "country", "sector", "words", "worst", "scale", "independent_sources", "claims")
_ROUNDS = ("negotiation", "parties", "mediators", "date", "status", "modality", "independent_sources", "claims")
_MOST_REPORTS = 12


@require_safe
def conditions(request: HttpRequest) -> HttpResponse:
    """What people lacked, week by week: a chart for each sector, and the weeks as a table."""
    found = conditions_asked(asked_of(request.GET))
    shown = {
        "found": found,
        "asked": found.asked,
        "kept_back": withheld_of(found.weeks),
        "sectors": SECTORS,
        "charts": list(_charts(found)),
        "weeks": [{"week": week, "place": name_of(week.place), "links": _links(week.reports)} for week in found.page],
        **_pages(found.asked.page, found.pages, found),
    }
    return render(request, "desk/series/conditions.html", shown)


@require_safe
def conditions_file(request: HttpRequest) -> StreamingHttpResponse:
    """The weeks that are shown, as CSV, without what stays at the desk."""
    return _file("conditions.csv", [_WEEKS, *map(_week, weeks_for_file(asked_of(request.GET)))])


@require_safe
def negotiations(request: HttpRequest) -> HttpResponse:
    """How talks went: each with its rounds."""
    found = talks(asked_of(request.GET))
    shown = {
        "found": found,
        "asked": found.asked,
        "kept_back": withheld_of(found.found),
        "statuses": STATUSES,
        "talks": [_told(one) for one in found.page],
        **_pages(found.asked.page, found.pages, found),
    }
    return render(request, "desk/series/negotiations.html", shown)


@require_safe
def negotiations_file(request: HttpRequest) -> StreamingHttpResponse:
    """The rounds of the talks that are shown, as CSV: a line for each state that is told of a day."""
    found = talks_for_file(asked_of(request.GET))
    return _file("negotiations.csv", [_ROUNDS, *(row for one in found for row in _rounds(one))])


def _pages(page: int, pages: int, found: Any) -> dict[str, Any]:
    page = min(page, pages)
    return {
        "page": page,
        "pages": pages,
        "earlier": found.asked.on_page(page - 1).query,
        "later": found.asked.on_page(page + 1).query,
    }


def _charts(found: Conditions) -> Iterator[dict[str, Any]]:
    for sector, rows, others in found.by_sector:
        title = _("%(sector)s: what was reported week by week, by place") % {"sector": SECTORS[sector]}
        named = [row if row.name else type(row)(_("place not known"), row.cells) for row in rows]
        svg = condition_weeks(named, words(), title=title, days=found.days)
        yield {"sector": sector, "title": title, "chart": as_markup(svg), "others": others}


def _links(reports: Iterable[str]) -> dict[str, Any]:
    """The first reports with the addresses of their pages, and how many more there are."""
    every = tuple(reports)
    return {"shown": [(report, _link(report)) for report in every[:_MOST_REPORTS]], "more": len(every) - _MOST_REPORTS}


def _link(report: str) -> str:
    try:
        return reverse("report", args=[report])
    except NoReverseMatch:
        return ""


def _told(one: Negotiation) -> dict[str, Any]:
    """Talks as the page shows them."""
    parties = _names(one.parties)
    title = _("Talks of %(parties)s") % {"parties": ", ".join(parties)} if parties else _("Talks, parties not told")
    dots = [
        RoundTold(each.date, status.status, status.modality, status.sources)
        for each in one.rounds
        if each.date
        for status in each.statuses
    ]
    return {
        "talks": one,
        "title": title,
        "mediators": _names(one.mediators),
        "issues": one.issues[:_MOST_REPORTS],
        "chart": as_markup(negotiation_rounds(dots, words(), title=title)) if dots else "",
        "rounds": [_round(each) for each in one.rounds],
        "links": _links(one.reports),
    }


def _names(actors: Iterable[IncidentActor]) -> list[str]:
    return list(dict.fromkeys(actor.name or actor.text for actor in actors))


def _round(each: Round) -> dict[str, Any]:
    reports = dict.fromkeys(told.claim.rpartition("/")[0] for told in each.claims)
    return {"round": each, "places": [name_of(place) for place in each.places], "links": _links(reports)}


def _week(week: ConditionWeek) -> tuple[object, ...]:
    place = week.place
    return (
        week.week,
        week.starts,
        name_of(place),
        place.country if place else None,
        week.sector,
        "; ".join(week.severities),
        week.worst,
        week.scale,
        week.sources,
        " ".join(told.claim for told in week.claims),
    )


def _rounds(one: Negotiation) -> Iterator[tuple[object, ...]]:
    parties, mediators = "; ".join(_names(one.parties)), "; ".join(_names(one.mediators))
    for each in one.rounds:
        for status in each.statuses:
            told = status.status, status.modality, status.sources, " ".join(status.claims)
            yield one.id, parties, mediators, each.date, *told
        if not each.statuses:
            yield one.id, parties, mediators, each.date, None, None, None, " ".join(c.claim for c in each.claims)


def _file(name: str, rows: Iterable[Iterable[object]]) -> StreamingHttpResponse:
    response = StreamingHttpResponse(map(line_of_csv, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


urls = [
    path("conditions/", conditions, name="conditions"),
    path("conditions/weeks.csv", conditions_file, name="conditions_file"),
    path("negotiations/", negotiations, name="negotiations"),
    path("negotiations/rounds.csv", negotiations_file, name="negotiations_file"),
]
