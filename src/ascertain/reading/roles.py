"""Roles: which parties do what in a telling.

In: a telling. Out: `Actor`s, known parties by name and others by description ("suspected militants"). `parts` tells
which noun phrases take part; here, whether one names or describes somebody who can have the role, and of what kind.
Victims who are only counted are figures, not actors.
"""

from __future__ import annotations

from ascertain.actors import Description, PartyMention, describe
from ascertain.model import Actor, ActorKind, ActorRole
from ascertain.reading.attribution.speakers import meet
from ascertain.reading.communities import is_community
from ascertain.reading.cues import family_of
from ascertain.reading.note_parts import Part, left_over
from ascertain.reading.noun_phrases import NOUN_TAGS, left_edge
from ascertain.reading.parse import Sentence
from ascertain.reading.parts import RELATIVES, parts, speaks
from ascertain.reading.people import coordinated
from ascertain.reading.tellings import Telling
from ascertain.reading.weight import is_note
from ascertain.reading.words import word_set

INSIDE = frozenset(("amod", "compound", "poss", "nmod", "nummod", "det"))
FEW_WORDS = 2
LONGEST_NAME = 9
BY_ACT = frozenset(("protesters", "rioters", "police", "government", "state_forces", "external_forces"))
STRICT = frozenset(("protesters", "rioters", "police", "state_forces", "external_forces", "rebel_group", "militia"))
UNARMED = frozenset(("civilians", "other", "protesters", "government", "international"))


def actors(telling: Telling, text: str, clash: bool) -> list[Actor]:
    """The parties of a telling with their roles, in order of text, each once."""
    found: dict[tuple[int, int], Actor] = {}
    for part in parts(telling, clash):
        for token in (*_joined_before(telling.sentence, part.head), *coordinated(telling.sentence, part.head)):
            actor = _actor(telling, text, token, part)
            if actor is not None and not any(meet(actor.span, span) for span in found):
                found[actor.span] = actor
    if is_note(telling.sentence) and not any(actor.role in ("perpetrator", "party") for actor in found.values()):
        rest = (_actor(telling, text, part.head, part) for part in left_over(telling))
        found |= {actor.span: actor for actor in rest if actor is not None}
    return [found[span] for span in sorted(found)]


def _joined_before(sentence: Sentence, head: int) -> list[int]:
    """Nouns that the parser takes for part of the next one's name: "the army and Karen fighters"."""
    first = left_edge(sentence, head)
    return [
        at
        for at in range(first, head - 1)
        if sentence.deps[at + 1] == "cc" and sentence.tags[at] in ("NN", "NNS") and sentence.deps[at] != "amod"
    ]


def _actor(telling: Telling, text: str, token: int, part: Part) -> Actor | None:
    """The party that a noun phrase names or describes, or `None` where it is none in that role."""
    sentence = telling.sentence
    if any(sentence.low[child] in ("no", "none") for child in (token, *sentence.children[token])):
        return None
    named = _named(telling, token)
    if named is not None:
        if not named.armed and (part.role == "target" or (part.strict and named.kind not in BY_ACT)):
            return None
        return _with_phrase(telling, text, token, part.role, named)
    state = _state(telling, token)
    if state is not None:
        acts = (
            part.role in ("perpetrator", "party")
            and not speaks(sentence, sentence.heads[token])
            and sentence.deps[token] in ("nsubj", "pobj", "conj", "dobj")
        )
        return _of_state(telling, state, part.role) if acts else None
    if sentence.tags[token] not in NOUN_TAGS | {"CD"} or _is_place(telling, token):
        return None
    return _described(telling, text, token, part)


def _is_place(telling: Telling, token: int) -> bool:
    """Whether the word is part of the name of a place ("Port-au-Prince")."""
    start, end = telling.sentence.starts[token], telling.sentence.ends[token]
    spans = (
        place.place.span for place in telling.line.places if place.place.lat is not None or place.role != "mention"
    )
    return any(a <= start and end <= b for a, b in spans)


def _named(telling: Telling, token: int) -> PartyMention | None:
    """The known party that a noun phrase is, is of, or belongs to."""
    sentence = telling.sentence
    start, end = sentence.starts[token], sentence.ends[token]
    for party in telling.line.parties:
        if party.span[0] < end and start < party.span[1]:
            return party
    first, last = left_edge(sentence, token), _belonging(telling, token)
    if not _of_people(sentence, token):
        return None
    a, b = sentence.span_of(first, last)
    inside = [party for party in telling.line.parties if a <= party.span[0] and party.span[1] <= b]
    return inside[-1] if inside and inside[-1].kind != "civilians" else None


