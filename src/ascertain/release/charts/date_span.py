"""When something happened, as a bar over the days that it may have been."""

from __future__ import annotations

import datetime as dt

from ascertain.release.charts.marks import HEIGHT_OF_DAYS, day_axis, fading_on
from ascertain.release.charts.scales import Days, moved
from ascertain.release.charts.svg import Across, chart
from ascertain.release.charts.wording import Words, told_day, told_days

_MIDDLE, _BAND = 10.0, 10.0
_AROUND = 7


def days_around(*known: dt.date | None) -> Days | None:
    """The days that an axis shows around some known ones, None where none is known.

    >>> days_around(dt.date(2024, 9, 5), None).count
    15
    """
    given = [day for day in known if day is not None]
    around = dt.timedelta(days=_AROUND)
    return Days(moved(min(given), -around), moved(max(given), around)) if given else None


def date_span(start: dt.date | None, end: dt.date | None, words: Words, *, days: Days | None = None) -> str:
    """The days from `start` to `end`, both included, over `days`; an end that nobody knows fades out.

    >>> from ascertain.release.charts.wording import words_of
    >>> "4 Sep 2024 – 5 Sep 2024" in date_span(dt.date(2024, 9, 4), dt.date(2024, 9, 5), words_of("en"))
    True
    """
    days, across, title = days or days_around(start, end), Across(words.rtl), told_when(start, end, words)
    if days is None or (start is None and end is None):
        return chart("span", 20, title, title, [across.line(0, 1, _MIDDLE, _MIDDLE, "unknown-line")], rtl=words.rtl)
    first, last = days.starts(start or end or days.first), days.ends(end or start or days.last)
    marks = [
        across.line(0, 1, _MIDDLE, _MIDDLE, "grid"),
        across.block(first, last, _MIDDLE - _BAND / 2, _BAND, "bar"),
        fading_on(across, last, _MIDDLE - _BAND / 2, _BAND) if end is None else "",
        _fading_back(across, first) if start is None else "",
        *day_axis(across, days, _MIDDLE + _BAND, words),
    ]
    return chart("span", _MIDDLE + _BAND + HEIGHT_OF_DAYS, title, title, marks, rtl=words.rtl)


def told_when(start: dt.date | None, end: dt.date | None, words: Words) -> str:
    """Days in words, with what is not known of them."""
    if start and end:
        return told_days(start, end, words)
    if start:
        return words.phrase("since", start=told_day(start, words))
    return words.phrase("until", end=told_day(end, words)) if end else words.phrase("when_unknown")


def _fading_back(across: Across, share: float) -> str:
    """A beginning that nobody knows: the same as an open end, the other way round."""
    return fading_on(Across(not across.rtl), 1 - share, _MIDDLE - _BAND / 2, _BAND)
