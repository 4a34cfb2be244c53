"""Roles: which parties do what in a telling.

In: a telling. Out: `Actor`s, known parties by name and others by description ("suspected militants"). Who acts is the
subject of the active, the agent of the passive, the "by" or the owner of a noun; in a clash both sides are parties.
"""

from __future__ import annotations

from collections.abc import Iterator

from ascertain.actors import PartyMention, describe
from ascertain.model import Actor, ActorRole
from ascertain.reading.people import NOUN_TAGS, coordinated, left_edge
from ascertain.reading.tellings import Telling
from ascertain.reading.words import word_set

ONTO = frozenset(("on", "against", "at", "targeting", "upon", "of"))


def actors(telling: Telling, text: str, clash: bool) -> list[Actor]:
    """The parties of a telling with their roles, in order of text, each once."""
    found: dict[tuple[int, int], Actor] = {}
    for head, role in _roles(telling, clash):
        for token in coordinated(telling.sentence, head):
            actor = _actor(telling, text, token, "party" if clash and role != "supporter" else role)
            if actor is not None and actor.span not in found:
                if role == "target" and not clash and actor.kind == "civilians":
                    continue
                found[actor.span] = actor
    return [found[span] for span in sorted(found)]


def _roles(telling: Telling, clash: bool) -> Iterator[tuple[int, ActorRole]]:
    sentence = telling.sentence
    seen: set[int] = set()
    tokens = [cue.token for cue in telling.cues] + [harm.trigger for harm in telling.harms]
    for party in telling.line.parties:
        for cue in telling.cues:
            if party.span[0] < sentence.ends[cue.last] and sentence.starts[cue.first] < party.span[1]:
                inside = sentence.tokens_in(party.span)
                if inside:
                    yield inside[0], "perpetrator"
    for token in tokens:
        if token in seen:
            continue
        seen.add(token)
        if sentence.tags[token].startswith("VB"):
            yield from _of_verb(telling, token)
        else:
            yield from _of_noun(telling, token)
            verb = sentence.heads[token]
            if sentence.deps[token] in ("dobj", "pobj") and sentence.low[verb] in word_set("roles", "light_verbs"):
                yield from _of_verb(telling, verb)
            if sentence.deps[token] == "pobj" and sentence.low[verb] in ("in", "during", "with", "into"):
                above = sentence.heads[verb]
                if sentence.low[above] in word_set("roles", "light_verbs"):
                    yield from _of_verb(telling, above)


def _of_verb(telling: Telling, verb: int) -> Iterator[tuple[int, ActorRole]]:
    sentence = telling.sentence
    passive = sentence.child(verb, "nsubjpass")
    for child in sentence.children[verb]:
        dep = sentence.deps[child]
        if dep == "agent" or (sentence.low[child] == "by" and (passive is not None or sentence.tags[verb] == "VBN")):
            yield from ((c, "perpetrator") for c in sentence.children[child] if sentence.deps[c] == "pobj")
        elif dep == "prep" and sentence.low[child] in ("with", "against") and sentence.low[verb] in word_set("roles", "mutual"):
            yield from ((c, "party") for c in sentence.children[child] if sentence.deps[c] == "pobj")
        elif dep == "prep" and sentence.low[child] in ("on", "at", "against", "upon") and passive is None:
            yield from ((c, "target") for c in sentence.children[child] if sentence.deps[c] == "pobj")
    if passive is not None:
        yield passive, "target"
        return
    objects = [c for c in sentence.children[verb] if sentence.deps[c] == "dobj"]
    yield from ((c, "target") for c in objects)
    if sentence.tags[verb] == "VBN" and sentence.deps[verb] in ("acl", "amod"):
        return
    subject = sentence.child(verb, "nsubj")
    at = verb
    while subject is None and sentence.deps[at] in ("conj", "xcomp", "advcl", "pcomp", "prep") and sentence.heads[at] != at:
        at = sentence.heads[at]
        subject = sentence.child(at, "nsubj")
    if subject is None and sentence.deps[verb] == "acl":
        subject = sentence.heads[verb]
    if subject is not None and sentence.low[subject] in ("who", "which", "that") and sentence.deps[at] == "relcl":
        subject = sentence.heads[at]
    if subject is not None and (objects or at != verb or sentence.low[verb] not in word_set("roles", "suffering")):
        yield subject, "perpetrator"


def _of_noun(telling: Telling, noun: int) -> Iterator[tuple[int, ActorRole]]:
    sentence = telling.sentence
    for child in sentence.children[noun]:
        low, dep = sentence.low[child], sentence.deps[child]
        inner = [c for c in sentence.children[child] if sentence.deps[c] == "pobj"]
        if dep in ("poss", "amod", "compound", "nmod"):
            yield child, "perpetrator"
        elif low == "by":
            yield from ((c, "perpetrator") for c in inner)
        elif low in ("between", "with", "involving"):
            yield from ((c, "party") for c in inner)
        elif low in ONTO:
            yield from ((c, "target") for c in inner)
        elif dep in ("acl", "relcl") and low in word_set("roles", "light_verbs"):
            yield from _of_verb(telling, child)


def _actor(telling: Telling, text: str, token: int, role: ActorRole) -> Actor | None:
    sentence = telling.sentence
    start, end = sentence.starts[token], sentence.ends[token]
    for party in telling.line.parties:
        if party.span[0] < end and start < party.span[1]:
            return _known(party, role)
    first = left_edge(sentence, token)
    span = sentence.span_of(first, token)
    for party in telling.line.parties:
        if span[0] <= party.span[0] and party.span[1] <= span[1] and describe(sentence.words[token]) is not None:
            words = text[party.span[0] : span[1]]
            return Actor(role=role, text=words, span=(party.span[0], span[1]), name=party.name, id=party.id, kind=party.kind)
    for state in telling.line.states:
        if state.span[0] < end and start < state.span[1]:
            return _known(state, role) if role == "perpetrator" and sentence.deps[token] in ("nsubj", "pobj", "conj") else None
    if sentence.tags[token] not in NOUN_TAGS | {"CD"}:
        return None
    while first < token and (sentence.low[first] in ("the", "a", "an", "some", "several", ",", "other") or sentence.tags[first] == "CD"):
        first += 1
    span = sentence.span_of(first, token)
    words = text[slice(*span)]
    described = describe(words) or describe(sentence.words[token])
    if described is None:
        return None
    if role in ("perpetrator", "party") and not described.armed and described.kind not in ("protesters", "rioters", "police", "government"):
        if role == "party" or sentence.low[token] not in word_set("roles", "doers"):
            return None
    if role == "target" and not described.armed and described.kind in ("civilians", "other"):
        return None
    return Actor(role=role, text=words, span=span, kind=described.kind)


def _known(party: PartyMention, role: ActorRole) -> Actor:
    return Actor(role=role, text=party.text, span=party.span, name=party.name, id=party.id, kind=party.kind)
