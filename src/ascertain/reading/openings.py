"""Openings: datelines and labels that stand before a sentence proper ("KYIV, May 3 (Wire) —", "5 Aug 2022:").

In: a text and the span of a sentence. Out: the span of its opening. A parser takes an opening for the subject of the
sentence, so it is parsed without; what the opening names (a day, a place, a speaker) still belongs to the sentence.
"""

from __future__ import annotations

import re

from ascertain.model import Span
from ascertain.reading.words import word_set

SHORT_WORD = 3
SHORT_LABEL = 3

_DATELINE = re.compile(
    r"[ \t]*(?P<head>[^\W_a-z][^\n!?]{0,80}?(?:\([^()\n]{2,40}\))?)"
    r"(?:\s*—\s*|\s+–\s*|\s*--\s+|\s-\s+)(?:\[[A-Z ]+\]\s*)*(?=[\"“‘'(]*[^\W_])"
)
_LABEL = re.compile(r"[ \t]*(?P<head>[^\W_a-z][^\n!?:;]{1,70}):\s+(?=[\"“‘'(]*[^\W_])")
_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_TELLING = re.compile(r"[\d(,]")


def opening(text: str, span: Span, *, capitals: bool) -> Span | None:
    """The span of the dateline or label that opens the sentence at `span`, or `None`.

    `capitals` says that the whole text is in capitals, so that capitals tell nothing.

    >>> text = "KYIV, May 3 (Wire) — Two soldiers died."
    >>> text[slice(*opening(text, (0, len(text)), capitals=False))]
    'KYIV, May 3 (Wire) — '
    """
    start, end = span
    match = _DATELINE.match(text, start, end)
    if match is not None and _is_dateline(text, match, end, capitals):
        return start, match.end()
    match = _LABEL.match(text, start, end)
    if match is not None and not capitals and _is_label(match["head"]):
        return start, match.end()
    return None


def of_dispatch(text: str, span: Span) -> bool:
    """Whether an opening is the dateline of a dispatch, whose day is that of the writing rather than of an event."""
    words = text[slice(*span)].strip()
    return words[:1].isalpha() and not words.endswith(":")


def _is_dateline(text: str, match: re.Match[str], end: int, capitals: bool) -> bool:
    """Whether words before a dash are a dateline rather than the subject of an aside ("Hamas – which rules …")."""
    head = match["head"]
    if capitals:
        return any(letter.isdigit() for letter in head)
    if not _capitalised(head):
        return False
    following = text[match.end() : match.end() + 2].lstrip("\"“‘'(")
    if following[:1].islower() and not any(letter.isdigit() for letter in head):
        return False
    shouted = head.split()[0].rstrip(",").isupper() and len(head.split()[0]) > SHORT_WORD
    return shouted or bool(_TELLING.search(head)) or not re.search(r"\s[-–—]\s", text[match.end() : end])


def _is_label(head: str) -> bool:
    return _capitalised(head) or len(head.split()) <= SHORT_LABEL or " by " in head


def _capitalised(head: str) -> bool:
    """Whether the words are written as a name is, but for short ones and words for places ("Ain al-Hilweh camp")."""
    small = word_set("setting", "spots", "kinds") | word_set("setting", "spots", "buildings")
    return all(not word[0].islower() or word in small for word in _WORD.findall(head) if len(word) > SHORT_WORD)
