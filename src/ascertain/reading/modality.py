"""Modality: asserted, denied, alleged, planned, threatened or hypothetical.

In: a parsed sentence and the word of the event in it. Out: the modality that the words governing it give. A word
governs only what lies in its complement: "the army denied shelling the camp" denies, "the man denied bail was killed"
does not; and it never governs what a relative clause adds about somebody ("vowed to fight the group, which killed …").
"""

from __future__ import annotations

from collections.abc import Sequence

from ascertain.model import Modality
from ascertain.reading.parse import Sentence
from ascertain.reading.words import word_set

AROUND = frozenset(("aux", "neg", "mark", "det", "amod", "advmod", "preconj", "cc", "predet", "auxpass"))
COMPLEMENT = frozenset(("ccomp", "xcomp", "dobj", "prep", "pcomp", "pobj", "acl", "appos", "conj", "oprd", "attr"))
DIRECT = frozenset(("xcomp", "ccomp", "conj", "aux", "dobj", "attr", "acomp"))
SUBJECTS = frozenset(("nsubj", "nsubjpass"))
VERB = ("VB", "MD")
# the strongest last: a denial of an accusation is a denial
ORDER: tuple[Modality, ...] = ("asserted", "alleged", "planned", "hypothetical", "threatened", "denied")


def modality(sentence: Sentence, token: int) -> Modality:
    """How the sentence presents the event that `token` is the word of."""
    found: Modality = "asserted"
    below = token
    for at in (token, *sentence.ancestors(token)):
        if at != token and (_describes(sentence, at, below) or _apart(sentence, at, token)):
            return found
        here = _at(sentence, at, below, token)
        if here is not None and ORDER.index(here) > ORDER.index(found):
            found = here
        if found == "denied" or (at != token and _breaks(sentence, below)):
            return found
        below = at
    return found


def _describes(sentence: Sentence, at: int, below: int) -> bool:
    """Whether a clause only describes the noun above it, and does not tell what a claim or report says."""
    return sentence.deps[below] == "relcl" and sentence.low[at] not in word_set("modality", "claims")


def _apart(sentence: Sentence, at: int, token: int) -> bool:
    """Whether a semicolon stands between two words: what is beyond it governs nothing here."""
    first, last = (at, token) if at < token else (token, at)
    return ";" in sentence.low[first:last]


def _breaks(sentence: Sentence, below: int) -> bool:
    """Whether what lies above governs the event no more: the event is only the time or reason of something else."""
    return sentence.deps[below] == "advcl" and any(
        sentence.low[c] in ("after", "when", "as", "since", "because", "before", "while", "following")
        for c in sentence.children[below]
    )


def _at(sentence: Sentence, at: int, below: int, token: int) -> Modality | None:
    """The modality that one word on the way up from the event gives it."""
    around = [sentence.low[c] for c in sentence.children[at] if sentence.deps[c] in AROUND]
    if at != token and (found := _governing(sentence, at, below, token)) is not None:
        return found
    direct = at == token or sentence.deps[below] in DIRECT or _is_for_whom(sentence, at, below)
    if any(word in word_set("modality", "alleged") for word in around) and (direct or at == token):
        return "alleged"
    if sentence.tags[at].startswith(VERB):
        return _of_verb(sentence, at, below, token, direct)
    if at == token:
        return _of_noun(sentence, token, around)
    return None


def _of_noun(sentence: Sentence, token: int, around: Sequence[str]) -> Modality | None:
    """The modality that the words beside the noun of an event give it."""
    counted = sentence.low[token] in word_set("modality", "counted")
    if not counted and any(word in ("no", "without") for word in around):
        return "denied"
    above = sentence.heads[token]
    if (
        sentence.low[above] == "without"
        and not counted
        and above == sentence.heads[token]
        and _is_mere(sentence, token)
    ):
        return "denied"
    words = {sentence.low[c] for c in sentence.children[token] if sentence.deps[c] in ("amod", "compound")}
    if words & word_set("modality", "imagined"):
        return "hypothetical"
    return "planned" if words & word_set("modality", "planned_passive") else None


def _is_mere(sentence: Sentence, token: int) -> bool:
    """Whether a noun stands alone: "without violence"."""
    return not sentence.children[token]


