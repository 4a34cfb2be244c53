"""Passages: the sentence that asserts something, in its context, with each value's words marked.

In: a report's text and the spans of values. Out: pieces of text in order, which put together are the text as it came.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ascertain.model import Span

_END = re.compile(r"(?<=[.!?؟。！？।])[\"'”’»)\]]*\s+|\n+")
_FARTHEST = 400


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Words that assert a value: `asserts` names it as the page does, `hue` is harm, place, time or party."""

    span: Span
    asserts: str
    hue: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text of which the same is so: what it asserts, and whether it stands there for its context only."""

    text: str
    asserts: str = ""
    hue: str = ""
    context: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a report's text from `start` on, in code points."""

    start: int
    pieces: tuple[Piece, ...]


def passages(text: str, evidence: Iterable[Span], marks: Iterable[Mark]) -> tuple[Passage, ...]:
    """The sentences of the evidence, each with the one before and after it; what touches is one passage.

    >>> toll = Mark((20, 22), "figures/killed", "harm")
    >>> found = passages("It rained. At least 13 died. They fled.", [(11, 28)], [toll])
    >>> [(piece.text, piece.asserts) for piece in found[0].pieces]
    [('It rained. ', ''), ('At least ', ''), ('13', 'figures/killed'), (' died. ', ''), ('They fled.', '')]
    """
    ends = [0, *(match.end() for match in _END.finditer(text)), len(text)]
    core = _joined(_sentences(ends, span) for span in evidence)
    wide = _joined((max(_before(ends, a), a - _FARTHEST), min(_after(ends, b), b + _FARTHEST)) for a, b in core)
    told = sorted(marks)
    return tuple(Passage(start, _pieces(text, (start, end), core, told)) for start, end in wide)


def _sentences(ends: Sequence[int], span: Span) -> Span:
    start, end = span
    return (
        max((at for at in ends if at <= start), default=0),
        min((at for at in ends if at >= end), default=end),
    )


def _before(ends: Sequence[int], start: int) -> int:
    return max((at for at in ends if at < start), default=0)


def _after(ends: Sequence[int], end: int) -> int:
    return min((at for at in ends if at > end), default=end)


def _joined(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _pieces(text: str, whole: Span, core: Sequence[Span], marks: Sequence[Mark]) -> tuple[Piece, ...]:
    start, end = whole
    within = [mark for mark in marks if mark.span[0] < end and mark.span[1] > start]
    cuts = {start, end, *(at for mark in within for at in mark.span), *(at for span in core for at in span)}
    ordered = sorted(at for at in cuts if start <= at <= end)
    return tuple(_piece(text, (a, b), core, within) for a, b in pairwise(ordered))


def _piece(text: str, span: Span, core: Sequence[Span], marks: Sequence[Mark]) -> Piece:
    here = [mark for mark in marks if mark.span[0] <= span[0] and span[1] <= mark.span[1]]
    shortest = min(here, key=lambda mark: mark.span[1] - mark.span[0], default=None)
    return Piece(
        text=text[span[0] : span[1]],
        asserts=" ".join(dict.fromkeys(mark.asserts for mark in here)),
        hue=shortest.hue if shortest else "",
        context=not any(a <= span[0] and span[1] <= b for a, b in core),
    )
