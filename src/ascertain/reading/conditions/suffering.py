"""Suffering told by words of its own ("famine", "sleeping in the open") and situations said to be severe.

In: a sentence. Out: `Finding`s.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ascertain.model import Sector
from ascertain.reading.conditions.findings import FILE, SUBJECTS, Finding, Phrase, head_of_phrase, phrases_in
from ascertain.reading.conditions.severity import grade_of
from ascertain.reading.conditions.spared import negated, spared
from ascertain.reading.noun_phrases import NOUN_TAGS, left_edge
from ascertain.reading.parse import Sentence
from ascertain.reading.words import PhraseIndex, phrase_index, table, word_set


def suffered(sentence: Sentence, masked: frozenset[int]) -> Iterator[Finding]:
    """The suffering that words tell by themselves."""
    for phrase in phrases_in(_suffering(), sentence):
        if phrase.first in masked or _spared_but_lacked(sentence, phrase) or _of_year(sentence, phrase.last):
            continue
        words = " ".join(sentence.low[phrase.first : phrase.last + 1])
        if words in word_set(FILE, "suffering", "only_severe") and not _graded(sentence, phrase):
            continue
        if phrase.name == "protection" and _went_off(sentence, phrase):
            continue
        sector: Sector = phrase.name  # type: ignore[assignment]  # the table's keys are checked by the model's sectors
        yield Finding(phrase.first, sector, phrase.last, 1)


@lru_cache(maxsize=1)
def _suffering() -> PhraseIndex:
    rows = table(FILE)["suffering"]
    return phrase_index(
        FILE, ((phrase, sector) for sector in rows if sector != "only_severe" for phrase in rows[sector])
    )


def lodged(sentence: Sentence) -> Iterator[Finding]:
    """People who live or sleep where nobody should: "families sleep in classrooms"."""
    for verb, low in enumerate(sentence.low):
        if low not in word_set(FILE, "lodging", "verbs") or not sentence.tags[verb].startswith("VB"):
            continue
        if negated(sentence, verb) or (sentence.tags[verb] == "VB" and sentence.child(verb, "aux") is None):
            continue
        subject = sentence.child(verb, "nsubj", "nsubjpass")
        if subject is not None and sentence.low[subject] in ("he", "she", "i"):
            continue
        ill = subject is not None and sentence.low[subject] in word_set(FILE, "lodging", "patients")
        for prep in sentence.children[verb]:
            if sentence.low[prep] not in ("in", "under", "on", "inside", "into", "beneath", "along", "among"):
                continue
            place = sentence.child(prep, "pobj")
            if place is not None and sentence.low[place] in word_set(FILE, "lodging", "places"):
                yield Finding(verb, "health" if ill else "shelter", place, 1)


def _went_off(sentence: Sentence, phrase: Phrase) -> bool:
    """ "Unexploded shells killed two": what went off is an event, and no longer what people live with."""
    head = head_of_phrase(sentence, phrase.first, phrase.last)
    verb = sentence.low[sentence.heads[head]]
    return sentence.deps[head] in SUBJECTS and verb in word_set(FILE, "spared", "events")


def _of_year(sentence: Sentence, token: int) -> bool:
    """ "The famine of 1984" is told of the past."""
    after = sentence.low[token + 1 : token + 3]
    return len(after) == 2 and after[0] == "of" and len(after[1]) == 4 and after[1].isdigit()


def _spared_but_lacked(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether the suffering is spared; "not enough to eat" and "no roof" need their denial."""
    words = " ".join(sentence.low[phrase.first : phrase.last + 1])
    if words in ("enough to eat", "roof over their heads"):
        return not spared(sentence, phrase.first, phrase.last)
    return spared(sentence, phrase.first, phrase.last)


def _graded(sentence: Sentence, phrase: Phrase) -> bool:
    near = sentence.low[max(0, phrase.first - 4) : phrase.last + 6]
    return any(word in word_set(FILE, "severity", "words") for word in near)


def situations(sentence: Sentence) -> Iterator[Finding]:
    """The situations that the sentence calls severe."""
    for noun, low in enumerate(sentence.low):
        if low not in word_set(FILE, "situation", "nouns") or sentence.tags[noun] not in NOUN_TAGS:
            continue
        tokens = range(left_edge(sentence, noun), noun)
        around = {sentence.low[t] for t in tokens}
        after = sentence.low[noun + 1 : noun + 4]
        if around.union(after) & word_set(FILE, "situation", "not"):
            continue
        of = word_set(FILE, "situation", "of")
        located = low == "situation" and after[:1] in (["in"], ["at"], ["there"], ["inside"])
        placed = located or bool(around & of)
        grade = grade_of(sentence, noun)
        if placed and grade is not None and sentence.low[grade] not in word_set(FILE, "severity", "no_grade"):
            yield Finding(noun, _sector_of_situation(around), noun, 1)


def _sector_of_situation(around: set[str]) -> Sector:
    for sector in table(FILE)["situation"]["sectors"]:
        if around & word_set(FILE, "situation", "sectors", sector):
            known: Sector = sector
            return known
    return "general"
