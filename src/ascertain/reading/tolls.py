"""Tolls: cumulative counts over a war, a campaign or a period, told apart from the harm of one event.

In: a telling. Out: whether what it counts is a toll, and the start of the period that it covers.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from ascertain.model import When
from ascertain.reading.tellings import Telling
from ascertain.reading.words import phrases, word_set
from ascertain.times import TimeMention

LONG_DAYS = 4
NAMED_WAYS = 3


def is_toll(telling: Telling) -> bool:
    """Whether the harm told is a cumulative count over a period rather than that of one event."""
    if not any(_counts(s.people.low, s.people.high, s.people.stated) for h in telling.harms for s in h.sufferers):
        return False
    words = " ".join([telling.words, *(time.text.lower() for time in telling.times if time.role != "since")])
    if phrases("one_event").search(words):
        return False
    named = any(cue.entry.strength >= NAMED_WAYS for cue in telling.cues)
    if any(_is_period(time, named) for time in telling.times) or _is_tally(telling):
        return True
    return bool(phrases("toll").search(words)) or bool(_since_events().search(words))


def _is_tally(telling: Telling) -> bool:
    """Whether somebody who keeps count gives a figure for a year or month: "verified 3,400 deaths in 2019"."""
    long = any(time.role == "date" and time.precision in ("year", "month", "span") for time in telling.times)
    return long and not word_set("discourse", "counting").isdisjoint(telling.sentence.low)


@cache
def _since_events() -> re.Pattern[str]:
    """What tells that a count goes on since something of long began: "since the ground operation began"."""
    return re.compile(r"\bsince (?:\w+ ){0,4}(?:" + "|".join(sorted(word_set("discourse", "began"))) + r")\b")


def _counts(low: int | None, high: int | None, stated: str) -> bool:
    return bool(low or high or stated == "vague") and stated not in ("single", "name")


def _is_period(time: TimeMention, named: bool) -> bool:
    """Whether a time is a period over which harm adds up. `named`: the way of harm is told, as of one event."""
    days = _days(time)
    if time.role == "since":
        return not named or time.anchor != "report" or (days is not None and days > LONG_DAYS)
    if time.role == "duration":
        return days is not None and days > LONG_DAYS
    return time.role == "date" and time.precision == "span" and days is not None and days >= LONG_DAYS


def _days(time: TimeMention) -> int | None:
    if time.start is None or time.end is None:
        return None
    return (time.end - time.start).days


def since(telling: Telling) -> When | None:
    """The start of the period that a toll covers, as its first day, month or year."""
    times = sorted(telling.line.times, key=lambda time: (time not in telling.times, time.span))
    for time in times:
        if time.role in ("since", "duration") or (time.role == "date" and time.precision == "year"):
            found = time.when()
            return _beginning(found) if time.role == "since" or found.precision == "year" else found
    return None


def _beginning(period: When) -> When:
    """The first unit of a period: of "since March 2015", that March."""
    if period.start is None:
        return period
    return period.model_copy(update={"end": _end_of(period.start, period.precision)})


def _end_of(first: date, precision: str) -> date:
    if precision == "year":
        return date(first.year, 12, 31)
    if precision == "month":
        return (date(first.year, first.month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first + timedelta(days=6) if precision == "week" else first
