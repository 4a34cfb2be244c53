"""The meanings that the data files name: each takes what a form says and gives what it comes to.

A meaning returns `None` where the words are no time at all, and a `Meaning` without days where they are one but the
days cannot be worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ascertain.times import calendar_dates, discourse_dates, report_dates
from ascertain.times.said import Meaning, Said

MEANINGS: Mapping[str, Callable[[Said], Meaning | None]] = {
    "date": calendar_dates.date,
    "days": calendar_dates.days,
    "week_of": calendar_dates.week_of,
    "week_ending": calendar_dates.week_ending,
    "numeric": calendar_dates.numeric,
    "month": calendar_dates.month,
    "months": calendar_dates.months,
    "month_part": calendar_dates.month_part,
    "year": calendar_dates.year,
    "years": calendar_dates.years,
    "year_part": calendar_dates.year_part,
    "decade": calendar_dates.decade,
    "day_of_month": calendar_dates.day_of_month,
    "near": report_dates.near,
    "from_report": report_dates.from_report,
    "weekday": report_dates.weekday,
    "weekday_in_week": report_dates.weekday_in_week,
    "into_weekday": report_dates.into_weekday,
    "weekend": report_dates.weekend,
    "unit": report_dates.unit,
    "unit_part": report_dates.unit_part,
    "ago": report_dates.ago,
    "window": report_dates.window,
    "recent": report_dates.recent,
    "running": report_dates.running,
    "from_discourse": discourse_dates.from_discourse,
    "distance": discourse_dates.distance,
    "beside": discourse_dates.beside,
    "weekday_beside": discourse_dates.weekday_beside,
    "ahead": discourse_dates.ahead,
    "undated": discourse_dates.undated,
    "nothing": discourse_dates.nothing,
}
