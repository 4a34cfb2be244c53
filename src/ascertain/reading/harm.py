"""Harm to people in a sentence: who was killed, injured, trapped, …, as figures of the sentence.

In: a parsed sentence. Out: `Harm`s, one per word that asserts harm, each with the people who suffered it and the parts
of them that the sentence tells apart ("including four children"). Frames: active, passive, nominal ("the killing
of"), resultative ("leaving five dead"), counted ("17 deaths"), tolls ("rose to 17"), bodies, and lives lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache

from ascertain.model import Outcome
from ascertain.reading.parse import Sentence
from ascertain.reading.people import NOUN_TAGS, People, coordinated, counted, people_at
from ascertain.reading.words import table, word_set

FRAMES = ("transitive", "intransitive", "adjectives", "acts", "counts", "bodies", "lives", "tolls")
SUBJECTS = ("nsubjpass", "nsubj", "csubj")
LEAVING = frozenset(("leave", "leaves", "leaving", "left", "shot", "shoot", "found", "find", "with", "pronounced", "declared", "reported", "confirmed", "feared", "believed", "presumed", "remain", "remained", "remains", "went", "gone", "burned", "beaten", "stabbed", "hacked", "trampled"))


@dataclass(slots=True)
class Sufferer:
    """People in a harm; `part_of` is the index, in the harm's sufferers, of those whom they are part of."""

    people: People
    part_of: int | None = None


@dataclass(slots=True)
class Harm:
    """One outcome asserted by one word of a sentence."""

    outcome: Outcome
    trigger: int
    sentence: Sentence
    sufferers: list[Sufferer] = field(default_factory=list)
    revised: bool = False


@lru_cache(maxsize=1)
def triggers() -> dict[str, tuple[tuple[Outcome, str], ...]]:
    """Each harm word with its outcomes and frames."""
    found: dict[str, list[tuple[Outcome, str]]] = {}
    for outcome, frames in table("harm").items():
        for frame, words in frames.items():
            if frame not in FRAMES:
                continue
            for word in words.split():
                found.setdefault(word, []).append((outcome, frame))
    return {word: tuple(uses) for word, uses in found.items()}


def harms(sentence: Sentence, taken: frozenset[int] = frozenset()) -> list[Harm]:
    """All harm that the sentence asserts, in order of its words."""
    known = triggers()
    found: list[Harm] = []
    used: set[tuple[Outcome, int]] = set()
    for token, word in enumerate(sentence.low):
        for outcome, frame in known.get(word, ()):
            sufferers = _read_frame(sentence, token, frame, taken)
            fresh = [s for s in sufferers if (outcome, s.people.head) not in used]
            if fresh:
                used.update((outcome, s.people.head) for s in sufferers)
                found.append(Harm(outcome, token, sentence, sufferers))
                break
    return found


def _read_frame(sentence: Sentence, token: int, frame: str, taken: frozenset[int]) -> list[Sufferer]:
    match frame:
        case "transitive":
            return _sufferers(sentence, _transitive(sentence, token), taken, token)
        case "intransitive":
            return _sufferers(sentence, _intransitive(sentence, token), taken, token)
        case "adjectives":
            return _sufferers(sentence, _adjective(sentence, token), taken, token)
        case "acts":
            return _sufferers(sentence, _act(sentence, token), taken, token)
        case "bodies":
            return _bodies(sentence, token, taken)
        case "lives":
            return _lives(sentence, token, taken)
        case "tolls":
            return _toll(sentence, token)
        case _:
            return _counts(sentence, token, taken)


def _sufferers(sentence: Sentence, heads: list[int], taken: frozenset[int], trigger: int) -> list[Sufferer]:
    found: list[Sufferer] = []
    for head in heads:
        joined = [
            people
            for token in coordinated(sentence, head)
            if (people := people_at(sentence, token, taken)) is not None and not people.first <= trigger <= people.last
        ]
        whole = len(found)
        for n, people in enumerate(joined):
            if n and _adds_up(joined):
                found.append(Sufferer(people, whole))
                continue
            found.append(Sufferer(people))
            at = len(found) - 1
            found += [Sufferer(part, at) for part in _parts(sentence, people, taken)]
    return found


