"""Tolls: how a count of people grew, by who counts."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ascertain.incidents.series.areas import UNTOLD, AreaKey, Areas
from ascertain.incidents.series.participants import bare
from ascertain.incidents.series.told import Published, Told, as_claim, as_of, reports_of
from ascertain.model import Figure, Group, Growth, Outcome, SeriesClaim, TollClaim, TollPoint, TollSeries, When
from ascertain.model.claims import WhenPrecision

Start = tuple[dt.date | None, dt.date | None, WhenPrecision]
"""The first and last day on which the period counted may have begun, and how precisely that is told."""

Publishers = Mapping[str, str | None]
"""Who published each origin."""


@dataclass(frozen=True, slots=True)
class Count:
    """What one claim counts of one outcome and group, and who says so in the words of the report."""

    told: Told
    low: int | None
    high: int | None
    words: tuple[str, ...]
    speakers: tuple[str, ...]


class Line(NamedTuple):
    """What tells a series from others. `voice` is `None` until it is known who published the origin."""

    area: AreaKey
    outcome: Outcome
    group: Group
    voice: str | None
    start: Start | None


Lines = dict[Line, list[Count]]


class TollBook:
    """The counts so far, by what they count and from when."""

    def __init__(self) -> None:
        self._counts: Lines = {}

    def add(self, told: Told, claim: TollClaim, area: AreaKey, voice: str | None) -> None:
        """Take in each count of a claim; without a voice the publisher counts."""
        start, speakers = _start(claim), tuple(dict.fromkeys(said.text for said in claim.said_by))
        for outcome, group, low, high, words in _counts(claim.figures):
            line = Line(area, outcome, group, voice, start)
            self._counts.setdefault(line, []).append(Count(told, low, high, words, speakers))

    def series(self, areas: Areas, published: Published, publishers: Publishers) -> Iterator[TollSeries]:
        """Each series, by place, start, outcome, group and voice."""
        lines = _with_places(_with_days(_with_publishers(self._counts, publishers)))
        for line in sorted(lines, key=lambda each: _rank(each, areas)):
            counts, start = lines[line], line.start
            yield TollSeries(
                id="t" + hashlib.sha256(repr((line[:-1], _days(start))).encode()).hexdigest()[:12],
                place=areas.place(line.area),
                outcome=line.outcome,
                group=line.group,
                voice=line.voice,
                speakers=tuple(sorted({words for count in counts for words in count.speakers})),
                since=When(start=start[0], end=start[1], precision=start[2]) if start else None,
                points=_points(counts, published),
            )


def _rank(line: Line, areas: Areas) -> tuple[object, ...]:
    start, voice = line.start, line.voice
    return areas.rank(line.area), start is None, _days(start), line.outcome, line.group, voice is None, voice or ""


def _days(start: Start | None) -> tuple[str, ...]:
    return tuple(map(str, start)) if start else ()


def _with_publishers(lines: Lines, publishers: Publishers) -> Lines:
    """The publisher of the origin counts where no report says who does."""
    joined: Lines = {}
    for line, counts in lines.items():
        for count in counts:
            voice = line.voice or publishers.get(count.told.origin)
            joined.setdefault(line._replace(voice=voice), []).append(count)
    return joined


def _with_days(lines: Lines) -> Lines:
    """ "Since October" goes with "since 7 October" where that is the only day of October told of the place."""
    starts: dict[AreaKey, set[Start]] = {}
    for line in lines:
        if line.start is not None:
            starts.setdefault(line.area, set()).add(line.start)
    joined: Lines = {}
    for line, counts in lines.items():
        start = _sharpest(line.start, starts.get(line.area, ()))
        joined.setdefault(line._replace(start=start), []).extend(counts)
    return joined


def _with_places(lines: Lines) -> Lines:
    """A count whose place is not told goes with the only one by the same speaker since the same day."""
    placed: dict[tuple[object, ...], set[Line]] = {}
    for line in lines:
        if line.area[0] != UNTOLD:
            for mark in _marks(line, lines[line]):
                placed.setdefault(mark, set()).add(line)
    joined: Lines = {}
    for line, counts in lines.items():
        fitting: set[Line] = set()
        if line.area[0] == UNTOLD and line.start is not None and line.start[2] == "day":
            fitting = set().union(*(placed.get(mark, set()) for mark in _marks(line, counts)))
        joined.setdefault(fitting.pop() if len(fitting) == 1 else line, []).extend(counts)
    return joined


def _marks(line: Line, counts: list[Count]) -> Iterator[tuple[object, ...]]:
    """What a count is known by where its place is not told: what it counts, from when, and each word for who counts."""
    for speaker in {bare(speaker).casefold() for count in counts for speaker in count.speakers}:
        yield line.outcome, line.group, line.start, speaker


def _start(claim: TollClaim) -> Start | None:
    """When the period counted begins: as told, or the first day of the month or year that the count is of."""
    if claim.since is not None and (claim.since.start or claim.since.end):
        return claim.since.start, claim.since.end, claim.since.precision
    when = claim.when
    if when is None or when.start is None or when.end is None or when.start == when.end:
        return None
    return when.start, when.start, "span"


def _counts(figures: tuple[Figure, ...]) -> Iterator[tuple[Outcome, Group, int | None, int | None, tuple[str, ...]]]:
    """The greatest count of each outcome and group; people told side by side are one, and a part of them is none."""
    beside: dict[tuple[Outcome, Group, int], list[Figure]] = {}
    for index, figure in enumerate(figures):
        whole = figures[figure.part_of] if figure.part_of is not None and figure.part_of < len(figures) else None
        if whole is not None and (whole.outcome, whole.group) == (figure.outcome, figure.group):
            continue
        head = index if figure.adds_to is None else figure.adds_to
        beside.setdefault((figure.outcome, figure.group, head), []).append(figure)
    greatest: dict[tuple[Outcome, Group], tuple[int | None, int | None, tuple[str, ...]]] = {}
    for (outcome, group, _), parts in beside.items():
        low = _sum(figure.low for figure in parts)
        high = None if any(figure.high is None for figure in parts) else _sum(figure.high for figure in parts)
        known = greatest.get((outcome, group))
        if known is None or max(low or 0, high or 0) > max(known[0] or 0, known[1] or 0):
            greatest[outcome, group] = low, high, tuple(figure.text for figure in parts)
    for (outcome, group), (low, high, words) in greatest.items():
        yield outcome, group, low, high, words


def _sum(bounds: Iterable[int | None]) -> int | None:
    known = [bound for bound in bounds if bound is not None]
    return sum(known) if known else None


def _sharpest(start: Start | None, others: Iterable[Start]) -> Start | None:
    within = [other for other in others if start is not None and _lies_in(other, start)]
    days = {(other[0], other[1]) for other in within if other[0] == other[1]}
    if len(days) != 1:
        return start
    return min((other for other in within if (other[0], other[1]) in days), key=_days)


def _lies_in(inner: Start, outer: Start) -> bool:
    if inner[0] is None or inner[1] is None or outer[0] is None or outer[1] is None:
        return False
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _points(counts: list[Count], published: Published) -> tuple[TollPoint, ...]:
    """The points in order: by day, those without one last; what several claims tell alike is one."""
    alike: dict[tuple[dt.date | None, int | None, int | None, bool], list[Count]] = {}
    for count in counts:
        alike.setdefault((as_of(count.told, published), count.low, count.high, count.told.held), []).append(count)
    points: list[TollPoint] = []
    last: TollPoint | None = None
    most = 0
    for day, low, high, held in sorted(alike, key=_point_rank):
        dated = held and day is not None
        point = TollPoint(
            date=day,
            low=low,
            high=high,
            counted=held,
            revised_down=dated and high is not None and high < most,
            growth=_growth(last, low, high) if dated else None,
            reports=reports_of(count.told for count in alike[day, low, high, held]),
            claims=_claims(alike[day, low, high, held]),
        )
        points.append(point)
        if dated:
            last, most = point, max(most, low or 0)
    return tuple(points)


def _point_rank(point: tuple[dt.date | None, int | None, int | None, bool]) -> tuple[object, ...]:
    day, low, high, held = point
    return day is None, day or dt.date.min, low or 0, high is None, high or 0, not held


def _growth(last: TollPoint | None, low: int | None, high: int | None) -> Growth | None:
    """By how much a count differs from the last one; `None` where neither bound is known."""
    if last is None:
        return None
    least = None if low is None or last.high is None else low - last.high
    most = None if high is None or last.low is None else high - last.low
    return None if least is None and most is None else Growth(low=least, high=most)


def _claims(counts: list[Count]) -> tuple[SeriesClaim, ...]:
    """The claims of a point in order of id."""
    return tuple(as_claim(count.told, count.words) for count in sorted(counts, key=lambda count: count.told.claim))
