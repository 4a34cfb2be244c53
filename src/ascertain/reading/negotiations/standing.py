"""Standing: how a line says that talks stand.

In: a sentence and its cues. Out: the status of the firmest word that speaks of the talks.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ascertain.model import NegotiationStatus
from ascertain.reading.cues import head_of_phrase
from ascertain.reading.negotiations.cues import FILE, SUBJECTS, Cue, hyphened
from ascertain.reading.parse import Sentence
from ascertain.reading.words import PhraseIndex, phrase_index, table, word_set

MODIFYING = ("acl", "relcl", "amod")


@dataclass(frozen=True, slots=True)
class _Standing:
    """A word of status: how firmly it speaks of the talks, and where it stands."""

    firmness: int
    token: int
    status: NegotiationStatus


def status_of(sentence: Sentence, cues: Sequence[Cue], tokens: range) -> NegotiationStatus | None:
    """How the stretch of `tokens` says the talks stand: by the firmest word, the last of equals."""
    found: list[_Standing] = []
    end = -1
    for token in tokens:
        low = sentence.low[token]
        if token <= end:
            continue
        for words, name in _status_index().get(low, ()):
            last = token + len(words) - 1
            if tuple(sentence.low[token : last + 1]) != words:
                continue
            status = _of_phrase(sentence, token, last, name, cues)
            if status is not None:
                end = last
                found.append(status)
                break
    found = [one for one in found if not any(_governs(sentence, other, one) for other in found)]
    heads = {at for cue in cues for at in (cue.token, *sentence.ancestors(cue.token))}
    news = [one for one in found if not _in_background(sentence, one.token, heads)]
    found = news or found
    return max(found, key=lambda one: (one.firmness, one.token)).status if found else None


@lru_cache(maxsize=1)
def _status_index() -> PhraseIndex:
    return phrase_index(FILE, ((phrase, name) for name, phrases in table(FILE)["status"].items() for phrase in phrases))


def _governs(sentence: Sentence, other: _Standing, one: _Standing) -> bool:
    """Whether one status only says what another is about: "refused to sign"."""
    if other.status not in word_set(FILE, "status_rules", "governing") or other.token == one.token:
        return False
    above = sentence.ancestors(one.token)
    return other.token in above and sentence.deps[one.token] in ("xcomp", "ccomp", "dobj", "pobj", "acl", "nsubj")


def _in_background(sentence: Sentence, token: int, stop: Collection[int] = ()) -> bool:
    """Whether a word stands in a clause of time or reason, or after "amid", that none of the tokens of `stop` is in."""
    words = word_set(FILE, "status_rules", "background")
    for at in (token, *sentence.ancestors(token)):
        if at in stop:
            return False
        if sentence.deps[at] == "advcl" and any(
            sentence.low[c] in words for c in sentence.children[at] if sentence.deps[c] in ("mark", "advmod")
        ):
            return True
        if sentence.deps[at] in ("prep", "pcomp") and sentence.low[at] in words:
            return True
    return False


def _of_phrase(sentence: Sentence, first: int, last: int, name: str, cues: Sequence[Cue]) -> _Standing | None:
    """What a phrase of status says of the talks, `None` where it speaks of something else."""
    words = " ".join(sentence.low[first : last + 1])
    head = head_of_phrase(sentence, first, last)
    tag = sentence.tags[head]
    near = [cue for cue in cues if _related(sentence, head, cue)]
    if not near or hyphened(sentence, head):
        return None
    pacts = any(cue.name != "talks" and cue.name != "verb" for cue in near)
    rules = table(FILE)["status_rules"]
    if name == "implemented" and words in rules["pact_only"].split() and not _subject_is_pact(sentence, head, near):
        name = "ongoing" if words in rules["talks_only"].split() else ""
    elif name == "ongoing" and words in rules["talks_only"].split() and pacts and not tag.startswith("VB"):
        name = ""
    if name == "agreed" and words in rules["brokering"].split():
        name = _of_brokering(sentence, head, tag, pacts=pacts)
    if name == "agreed" and words in rules["of_pact"].split() and not _subject_is_pact(sentence, head, near):
        name = "ongoing" if words in rules["opening"].split() else ""
    if words in rules["intransitive"].split() and sentence.child(head, "dobj") is not None:
        return None
    status = _turned(sentence, head, first, name)
    if status is None:
        return None
    modifies = sentence.deps[head] in ("acl", "amod") and sentence.heads[head] in {cue.token for cue in cues}
    firmness = 1 if status in word_set(FILE, "status_rules", "faint") else 3
    return _Standing(firmness - modifies, head, status)


def _of_brokering(sentence: Sentence, verb: int, tag: str, *, pacts: bool) -> str:
    """What "brokered" tells: a pact that was brokered is agreed, talks that are brokered go on."""
    if tag == "VBD":
        return "agreed"
    return "agreed" if tag == "VBN" and (pacts or sentence.deps[verb] not in MODIFYING) else "ongoing"


def _subject_is_pact(sentence: Sentence, verb: int, near: Sequence[Cue]) -> bool:
    """Whether the verb is said of a truce or deal: "the truce was holding"."""
    pacts = {cue.token for cue in near if cue.name in ("pact", "weak", "pronoun")}
    at = verb
    for _ in range(3):
        subject = sentence.child(at, *SUBJECTS)
        if subject is not None:
            return subject in pacts or sentence.child(verb, "dobj") in pacts
        if sentence.heads[at] == at:
            return False
        if sentence.deps[at] in MODIFYING:
            return sentence.heads[at] in pacts
        at = sentence.heads[at]
    return False


def _related(sentence: Sentence, token: int, cue: Cue) -> bool:
    """Whether a word of status and a word for talks stand in one clause."""
    if cue.first <= token <= cue.last:
        return cue.name == "verb" or any(
            sentence.low[token] in word_set(FILE, "nouns", key) for key in ("telling", "bargaining")
        )
    above = [token, *sentence.ancestors(token)]
    if cue.token in above:
        return True
    below = [cue.token, *sentence.ancestors(cue.token)]
    return any(at in below for at in above[:4]) and not _in_background(sentence, cue.token, above)


def _turned(sentence: Sentence, head: int, first: int, name: str) -> NegotiationStatus | None:
    """The status after "not", "will" and their like."""
    if not name:
        return None
    status: NegotiationStatus = name  # type: ignore[assignment]  # the table's keys are the statuses
    rules = table(FILE)["status_rules"]
    around = {sentence.low[c] for c in sentence.children[head] if c < first or (sentence.deps[c] == "neg" and c > head)}
    if sentence.deps[head] == "pcomp":
        around.add(sentence.low[sentence.heads[head]])
    if around & word_set(FILE, "status_rules", "denials"):
        turned: NegotiationStatus | None = rules["turned"].get(status)
        return turned
    auxiliaries = {sentence.low[c] for c in sentence.children[head] if sentence.deps[c] == "aux"}
    if status in rules["made_proposed"].split() and auxiliaries & word_set(FILE, "status_rules", "future"):
        return "proposed"
    return "ongoing" if "to" in auxiliaries and status in rules["purposed"].split() else status
