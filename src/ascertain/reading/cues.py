"""Cues: the words of a line that tell of events, and what each tells there.

In: a line of a page. Out: `Cue`s. A word that only describes what another undoes, that is called for or yet to come
tells of none; a weapon that acts decides the type; violence among those close to each other is a crime.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ascertain.reading.frames import acts_armed, crowds_fight
from ascertain.reading.lexicon import Entry
from ascertain.reading.mishaps import burns_by_itself, by_what_acts, only_suspected
from ascertain.reading.page import Line
from ascertain.reading.parse import Sentence
from ascertain.reading.senses import meant
from ascertain.reading.words import word_set

# the strengths of words that speak for a type, and that decide it
LIKELY, DECISIVE = 2, 3
# how many words up what undoes something may stand ("seized 300 kg of explosives")
NEAR = 4
# means of those who are armed
FIREARMS = ("small_arms", "mortar", "artillery", "rocket", "grenade")
# types of words that tell of blows, by whatever they are dealt
BLOWS = ("violence", "attack", "armed_clash", "accident")
# weapons that land on what they hit
LANDING = ("shelling_artillery_missile_attack",)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that tells of an event: its tokens, and what the lexicon holds of it."""

    first: int
    last: int
    token: int
    entry: Entry


def cues_of(line: Line) -> list[Cue]:
    """The words of the lexicon that tell of events in a line, without those that only describe or are called for."""
    sentence = line.sentence
    index = {start: token for token, start in enumerate(sentence.starts)}
    found: list[Cue] = []
    for hit in line.hits:
        first = index.get(hit.start)
        if first is None:
            continue
        last = first
        while last + 1 < len(sentence) and sentence.starts[last + 1] < hit.end:
            last += 1
        token = head_of_phrase(sentence, first, last)
        found += [_done(line, Cue(first, last, token, entry)) for entry in meant(hit, token, line)]
    found = [cue for cue in found if not only_suspected(sentence, cue.token)]
    if not any(cue.entry.means in FIREARMS for cue in found):
        found = [_brawl(line, cue) for cue in found]
    return _without_idle(sentence, [*found, *_private(sentence, found)])


def _brawl(line: Line, cue: Cue) -> Cue:
    """A fight between unarmed people as what it is, mob violence."""
    of_fire = word_set("senses", "ways", "mutual").intersection(cue.entry.words.split())
    if cue.entry.type != "armed_clash" or of_fire or not crowds_fight(line, cue.token):
        return cue
    return replace(cue, entry=replace(cue.entry, type="mob_violence"))


def _done(line: Line, cue: Cue) -> Cue:
    """A mishap that armed people bring about is violence: "the navy sank two boats"; not one that a car deals."""
    sentence, at = line.sentence, cue.token
    if cue.entry.type in BLOWS and (kind := by_what_acts(line, at)) is not None:
        return replace(cue, entry=replace(cue.entry, type=kind, strength=DECISIVE))
    if cue.entry.type == "looting_property_destruction" and burns_by_itself(line, at):
        return replace(cue, entry=replace(cue.entry, type="accident", strength=LIKELY))
    if cue.entry.type != "accident" or not sentence.tags[at].startswith("VB"):
        return cue
    done = sentence.child(at, "dobj", "nsubjpass") is not None and acts_armed(line, at)
    return replace(cue, entry=replace(cue.entry, type="violence", strength=LIKELY)) if done else cue


def _without_idle(sentence: Sentence, cues: list[Cue]) -> list[Cue]:
    """The cues without words of denial and blame that govern another: "denied shelling the camp" tells of shelling."""
    cues = [cue for cue in cues if not _is_only_meant(sentence, cue)]
    cues = [cue for cue in cues if not _is_protested(sentence, cue, cues)]
    cues = [_acting(sentence, cue) for cue in cues if not _is_undone(sentence, cue, cues)]
    told = {cue.token for cue in cues if cue.entry.type != "same"}
    some = {cue.entry.type for cue in cues if cue.entry.strength > LIKELY}
    kept = []
    for cue in cues:
        if len(some) > 1 and (_is_charge(sentence, cue) or _is_to_come(sentence, cue)):
            continue
        stance = cue.entry.type == "same" and sentence.low[cue.token] in word_set("discourse", "stances")
        if stance and any(token in told for token in sentence.subtree(cue.token)):
            continue
        kept.append(cue)
    return kept


def _is_undone(sentence: Sentence, cue: Cue, cues: list[Cue]) -> bool:
    """Whether a word only describes what another undoes: the "kidnapped" who are freed, a rocket that is shot down."""
    at = cue.token
    kinds = {other.entry.type for other in cues if other.token in sentence.ancestors(at)[:NEAR] and other is not cue}
    kinds |= {other.entry.type for other in cues if cue.first <= other.token <= cue.last and other is not cue}
    if "rescue" in kinds and cue.entry.type in word_set("senses", "undone", "by_rescue"):
        return sentence.deps[at] in ("amod", "acl", "dobj", "nsubjpass", "compound", "nsubj")
    if "disrupted_weapons_use" in kinds and cue.entry.type in word_set("senses", "undone", "by_disruption"):
        return sentence.deps[at] in ("dobj", "nsubjpass", "conj", "compound", "nsubj", "acl", "pobj")
    return False


