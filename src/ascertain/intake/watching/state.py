"""What a watch keeps between two polls, and what it needs of whoever keeps it.

A watch may be killed between any two steps. So each method below is one step that is done wholly or not at all, and
lasts once it has returned; the watch calls them in an order by which a step that is repeated does no harm.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ascertain.intake.documents import Original
from ascertain.intake.fetching import Validators


@dataclass(frozen=True, slots=True)
class Standing:
    """How a feed stands.

    Attributes:
        feed: its name (`Feed.name`).
        validators: what its server named the last version by that was taken in whole.
        failures: polls in a row that brought nothing.
        due: when it is to be asked again; `None` where it never was asked.
        polled: when it was asked last.
        problem: what was wrong then; `None` where nothing was.
    """

    feed: str
    validators: Validators = field(default_factory=Validators)
    failures: int = 0
    due: dt.datetime | None = None
    polled: dt.datetime | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """One version of one entry of a feed.

    Attributes:
        feed: the name of the feed.
        identity: the entry's id; its link where it has none; its digest where it has neither.
        digest: of its title and text, without regard to white space: an entry that is changed is another version.
    """

    feed: str
    identity: str
    digest: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry whose page is to be fetched, as the feed gives no more than a summary.

    Attributes:
        version: of the entry.
        link: of the page.
        title: of the entry.
        characters: of the text that the feed gives.
        tries: to fetch the page that failed.
        due: when to try.
        published: the day of publication, as the feed tells it.
    """

    version: Version
    link: str
    title: str | None
    characters: int
    tries: int
    due: dt.datetime
    published: dt.date | None = None


class FeedState(Protocol):
    """Keeps how feeds stand, which entries are known, and the originals that are handed on."""

    def standings(self) -> Mapping[str, Standing]:
        """How each feed stands that was asked before, by its name."""
        ...

    def keep(self, standing: Standing) -> None:
        """Keep how a feed stands, in place of how it stood."""
        ...

    def known(self, feed: str, identities: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """The digests of each of these entries' versions that were taken or wait; none for those never seen."""
        ...

    def take(self, version: Version, original: Original) -> None:
        """Take an original in for a version, which no longer waits: both or neither.

        Nothing is done where the version was taken in before. The original's file is the caller's, who removes it.
        """
        ...

    def wait(self, waiting: Waiting, own: Original) -> None:
        """Keep a version that waits for its page, with the original that the feed itself gives for it.

        Nothing is done where the version is known.
        """
        ...

    def waiting(self) -> Sequence[Waiting]:
        """All versions that wait."""
        ...

    def postpone(self, waiting: Waiting) -> None:
        """Keep anew when a version's page is due, and how often it failed."""
        ...

    def give_up(self, version: Version, because: str) -> None:
        """Take in what the feed itself gives for a version that waits, as there is no page: as `take` does.

        Args:
            version: that waits.
            because: why there is none.
        """
        ...
