"""Counting incidents and those who were harmed in them: sums as ranges, made in the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, F, FilteredRelation, IntegerField, Q, QuerySet, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from ascertain.desk.selectors.filters import Filters
from ascertain.record.models import IncidentRow
from ascertain.record.models.found_by import PARTY, SOURCE
from ascertain.record.models.incidents import REJECTED
from ascertain.record.selectors.finding import with_words
from ascertain.release.charts import Range

_KILLED = {"low": "killed_low", "best": "killed_best", "high": "killed_high"}
_COUNTED = {bound: f"counted__{bound}" for bound in _KILLED}
# Django writes `gone=False` as NOT gone, which no index of SQLite serves.
_STANDING = (False,)
SUMS = ("incidents", "told", "low", "top", "bests", "best", "open", "sensitive")


def chosen(filters: Filters) -> QuerySet[IncidentRow]:
    """The incidents that the filters let through; those that people rejected are never shown."""
    rows = IncidentRow.objects.filter(gone__in=_STANDING).exclude(status=REJECTED)
    for name in ("type", "grading", "country"):
        if wanted := getattr(filters, name):
            rows = rows.filter(**{f"{name}__in": wanted})
    if filters.place:
        rows = rows.filter(Q(place__in=filters.place) | Q(admin1__in=filters.place))
    for kind, wanted in ((PARTY, filters.party), (SOURCE, filters.source)):
        if wanted:
            rows = rows.filter(pk__in=_with_trait(kind, wanted))
    if filters.group != "people" or filters.outcome != "killed":
        rows = rows.annotate(counted=_figure(filters))
    return with_words(_within(rows, filters), filters.words)


def _with_trait(kind: str, wanted: Iterable[str]) -> QuerySet[IncidentRow, str]:
    traits = Q(traits__kind=kind, traits__value__in=list(wanted))
    return IncidentRow.objects.filter(traits).values_list("pk", flat=True)


def _figure(filters: Filters) -> FilteredRelation:
    condition = Q(figures__outcome=filters.outcome, figures__group=filters.group)
    return FilteredRelation("figures", condition=condition)


def _within(rows: QuerySet[IncidentRow], filters: Filters) -> QuerySet[IncidentRow]:
    """Those that may have been within the days, and that are within the part of the map."""
    if filters.first:
        rows = rows.filter(Q(end__gte=filters.first) | Q(end=None, start__gte=filters.first))
    if filters.last:
        rows = rows.filter(Q(start__lte=filters.last) | Q(start=None, end__lte=filters.last))
    box = filters.box
    if box is None:
        return rows
    rows = rows.filter(lat__gte=box.south, lat__lte=box.north)
    if box.west <= box.east:
        return rows.filter(lon__gte=box.west, lon__lte=box.east)
    return rows.filter(Q(lon__gte=box.west) | Q(lon__lte=box.east))


def bounds(filters: Filters) -> Mapping[str, str]:
    """Where `chosen` rows have the low, best and high number of those whom the filters count."""
    return _KILLED if (filters.outcome, filters.group) == ("killed", "people") else _COUNTED


def sums(filters: Filters) -> dict[str, Combinable]:
    """What the database adds up of `chosen` rows; `Tally.of` reads it, in the order of `SUMS`."""
    low, best, high = (bounds(filters)[bound] for bound in ("low", "best", "high"))
    told = Q(**{f"{low}__isnull": False}) | Q(**{f"{best}__isnull": False}) | Q(**{f"{high}__isnull": False})
    return {
        "incidents": Count("*"),
        "told": Count(Value(1), filter=told),
        "low": Sum(Coalesce(F(low), 0, output_field=IntegerField())),
        "top": Sum(Coalesce(F(high), F(best), F(low), 0, output_field=IntegerField())),
        "bests": Count(best),
        "best": Sum(Coalesce(F(best), 0, output_field=IntegerField())),
        "open": Count(Value(1), filter=told & Q(**{f"{high}__isnull": True})),
        "sensitive": Count(Value(1), filter=~Q(sensitivity="")),
    }


@dataclass(slots=True)
class Tally:
    """Incidents counted: how many, how many of them give a number, the sums of their bounds, how many have an open end,
    and how many are marked as sensitive."""

    incidents: int = 0
    told: int = 0
    low: int = 0
    top: int = 0
    bests: int = 0
    best: int = 0
    open: int = 0
    sensitive: int = 0

    @classmethod
    def of(cls, row: Iterable[int | None]) -> Tally:
        """A row of the database's sums, in the order of `SUMS`."""
        return cls(*(value or 0 for value in row))

    def add(self, other: Tally) -> None:
        """Take in what is counted of other incidents."""
        self.incidents += other.incidents
        self.told += other.told
        self.low += other.low
        self.top += other.top
        self.bests += other.bests
        self.best += other.best
        self.open += other.open
        self.sensitive += other.sensitive

    @property
    def range(self) -> Range:
        """The sum of those who give a number, as a range; unknown where none does.

        >>> Tally.of((3, 2, 15, 19, 2, 17, 1, 0)).range
        Range(low=15, best=17, high=19, open=True, unknown=0)
        """
        if not self.told:
            return Range()
        best = self.best if self.bests == self.told else None
        endless = bool(self.open) and self.top == self.low
        return Range(self.low, best, None if endless else self.top, bool(self.open) and not endless)

    @property
    def untold(self) -> int:
        """How many incidents give no number of those who are counted: they are in no sum."""
        return self.incidents - self.told


Day = dt.date | None
ByDays = Mapping[tuple[Day, Day], Tally]


def by_days(filters: Filters) -> ByDays:
    """The chosen incidents counted by their first and last possible day."""
    rows = chosen(filters).order_by().values_list("start", "end")
    counted = rows.annotate(**sums(filters)).values_list("start", "end", *SUMS)
    return {(start, end): Tally.of(row) for start, end, *row in counted}
