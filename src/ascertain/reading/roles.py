"""Roles: which parties do what in a telling.

In: a telling. Out: `Actor`s, known parties by name and others by description ("suspected militants"). Who acts is the
subject of the active, the agent of the passive, the "by" or the owner of a noun, and whoever is blamed or claims it; in
a clash both sides are parties. Victims who are only counted are figures, not actors.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ascertain.actors import Description, PartyMention, describe
from ascertain.model import Actor, ActorKind, ActorRole
from ascertain.reading.parse import Sentence
from ascertain.reading.people import NOUN_TAGS, coordinated, left_edge
from ascertain.reading.tellings import Telling, family_of
from ascertain.reading.words import table, word_set

ONTO = frozenset(("on", "against", "at", "targeting", "upon", "of", "into"))
AIMED = frozenset(("on", "at", "against", "upon", "into"))
SUBJECTS = ("nsubj", "nsubjpass")
VERSUS = frozenset(("vs", "versus", "v"))
ONES = frozenset(("ones", "one", "those"))
PRONOUNS = frozenset(("it", "they", "we", "he", "she"))
RELATIVES = frozenset(("who", "which", "that"))
UP = frozenset(("conj", "xcomp", "advcl", "pcomp", "prep"))
WITHIN = frozenset(
    ("dobj", "pobj", "prep", "compound", "amod", "nmod", "conj", "poss", "attr", "oprd", "advmod", "dep")
)
MANNER = frozenset(("with", "in", "into", "at", "on", "of", "using", "by"))
INSIDE = frozenset(("amod", "compound", "poss", "nmod", "nummod", "det"))
FEW_WORDS = 2
LONGEST_NAME = 9
BY_ACT = frozenset(("protesters", "rioters", "police", "government", "state_forces", "external_forces"))
STRICT = frozenset(("protesters", "rioters", "police", "state_forces", "external_forces", "rebel_group", "militia"))
UNARMED = frozenset(("civilians", "other", "protesters", "government", "international"))


@dataclass(frozen=True, slots=True)
class Part:
    """A noun phrase's head with its role.

    `blamed`: words of blame or claim give it the role; `strict`: only who is armed by nature can have it; `uncounted`:
    a plural without a number, the object of violence ("shot at villagers").
    """

    head: int
    role: ActorRole
    blamed: bool = False
    strict: bool = False
    uncounted: bool = False


def actors(telling: Telling, text: str, clash: bool) -> list[Actor]:
    """The parties of a telling with their roles, in order of text, each once."""
    found: dict[tuple[int, int], Actor] = {}
    for part in _parts(telling, clash):
        for token in (*_joined_before(telling.sentence, part.head), *coordinated(telling.sentence, part.head)):
            actor = _actor(telling, text, token, part)
            if actor is not None and not any(_touch(actor.span, span) for span in found):
                found[actor.span] = actor
    return [found[span] for span in sorted(found)]


def _joined_before(sentence: Sentence, head: int) -> list[int]:
    """Nouns that the parser takes for part of the next one's name: "the army and Karen fighters"."""
    first = left_edge(sentence, head)
    return [
        at
        for at in range(first, head - 1)
        if sentence.deps[at + 1] == "cc" and sentence.tags[at] in ("NN", "NNS") and sentence.deps[at] != "amod"
    ]


def _touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _parts(telling: Telling, clash: bool) -> Iterator[Part]:
    """The noun phrases that take part, blame first: who is blamed is no victim, whatever else the words say."""
    sentence = telling.sentence
    clashing = {cue.token for cue in telling.cues if cue.entry.type == "armed_clash"} if clash else set()
    yield from _blamed(telling)
    yield from _in_names(telling)
    yield from _against_each_other(telling)
    yield from _helping(telling)
    yield from _losing(telling)
    harmed = {
        sufferer.people.head
        for harm in telling.harms
        for sufferer in harm.sufferers
        if sufferer.people.stated != "plural"
    }
    tokens = [cue.token for cue in telling.cues if cue.entry.type != "same"]
    violent = any(family_of(cue.entry.type) == "violence" for cue in telling.cues)
    for token in dict.fromkeys([*tokens, *(harm.trigger for harm in telling.harms)]):
        for part in _of_token(telling, token):
            if part.head in harmed:
                continue
            if token in clashing:
                yield replace(part, role="party")
            else:
                yield replace(part, uncounted=violent and _uncounted(sentence, part.head))
        subject = _doer_of_clause(sentence, token) if token not in clashing else None
        if subject is not None and subject not in harmed:
            yield Part(subject, "perpetrator", strict=True)


