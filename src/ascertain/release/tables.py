"""Tables of a release: their columns with meanings, and the rows that values make.

In: redacted values. Out: rows, as tuples in the order of the columns of `columns.tsv`: texts, numbers, days, truth
values, `None`, and tuples of texts for lists.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from ascertain.model import (
    Claim,
    ConditionClaim,
    ConditionWeek,
    EventClaim,
    Figure,
    Incident,
    IncidentActor,
    IncidentFigure,
    Negotiation,
    NegotiationClaim,
    Reading,
    TollClaim,
    TollSeries,
)
from ascertain.release.state import Standing
from ascertain.taxonomy import read_table

Cell = str | int | float | bool | dt.date | tuple[str, ...] | None
Row = tuple[Cell, ...]
ColumnType = Literal["string", "integer", "number", "boolean", "date", "list"]
TABLES = (
    "incidents",
    "figures",
    "claims",
    "claim_figures",
    "reports",
    "sources",
    "tolls",
    "conditions",
    "negotiations",
)
LINES = ("incidents", "claims", "tolls", "conditions", "negotiations")
LIST_SEPARATOR = " | "
_HEADER = ("table", "column", "type", "hxl", "meaning")
_TYPES: tuple[ColumnType, ...] = ("string", "integer", "number", "boolean", "date", "list")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, type, HXL tag, and what it means."""

    name: str
    type: ColumnType
    hxl: str
    meaning: str


@cache
def columns_of(table: str) -> tuple[Column, ...]:
    """The columns of a table, in order.

    >>> [column.name for column in columns_of("figures")]
    ['incident', 'outcome', 'group', 'low', 'best', 'high']

    Raises:
        DataFileError: the list of columns has a fault.
        KeyError: there is no such table.
    """
    return _columns()[table]


@cache
def _columns() -> Mapping[str, tuple[Column, ...]]:
    found: dict[str, list[Column]] = {}
    for row in read_table(files(__package__) / "columns.tsv", _HEADER):
        row.one_of("table", (*TABLES, "changes"))
        if not row["hxl"].startswith("#") or not row["meaning"]:
            raise row.fault(f"column {row['column']!r} has no HXL tag or no meaning", "give it both")
        kind = cast(ColumnType, row.one_of("type", _TYPES))
        found.setdefault(row["table"], []).append(Column(row["column"], kind, row["hxl"], row["meaning"]))
    return {table: tuple(columns) for table, columns in found.items()}


def incident_row(standing: Standing, *, coarsened: bool) -> Row:
    """The row of an incident."""
    it, when, where = standing.incident, standing.incident.when, standing.incident.where
    killed, injured = figure_of(it, "killed"), figure_of(it, "injured")
    return (
        it.id,
        it.type,
        it.acled.event_type if it.acled else None,
        it.acled.sub_event_type if it.acled else None,
        *((when.start, when.end, when.precision) if when else (None, None, None)),
        *((where.name, where.id, where.admin1, where.country, where.lat, where.lon) if where else (None,) * 6),
        *((where.radius_km, where.precision) if where else (None, None)),
        coarsened,
        *(killed.low, killed.best, killed.high, injured.low, injured.best, injured.high),
        *(named(it.actors, "perpetrator"), named(it.actors, "target"), named(it.actors, "party")),
        it.means,
        tuple(dict.fromkeys(target.type for target in it.targets)),
        it.sources,
        len(it.reports),
        it.grading,
        it.policy,
        standing.status,
        standing.corrected,
        it.formerly,
        it.reports,
        it.claims,
    )


def figure_of(incident: Incident, outcome: str, group: str = "people") -> IncidentFigure:
    """An incident's figure of one outcome and group; one without bounds where there is none."""
    found = (figure for figure in incident.figures if (figure.outcome, figure.group) == (outcome, group))
    return next(found, IncidentFigure(outcome="killed", group="people"))


def named(actors: Sequence[IncidentActor], role: str) -> tuple[str, ...]:
    """The actors of a role: by name, else by what they are."""
    return tuple(dict.fromkeys(actor.name or actor.text for actor in actors if actor.role == role))


def figure_rows(incident: Incident) -> Iterator[Row]:
    """A row for each figure of an incident."""
    for each in incident.figures:
        yield (incident.id, each.outcome, each.group, each.low, each.best, each.high)


def claim_row(report: str, claim: Claim) -> Row:
    """The row of a claim."""
    when, where = claim.when, claim.where
    killed = next(
        (each for each in figures_of(claim) if (each.outcome, each.group, each.part_of) == ("killed", "people", None)),
        None,
    )
    return (
        f"{report}/{claim.id}",
        report,
        claim.kind,
        claim.modality,
        tuple(dict.fromkeys(said.text for said in claim.said_by)),
        claim.type if isinstance(claim, EventClaim) else None,
        *((when.start, when.end, when.precision) if when else (None, None, None)),
        *((where.name, where.id, where.country, where.lat, where.lon, where.radius_km) if where else (None,) * 6),
        *((killed.low, killed.high) if killed else (None, None)),
        claim.sector if isinstance(claim, ConditionClaim) else None,
        claim.status if isinstance(claim, NegotiationClaim) else None,
        claim.confidence,
    )


def figures_of(claim: Claim) -> tuple[Figure, ...]:
    """The figures of a claim; none of a kind that has none."""
    return claim.figures if isinstance(claim, EventClaim | TollClaim) else ()


def claim_figure_rows(report: str, claim: Claim) -> Iterator[Row]:
    """A row for each figure of a claim."""
    for each in figures_of(claim):
        yield (f"{report}/{claim.id}", each.outcome, each.group, each.low, each.high, each.text or None)


def report_row(reading: Reading) -> Row:
    """The row of a report."""
    its = reading.report
    return (its.id, its.published, its.publisher, its.url, its.language, its.title, len(reading.claims))


def toll_rows(series: TollSeries) -> Iterator[Row]:
    """A row for each point of a series."""
    place = (series.place.name or series.place.text, series.place.country) if series.place else (None, None)
    since = series.since.start if series.since else None
    for point in series.points:
        yield (
            series.id,
            *place,
            series.outcome,
            series.group,
            series.voice,
            since,
            point.date,
            point.low,
            point.high,
            point.counted,
            point.revised_down,
            len(point.reports),
        )


def condition_row(week: ConditionWeek) -> Row:
    """The row of a week of a condition."""
    place = (week.place.name or week.place.text, week.place.country) if week.place else (None, None)
    told = (week.sector, week.week, week.starts, week.worst, week.scale, week.sources, len(week.reports))
    return (week.id, *place, *told)


def negotiation_row(talks: Negotiation) -> Row:
    """The row of a negotiation."""
    return (
        talks.id,
        named(talks.parties, "party"),
        named(talks.mediators, "mediator"),
        talks.start,
        talks.end,
        talks.status,
        talks.status_on,
        len(talks.rounds),
        talks.sources,
        len(talks.reports),
    )
