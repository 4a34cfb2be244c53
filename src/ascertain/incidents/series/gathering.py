"""Readings in, one after the other; series out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from ascertain.incidents.series.areas import Areas
from ascertain.incidents.series.conditions import ConditionBook
from ascertain.incidents.series.talks import TalksBook
from ascertain.incidents.series.told import SeriesKind, Told
from ascertain.incidents.series.tolls import TollBook
from ascertain.incidents.voices import Apart, Lineage
from ascertain.model import (
    ConditionClaim,
    ConditionWeek,
    EventClaim,
    Negotiation,
    NegotiationClaim,
    Reading,
    TollClaim,
    TollSeries,
)


class Series:
    """The series so far: readings are added in any order, and each kind is drawn anew when it is asked for."""

    def __init__(self, lineage: Lineage | None = None) -> None:
        self._lineage: Lineage = lineage or Apart()
        self._published: dict[str, dt.date] = {}
        self._publishers: dict[str, tuple[bool, str]] = {}
        self._areas = Areas()
        self._tolls, self._conditions, self._talks = TollBook(), ConditionBook(), TalksBook()

    def add(self, reading: Reading) -> None:
        """Take in the tolls, conditions and negotiations of a report."""
        claims = [claim for claim in reading.claims if not isinstance(claim, EventClaim)]
        if not claims:
            return
        origin, day = self._lineage.origin(reading.report.id), reading.report.published
        if day is not None:
            self._published[origin] = min(day, self._published.get(origin, day))
        publisher = reading.report.id != origin, reading.report.publisher or ""
        self._publishers[origin] = min(publisher, self._publishers.get(origin, publisher))
        for claim in claims:
            self._add(reading, claim, origin)

    def _add(self, reading: Reading, claim: SeriesKind, origin: str) -> None:
        report = reading.report
        told = Told(
            claim=f"{report.id}/{claim.id}",
            report=report.id,
            origin=origin,
            modality=claim.modality,
            start=claim.when.start if claim.when else None,
            end=claim.when.end if claim.when else None,
        )
        area, voices = self._areas.key(claim.where, origin), self._lineage.voices(report.id, claim)
        if isinstance(claim, TollClaim):
            self._tolls.add(told, claim, area, _counting(claim, voices))
        elif isinstance(claim, ConditionClaim):
            self._conditions.add(told, claim, area, voices)
        elif isinstance(claim, NegotiationClaim):
            self._talks.add(told, claim, area, voices)

    def tolls(self) -> Iterator[TollSeries]:
        """By place, then start, outcome, group and voice."""
        publishers = {origin: publisher or None for origin, (_, publisher) in self._publishers.items()}
        return self._tolls.series(self._areas, self._published, publishers)

    def conditions(self) -> Iterator[ConditionWeek]:
        """By place, then sector and week."""
        return self._conditions.weeks(self._areas, self._published)

    def negotiations(self) -> Iterator[Negotiation]:
        """By the day on which they are first told of."""
        return self._talks.negotiations(self._areas, self._published)


def _counting(claim: TollClaim, voices: tuple[str, ...]) -> str | None:
    """Who counts: the first of those who say it, or the agency whose text it is; `None` for a report's own word."""
    told = bool(claim.said_by) or any(voice.startswith("agency:") for voice in voices)
    return voices[0] if told and voices else None


def gather(readings: Iterable[Reading], lineage: Lineage | None = None) -> Series:
    """The series of these readings; `lineage` says which are copies and who speaks, without it none is."""
    series = Series(lineage)
    for reading in readings:
        series.add(reading)
    return series