def _of_people(sentence: Sentence, token: int) -> bool:
    low = sentence.low[token]
    described = describe(sentence.words[token])
    return (
        (described is not None and described.kind != "civilians")
        or low in word_set("roles", "installations")
        or low in word_set("roles", "doers")
    )


def _belonging(telling: Telling, token: int) -> int:
    """The last token of what says to whom people belong: "members of the X", "gunmen from the X"."""
    sentence = telling.sentence
    told = {cue.token for cue in telling.cues}
    for child in sentence.children[token]:
        linked = child > token and sentence.low[child] in word_set("roles", "belonging")
        if linked and sentence.child(child, "pobj", "prep") not in (None, *told):
            tail = sentence.subtree(child)
            cut = next(
                (n for n, t in enumerate(tail) if sentence.low[t] in RELATIVES or sentence.low[t] == ","), len(tail)
            )
            tail = tail[:cut]
            if tail and tail == list(range(token + 1, tail[-1] + 1)) and len(tail) <= LONGEST_NAME:
                return tail[-1]
    return token


def _with_phrase(telling: Telling, text: str, token: int, role: ActorRole, party: PartyMention) -> Actor:
    """A known party in the words of the phrase that names it: "members of the Red Brigades"."""
    sentence = telling.sentence
    first, last = party.span
    if role != "target" or sentence.low[token] not in word_set("roles", "installations"):
        if sentence.ends[token] <= first:
            first = _start(sentence, token)
        last = max(last, sentence.ends[token])
    return Actor(role=role, text=text[first:last], span=(first, last), name=party.name, id=party.id, kind=party.kind)


def _start(sentence: Sentence, token: int) -> int:
    """Where the noun phrase with this head begins, without articles and numbers."""
    first = left_edge(sentence, token)
    joined = _joined_before(sentence, token)
    first = joined[-1] + 2 if joined else first
    while first < token and (
        sentence.low[first] in ("the", "a", "an", "some", "several", ",", "other") or sentence.tags[first] == "CD"
    ):
        first += 1
    return sentence.starts[first]


def _state(telling: Telling, token: int) -> PartyMention | None:
    start, end = telling.sentence.starts[token], telling.sentence.ends[token]
    return next((s for s in telling.line.states if s.span[0] < end and start < s.span[1]), None)


def _of_state(telling: Telling, state: PartyMention, role: ActorRole) -> Actor:
    """A bare name of a state: its forces where violence is told, else its government."""
    violent = bool(telling.harms) or any(family_of(cue.entry.type) == "violence" for cue in telling.cues)
    kind: ActorKind = "state_forces" if violent else state.kind
    return Actor(role=role, text=state.text, span=state.span, name=state.name, id=state.id, kind=kind)


def _described(telling: Telling, text: str, token: int, part: Part) -> Actor | None:
    """A party without a name known to the lexicon: by what the words say of people, or by the look of the name."""
    sentence = telling.sentence
    last = _belonging(telling, token)
    start, end = _start(sentence, token), sentence.ends[token]
    described = describe(text[start : sentence.ends[last]]) if last != token else None
    described = described or describe(text[start:end]) or describe(sentence.words[token])
    if described is None or (described.kind == "other" and not described.armed):
        kind = _organisation(sentence, token, last)
        if kind is not None and (part.blamed or part.role != "target"):
            end = sentence.ends[last]
            return Actor(role=part.role, text=text[start:end], span=(start, end), kind=kind)
    if described is None and part.role == "perpetrator" and sentence.low[token] in word_set("roles", "machines"):
        return Actor(role=part.role, text=text[start:end], span=(start, end), kind="state_forces")
    communal = described is not None and _is_communal(telling, token, part)
    if described is None or not (communal or _fits(sentence, token, part, described)):
        return _person(telling, text, token, part)
    if describe(text[start:end]) is None or described.kind not in ("civilians", "other"):
        end = sentence.ends[last]
    kind = "militia" if communal and described.kind in UNARMED else _kind(telling, token, described, part)
    return Actor(role=part.role, text=text[start:end], span=(start, end), kind=kind)


def _is_communal(telling: Telling, token: int, part: Part) -> bool:
    """Whether the name of a community makes people a party; youths of two communities who fight are crowds."""
    if part.role not in ("perpetrator", "party") or not is_community(telling.line, token):
        return False
    return part.role == "perpetrator" or telling.sentence.low[token] not in word_set("roles", "crowds")


