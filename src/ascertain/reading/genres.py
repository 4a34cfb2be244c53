"""Genres: paragraphs that are no reports of events, told by a label before them or by words that only they hold.

In: a report's text and its paragraphs. Out: the spans of those that are quizzes, games, reviews, obituaries, examples,
exercises, checklists and the like; what they say was done, was not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from ascertain.model import Span
from ascertain.reading.words import table, word_set

FILE = "genres"
LABEL_WORDS = 6
# how much of a paragraph is looked at for words that only another genre holds
OPENING = 400
_LABEL = re.compile(r"[^\w\"“'‘]*([^\W\d_][^:;.!?()\n]{1,60}?)(?::|\.(?=\s)| [–—-] |(?= \())")


def of_other_genre(text: str, paragraphs: Iterable[Span]) -> list[Span]:
    """The paragraphs of a text that are no reports of events, in order; a label on its own line holds for the next.

    >>> of_other_genre("Quiz: who shot the archduke?", [(0, 28)])
    [(0, 28)]
    >>> of_other_genre("Kano: gunmen shot three traders.", [(0, 32)])
    []
    """
    found: list[Span] = []
    labelled = False
    for span in paragraphs:
        words = text[slice(*span)]
        label = _LABEL.match(words)
        here = label is not None and _names_genre(label.group(1), words)
        if labelled or here or _holds(words[:OPENING].lower()):
            found.append(span)
        alone = label is not None and not words[label.end() :].strip(" :.")
        labelled = here and alone
    return found


def _names_genre(label: str, words: str) -> bool:
    """Whether the words before a colon or stop name a text of another genre."""
    parts = label.split(",")[0].split()
    if not 0 < len(parts) <= LABEL_WORDS:
        return False
    low = [part.lower() for part in parts]
    if low[-1] in word_set(FILE, "labels") or " ".join(low) in word_set(FILE, "phrases") | word_set(FILE, "alone"):
        return True
    first, second = low[0], parts[1] if len(parts) > 1 else ""
    if first in word_set(FILE, "weather"):
        return not _pattern("harm").search(words.lower()) and (not second or second.lower() in word_set(FILE, "after"))
    if first not in word_set(FILE, "numbered") or not second:
        return False
    return second[0].isdigit() or second[0].isupper() or second.lower() in word_set(FILE, "after")


def _holds(words: str) -> bool:
    """Whether the opening of a paragraph holds words that only a text of another genre does."""
    return _pattern("holding").search(words) is not None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in table(FILE)[name]))
