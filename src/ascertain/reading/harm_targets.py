"""Whom an attack was aimed at, for harm that is told by a number alone: "fired on demonstrators, killing five".

In: a parsed sentence and the token of a word of harm. Out: the people who are the object of the clause above it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ascertain.reading.parse import Sentence
from ascertain.reading.people import People, people_at
from ascertain.reading.words import word_set

ABOVE = 3


def attacked(sentence: Sentence, trigger: int) -> People | None:
    """Those whom the clause above a word of harm, or before it, tells to be attacked; several, and of one group."""
    for verb in sentence.ancestors(trigger)[:ABOVE]:
        for noun in _objects(sentence, verb):
            if noun >= trigger or sentence.tags[noun] not in ("NNS", "NNPS"):
                continue
            people = people_at(sentence, noun)
            if people is not None and people.stated in ("plural", "back", "number", "vague"):
                return people
    return None


def _objects(sentence: Sentence, verb: int) -> Iterator[int]:
    """The objects of a verb, and those of the prepositions with which one aims at somebody."""
    for child in sentence.children[verb]:
        if sentence.deps[child] == "dobj":
            yield child
            yield from _aimed_at(sentence, child)
        elif sentence.deps[child] == "prep":
            yield from _aimed_at(sentence, verb, child)


def _aimed_at(sentence: Sentence, head: int, only: int | None = None) -> Iterator[int]:
    at = word_set("harm", "aimed_at")
    for child in sentence.children[head] if only is None else (only,):
        if sentence.low[child] in at:
            yield from (c for c in sentence.children[child] if sentence.deps[c] == "pobj")
