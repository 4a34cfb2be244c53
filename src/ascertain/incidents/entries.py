"""Entries of the ledger: each figure that a source gives, with who says it, when, and how exactly.

In: a report's event claims and the lineage. Out: `Entry`s: people told side by side are one entry of all people, and
a part of them, or a group among them, an entry of its group.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Literal

from ascertain.model import (
    AttributionKind,
    EventClaim,
    Figure,
    Group,
    Outcome,
    ReportHeader,
    Saying,
    Span,
    TollClaim,
    saying,
)
from ascertain.reading.quantities import bounds
from ascertain.reading.words import table

# Groups that are told of apart from others: "four children were killed" does not say that nobody else was.
SINGLED_OUT: frozenset[Group] = frozenset(
    ("children", "women", "elderly", "journalists", "health_workers", "aid_workers")
)

State = Literal["current", "superseded", "copy", "part", "toll"]
Precision = Literal["exact", "bounded", "range", "rounded", "vague"]
Standing = tuple[State, str | None, Saying | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a source counts at one point: `low` to `high` people of one outcome and one group.

    `id` is the claim's with the position of its first figure among the claim's, and the group (`r1/c3#0:people`).
    `sources` are the voices, but that a report which speaks for itself is its publisher's. `incomplete` marks a count
    that by its words leaves people out: those brought to one hospital, or "three more bodies". `by` names the entry
    that `state` refers to, and `why` says it in words.
    """

    id: str
    outcome: Outcome
    group: Group
    low: int | None
    high: int | None
    precision: Precision
    text: str
    spans: tuple[Span, ...]
    report: str
    claim: str
    origin: str
    published: dt.date | None
    voices: tuple[str, ...]
    sources: tuple[str, ...]
    kinds: tuple[AttributionKind, ...]
    figures: tuple[Figure, ...] = ()
    part_of: str | None = None
    incomplete: bool = False
    state: State = "current"
    by: str | None = None
    why: Saying | None = None

    @property
    def at(self) -> int:
        """Where in the report it is told."""
        return self.spans[0][0]

    @property
    def value(self) -> int | None:
        """The number that it stands behind: its low bound, or its high one where it has no other."""
        return self.low if self.low is not None else self.high

    @property
    def individual(self) -> bool:
        """Whether it counts people one by one: by name, or as somebody's wife."""
        return all(figure.low == figure.high == 1 for figure in self.figures)


@dataclass(frozen=True, slots=True)
class Telling:
    """A claim of a report, and who speaks in it."""

    report: ReportHeader
    claim: EventClaim | TollClaim
    origin: str
    voices: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def id(self) -> str:
        """The claim's id, with the report's before it."""
        return f"{self.report.id}/{self.claim.id}"


def in_words(voice: str) -> str:
    """A voice for people to read.

    >>> in_words("agency:reuters"), in_words("health ministry")
    ('agency reuters', 'health ministry')
    """
    return voice.replace(":", " ", 1)


def entries_of(telling: Telling) -> Iterator[Entry]:
    """The entries of one claim, those of all people first."""
    figures = telling.claim.figures
    wholes = _beside(figures, _is_whole)
    heads = {index: group[0] for group in wholes for index in group}
    for indices in wholes:
        yield _entry(telling, indices, "people", *_bounds_of_all(figures, indices))
    for index, figure in enumerate(figures):
        if figure.group == "people" and figure.part_of is not None:
            yield _part(telling, (index,), "people", (figure.low, figure.high), heads)
    for group in dict.fromkeys(figure.group for figure in figures if figure.group != "people"):
        for indices in _beside(figures, partial(_is_of, group)):
            counted = [figures[i] for i in indices if not is_bare(figures[i])] or [figures[i] for i in indices]
            yield _part(telling, indices, group, _sum(counted), heads)


def toll_entries(telling: Telling) -> Iterator[Entry]:
    """The entries of a cumulative toll, kept to be seen beside the incident's own figures."""
    for index, figure in enumerate(telling.claim.figures):
        why = saying("a toll over a period, which may include the incident and is never its figure")
        yield _entry(telling, (index,), figure.group, figure.low, figure.high, standing=("toll", None, why))


def _is_whole(figure: Figure) -> bool:
    return figure.part_of is None


def _is_of(group: Group, figure: Figure) -> bool:
    return figure.group == group


