"""What is kept of a claim until its series is drawn: little enough for a million reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ascertain.incidents.events import HAPPENED
from ascertain.model import ConditionClaim, Modality, NegotiationClaim, SeriesClaim, TollClaim

SeriesKind = TollClaim | ConditionClaim | NegotiationClaim


@dataclass(frozen=True, slots=True)
class Told:
    """One claim: where it stands, and the first and last day that it gives."""

    claim: str
    report: str
    origin: str
    modality: Modality
    start: dt.date | None
    end: dt.date | None

    @property
    def original(self) -> str:
        """The id that the claim has, or would have, in the report that this one is a copy of."""
        return self.origin + self.claim.removeprefix(self.report)

    @property
    def held(self) -> bool:
        """Whether it says that it is so."""
        return self.modality in HAPPENED


Published = Mapping[str, dt.date]
"""The day on which each origin was first published."""


def as_of(told: Told, published: Published) -> dt.date | None:
    """The day that a claim is about: its last, but for a period under way no later than the report; else the report's.

    >>> june = dt.date(2024, 6, 1), dt.date(2024, 6, 30)
    >>> as_of(Told("r1/c1", "r1", "r1", "asserted", *june), {"r1": dt.date(2024, 6, 14)})
    datetime.date(2024, 6, 14)
    """
    day = published.get(told.origin)
    last = told.end or told.start
    if last is None or day is None:
        return last or day
    return day if (told.start or last) <= day < last else last


def in_order(days: Iterable[dt.date | None]) -> list[dt.date | None]:
    """Each day once, an unknown one last."""
    return sorted(set(days), key=lambda day: (day is None, day or dt.date.min))


def as_claim(told: Told, words: Iterable[str]) -> SeriesClaim:
    """The claim as a series lists it."""
    return SeriesClaim(claim=told.claim, words=tuple(words), modality=told.modality)


def reports_of(tolds: Iterable[Told]) -> tuple[str, ...]:
    """The reports that tell it, each once, in order."""
    return tuple(sorted({told.report for told in tolds}))