def _adds_up(joined: list[People]) -> bool:
    """Whether a list only spells out its first number: "four members of a family, two women and two children"."""
    first, rest = joined[0], joined[1:]
    return len(rest) > 1 and first.low is not None and first.low > 1 and first.low == sum(p.low or 0 for p in rest)


def _counts(sentence: Sentence, token: int, taken: frozenset[int]) -> list[Sufferer]:
    """ "17 deaths", "five wounded", "no fatalities": the noun is counted itself."""
    if sentence.tags[token] not in ("NN", "NNS", "NNP", "NNPS", "JJ", "VBN", "VBD") or sentence.low[token - 1 : token] == ["the"]:
        return []
    people = counted(sentence, token)
    if people is None or people.stated not in ("number", "none", "vague"):
        return []
    return [Sufferer(people), *(Sufferer(part, 0) for part in _parts(sentence, people, taken))]


def _bodies(sentence: Sentence, token: int, taken: frozenset[int]) -> list[Sufferer]:
    """ "The bodies of three men", "15 bodies were recovered"."""
    owners = _sufferers(sentence, _act(sentence, token), taken, token)
    if any(s.people.stated != "back" for s in owners):
        return owners
    people = counted(sentence, token)
    return [Sufferer(people)] if people is not None and people.stated in ("number", "vague") else owners


def _lives(sentence: Sentence, token: int, taken: frozenset[int]) -> list[Sufferer]:
    """ "Claimed 13 lives", "took the lives of five", "three people lost their lives"."""
    verb = sentence.heads[token]
    if sentence.low[verb] in word_set("harm", "killed", "take_lives"):
        owners = _sufferers(sentence, _act(sentence, token), taken, token)
        people = counted(sentence, token)
        if owners:
            return owners
        return [Sufferer(people)] if people is not None and people.stated in ("number", "vague") else []
    if sentence.low[verb] in word_set("harm", "killed", "lose_lives"):
        if sentence.low[token - 1] in ("his", "her", "their"):
            return _sufferers(sentence, _intransitive(sentence, verb), taken, token)
        people = counted(sentence, token)
        return [Sufferer(people)] if people is not None and people.stated in ("number", "vague") else []
    return []


def _toll(sentence: Sentence, token: int) -> list[Sufferer]:
    """ "The death toll rose to 17", "bringing the number of dead to 17"."""
    near = range(max(0, token - 3), min(len(sentence), token + 2))
    if not any(sentence.low[i] in word_set("harm", "killed", "toll_of") for i in near):
        return []
    for at in range(token + 1, min(len(sentence), token + 14)):
        if sentence.tags[at] == "CD" and sentence.low[at - 1] != "from":
            people = people_at(sentence, at)
            if people is not None and people.stated == "number":
                return [Sufferer(people)]
    return []


def _parts(sentence: Sentence, whole: People, taken: frozenset[int]) -> list[People]:
    """The people told apart within `whole`: after "including", "among them", or in apposition."""
    parts: list[People] = []
    for child in sentence.children[whole.head]:
        if child < whole.head:
            continue
        dep, low = sentence.deps[child], sentence.low[child]
        if low in ("including", "among", "comprising", "includes", "namely"):
            inner = [c for c in sentence.children[child] if sentence.deps[c] in ("pobj", "dobj", "pcomp")]
        elif dep == "appos":
            inner = [child]
        else:
            continue
        for head in inner:
            parts += [p for j in coordinated(sentence, head) if (p := people_at(sentence, j, taken)) is not None]
    if whole.low is not None and whole.stated in ("single", "name"):
        return []
    return [replace(p, low=1, high=None) if p.stated == "plural" else p for p in parts if p.stated != "back"]


