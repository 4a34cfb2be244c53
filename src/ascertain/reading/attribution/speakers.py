"""Speakers: who a noun phrase names as one who says something, and of what kind.

In: a line and the head of a noun phrase. Out: `Attribution`s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from ascertain.actors import PartyMention, describe
from ascertain.model import Attribution, AttributionKind, DataFileError
from ascertain.reading.noun_phrases import NAME_TAGS, NOUN_TAGS, left_edge
from ascertain.reading.page import Line
from ascertain.reading.parse import Sentence
from ascertain.reading.words import table, word_set

SKIPPED = frozenset(("the", "a", "an", "but", "also", "however", "meanwhile", ",", "and"))


LONGEST_TAIL = 7


KIND_OF_PARTY: dict[str, AttributionKind] = {
    "state_forces": "military",
    "external_forces": "military",
    "rebel_group": "armed_group",
    "militia": "armed_group",
    "police": "official",
    "government": "official",
}


Speakers = tuple[Attribution, ...]


@dataclass(frozen=True, slots=True)
class Speech:
    """Speakers with the token of the word that makes them so."""

    speakers: Speakers
    token: int


def named(line: Line, head: int, text: str, kinds: Mapping[str, AttributionKind], *, weak: bool = False) -> Speakers:
    """The speakers that a noun phrase names."""
    sentence = line.sentence
    conjoined = (c for c in sentence.children[head] if sentence.deps[c] == "conj" and sentence.tags[c] in NOUN_TAGS)
    found = []
    for noun in (head, *conjoined):
        if not may_speak(line, noun, weak=weak):
            continue
        first, last = left_edge(sentence, noun), _last(sentence, noun)
        while first < noun and sentence.low[first] in SKIPPED:
            first += 1
        span = sentence.span_of(first, last)
        words = text[slice(*span)]
        if not words[:1].isalnum() and len(words) < 2:
            continue
        known = kinds.get(words.lower().removeprefix("mr ").removeprefix("mrs ").removeprefix("ms "))
        kind = known or speaker_kind(words, [p for p in (*line.parties, *line.states) if meet(p.span, span)])
        if kind == "other":
            kind = _kind_of_aside(line, noun, text)
        if kind == "media" and _is_person_of(sentence, noun):
            kind = "journalist"
        found.append(Attribution(text=words, span=span, kind=kind))
    return tuple(found)


def _is_person_of(sentence: Sentence, noun: int) -> bool:
    """Whether the words are a name owned by another: "Al Jazeera's Tareq Abu Azzoum"."""
    owned = any(sentence.deps[c] == "poss" and sentence.tags[c] in NAME_TAGS for c in sentence.children[noun])
    return owned and sentence.tags[noun] in NAME_TAGS


def meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans share words."""
    return one[0] < other[1] and other[0] < one[1]


def may_speak(line: Line, noun: int, *, weak: bool) -> bool:
    """Whether the noun can be a speaker; of a `weak` verb only people, a body, a place or a document."""
    sentence = line.sentence
    low, tag = sentence.low[noun], sentence.tags[noun]
    if tag not in NOUN_TAGS or low in word_set("attribution", "nobody") or low in word_set("attribution", "mute"):
        return False
    if any(sentence.low[child] == "no" for child in sentence.children[noun]):
        return False
    if not weak or tag in ("NNP", "NNPS") or low in _speaking_words() or low in word_set("attribution", "statements"):
        return True
    return describe(sentence.words[noun]) is not None or any(
        meet(p.span, sentence.span_of(noun, noun)) for p in line.parties
    )


def _last(sentence: Sentence, noun: int) -> int:
    """The last token of the noun with its "of" or "for" phrase."""
    last = noun
    for child in sentence.children[noun]:
        if child == noun + 1 and sentence.low[child] in ("of", "for", "at") and sentence.deps[child] == "prep":
            inner = [c for c in sentence.subtree(child) if c < noun + LONGEST_TAIL]
            last = max(inner) if inner == list(range(child, max(inner) + 1)) else last
    return last


def _kind_of_aside(line: Line, noun: int, text: str) -> AttributionKind:
    """The kind that an apposition gives a name ("Célestin M., the leader of the rebels"), or a place its government."""
    sentence = line.sentence
    for child in (*sentence.children[noun], *([sentence.heads[noun]] if sentence.deps[noun] == "appos" else [])):
        if sentence.deps[child] == "appos" or child == sentence.heads[noun]:
            tail = sentence.subtree(child) if sentence.deps[child] == "appos" else [child]
            span = sentence.span_of(left_edge(sentence, tail[0]), tail[-1])
            kind = speaker_kind(text[slice(*span)], [p for p in line.parties if meet(p.span, span)])
            if kind != "other":
                return kind
    start = sentence.starts[noun]
    is_place = any(p.place.span[0] <= start < p.place.span[1] and p.place.lat is not None for p in line.places)
    return "official" if is_place else "other"


@dataclass(frozen=True, slots=True)
class _Row:
    kind: str
    words: frozenset[str]
    phrases: tuple[str, ...]
    without: frozenset[str]


@lru_cache(maxsize=1)
def _rows() -> tuple[_Row, ...]:
    rows = [
        _Row(
            row["kind"],
            frozenset(row.get("words", "").split()),
            tuple(row.get("phrases", ())),
            frozenset(row.get("without", "").split()),
        )
        for row in table("attribution")["kind"]
    ]
    known = (*get_args(AttributionKind), "party")
    if wrong := [row.kind for row in rows if row.kind not in known]:
        raise DataFileError(f"unknown kinds {wrong}", source="en/attribution.toml", remedy=f"use one of {known}")
    return tuple(rows)


@lru_cache(maxsize=1)
def _speaking_words() -> frozenset[str]:
    return frozenset(word for row in _rows() for word in row.words) | word_set("attribution", "bodies")


def speaker_kind(words: str, parties: Sequence[PartyMention]) -> AttributionKind:
    """What kind of speaker the words name; `other` where they do not tell.

    >>> speaker_kind("the provincial health director", [])
    'medical'
    """
    low = words.lower().replace("’", "'")
    tokens = set(low.replace("-", " ").replace(",", " ").replace("(", " ").replace(")", " ").split()) | set(low.split())
    tokens |= {token.removesuffix("'s").rstrip(".") for token in tokens}
    for row in _rows():
        if row.kind == "party":
            if (kind := _of_parties(parties)) is not None:
                return kind
        elif (tokens & row.words and not tokens & row.without) or any(phrase in low for phrase in row.phrases):
            return row.kind  # type: ignore[return-value]  # checked when loaded
    return "other"


def _of_parties(parties: Sequence[PartyMention]) -> AttributionKind | None:
    return next((kind for party in parties if (kind := KIND_OF_PARTY.get(party.kind)) is not None), None)