def _beside(figures: Sequence[Figure], wanted: Callable[[Figure], bool]) -> list[tuple[int, ...]]:
    """The indices of figures told as one count: side by side, or parts of one whole; of one outcome."""
    together: dict[object, list[int]] = {}
    for index, figure in enumerate(figures):
        if wanted(figure):
            first = index if figure.adds_to is None else figure.adds_to
            key = (figure.outcome, figure.part_of, first if figure.part_of is None else None)
            together.setdefault(key, []).append(index)
    return [tuple(indices) for indices in together.values()]


def _part(
    telling: Telling, indices: tuple[int, ...], group: Group, size: tuple[int | None, int | None], heads: dict[int, int]
) -> Entry:
    whole = telling.claim.figures[indices[0]].part_of
    if whole is None:
        return _entry(telling, indices, group, *size)
    of = f"{telling.id}#{heads.get(whole, whole)}:people"
    why = saying("a part of the people counted there")
    return _entry(telling, indices, group, *size, of=of, standing=("part", of, why))


def _entry(
    telling: Telling,
    indices: Sequence[int],
    group: Group,
    low: int | None,
    high: int | None,
    *,
    of: str | None = None,
    standing: Standing = ("current", None, None),
) -> Entry:
    figures = tuple(telling.claim.figures[index] for index in indices)
    said_by = telling.claim.said_by
    own_count = bool(said_by) and all(_matches("own_count", speaker.text) for speaker in said_by)
    state, by, why = standing
    return Entry(
        id=f"{telling.id}#{indices[0]}:{group}",
        outcome=figures[0].outcome,
        group=group,
        low=low,
        high=high,
        precision=_precision(figures, low, high),
        text="; ".join(figure.text for figure in figures),
        spans=tuple(figure.span for figure in figures),
        report=telling.report.id,
        claim=telling.id,
        origin=telling.origin,
        published=telling.report.published,
        voices=telling.voices,
        sources=telling.sources,
        kinds=tuple(sorted({speaker.kind for speaker in said_by})),
        figures=figures,
        part_of=of,
        incomplete=own_count or all(_is_added(f) or (group == "people" and f.group in SINGLED_OUT) for f in figures),
        state=state,
        by=by,
        why=why,
    )


def _bounds_of_all(figures: Sequence[Figure], beside: Sequence[int]) -> tuple[int | None, int | None]:
    lows = [_least(figures, index) for index in beside]
    low = sum(bound or 0 for bound in lows) if any(bound is not None for bound in lows) else None
    high = _sum([figures[index] for index in beside])[1]
    return low if low is None or high is None else min(low, high), high


def _least(figures: Sequence[Figure], index: int) -> int | None:
    """The low bound of a figure, or what its parts add up to, where it has none or is a bare plural of fewer."""
    figure = figures[index]
    counted = [part.low for part in figures if part.part_of == index and part.low is not None]
    parts = sum(counted) if counted else None
    if figure.low is None:
        return parts
    return max(figure.low, parts or 0) if is_bare(figure) else figure.low


def _sum(figures: Sequence[Figure]) -> tuple[int, int | None]:
    low = sum(figure.low or 0 for figure in figures)
    return low, sum(f.high or 0 for f in figures) if all(f.high is not None for f in figures) else None


def _is_added(figure: Figure) -> bool:
    """Whether it counts dead on top of dead told before; "another five wounded" are on top of the dead."""
    return figure.outcome == "killed" and _matches("additions", figure.text)


def _precision(figures: Sequence[Figure], low: int | None, high: int | None) -> Precision:
    if all(without_number(figure.text) for figure in figures):
        return "exact" if low == high == 1 else "vague"
    if any(_matches("rounded", figure.text) for figure in figures) and not all(f.low == f.high == 1 for f in figures):
        return "rounded"
    if low is None or high is None:
        return "bounded"
    return "exact" if low == high else "range"


def is_bare(figure: Figure) -> bool:
    """Whether it only says that there were some: "children"."""
    return figure.high is None and without_number(figure.text)


@lru_cache(maxsize=4096)
def without_number(words: str) -> bool:
    """Whether the words give no number, only words such as "several" or a plural.

    >>> without_number("several people"), without_number("at least 13 people")
    (True, False)
    """
    size = bounds(words.lower())
    return size is None or size.vague


@lru_cache(maxsize=8192)
def _matches(name: str, words: str) -> bool:
    return _pattern(name).search(words.lower()) is not None


@lru_cache(maxsize=8)
def _pattern(name: str) -> re.Pattern[str]:
    words = sorted(table("quantities")[name]["words"], key=lambda word: (-len(word), word))
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(word) for word in words) + r")(?!\w| than\b)")
