"""What the page is told of a state: a small protocol, so that it can stand on a record, a run, or values made up.

Everything is redacted already; the page shows what it gets.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from ascertain.model import ConditionWeek, Incident, Negotiation, TollSeries

ProfileName = Literal["public", "partner", "internal"]


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who published reports, and how many of those that the state is made of."""

    name: str
    reports: int


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of an incident since the last release: `reason` in a line, or none."""

    incident: str
    what: Literal["added", "changed", "withdrawn", "merged"]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from the last release: `since` names it, `listed` are the changes, or the first of `count`."""

    since: str
    count: int
    listed: tuple[Changed, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a state beside its incidents.

    `as_of` is the moment of the state, `sources` counts the independent ones where that is known, `not_counted` pairs
    what stays out with how many there are, `left_out` says in sentences what the profile leaves out, `whole` names the
    file that holds every incident, and `head` is the head of the record's chain.
    """

    title: str
    as_of: dt.datetime
    profile: ProfileName
    reports: int
    sources: int | None = None
    publishers: tuple[Publisher, ...] = ()
    policy: str = "ascertain"
    readers: tuple[str, ...] = ()
    not_counted: tuple[tuple[str, int], ...] = ()
    left_out: tuple[str, ...] = ()
    cite: str = ""
    licence: str = ""
    whole: str = "incidents.csv"
    head: str | None = None
    changes: Changes | None = None


class Told(Protocol):
    """A state as the page reads it: once, in order, and no more of it in memory than is shown."""

    @property
    def about(self) -> About:
        """What is known of it beside its incidents."""
        ...

    def incidents(self) -> Iterable[Incident]:
        """Every incident, redacted."""
        ...

    def tolls(self) -> Iterable[TollSeries]:
        """Every series of tolls."""
        ...

    def conditions(self) -> Iterable[ConditionWeek]:
        """Every week of a condition."""
        ...

    def negotiations(self) -> Iterable[Negotiation]:
        """Every negotiation."""
        ...
