"""Layout: headings, paragraphs and sentences of a report, with the offsets of the text as given.

In: a report's text. Out: `Block`s, each with the `Span`s of its sentences. Nothing is altered; a sentence longer
than `LONGEST` code points is cut at a blank, so that a megabyte without a full stop stays readable.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ascertain.model import Span
from ascertain.reading.words import word_set

LONGEST = 1200
HEADING_LONGEST = 150

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_END = re.compile(r"[.!?…؟。]+[\"'”’»)\]]*(?=\s)|;\s(?=[-•*])")
_NEXT = re.compile(r"\s+[\"'“‘«(\[—–-]*\s*(?=[^\W_a-z]|@|#|[^\w\s])")
_BULLET = re.compile(r"\s*(?:[-•*–—▪●]|\d{1,2}[.)])\s")
# "2 d., 6 w.": a letter behind a number stands for a word, and may end the sentence
_COUNTED = re.compile(r"\d\s?[a-z]\.$")
_INITIALS = re.compile(r"(?:^|[\s(\"“\[])(?:[A-Za-z]\.)*[A-Za-z]\.$")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a heading that stands apart from the paragraph below it."""

    span: Span
    sentences: tuple[Span, ...]
    heading: bool


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text, in order.

    >>> text = "Two died. One fled."
    >>> [text[a:b] for block in blocks(text) for a, b in block.sentences]
    ['Two died.', 'One fled.']
    """
    spans = _paragraphs(text)
    following = [*spans[1:], None][: len(spans)]
    return tuple(
        Block(span, tuple(_sentences(text, span)), _is_heading(text, span, after))
        for span, after in zip(spans, following, strict=True)
    )


def _paragraphs(text: str) -> list[Span]:
    """Lines, joined where a line was only wrapped."""
    joined: list[Span] = []
    for line in _LINE.finditer(text):
        if not line.group().strip():
            continue
        start, end = line.span()
        if joined and _wrapped(text, joined[-1], start, end):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _wrapped(text: str, above: Span, start: int, end: int) -> bool:
    gap = text[above[1] : start]
    if gap.count("\n") != 1 or "\u2029" in gap or _BULLET.match(text, start, end):
        return False
    last_line = text.rfind("\n", above[0], above[1]) + 1
    width = above[1] - max(last_line, above[0])
    first = text[start:end].lstrip()[:1]
    closed = text[above[0] : above[1]].rstrip()[-1:] in '.!?:…"”'
    return first.islower() or (55 <= width <= 100 and not closed)


def _is_heading(text: str, span: Span, following: Span | None) -> bool:
    words = text[span[0] : span[1]].strip()
    if following is None or len(words) > HEADING_LONGEST or words[-1:] in '.!?…:;,"”' or _BULLET.match(words):
        return False
    below = following[1] - following[0]
    return below > len(words) and "\n" in text[span[1] : following[0]] and not words[:1].islower()


def _sentences(text: str, span: Span) -> list[Span]:
    found: list[Span] = []
    start, stop = span
    for end in _END.finditer(text, *span):
        if end.group()[0] != ";" and not _closes(text, start, end, stop):
            continue
        found += _cut(text, start, end.end())
        start = end.end()
    return found + _cut(text, start, stop)


def _closes(text: str, start: int, end: re.Match[str], stop: int) -> bool:
    if not _NEXT.match(text, end.end(), stop) and end.end() < stop and text[end.end() : stop].strip():
        return False
    if end.group() != ".":
        return True
    before = text[max(start, end.start() - 24) : end.end()]
    if _COUNTED.search(before):
        return True
    if _INITIALS.search(before):
        return before.rstrip().lower().endswith(("a.m.", "p.m."))
    last = before[:-1].rsplit(None, 1)[-1:]
    return not last or last[0].lower().lstrip("([\"'“‘") not in _abbreviations()


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    return word_set("layout", "abbreviations")


def _cut(text: str, start: int, end: int) -> list[Span]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    pieces: list[Span] = []
    while end - start > LONGEST:
        blank = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = blank if blank > 0 else start + LONGEST
        pieces.append((start, cut))
        start = cut + (blank > 0)
    return [*pieces, (start, end)] if start < end else pieces
