"""Weight: how much a telling tells that can be recorded, rather than of violence at large.

In: a telling with its parties. Out: a number; `NEW` is enough for an event of its own. A count, a name, a day, a place
and a verb that says it took place weigh; what somebody does at large, of nobody and nowhere, does not.
"""

from __future__ import annotations

from collections.abc import Sequence

from ascertain.model import Actor
from ascertain.reading.cues import DECISIVE, Cue
from ascertain.reading.parse import Sentence
from ascertain.reading.tellings import Telling
from ascertain.reading.words import word_set

# how much a telling must say to be an event of its own
NEW = 4
# a threat with a speaker is told for its own sake
THREAT = 2
# the fineness of places from which on they tell where something happened
NOT_A_COUNTRY = 1
# verb forms that name no time
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
UNBOUND = ("VB", "VBG", "VBP", "VBZ")


def weight(telling: Telling, who: Sequence[Actor]) -> int:
    """How much the words tell that can be recorded, rather than of violence in general."""
    if any(s.people.stated not in ("back", "plural") for h in telling.harms for s in h.sufferers):
        return NEW
    dated = any(t.role == "date" for t in telling.times)
    strength = max((cue.entry.strength for cue in telling.cues), default=0)
    if telling.harms:
        strength = max(strength, 2)
    if not dated and (is_general(telling) or _is_habit(telling)):
        strength = min(strength, 1)
    located = any(p.role == "mention" and p.fineness >= NOT_A_COUNTRY for p in telling.places)
    dated = dated or bool(telling.line.lead_times)
    located = located or bool(telling.line.lead_places)
    threat = THREAT if telling.modality == "threatened" and telling.speakers else 0
    return strength + bool(who) + located + dated + bool(telling.targets) + _is_told(telling) + threat


def _is_told(telling: Telling) -> bool:
    """Whether a decisive word is a verb with somebody or something that does or suffers it: "were rescued"."""
    sentence = telling.sentence
    return any(
        cue.entry.strength >= DECISIVE
        and sentence.tags[verb := _verb_of(sentence, cue)] in ("VBD", "VBN", "VBP", "VBZ")
        and sentence.child(verb, "nsubj", "nsubjpass") is not None
        for cue in telling.cues
    )


def _verb_of(sentence: Sentence, cue: Cue) -> int:
    """The verb that tells of an event: the cue's own, or what a mishap is told to have done: "the fire destroyed"."""
    mishap = cue.entry.type == "accident"
    if mishap and sentence.deps[cue.token] in ("nsubj", "nsubjpass"):
        return sentence.heads[cue.token]
    return cue.token


def is_general(telling: Telling) -> bool:
    """Whether only nouns of violence at large are told, of which nothing is said to have taken place."""
    sentence = telling.sentence
    asserted = telling.modality == "asserted" and not sentence.heading
    if asserted and is_note(sentence) and any(sentence.heads[cue.token] == cue.token for cue in telling.cues):
        return False
    for cue in telling.cues:
        if sentence.low[cue.token] not in word_set("discourse", "general"):
            return False
        above = sentence.low[sentence.heads[cue.token]]
        if cue.token != sentence.heads[cue.token] and above in word_set("discourse", "occurs"):
            return False
    return bool(telling.cues)


def is_note(sentence: Sentence) -> bool:
    """Whether a sentence has no finite verb, as notes do: "Looting of a warehouse by armed youths"."""
    return FINITE.isdisjoint(sentence.tags)


def _is_habit(telling: Telling) -> bool:
    """Whether what somebody does or may do is told, of nobody and nowhere: "a government that kills its people"."""
    sentence = telling.sentence
    if any(p.role == "mention" and p.fineness >= NOT_A_COUNTRY for p in telling.places) or telling.line.lead_places:
        return False
    verbs = [at for at in _told_by(telling) if sentence.tags[at].startswith("VB")]
    return bool(verbs) and all(sentence.tags[at] in UNBOUND and not _is_past(sentence, at) for at in verbs)


def _told_by(telling: Telling) -> list[int]:
    return [cue.token for cue in telling.cues] + [harm.trigger for harm in telling.harms]


def _is_past(sentence: Sentence, verb: int) -> bool:
    """Whether a verb without a tense of its own stands with one of the past: "killing", after "they fired"."""
    if any(sentence.tags[c] == "VBD" and sentence.deps[c].startswith("aux") for c in sentence.children[verb]):
        return True
    if sentence.tags[verb] != "VBG" or any(sentence.deps[c] == "aux" for c in sentence.children[verb]):
        return False
    return any(sentence.tags[at] in ("VBD", "VBN") for at in sentence.ancestors(verb))
