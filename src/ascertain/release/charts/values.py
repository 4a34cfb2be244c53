"""What charts show: ranges of people, who says them, and when.

A number of people is always a `Range`; there is no way to hand a chart a bare total.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from ascertain.model import Modality, NegotiationStatus


class Bounded(Protocol):
    """Anything that has bounds: a figure of a claim, a point of a toll."""

    @property
    def low(self) -> int | None: ...  # noqa: D102 – the same as everywhere
    @property
    def high(self) -> int | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Range:
    """A number of people as it is known: `low <= best <= high` wherever each is known; ValueError where it is not so.

    `high` of None is an open end: nobody says how many at most. In a sum `high` may be what is known and `open` say
    that some of it has no upper end; `unknown` counts the figures in it of which nobody gives any number.
    """

    low: int | None = None
    best: int | None = None
    high: int | None = None
    open: bool = False
    unknown: int = 0

    def __post_init__(self) -> None:
        known = [bound for bound in (self.low, self.best, self.high) if bound is not None]
        if known != sorted(known) or any(bound < 0 for bound in known):
            raise ValueError(f"0 <= {self.low} <= {self.best} <= {self.high} is false")

    @property
    def is_unknown(self) -> bool:
        """Whether nobody gives any number."""
        return self.low is None and self.best is None and self.high is None

    @property
    def is_open(self) -> bool:
        """Whether there may be more than any number given."""
        return not self.is_unknown and (self.open or self.high is None)

    @property
    def floor(self) -> int:
        """How many there are at least: 0 where nobody says."""
        return self.low if self.low is not None else 0

    @property
    def top(self) -> int:
        """The highest number that is known of it."""
        return max((bound for bound in (self.low, self.best, self.high) if bound is not None), default=0)


def range_of(figure: Bounded) -> Range:
    """The range of a figure of the model, whether a claim's, an incident's or a toll's.

    >>> from ascertain.model import IncidentFigure
    >>> range_of(IncidentFigure(outcome="killed", group="people", low=13, best=15))
    Range(low=13, best=15, high=None, open=False, unknown=0)
    """
    return Range(figure.low, getattr(figure, "best", None), figure.high)


def together(ranges: Iterable[Range]) -> Range:
    """Ranges of different people added up, bound by bound; what nobody gives a number of is counted apart.

    There is a best number only where each of them has one, and an upper end only where each has one.

    >>> together([Range(13, 15, 17), Range(2, 2, None), Range()])
    Range(low=15, best=17, high=19, open=True, unknown=1)
    """
    given = tuple(ranges)
    known = [one for one in given if not one.is_unknown]
    unknown = sum(one.unknown or int(one.is_unknown) for one in given)
    if not known:
        return Range(unknown=unknown)
    bests = [one.best for one in known if one.best is not None]
    best = sum(bests) if len(bests) == len(known) else None
    low, top = sum(one.floor for one in known), sum(one.top for one in known)
    is_open = any(one.is_open for one in known)
    nothing_above = is_open and top == low
    return Range(low, best, None if nothing_above else top, is_open and not nothing_above, unknown)


@dataclass(frozen=True, slots=True)
class Said:
    """What one independent source counts."""

    source: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Bucket:
    """A stretch of days, both included, what is told of it, and of how many incidents."""

    start: dt.date
    end: dt.date
    range: Range
    incidents: int = 0


@dataclass(frozen=True, slots=True)
class Panel:
    """One of several charts of the same scale: of a place, or of a group."""

    name: str
    buckets: tuple[Bucket, ...]


@dataclass(frozen=True, slots=True)
class TollAt:
    """What a source counted up to a day."""

    date: dt.date
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class TollLine:
    """How one source's count went on."""

    source: str
    points: tuple[TollAt, ...]


@dataclass(frozen=True, slots=True)
class ConditionCell:
    """What is told of one week, which begins on `starts`: `step` of `steps` is how far up a published scale the worst
    word is, None where no word is a word of a scale; `words` are the reports' own."""

    starts: dt.date
    words: str = ""
    step: int | None = None
    steps: int = 5
    sources: int = 1


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """The weeks of one place, or of one sector."""

    name: str
    cells: tuple[ConditionCell, ...]


@dataclass(frozen=True, slots=True)
class RoundTold:
    """A state of talks as told of one day, by how many independent sources."""

    date: dt.date
    status: NegotiationStatus
    modality: Modality = "asserted"
    sources: int = 1
