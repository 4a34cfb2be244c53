"""Near misses: incidents close in time and place that are not this one, and what speaks for and against."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from django.db.models import Q

from ascertain.model import Incident
from ascertain.places.geometry import distance_km
from ascertain.record.models import EventRow, IncidentClaim, IncidentRow
from ascertain.release.charts import Range
from ascertain.release.charts.scales import moved

_DAYS, _KM, _MOST, _LOOKED_AT = 3, 60, 6, 200
_COLUMNS = (
    "pk", "version", "type", "start", "end", "place", "admin1", "country", "lat", "lon", "killed_low",
    "killed_best", "killed_high", "sources", "grading",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Near:
    """Another incident: `days` and `km` are how far off it is, `None` where nobody can say; `same_type` and `compared`
    (linking held the two against each other) are reasons to look at it."""

    id: str
    version: int
    type: str
    start: dt.date | None
    end: dt.date | None
    place: str | None
    lat: float | None
    lon: float | None
    killed: Range
    sources: int
    days: int | None
    km: float | None
    same_type: bool
    compared: bool


def near_misses(incident: Incident) -> tuple[Near, ...]:
    """The incidents nearest to one, the nearest first."""
    compared = _compared(incident.id)
    rows = list(IncidentRow.objects.filter(pk__in=compared, gone__in=[False]).values(*_COLUMNS))
    rows += [row for row in _around(incident) if row["pk"] not in compared]
    found = [near_of(row, incident, compared=row["pk"] in compared) for row in rows]
    kept = [near for near in found if near.compared or ((near.days or 0) <= _DAYS and (near.km or 0) <= _KM)]
    return tuple(sorted(kept, key=_closeness)[:_MOST])


def near_of(row: dict[str, object], incident: Incident, *, compared: bool = False) -> Near:
    """How far another incident is from one; `row` has the columns that lists show."""
    told = {name: row[name] for name in ("version", "type", "start", "end", "place", "lat", "lon", "sources")}
    return Near(
        id=str(row["pk"]),
        killed=Range(row["killed_low"], row["killed_best"], row["killed_high"]),  # type: ignore[arg-type]
        days=_days(incident, row["start"], row["end"]),  # type: ignore[arg-type]
        km=_km(incident, row["lat"], row["lon"]),  # type: ignore[arg-type]
        same_type=row["type"] == incident.type,
        compared=compared,
        **told,  # type: ignore[arg-type]
    )


def others(incident: Incident, rows: object) -> tuple[Near, ...]:
    """The first of some incidents, as merging offers them."""
    found = rows.filter(gone__in=[False]).exclude(pk=incident.id).order_by("-need", "pk")  # type: ignore[attr-defined]
    return tuple(near_of(row, incident) for row in found.values(*_COLUMNS)[:_MOST])


def _compared(incident: str) -> set[str]:
    """Those with events in the heaps of its own: linking held them against each other, and kept them apart."""
    reports = IncidentClaim.objects.filter(incident=incident).values("report")
    heaps = EventRow.objects.filter(report__in=reports).values_list("heap", flat=True)[:_LOOKED_AT]
    beside = EventRow.objects.filter(heap__in=set(heaps)).values("report", "claim")[:_LOOKED_AT]
    asked = {(row["report"], row["claim"]) for row in beside}
    held = IncidentClaim.objects.filter(report__in={report for report, _ in asked})
    rows = held.values_list("incident_id", "report_id", "claim")
    return {id for id, report, claim in rows if (report, claim) in asked} - {incident}


def _around(incident: Incident) -> list[dict[str, object]]:
    when, where = incident.when, incident.where
    start, end = (when.start, when.end) if when else (None, None)
    first, last = start or end, end or start
    if first is None or last is None or where is None or where.lat is None or where.lon is None:
        return []
    days, reach = dt.timedelta(days=_DAYS), _KM / 111
    across = min(reach / max(math.cos(math.radians(where.lat)), 0.05), 180)
    rows = IncidentRow.objects.filter(
        Q(start__lte=moved(last, days)),
        Q(end__gte=moved(first, -days)) | Q(end=None),
        gone__in=[False],
        start__gte=moved(first, -10 * days),
        lat__range=(where.lat - reach, where.lat + reach),
        lon__range=(where.lon - across, where.lon + across),
    )
    return list(rows.exclude(pk=incident.id).values(*_COLUMNS)[:_LOOKED_AT])


def _days(incident: Incident, start: dt.date | None, end: dt.date | None) -> int | None:
    """How many days lie between the two at least; 0 where they may have been on one day."""
    when = incident.when
    first, last = ((when.start or when.end), (when.end or when.start)) if when else (None, None)
    start, end = start or end, end or start
    if first is None or last is None or start is None or end is None:
        return None
    return max((start - last).days, (first - end).days, 0)


def _km(incident: Incident, lat: float | None, lon: float | None) -> float | None:
    where = incident.where
    if where is None or where.lat is None or where.lon is None or lat is None or lon is None:
        return None
    return round(distance_km((where.lat, where.lon), (lat, lon)), 1)


def _closeness(near: Near) -> tuple[object, ...]:
    far = (near.days if near.days is not None else _DAYS, near.km if near.km is not None else _KM)
    return (not near.same_type, far[0] * 20 + far[1], near.id)
