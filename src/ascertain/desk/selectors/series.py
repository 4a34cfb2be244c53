"""Conditions and negotiations as series, and what of them is asked for."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import get_args
from urllib.parse import urlencode

from django.http import QueryDict

from ascertain.desk.selectors.whole_series import all_conditions, all_talks, given_conditions, given_talks
from ascertain.desk.selectors.withheld import withheld_reports
from ascertain.incidents.series.severity import step_of
from ascertain.model import ConditionWeek, Negotiation, NegotiationStatus, Sector, SeriesPlace
from ascertain.places.tables import countries
from ascertain.release.charts import ConditionCell, ConditionRow, Days
from ascertain.release.charts.scales import moved

A_PAGE = 100
TALKS_A_PAGE = 10
PLACES_A_CHART = 8
_FIRST_SHOWN = dt.timedelta(weeks=25)
_WEEK = dt.timedelta(days=6)
_LONGEST = 200
_IN_ADDRESS = {"words": "q", "first": "from", "last": "to"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a series is shown; empty is all. `words` are looked for in names of places, parties and issues."""

    words: str = ""
    sector: str = ""
    status: str = ""
    country: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    page: int = 1

    @property
    def query(self) -> str:
        """The part of an address after the question mark.

        >>> Asked(sector="food", first=dt.date(2024, 5, 6)).query
        'sector=food&from=2024-05-06'
        """
        told = ((field.name, getattr(self, field.name)) for field in fields(self))
        default = Asked()
        return urlencode(
            [(_IN_ADDRESS.get(name, name), value) for name, value in told if value != getattr(default, name)]
        )

    @property
    def shared(self) -> str:
        """As `query`, without which page is shown."""
        return replace(self, page=1).query

    def on_page(self, page: int) -> Asked:
        """Another page of the same."""
        return replace(self, page=page)


