"""Meanings that hang on the date of the report: "yesterday", "on Tuesday", "in the past week"."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from ascertain.model import WhenPrecision
from ascertain.times.days import Extent, container, plus, shift, third_of_month, third_of_year
from ascertain.times.discourse_dates import BARE, days_of
from ascertain.times.mention import Role
from ascertain.times.said import Meaning, Said, around, unit_precision

_SATURDAY, _WEDNESDAY = 5, 2


def near(said: Said) -> Meaning:
    """A day counted from the report: "yesterday"."""
    return _day(said.published and plus(said.published, said.number("near")))


def from_report(said: Said) -> Meaning:
    """Days counted from the report, as the rule says: "last night"."""
    first, last = said.rule.offset
    return _report(around(said.published, first, last), "day" if first == last else "span")


def weekday(said: Said) -> Meaning:
    """A day of the week: the latest one up to the report, or as "last", "this" or "next" say."""
    number, which = said.number("weekday"), said.optional("which")
    day = said.frame.limit if which is None else said.published
    return _day(day and _weekday(day, number, which, said.frame.future))


def _weekday(day: dt.date, number: int, which: int | None, future: bool) -> dt.date | None:
    if which == 0:
        return plus(container("week", day)[0], number)
    if which == 1 or (which is None and future):
        return plus(day, (number - day.weekday()) % 7 or (7 if which else 0))
    return plus(day, -((day.weekday() - number) % 7 or (7 if which else 0)))


def weekday_in_week(said: Said) -> Meaning:
    """A day of last, this or next week: "Tuesday last week"."""
    days = 7 * said.number("which_week") + said.number("weekday")
    return _day(said.published and plus(container("week", said.published)[0], days))


def into_weekday(said: Said) -> Meaning:
    """The night into a day of the week: the day before, and the day."""
    day = weekday(said).days
    return _report(around(day and day[0], -1, 0), "span")


def weekend(said: Said) -> Meaning:
    """Saturday and Sunday: the last that have begun; "this" looks ahead from Wednesday on, "next" always."""
    published, which = said.published, said.optional("which")
    if published is None:
        return _report(None, "span")
    begun = published.weekday() >= _SATURDAY
    weeks = {None: begun - 1, -1: -1, 0: (published.weekday() >= _WEDNESDAY) - 1, 1: int(begun)}[which]
    days = around(container("week", published)[0], 7 * weeks + 5, 7 * weeks + 6)
    if days and which is None:
        days = days[0], min(days[1], published)
    return _report(days, "span")


def unit(said: Said) -> Meaning:
    """Last, this or next week, month or year; a `sign` keeps what of it lies before (-1) or after the report."""
    published = said.published
    day = published and shift(said.unit, published, said.number("which"))
    if published is None or day is None:
        return _report(None, unit_precision(said.unit))
    first, last = container(said.unit, day)
    if said.rule.sign < 0:
        last = max(first, min(last, published))
    if said.rule.sign > 0:
        first = min(last, max(first, published))
    return _report((first, last), unit_precision(said.unit))


def unit_part(said: Said) -> Meaning:
    """A part of last, this or next month or year: "early last month"; of a week, the week."""
    day = said.published and shift(said.unit, said.published, said.optional("which") or 0)
    if said.unit == "week":
        return _report(container("week", day) if day else None, "week")
    if day is None:
        return _report(None, "span")
    third = said.word("third")
    return _report(
        third_of_month(day.year, day.month, third) if said.unit == "month" else third_of_year(day.year, third), "span"
    )


def ago(said: Said) -> Meaning:
    """So long before the report; of weeks and longer, the calendar week, month or year."""
    least, most = said.bounds() or (BARE if said.rule.bare else (1, 1))
    most = (said.bounds("more") or (most, most))[1]
    if said.unit in ("minute", "hour"):
        first, last = days_of(said.unit, least, most, -1)
        return _report(around(said.published, first, last), "day" if first == last else "span")
    precision: WhenPrecision = unit_precision(said.unit) if least == most else "span"
    start = said.published and shift(said.unit, said.published, -most)
    end = said.published and shift(said.unit, said.published, -least)
    if start is None or end is None or start > end:
        return _report(None, precision)
    return _report(container(said.unit, start) if least == most else (start, end), precision)


def window(said: Said) -> Meaning:
    """A window that ends at the report: "in the past 24 hours"."""
    published, most = said.published, (said.bounds() or (1, 1))[1]
    if said.unit in ("minute", "hour"):
        return _report(around(published, days_of(said.unit, most, most, -1)[0], 0), "span", "duration")
    start = published and shift(said.unit, published, -most)
    return _report((start, published) if start and published else None, "span", "duration")


def recent(said: Said) -> Meaning:
    """A window of unknown length that ends at the report: "in recent days"."""
    return replace(_report(around(said.published, 0, 0), "span", "duration"), open_start=True)


def running(said: Said) -> Meaning | None:
    """Days in a row up to the report: "for the third day running"."""
    count, published = said.number("ordinal"), said.published
    if count < 1 or said.unit in ("minute", "hour"):
        return None
    start = published and shift(said.unit, published, 1 - count)
    return _report((start, published) if start and published else None, "span", "duration")


def _report(days: Extent | None, precision: WhenPrecision, role: Role = "date") -> Meaning:
    return Meaning(days, precision, "report", role=role)


def _day(day: dt.date | None) -> Meaning:
    return _report((day, day) if day else None, "day")
