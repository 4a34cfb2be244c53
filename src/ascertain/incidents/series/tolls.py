"""Tolls: how a count of people grew, by who counts."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ascertain.incidents.series.areas import AreaKey, Areas
from ascertain.incidents.series.told import Published, Told, as_claim, as_of, reports_of
from ascertain.model import Figure, Group, Growth, Outcome, SeriesClaim, TollClaim, TollPoint, TollSeries, When
from ascertain.model.claims import WhenPrecision

Start = tuple[dt.date | None, dt.date | None, WhenPrecision]
"""The first and last day on which the period counted may have begun, and how precisely that is told."""

SeriesKey = tuple[AreaKey, Outcome, Group, str | None]


@dataclass(frozen=True, slots=True)
class Count:
    """What one claim counts of one outcome and group."""

    told: Told
    low: int | None
    high: int | None
    words: tuple[str, ...]


class TollBook:
    """The counts so far, by what they count and from when."""

    def __init__(self) -> None:
        self._counts: dict[SeriesKey, dict[Start | None, list[Count]]] = {}

    def add(self, told: Told, claim: TollClaim, area: AreaKey, voice: str | None) -> None:
        """Take in each count of a claim."""
        start = _start(claim)
        for outcome, group, low, high, words in _counts(claim.figures):
            by_start = self._counts.setdefault((area, outcome, group, voice), {})
            by_start.setdefault(start, []).append(Count(told, low, high, words))

    def series(self, areas: Areas, published: Published) -> Iterator[TollSeries]:
        """Each series, by place, start, outcome, group and voice."""
        joined = {key: _joined(by_start) for key, by_start in self._counts.items()}
        keys = [(key, start) for key, by_start in joined.items() for start in by_start]
        for key, start in sorted(keys, key=lambda each: _rank(each[0], each[1], areas)):
            area, outcome, group, voice = key
            yield TollSeries(
                id="t" + hashlib.sha256(repr((key, _days(start))).encode()).hexdigest()[:12],
                place=areas.place(area),
                outcome=outcome,
                group=group,
                voice=voice,
                since=When(start=start[0], end=start[1], precision=start[2]) if start else None,
                points=_points(joined[key][start], published),
            )


def _rank(key: SeriesKey, start: Start | None, areas: Areas) -> tuple[object, ...]:
    area, outcome, group, voice = key
    return areas.rank(area), start is None, _days(start), outcome, group, voice is None, voice or ""


def _days(start: Start | None) -> tuple[str, ...]:
    return tuple(map(str, start)) if start else ()


def _start(claim: TollClaim) -> Start | None:
    """When the period counted begins: as told, or the first day of the month or year that the count is of."""
    if claim.since is not None and (claim.since.start or claim.since.end):
        return claim.since.start, claim.since.end, claim.since.precision
    when = claim.when
    if when is None or when.start is None or when.end is None or when.start == when.end:
        return None
    return when.start, when.start, "day"


def _counts(figures: tuple[Figure, ...]) -> Iterator[tuple[Outcome, Group, int | None, int | None, tuple[str, ...]]]:
    """The counts of a claim. People told side by side are one; a part of as many of the same group is no total."""
    beside: dict[tuple[Outcome, Group, int], list[Figure]] = {}
    for index, figure in enumerate(figures):
        whole = figures[figure.part_of] if figure.part_of is not None and figure.part_of < len(figures) else None
        if whole is not None and (whole.outcome, whole.group) == (figure.outcome, figure.group):
            continue
        head = index if figure.adds_to is None else figure.adds_to
        beside.setdefault((figure.outcome, figure.group, head), []).append(figure)
    for (outcome, group, _), parts in beside.items():
        low = _sum(figure.low for figure in parts)
        high = None if any(figure.high is None for figure in parts) else _sum(figure.high for figure in parts)
        yield outcome, group, low, high, tuple(figure.text for figure in parts)


def _sum(bounds: Iterable[int | None]) -> int | None:
    known = [bound for bound in bounds if bound is not None]
    return sum(known) if known else None


def _joined(by_start: dict[Start | None, list[Count]]) -> dict[Start | None, list[Count]]:
    """The counts by start, where "since October" goes with "since 7 October" if no other day of October is told."""
    joined: dict[Start | None, list[Count]] = {}
    for start, counts in by_start.items():
        joined.setdefault(_sharpest(start, by_start), []).extend(counts)
    return joined


def _sharpest(start: Start | None, others: Iterable[Start | None]) -> Start | None:
    within = [other for other in others if other is not None and start is not None and _lies_in(other, start)]
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
            growth=_growth(last, low, high) if dated and last is not None else None,
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


def _growth(last: TollPoint, low: int | None, high: int | None) -> Growth:
    return Growth(
        low=None if low is None or last.high is None else low - last.high,
        high=None if high is None or last.low is None else high - last.low,
    )


def _claims(counts: list[Count]) -> tuple[SeriesClaim, ...]:
    """The claims of a point in order of id; one that tells it twice stands once, with both its words."""
    by_claim: dict[str, list[Count]] = {}
    for count in counts:
        by_claim.setdefault(count.told.claim, []).append(count)
    return tuple(
        as_claim(same[0].told, dict.fromkeys(word for count in same for word in count.words))
        for _, same in sorted(by_claim.items())
    )
