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


# Figures at most this many code points apart are counted together.
BESIDE = 140
# Words that begin a number that was given before.
RESTATED = ("the ", "all ", "both ", "these ", "those ")
# Groups whose number is a count of everybody.
TOTAL = ("people", "civilians")
# Lower bounds that only words such as "several" and "a handful" set.
VAGUE = (2, 3)


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
    """What each claim counts: wholes that stand side by side ("five soldiers and 12 rebels") are one statement."""
    made: list[Statement] = []
    for number, claim in enumerate(claims):
        wholes = sorted(
            (n for n, f in enumerate(claim.figures) if f.outcome == outcome and f.part_of is None),
            key=lambda n: claim.figures[n].span,
        )
        beside: list[int] = []
        for index in wholes:
            if beside and _apart(claim, [claim.figures[n] for n in beside], claim.figures[index]):
                made.append(_statement(number, claim, beside))
                beside = []
            beside.append(index)
        if beside:
            made.append(_statement(number, claim, beside))
    return sorted(made, key=lambda statement: (statement.at, statement.claim))


def _apart(claim: EventClaim, beside: Sequence[Figure], figure: Figure) -> bool:
    """Whether a figure is not counted together with those before it: far off, restated, or a rival total."""
    if figure.span[0] - beside[-1].span[1] > BESIDE or _sentence(claim, figure) != _sentence(claim, beside[-1]):
        return True
    if figure.text.lower().startswith(RESTATED) or beside[-1].text.lower().startswith(RESTATED):
        return True
    totals = [f for f in (*beside, figure) if f.group in TOTAL and (f.low or f.high or 0) > 1]
    return figure in totals and len(totals) > 1 and "other" not in figure.text.lower()


def _sentence(claim: EventClaim, figure: Figure) -> int:
    return max((start for start, _ in claim.evidence if start <= figure.span[0]), default=0)


def _statement(number: int, claim: EventClaim, beside: Sequence[int]) -> Statement:
    figures = tuple(claim.figures[index] for index in beside)
    lows = [f.low if f.low is not None else _parts(claim, n) for n, f in zip(beside, figures, strict=True)]
    low = sum(bound or 0 for bound in lows) if any(bound is not None for bound in lows) else None
    high = sum(f.high or 0 for f in figures) if all(f.high is not None for f in figures) else None
    return Statement(number, figures[0].span[0], low, high, figures)


def _parts(claim: EventClaim, whole: int) -> int | None:
    """The least that the parts of a whole without a lower bound add up to."""
    parts = [figure.low for figure in claim.figures if figure.part_of == whole and figure.low is not None]
    return sum(parts) if parts else None


Range = tuple[int | None, int | None, int | None]


def _whole(statements: Sequence[Statement]) -> Range:
    counted = [s for s in statements if not s.individual]
    persons = {f.text.lower() for s in statements if s.individual for f in s.figures}
    if not counted:
        return len(persons), len(persons), len(persons)
    first = next((s for s in counted if not _vague(s)), counted[0])
    if first.low is not None and first.high is not None and first.low < first.high:
        return first.low, first.low, first.high
    lows = [first.low] if first.low is not None else []
    highs = [first.high] if first.high is not None else []
    for other in counted:
        value = other.high if other.high is not None else other.low
        if other is not first and value is not None and not _vague(other) and all(value > known for known in [*lows, *highs]):
            highs.append(value)
    low = min(lows) if lows else None
    best = first.low if first.low is not None else first.high
    high = max(highs) if highs else None
    return low, best, None if high is not None and best is not None and high < best else high


def _vague(statement: Statement) -> bool:
    """Whether the statement gives no number: open above and told by a word such as "several"."""
    return all(f.high is None and f.low is not None and not any(c.isdigit() for c in f.text) and f.low in VAGUE for f in statement.figures)


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
