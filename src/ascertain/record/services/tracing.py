"""Tracing who copied whom, as reports come: what lineage knows of each is kept, and only what changes is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from django.db import connection
from pydantic import TypeAdapter

from ascertain.incidents.copies import Wording
from ascertain.incidents.lineage import Card, Lineage, original_voices, traced
from ascertain.model import Claim, Reading
from ascertain.record.handfuls import handfuls
from ascertain.record.models import LineageRow
from ascertain.record.writing import writing

_ROWS_AT_ONCE = 2000
_CARDS = TypeAdapter(Card)


@dataclass(frozen=True, slots=True)
class KeptLineage:
    """The lineage of some reports, as it was last traced among all."""

    cards: Mapping[str, Card]
    origins: Mapping[str, str]
    own: Mapping[str, str]

    @classmethod
    def of(cls, reports: Collection[str]) -> KeptLineage:
        """What is kept of these reports."""
        told: list[tuple[str, Card, str, str]] = []
        for some in handfuls(sorted(reports), _ROWS_AT_ONCE):
            rows = LineageRow.objects.filter(pk__in=some).values_list("pk", "card", "origin", "voice")
            told += (
                (id, _CARDS.validate_json(card), origin or id, voice or f"report:{id}")
                for id, card, origin, voice in rows
            )
        return cls(
            {id: card for id, card, _, _ in told},
            {id: origin for id, _, origin, _ in told},
            {id: voice for id, _, _, voice in told},
        )

    def origin(self, report_id: str) -> str:
        """The report that stands for all its copies."""
        return self.origins[report_id]

    def voices(self, report_id: str, claim: Claim) -> tuple[str, ...]:
        """Who originally says what a claim asserts."""
        return original_voices(self.cards[report_id], self.own[report_id], claim)


def keep_cards(*, readings: Iterable[Reading]) -> None:
    """Keep what lineage needs of readings, in place of what it kept of the same reports."""
    for some in handfuls(readings, _ROWS_AT_ONCE):
        wording = Wording.of([reading.sketch for reading in some])
        rows = [
            LineageRow(
                report_id=reading.report.id,
                card=_CARDS.dump_json(Card.of(reading)).decode(),
                runs=wording.runs[at].tobytes(),
                words=wording.words[at].tobytes(),
            )
            for at, reading in enumerate(some)
        ]
        with writing():
            LineageRow.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["report"], update_fields=["card", "runs", "words"]
            )


def traced_anew() -> dict[str, tuple[str, str]]:
    """Trace all reports; the origin and the voice of each for which they are not as they are kept."""
    rows = LineageRow.objects.values_list("pk", "card", "runs", "words", "origin", "voice").order_by("pk")
    cards: list[Card] = []
    runs, words, kept = bytearray(), bytearray(), {}
    for id, card, its_runs, its_words, origin, voice in rows.iterator(_ROWS_AT_ONCE):
        cards.append(_CARDS.validate_json(card))
        runs += its_runs
        words += its_words
        kept[id] = (origin, voice)
    if not cards:
        return {}
    lineage = traced(cards, Wording(_columns(runs, len(cards)), _columns(words, len(cards))))
    found = {id: _standing(lineage, id) for id in kept}
    return {id: standing for id, standing in found.items() if standing != kept[id]}


def keep_standing(*, changed: Mapping[str, tuple[str, str]]) -> None:
    """Keep the origin and the voice of reports."""
    rows = [(origin, voice, id) for id, (origin, voice) in changed.items()]
    with writing(), connection.cursor() as cursor:  # in plain SQL: Django's own way takes ten times as long
        cursor.executemany(f"update {LineageRow._meta.db_table} set origin = %s, voice = %s where report_id = %s", rows)


def _standing(lineage: Lineage, id: str) -> tuple[str, str]:
    return lineage.origin(id), lineage.speaks_as(id)


def _columns(data: bytearray, rows: int) -> np.ndarray[tuple[int, int], np.dtype[np.uint32]]:
    return np.frombuffer(data, dtype=np.uint32).reshape(rows, -1)
