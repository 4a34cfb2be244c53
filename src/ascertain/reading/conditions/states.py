"""States: what is said to have stopped, closed or become dear ("the power is out", "flour prices tripled").

In: a sentence. Out: a `Finding` for each thing of a row of `state` that one of the row's predicates is said of.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from ascertain.reading.conditions.findings import (
    FILE,
    STEPS_TO_SUBJECT,
    SUBJECTS,
    Finding,
    Phrase,
    head_of_phrase,
    phrases_in,
)
from ascertain.reading.conditions.spared import negated
from ascertain.reading.noun_phrases import NOUN_TAGS, left_edge
from ascertain.reading.parse import Sentence
from ascertain.reading.words import PhraseIndex, phrase_index, table, word_set

# how far from "of" the number stands that works
FAR = 8


def stopped(sentence: Sentence, masked: frozenset[int]) -> Iterator[Finding]:
    """What the sentence says has stopped, closed, run dry or become dear."""
    for phrase in phrases_in(_told(), sentence):
        if phrase.first in masked or sentence.low[phrase.last + 1 : phrase.last + 2] == ["of"]:
            continue
        head = head_of_phrase(sentence, phrase.first, phrase.last)
        for noun in _told_of(sentence, head, phrase):
            words = noun_phrase(sentence, noun)
            for number in map(int, phrase.name.split()):
                about = _thing_of_state(sentence, number, words, phrase) if not masked.intersection(words) else None
                if about is not None:
                    yield Finding(phrase.first, table(FILE)["state"][number]["sector"], about, 2)


def partly_working(sentence: Sentence) -> Iterator[Finding]:
    """What works only in part, by number: "12 of 36 hospitals function", "of the 35 facilities, fourteen work"."""
    if word_set(FILE, "capacity", "working").isdisjoint(sentence.low):
        return
    for token, low in enumerate(sentence.low):
        if low != "of" or "CD" not in sentence.tags[token + 1 : token + 4]:
            continue
        for sector in table(FILE)["capacity"]["sectors"]:
            places = word_set(FILE, "capacity", "sectors", sector)
            noun = next((t for t in range(token + 1, min(len(sentence), token + 6)) if sentence.low[t] in places), None)
            numbers = [t for t, tag in enumerate(sentence.tags) if tag == "CD" and abs(t - token) < FAR]
            if noun is not None and len(numbers) > 1:
                yield Finding(token, sector, noun, 2)


@lru_cache(maxsize=1)
def _told() -> PhraseIndex:
    """Predicates, each with the numbers of the rows of `state` that hold it."""
    rows: dict[str, list[str]] = {}
    for number, row in enumerate(table(FILE)["state"]):
        for phrase in row["told"]:
            rows.setdefault(phrase, []).append(str(number))
    return phrase_index(FILE, ((phrase, " ".join(numbers)) for phrase, numbers in rows.items()))


@cache
def words_of_state(number: int, key: str) -> frozenset[str]:
    """The words under a key of a row of `state`."""
    return frozenset(table(FILE)["state"][number].get(key, "").split())


def _told_of(sentence: Sentence, head: int, phrase: Phrase) -> Iterator[int]:
    """The nouns that a predicate is said of: its subject, its object, or the noun before which it stands."""
    if sentence.deps[head] == "amod":
        yield sentence.heads[head]
        return
    if (
        sentence.deps[head] in ("advmod", "prep", "acl", "npadvmod")
        and sentence.tags[sentence.heads[head]] in NOUN_TAGS
    ):
        noun = sentence.heads[head]
        yield from _coordinated(sentence, sentence.heads[noun] if sentence.deps[noun] == "conj" else noun)
        return
    if sentence.low[phrase.first] == "last" and not sentence.tags[phrase.first].startswith("VB"):
        return
    at = head
    for _ in range(STEPS_TO_SUBJECT):
        if negated(sentence, at, outside=phrase):
            return
        subject = sentence.child(at, *SUBJECTS)
        objects = [c for c in sentence.children[at] if sentence.deps[c] == "dobj"]
        if sentence.tags[at].startswith("VB"):
            yield from (c for c in objects if c > phrase.first or at != head)
        if subject is not None:
            yield from _coordinated(sentence, subject)
            return
        if sentence.heads[at] == at or sentence.deps[at] in ("relcl", "pobj", "dobj"):
            return
        at = sentence.heads[at]


def _coordinated(sentence: Sentence, noun: int) -> Iterator[int]:
    yield noun
    for child in sentence.children[noun]:
        if sentence.deps[child] == "conj" and sentence.tags[child] in NOUN_TAGS:
            yield from _coordinated(sentence, child)


def noun_phrase(sentence: Sentence, noun: int) -> list[int]:
    """The tokens of a noun, what stands before it, what follows "of" or "for", and what it is said to carry."""
    tokens = list(range(left_edge(sentence, noun), noun + 1))
    for child in sentence.children[noun]:
        if child > noun and sentence.low[child] in ("of", "for"):
            for inner in sentence.children[child]:
                if sentence.deps[inner] == "pobj":
                    for part in _coordinated(sentence, inner):
                        tokens += noun_phrase(sentence, part)
        elif sentence.deps[child] == "acl":
            tokens += [c for c in sentence.children[child] if sentence.deps[c] == "dobj"]
    return tokens


def _thing_of_state(sentence: Sentence, number: int, tokens: list[int], phrase: Phrase) -> int | None:
    """The token of the thing that the row knows, `None` where the words hold none."""
    low = {sentence.low[t] for t in tokens}
    needs = words_of_state(number, "needs")
    if needs and not low & needs:
        return None
    if sentence.low[phrase.last] in word_set(FILE, "prices", "told") and not low & word_set(FILE, "prices", "words"):
        return None
    if low & word_set(FILE, "prices", "words") and sentence.low[phrase.last] not in word_set(FILE, "prices", "told"):
        return None
    return next((t for t in reversed(tokens) if sentence.low[t] in words_of_state(number, "things")), None)
