"""How often somebody may ask the API."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from threading import Lock

from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from ascertain.record.models.people import Person
from ascertain.record.models.signing_in import Token

_MINUTE = 60


class PerMinute(BaseThrottle):
    """At most so many requests of one person in each minute of the clock, by whatever tokens and browsers.

    Ninja's own throttles keep what they know of a request on themselves while they answer it, so that under threads one
    request is counted for another's token; here only the counts are kept, and counted under a lock. Each process of an
    application server counts by itself.

    Attributes:
        most: how many.
        clock: gives the time in seconds.
    """

    def __init__(self, most: int, clock: Callable[[], float] = time.time) -> None:
        self.most = most
        self.clock = clock
        self._counting = Lock()
        self._minute = 0
        self._asked: Counter[object] = Counter()

    def allow_request(self, request: HttpRequest) -> bool:
        """Count a request, and say whether it is one too many."""
        who = _who(request)
        with self._counting:
            minute = int(self.clock() // _MINUTE)
            if minute != self._minute:
                self._minute, self._asked = minute, Counter()
            self._asked[who] += 1
            return self._asked[who] <= self.most

    def wait(self) -> float:
        """The seconds until the next minute begins."""
        return _MINUTE - self.clock() % _MINUTE


def _who(request: HttpRequest) -> object:
    """Whose request it is: the person's number, or where nobody is known, the address that it came from."""
    shown = getattr(request, "auth", None)
    if isinstance(shown, Token):
        return shown.person_id
    return shown.pk if isinstance(shown, Person) else str(request.META.get("REMOTE_ADDR"))
