"""Arithmetic of days, weeks, months and years."""

from __future__ import annotations

import calendar
import datetime as dt

Extent = tuple[dt.date, dt.date]
"""The first and the last day of a period, both included."""

_MONTHS_A_THIRD = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}
_DAYS_A_THIRD = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
_YEARS_A_THIRD = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}


def date_of(year: int, month: int, day: int) -> dt.date | None:
    """The day, or `None` where the calendar has none such.

    >>> date_of(2023, 2, 29) is None
    True
    """
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def plus(day: dt.date, days: int) -> dt.date | None:
    """The day so many days later, or `None` outside the calendar."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return None


def month_extent(year: int, month: int) -> Extent:
    """First and last day of a month."""
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def year_extent(year: int) -> Extent:
    """First and last day of a year."""
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def container(unit: str, day: dt.date) -> Extent:
    """The calendar `day`, `week` (from Monday), `month` or `year` that holds the day.

    >>> container("week", dt.date(2023, 10, 7))
    (datetime.date(2023, 10, 2), datetime.date(2023, 10, 8))
    """
    if unit == "week":
        monday = day.toordinal() - day.weekday()
        last = min(monday + 6, dt.date.max.toordinal())
        return dt.date.fromordinal(max(monday, 1)), dt.date.fromordinal(last)
    if unit == "month":
        return month_extent(day.year, day.month)
    if unit == "year":
        return year_extent(day.year)
    return day, day


def shift(unit: str, day: dt.date, count: int) -> dt.date | None:
    """The day so many units later; the last day of the month where that month is shorter; `None` off the calendar.

    >>> shift("month", dt.date(2024, 3, 31), -1)
    datetime.date(2024, 2, 29)
    """
    if unit in ("day", "week"):
        return plus(day, count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def third_of_month(year: int, month: int, third: str) -> Extent:
    """The `early` (1st to 10th), `mid` (11th to 20th) or `late` part of a month."""
    first, last = _DAYS_A_THIRD[third]
    end = month_extent(year, month)[1]
    return dt.date(year, month, first), dt.date(year, month, min(last, end.day))


def third_of_year(year: int, third: str) -> Extent:
    """The `early`, `mid` or `late` four months of a year."""
    first, last = _MONTHS_A_THIRD[third]
    return dt.date(year, first, 1), month_extent(year, last)[1]


def third_of_decade(first_year: int, third: str) -> Extent:
    """The `early` (years 0 to 3), `mid` (4 to 6) or `late` (7 to 9) part of a decade."""
    first, last = _YEARS_A_THIRD[third]
    return dt.date(first_year + first, 1, 1), dt.date(first_year + last, 12, 31)


def piece_of_month(year: int, month: int, ordinal: int, piece: str) -> Extent | None:
    """The n-th `half` or `week` of a month, or its first or last `days`; -1 is the last.

    >>> piece_of_month(2024, 5, 1, "half")
    (datetime.date(2024, 5, 1), datetime.date(2024, 5, 15))
    """
    start, end = month_extent(year, month)
    if piece == "days":
        return third_of_month(year, month, "early" if ordinal == 1 else "late") if ordinal in (1, -1) else None
    edges = {"half": [1, 16], "week": [1, 8, 15, 22]}.get(piece)
    if edges is None or ordinal not in (-1, *range(1, len(edges) + 1)):
        return None
    if ordinal == -1 and piece == "week":
        return end - dt.timedelta(days=6), end
    index = len(edges) - 1 if ordinal == -1 else ordinal - 1
    last = edges[index + 1] - 1 if index + 1 < len(edges) and piece == "half" else edges[index] + 6
    return start.replace(day=edges[index]), end if piece == "half" and index == 1 else end.replace(day=last)


def piece_of_year(year: int, ordinal: int, piece: str) -> Extent | None:
    """The n-th `half` or `quarter` of a year; -1 is the last.

    >>> piece_of_year(2024, -1, "quarter")
    (datetime.date(2024, 10, 1), datetime.date(2024, 12, 31))
    """
    months = {"half": 6, "quarter": 3}.get(piece)
    if months is None or ordinal not in (-1, *range(1, 12 // months + 1)):
        return None
    index = 12 // months - 1 if ordinal == -1 else ordinal - 1
    first = index * months + 1
    return dt.date(year, first, 1), month_extent(year, first + months - 1)[1]
