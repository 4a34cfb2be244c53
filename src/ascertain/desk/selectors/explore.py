"""Explore: what the chosen incidents come to – in all, over time, by place – and a page of them as a table."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, F, OrderBy, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, Concat

from ascertain.desk.naming import GROUPS, named
from ascertain.desk.selectors.counting import SUMS, ByDays, Day, Tally, bounds, by_days, chosen, sums
from ascertain.desk.selectors.filters import Filters
from ascertain.desk.selectors.kept import kept
from ascertain.desk.showing import area
from ascertain.record.models import FigureRow, IncidentRow, TraitRow
from ascertain.record.models.found_by import PARTY
from ascertain.release.charts import Bucket, Panel, Range, Step, buckets_between, start_of, step_for

A_PAGE = 50
_PANELS = 8
_SUGGESTED = 20
_MOST_BUCKETS = 400
_COLUMNS = (
    "pk", "type", "start", "end", "country", "admin1", "place", "lat", "lon", "grading", "sources", "status",
)  # fmt: skip
_COLUMN_OF = {PARTY: "traits__value", "admin1": "division"}
_TELL: Mapping[str, Callable[[str], str]] = {
    "type": named,
    "group": named,
    "country": lambda code: area(code, None),
    "admin1": lambda code: area(*code.split(".", 1)),
}


@dataclass(frozen=True, slots=True)
class Over:
    """Harm over time: a bucket for each stretch of days, and what stands in none of them: incidents whose day is less
    exact than a bucket (`wide`), and those without one (`undated`)."""

    step: Step
    buckets: tuple[Bucket, ...]
    wide: Tally
    undated: Tally


@dataclass(frozen=True, slots=True)
class Listed:
    """An incident in a table, with the range of those whom the filters count."""

    id: str
    type: str
    start: Day
    end: Day
    country: str | None
    admin1: str | None
    place: str | None
    lat: float | None
    lon: float | None
    grading: str
    sources: int
    status: str
    range: Range


@dataclass(frozen=True, slots=True)
class Explored:
    """What a page shows of a selection; `pages` counts those of the table."""

    filters: Filters
    all: Tally
    over: Over
    rows: tuple[Listed, ...]
    pages: int


def explored(filters: Filters) -> Explored:
    """The chosen incidents in all, over time, and a page of the table; two queries."""
    whole, over = _counted(replace(filters, page=1, sort="", by=""))
    pages = max(1, -(-whole.incidents // A_PAGE))
    filters = filters if filters.page <= pages else filters.on_page(pages)
    return Explored(filters, whole, over, table(filters), pages)


@kept(64)
def _counted(filters: Filters) -> tuple[Tally, Over]:
    days = by_days(filters)
    return _added(days.values()), over_time(days, filters.step)


def _added(tallies: Iterable[Tally]) -> Tally:
    whole = Tally()
    for tally in tallies:
        whole.add(tally)
    return whole


def over_time(days: ByDays, step: Step | None) -> Over:
    """Incidents by days put into buckets, each in the one that holds all its possible days."""
    dated = {(start or end, end or start): tally for (start, end), tally in days.items() if start and end}
    undated = _added(tally for (start, end), tally in days.items() if not (start and end))
    if not dated:
        return Over(step or "month", (), Tally(), undated)
    first, last = min(start for start, _ in dated if start), max(end for _, end in dated if end)
    step = step or step_for(first, last)
    found: dict[dt.date, list[Tally]] = defaultdict(list)
    wide: list[Tally] = []
    for (start, end), tally in dated.items():
        if start and end:
            held = start_of(start, step)
            (found[held] if held == start_of(end, step) else wide).append(tally)
    return Over(step, _buckets(found, step), _added(wide), undated)


def _buckets(found: Mapping[dt.date, Sequence[Tally]], step: Step) -> tuple[Bucket, ...]:
    """A bucket for each stretch from the first to the last that is told of; at most some hundred, the last ones."""
    if not found:
        return ()
    made = []
    for start, end in list(buckets_between(min(found), max(found), step))[-_MOST_BUCKETS:]:
        tally = _added(found.get(start, ()))
        made.append(Bucket(start, end, tally.range, tally.incidents))
    return tuple(made)


def table(filters: Filters) -> tuple[Listed, ...]:
    """A page of the chosen incidents, in the order asked for."""
    first = (filters.page - 1) * A_PAGE
    return tuple(listed(filters, ordered(filters)[first : first + A_PAGE]))


def ordered(filters: Filters) -> QuerySet[IncidentRow]:
    """The chosen incidents in the order asked for; what is unknown stands last."""
    name = filters.sort.removeprefix("-")
    low, best, high = (bounds(filters)[bound] for bound in ("low", "best", "high"))
    by = Coalesce(F(best), F(low), F(high)) if name == "killed" else F(name)
    down = filters.sort.startswith("-")
    return chosen(filters).order_by(OrderBy(by, descending=down, nulls_last=True), "-pk" if down else "pk")


def listed(filters: Filters, rows: QuerySet[IncidentRow]) -> Iterable[Listed]:
    """Rows of the database as a table shows them."""
    names = [bounds(filters)[bound] for bound in ("low", "best", "high")]
    for row in rows.values_list(*_COLUMNS, *names):
        values, (low, best, high) = row[: len(_COLUMNS)], row[len(_COLUMNS) :]
        yield Listed(*values, Range(low, best, high))  # type: ignore[call-arg]


def panels(filters: Filters) -> tuple[Panel, ...]:
    """Harm over time by what the filters ask (place, group, type, …): the most told of, over the same buckets."""
    tell = _TELL.get(filters.by, str)
    return tuple(Panel(tell(name), buckets) for name, buckets in _panels(filters))


@kept(64)
def _panels(filters: Filters) -> tuple[tuple[str, tuple[Bucket, ...]], ...]:
    """The same by codes, which no language has told yet."""
    found = _by_group(filters) if filters.by == "group" else _by_column(filters)
    days: dict[tuple[Day, Day], Tally] = {}
    for each in found.values():
        for key, tally in each.items():
            days.setdefault(key, Tally()).add(tally)
    step = over_time(days, filters.step).step
    return tuple((name, over_time(each, step).buckets) for name, each in found.items())


def _by_column(filters: Filters) -> Mapping[str, ByDays]:
    """By a column of incidents, or by party; the names in the order of how many incidents they have."""
    column = _COLUMN_OF.get(filters.by, filters.by)
    rows = chosen(filters).order_by()
    if filters.by == "admin1":  # its codes are those of its country
        rows = rows.exclude(admin1=None).annotate(
            division=Concat("country", Value("."), "admin1", output_field=TextField())
        )
    rows = rows.filter(traits__kind=PARTY) if filters.by == PARTY else rows.exclude(**{f"{column}__isnull": True})
    most = rows.values(column).annotate(incidents=Count("pk")).order_by("-incidents", column)[:_PANELS]
    names = [row[column] for row in most]
    found: dict[str, dict[tuple[Day, Day], Tally]] = {name: {} for name in names}
    counted = rows.filter(**{f"{column}__in": names}).values(column, "start", "end").annotate(**sums(filters))
    for name, start, end, *row in counted.values_list(column, "start", "end", *SUMS):
        found[name].setdefault((start, end), Tally()).add(Tally.of(row))
    return found


def _by_group(filters: Filters) -> Mapping[str, ByDays]:
    """By group of people, as far as somebody counted it; groups overlap, so they are never added up."""
    told = FigureRow.objects.filter(outcome=filters.outcome, incident__in=chosen(filters).values("pk"))
    groups = [group for group in GROUPS if group in set(told.values_list("group", flat=True).distinct())]
    return {group: by_days(_counting(filters, group)) for group in groups}


def _counting(filters: Filters, group: str) -> Filters:
    return replace(filters, group=group)


def suggested(kind: str, text: str) -> tuple[str, ...]:
    """Names of countries, places, parties or sources that hold the text, the most frequent first."""
    if kind in ("country", "place"):
        rows = IncidentRow.objects.filter(gone=False, **{f"{kind}__icontains": text}).order_by()
        names = rows.values(kind).annotate(incidents=Count("pk")).order_by("-incidents", kind)
        return tuple(row[kind] or "" for row in names[:_SUGGESTED])
    traits = TraitRow.objects.filter(kind=kind, value__icontains=text).order_by()
    values = traits.values("value").annotate(incidents=Count("pk")).order_by("-incidents", "value")
    return tuple(row["value"] for row in values[:_SUGGESTED])
