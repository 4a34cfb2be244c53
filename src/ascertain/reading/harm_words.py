"""The words that tell of harm, and the ways in which they tell it.

In: `languages/<code>/harm.toml`. Out: for each word its outcomes and frames ("killed": killed, transitive), with the
verbs that tell of harm only with another word near them ("shot … dead").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, get_args

from ascertain.model import Outcome
from ascertain.reading.parse import Sentence
from ascertain.reading.words import table, word_set

FRAMES = (
    "losses",
    "transitive",
    "intransitive",
    "adjectives",
    "acts",
    "counts",
    "bodies",
    "lives",
    "tolls",
    "hostages",
    "moves",
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a verb tells with one of some words near it, and of some more if any, unless one of others stands there."""

    outcome: Outcome
    near: frozenset[str]
    also: frozenset[str]
    unless: frozenset[str]
    frame: str


def _outcomes() -> list[tuple[Outcome, dict[str, Any]]]:
    """Each outcome with its table of words."""
    outcomes: tuple[Outcome, ...] = get_args(Outcome)
    return [(outcome, table("harm")[outcome]) for outcome in outcomes]


@lru_cache(maxsize=1)
def phrasal() -> dict[str, tuple[Phrase, ...]]:
    """Verbs that tell of harm with another word near them; no other word is needed where the set is empty."""
    found: dict[str, list[Phrase]] = {}
    for outcome, frames in _outcomes():
        for row in frames.get("phrasal", ()):
            near, also, unless = (frozenset(row.get(key, "").split()) for key in ("with", "also", "unless"))
            phrase = Phrase(outcome, near, also, unless, row.get("frame", "transitive"))
            for verb in row["verbs"].split():
                found.setdefault(verb, []).append(phrase)
    return {verb: tuple(uses) for verb, uses in found.items()}


@lru_cache(maxsize=1)
def triggers() -> dict[str, tuple[tuple[Outcome, str], ...]]:
    """Each harm word with its outcomes and frames."""
    found: dict[str, list[tuple[Outcome, str]]] = {}
    for outcome, frames in _outcomes():
        for frame, words in frames.items():
            if frame not in FRAMES:
                continue
            for word in words.split():
                found.setdefault(word, []).append((outcome, frame))
    return {word: tuple(uses) for word, uses in found.items()}


@lru_cache(maxsize=1)
def words_of_harm() -> frozenset[str]:
    """All words with which harm may be told."""
    return frozenset((*triggers(), *phrasal(), "victims", "victim"))


def gate_words() -> list[str]:
    """The words that open the gate for a sentence; words of taking and finding alone do not."""
    common = word_set("harm", "common")
    rolls = word_set("people", "roll", "killed")
    return sorted(
        {
            *triggers(),
            *(verb for verb, uses in phrasal().items() if all(not use.near for use in uses)),
            *rolls,
            *word_set("people", "ages", "gate"),
        }
        - common
    )


def uses(sentence: Sentence, token: int, word: str) -> list[tuple[Outcome, str]]:
    """The outcomes and frames that a word has here; "shot" has one with "dead" near it."""
    uses = list(triggers().get(word, ()))
    for use in phrasal().get(word, ()):
        near = {*sentence.low[token + 1 : token + 4], *(sentence.low[c] for c in sentence.subtree(token)[:40])}
        if (not use.near or near & use.near) and (not use.also or near & use.also) and not near & use.unless:
            uses.insert(0, (use.outcome, use.frame))
            break
    uses = [(outcome, frame) for outcome, frame in uses if frame != "tolls" or _is_count_of(sentence, token, outcome)]
    if word in ("casualties", "casualty", "victims", "victim"):
        uses = [("killed", "none"), ("injured", "none")]
    return uses


def _is_count_of(sentence: Sentence, token: int, outcome: Outcome) -> bool:
    """Whether a word for a count is said of an outcome: "the number of displaced"; a toll is of the dead."""
    if outcome == "killed" and sentence.low[token] in ("toll", "tally"):
        return True
    near = sentence.low[max(0, token - 3) : token + 5]
    return not word_set("harm", outcome, "toll_of").isdisjoint(near)


def given_back(sentence: Sentence, token: int) -> bool:
    """Whether bodies are handed back: those people died in no event that is told here."""
    bodies = sentence.low[token] in word_set("harm", "killed", "bodies")
    handed = sentence.low[sentence.heads[token]] in word_set("harm", "killed", "give_back")
    return bodies and handed and sentence.deps[token] in ("dobj", "nsubjpass")
