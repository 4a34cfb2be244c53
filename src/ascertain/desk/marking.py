"""Text with the words marked that assert something, as safe markup: told by hue, and by which value they assert.

Marks may overlap: the text is cut where one begins or ends, and each piece is marked with all that covers it, in the
hue of the shortest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Literal

from django.utils.safestring import SafeString, mark_safe

from ascertain.model import Claim, Span

Hue = Literal["harm", "place", "time", "party"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a text, the hue of what they assert, and of which value: `c1/figures/killed/people`."""

    span: Span
    hue: Hue
    asserts: str


def marks_of(claim: Claim, *, under: str = "") -> Iterator[Mark]:
    """The words that a claim's values stand on.

    Args:
        claim: the claim.
        under: what the names of its values begin with, where there are several claims: `c1/`.
    """
    for figure in getattr(claim, "figures", ()):
        yield Mark(figure.span, "harm", f"{under}figures/{figure.outcome}/{figure.group}")
    if claim.where is not None:
        yield Mark(claim.where.span, "place", f"{under}where")
    if claim.when is not None and claim.when.span is not None:
        yield Mark(claim.when.span, "time", f"{under}when")
    for actor in getattr(claim, "actors", ()):
        yield Mark(actor.span, "party", f"{under}actors")
    for target in getattr(claim, "targets", ()):
        yield Mark(target.span, "harm", f"{under}targets")
    for said in claim.said_by:
        yield Mark(said.span, "party", f"{under}said_by")


def marked(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> SafeString:
    """A stretch of a text, with its marks, escaped.

    >>> marked("3 died in Kaya", [Mark((0, 1), "harm", "figures/killed/people")], 0, 6)
    '<mark class="words harm" data-asserts="figures/killed/people">3</mark> died'
    """
    end = len(text) if end is None else end
    within = [mark for mark in marks if mark.span[0] < end and mark.span[1] > start]
    cuts = sorted({start, end, *(min(max(at, start), end) for mark in within for at in mark.span)})
    pieces = pairwise(cuts)
    return mark_safe("".join(_piece(text[one:other], _covering(within, one, other)) for one, other in pieces))


def _covering(marks: Sequence[Mark], start: int, end: int) -> list[Mark]:
    """The marks over a piece, the shortest first."""
    over = [mark for mark in marks if mark.span[0] <= start and mark.span[1] >= end]
    return sorted(over, key=lambda mark: (mark.span[1] - mark.span[0], mark.asserts))


def _piece(text: str, marks: Sequence[Mark]) -> str:
    told = escape(text).replace("\r", "&#13;")
    if not marks:
        return told
    asserts = escape(" ".join(dict.fromkeys(mark.asserts for mark in marks)))
    return f'<mark class="words {marks[0].hue}" data-asserts="{asserts}">{told}</mark>'
