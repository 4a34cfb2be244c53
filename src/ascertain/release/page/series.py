"""Tolls, conditions and negotiations on the page: a drawing of those that most is told of, and a table."""

from __future__ import annotations

import datetime as dt
import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from ascertain.incidents.series.severity import steps
from ascertain.model import ConditionWeek, Negotiation, SeriesPlace, TollPoint, TollSeries
from ascertain.release.charts import (
    ConditionCell,
    ConditionRow,
    RoundTold,
    TollAt,
    TollLine,
    condition_weeks,
    negotiation_rounds,
    range_of,
    toll_lines,
)
from ascertain.release.charts.svg import isolated, plain
from ascertain.release.charts.wording import told_day, told_days
from ascertain.release.page.drawings import Drawing
from ascertain.release.page.rows import Cell
from ascertain.release.page.wording import PageWords

MOST_ROWS = 200
_MOST_DRAWN, _MOST_LINES, _MOST_SECTORS, _MOST_WEEKS = 4, 6, 8, 26
_Told = TypeVar("_Told")


@dataclass(frozen=True, slots=True)
class Series:
    """What is shown of one kind of series: drawings, rows of a table, and of how many these are."""

    drawings: tuple[Drawing, ...]
    rows: tuple[tuple[Cell, ...], ...]
    count: int


def _first(told: Iterable[_Told], key: Any, most: int) -> tuple[list[_Told], int]:
    """The series with the highest keys, in that order, and how many there are; a key ends with the series' id."""
    heap: list[tuple[Any, _Told]] = []
    count = 0
    for one in told:
        count += 1
        entry = (key(one), one)
        if len(heap) < most:
            heapq.heappush(heap, entry)
        elif entry[0] > heap[0][0]:
            heapq.heapreplace(heap, entry)
    return [one for _, one in sorted(heap, key=lambda entry: entry[0], reverse=True)], count


def place_told(place: SeriesPlace | None, words: PageWords) -> str:
    """A series' place in words."""
    if place is None:
        return words.phrase("place_not_told")
    if place.name or place.text:
        return plain(place.name or place.text or "")
    return words.area(place.country, place.admin1) if place.country else words.phrase("place_not_told")


def tolls_shown(told: Iterable[TollSeries], words: PageWords) -> Series:
    """Tolls: drawn are those that most points are told of, all sources of one count in one drawing."""
    kept, count = _first(told, lambda one: (sum(point.counted for point in one.points), one.id), MOST_ROWS)
    return Series(tuple(_toll_drawings(kept, words)), tuple(_toll_row(one, words) for one in kept), count)


def _toll_drawings(kept: Sequence[TollSeries], words: PageWords) -> Iterator[Drawing]:
    together: defaultdict[tuple[str, str, str], list[TollSeries]] = defaultdict(list)
    for one in kept:
        if sum(point.counted and point.date is not None for point in one.points) > 1:
            together[one.outcome, one.group, place_told(one.place, words)].append(one)
    for number, ((outcome, group, place), listed) in enumerate(list(together.items())[:_MOST_DRAWN], start=1):
        title = words.phrase(
            "tolls_title",
            outcome=words.name("outcomes", outcome),
            group=words.name("groups", group),
            place=isolated(place),
        )
        lines = [TollLine(_voice(one, words), tuple(_toll_points(one.points))) for one in listed[:_MOST_LINES]]
        yield Drawing(f"tolls-{number}", plain(title), toll_lines(lines, words.charts, title=title))


def _voice(one: TollSeries, words: PageWords) -> str:
    return plain(one.voice or next(iter(one.speakers), "")) or words.phrase("voice_not_told")


def _toll_points(points: Iterable[TollPoint]) -> Iterator[TollAt]:
    return (TollAt(one.date, one.low, one.high) for one in points if one.date is not None and one.counted)


def _toll_row(one: TollSeries, words: PageWords) -> tuple[Cell, ...]:
    points = [point for point in one.points if point.counted] or list(one.points)
    since = words.when(one.since) if one.since else words.phrase("since_unknown")
    what = f"{words.name('short_outcomes', one.outcome)}, {words.name('groups', one.group)}"
    return (
        Cell((place_told(one.place, words),)),
        Cell((what,)),
        Cell((_voice(one, words),)),
        Cell((since,), one.since.start.isoformat() if one.since and one.since.start else "9999"),
        _toll_cell(points[0], words),
        _toll_cell(points[-1], words),
    )


def _toll_cell(point: TollPoint, words: PageWords) -> Cell:
    day = told_day(point.date, words.charts) if point.date else words.phrase("no_day")
    told = range_of(point)
    return Cell((words.people(told), day), told.top)


