"""Movements that were not made: "no convoy has reached", "they cannot reach their fields".

In: a sentence. Out: a `Finding` of `access` for aid that is kept away, or people kept from what they need.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ascertain.reading.conditions.findings import FILE, STEPS_TO_SUBJECT, SUBJECTS, Finding
from ascertain.reading.conditions.states import noun_phrase, words_of_state
from ascertain.reading.noun_phrases import left_edge
from ascertain.reading.parse import Sentence
from ascertain.reading.words import table, word_set


def kept_away(sentence: Sentence) -> Iterator[Finding]:
    """Aid that was kept from people, and people kept from what they need."""
    for verb, low in enumerate(sentence.low):
        if low not in word_set(FILE, "movement", "moves") or not sentence.tags[verb].startswith("VB"):
            continue
        denial = _denial(sentence, verb)
        if denial is None:
            continue
        for noun in _moved(sentence, verb):
            words = {sentence.low[t] for t in noun_phrase(sentence, noun)}
            aid = words & word_set(FILE, "movement", "things") and words & words_of_state(_access_row(), "needs")
            if aid or (_may_need_help(sentence, noun, words) and _reaches_help(sentence, verb)):
                yield Finding(denial, "access", noun, 2)


def _may_need_help(sentence: Sentence, noun: int, words: set[str]) -> bool:
    return sentence.tags[noun] == "CD" or not words.isdisjoint(word_set(FILE, "movement", "people"))


def _reaches_help(sentence: Sentence, verb: int) -> bool:
    """ "Reach fields or clinics": whether the verb's object is what people need."""
    if sentence.low[verb] not in word_set(FILE, "movement", "reach"):
        return False
    objects = [sentence.low[c] for c in sentence.children[verb] if sentence.deps[c] == "dobj"]
    return not word_set(FILE, "movement", "reached").isdisjoint(objects)


@lru_cache(maxsize=1)
def _access_row() -> int:
    return next(number for number, row in enumerate(table(FILE)["state"]) if row["sector"] == "access")


def _moved(sentence: Sentence, verb: int) -> Iterator[int]:
    at = verb
    for _ in range(STEPS_TO_SUBJECT):
        for child in sentence.children[at]:
            moved = sentence.deps[child] == "dobj" and sentence.low[at] not in word_set(FILE, "movement", "reach")
            if moved or sentence.deps[child] in SUBJECTS:
                yield child
        if sentence.deps[at] not in ("xcomp", "conj") or sentence.heads[at] == at:
            return
        at = sentence.heads[at]


def _denial(sentence: Sentence, verb: int) -> int | None:
    """The word that says the movement was not or hardly made."""
    denials = word_set(FILE, "movement", "denials")
    at = verb
    for _ in range(STEPS_TO_SUBJECT):
        for child in sentence.children[at]:
            if sentence.low[child] in denials:
                return child
            if sentence.deps[child] in SUBJECTS:
                first = left_edge(sentence, child)
                inside = [t for t in range(max(0, first - 1), child + 1) if sentence.low[t] in denials]
                if inside:
                    return inside[0]
        if sentence.low[at] in denials:
            return at
        if sentence.deps[at] not in ("xcomp", "ccomp") or sentence.heads[at] == at:
            return None
        at = sentence.heads[at]
    return None
