"""Figures of an incident from the figures of its claims.

In: the claims of one incident. Out: `IncidentFigure`s, one per outcome and group, `low <= best <= high`.

A statement is what one sentence of one claim counts: its wholes added up. Rival statements span the range; a
statement about one group or family is part of the whole and never lowers it; people named one by one raise the low
bound once their number passes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ascertain.model import EventClaim, Figure, Group, IncidentFigure, Outcome


@dataclass(frozen=True, slots=True)
class Statement:
    """What one sentence counts of one outcome."""

    claim: int
    at: int
    low: int | None
    high: int | None
    figures: tuple[Figure, ...]

    @property
    def individual(self) -> bool:
        """Whether it counts people one by one: by name, or as somebody's wife."""
        return all(figure.low == figure.high == 1 for figure in self.figures)


def reconcile(claims: Sequence[EventClaim]) -> tuple[IncidentFigure, ...]:
    """The figures of an incident."""
    found: list[IncidentFigure] = []
    outcomes = dict.fromkeys(figure.outcome for claim in claims for figure in claim.figures)
    for outcome in outcomes:
        statements = _statements(claims, outcome)
        whole = _whole(statements)
        found.append(_figure(outcome, "people", whole))
        groups = dict.fromkeys(f.group for s in statements for f in s.figures if f.group != "people")
        parts = dict.fromkeys(f.group for c in claims for f in c.figures if f.outcome == outcome and f.part_of is not None)
        for group in dict.fromkeys([*groups, *parts]):
            if group != "people":
                found.append(_figure(outcome, group, _of_group(claims, outcome, group)))
    return tuple(found)


def _statements(claims: Sequence[EventClaim], outcome: Outcome) -> list[Statement]:
    made: list[Statement] = []
    for number, claim in enumerate(claims):
        by_sentence: dict[int, list[Figure]] = {}
        for figure in claim.figures:
            if figure.outcome == outcome and figure.part_of is None:
                sentence = max((a for a, _ in claim.evidence if a <= figure.span[0]), default=0)
                by_sentence.setdefault(sentence, []).append(figure)
        for sentence, figures in by_sentence.items():
            low = sum(figure.low or 0 for figure in figures) if any(f.low is not None for f in figures) else None
            closed = all(figure.high is not None for figure in figures)
            high = sum(figure.high or 0 for figure in figures) if closed else None
            made.append(Statement(number, sentence, low, high, tuple(figures)))
    return sorted(made, key=lambda statement: (statement.at, statement.claim))


Range = tuple[int | None, int | None, int | None]


def _whole(statements: Sequence[Statement]) -> Range:
    counted = [s for s in statements if not s.individual]
    persons = {f.text.lower() for s in statements if s.individual for f in s.figures}
    if not counted:
        return len(persons), len(persons), len(persons)
    first = counted[0]
    lows = [first.low] if first.low is not None else []
    highs = [first.high] if first.high is not None else []
    for other in counted[1:]:
        value = other.high if other.high is not None else other.low
        if value is not None and all(value > known for known in [*lows, *highs]):
            highs.append(value)
    low = min(lows) if lows else None
    best = first.low if first.low is not None else first.high
    high = max(highs) if highs else None
    return low, best, None if high is not None and best is not None and high < best else high


def _of_group(claims: Sequence[EventClaim], outcome: Outcome, group: Group) -> Range:
    sizes: list[tuple[int, int | None]] = []
    persons: set[str] = set()
    for claim in claims:
        for figure in claim.figures:
            if figure.outcome != outcome or figure.group != group:
                continue
            if figure.low == figure.high == 1:
                persons.add(figure.text.lower())
            elif figure.low is not None or figure.high is not None:
                sizes.append((figure.low if figure.low is not None else figure.high or 0, figure.high))
    if not sizes:
        return (len(persons), len(persons), len(persons)) if persons else (None, None, None)
    low = max(size for size, _ in sizes)
    high = max((high for _, high in sizes if high is not None), default=None)
    low = max(low, len(persons))
    return low, low, high if high is None or high >= low else low


def _figure(outcome: Outcome, group: Group, size: Range) -> IncidentFigure:
    low, best, high = size
    return IncidentFigure(outcome=outcome, group=group, low=low, best=best, high=high)
