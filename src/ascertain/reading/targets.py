"""Targets: the things that were hit, of what kind, how many, how badly.

In: a parsed sentence that tells of an attack. Out: `Target`s. A thing counts where a word of attack or damage governs
it ("shelled the market", "a strike on two homes", "the clinic was destroyed"), not where it is only a landmark.
"""

from __future__ import annotations

from functools import lru_cache

from ascertain.model import Damage, Target, TargetType
from ascertain.reading.parse import Sentence
from ascertain.reading.people import NOUN_TAGS, left_edge
from ascertain.reading.quantities import bounds
from ascertain.reading.words import table, word_set

ONTO = frozenset(("on", "at", "against", "into", "in", "inside", "to", "of", "over", "upon", "aboard", "outside", "through", "within"))
BESIDE = frozenset(("near", "behind", "opposite", "by", "next", "from", "around", "towards", "toward", "between", "beside", "adjacent", "close"))
LANDMARKS = frozenset(("near", "behind", "opposite", "adjacent", "next", "close", "vicinity"))


@lru_cache(maxsize=1)
def _types() -> dict[str, TargetType]:
    return {word: kind for kind, words in table("targets")["types"].items() for word in words.split()}


def target_type(sentence: Sentence, head: int, first: int) -> TargetType | None:
    """The kind of thing that the noun phrase names, or `None` where it names none."""
    phrases = table("targets")["phrases"]
    words = [sentence.low[i] for i in range(first, head + 1) if sentence.tags[i] != "HYPH"]
    for size in (3, 2):
        for end in range(len(words), size - 1, -1):
            kind: TargetType | None = phrases.get(" ".join(words[end - size : end]))
            if kind is not None and end == len(words):
                return kind
    kind = _types().get(sentence.low[head])
    if kind == "other":
        for word in reversed(words[:-1]):
            if (better := _types().get(word)) is not None and better != "other":
                return better
    if kind == "displacement_site" and any(word in ("military", "army", "training", "rebel", "militant", "base") for word in words):
        return "military"
    return kind


def targets(sentence: Sentence, text: str, taken: frozenset[int] = frozenset()) -> list[Target]:
    """The things that the sentence says were hit, in order."""
    found: list[Target] = []
    for head, low in enumerate(sentence.low):
        if low not in _types() and low not in _last_words():
            continue
        if sentence.tags[head] not in NOUN_TAGS or sentence.deps[head] == "compound":
            continue
        first = left_edge(sentence, head)
        kind = target_type(sentence, head, first)
        if kind is None:
            continue
        damage = _damage(sentence, head)
        if damage is None:
            continue
        start = first
        while start < head and sentence.low[start] in ("the", "a", "an", "its", "their", "his", "her", "this", "that"):
            start += 1
        span = sentence.span_of(start, head)
        found.append(Target(text=text[slice(*span)], span=span, type=kind, count=_count(sentence, first, head), damage=damage))
    return found


@lru_cache(maxsize=1)
def _last_words() -> frozenset[str]:
    return frozenset(phrase.rsplit(" ", 1)[-1] for phrase in table("targets")["phrases"])


def _count(sentence: Sentence, first: int, head: int) -> int | None:
    size = bounds(" ".join(sentence.low[first:head]))
    if size is not None:
        return size.low if not size.vague and size.low == size.high and size.low else None
    return None if sentence.tags[head] in ("NNS", "NNPS") else 1


def _damage(sentence: Sentence, head: int) -> Damage | None:
    """How badly the thing was hit, by the words that govern it; `None` where nothing says that it was hit."""
    worst: Damage | None = None
    at, dep, steps = head, sentence.deps[head], 0
    for child in sentence.children[head]:
        if sentence.deps[child] in ("acl", "amod", "relcl"):
            worst = _worse(worst, _degree(sentence, child))
    while steps < 5:
        above = sentence.heads[at]
        if above == at:
            break
        dep, low = sentence.deps[at], sentence.low[above]
        if dep == "pobj" and low in BESIDE:
            return worst
        if dep == "pobj" and low not in ONTO:
            break
        if dep in ("nsubj",) and sentence.tags[above].startswith("VB"):
            worst = _worse(worst, _intransitive_damage(sentence, above))
            break
        degree = _degree(sentence, above)
        if degree is not None:
            worst = _worse(worst, degree)
            break
        if dep not in ("pobj", "prep", "conj", "nmod", "dobj", "poss", "appos", "compound", "nsubjpass"):
            break
        at, steps = above, steps + 1
    return worst


def _intransitive_damage(sentence: Sentence, verb: int) -> Damage | None:
    low = sentence.low[verb]
    if low in ("collapsed", "burned", "burnt", "sank", "exploded", "caught", "collapses"):
        return "destroyed" if low != "caught" else "damaged"
    if sentence.low[verb] in ("came", "suffered", "sustained"):
        words = [sentence.low[i] for i in sentence.subtree(verb)]
        if "damage" in words:
            return "damaged"
        return "hit" if "fire" in words or "attack" in words else None
    return None


def _degree(sentence: Sentence, token: int) -> Damage | None:
    low = sentence.low[token]
    around = [sentence.low[c] for c in sentence.children[token] if sentence.deps[c] in ("advmod", "amod")]
    if low in word_set("targets", "acts", "destroyed"):
        return "damaged" if "partially" in around or "partly" in around or "partial" in around else "destroyed"
    if low in word_set("targets", "acts", "damaged"):
        return "damaged"
    return "hit" if low in word_set("targets", "acts", "hit") else None


def _worse(one: Damage | None, other: Damage | None) -> Damage | None:
    order = (None, "hit", "damaged", "destroyed")
    return max(one, other, key=order.index)
