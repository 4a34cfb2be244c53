"""What a form says and what it hangs on (`Said`), and what that comes to (`Meaning`)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import cast

from ascertain.model import WhenPrecision
from ascertain.times.days import Extent
from ascertain.times.forms import Rule, Value
from ascertain.times.mention import Anchor, Role

BACK, BACK_FROM_LATER = 120, 183
"""A date without a year lies at most so many days before the last full date of the text (stories go onward), or before
the first one that follows; and within a year from there."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a mention is worked out from.

    Attributes:
        published: the date of the report.
        context: the last date before it in the text that has a year in words.
        back: how many days before `context` a date without a year may lie.
        latest: the last date before it in the text.
        limit: the day after which a past date cannot lie, mostly `published`.
        floor: the day before which it cannot, where a span has begun.
        slack: how many days after `limit` a date without a year may lie all the same: one, as it may be a day earlier
            where the report is from; more where the words point onward.
        future: whether a weekday is the next one, not the last.
        month_first: whether 07/10/2023 is 10 July.
    """

    published: dt.date | None
    context: dt.date | None = None
    back: int = BACK
    latest: dt.date | None = None
    limit: dt.date | None = None
    floor: dt.date | None = None
    slack: int = 1
    future: bool = False
    month_first: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """The days that words mean; `full` where the words themselves hold the year, `open_start` where only the last
    of `days` is known."""

    days: Extent | None
    precision: WhenPrecision
    anchor: Anchor
    offset: tuple[int, int] | None = None
    role: Role = "date"
    full: bool = False
    open_start: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """The values of a form's words by slot, its rule, and the frame."""

    slots: dict[str, Value]
    rule: Rule
    frame: Frame

    @property
    def published(self) -> dt.date | None:
        """The date of the report."""
        return self.frame.published

    @property
    def unit(self) -> str:
        """`minute`, `hour`, `day`, `week`, `month` or `year`."""
        return self.word("unit")

    def number(self, name: str) -> int:
        """The number in a slot that the form surely fills."""
        return cast(int, self.slots[name])

    def word(self, name: str) -> str:
        """The word in a slot that the form surely fills."""
        return cast(str, self.slots[name])

    def optional(self, name: str) -> int | None:
        """The number in a slot, or `None` where the form leaves it empty."""
        value = self.slots.get(name)
        return value if isinstance(value, int) else None

    def bounds(self, name: str = "number") -> tuple[int, int] | None:
        """Least and most of a number in words or digits."""
        value = self.slots.get(name)
        if value is None or isinstance(value, str):
            return None
        return value if isinstance(value, tuple) else (value, value)


def unit_precision(unit: str) -> WhenPrecision:
    """How exact so many units are; minutes and hours are exact to the day."""
    return cast(WhenPrecision, unit) if unit in ("day", "week", "month", "year") else "day"


def around(day: dt.date | None, first: int, last: int) -> Extent | None:
    """From so many days after a day (before it, where below zero) to so many."""
    try:
        return (day + dt.timedelta(days=first), day + dt.timedelta(days=last)) if day else None
    except OverflowError:
        return None