def _of_verb(sentence: Sentence, at: int, below: int, token: int, direct: bool) -> Modality | None:
    """The modality that negation, auxiliaries and conditions give a verb and what hangs on it."""
    children = sentence.children[at]
    low = sentence.low[at]
    negated = any(sentence.low[c] in word_set("modality", "negation") and sentence.deps[c] in AROUND for c in children)
    if negated and low in word_set("modality", "of_confirming") and sentence.deps[below] == "ccomp":
        return "hypothetical"
    if (negated or _nobody_does(sentence, at)) and direct and not _still_told(sentence, at, below, token):
        return "denied"
    auxiliaries = {sentence.low[c] for c in children if sentence.deps[c] == "aux" and sentence.tags[c] == "MD"}
    if auxiliaries & word_set("modality", "future") and (not auxiliaries & {"would"} or _is_reported(sentence, at)):
        found = _of_future(sentence, at, below, token)
        if found is not None:
            return found
    if any(sentence.low[c] in word_set("modality", "conditions") and sentence.deps[c] == "mark" for c in children):
        return "hypothetical"
    if direct and auxiliaries & word_set("modality", "hypothetical"):
        return "alleged" if _may_have(sentence, at, auxiliaries) else "hypothetical"
    if below != at and sentence.deps[below] == "xcomp" and low in word_set("modality", "failed"):
        return "denied"
    return None


def _may_have(sentence: Sentence, verb: int, auxiliaries: set[str]) -> bool:
    """Whether a verb tells what is held to have happened: "up to 400 may have been killed", and not what might have."""
    if not auxiliaries & word_set("modality", "held") or not _has(sentence, verb):
        return False
    clauses = [child for child in sentence.children[verb] if sentence.deps[child] == "advcl"]
    marks = {sentence.low[mark] for clause in clauses for mark in sentence.children[clause]}
    return marks.isdisjoint(word_set("modality", "conditions"))


def _has(sentence: Sentence, verb: int) -> bool:
    return any(sentence.low[child] == "have" and sentence.deps[child] == "aux" for child in sentence.children[verb])


def _is_reported(sentence: Sentence, verb: int) -> bool:
    """Whether "would" is the "will" of reported speech: "said that talks would begin"."""
    return sentence.deps[verb] == "ccomp" and sentence.tags[sentence.heads[verb]] == "VBD"


def _still_told(sentence: Sentence, at: int, below: int, token: int) -> bool:
    """Whether the event is told of although the verb is negated: "police did not say who shot him"."""
    low = sentence.low[at]
    if low in word_set("modality", "of_knowing"):
        return True
    subject = next((c for c in sentence.children[at] if sentence.deps[c] in SUBJECTS), None)
    if subject is not None and sentence.low[subject] in word_set("modality", "happenings") and at == token:
        return True
    return at != token and sentence.deps[below] in ("dobj", "attr") and _is_definite(sentence, token)


def _nobody_does(sentence: Sentence, verb: int) -> bool:
    """Whether the subject of an active verb is nobody: "no warplanes flew", "none of our men was there"."""
    for child in sentence.children[verb]:
        if sentence.deps[child] == "nsubjpass" and sentence.low[verb] not in word_set("modality", "outcomes"):
            return any(sentence.low[c] == "no" for c in sentence.children[child])
        if sentence.deps[child] != "nsubj":
            continue
        if sentence.low[child] in word_set("modality", "counted") or sentence.low[verb] in word_set(
            "roles", "needs_object"
        ):
            return False
        if sentence.low[child] in word_set("modality", "nobody"):
            return True
        return any(sentence.low[c] == "no" for c in sentence.children[child])
    return False


def _of_future(sentence: Sentence, at: int, below: int, token: int) -> Modality | None:
    """What is to come: threatened where it is violence that the speaker or a condition announces, else planned."""
    low = sentence.low
    if (
        below != at
        and sentence.deps[below] in SUBJECTS
        and low[at] not in word_set("modality", "taking_place") | {"be"}
    ):
        return None
    reached = at == token or sentence.deps[below] in ("xcomp", "conj", "attr", "acomp", "ccomp")
    takes_place = low[at] in word_set("modality", "taking_place")
    if not reached and not takes_place and not (sentence.deps[below] == "dobj" and not _is_definite(sentence, token)):
        return None
    words = {low[at], low[token], *(low[c] for c in sentence.children[token] if sentence.deps[c] == "compound")}
    if words & word_set("modality", "peaceful"):
        return "planned"
    subject = next((c for c in sentence.children[at] if sentence.deps[c] in SUBJECTS), None)
    announced = subject is not None and bool(
        word_set("modality", "threatening_subjects")
        & {low[subject], *(low[c] for c in sentence.children[subject] if sentence.deps[c] == "det")}
    )
    conditional = any(
        low[c] in word_set("modality", "conditions")
        for child in sentence.children[at]
        if sentence.deps[child] == "advcl"
        for c in sentence.children[child]
    )
    return "threatened" if announced or conditional else "planned"