def _against_each_other(telling: Telling) -> Iterator[Part]:
    """Both sides of "Tutsi herders vs Hema farmers", as notes put it."""
    sentence = telling.sentence
    for token in range(telling.first + 1, min(telling.last, len(sentence) - 1)):
        if sentence.low[token].strip(".") in VERSUS and sentence.tags[token - 1] in NOUN_TAGS:
            after = next((t for t in range(token + 1, len(sentence)) if sentence.tags[t] in NOUN_TAGS), None)
            if after is None:
                continue
            while (
                after + 1 < len(sentence)
                and sentence.tags[after + 1] in NOUN_TAGS
                and sentence.heads[after] == after + 1
            ):
                after += 1
            yield Part(token - 1, "party")
            yield Part(after, "party")


def _helping(telling: Telling) -> Iterator[Part]:
    """Who stands by those who act: "troops backed by US aircraft", "with the help of Rwandan soldiers"."""
    sentence = telling.sentence
    for token in range(telling.first, telling.last + 1):
        low = sentence.low[token]
        if low in word_set("roles", "helped") and sentence.tags[token] == "VBN":
            links: tuple[str, ...] = ("by",)
        elif low in word_set("roles", "help") and sentence.low[sentence.heads[token]] in ("with", "by", "under"):
            links = ("of", "from", "by")
        else:
            continue
        for child in sentence.children[token]:
            if sentence.low[child] in links:
                yield from (
                    Part(c, "supporter", strict=True) for c in sentence.children[child] if _is_object(sentence, c)
                )


def _is_object(sentence: Sentence, token: int) -> bool:
    return sentence.deps[token] == "pobj"


def _losing(telling: Telling) -> Iterator[Part]:
    """Who loses a place that changes hands: "took it from the army", "seized it after the police had fled"."""
    sentence = telling.sentence
    verbs = [c.token for c in telling.cues if c.entry.type in word_set("roles", "taken")]
    for verb in verbs:
        if not sentence.tags[verb].startswith("VB"):
            continue
        for child in sentence.children[verb]:
            if sentence.low[child] == "from":
                yield from (Part(c, "target", strict=True) for c in sentence.children[child] if _is_object(sentence, c))
            elif sentence.deps[child] == "advcl" and sentence.low[child] in word_set("roles", "leaving"):
                yield from (
                    Part(c, "party", strict=True) for c in sentence.children[child] if sentence.deps[c] == "nsubj"
                )


def _uncounted(sentence: Sentence, token: int) -> bool:
    """Whether the noun is the plural object of something without a number."""
    if sentence.tags[token] != "NNS" or sentence.deps[token] not in ("dobj", "pobj"):
        return False
    return not any(sentence.tags[child] == "CD" or sentence.deps[child] == "conj" for child in sentence.children[token])


def _in_names(telling: Telling) -> Iterator[Part]:
    """Parties whose name holds the word of the event, with those who act by their nature ("a suicide bomber")."""
    sentence = telling.sentence
    for cue in telling.cues:
        for party in telling.line.parties:
            if party.span[0] < sentence.ends[cue.last] and sentence.starts[cue.first] < party.span[1]:
                inside = sentence.tokens_in(party.span)
                if inside:
                    yield Part(inside[-1], "perpetrator")
        described = describe(sentence.words[cue.token])
        if described is not None and described.armed and sentence.deps[cue.token] in ("nsubj", "pobj"):
            above = sentence.heads[cue.token]
            if sentence.deps[cue.token] == "nsubj" or sentence.low[above] == "by":
                yield Part(cue.token, "perpetrator")


def _of_token(telling: Telling, token: int) -> Iterator[Part]:
    sentence = telling.sentence
    if sentence.tags[token].startswith("VB"):
        yield from _of_verb(sentence, token)
        return
    yield from _of_noun(sentence, token)
    yield from _of_happening(sentence, token)
    verb = sentence.heads[token]
    if sentence.deps[token] in ("dobj", "pobj", "nsubjpass") and _is_light(sentence, verb):
        yield from (part for part in _of_verb(sentence, verb) if part.head != token)
    if sentence.deps[token] == "pobj" and sentence.low[verb] in ("in", "during", "with", "into"):
        above = sentence.heads[verb]
        if _is_light(sentence, above):
            yield from _of_verb(sentence, above)


def _of_happening(sentence: Sentence, noun: int) -> Iterator[Part]:
    """The sides of what is said to take place: "fighting erupted on Monday between the army and rebels"."""
    verb = sentence.heads[noun]
    if sentence.deps[noun] not in SUBJECTS or sentence.low[verb] not in word_set("discourse", "occurs"):
        return
    for token in sentence.subtree(verb):
        if token > noun and sentence.low[token] in ("between", "involving", "pitting"):
            below = sentence.heads[token]
            if below != noun and sentence.deps[below] in (
                "ROOT",
                "pobj",
                "nsubj",
                "npadvmod",
                "ccomp",
                "conj",
                "advcl",
            ):
                yield from (Part(c, "party") for c in sentence.children[token] if sentence.deps[c] in ("pobj", "dobj"))