def asked_of(given: QueryDict) -> Asked:
    """What an address asks for; what cannot be followed is left out."""
    page = given.get("page", "")
    return Asked(
        words=given.get("q", "").strip()[:_LONGEST],
        sector=next((code for code in get_args(Sector) if code == given.get("sector")), ""),
        status=next((code for code in get_args(NegotiationStatus) if code == given.get("status")), ""),
        country=given.get("country", "")[:2].upper(),
        first=_day(given.get("from", "")),
        last=_day(given.get("to", "")),
        page=max(1, int(page)) if page.isdecimal() and len(page) < 6 else 1,
    )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Conditions:
    """The weeks that are shown: by sector for charts, the newest first for the table. `undated` counts weeks whose time
    no report tells; `countries` are those of the whole series."""

    asked: Asked
    days: Days | None
    by_sector: tuple[tuple[str, tuple[ConditionRow, ...], int], ...]
    weeks: tuple[ConditionWeek, ...]
    undated: int
    countries: tuple[str, ...]

    @property
    def pages(self) -> int:
        """How many pages the table has."""
        return max(1, -(-len(self.weeks) // A_PAGE))

    @property
    def page(self) -> tuple[ConditionWeek, ...]:
        """The weeks on the page of the table that is asked for."""
        first = (min(self.asked.page, self.pages) - 1) * A_PAGE
        return self.weeks[first : first + A_PAGE]


def conditions(asked: Asked) -> Conditions:
    """The weeks that are asked for; without a first day, the last half year that anything is told of."""
    return _conditions(asked, all_conditions())


def weeks_for_file(asked: Asked) -> tuple[ConditionWeek, ...]:
    """The weeks of the same days, without what stays at the desk."""
    return _conditions(conditions(asked).asked, given_conditions()).weeks


def _conditions(asked: Asked, everything: Sequence[ConditionWeek]) -> Conditions:
    fitting = [week for week in everything if _fits(week, asked)]
    told = [week.starts for week in fitting if week.starts]
    if asked.first is None and asked.last is None and told:
        asked = replace(asked, first=moved(max(told), -_FIRST_SHOWN))
        fitting = [week for week in fitting if _fits(week, asked)]
    dated = [week for week in fitting if week.starts]
    starts = [week.starts for week in dated if week.starts]
    return Conditions(
        asked,
        Days(min(starts), moved(max(starts), _WEEK)) if starts else None,
        tuple(_charts(dated)),
        tuple(sorted(fitting, key=lambda week: week.starts or dt.date.min, reverse=True)),
        len(fitting) - len(dated),
        tuple(sorted({week.place.country for week in everything if week.place and week.place.country})),
    )


def _fits(week: ConditionWeek, asked: Asked) -> bool:
    start = week.starts
    if start and asked.first and moved(start, _WEEK) < asked.first:
        return False
    if start and asked.last and start > asked.last:
        return False
    return (
        (not asked.sector or week.sector == asked.sector)
        and (not asked.country or asked.country == (week.place.country if week.place else None))
        and (not asked.words or asked.words.casefold() in name_of(week.place).casefold())
    )


def withheld_of(found: Iterable[ConditionWeek] | Iterable[Negotiation]) -> int:
    """How many reports that tell of these are in no file."""
    marked = withheld_reports()
    return len(marked.intersection(report for one in found for report in one.reports)) if marked else 0


def name_of(place: SeriesPlace | None) -> str:
    """A place as pages name it, empty where no report tells one."""
    if place is None:
        return ""
    country = country_names().get(place.country or "", place.country)
    return place.name or place.text or ", ".join(part for part in (country, place.admin1) if part)


@cache
def country_names() -> dict[str, str]:
    """The names of countries by their codes (ISO 3166-1 alpha-2)."""
    return {country.code: country.name for country in countries()}


def _charts(weeks: Iterable[ConditionWeek]) -> Iterator[tuple[str, tuple[ConditionRow, ...], int]]:
    """For each sector its rows, one a place, those told of in most weeks first; and how many places are left out."""
    by_sector: dict[Sector, dict[str, list[ConditionWeek]]] = defaultdict(lambda: defaultdict(list))
    for week in weeks:
        by_sector[week.sector][name_of(week.place)].append(week)
    for sector in get_args(Sector):
        places = sorted(by_sector[sector].items(), key=lambda each: (not each[0], -len(each[1]), each[0]))
        if places:
            rows = tuple(ConditionRow(name, _cells(told)) for name, told in places[:PLACES_A_CHART])
            yield sector, rows, len(places) - len(rows)


def _cells(weeks: Sequence[ConditionWeek]) -> tuple[ConditionCell, ...]:
    """A cell for each week; where several places share a name, the worst of them."""
    found: dict[dt.date, ConditionCell] = {}
    for week in weeks:
        cell = _cell(week)
        if cell and (cell.starts not in found or (cell.step or 0) > (found[cell.starts].step or 0)):
            found[cell.starts] = cell
    return tuple(found[start] for start in sorted(found))


def _cell(week: ConditionWeek) -> ConditionCell | None:
    if week.starts is None:
        return None
    step, steps = (step_of(week.worst, week.sector) if week.worst else None) or (None, 5)
    return ConditionCell(week.starts, ", ".join(week.severities), step, steps, week.sources)


@dataclass(frozen=True, slots=True)
class Talks:
    """The negotiations that are asked for, those told of last first, of which a page is shown."""

    asked: Asked
    found: tuple[Negotiation, ...]

    @property
    def pages(self) -> int:
        """How many pages they fill."""
        return max(1, -(-len(self.found) // TALKS_A_PAGE))

    @property
    def page(self) -> tuple[Negotiation, ...]:
        """Those on the page that is asked for."""
        first = (min(self.asked.page, self.pages) - 1) * TALKS_A_PAGE
        return self.found[first : first + TALKS_A_PAGE]


def talks(asked: Asked) -> Talks:
    """The negotiations that are asked for."""
    return _talks(asked, all_talks())


def talks_for_file(asked: Asked) -> tuple[Negotiation, ...]:
    """The negotiations that are asked for, without what stays at the desk."""
    return _talks(asked, given_talks()).found


def _talks(asked: Asked, everything: Iterable[Negotiation]) -> Talks:
    fitting = [one for one in everything if _is_asked(one, asked)]
    return Talks(asked, tuple(sorted(fitting, key=lambda one: one.end or dt.date.min, reverse=True)))


def _is_asked(one: Negotiation, asked: Asked) -> bool:
    if asked.first and one.end and one.end < asked.first:
        return False
    if asked.last and one.start and one.start > asked.last:
        return False
    if asked.status and one.status != asked.status:
        return False
    names = (*(actor.name or actor.text for actor in (*one.parties, *one.mediators)), *(i.text for i in one.issues))
    return not asked.words or any(asked.words.casefold() in name.casefold() for name in names)