def _governing(sentence: Sentence, at: int, below: int, token: int) -> Modality | None:
    """The modality that a governing word gives what lies in its complement."""
    low, dep = sentence.low[at], sentence.deps[below]
    if dep in SUBJECTS:
        return _of_predicate(sentence, at, below)
    if dep == "conj" and _had(sentence, below) and not _had(sentence, at):
        dep = "ccomp"
    if low in word_set("modality", "claims") and dep in (*COMPLEMENT, "relcl") and _is_belied(sentence, at):
        return "denied"
    to = any(sentence.low[c] == "to" for c in sentence.children[below])
    threat = to and low in word_set("modality", "threatened")
    if dep not in COMPLEMENT and not (dep == "advcl" and (sentence.tags[below] == "VBG" or threat)):
        return None
    if _waves_away(sentence, at, token) or _takes_no_part(sentence, at, below):
        return "denied"
    if low in word_set("modality", "denied") and dep != "conj":
        return None if _is_negated(sentence, at) else "denied"
    if low in word_set("modality", "alleged") and dep != "conj":
        return None if sentence.tags[at] == "VB" and _is_negated(sentence, at) else "alleged"
    if low in word_set("modality", "suspected") and dep == "prep" and sentence.tags[at].startswith("VB"):
        return "alleged"
    if low in word_set("modality", "claimed") and dep in ("ccomp", "xcomp"):
        return "alleged"
    if low in word_set("modality", "believed") and dep in ("ccomp", "xcomp") and _is_blaming(sentence, below):
        return "alleged"
    return _to_come(sentence, at, below, token)


def _had(sentence: Sentence, verb: int) -> bool:
    """Whether a verb is in the past perfect: beside a plain past it goes on with what was reported before."""
    return any(sentence.low[c] == "had" and sentence.deps[c] == "aux" for c in sentence.children[verb])


def _waves_away(sentence: Sentence, verb: int, token: int) -> bool:
    """Whether a verb with its particle or thing waves a report of `token` away: "brushed aside", "poured scorn on"."""
    if sentence.low[verb] not in word_set("modality", "waved"):
        return False
    after = sentence.low[verb + 1 : verb + 4]
    between = sentence.low[verb:token]
    return not (word_set("modality", "away").isdisjoint(after) or word_set("modality", "claims").isdisjoint(between))


def _is_for_whom(sentence: Sentence, at: int, below: int) -> bool:
    """Whether a preposition tells whose doing the event was: a "not" before it denies ("was not behind the blast")."""
    if sentence.deps[below] != "prep":
        return False
    return not word_set("modality", "doing").isdisjoint((sentence.low[at], sentence.low[below]))


def _takes_no_part(sentence: Sentence, at: int, below: int) -> bool:
    """Whether somebody is said to have had no part in the event: "had no role in the raid"."""
    if sentence.deps[below] != "prep":
        return False
    shares = [at, *(child for child in sentence.children[at] if sentence.deps[child] == "dobj")]
    return any(
        sentence.low[share] in word_set("modality", "shares")
        and any(sentence.low[child] == "no" for child in sentence.children[share])
        for share in shares
    )


def _is_negated(sentence: Sentence, at: int) -> bool:
    return any(sentence.low[c] in word_set("modality", "negation") for c in sentence.children[at])


def _is_blaming(sentence: Sentence, clause: int) -> bool:
    """Whether the clause says who was behind an event."""
    return any(sentence.low[c] in word_set("modality", "behind") for c in (clause, *sentence.subtree(clause)))


