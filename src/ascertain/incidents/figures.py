"""Figures of an incident from the figures of its claims.

In: the claims of one incident. Out: `IncidentFigure`s, one per outcome and group, `low <= best <= high`.

A statement is what one sentence of one claim counts: its wholes added up. Rival statements span the range; a
statement about one group or family is part of the whole and never lowers it; people named one by one raise the low
bound once their number passes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ascertain.model import EventClaim, Figure, Group, IncidentFigure, Outcome
from ascertain.reading.quantities import bounds

# Words within a name that are written small.
PARTICLES = frozenset(("al", "el", "bin", "ibn", "de", "la", "del", "van", "von", "abu", "ould", "ag", "da", "dos"))


Range = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Statement:
    """What one sentence counts of one outcome."""

    at: int
    low: int | None
    high: int | None
    figures: tuple[Figure, ...]

    @property
    def individual(self) -> bool:
        """Whether it counts people one by one: by name, or as somebody's wife."""
        return all(figure.low == figure.high == 1 for figure in self.figures)


def reconcile(claims: Sequence[EventClaim]) -> tuple[IncidentFigure, ...]:
    """The figures of an incident, those of all people first within an outcome; no group outnumbers the people."""
    found: list[IncidentFigure] = []
    for outcome in dict.fromkeys(figure.outcome for claim in claims for figure in claim.figures):
        whole = _whole(_statements(claims, outcome))
        groups = dict.fromkeys(
            f.group for c in claims for f in c.figures if f.outcome == outcome and f.group != "people"
        )
        ranges = {group: _of_group(claims, outcome, group) for group in groups}
        found.append(_figure(outcome, "people", whole))
        found += [_figure(outcome, group, _at_most(size, whole[2])) for group, size in ranges.items()]
    return tuple(found)


def _at_most(size: Range, most: int | None) -> Range:
    low, best, high = (bound if bound is None or most is None else min(bound, most) for bound in size)
    return low, best, high


def _statements(claims: Sequence[EventClaim], outcome: Outcome) -> list[Statement]:
    """What each claim counts: wholes that stand side by side ("five soldiers and 12 rebels") are one statement."""
    made: list[Statement] = []
    for claim in claims:
        beside: dict[int, list[int]] = {}
        for index, figure in enumerate(claim.figures):
            if figure.outcome == outcome and figure.part_of is None:
                beside.setdefault(index if figure.adds_to is None else figure.adds_to, []).append(index)
        made += [_statement(claim, indices) for indices in beside.values()]
    distinct = {(s.low, s.high, tuple((f.group, f.text.lower()) for f in s.figures)): s for s in reversed(made)}
    return sorted(distinct.values(), key=lambda statement: (statement.at, statement.low or 0, statement.high or 0))


def _statement(claim: EventClaim, beside: Sequence[int]) -> Statement:
    figures = tuple(claim.figures[index] for index in beside)
    lows = [_least(claim, n, f) for n, f in zip(beside, figures, strict=True)]
    low = sum(bound or 0 for bound in lows) if any(bound is not None for bound in lows) else None
    high = sum(f.high or 0 for f in figures) if all(f.high is not None for f in figures) else None
    low = low if low is None or high is None else min(low, high)
    return Statement(figures[0].span[0], low, high, figures)


def _least(claim: EventClaim, index: int, figure: Figure) -> int | None:
    """The low bound of a figure, or what its parts add up to, where it has none or is a bare plural of fewer."""
    parts = _parts(claim, index)
    if figure.low is None:
        return parts
    return max(figure.low, parts or 0) if _is_bare(figure) else figure.low


def _parts(claim: EventClaim, whole: int) -> int | None:
    """The least that the parts of a whole without a lower bound add up to."""
    parts = [figure.low for figure in claim.figures if figure.part_of == whole and figure.low is not None]
    return sum(parts) if parts else None


