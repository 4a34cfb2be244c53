"""Roles in talks: what an actor does in them, by the verb, preposition or noun that governs its name."""

from __future__ import annotations

from functools import cache

from ascertain.model import ActorRole
from ascertain.reading.negotiations.cues import FILE, SUBJECTS
from ascertain.reading.noun_phrases import NOUN_TAGS
from ascertain.reading.parse import Sentence
from ascertain.reading.words import table, word_set


def role_of(sentence: Sentence, head: int, kind: str) -> ActorRole | None:
    """What the actor with this head does in the talks, by what governs it; `None` where nothing says."""
    at = head
    for _ in range(8):
        low, dep, above = sentence.low[at], sentence.deps[at], sentence.heads[at]
        if low in word_set(FILE, "roles", "mediation") or (low == "mediating" and sentence.tags[at] in NOUN_TAGS):
            return "mediator"
        if low in word_set(FILE, "roles", "sent_between") and kind in word_set(FILE, "roles", "international"):
            return "mediator"
        if _mediating_beside(sentence, at):
            return "mediator"
        if dep in ("conj", "appos", "compound", "nmod", "poss", "amod", "npadvmod") and above != at:
            at = above
        elif dep == "pobj":
            role, at = _role_by_preposition(sentence, above, kind)
            if role is not None or at < 0:
                return role
        elif dep in (*SUBJECTS, "dobj", "csubj"):
            return _role_by_verb(sentence, at, above, dep, kind)
        else:
            return None
    return None


def _mediating_beside(sentence: Sentence, noun: int) -> bool:
    """ "With the United States mediating", "with Norway as host"."""
    for child in sentence.children[noun]:
        if sentence.deps[child] in ("acl", "relcl") and sentence.low[child] in word_set(FILE, "roles", "mediating"):
            return child > noun and sentence.tags[child] in ("VBG", "VBD", "VBZ", "VBP")
    if sentence.low[noun + 1 : noun + 2] == ["mediating"]:
        return True
    if sentence.deps[noun] == "pobj" and sentence.low[sentence.heads[noun]] == "with":
        after = sentence.low[noun + 1 : noun + 6]
        for step, word in enumerate(after):
            if word == "as" and any(w in word_set(FILE, "roles", "mediation") for w in after[step + 1 : step + 4]):
                return True
    return False


def _role_by_preposition(sentence: Sentence, preposition: int, kind: str) -> tuple[ActorRole | None, int]:
    """The role that a preposition gives, or the noun to look at next; -1 where there is none."""
    low, above = sentence.low[preposition], sentence.heads[preposition]
    governor = sentence.low[above]
    if low in ("of", "from", "for", "including", "like"):
        if governor in word_set(FILE, "roles", "agents") or governor in word_set(FILE, "roles", "mediation"):
            return None, above
        return None, -1
    if low == "by":
        if any(governor in word_set(FILE, "roles", key) for key in ("mediating", "efforts", "overseeing")):
            return "mediator", -1
        if governor in word_set(FILE, "roles", "supporting"):
            return "supporter", -1
        return ("party", -1) if governor in word_set(FILE, "roles", "acting") else (None, -1)
    if low in ("between", "among", "with", "to"):
        if governor in word_set(FILE, "roles", "mediation") and low == "with":
            return "party", -1
        if governor in word_set(FILE, "roles", "mediating") and low in ("between", "among"):
            return "party", -1
        if low in ("between", "among") or governor in word_set(FILE, "roles", "acting") or is_talk(governor):
            return ("mediator" if kind in word_set(FILE, "roles", "international") else "party"), -1
    return None, -1


def is_between(sentence: Sentence, noun: int) -> bool:
    """Whether the noun is one of those that talks or a pact are said to be between."""
    while sentence.deps[noun] == "conj":
        noun = sentence.heads[noun]
    preposition = sentence.heads[noun]
    if sentence.deps[noun] != "pobj" or sentence.low[preposition] not in ("between", "among"):
        return False
    above = sentence.low[sentence.heads[preposition]]
    return is_talk(above) or any(above in word_set(FILE, "roles", key) for key in ("mediating", "mediation", "acting"))


@cache
def is_talk(low: str) -> bool:
    """Whether the word is part of a phrase that names talks."""
    names = table(FILE)["nouns"]
    return any(low in phrase.split() for name in ("talks", "pact", "weak") for phrase in names[name])


def _role_by_verb(sentence: Sentence, noun: int, verb: int, dep: str, kind: str) -> ActorRole | None:
    """The role of a subject or object, by its verb and the verbs that this one governs."""
    low = sentence.low[verb]
    between_states = kind in word_set(FILE, "roles", "international")
    if dep == "dobj":
        return "party" if low in word_set(FILE, "roles", "pressing") and not between_states else None
    governed = [t for t in _governed(sentence, verb) if not _is_done_by_another(sentence, t)]
    if dep == "nsubj" and any(sentence.low[t] in word_set(FILE, "roles", "mediating") for t in governed):
        return "mediator"
    if dep == "nsubj" and low in word_set(FILE, "roles", "supporting"):
        return "supporter"
    if low in word_set(FILE, "roles", "telling"):
        own = _own_statement(sentence, noun, verb)
        if own is None:
            return "party" if low == "announced" and not between_states else None
        low = own
    acting = word_set(FILE, "roles", "acting")
    if low in acting or _talks_in(sentence, verb):
        return "mediator" if between_states and low not in word_set(FILE, "roles", "binding") else "party"
    verbs = (t for t in governed if sentence.tags[t].startswith("VB"))
    return "party" if any(sentence.low[t] in acting for t in verbs) else None


def _governed(sentence: Sentence, verb: int) -> list[int]:
    """The verb, and what it governs that tells what its subject does: "are trying to broker"."""
    chain = [verb, *(c for c in sentence.children[verb] if sentence.deps[c] in ("xcomp", "conj", "dobj"))]
    return chain + [c for at in chain[1:] for c in sentence.children[at] if sentence.deps[c] in ("xcomp", "acl")]


def _is_done_by_another(sentence: Sentence, token: int) -> bool:
    """Whether a participle tells what somebody else did: "opened talks brokered by Qatar"."""
    if sentence.child(token, "agent") is not None:
        return True
    return sentence.tags[token] == "VBN" and sentence.child(token, "aux") is None


def _own_statement(sentence: Sentence, noun: int, verb: int) -> str | None:
    """The verb of what a speaker says of itself ("Tehran said it would not negotiate"), else `None`."""
    said = sentence.child(verb, "ccomp")
    subject = sentence.child(said, "nsubj") if said is not None else None
    if said is None or subject is None or sentence.tags[subject] != "PRP" or subject < noun:
        return None
    return sentence.low[said]


def _talks_in(sentence: Sentence, verb: int) -> bool:
    """ "Are in talks", "had talks"."""
    if sentence.low[verb] not in word_set(FILE, "roles", "being"):
        return False
    return any(is_talk(sentence.low[t]) for t in range(verb + 1, min(len(sentence), verb + 5)))
