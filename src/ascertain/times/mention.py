"""A mention of a time: its words, and the days that they mean."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from ascertain.model import Span, When, WhenPrecision
from ascertain.times.days import container, plus

Role = Literal["date", "since", "until", "duration"]
Anchor = Literal["calendar", "report", "discourse"]


@dataclass(frozen=True, slots=True)
class TimeMention:
    """Words that say when, and the days from `start` to `end` that they mean, both included.

    `role` is what the words do: give a `date` (or a span of dates), the start of a period (`since`: `end` is `None`),
    its end (`until`: `start` is `None`), or a `duration` ("in the past week", "for three days"). `anchor` is what the
    days are counted from. `offset_days` holds, for discourse mentions, the days from the date under discussion.
    """

    span: Span
    text: str
    role: Role
    start: dt.date | None
    end: dt.date | None
    precision: WhenPrecision
    anchor: Anchor
    offset_days: tuple[int, int] | None = None

    def when(self) -> When:
        """The mention as the model's `When`.

        >>> from ascertain.times import find_times
        >>> find_times("A strike on 7 October 2023.")[0].when().start
        datetime.date(2023, 10, 7)
        """
        return When(start=self.start, end=self.end, precision=self.precision, text=self.text, span=self.span)


def resolve(mention: TimeMention, discourse: dt.date | None) -> TimeMention:
    """The mention with its days counted from the date under discussion; other mentions come back as they are.

    A mention of a week, month or year becomes the calendar week (from Monday), month or year that holds the day.

    >>> from ascertain.times import find_times
    >>> later = find_times("Two days later he died.")[0]
    >>> resolve(later, dt.date(2023, 10, 7)).start
    datetime.date(2023, 10, 9)
    >>> resolve(later, None).start is None
    True
    """
    if mention.anchor != "discourse" or discourse is None or mention.offset_days is None:
        return mention
    first, last = (plus(discourse, days) for days in mention.offset_days)
    if first is None or last is None:
        return mention
    if mention.precision in ("week", "month", "year"):
        first, last = container(mention.precision, first)[0], container(mention.precision, last)[1]
    return replace(
        mention,
        start=None if mention.role == "until" else first,
        end=None if mention.role == "since" else last,
    )
