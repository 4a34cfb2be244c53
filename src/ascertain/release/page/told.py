"""What the page is told of a state: a small protocol, so that it can stand on a record, a run, or values made up.

Everything is redacted already; the page shows what it gets.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from ascertain.model import ConditionWeek, Incident, Negotiation, Reading, ReportHeader, TollSeries

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

    `as_of` is the moment of the state, `publishers` are those with most reports first, `not_counted` pairs what stays
    out with how many there are, `left_out` names what the profile leaves out (the page's words tell it, or it is told
    as it stands), `whole` names the file that holds every incident, and `head` is the head of the record's chain.
    """

    title: str
    as_of: dt.datetime
    profile: ProfileName
    reports: int
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


@dataclass(frozen=True, slots=True)
class Given:
    """A `Told` of parts that each can be gone through again: what a release hands over once it has redacted it."""

    about: About
    every_incident: Callable[[], Iterable[Incident]]
    every_toll: Callable[[], Iterable[TollSeries]] = tuple
    every_condition: Callable[[], Iterable[ConditionWeek]] = tuple
    every_negotiation: Callable[[], Iterable[Negotiation]] = tuple
    readings_of: Callable[[Collection[str]], Iterable[Reading]] = lambda reports: ()  # noqa: ARG005

    def incidents(self) -> Iterable[Incident]:
        """Every incident, redacted."""
        return self.every_incident()

    def tolls(self) -> Iterable[TollSeries]:
        """Every series of tolls."""
        return self.every_toll()

    def conditions(self) -> Iterable[ConditionWeek]:
        """Every week of a condition."""
        return self.every_condition()

    def negotiations(self) -> Iterable[Negotiation]:
        """Every negotiation."""
        return self.every_negotiation()

    def readings(self, reports: Collection[str]) -> Iterable[Reading]:
        """What these reports say, redacted."""
        return self.readings_of(reports)


def publishers_of(headers: Iterable[ReportHeader]) -> tuple[int, tuple[Publisher, ...]]:
    """How many reports there are, and who published them, those with most reports first.

    >>> headers = [ReportHeader(id="r1", publisher="The Post"), ReportHeader(id="r2")]
    >>> publishers_of(headers)
    (2, (Publisher(name='The Post', reports=1),))
    """
    named: Counter[str | None] = Counter(header.publisher for header in headers)
    known = sorted((-count, name) for name, count in named.items() if name)
    return sum(named.values()), tuple(Publisher(name, -count) for count, name in known)


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

    def readings(self, reports: Collection[str]) -> Iterable[Reading]:
        """What these reports say, redacted; none where it is not known."""
        ...
