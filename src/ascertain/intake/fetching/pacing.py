"""When a server may be asked again: so many seconds between two requests, longer after it asked for that."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from email.utils import parsedate_to_datetime

from ascertain.intake.fetching.clock import Clock

LONGEST = 24 * 3600.0
_LONGEST_CRAWL_DELAY = 300.0


class Pacing:
    """Keeps requests to each host apart.

    >>> from ascertain.intake.fetching.clock import WallClock
    >>> pacing = Pacing(WallClock(), seconds=5)
    >>> pacing.wait("example.org")
    >>> 4 < pacing.seconds_until("example.org") <= 5
    True
    """

    def __init__(self, clock: Clock, *, seconds: float) -> None:
        self._clock, self._seconds = clock, seconds
        self._next: dict[str, dt.datetime] = {}
        self._delays: dict[str, float] = {}

    def seconds_until(self, host: str) -> float:
        """How long the host is still to be left alone."""
        allowed = self._next.get(host)
        return 0.0 if allowed is None else max(0.0, (allowed - self._clock.now()).total_seconds())

    def wait(self, host: str) -> None:
        """Wait until the host may be asked, and count it as asked."""
        left = self.seconds_until(host)
        if left:
            self._clock.sleep(left)
        self.hold(host, max(self._seconds, self._delays.get(host, 0.0)))

    def hold(self, host: str, seconds: float) -> None:
        """Leave a host alone for so long from now, if not for longer already."""
        until = self._clock.now() + dt.timedelta(seconds=min(max(0.0, seconds), LONGEST))
        self._next[host] = max(until, self._next.get(host, until))

    def set_delay(self, host: str, seconds: float | None) -> None:
        """Keep requests to a host as far apart as its robots.txt asks, up to five minutes."""
        self._delays[host] = min(max(0.0, seconds or 0.0), _LONGEST_CRAWL_DELAY)


def backed_off(
    failures: int, *, base: float, ceiling: float = LONGEST, asked: float | None = None, chance: Callable[[], float]
) -> float:
    """The seconds to wait after so many failures in a row: doubled each time, less a chance part of up to half.

    What the server asked for (`Retry-After`) is waited for at least, up to a day, and a chance part of `base` more.

    >>> [backed_off(n, base=60, chance=lambda: 0.0) for n in (1, 2, 3, 30)]
    [60.0, 120.0, 240.0, 86400.0]
    >>> backed_off(1, base=60, asked=600, chance=lambda: 0.5)
    630.0
    """
    luck = chance()
    whole = min(base * 2.0 ** min(max(0, failures - 1), 40), ceiling)
    own = whole * (1 - luck / 2)
    return own if asked is None else max(own, min(asked, LONGEST) + base * luck)


def retry_after(value: str | None, now: dt.datetime) -> float | None:
    """The seconds that a `Retry-After` names, as a number or as a date (RFC 9110, 10.2.3); `None` where it names none.

    >>> retry_after("120", dt.datetime(2024, 3, 5, tzinfo=dt.UTC))
    120.0
    >>> retry_after("Tue, 05 Mar 2024 00:01:00 GMT", dt.datetime(2024, 3, 5, tzinfo=dt.UTC))
    60.0
    """
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), LONGEST)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return min(max(0.0, (aware - now).total_seconds()), LONGEST)


def any_chance() -> float:
    """A number from nought up to one, evenly."""
    return random.random()
