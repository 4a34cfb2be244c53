"""Settling: what decisions make of the groups that linking finds. It stands between groups and incidents.

In: groups of events. Out: groups as people decided them, each with what they decided of its incident.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ascertain.incidents.events import Event
from ascertain.model import Incident
from ascertain.record.models.incidents import OPEN

Group = tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """An incident as decisions leave it, and where it stands with those who review it."""

    incident: Incident
    status: str = OPEN
    locked: bool = False
    sensitivity: str = ""
    assigned_to: int | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """A group of events that is one incident, in order of their ids."""

    events: Group

    def finish(self, incident: Incident) -> Finished:
        """The incident with what was decided of it."""
        return Finished(incident)


def ties() -> Iterable[frozenset[str]]:
    """Ids of events that decisions bind together or take apart, each set to be settled at once."""
    return ()


def settle(groups: Sequence[Group]) -> Sequence[Settled]:
    """What is one incident, after all decisions about these groups.

    Args:
        groups: all groups of some heaps, and of those that `ties` binds to them.
    """
    return [Settled(group) for group in groups]