def _is_light(sentence: Sentence, verb: int) -> bool:
    return sentence.low[verb] in word_set("roles", "light_verbs")


def _of_verb(sentence: Sentence, verb: int) -> Iterator[Part]:
    passive = sentence.child(verb, "nsubjpass")
    for child in sentence.children[verb]:
        dep, low = sentence.deps[child], sentence.low[child]
        inner = [c for c in sentence.children[child] if sentence.deps[c] == "pobj"]
        if dep == "agent" or (low == "by" and (passive is not None or sentence.tags[verb] == "VBN")):
            yield from (Part(c, "perpetrator") for c in inner)
        elif dep == "prep" and low in ("with", "against") and sentence.low[verb] in word_set("roles", "mutual"):
            yield from (Part(c, "party") for c in inner)
        elif dep == "prep" and low in AIMED and passive is None:
            yield from (Part(c, "target") for c in inner)
    if passive is not None:
        yield Part(passive, "target")
        return
    objects = _objects(sentence, verb)
    yield from (Part(c, "target") for c in objects)
    yield from _subject_of(sentence, verb, bool(objects))


def _objects(sentence: Sentence, verb: int) -> list[int]:
    """What a verb is done to; of two verbs with one object ("shot and killed a guard"), that of the second."""
    own = [c for c in sentence.children[verb] if sentence.deps[c] == "dobj"]
    if own:
        return own
    joined = sentence.child(verb, "conj")
    if joined is None or sentence.child(joined, *SUBJECTS) is not None:
        return []
    return [c for c in sentence.children[joined] if sentence.deps[c] == "dobj"]


def _subject_of(sentence: Sentence, verb: int, has_object: bool) -> Iterator[Part]:
    """Who does what an active verb says: its own subject, or that of the verb that it hangs on."""
    if sentence.tags[verb] == "VBN" and sentence.deps[verb] in ("acl", "amod"):
        return
    at, subject = verb, sentence.child(verb, *SUBJECTS)
    while subject is None and sentence.deps[at] in UP and sentence.heads[at] != at:
        at = sentence.heads[at]
        if sentence.low[at] in word_set("roles", "blame", "object"):
            subject = sentence.child(at, "dobj", "nsubjpass")
            break
        subject = sentence.child(at, *SUBJECTS)
        if _speaks(sentence, at) and sentence.deps[verb] not in ("xcomp", "pcomp"):
            return
        if subject is not None and sentence.deps[subject] == "nsubjpass" and sentence.deps[verb] != "advcl":
            if sentence.low[at] in word_set("roles", "reputed") and sentence.deps[verb] == "xcomp":
                break
            return
    if subject is None and sentence.deps[verb] == "acl":
        subject = sentence.heads[verb]
    if subject is None:
        return
    subject = _stands_for(sentence, at, subject)
    if at == verb and not has_object and sentence.low[verb] in word_set("roles", "needs_object"):
        return
    if at == verb and not has_object and sentence.low[verb] in word_set("roles", "suffering"):
        return
    yield Part(subject, "perpetrator")


def _stands_for(sentence: Sentence, verb: int, subject: int) -> int:
    """What a relative stands for ("the ones who shot"), or a pronoun in one's own words ("said it shot")."""
    low = sentence.low[subject]
    if low in RELATIVES and sentence.deps[verb] == "relcl":
        head = sentence.heads[verb]
        above = sentence.heads[head]
        owner = sentence.child(above, "nsubj") if sentence.deps[head] == "attr" else None
        return owner if owner is not None and sentence.low[head] in ONES else head
    if low in PRONOUNS:
        for above in sentence.ancestors(verb):
            if _speaks(sentence, above):
                speaker = sentence.child(above, "nsubj")
                return speaker if speaker is not None and speaker < subject else subject
    return subject


def _speaks(sentence: Sentence, verb: int) -> bool:
    return sentence.low[verb] in word_set("attribution", "says")


def _of_noun(sentence: Sentence, noun: int) -> Iterator[Part]:
    for child in sentence.children[noun]:
        low, dep = sentence.low[child], sentence.deps[child]
        inner = [c for c in sentence.children[child] if sentence.deps[c] == "pobj"]
        if dep in ("poss", "amod", "compound", "nmod"):
            yield Part(child, "perpetrator", strict=True)
        elif low == "by":
            yield from (Part(c, "perpetrator") for c in inner)
        elif low in ("between", "with", "involving"):
            yield from (Part(c, "party") for c in inner)
        elif low in ONTO:
            yield from (Part(c, "target") for c in inner)
        elif dep in ("acl", "relcl") and _is_light(sentence, child):
            yield from _of_verb(sentence, child)


