"""Conditions: what people lacked or suffered, by place, sector and ISO week."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from ascertain.incidents.series.areas import AreaKey, Areas
from ascertain.incidents.series.severity import worst
from ascertain.incidents.series.told import Published, Told, as_claim, reports_of
from ascertain.model import ConditionClaim, ConditionWeek, Sector

Monday = dt.date


@dataclass(frozen=True, slots=True)
class Lack:
    """One claim of a condition."""

    told: Told
    severity: str | None
    voices: tuple[str, ...]


class ConditionBook:
    """The conditions so far, by place and sector."""

    def __init__(self) -> None:
        self._lacks: dict[tuple[AreaKey, Sector], list[Lack]] = {}

    def add(self, told: Told, claim: ConditionClaim, area: AreaKey, voices: tuple[str, ...]) -> None:
        """Take in a claim."""
        self._lacks.setdefault((area, claim.sector), []).append(Lack(told, claim.severity, voices))

    def weeks(self, areas: Areas, published: Published) -> Iterator[ConditionWeek]:
        """Each week of each place and sector, by place, sector and week; weeks that are not told last."""
        for area, sector in sorted(self._lacks, key=lambda key: (areas.rank(key[0]), key[1])):
            by_week: dict[Monday | None, list[Lack]] = {}
            for lack in self._lacks[area, sector]:
                by_week.setdefault(monday(lack.told, published.get(lack.told.origin)), []).append(lack)
            for week in sorted(by_week, key=lambda day: (day is None, day or dt.date.min)):
                yield _week(areas, area, sector, week, sorted(by_week[week], key=lambda lack: lack.told.claim))


def monday(told: Told, published: dt.date | None) -> Monday | None:
    """The Monday of the week that a claim is about: of the days that it gives where they lie in one week, of the
    report where it gives none or a longer time that the report stands in; else `None`.

    >>> monday(Told("r1/c1", "r1", "r1", "asserted", None, None), dt.date(2024, 5, 30))
    datetime.date(2024, 5, 27)
    >>> march = dt.date(2024, 3, 1), dt.date(2024, 3, 31)
    >>> monday(Told("r1/c1", "r1", "r1", "asserted", *march), dt.date(2024, 5, 30)) is None
    True
    """
    start, end = told.start, told.end
    if start is None and end is None:
        return _monday(published)
    if start is not None and end is not None and _monday(start) == _monday(end):
        return _monday(start)
    if published is None or (start is not None and start > published) or (end is not None and end < published):
        return None
    return _monday(published)


def _monday(day: dt.date | None) -> Monday | None:
    return day - dt.timedelta(days=day.weekday()) if day is not None else None


def _week(areas: Areas, area: AreaKey, sector: Sector, starts: Monday | None, lacks: list[Lack]) -> ConditionWeek:
    held = [lack for lack in lacks if lack.told.held]
    severities = tuple(sorted({lack.severity for lack in held if lack.severity}))
    known = worst(severities, sector)
    return ConditionWeek(
        id="k" + hashlib.sha256(repr((area, sector, str(starts))).encode()).hexdigest()[:12],
        place=areas.place(area),
        sector=sector,
        week=_named(starts),
        starts=starts,
        severities=severities,
        worst=known[0] if known else None,
        scale=known[1] if known else None,
        sources=len({voice for lack in held for voice in lack.voices}),
        reports=reports_of(lack.told for lack in lacks),
        claims=tuple(as_claim(lack.told, [lack.severity] if lack.severity else []) for lack in lacks),
    )


def _named(starts: Monday | None) -> str | None:
    if starts is None:
        return None
    year, week, _ = starts.isocalendar()
    return f"{year:04d}-W{week:02d}"
