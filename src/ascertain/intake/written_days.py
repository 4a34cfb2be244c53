"""Days as files write them: those that can mean one day only, and those of numbers, which the file as a whole tells."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from email.utils import parsedate_to_datetime
from typing import Literal

Order = Literal["day, month, year", "month, day, year", "year, month, day"]

DAY_FIRST: Order = "day, month, year"
MONTH_FIRST: Order = "month, day, year"
YEAR_FIRST: Order = "year, month, day"

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\S.*)?", re.ASCII)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:[T ,].*)?", re.ASCII)
_NAMED = (
    re.compile(
        r"(?:[a-z]{3,9}\.?,? )?(?P<day>\d{1,2})(?:st|nd|rd|th)?[ -](?P<month>[a-z]{3,9})\.?,?[ -](?P<year>\d{4})\b.*"
    ),
    re.compile(r"(?:[a-z]{3,9}\.?,? )?(?P<month>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})\b.*"),
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_TURN_OF_CENTURY = 70
_LONGEST = 100


def day_told(written: str) -> dt.date | None:
    """The day that is written so that it can mean no other, by the clock of who wrote it; `None` for any other writing.

    >>> day_told("2024-03-05T23:30:00-05:00"), day_told("Mon, 01 Jan 2024 23:30:00 -0500"), day_told("5 March 2024")
    (datetime.date(2024, 3, 5), datetime.date(2024, 1, 1), datetime.date(2024, 3, 5))
    >>> day_told("05/03/2024") is None
    True
    """
    line = " ".join(written[:_LONGEST].split())
    for pattern in (_ISO, _COMPACT):
        if match := pattern.fullmatch(line):
            return day(*map(int, match.groups()))
    for pattern in _NAMED:
        if match := pattern.fullmatch(line.lower()):
            month = _month(match["month"])
            return day(int(match["year"]), month, int(match["day"])) if month else None
    try:
        return parsedate_to_datetime(line).date() if "," in line or ":" in line else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def day(year: int, month: int, day_of_month: int) -> dt.date | None:
    """The day of three numbers, if there is one.

    >>> day(2023, 2, 29) is None
    True
    """
    try:
        return dt.date(year, month, day_of_month)
    except (ValueError, OverflowError):
        return None


def numbers_in(written: str) -> tuple[str, str, str] | None:
    """The three numbers of a day such as `5/3/2024`, in the order in which they stand.

    >>> numbers_in("5/3/2024 14:05"), numbers_in("2024")
    (('5', '3', '2024'), None)
    """
    match = _NUMBERS.fullmatch(written.strip())
    return (match[1], match[3], match[4]) if match else None


def day_by(order: Order, numbers: tuple[str, str, str]) -> dt.date | None:
    """The day of three numbers in an order; years of two digits are of 1970 to 2069.

    >>> day_by(MONTH_FIRST, ("3", "5", "24"))
    datetime.date(2024, 3, 5)
    """
    first, second, third = numbers
    year, month, day_of_month = {
        DAY_FIRST: (third, second, first),
        MONTH_FIRST: (third, first, second),
        YEAR_FIRST: (first, second, third),
    }[order]
    if len(year) not in (2, 4) or len(month) > 2 or len(day_of_month) > 2:
        return None
    number = int(year)
    century = 0 if len(year) == 4 else 2000 if number < _TURN_OF_CENTURY else 1900
    return day(century + number, int(month), int(day_of_month))


class Orders:
    """Which orders of day, month and year all the days of a file can be written in.

    >>> orders = Orders()
    >>> for written in ("5/3/2024", "17/3/2024"):
    ...     orders.add(numbers_in(written))
    >>> orders.only()
    'day, month, year'
    """

    def __init__(
        self, *, one_after_the_other: bool = False, earliest: dt.date = dt.date.min, latest: dt.date = dt.date.max
    ) -> None:
        """`one_after_the_other` where later days stand after earlier ones, as in a chat; none is before `earliest` or
        after `latest`."""
        self._sorted, self._earliest, self._latest = one_after_the_other, earliest, latest
        self._last: dict[Order, dt.date] = dict.fromkeys((DAY_FIRST, MONTH_FIRST, YEAR_FIRST), dt.date.min)
        self._differ = False

    def add(self, numbers: tuple[str, str, str]) -> None:
        """Leave only the orders in which these numbers are a day that can come now."""
        told = {order: day_by(order, numbers) for order in self._last}
        if told.get(DAY_FIRST) != told.get(MONTH_FIRST):
            self._differ = True
        self._last = {
            order: max(last, found)
            for order, last in self._last.items()
            if (found := told[order]) is not None and self._can_come(found, last)
        }

    def _can_come(self, found: dt.date, last: dt.date) -> bool:
        """Clocks that are put back, and messages that arrive late, may go back by a day."""
        is_later = last == dt.date.min or found >= last - dt.timedelta(days=1)
        return self._earliest <= found <= self._latest and (is_later or not self._sorted)

    def is_told(self) -> bool:
        """Whether no further day can change the order."""
        return len(self._last) <= 1

    def only(self) -> Order | None:
        """The one order that is left, or any where all say the same; `None` where it cannot be told.

        A year of two digits stands last, unless it cannot.
        """
        usual = [order for order in (DAY_FIRST, MONTH_FIRST) if order in self._last]
        if len(usual) == 2:
            return None if self._differ else DAY_FIRST
        return usual[0] if usual else next(iter(self._last), None)


def order_of(days: Iterable[tuple[str, str, str]]) -> Order | None:
    """The one order that all days can be written in.

    >>> order_of([("5", "3", "2024"), ("6", "3", "2024")]) is None
    True
    """
    orders = Orders()
    for numbers in days:
        orders.add(numbers)
    return orders.only()


def _month(name: str) -> int | None:
    """The number of an English month, whole or cut to three letters or four."""
    is_cut = len(name) <= 4
    return next((n for n, month in enumerate(_MONTHS, 1) if month == name or (is_cut and month.startswith(name))), None)
