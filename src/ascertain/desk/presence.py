"""Who looks at which incident now: kept in memory, as it is worth nothing a minute later."""

from __future__ import annotations

import time
from threading import Lock

_GONE_AFTER_SECONDS = 15.0
_MOST_KEPT = 10_000


class Presence:
    """People by the incident that they have open."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], float] = {}
        self._lock = Lock()

    def others(self, incident: str, person: str) -> tuple[str, ...]:
        """Note that a person looks at an incident; the names of the others who do.

        >>> here = Presence()
        >>> here.others("i1", "amina"), here.others("i1", "nour"), here.others("i2", "nour")
        ((), ('amina',), ())
        """
        now = time.monotonic()
        with self._lock:
            self._seen = {
                key: at for key, at in self._seen.items() if now - at < _GONE_AFTER_SECONDS and key[0] != person
            }
            if len(self._seen) < _MOST_KEPT:
                self._seen[person, incident] = now
            return tuple(sorted(name for name, looks_at in self._seen if looks_at == incident and name != person))


here = Presence()
