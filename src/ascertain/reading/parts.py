"""Parts: the noun phrases that take part in a telling, and the role that the sentence gives each.

In: a telling. Out: `Part`s, the heads of noun phrases with their roles, blame first. Who acts is the subject of the
active, the agent of the passive, the "by" or the owner of a noun, and whoever is blamed or claims it; in a clash both
sides are parties. Whether a phrase names somebody who can have that role is for `roles` to tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ascertain.actors import describe
from ascertain.reading.cues import family_of
from ascertain.reading.note_parts import Part, note_parts
from ascertain.reading.parse import Sentence
from ascertain.reading.tellings import Telling
from ascertain.reading.words import table, word_set

ONTO = frozenset(("on", "against", "at", "targeting", "upon", "of", "into"))
AIMED = frozenset(("on", "at", "against", "upon", "into"))
SUBJECTS = ("nsubj", "nsubjpass")
ONES = frozenset(("ones", "one", "those"))
PRONOUNS = frozenset(("it", "they", "we", "he", "she"))
RELATIVES = frozenset(("who", "which", "that"))
UP = frozenset(("conj", "xcomp", "advcl", "pcomp", "prep"))
WITHIN = frozenset(
    ("dobj", "pobj", "prep", "compound", "amod", "nmod", "conj", "poss", "attr", "oprd", "advmod", "dep")
)
MANNER = frozenset(("with", "in", "into", "at", "on", "of", "using", "by"))


def parts(telling: Telling, clash: bool) -> Iterator[Part]:
    """The noun phrases that take part, blame first: who is blamed is no victim, whatever else the words say."""
    sentence = telling.sentence
    clashing = {cue.token for cue in telling.cues if cue.entry.type == "armed_clash"} if clash else set()
    yield from _blamed(telling)
    yield from _in_names(telling)
    yield from note_parts(telling)
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
    for token in dict.fromkeys([*tokens, *(harm.trigger for harm in telling.harms if not harm.rival)]):
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
        inner = [
            c for thing in sentence.children[verb] if sentence.deps[thing] == "dobj" for c in sentence.subtree(thing)
        ]
        for child in dict.fromkeys((*sentence.children[verb], *inner)):
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
        if speaks(sentence, at) and sentence.deps[verb] not in ("xcomp", "pcomp"):
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
            if speaks(sentence, above):
                speaker = sentence.child(above, "nsubj")
                return speaker if speaker is not None and speaker < subject else subject
    return subject


def speaks(sentence: Sentence, verb: int) -> bool:
    """Whether the verb is one of saying."""
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
    if low in word_set("roles", "outside") or low in word_set("roles", "suffering") or speaks(sentence, at):
        return None
    if _counts(sentence, at):
        return None
    if low in word_set("roles", "needs_object") and sentence.child(at, "dobj") is None:
        return None
    subject = sentence.child(at, "nsubj")
    if subject is None and sentence.deps[at] in ("conj", "xcomp"):
        subject = sentence.child(sentence.heads[at], "nsubj")
    return _stands_for(sentence, at, subject) if subject is not None else None


def _counts(sentence: Sentence, verb: int) -> bool:
    """Whether a verb is done to a count, which makes nobody a doer: "lowered the death toll", "put the figure at 9"."""
    things = (child for child in sentence.children[verb] if sentence.deps[child] == "dobj")
    return any(sentence.low[thing] in word_set("roles", "counts") for thing in things)


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
