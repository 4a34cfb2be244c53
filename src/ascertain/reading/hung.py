"""Names that a parse hung on the wrong word: who says something, taken for one more in the list before.

In: the words, tags, dependencies and heads of a sentence, as lists. They are mended in place: "killed seven, including
three children, governor Oleh Syniehubov said" has the governor for the subject of "said", not for one of the killed.
"""

from __future__ import annotations

from collections.abc import Sequence

from ascertain.reading.words import word_set

NAME_TAGS = frozenset(("NNP", "NNPS"))
FINITE = frozenset(("VBD", "VBZ", "VBP"))
LISTED = frozenset(("conj", "appos"))
INSIDE = frozenset(("compound", "amod", "nmod", "det", "poss", "case"))


def give_speakers(low: Sequence[str], tags: Sequence[str], deps: list[str], heads: list[int]) -> None:
    """Make the name right before a verb of saying its subject, where a comma parts it from what it was hung on.

    >>> low = ["two", "women", ",", "mayor", "asha", "said"]
    >>> tags, deps = ["CD", "NNS", ",", "NN", "NNP", "VBD"], ["nummod", "pobj", "punct", "compound", "appos", "conj"]
    >>> heads = [1, 1, 1, 4, 1, 5]
    >>> give_speakers(low, tags, deps, heads)
    >>> deps[4], heads[4]
    ('nsubj', 5)
    """
    for name in range(len(low) - 1):
        verb = name + 1
        if tags[name] not in NAME_TAGS or tags[verb] not in FINITE or deps[name] not in LISTED:
            continue
        if low[verb] not in word_set("attribution", "says") or _has_subject(deps, heads, verb):
            continue
        first = name
        while first and deps[first - 1] in INSIDE and first <= heads[first - 1] <= name:
            first -= 1
        if first and low[first - 1] == "," and heads[name] < first:
            deps[name], heads[name] = "nsubj", verb


def _has_subject(deps: Sequence[str], heads: Sequence[int], verb: int) -> bool:
    return any(heads[token] == verb and deps[token] in ("nsubj", "nsubjpass") for token in range(verb))