def _whole(statements: Sequence[Statement]) -> Range:
    """The range over the statements: the first that gives a number leads, and a higher one widens it."""
    persons = _persons(statements)
    counted = [s for s in statements if not s.individual]
    first = next((s for s in counted if not _vague(s)), max(counted, key=lambda s: s.low or 0, default=None))
    if first is None:
        return (persons, persons, persons) if persons else (None, None, None)
    if _vague(first):
        return (persons, persons, None) if persons > (first.low or 0) else (first.low, first.low, first.high)
    others = [s for s in counted if s is not first and not _vague(s)]
    values = [value for s in others if (value := s.high if s.high is not None else s.low) is not None]
    if first.high is not None and all(figure.low is None for figure in first.figures):
        less = [v for v in [first.low or 0, persons, *values] if 0 < v < first.high]
        low = max(less, default=first.low)
        return low, low if low is not None else first.high, first.high
    if first.low is not None and first.high is not None and first.low < first.high:
        return first.low, first.low, first.high
    low = first.low
    more = [s.high for s in counted if _vague(s) and s.high is not None]
    return low, low, max([v for v in [*values, *more] if low is not None and v > low], default=first.high)


def _persons(statements: Sequence[Statement]) -> int:
    """How many people are told one by one: by distinct names, or as many as one statement tells of."""
    names: list[tuple[str, ...]] = []
    for words in sorted(
        {_name(f.text) for s in statements for f in s.figures if f.low == f.high == 1}, key=len, reverse=True
    ):
        if words and not any(_same_person(words, other) for other in names):
            names.append(words)
    return max([len(names), *(len(s.figures) for s in statements if s.individual)])


def _name(text: str) -> tuple[str, ...]:
    """The words of the name that ends the text: "her brother, 16-year-old Sami Atta" names Sami Atta."""
    words: list[str] = []
    for word in reversed(re.sub(r"\([^)]*\)", " ", text).split()):
        plain = word.strip(",.;:“”\"'")
        if not plain[:1].isupper() and plain.lower().split("-")[0] not in PARTICLES:
            break
        words.append(plain.lower())
    return tuple(reversed(words))


def _same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names may be one person's: first and last agree, and those between do not tell them apart."""
    if one[0] != other[0]:
        return False
    if len(one) == 1 or len(other) == 1:
        return True
    between = set(one[1:-1]), set(other[1:-1])
    alike = one[-1] == other[-1] and (not all(between) or bool(between[0] & between[1]))
    return alike or set(one) <= set(other)


def _vague(statement: Statement) -> bool:
    """Whether the statement gives no number, only words such as "several" or a plural."""
    return all(_without_number(figure.text) for figure in statement.figures)


def _is_bare(figure: Figure) -> bool:
    """Whether it only says that there were some: "children"."""
    return figure.high is None and _without_number(figure.text)


def _without_number(words: str) -> bool:
    size = bounds(words.lower())
    return size is None or size.vague


def _of_group(claims: Sequence[EventClaim], outcome: Outcome, group: Group) -> Range:
    """The range of one group: what one whole or one statement tells of it together, or its people one by one."""
    sizes: list[tuple[int, int | None]] = []
    persons: list[Figure] = []
    for claim in claims:
        together: dict[tuple[int | None, int | None], list[Figure]] = {}
        for index, figure in enumerate(claim.figures):
            if figure.outcome != outcome or figure.group != group:
                continue
            if figure.low == figure.high == 1:
                persons.append(figure)
            beside = index if figure.adds_to is None else figure.adds_to
            together.setdefault((figure.part_of, beside if figure.part_of is None else None), []).append(figure)
        sizes += [_sum([f for f in figures if not _is_bare(f)] or figures) for figures in together.values()]
    count = _persons([Statement(f.span[0], 1, 1, (f,)) for f in persons]) if persons else 0
    stated = [(low, high) for low, high in sizes if low]
    if not stated:
        return None, None, max((high for _, high in sizes if high is not None), default=None)
    low = max(low for low, _ in stated)
    if all(f.low == f.high == 1 for c in claims for f in c.figures if f.outcome == outcome and f.group == group):
        low = max(low, count)
    high = max([count, *(high for _, high in stated if high is not None)])
    return low, low, high if high >= low else None


def _sum(figures: Sequence[Figure]) -> tuple[int, int | None]:
    low = sum(figure.low or 0 for figure in figures)
    return low, sum(f.high or 0 for f in figures) if all(f.high is not None for f in figures) else None


def _figure(outcome: Outcome, group: Group, size: Range) -> IncidentFigure:
    low, best, high = size
    if low is not None and high is not None:
        low = min(low, high)
    if best is not None:
        best = max(best if high is None else min(best, high), low or 0)
    return IncidentFigure(outcome=outcome, group=group, low=low, best=best, high=high)
