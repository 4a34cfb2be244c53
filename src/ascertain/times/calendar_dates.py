"""Meanings that hang on the calendar: days, months, years and their parts."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from ascertain.model import WhenPrecision
from ascertain.times.days import (
    Extent,
    container,
    date_of,
    month_extent,
    piece_of_month,
    piece_of_year,
    plus,
    third_of_decade,
    third_of_month,
    third_of_year,
    year_extent,
)
from ascertain.times.said import Frame, Meaning, Said

_PIVOT = 70
"""With no report date, a year of two digits is one of 1970 to 2069."""


def date(said: Said) -> Meaning | None:
    """A day of a month, with or without the year."""
    month, day = said.number("month"), said.number("day")
    if not _possible(month, day):
        return None
    year = _year(said, month, day)
    when = date_of(year, month, day) if year else None
    if year and when is None:
        return None
    return _calendar((when, when) if when else None, "day", said)


def days(said: Said) -> Meaning | None:
    """Several days of one month: "3-5 May"."""
    first, last_day = date(said), said.number("last_day")
    if first is None or not _possible(said.number("month"), last_day) or last_day < said.number("day"):
        return None
    if first.days is None:
        return replace(first, precision="span")
    start = first.days[0]
    end = date_of(start.year, start.month, last_day)
    return replace(first, days=(start, end), precision="span") if end else None


def week_of(said: Said) -> Meaning | None:
    """The calendar week that holds a day."""
    day = date(said)
    if day is None or day.days is None:
        return day and replace(day, precision="week")
    return replace(day, days=container("week", day.days[0]), precision="week")


def week_ending(said: Said) -> Meaning | None:
    """The seven days that end with a day."""
    day = date(said)
    if day is None or day.days is None:
        return day and replace(day, precision="week")
    first = plus(day.days[0], -6)
    return replace(day, days=(first, day.days[0]), precision="week") if first else None


def numeric(said: Said) -> Meaning | None:
    """A date in digits: day first, unless that cannot be, is after the report, or the text writes the month first."""
    first, second, third = (int(part) for part in re.split(r"\D", said.word("numeric")))
    if first > 31:
        dates = [date_of(first, second, third)]
    else:
        year = third if third > 99 else _whole_year(third, said.published)
        dates = [date_of(year, second, first), date_of(year, first, second)]
    possible = [day for day in (reversed(dates) if said.frame.month_first else dates) if day]
    past = [day for day in possible if said.published is None or day <= said.published]
    day = next(iter([*past, *possible]), None)
    return Meaning((day, day), "day", "calendar", full=True) if day else None


def month(said: Said) -> Meaning:
    """A month: "in March 2024", "last June"."""
    number, which = said.number("month"), said.optional("which")
    year = _year(said, number) if which is None else _year_of_which(number, which, said.published)
    return _calendar(month_extent(year, number) if year else None, "month", said)


def months(said: Said) -> Meaning:
    """From a month to another: "from March to May 2024"."""
    first, last = said.number("month"), said.number("last_month")
    year = _year(said, last)
    if year is None:
        return _calendar(None, "span", said)
    return _calendar((month_extent(year - (first > last), first)[0], month_extent(year, last)[1]), "span", said)


def month_part(said: Said) -> Meaning | None:
    """A part of a month: "mid-October", "the first half of May"."""
    number = said.number("month")
    year = _year(said, number)
    if year is None:
        return _calendar(None, "span", said)
    if "third" in said.slots:
        return _calendar(third_of_month(year, number, said.word("third")), "span", said)
    piece = piece_of_month(year, number, said.number("ordinal"), said.word("piece"))
    return _calendar(piece, "span", said) if piece else None


def year(said: Said) -> Meaning:
    """A year: "in 2019"."""
    return Meaning(year_extent(said.number("year")), "year", "calendar")


def years(said: Said) -> Meaning | None:
    """From a year to another."""
    first, last = said.number("year"), said.number("last_year")
    return Meaning((year_extent(first)[0], year_extent(last)[1]), "span", "calendar") if first <= last else None


def year_part(said: Said) -> Meaning | None:
    """A part of a year: "early 2023", "the second half of 2019"."""
    number = said.number("year")
    if "third" in said.slots:
        return Meaning(third_of_year(number, said.word("third")), "span", "calendar")
    piece = piece_of_year(number, said.number("ordinal"), said.word("piece"))
    return Meaning(piece, "span", "calendar") if piece else None


def decade(said: Said) -> Meaning:
    """A decade, or its early, mid or late years; "the 80s" are the 1980s."""
    digits = said.number("decade")
    first = digits // 10 * 10 if digits > 99 else digits + (1900 if digits >= 30 else 2000)
    if "third" in said.slots:
        return Meaning(third_of_decade(first, said.word("third")), "span", "calendar")
    return Meaning((year_extent(first)[0], year_extent(first + 9)[1]), "span", "calendar")


def day_of_month(said: Said) -> Meaning | None:
    """A day whose month is that of the last date of the text: "on the 18th"."""
    latest = said.frame.latest
    if latest is None:
        return Meaning(None, "day", "calendar")
    day = date_of(latest.year, latest.month, said.number("day"))
    return Meaning((day, day), "day", "calendar") if day else None


def _calendar(days: Extent | None, precision: WhenPrecision, said: Said) -> Meaning:
    return Meaning(days, precision, "calendar", full=_has_year(said))


def _possible(month: int, day: int) -> bool:
    return date_of(2000, month, day) is not None


def _has_year(said: Said) -> bool:
    return not said.slots.keys().isdisjoint(("year", "short_year", "quoted_year", "which_year"))


def _year(said: Said, month: int, day: int = 1) -> int | None:
    """The year of a date: the one in words, or the one that the frame tells."""
    if not _has_year(said):
        return _year_by_frame(month, day, said.optional("weekday"), said.frame)
    if "year" in said.slots:
        return said.number("year")
    if "which_year" in said.slots:
        return said.published.year + said.number("which_year") if said.published else None
    return _whole_year(said.number("short_year" if "short_year" in said.slots else "quoted_year"), said.published)


def _whole_year(short: int, published: dt.date | None) -> int:
    """A year of two digits in the century that puts it nearest to the report."""
    if published is None:
        return short + (1900 if short >= _PIVOT else 2000)
    return min((short + century for century in (1800, 1900, 2000, 2100)), key=lambda year: abs(year - published.year))


def _year_of_which(number: int, which: int, published: dt.date | None) -> int | None:
    """The year of the "last", "this" or "next" month so named, seen from the report."""
    if published is None:
        return None
    if which < 0:
        return published.year - (number >= published.month)
    return published.year + (which > 0 and number <= published.month)


def _year_by_frame(month: int, day: int, weekday: int | None, frame: Frame) -> int | None:
    """The year of a date without one.

    It is the year that puts the date near the last full date of the text, if that is not after the report; else the
    latest year that is not after the report. Where a weekday is named, a year near by that agrees with it goes first.
    """
    if frame.floor is not None:
        return next((date.year for date in _in_years(month, day, frame.floor.year, 9) if date >= frame.floor), None)
    dates = [*_near_context(month, day, frame), *_before_limit(month, day, frame)]
    near = [*dates[:2], *_after_limit(month, day, frame), *dates[2:3]]
    agreeing = [date for date in near if date.weekday() == weekday]
    return next((date.year for date in (*agreeing, *dates)), None)


def _near_context(month: int, day: int, frame: Frame) -> list[dt.date]:
    context = frame.context
    if context is None:
        return []
    dates = [
        date
        for date in _in_years(month, day, context.year - 1, 3)
        if -frame.back <= (date - context).days < 365 - frame.back
    ]
    return [date for date in dates if frame.limit is None or (date - frame.limit).days <= frame.slack]


def _before_limit(month: int, day: int, frame: Frame) -> list[dt.date]:
    limit = frame.limit
    if limit is None:
        return []
    return [date for date in reversed(_in_years(month, day, limit.year - 8, 10)) if (date - limit).days <= frame.slack]


def _after_limit(month: int, day: int, frame: Frame) -> list[dt.date]:
    limit = frame.limit
    return [date for date in _in_years(month, day, limit.year, 2) if date > limit][:1] if limit else []


def _in_years(month: int, day: int, first: int, count: int) -> list[dt.date]:
    """The day in each of so many years that has it; nine years surely hold a 29 February."""
    return [date for year in range(first, first + count) if (date := date_of(year, month, day))]
