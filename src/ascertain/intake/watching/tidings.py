"""What a watch tells while it goes on, one value for each thing that happened; `str` of it is a line for a person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from ascertain.intake.received import printable
from ascertain.intake.watching.state import Version


@dataclass(frozen=True, slots=True)
class New:
    """An entry was taken in.

    Attributes:
        version: of the entry.
        title: of the entry.
        address: of its page, or of its feed.
        by: whether its page was taken in, or what the feed gives.
        is_revised: whether another version of the entry was known.
    """

    version: Version
    title: str | None
    address: str
    by: Literal["page", "feed"]
    is_revised: bool = False

    def __str__(self) -> str:
        told = "changed" if self.is_revised else "new"
        return printable(f"{told}: {self.title or '(no title)'} <{self.address}>")


@dataclass(frozen=True, slots=True)
class Polled:
    """A feed was asked.

    Attributes:
        feed: its name.
        taken: entries taken in at once.
        waiting: entries whose pages are fetched next.
        is_changed: whether the server had another version than last time.
        due: when it is asked next.
    """

    feed: str
    taken: int
    waiting: int
    is_changed: bool
    due: dt.datetime

    def __str__(self) -> str:
        told = f"{self.taken + self.waiting} new" if self.is_changed else "nothing new"
        return printable(f"{self.feed}: {told}; asked again {self.due:%d %B %H:%M %Z}")


@dataclass(frozen=True, slots=True)
class Failed:
    """A feed could not be had, or is none.

    Attributes:
        feed: its name.
        problem: what is wrong.
        remedy: what to do about it.
        failures: times in a row.
        due: when it is asked again.
    """

    feed: str
    problem: str
    remedy: str
    failures: int
    due: dt.datetime

    def __str__(self) -> str:
        times = f" ({self.failures} times in a row)" if self.failures > 1 else ""
        return printable(f"{self.feed}: {self.problem}{times}; {self.remedy}; asked again {self.due:%d %B %H:%M %Z}")


@dataclass(frozen=True, slots=True)
class NoPage:
    """An entry's page could not be had.

    Attributes:
        version: of the entry.
        address: of the page.
        problem: what is wrong.
        due: when it is tried again; `None` where what the feed gives is taken in its place.
    """

    version: Version
    address: str
    problem: str
    due: dt.datetime | None

    def __str__(self) -> str:
        then = f"tried again {self.due:%d %B %H:%M %Z}" if self.due else "what the feed gives was taken in its place"
        return printable(f"{self.address}: {self.problem}; {then}")


@dataclass(frozen=True, slots=True)
class Moved:
    """A feed says that it has moved for good."""

    feed: str
    to: str

    def __str__(self) -> str:
        return printable(f"{self.feed}: has moved to {self.to}; write that address into the list of feeds")


@dataclass(frozen=True, slots=True)
class Passed:
    """An entry, or a part of a feed, that cannot be read."""

    feed: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return printable(f"{self.feed}: {self.problem}; {self.remedy}")


@dataclass(frozen=True, slots=True)
class Resting:
    """Nothing is to be done before a moment: time to read what was taken in."""

    until: dt.datetime

    def __str__(self) -> str:
        return f"nothing to do until {self.until:%d %B %H:%M %Z}"


Tiding = New | Polled | Failed | NoPage | Moved | Passed | Resting
