"""A state: all that a release is made of, as it stood at one moment.

In: a record (`from_record`), the folder of a run (`from_run`), or values made up. Out: iterators that may be gone
through again and again, in a steady order, so that nothing has to be held in memory. Needs no Django.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from ascertain.model import AscertainError, ConditionWeek, Incident, Negotiation, Reading, TollSeries

Level = Literal["", "partner", "internal"]


@dataclass(frozen=True, slots=True)
class Standing:
    """An incident with what was decided beside it: `sensitivity` says who may be given it (empty: everybody),
    `corrected` names the fields that a person set, and `place_by_hand` says that the place's name stands in no claim: a
    person wrote it."""

    incident: Incident
    status: str = "open"
    locked: bool = False
    sensitivity: str = ""
    corrected: tuple[str, ...] = ()
    place_by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a state as a whole.

    `as_of` is the moment of the state, in UTC: of the record's last entry, or of the newest report of a run. `head` is
    the head of the record's chain. `withheld` gives the level of each report that people marked as sensitive,
    `withheld_claims` that of each claim (`r1/c3`) of an incident that they marked, `noted` what the register of sources
    says of a publisher (`type`, `country`, `sensitivity`), by its name, and `speakers` the level of each speaker marked
    there, by the reports' words.
    """

    name: str
    as_of: dt.datetime
    policy: str
    readers: tuple[str, ...] = ()
    head: str | None = None
    rejected: int = 0
    withheld: Mapping[str, str] = field(default_factory=dict)
    withheld_claims: Mapping[str, str] = field(default_factory=dict)
    noted: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    speakers: Mapping[str, str] = field(default_factory=dict)


class State(Protocol):
    """A state as a release reads it; each method begins anew."""

    @property
    def facts(self) -> Facts:
        """What is known of it as a whole."""
        ...

    def without(self, reports: Collection[str]) -> State:
        """The same state, its incidents and series as all other reports tell of them."""
        ...

    def incidents(self) -> Iterator[Standing]:
        """Every incident but the rejected ones."""
        ...

    def readings(self) -> Iterator[Reading]:
        """Every report's metadata with its claims in force, as people amended them."""
        ...

    def tolls(self) -> Iterator[TollSeries]:
        """Every series of tolls."""
        ...

    def conditions(self) -> Iterator[ConditionWeek]:
        """Every week of a condition."""
        ...

    def negotiations(self) -> Iterator[Negotiation]:
        """Every negotiation."""
        ...


class BadStateError(AscertainError):
    """A state that cannot be released; `to_mend` lists what has to be mended, each with its remedy."""

    def __init__(self, to_mend: tuple[str, ...]) -> None:
        self.to_mend = to_mend
        listed = "\n".join(f"  - {each}" for each in to_mend)
        super().__init__(f"this state cannot be released; mend what is listed and do it again\n{listed}")
