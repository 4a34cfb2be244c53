"""Ids of incidents: short, stable, and never used for anything else.

In: the events of an incident, and the ids given out before. Out: its id, and the ids that lead to it. An id belongs to
one event for ever, the one that founded the incident. An incident that grows keeps its id; where two are joined, the id
of the earlier one stays and the other leads to it; where they are parted again, each has its own id back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence

from ascertain.incidents.events import Event


def id_of(event: Event) -> str:
    """The id that an incident founded by this event has."""
    return id_from(event.id)


def id_from(event_id: str) -> str:
    """The id of the incident that the event with this id founds.

    >>> id_from("r1/c3")
    'i34d486eb700c'
    """
    return "i" + hashlib.sha256(event_id.encode()).hexdigest()[:12]


def name(events: Sequence[Event], issued: Collection[str] = ()) -> tuple[str, tuple[str, ...]]:
    """The id of an incident, and its former ids.

    Of the events whose ids were given out before, the earliest published founds it; of others none do while there is
    such a one. `issued` are the ids, and the former ids, of the record as it stood.
    """
    founding = sorted(events, key=_seniority)
    known = [given for event in founding if (given := id_of(event)) in issued]
    chosen = known[0] if known else id_of(founding[0])
    return chosen, tuple(sorted(set(known) - {chosen}))


def _seniority(event: Event) -> tuple[bool, bool, str, str]:
    """Events that are claimed come first, then those published first, then by id."""
    published = event.report.published
    return not event.claims, published is None, published.isoformat() if published else "", event.id
