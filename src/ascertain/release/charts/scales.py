"""Scales: of people, which always begin at zero, and of days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from ascertain.release.charts.values import Range

Step = Literal["day", "week", "month", "year"]
STEPS: tuple[Step, ...] = ("day", "week", "month", "year")
ROOM_FOR_OPEN_ENDS = 1.15
_ROUND = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Scale:
    """From zero to `limit` people, with the numbers written on its axis."""

    limit: int
    ticks: tuple[int, ...]

    def share(self, people: int) -> float:
        """How far along the scale a number lies; ValueError where it is beyond.

        >>> scale_for([Range(13, 15, 17)]).share(10)
        0.5
        """
        if not 0 <= people <= self.limit:
            raise ValueError(f"{people} is not on a scale of 0 to {self.limit}: make it by scale_for of all figures")
        return people / self.limit


def scale_for(ranges: Iterable[Range]) -> Scale:
    """The scale on which several range bars can be compared: it holds all of them, and room for open ends.

    >>> scale_for([Range(13, 15, 17), Range(2, 2, 2)])
    Scale(limit=20, ticks=(0, 5, 10, 15, 20))
    """
    most = max((one.top * (ROOM_FOR_OPEN_ENDS if one.is_open else 1) for one in ranges), default=0)
    step = _step(most)
    count = max(1, -int(-most // step))
    return Scale(step * count, tuple(step * at for at in range(count + 1)))


def _step(most: float) -> int:
    """The least round number of which at most five make up `most`."""
    power = 1
    while True:
        for digit in _ROUND:
            if most <= 5 * digit * power:
                return digit * power
        power *= 10


@dataclass(frozen=True, slots=True)
class Days:
    """The days from `first` to `last`, both included."""

    first: dt.date
    last: dt.date

    @property
    def count(self) -> int:
        """How many there are."""
        return (self.last - self.first).days + 1

    def starts(self, day: dt.date) -> float:
        """How far along a day begins."""
        return (day - self.first).days / self.count

    def ends(self, day: dt.date) -> float:
        """How far along a day ends."""
        return ((day - self.first).days + 1) / self.count

    def middle(self, day: dt.date) -> float:
        """How far along the noon of a day lies."""
        return ((day - self.first).days + 0.5) / self.count


def buckets_between(first: dt.date, last: dt.date, step: Step) -> Iterator[tuple[dt.date, dt.date]]:
    """The days, ISO weeks, months or years that hold the days from `first` to `last`, whole, both ends included.

    >>> [start.isoformat() for start, _ in buckets_between(dt.date(2024, 1, 31), dt.date(2024, 3, 1), "month")]
    ['2024-01-01', '2024-02-01', '2024-03-01']
    """
    start = start_of(first, step)
    while start <= last:
        following = _after(start, step)
        if following <= start:  # the calendar ends here
            yield start, dt.date.max
            return
        yield start, following - dt.timedelta(days=1)
        start = following


def moved(day: dt.date, by: dt.timedelta) -> dt.date:
    """A day so much later, or earlier; the calendar's last or first day where that lies beyond it.

    >>> moved(dt.date(9999, 12, 31), dt.timedelta(days=7)), moved(dt.date(2024, 3, 1), dt.timedelta(days=-1))
    (datetime.date(9999, 12, 31), datetime.date(2024, 2, 29))
    """
    return dt.date.fromordinal(min(max(day.toordinal() + by.days, 1), dt.date.max.toordinal()))


def start_of(day: dt.date, step: Step) -> dt.date:
    """The first day of the week, month or year of a day; weeks begin on Monday (ISO 8601)."""
    if step == "week":
        return day - dt.timedelta(days=day.weekday())
    return day.replace(day=1 if step in ("month", "year") else day.day, month=1 if step == "year" else day.month)


def _after(start: dt.date, step: Step) -> dt.date:
    """The first day after the bucket that begins on `start`."""
    longest = {"day": 1, "week": 7, "month": 31, "year": 366}[step]
    return start_of(moved(start, dt.timedelta(days=longest)), step)


def step_for(first: dt.date, last: dt.date, most: int = 120) -> Step:
    """The finest step that cuts the days into no more buckets than can be seen apart.

    >>> step_for(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    'week'
    """
    days = (last - first).days + 1
    lasting = {"day": 1, "week": 7, "month": 30, "year": 365}
    return next((step for step in STEPS if days / lasting[step] <= most), "year")


_CALENDAR: tuple[tuple[Step, int], ...] = (
    ("day", 1), ("day", 2), ("week", 1), ("week", 2), ("month", 1), ("month", 2), ("month", 3), ("month", 6),
    ("year", 1), ("year", 2), ("year", 5), ("year", 10), ("year", 20), ("year", 50),
)  # fmt: skip


def day_ticks(days: Days, most: int = 6) -> tuple[Step, tuple[dt.date, ...]]:
    """The days to write on an axis, at most that many, and whether they stand for days, months or years.

    >>> day_ticks(Days(dt.date(2024, 2, 10), dt.date(2024, 5, 20)))[1][0]
    datetime.date(2024, 3, 1)
    """
    found: tuple[Step, tuple[dt.date, ...]] = ("year", ())
    for step, every in _CALENDAR:
        if days.count / {"day": 1, "week": 7, "month": 28, "year": 365}[step] / every > most * 2:
            continue
        found = (step, tuple(_every(days, step, every)))
        if len(found[1]) <= most:
            break
    return found if found[1] else ("day", (days.first,))


def _every(days: Days, step: Step, every: int) -> Iterator[dt.date]:
    for start, _ in buckets_between(days.first, days.last, step):
        number = {
            "day": start.toordinal(),
            "week": start.toordinal() // 7,
            "month": start.month - 1,
            "year": start.year,
        }
        if start >= days.first and number[step] % every == 0:
            yield start
