"""The sentences to show beside a mistake."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ascertain.model import Span

SENTENCE_END = re.compile(r"(?<=[.!?])[”\"')\]]*\s+|\n+")


def sentences(text: str) -> list[Span]:
    """Spans of the sentences of a text, cut roughly at full stops and line ends; for people to read, not for scoring.

    >>> sentences("Two died. One fled.")
    [(0, 9), (10, 19)]
    """
    spans, start = [], 0
    for end in SENTENCE_END.finditer(text):
        if text[start : end.start()].strip():
            spans.append((start, end.start()))
        start = end.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans


def around(text: str, spans: Iterable[Span]) -> tuple[str, ...]:
    """The sentences that any of the spans touches, in order.

    >>> around("Two died. One fled.", [(11, 13)])
    ('One fled.',)
    """
    wanted = list(spans)
    return tuple(text[start:end] for start, end in sentences(text) if any(a < end and start < b for a, b in wanted))


def holding(text: str, words: Iterable[str]) -> tuple[str, ...]:
    """The sentences that hold any of the words, whatever their case, in order.

    >>> holding("Two died. One fled.", ["FLED"])
    ('One fled.',)
    """
    wanted = [word.casefold() for word in words if word]
    return tuple(
        text[start:end] for start, end in sentences(text) if any(word in text[start:end].casefold() for word in wanted)
    )