def _transitive(sentence: Sentence, token: int) -> list[int]:
    tag, dep = sentence.tags[token], sentence.deps[token]
    if not tag.startswith("VB"):
        return _adjective(sentence, token) if tag == "JJ" else []
    objects = [c for c in sentence.children[token] if sentence.deps[c] == "dobj"]
    passive = [c for c in sentence.children[token] if sentence.deps[c] == "nsubjpass"]
    if passive:
        return [*passive, *_alongside(sentence, token)]
    if objects:
        return [*objects, *_alongside(sentence, token)]
    shared = [c for c in sentence.children[token] if sentence.deps[c] == "conj" and sentence.low[c] in triggers()]
    if shared and tag != "VBN" and (objects := [c for s in shared for c in sentence.children[s] if sentence.deps[c] == "dobj"]):
        return objects
    if tag not in ("VBN", "VBD"):
        return []
    subject = sentence.child(token, "nsubj")
    if subject is not None and tag in ("VBN", "VBD"):
        return [subject, *_alongside(sentence, token)]
    if dep in ("acl", "relcl", "amod"):
        return [sentence.heads[token], *_alongside(sentence, token)]
    if dep == "conj":
        above = sentence.heads[token]
        subject = sentence.child(above, "nsubjpass")
        if subject is None and sentence.deps[above] in ("acl", "amod") and sentence.low[above] in triggers():
            subject = sentence.heads[above]
        if subject is None and sentence.tags[above] in NOUN_TAGS | {"CD"}:
            subject = above
        return [subject] if subject is not None else []
    if dep in ("xcomp", "ccomp", "oprd", "advcl", "dep"):
        return _adjective(sentence, token)
    return []


def _intransitive(sentence: Sentence, token: int) -> list[int]:
    if not sentence.tags[token].startswith("VB"):
        return []
    subject = sentence.child(token, *SUBJECTS)
    if subject is not None:
        if sentence.low[subject] in ("who", "which", "that") and sentence.deps[token] == "relcl":
            subject = sentence.heads[token]
        return [subject, *_alongside(sentence, token)]
    if sentence.deps[token] in ("conj", "xcomp"):
        subject = sentence.child(sentence.heads[token], *SUBJECTS)
        return [subject] if subject is not None else []
    if sentence.deps[token] == "acl":
        return [sentence.heads[token]]
    return []


def _adjective(sentence: Sentence, token: int) -> list[int]:
    dep, head = sentence.deps[token], sentence.heads[token]
    own = sentence.child(token, *SUBJECTS)
    if own is not None:
        return [own]
    if dep == "amod":
        return [head]
    if dep in ("acomp", "attr", "oprd", "xcomp", "ccomp", "advmod", "dep", "advcl", "dobj", "conj"):
        objects = [c for c in sentence.children[head] if sentence.deps[c] == "dobj" and c != token]
        if objects:
            return objects
        subject = sentence.child(head, *SUBJECTS)
        if subject is not None and (sentence.low[head] in LEAVING or sentence.tags[head] in ("VBZ", "VBP", "VBD", "VB", "VBN")):
            return [subject]
        if sentence.tags[head] in NOUN_TAGS | {"CD"}:
            return [head]
    if dep in ("acl", "appos", "nmod", "relcl") and sentence.tags[head] in NOUN_TAGS | {"CD"}:
        return [head]
    return []


def _act(sentence: Sentence, token: int) -> list[int]:
    if sentence.tags[token] not in ("NN", "NNS", "NNP", "NNPS", "VBG"):
        return []
    heads: list[int] = []
    for child in sentence.children[token]:
        if sentence.low[child] == "of" and child > token:
            heads += [c for c in sentence.children[child] if sentence.deps[c] == "pobj"]
        elif sentence.deps[child] == "poss":
            heads.append(child)
    return heads


def _alongside(sentence: Sentence, token: int) -> list[int]:
    """Those who suffered "alongside", "together with" or "with" the subject."""
    heads: list[int] = []
    for child in sentence.subtree(token):
        low, above = sentence.low[child], sentence.heads[child]
        if low in ("alongside", "besides") or (low == "with" and (above == token or sentence.low[child - 1] in ("along", "together"))):
            if child > 0 and not (low == "with" and _small_clause(sentence, child)):
                heads += [c for c in sentence.children[child] if sentence.deps[c] == "pobj"]
    return heads


def _small_clause(sentence: Sentence, preposition: int) -> bool:
    """ "With 15 others injured" tells of other people than those who were killed."""
    return any(sentence.deps[c] == "pcomp" for c in sentence.children[preposition])
