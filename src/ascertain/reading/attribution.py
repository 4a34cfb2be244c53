"""Attribution: who says what a sentence tells, as the report words it.

In: a parsed sentence and the word of the event in it. Out: the speakers. A pronoun stands for the last speaker named.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ascertain.actors import PartyMention
from ascertain.model import Attribution, AttributionKind
from ascertain.reading.parse import Sentence
from ascertain.reading.people import NOUN_TAGS, left_edge
from ascertain.reading.words import table, word_set

SUBJECT = ("nsubj", "nsubjpass")
KIND_OF_PARTY: dict[str, AttributionKind] = {
    "state_forces": "military",
    "external_forces": "military",
    "rebel_group": "armed_group",
    "militia": "armed_group",
    "police": "official",
    "government": "official",
    "international": "other",
}


@lru_cache(maxsize=1)
def _kinds() -> dict[str, AttributionKind]:
    return {word: kind for kind, words in reversed(table("attribution")["kinds"].items()) for word in words.split()}


def speakers(
    sentence: Sentence, text: str, parties: Sequence[PartyMention], last: tuple[Attribution, ...]
) -> tuple[Attribution, ...]:
    """Who says what the sentence tells; empty where the report speaks for itself.

    `last` are the speakers of the sentence before, whom a pronoun stands for.
    """
    found: list[Attribution] = []
    for token, low in enumerate(sentence.low):
        if low in word_set("attribution", "according") and sentence.low[token + 1 : token + 2] == ["to"]:
            for child in sentence.children[token] + sentence.children[min(token + 1, len(sentence) - 1)]:
                if sentence.deps[child] == "pobj":
                    found += _named(sentence, child, text, parties)
        elif low in word_set("attribution", "says") and sentence.tags[token].startswith("VB"):
            found += _of_verb(sentence, token, text, parties, last)
    unique = {speaker.span: speaker for speaker in found}
    return tuple(unique[span] for span in sorted(unique))


def _of_verb(
    sentence: Sentence, verb: int, text: str, parties: Sequence[PartyMention], last: tuple[Attribution, ...]
) -> list[Attribution]:
    subject = sentence.child(verb, *SUBJECT)
    if subject is None and sentence.deps[verb] in ("conj", "advcl", "xcomp") and sentence.tags[verb] != "VBN":
        subject = sentence.child(sentence.heads[verb], *SUBJECT)
    if sentence.child(verb, "nsubjpass") is not None:
        agent = sentence.child(verb, "agent")
        subject = sentence.child(agent, "pobj") if agent is not None else None
    if subject is None:
        return []
    if not (_has_content(sentence, verb) or verb == len(sentence) - 1 or sentence.words[verb + 1 : verb + 2] in ([","], ["."])):
        return []
    if sentence.low[subject] in ("he", "she", "they", "it", "who") or (
        sentence.low[subject] in word_set("attribution", "statements") and sentence.low[max(0, subject - 1)] in ("the", "his", "its")
    ):
        if sentence.low[subject] == "who" and sentence.deps[verb] == "relcl":
            return _named(sentence, sentence.heads[verb], text, parties)
        return list(last)
    return _named(sentence, subject, text, parties)


def _has_content(sentence: Sentence, verb: int) -> bool:
    """Whether something is said: a clause, a quotation, or an event as the object."""
    return any(
        sentence.deps[c] in ("ccomp", "xcomp", "dobj", "parataxis", "advcl", "prep", "dep") for c in sentence.children[verb]
    ) or sentence.deps[verb] in ("ccomp", "parataxis", "acl", "advcl")


def _named(sentence: Sentence, head: int, text: str, parties: Sequence[PartyMention]) -> list[Attribution]:
    if sentence.low[head] in word_set("attribution", "nobody") or sentence.tags[head] not in NOUN_TAGS | {"CD", "JJ", "PRP"}:
        return []
    if sentence.tags[head] == "PRP":
        return []
    heads = [head, *(c for c in sentence.children[head] if sentence.deps[c] == "conj" and sentence.tags[c] in NOUN_TAGS)]
    found = []
    for noun in heads:
        first = left_edge(sentence, noun)
        while first < noun and sentence.low[first] in ("the", "a", "an", "but", "also", "however", "meanwhile", ",", "and"):
            first += 1
        last = noun
        for child in sentence.children[noun]:
            if child == noun + 1 and sentence.low[child] in ("of", "for") and sentence.deps[child] == "prep":
                inner = [c for c in sentence.subtree(child) if c < noun + 7]
                last = max(inner) if inner == list(range(child, max(inner) + 1)) else last
        span = sentence.span_of(first, last)
        words = text[slice(*span)]
        kind = speaker_kind(words, [p for p in parties if p.span[0] >= span[0] and p.span[1] <= span[1]])
        if kind is not None:
            found.append(Attribution(text=words, span=span, kind=kind))
    return found


def speaker_kind(words: str, parties: Sequence[PartyMention]) -> AttributionKind | None:
    """What kind of speaker the words name; `other` where they do not tell, `None` where they name no speaker."""
    known = _kinds()
    low = words.lower().replace("’", "'").replace("-", " ").split()
    for word in low:
        if (kind := known.get(word)) is not None and kind not in ("armed_group", "military", "other", "resident"):
            return kind
    for party in parties:
        if (kind := KIND_OF_PARTY.get(party.kind)) is not None:
            return kind
    for word in reversed(low):
        if (kind := known.get(word)) is not None:
            return kind
    return "other"
