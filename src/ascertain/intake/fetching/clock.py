"""The time, as fetching and watching see it; tests bring a clock of their own."""

from __future__ import annotations

import datetime as dt
import time
from typing import Protocol


class Clock(Protocol):
    """Tells the time and lets it pass."""

    def now(self) -> dt.datetime:
        """The time, with its zone."""
        ...

    def sleep(self, seconds: float) -> None:
        """Let so many seconds pass."""
        ...


class WallClock:
    """The clock on the wall.

    >>> WallClock().now().tzinfo
    datetime.timezone.utc
    """

    def now(self) -> dt.datetime:
        """The time, in UTC."""
        return dt.datetime.now(dt.UTC)

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(max(0.0, seconds))


class Deadline:
    """A moment that work must be done by, on a clock that nobody sets.

    >>> 59 < Deadline(60).left() <= 60
    True
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """The seconds left; not below nought."""
        return max(0.0, self._end - time.monotonic())