def _of_predicate(sentence: Sentence, at: int, below: int) -> Modality | None:
    """What a predicate says of the event or report that is its subject: "is planned", "were baseless"."""
    low = sentence.low
    words = {low[at], *(low[c] for c in sentence.children[at] if sentence.deps[c] in ("attr", "acomp", "oprd"))}
    if low[below] in word_set("modality", "claims") and (
        words & word_set("modality", "belied") or _says_untrue(sentence, at)
    ):
        return "denied"
    if low[at] in ("is", "was", "were", "are") and words & word_set("modality", "turned_out"):
        return "denied"
    if sentence.deps[below] == "nsubjpass" and _is_called_off(sentence, at):
        return "planned"
    if sentence.deps[below] == "nsubjpass" and low[at] in word_set("modality", "planned_passive"):
        return "planned"
    if sentence.deps[below] == "nsubjpass" and low[at] in word_set("modality", "alleged"):
        return "alleged"
    if words & {"due", "planned", "scheduled"}:
        return "planned"
    to_be = sentence.child(at, "xcomp")
    if low[at] in ("is", "are") and to_be is not None and any(low[c] == "to" for c in sentence.children[to_be]):
        return "planned"
    if low[at] in word_set("modality", "imagined") and sentence.deps[below] == "nsubjpass":
        return "hypothetical"
    return None


def _says_untrue(sentence: Sentence, verb: int) -> bool:
    """Whether a predicate denies its subject all truth: "have nothing to do with reality", "were made up"."""
    after = [sentence.low[t] for t in sentence.subtree(verb) if t >= verb]
    if sentence.low[verb] in word_set("modality", "made_up"):
        return "up" in after
    denied = not {"no", "nothing", "not", "n't", "without", "little", "hardly"}.isdisjoint(after)
    return denied and not word_set("modality", "untrue").isdisjoint(after)


def _is_called_off(sentence: Sentence, verb: int) -> bool:
    """Whether a verb tells that its subject was called off or put off."""
    low = sentence.low[verb]
    if low in word_set("modality", "called_off"):
        return True
    return low in ("called", "put") and sentence.low[verb + 1 : verb + 2] == ["off"]


def _is_belied(sentence: Sentence, claim: int) -> bool:
    """Whether the clause of a claim or report calls it false."""
    verb = sentence.heads[claim]
    if any(sentence.low[t] in word_set("modality", "belied") for t in sentence.subtree(verb)):
        return True
    return verb != claim and sentence.low[verb] in word_set("modality", "denied")


def _is_possible(sentence: Sentence, verb: int) -> bool:
    """Whether a clause only says what could come: "warned that thousands could die"."""
    return any(sentence.low[c] in ("could", "might", "may") for c in sentence.children[verb])


def _to_come(sentence: Sentence, at: int, below: int, token: int) -> Modality | None:
    """What a governing word threatens, plans or imagines; an event told of as known ("the attack") is none of these."""
    low, dep = sentence.low[at], sentence.deps[below]
    if token != below and _is_definite(sentence, token) and sentence.deps[token] in ("pobj", "dobj"):
        return None
    if low in word_set("modality", "threatened") and dep != "conj":
        if low in word_set("modality", "of_future") and not _is_future(sentence, below):
            return None
        if low in word_set("modality", "of_future") and _is_possible(sentence, below):
            return "hypothetical"
        return "threatened"
    if low in word_set("modality", "planned") and dep in ("xcomp", "acl", "ccomp") and _is_future(sentence, below):
        return "planned"
    if low in word_set("modality", "foiled") and dep in ("xcomp", "advcl") and _is_future(sentence, below):
        return "planned"
    if (
        low in word_set("modality", "plots")
        and dep in ("acl", "prep", "pcomp", "pobj")
        and not _is_definite(sentence, token)
    ):
        return "planned" if sentence.low[below] in ("to", "of", "for") or _is_future(sentence, below) else None
    if low in word_set("modality", "planned_for") and dep == "prep" and sentence.low[below] in ("for", "of"):
        return "planned"
    if low in word_set("modality", "planned_passive") and sentence.tags[at] == "VBN" and dep in ("dobj", "oprd"):
        return "planned"
    if low in word_set("modality", "imagined") and dep in ("ccomp", "xcomp", "prep", "pobj", "acl", "dobj"):
        return "hypothetical"
    return None


def _is_definite(sentence: Sentence, token: int) -> bool:
    return any(
        sentence.deps[c] in ("det", "poss")
        and sentence.low[c] in ("the", "this", "that", "these", "those", "its", "his")
        for c in sentence.children[token]
    )


def _is_future(sentence: Sentence, verb: int) -> bool:
    return any(
        sentence.low[c] in ("will", "would", "to", "could", "shall", "'ll", "may", "might")
        for c in sentence.children[verb]
    )
