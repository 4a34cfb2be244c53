"""What takes a lack or a suffering back: "no longer", "averted", "an end to"."""

from __future__ import annotations

from ascertain.reading.conditions.findings import FILE, Phrase, head_of_phrase
from ascertain.reading.parse import Sentence
from ascertain.reading.words import word_set


def negated(sentence: Sentence, verb: int, outside: Phrase | None = None) -> bool:
    """Whether a "not" hangs on the verb, but for one that the phrase itself holds."""
    own = range(outside.first, outside.last + 1) if outside else range(0)
    return any(sentence.deps[c] == "neg" and c not in own for c in sentence.children[verb])


def spared(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the words around say that it is averted, ended or absent."""
    words = word_set(FILE, "spared", "before")
    if any(word in words for word in sentence.low[max(0, first - 3) : first]):
        return True
    head = head_of_phrase(sentence, first, last)
    above = sentence.heads[head]
    return above != head and sentence.low[above] in words and sentence.deps[head] in ("dobj", "nsubjpass", "pobj")