def conditions_shown(told: Iterable[ConditionWeek], words: PageWords) -> Series:
    """Conditions: the latest weeks; drawn are the places that most of these are told of."""
    kept, count = _first(told, lambda one: (one.starts or dt.date.min, one.sources, one.id), MOST_ROWS * 5)
    rows = tuple(_condition_row(one, words) for one in kept[:MOST_ROWS])
    return Series(tuple(_condition_drawings(kept, words)), rows, count)


def _condition_drawings(kept: Sequence[ConditionWeek], words: PageWords) -> Iterator[Drawing]:
    places: defaultdict[str, list[ConditionWeek]] = defaultdict(list)
    for one in kept:
        if one.starts is not None and one.place is not None:
            places[place_told(one.place, words)].append(one)
    most = sorted(places, key=lambda name: (-len(places[name]), name))[:_MOST_DRAWN]
    for number, name in enumerate((name for name in most if len(places[name]) > 1), start=1):
        title = words.phrase("conditions_title", place=isolated(name))
        sectors: defaultdict[str, dict[dt.date, ConditionWeek]] = defaultdict(dict)
        for one in places[name]:
            if one.starts is not None:
                sectors[one.sector].setdefault(one.starts, one)
        rows = [
            ConditionRow(
                words.name("sectors", sector), tuple(_week(sectors[sector][day]) for day in _latest(sectors[sector]))
            )
            for sector in sorted(sectors, key=lambda sector: (-len(sectors[sector]), sector))[:_MOST_SECTORS]
        ]
        yield Drawing(f"conditions-{number}", plain(title), condition_weeks(rows, words.charts, title=title))


def _latest(weeks: dict[dt.date, ConditionWeek]) -> list[dt.date]:
    return sorted(weeks)[-_MOST_WEEKS:]


def _week(one: ConditionWeek) -> ConditionCell:
    """The week in the drawing: as far up a published scale as its worst word stands."""
    assert one.starts is not None
    scale = _scale(one.scale) if one.scale else {}
    step = scale.get((one.worst or "").casefold())
    said = ", ".join(one.severities)
    return ConditionCell(one.starts, said, step, max(scale.values(), default=5), max(one.sources, 1))


@lru_cache(maxsize=8)
def _scale(name: str) -> dict[str, int]:
    return {step.words: step.step for step in steps() if step.scale == name}


def _condition_row(one: ConditionWeek, words: PageWords) -> tuple[Cell, ...]:
    day = told_day(one.starts, words.charts) if one.starts else words.phrase("no_day")
    said = one.severities + ((f"{one.scale}: {one.worst}",) if one.scale and one.worst else ())
    return (
        Cell((day,), one.starts.isoformat() if one.starts else ""),
        Cell((place_told(one.place, words),)),
        Cell((words.name("sectors", one.sector),)),
        Cell(tuple(dict.fromkeys(said)) or ("–",)),
        Cell((f"{one.sources:,}",), one.sources),
    )


def negotiations_shown(told: Iterable[Negotiation], words: PageWords) -> Series:
    """Negotiations: the latest; drawn are those of most rounds."""
    kept, count = _first(told, lambda one: (one.end or dt.date.min, one.sources, one.id), MOST_ROWS)
    longest = sorted(kept, key=lambda one: (-len(one.rounds), one.id))[:_MOST_DRAWN]
    drawings = tuple(_negotiation_drawings(longest, words))
    return Series(drawings, tuple(_negotiation_row(one, words) for one in kept), count)


def _negotiation_drawings(longest: Sequence[Negotiation], words: PageWords) -> Iterator[Drawing]:
    drawn = [(one, rounds) for one in longest if len(rounds := list(_rounds(one))) > 1]
    for number, (one, rounds) in enumerate(drawn, start=1):
        title = words.phrase("negotiations_title", parties=_parties(one, words))
        svg = negotiation_rounds(rounds, words.charts, title=title)
        yield Drawing(f"negotiations-{number}", plain(title), svg)


def _rounds(one: Negotiation) -> Iterator[RoundTold]:
    for round in one.rounds:
        if round.date is not None:
            for told in round.statuses:
                yield RoundTold(round.date, told.status, told.modality, told.sources)


def _parties(one: Negotiation, words: PageWords) -> str:
    named = [isolated(words.party(actor.name or actor.text)) for actor in one.parties]
    return words.charts.listed(named) or words.phrase("parties_not_told")


def _negotiation_row(one: Negotiation, words: PageWords) -> tuple[Cell, ...]:
    days = words.phrase("no_day")
    if one.start and one.end:
        days = told_days(one.start, one.end, words.charts)
    status = words.charts.status[one.status] if one.status else "–"
    return (
        Cell((_parties(one, words),)),
        Cell(tuple(plain(words.party(actor.name or actor.text)) for actor in one.mediators) or ("–",)),
        Cell((days,), one.end.isoformat() if one.end else ""),
        Cell((status,)),
        Cell((f"{one.sources:,}",), one.sources),
    )
