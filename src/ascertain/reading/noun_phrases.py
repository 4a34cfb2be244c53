"""Noun phrases: from which token to which one runs, with the number that belongs to it.

In: a parsed sentence and the token of a noun. Out: tokens.
"""

from __future__ import annotations

from ascertain.reading.parse import Sentence

LEFT_DEPS = frozenset(
    (
        "det",
        "nummod",
        "amod",
        "compound",
        "quantmod",
        "advmod",
        "poss",
        "nmod",
        "predet",
        "npadvmod",
        "case",
        "neg",
        "nn",
    )
)
PHRASE = 7
PHRASE_TAGS = frozenset(("DT", "CD", "JJ", "NN", "NNS", "NNP", "NNPS", "PRP$", "POS", "HYPH", "VBN"))
# How the parse hangs a number that it lost: "At least 1,221 Armenian soldiers".
LOOSE_DEPS = frozenset(("meta", "dep", "npadvmod", "appos", "nsubj", "ROOT", "punct"))
NAME_TAGS = frozenset(("NNP", "NNPS"))
NOUN_TAGS = frozenset(("NN", "NNS", "NNP", "NNPS"))
# A number, and one that the parser takes for that of an item of a list ("Dead: 5").
NUMBER_TAGS = frozenset(("CD", "LS"))


def left_edge(sentence: Sentence, head: int) -> int:
    """The first token of the noun phrase with this head."""
    first = head
    for child in reversed(sentence.children[head]):
        if child > head:
            continue
        if sentence.deps[child] not in LEFT_DEPS and sentence.tags[child] not in ("HYPH", "CD"):
            break
        if sentence.low[child] in ("including", "especially", "and", ",", "only"):
            break
        first = min(first, _leftmost(sentence, child))
    if first == head or sentence.tags[first] not in ("DT", "PRP$", "CD"):
        first = _with_number(sentence, first)
    if sentence.low[first] == "dead" and sentence.tags[first + 1 : first + 2] == ["CD"]:
        return first + 1
    return first


def _with_number(sentence: Sentence, first: int) -> int:
    """The first token of a noun phrase together with a number right before it that the parse hung elsewhere."""
    before = first - 1
    if before < 0 or sentence.tags[before] != "CD" or sentence.deps[before] not in LOOSE_DEPS:
        return first
    return before if before in sentence.sizes or not is_year(sentence, before) else first


def is_year(sentence: Sentence, token: int) -> bool:
    """Whether a number may be that of a year."""
    low = sentence.low[token]
    return low.isdigit() and len(low) == 4 and 1900 <= int(low) <= 2100


def _leftmost(sentence: Sentence, token: int) -> int:
    """The first token of what hangs on a token to its left."""
    at = token
    while True:
        below = next((c for c in sentence.children[at] if c < at and sentence.tags[c] not in (",", "CC")), None)
        if below is None:
            return at
        at = below


def end_of_complement(sentence: Sentence, token: int) -> int:
    """The last token of the noun phrase that starts at a token."""
    for last in range(token, min(len(sentence), token + PHRASE)):
        if sentence.tags[last] not in PHRASE_TAGS or sentence.low[last] == "aged":
            return last - 1
    return min(len(sentence), token + PHRASE) - 1