def _doer_of_clause(sentence: Sentence, token: int) -> int | None:
    """The subject of the active clause that the word of the event stands in, where its verb does something."""
    at = token
    while sentence.heads[at] != at and not (sentence.tags[at].startswith("VB") and at != token):
        if sentence.deps[at] not in WITHIN or (sentence.deps[at] == "prep" and sentence.low[at] not in MANNER):
            return None
        at = sentence.heads[at]
    low = sentence.low[at]
    if at == token or not sentence.tags[at].startswith("VB") or sentence.child(at, "nsubjpass") is not None:
        return None
    if low in word_set("roles", "outside") or low in word_set("roles", "suffering") or _speaks(sentence, at):
        return None
    if low in word_set("roles", "needs_object") and sentence.child(at, "dobj") is None:
        return None
    subject = sentence.child(at, "nsubj")
    if subject is None and sentence.deps[at] in ("conj", "xcomp"):
        subject = sentence.child(sentence.heads[at], "nsubj")
    return _stands_for(sentence, at, subject) if subject is not None else None


def _blamed(telling: Telling) -> Iterator[Part]:
    """Those who are blamed for the event or claim it, where words of blame are in the telling or govern it."""
    sentence = telling.sentence
    words = table("roles")["blame"]
    known = {word for key in ("subject", "object", "pointing", "works") for word in words[key].split()}
    tokens = [token for cue in telling.cues for token in range(cue.first, cue.last + 1)]
    near = dict.fromkeys([*tokens, *(above for token in tokens for above in sentence.ancestors(token))])
    for token in near:
        if sentence.low[token] in known:
            yield from (Part(head, "perpetrator", blamed=True) for head in _by_blame(sentence, token))


def _by_blame(sentence: Sentence, token: int) -> Iterator[int]:
    low, verb = sentence.low[token], sentence.heads[token]
    if low == "responsible" and sentence.low[verb] in word_set("roles", "blame", "holding"):
        held = [c for c in sentence.children[token] if sentence.deps[c] == "nsubj"]
        yield from held or (c for c in sentence.children[verb] if sentence.deps[c] in ("dobj", "nsubjpass"))
        return
    if low in word_set("roles", "blame", "pointing"):
        for child in sentence.children[token]:
            if sentence.low[child] in word_set("roles", "blame", "pointers"):
                yield from (c for c in sentence.children[child] if sentence.deps[c] == "pobj")
    if low in word_set("roles", "blame", "object"):
        if sentence.child(token, "nsubjpass") is not None:
            yield from (c for c in sentence.children[token] if sentence.deps[c] == "nsubjpass" and low[:4] != "blam")
        yield from (c for c in sentence.children[token] if sentence.deps[c] == "dobj")
    if low in word_set("roles", "blame", "works"):
        for child in sentence.children[token]:
            if sentence.low[child] == "of" and sentence.deps[token] == "attr":
                yield from (c for c in sentence.children[child] if sentence.deps[c] == "pobj")
    if low in word_set("roles", "blame", "subject"):
        yield from _subject_of_claim(sentence, token, verb)


def _subject_of_claim(sentence: Sentence, token: int, verb: int) -> Iterator[int]:
    """Who claims, admits or is held to be behind the event; nobody where the sentence denies it."""
    at = token if sentence.tags[token].startswith("VB") else verb
    if sentence.low[token].startswith("claim") and (
        sentence.child(at, "ccomp") is not None or sentence.child(token, "dobj") is None
    ):
        return
    while sentence.deps[at] in ("xcomp", "pobj", "prep", "acomp") and sentence.heads[at] != at:
        at = sentence.heads[at]
    if any(sentence.deps[child] == "neg" for child in sentence.children[at]):
        return
    if sentence.low[at] in word_set("modality", "denied"):
        return
    for child in sentence.children[at]:
        if sentence.deps[child] in SUBJECTS and not any(sentence.low[c] == "no" for c in sentence.children[child]):
            yield _stands_for(sentence, at, child)
    if sentence.deps[at] == "acl":
        yield sentence.heads[at]


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
            and not _speaks(sentence, sentence.heads[token])
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
    if described is None or not _fits(sentence, token, part, described):
        return _person(telling, text, token, part)
    if describe(text[start:end]) is None or described.kind not in ("civilians", "other"):
        end = sentence.ends[last]
    kind = _kind(telling, token, described, part)
    return Actor(role=part.role, text=text[start:end], span=(start, end), kind=kind)


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
