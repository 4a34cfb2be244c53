"""Explore's map: the chosen incidents, each as a disc of its radius; where they are many, counted by cells."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, F, IntegerField, Max, Min
from django.db.models.functions import Cast

from ascertain.desk.selectors.counting import SUMS, Tally, chosen, sums
from ascertain.desk.selectors.explore import Listed, listed
from ascertain.desk.selectors.filters import Box, Filters
from ascertain.desk.selectors.kept import kept
from ascertain.record.models import IncidentRow
from ascertain.release.charts import Range

MOST_DISCS = 1500
_CELLS_ACROSS = 48
_FINEST = 1 / 256


@dataclass(frozen=True, slots=True)
class Disc:
    """An incident on the map, with how far off the true place may be, in kilometres, and how exactly it is known."""

    incident: Listed
    radius_km: float | None
    precision: str | None


@dataclass(frozen=True, slots=True)
class Cell:
    """Incidents near each other: how many, and their harm; the position is their middle, `around` the whole cell."""

    lat: float
    lon: float
    incidents: int
    range: Range
    around: Box


@kept(16)
def on_map(filters: Filters) -> tuple[Disc, ...] | tuple[Cell, ...]:
    """The chosen incidents that have a position: discs where they are some, cells where they are many."""
    placed = chosen(filters).exclude(lat=None).exclude(lon=None)
    rows = tuple(listed(filters, placed.order_by("pk")[: MOST_DISCS + 1]))
    return _discs(rows) if len(rows) <= MOST_DISCS else tuple(_cells(filters))


def _discs(rows: tuple[Listed, ...]) -> tuple[Disc, ...]:
    """The positions of incidents with their radii, which only their values have."""
    values = dict(IncidentRow.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "value"))
    return tuple(_disc(row, json.loads(values[row.id]).get("where") or {}) for row in rows)


def _disc(row: Listed, where: Mapping[str, Any]) -> Disc:
    return Disc(row, where.get("radius_km"), where.get("precision"))


def _cells(filters: Filters) -> Iterator[Cell]:
    """Cells of one size, so that some dozens lie across."""
    placed = chosen(filters).exclude(lat=None).exclude(lon=None).order_by()
    ends = placed.aggregate(Min("lat"), Max("lat"), Min("lon"), Max("lon"))
    size = _size(max(ends["lat__max"] - ends["lat__min"], ends["lon__max"] - ends["lon__min"]))
    rows = placed.annotate(down=_step("lat", size), across=_step("lon", size)).values("down", "across")
    counted = rows.annotate(middle=Avg("lat"), side=Avg("lon"), **sums(filters))
    for lat, lon, down, across, *row in counted.values_list("middle", "side", "down", "across", *SUMS):
        tally = Tally.of(row)
        yield Cell(lat, lon, tally.incidents, tally.range, _around(down, across, size))


def _around(down: int, across: int, size: float) -> Box:
    west, south = across * size - 180, down * size - 180
    return Box(west, max(south, -90.0), min(west + size, 180.0), min(south + size, 90.0))


def _step(column: str, size: float) -> Cast:
    """In which cell a coordinate lies, counted from -180 degrees."""
    return Cast((F(column) + 180.0) / size, IntegerField())


def _size(across: float) -> float:
    """The degrees of a cell: a power of two, so that cells stay where they are as the selection changes.

    >>> _size(10.0)
    0.25
    """
    size = _FINEST
    while size * _CELLS_ACROSS < across:
        size *= 2
    return size
