"""Participants: who mediates, who bargains and who only supports, named or described.

In: a line and its cues. Out: `Actor`s in order of text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ascertain.actors import PartyMention, describe, find_parties, find_states
from ascertain.model import Actor, ActorKind, Span
from ascertain.reading.cues import head_of_phrase
from ascertain.reading.negotiations.cues import FILE, Cue, hyphened
from ascertain.reading.negotiations.roles import is_between, is_talk, role_of
from ascertain.reading.noun_phrases import NOUN_TAGS, left_edge
from ascertain.reading.page import Line
from ascertain.reading.parse import Sentence
from ascertain.reading.words import table, word_set


def participants(line: Line, text: str, cues: Sequence[Cue]) -> tuple[Actor, ...]:
    """Mediators, parties and supporters named or described in the line."""
    sentence = line.sentence
    named = [(mention, _head_in(sentence, mention.span)) for mention in (*line.parties, *line.states)]
    found = [
        Actor(role=role, text=m.text, span=m.span, name=m.name, id=m.id, kind=m.kind)
        for m, head in named
        if head is not None and (role := role_of(sentence, head, m.kind)) is not None
    ]
    taken = [mention.span for mention, _ in named]
    found += _joined(sentence, text, taken)
    found += _described(line, text, taken)
    found += _adjectival(sentence, text, [actor.span for actor in found])
    found += _go_betweens(sentence, text, [actor.span for actor in found])
    return tuple(sorted(found, key=lambda actor: actor.span)) if cues else ()


def _head_in(sentence: Sentence, span: Span) -> int | None:
    inside = sentence.tokens_in(span)
    return head_of_phrase(sentence, inside[0], inside[-1]) if inside else None


def _joined(sentence: Sentence, text: str, taken: Sequence[Span]) -> Iterator[Actor]:
    """ "Qatari-mediated talks": a mediator joined by a hyphen."""
    for token, low in enumerate(sentence.low):
        if low not in word_set(FILE, "roles", "joined") or not hyphened(sentence, token):
            continue
        first = token - 2
        span = sentence.span_of(first, first)
        if not sentence.words[first][:1].isupper() or any(a <= span[0] < b for a, b in taken):
            continue
        led = sentence.low[sentence.heads[token]]
        if low == "led" and not (is_talk(led) or led in word_set(FILE, "roles", "efforts")):
            continue
        words = text[slice(*span)]
        yield _mediator(words, span)
        if sentence.low[first - 1] == "and" and sentence.words[first - 2].endswith("-") and first > 2:
            last = first - 2 if len(sentence.words[first - 2]) > 1 else first - 3
            start = sentence.starts[last]
            name = text[start : sentence.ends[last]].rstrip("-")
            yield _mediator(name, (start, start + len(name)))


def _mediator(words: str, span: Span) -> Actor:
    """The state or body that a word joined to "-mediated" names."""
    for found in (find_states(words), find_parties(words), find_parties(f"{words} government")):
        if found:
            known: PartyMention = found[0]
            return Actor(role="mediator", text=words, span=span, name=known.name, id=known.id, kind=known.kind)
    return Actor(role="mediator", text=words, span=span, kind="other")


def _adjectival(sentence: Sentence, text: str, taken: Sequence[Span]) -> Iterator[Actor]:
    """ "Under Malaysian mediation": a state by the adjective before the word for mediation."""
    for token, low in enumerate(sentence.low):
        above = sentence.heads[token]
        if low == sentence.words[token] or sentence.deps[token] not in ("amod", "compound", "nmod"):
            continue
        if sentence.low[above] not in word_set(FILE, "roles", "auspices"):
            continue
        span = sentence.span_of(token, token)
        actor = _mediator(text[slice(*span)], span)
        if actor.id is not None and not any(a < span[1] and span[0] < b for a, b in taken):
            yield actor


def _go_betweens(sentence: Sentence, text: str, taken: Sequence[Span]) -> Iterator[Actor]:
    """ "Church leaders", "the archbishop": those of standing who bring others together."""
    for token, low in enumerate(sentence.low):
        if low not in word_set(FILE, "roles", "standing") or sentence.tags[token] not in NOUN_TAGS:
            continue
        words = " ".join(sentence.low[left_edge(sentence, token) : token + 1])
        if low in word_set(FILE, "roles", "leading") and not any(
            word in word_set(FILE, "roles", "communal") for word in words.split()
        ):
            continue
        span = sentence.span_of(left_edge(sentence, token), token)
        if any(a < span[1] and span[0] < b for a, b in taken) or not _brings_together(sentence, token):
            continue
        yield Actor(role="mediator", text=text[slice(*span)], span=span, kind="other")


def _brings_together(sentence: Sentence, token: int) -> bool:
    """Whether somebody is the subject of a verb of mediation or bargaining, or what talks are held under."""
    at = token
    while sentence.deps[at] == "conj":
        at = sentence.heads[at]
    above = sentence.heads[at]
    if sentence.deps[at] == "nsubj":
        return sentence.low[above] in word_set(FILE, "roles", "mediating") or sentence.low[above] == "negotiated"
    if sentence.deps[at] == "pobj" and sentence.low[above] in ("under", "by"):
        governor = sentence.low[sentence.heads[above]]
        mediated = any(governor in word_set(FILE, "roles", key) for key in ("mediating", "mediation", "overseeing"))
        return mediated or (sentence.low[above] == "under" and is_talk(governor))
    return False


def _described(line: Line, text: str, taken: Sequence[Span]) -> Iterator[Actor]:
    """ "The rebels", "the two clans", "Kinshasa": parties without a name of their own, and towns that stand for one."""
    sentence = line.sentence
    for token, tag in enumerate(sentence.tags):
        if tag not in NOUN_TAGS or sentence.deps[token] in ("compound", "poss", "nmod"):
            continue
        span = sentence.span_of(left_edge(sentence, token), token)
        if any(a < span[1] and span[0] < b for a, b in taken):
            continue
        kind = _kind(line, token, text[slice(*span)])
        if kind is not None and role_of(sentence, token, kind) == "party":
            yield Actor(role="party", text=text[slice(*span)], span=span, kind=kind)


def _kind(line: Line, token: int, words: str) -> ActorKind | None:
    """What kind of party the words describe, `None` where they describe none; those who are sent speak for a state."""
    sentence = line.sentence
    low = sentence.low[token]
    described = describe(words)
    if described is not None and described.kind in table(FILE)["roles"]["arms"].split():
        return described.kind
    if low in word_set(FILE, "roles", "peoples"):
        return None if low in ("groups", "opposition") else "government"
    if low in word_set(FILE, "roles", "sent"):
        named = any(sentence.words[t][:1].isupper() for t in range(left_edge(sentence, token), token) if t)
        return "government" if named else None
    if any(place.place.span == sentence.span_of(token, token) for place in line.places):
        return "government"
    if is_between(sentence, token) and not _is_time(line, token):
        return described.kind if described is not None else "other"
    return None


def _is_time(line: Line, token: int) -> bool:
    start = line.sentence.starts[token]
    return any(time.span[0] <= start < time.span[1] for time in line.times)
