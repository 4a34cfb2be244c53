"""Modality: asserted, denied, alleged, planned, threatened or hypothetical.

In: a parsed sentence and the word of the event in it. Out: the modality that the words governing it give.
"""

from __future__ import annotations

from ascertain.model import Modality
from ascertain.reading.parse import Sentence
from ascertain.reading.words import word_set

CLAUSES = frozenset(("ccomp", "xcomp", "acl", "dobj", "pobj", "prep", "pcomp", "advcl", "conj", "relcl", "nsubj", "nsubjpass"))


def modality(sentence: Sentence, token: int) -> Modality:
    """How the sentence presents the event that `token` is the word of.

    A governing word counts only where the event lies in its complement: in "the army denied shelling the camp" it
    does, in "the man denied bail was killed" it does not.
    """
    below = token
    for at in [token, *sentence.ancestors(token)]:
        found = _at(sentence, at, below, token)
        if found is not None:
            return found
        below = at
    return "asserted"


def _at(sentence: Sentence, at: int, below: int, token: int) -> Modality | None:
    low = sentence.low[at]
    around = [sentence.low[c] for c in sentence.children[at] if sentence.deps[c] in ("aux", "neg", "mark", "det", "amod", "advmod")]
    verb = sentence.tags[at].startswith(("VB", "MD"))
    direct = at == token or sentence.deps[below] in ("xcomp", "ccomp", "conj", "aux") or at == below
    if at != token:
        dep = sentence.deps[below]
        complement = dep in ("ccomp", "xcomp", "dobj", "prep", "pcomp", "pobj", "acl", "nsubj", "appos", "conj", "nsubjpass")
        if low in word_set("modality", "denied") and complement and (dep not in ("nsubj", "nsubjpass") or low not in ("denied", "rejected")):
            return "denied" if "not" not in around and "n't" not in around else None
        if low in word_set("modality", "threatened") and complement and dep not in ("nsubj", "nsubjpass"):
            if low.startswith("warn") and not _future(sentence, below):
                return None
            return "threatened"
        if low in word_set("modality", "planned") and complement and dep not in ("nsubj", "nsubjpass", "prep", "conj"):
            return "planned"
        if low in word_set("modality", "alleged") and complement and dep not in ("nsubj", "nsubjpass", "conj"):
            return "alleged"
    if any(word in word_set("modality", "alleged") for word in around) and direct:
        return "alleged"
    if verb and direct and any(word in ("not", "n't", "never") for word in around):
        return "denied"
    if verb and direct and any(word in word_set("modality", "future") for word in around):
        return "planned"
    if (verb or at == token) and any(word in word_set("modality", "hypothetical") for word in around) and (direct or "if" in around):
        return "hypothetical"
    if not verb and at == token and any(word in ("no", "without") for word in around):
        return "denied"
    return None


def _future(sentence: Sentence, verb: int) -> bool:
    return any(sentence.low[c] in ("will", "would", "to", "could", "shall") for c in sentence.children[verb])
