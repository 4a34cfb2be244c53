"""What the ways of telling a condition find, and the phrases of the tables in a sentence.

In: a sentence and an index of phrases. Out: `Phrase`s, in order, none inside another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ascertain.model import Sector
from ascertain.reading.parse import Sentence
from ascertain.reading.words import PhraseIndex, phrase_index, table

FILE = "conditions"
SUBJECTS = ("nsubj", "nsubjpass")
STEPS_TO_SUBJECT = 4


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase found in a sentence, with the name of its row in the table."""

    first: int
    last: int
    name: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A lack told by `token`; `about` is the thing lacked, or the word itself."""

    token: int
    sector: Sector
    about: int
    weight: int


def phrase_at(index: PhraseIndex, sentence: Sentence, token: int) -> Phrase | None:
    """The longest phrase of the index that starts at `token`."""
    for words, name in index.get(sentence.low[token], ()):
        if len(words) == 1 or tuple(sentence.low[token : token + len(words)]) == words:
            return Phrase(token, token + len(words) - 1, name)
    return None


def phrases_in(index: PhraseIndex, sentence: Sentence) -> Iterator[Phrase]:
    """The phrases of the index in the sentence, in order, none inside another."""
    end = -1
    for token, word in enumerate(sentence.low):
        if token > end and word in index and (phrase := phrase_at(index, sentence, token)) is not None:
            end = phrase.last
            yield phrase


def head_of_phrase(sentence: Sentence, first: int, last: int) -> int:
    """The token of a phrase that the others hang on."""
    return next((t for t in range(first, last + 1) if not first <= sentence.heads[t] <= last), first)


@lru_cache(maxsize=1)
def masks() -> PhraseIndex:
    """Phrases of another meaning ("power plant"), whose words tell no condition."""
    return phrase_index(FILE, ((phrase, "") for phrase in table(FILE)["masked"]))


@lru_cache(maxsize=1)
def things() -> PhraseIndex:
    """Phrases of what people need, each with its sector."""
    return phrase_index(
        FILE, ((phrase, sector) for sector, phrases in table(FILE)["things"].items() for phrase in phrases)
    )