def _fits(sentence: Sentence, token: int, part: Part, described: Description) -> bool:
    """Whether people so described can have the role."""
    if described.armed or part.blamed:
        return True
    if part.strict:
        return described.kind in STRICT
    if part.role == "target":
        return described.kind not in ("civilians", "other") or (described.kind == "civilians" and part.uncounted)
    if described.kind in BY_ACT:
        return True
    does = bool({sentence.low[token], described.head.lower()} & word_set("roles", "doers"))
    return part.role != "party" and does and sentence.deps[token] not in INSIDE


def _kind(telling: Telling, token: int, described: Description, part: Part) -> ActorKind:
    """The kind of those described, by what they do and to whom they belong."""
    sentence = telling.sentence
    if (owner := _owner(telling, token)) is not None:
        return owner
    if part.role != "perpetrator" or described.armed:
        return described.kind
    types = {cue.entry.type for cue in telling.cues}
    violent = bool(telling.harms) or any(family_of(t) == "violence" or t in RIOTOUS for t in types)
    words = {sentence.low[token], described.head.lower()}
    if violent and words & word_set("roles", "crowds") and described.kind in UNARMED:
        return "rioters"
    if violent and words & word_set("roles", "unknown") and described.kind in UNARMED:
        return "militia"
    return described.kind


RIOTOUS = frozenset(("violent_demonstration", "mob_violence", "looting_property_destruction"))
FORCES: dict[ActorKind, ActorKind] = {"government": "state_forces"}


def _owner(telling: Telling, token: int) -> ActorKind | None:
    """The kind of the party whose people or uniform it is: "its fighters", "men in army uniform"."""
    sentence = telling.sentence
    armed = [p for p in (*telling.line.parties, *telling.line.states) if p.armed or p.kind == "government"]
    for child in sentence.children[token]:
        if sentence.low[child] == "in" and child > token:
            worn = sentence.child(child, "pobj")
            if worn is not None and sentence.low[worn] in word_set("roles", "clothing"):
                a, b = sentence.span_of(left_edge(sentence, worn), worn)
                return next((FORCES.get(p.kind, p.kind) for p in armed if a <= p.span[0] and p.span[1] <= b), None)
        if sentence.deps[child] == "poss" and sentence.low[child] in ("its", "his", "their", "her"):
            described = describe(sentence.words[token])
            before = [p for p in armed if p.span[1] <= sentence.starts[token]]
            if described is not None and described.armed and before:
                return FORCES.get(before[-1].kind, before[-1].kind)
    return None


def _organisation(sentence: Sentence, token: int, last: int) -> ActorKind | None:
    """What kind of organisation a name of several words is by its look, or `None` where it looks like none."""
    first = left_edge(sentence, token)
    names = [
        t for t in range(first, last + 1) if sentence.tags[t] in ("NNP", "NNPS") or sentence.words[t][:1].isupper()
    ]
    if len(names) < FEW_WORDS or sentence.tags[token] not in NOUN_TAGS:
        return None
    words = {sentence.low[t] for t in range(first, last + 1)}
    kinds: tuple[ActorKind, ...] = ("militia", "rebel_group", "other")
    return next((kind for kind in kinds if words & word_set("roles", "organisations", kind)), None)


def _person(telling: Telling, text: str, token: int, part: Part) -> Actor | None:
    """A name that words of blame or claim, or an act of its own, make a party, though no list knows it."""
    sentence = telling.sentence
    blamed = part.blamed and sentence.tags[token] in ("NNP", "NNPS")
    if not blamed and not _acts(telling, token, part):
        return None
    span = (_start(sentence, token), sentence.ends[token])
    return Actor(role=part.role, text=text[slice(*span)], span=span)


def _acts(telling: Telling, token: int, part: Part) -> bool:
    """Whether an acronym stands where only one who does it stands: "NPFL burned the village", "killed by LURD"."""
    sentence = telling.sentence
    word = sentence.words[token]
    if part.strict or part.role == "target" or not (word.isupper() and word.isalpha() and len(word) > FEW_WORDS):
        return False
    above, dep = sentence.heads[token], sentence.deps[token]
    done = {cue.token for cue in telling.cues if cue.entry.type != "same"} | {harm.trigger for harm in telling.harms}
    if dep == "pobj":
        return sentence.low[above] in ("by", "between") and bool(
            done & {sentence.heads[above], *sentence.ancestors(above)}
        )
    return dep == "nsubj" and above in done and sentence.child(above, "dobj") is not None
