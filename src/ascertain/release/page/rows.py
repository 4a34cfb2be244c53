"""The rows of the page's tables: words to read, keys to sort by, and what the filter looks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from ascertain.model import Incident, Outcome
from ascertain.release.charts.svg import isolated, plain
from ascertain.release.page.counting import Counted, Tally, blamed, gravity, span_of
from ascertain.release.page.drawings import told_outcomes
from ascertain.release.page.wording import PageWords

MOST_PLACES = 200
_FAR_FUTURE = "9999"


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines of a cell, and what it is sorted by (the text, where it is None)."""

    lines: tuple[str, ...]
    key: str | int | None = None


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident in the table; `start` and `end` are ISO dates, empty where not known."""

    id: str
    cells: tuple[Cell, ...]
    grading: str
    type: str
    place: str
    start: str
    end: str


def incident_rows(counted: Counted, words: PageWords) -> Iterator[IncidentRow]:
    """A row for each incident that the page lists."""
    for incident in counted.shown:
        span = span_of(incident)
        start, end = (day.isoformat() for day in span) if span else ("", "")
        cells = tuple(_cells(incident, start, words))
        place = incident.where
        name = plain(place.name or place.text or words.area(place.country, place.admin1)) if place else ""
        yield IncidentRow(incident.id, cells, incident.grading, incident.type, name, start, end)


def _cells(incident: Incident, start: str, words: PageWords) -> Iterator[Cell]:
    killed, injured = gravity(incident)
    yield Cell((words.when(incident.when),), start or _FAR_FUTURE)
    yield Cell(tuple(_where(incident, words)))
    yield Cell((words.name("types", incident.type),))
    yield Cell(tuple(words.figures(incident)) or (words.phrase("no_people"),), killed * 10**9 + injured)
    yield Cell(tuple(isolated(words.party(name)) for name in blamed(incident)) or (words.phrase("nobody"),))
    yield Cell(
        (
            words.name("gradings", incident.grading),
            words.count("sources", incident.sources),
            words.phrase("report_count", n=len(incident.reports)),
        ),
        incident.sources,
    )
    yield Cell(tuple(_ids(incident, words)), incident.id)


def _where(incident: Incident, words: PageWords) -> Iterator[str]:
    place = incident.where
    yield words.place(place)
    if place is not None and place.precision and place.lat is not None:
        within = words.phrase("within", km=f"{place.radius_km:g}") if place.radius_km else ""
        yield words.charts.listed(part for part in (words.name("precisions", place.precision), within) if part)


def _ids(incident: Incident, words: PageWords) -> Iterator[str]:
    yield incident.id
    if incident.formerly:
        yield words.phrase("formerly", ids=", ".join(incident.formerly))


def place_rows(counted: Counted, words: PageWords) -> Iterator[tuple[Cell, ...]]:
    """A row for each place, those with the most incidents first."""
    outcomes = told_outcomes(counted)
    order = sorted(counted.spots, key=lambda spot: (-counted.spots[spot].incidents, spot))
    for spot in order[:MOST_PLACES]:
        tally = counted.spots[spot]
        yield (
            Cell((plain(words.spot(spot)), words.phrase("within", km=f"{spot.radius_km:g}"))),
            Cell((f"{tally.incidents:,}",), tally.incidents),
            *(_people(tally, outcome, words) for outcome in outcomes),
        )


def _people(tally: Tally, outcome: Outcome, words: PageWords) -> Cell:
    told = tally.of(outcome)
    return Cell((words.people(told) if outcome in tally.people else words.phrase("no_people"),), told.top)


def told_moment(moment: dt.datetime) -> str:
    """The time of day of a moment, in UTC.

    >>> told_moment(dt.datetime(2026, 11, 22, 22, 25, tzinfo=dt.timezone(dt.timedelta(hours=2))))
    '20:25'
    """
    return moment.astimezone(dt.UTC).strftime("%H:%M")
