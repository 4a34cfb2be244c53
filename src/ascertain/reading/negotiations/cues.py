"""Cues: the words of a sentence that name talks, pacts, or something weaker, and those that only seem to.

In: a sentence. Out: `Cue`s in order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ascertain.reading.cues import head_of_phrase
from ascertain.reading.noun_phrases import NOUN_TAGS, left_edge
from ascertain.reading.parse import Sentence
from ascertain.reading.words import PhraseIndex, phrase_index, table, word_set

FILE = "negotiations"
SUBJECTS = ("nsubj", "nsubjpass")


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that names talks, a pact, or something weaker; `token` is its head."""

    first: int
    last: int
    token: int
    name: str


@lru_cache(maxsize=1)
def _index() -> PhraseIndex:
    """Phrases that name talks, by their first word, longest first."""
    return phrase_index(
        FILE, ((phrase, name) for name in ("talks", "pact", "weak", "verb") for phrase in table(FILE)["nouns"][name])
    )


@lru_cache(maxsize=1)
def starters() -> frozenset[str]:
    """The words that a cue may begin with."""
    verbs = word_set(FILE, "nouns", "verbs") | word_set(FILE, "nouns", "bargaining")
    return verbs.union(_index()) | {"it"}


def cues_in(sentence: Sentence) -> Iterator[Cue]:
    """The words of the sentence that name talks."""
    verbs, bargaining = word_set(FILE, "nouns", "verbs"), word_set(FILE, "nouns", "bargaining")
    end = -1
    for token, low in enumerate(sentence.low):
        if token <= end:
            continue
        if (sentence.tags[token].startswith("VB") or low == "mediating") and not hyphened(sentence, token):
            name = "verb" if low in verbs else "weak" if low in bargaining else None
            if name is not None and not _called_for(sentence, token):
                yield Cue(token, token, token, name)
                continue
        for words, name in _index().get(low, ()):
            last = token + len(words) - 1
            if tuple(sentence.low[token : last + 1]) == words and (name == "verb" or sentence.tags[last] in NOUN_TAGS):
                end = last
                head = head_of_phrase(sentence, token, last)
                told = name != "pact" or not _in_background(sentence, head)
                if told and not _called_for(sentence, head):
                    yield Cue(token, last, head, name)
                break


def pronouns(sentence: Sentence) -> Iterator[Cue]:
    """ "It took effect": a pronoun that may stand for a pact under discussion."""
    for token, low in enumerate(sentence.low):
        if low == "it" and sentence.deps[token] in SUBJECTS:
            yield Cue(token, token, token, "pronoun")


def hyphened(sentence: Sentence, token: int) -> bool:
    """Whether the token is joined to the one before by a hyphen."""
    return token > 1 and sentence.low[token - 1] == "-"


def of_other(sentence: Sentence, noun: int) -> bool:
    """Whether the words before the noun make it a bargain of another kind ("wage talks")."""
    other = word_set(FILE, "nouns", "other")
    return any(sentence.low[t] in other for t in range(left_edge(sentence, noun), noun))


def _in_background(sentence: Sentence, noun: int) -> bool:
    """Whether a pact only tells when, or what was broken: "despite the ceasefire"."""
    if any(sentence.deps[c] in ("acl", "relcl") for c in sentence.children[noun]):
        return False
    above = [sentence.low[at] for at in sentence.ancestors(noun)[:2]]
    return sentence.deps[noun] in ("pobj", "dobj") and not word_set(FILE, "nouns", "background").isdisjoint(above)


def _called_for(sentence: Sentence, noun: int) -> bool:
    """Whether the talks are only called for."""
    called = word_set(FILE, "nouns", "called")
    at = noun
    for above in sentence.ancestors(noun)[:6]:
        if sentence.low[above] in called and sentence.deps[at] not in SUBJECTS:
            return sentence.child(above, "prt") is None
        if sentence.deps[at] in SUBJECTS or sentence.deps[above] in ("ROOT", "ccomp"):
            return False
        at = above
    return False
