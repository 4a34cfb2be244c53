"""Speeches: the words of a line that make somebody say what it tells, and who that is.

In: a line. Out: `Speech`es in order; what a speaker says of another's words is the first's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ascertain.model import AttributionKind
from ascertain.reading.attribution.speakers import Speakers, named
from ascertain.reading.page import Line
from ascertain.reading.parse import Sentence
from ascertain.reading.words import word_set

SUBJECTS = ("nsubj", "nsubjpass")


SPEAKING_PRONOUNS = frozenset(("he", "she", "they", "it", "we", "i"))


CONTENT = frozenset(("ccomp", "xcomp", "dobj", "parataxis", "advcl", "prep", "dep"))


CLAUSE_CONTENT = frozenset(("ccomp", "xcomp", "dobj", "parataxis"))


SAID_OF = frozenset(("ccomp", "parataxis", "acl", "advcl"))


@dataclass(frozen=True, slots=True)
class Speech:
    """Speakers with the token of the word that makes them so."""

    speakers: Speakers
    token: int


def speeches(line: Line, text: str, last: Speakers, kinds: Mapping[str, AttributionKind]) -> list[Speech]:
    """The speeches that words of the line make, in order; what a speaker says of another's words is the first's."""
    sentence = line.sentence
    found: list[Speech] = []
    for token, low in enumerate(sentence.low):
        speakers: Speakers = ()
        if low in word_set("attribution", "according") and sentence.low[token + 1 : token + 2] == ["to"]:
            near = sentence.children[token] + sentence.children[min(token + 1, len(sentence) - 1)]
            heads = [child for child in near if sentence.deps[child] == "pobj"]
            speakers = tuple(s for head in heads for s in named(line, head, text, kinds))
        elif low in word_set("attribution", "says") and sentence.tags[token].startswith("VB"):
            speakers = _of_verb(line, token, text, last, kinds)
        if speakers:
            found.append(Speech(speakers, token))
    return [speech for speech in found if not _within_another(sentence, speech, found)]


def _within_another(sentence: Sentence, speech: Speech, found: Sequence[Speech]) -> bool:
    """Whether a speech is part of what another speaker says."""
    if sentence.low[speech.token] in ("told", "according"):
        return False
    others = {other.token for other in found if other is not speech}
    below = speech.token
    for above in sentence.ancestors(speech.token):
        if above in others and sentence.deps[below] == "ccomp":
            first, last = sorted((above, speech.token))
            return ";" not in sentence.low[first:last]
        below = above
    return False


def _of_verb(line: Line, verb: int, text: str, last: Speakers, kinds: Mapping[str, AttributionKind]) -> Speakers:
    sentence = line.sentence
    subject = _subject(sentence, verb)
    if subject is None or not _says_something(sentence, verb):
        return ()
    low = sentence.low[subject]
    if low in ("who", "that", "which") and sentence.deps[verb] == "relcl":
        return named(line, sentence.heads[verb], text, kinds) if low == "who" else ()
    if low in SPEAKING_PRONOUNS or (
        low in word_set("attribution", "statements") and sentence.low[max(0, subject - 1)] in ("the", "his", "its")
    ):
        return last
    return named(line, subject, text, kinds, weak=sentence.low[verb] in word_set("attribution", "weak"))


def _subject(sentence: Sentence, verb: int) -> int | None:
    """Who says what the verb says; of the passive, its agent."""
    passive = sentence.child(verb, "nsubjpass") is not None
    if passive or (sentence.tags[verb] == "VBN" and sentence.deps[verb] in ("acl", "amod", "advcl")):
        agent = sentence.child(verb, "agent")
        return sentence.child(agent, "pobj") if agent is not None else None
    at, subject = verb, sentence.child(verb, *SUBJECTS)
    while subject is None and sentence.deps[at] in ("conj", "advcl", "xcomp") and sentence.heads[at] != at:
        at = sentence.heads[at]
        if sentence.child(at, "nsubjpass") is not None:
            return None
        subject = sentence.child(at, *SUBJECTS)
    if subject is None and sentence.deps[verb] == "acl":
        subject = sentence.heads[verb]
    return subject


def _says_something(sentence: Sentence, verb: int) -> bool:
    """Whether something is said: a clause, a quotation, or an event as the object."""
    weak = sentence.low[verb] in word_set("attribution", "weak")
    content = CLAUSE_CONTENT if weak else CONTENT
    if any(sentence.deps[child] in content for child in sentence.children[verb]):
        return True
    if sentence.deps[verb] in SAID_OF:
        return not weak or sentence.deps[verb] != "advcl"
    return verb == len(sentence) - 1 or sentence.words[verb + 1] in (",", ".", ":", '"', "“")
