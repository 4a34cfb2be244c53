"""What is shown as files: the chosen incidents as CSV or GeoJSON, without those that stay at the desk (`withheld`).

An incident that rests in part on reports marked as sensitive is told as its other reports tell it, as in a release; one
of which these tell nothing, or that a person locked as all reports tell it, stays at the desk.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ascertain.desk.selectors.counting import chosen
from ascertain.desk.selectors.explore import Listed, listed, ordered
from ascertain.desk.selectors.filters import Filters
from ascertain.desk.selectors.withheld import given, withheld_reports
from ascertain.model import Incident
from ascertain.record.incident_columns import columns_of
from ascertain.record.models import IncidentRow
from ascertain.record.selectors.retelling import corrections_of, told_without
from ascertain.release.charts import Range

COLUMNS = (
    "id", "type", "start", "end", "place", "admin1", "country", "lat", "lon", "radius_km", "precision",
    "outcome", "group", "low", "best", "high", "grading", "independent_sources", "status",
)  # fmt: skip
_STORED = ("pk", "value", "state", "locked")
_AT_ONCE = 1000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(filters: Filters) -> Iterator[str]:
    """The chosen incidents, a line each, in the order of the table; empty is unknown."""
    yield line_of_csv(COLUMNS)
    for row, where in _with_places(filters):
        radius, precision = where.get("radius_km"), where.get("precision")
        people = filters.outcome, filters.group, row.range.low, row.range.best, row.range.high
        place = row.place, row.admin1, row.country, row.lat, row.lon, radius, precision
        yield line_of_csv((row.id, row.type, row.start, row.end, *place, *people, row.grading, row.sources, row.status))


def line_of_csv(cells: Iterable[object]) -> str:
    """A line of CSV. A text that a spreadsheet would take for a formula has an apostrophe before it."""
    written = io.StringIO()
    csv.writer(written).writerow([_harmless(cell) for cell in cells])
    return written.getvalue()


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def as_geojson(filters: Filters) -> Iterator[str]:
    """The chosen incidents as a FeatureCollection; those without a position have no geometry (RFC 7946, 3.2)."""
    yield '{"type":"FeatureCollection","features":['
    before = ""
    for row, where in _with_places(filters):
        yield before + json.dumps(_feature(row, where, filters), ensure_ascii=False)
        before = ",\n"
    yield "]}\n"


def _feature(row: Listed, where: dict[str, object], filters: Filters) -> dict[str, object]:
    placed = row.lat is not None and row.lon is not None
    properties = {
        "type": row.type,
        "start": row.start and row.start.isoformat(),
        "end": row.end and row.end.isoformat(),
        "place": row.place,
        "admin1": row.admin1,
        "country": row.country,
        "radius_km": where.get("radius_km"),
        "precision": where.get("precision"),
        "outcome": filters.outcome,
        "group": filters.group,
        "low": row.range.low,
        "best": row.range.best,
        "high": row.range.high,
        "grading": row.grading,
        "independent_sources": row.sources,
        "status": row.status,
    }
    geometry = {"type": "Point", "coordinates": [row.lon, row.lat]} if placed else None
    return {"type": "Feature", "id": row.id, "geometry": geometry, "properties": properties}


def _with_places(filters: Filters) -> Iterator[tuple[Listed, dict[str, object]]]:
    """The chosen incidents, each with its place as its value tells it."""
    marked = withheld_reports()
    ids = list(given(ordered(filters)).values_list("pk", flat=True))
    for at in range(0, len(ids), _AT_ONCE):
        some = ids[at : at + _AT_ONCE]
        found = {row.id: row for row in listed(filters, chosen(filters).filter(pk__in=some))}
        stored = {pk: rest for pk, *rest in IncidentRow.objects.filter(pk__in=some).values_list(*_STORED)}
        values = {pk: json.loads(value) for pk, (value, *_) in stored.items()}
        partly = {pk for pk, value in values.items() if not marked.isdisjoint(value["reports"])}
        asked = [
            (Incident.model_validate(values[pk]), corrections_of(state))
            for pk, (_, state, locked) in stored.items()
            if pk in partly and not locked
        ]
        retold = told_without(asked, marked) if asked else {}
        for id in some:
            if id in found and id not in partly:
                yield found[id], values[id].get("where") or {}
            elif id in found and id in retold:
                yield _retold(found[id], retold[id], filters), retold[id].model_dump(mode="json").get("where") or {}


def _retold(row: Listed, incident: Incident, filters: Filters) -> Listed:
    """A row of the table as some of the reports tell its incident."""
    asked = filters.outcome, filters.group
    figure = next((each for each in incident.figures if (each.outcome, each.group) == asked), None)
    told = {name: value for name, value in columns_of(incident).items() if name in Listed.__slots__}
    counted = Range(figure.low, figure.best, figure.high) if figure else Range()
    return replace(row, **told, range=counted)  # type: ignore[arg-type]  # the columns are those of the rows