def _acting(sentence: Sentence, cue: Cue) -> Cue:
    """A weapon that strikes, or that is fired, decides the type: "helicopters fired on the village"."""
    if cue.entry.strength > LIKELY or cue.entry.type not in word_set("senses", "weapons_act"):
        return cue
    at, verb = cue.token, sentence.heads[cue.token]
    acts = False
    if sentence.tags[at].startswith("VB"):
        subject = sentence.child(at, "nsubj", "nsubjpass")
        acts = subject is not None and sentence.low[subject] in word_set("senses", "bursting")
    elif sentence.deps[verb] == "relcl":
        acts = False
    elif sentence.deps[at] == "nsubj":
        does = word_set("senses", "landing" if cue.entry.type in LANDING else "striking")
        flown = cue.entry.means == "drone" and sentence.low[verb] in word_set("senses", "ramming")
        into = flown and any(sentence.low[c] in ("into", "on") for c in sentence.children[verb])
        acts = into or sentence.low[verb] in does | word_set("senses", "striking")
    elif sentence.deps[at] in ("dobj", "nsubjpass"):
        acts = sentence.low[verb] in word_set("senses", "loosing")
    return replace(cue, entry=replace(cue.entry, strength=3)) if acts else cue


def _is_only_meant(sentence: Sentence, cue: Cue) -> bool:
    """Whether an event is only called for ("the release of"), to be prevented, or tried in vain."""
    above = sentence.ancestors(cue.token)[:2]
    low = [sentence.low[at] for at in above]
    kind = cue.entry.type
    if kind in word_set("senses", "wished_types") and not word_set("senses", "wished").isdisjoint(low):
        return sentence.deps[cue.token] in ("pobj", "dobj", "conj", "ccomp", "xcomp")
    if kind in word_set("senses", "prevented_types") and low and low[0] in word_set("senses", "prevented"):
        return sentence.deps[cue.token] == "dobj" and sentence.tags[above[0]] in ("VB", "VBG")
    if kind in word_set("senses", "tried_types") and low and low[0] in word_set("senses", "tried"):
        return sentence.deps[cue.token] == "xcomp"
    return False


def _is_protested(sentence: Sentence, cue: Cue, cues: list[Cue]) -> bool:
    """Whether something is what people protest about: "marched against the demolition of homes"."""
    link = sentence.heads[cue.token]
    if sentence.deps[cue.token] != "pobj" or sentence.low[link] not in word_set("senses", "about"):
        return False
    protests = {other.token for other in cues if family_of(other.entry.type) == "protest" and other is not cue}
    return sentence.heads[link] in protests and family_of(cue.entry.type) != "protest"


def _is_charge(sentence: Sentence, cue: Cue) -> bool:
    """Whether the words only describe somebody by what they are said to have done: "two men accused of stealing"."""
    link = sentence.heads[cue.token]
    above = sentence.heads[link]
    return (
        sentence.low[link] in word_set("senses", "charged_with")
        and sentence.low[above] in word_set("senses", "charged")
        and sentence.deps[above] in ("acl", "amod", "relcl")
    )


def _is_to_come(sentence: Sentence, cue: Cue) -> bool:
    """Whether a crowd's gathering is yet to come beside what is told: "ahead of the rally"."""
    if cue.entry.type not in word_set("senses", "crowd_types") or not sentence.tags[cue.token].startswith("NN"):
        return False
    if any(sentence.low[c] in word_set("senses", "yet_to_be") for c in sentence.children[cue.token]):
        return True
    start = max(0, cue.first - 4)
    return sentence.deps[cue.token] == "pobj" and not word_set("senses", "yet_to_come").isdisjoint(
        sentence.low[start : cue.first]
    )


def _private(sentence: Sentence, cues: list[Cue]) -> list[Cue]:
    """A cue of private crime for violence among people close to each other: "his wife", "by her husband"."""
    for cue in cues:
        if not sentence.tags[cue.token].startswith("VB") or family_of(cue.entry.type) != "violence":
            continue
        agents = [c for c in sentence.children[cue.token] if sentence.deps[c] in ("agent", "prep")]
        by = [c for agent in agents if sentence.low[agent] == "by" for c in sentence.children[agent]]
        acting = [c for c in sentence.children[cue.token] if sentence.deps[c] == "nsubj"]
        things = [c for c in sentence.children[cue.token] if sentence.deps[c] == "dobj"]
        close = [c for c in (*by, *(acting if things else ())) if _is_kin(sentence, c)]
        close += [c for c in things if _is_kin(sentence, c) and acting]
        if close:
            return [Cue(close[0], close[0], close[0], Entry("kin", "event", "crime", LIKELY))]
    return []


def _is_kin(sentence: Sentence, token: int) -> bool:
    """Whether the noun is of somebody close to another: "her husband"."""
    return sentence.low[token] in word_set("senses", "kin") and any(
        sentence.low[c] in word_set("senses", "own") for c in sentence.children[token]
    )


def head_of_phrase(sentence: Sentence, first: int, last: int) -> int:
    """The token of a phrase that the others hang on."""
    for token in range(first, last + 1):
        if not first <= sentence.heads[token] <= last or sentence.heads[token] == token:
            return token
    return first


def family_of(event_type: str) -> str:
    """The family of a type: types of one family may be tellings of one event."""
    for family, words in _family_table().items():
        if event_type in words:
            return family
    return event_type


def _family_table() -> dict[str, frozenset[str]]:
    return {name: word_set("senses", "families", name) for name in ("violence", "protest", "territory", "harmless")}
