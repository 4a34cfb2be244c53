"""Mishaps: what fire, falls, vehicles, nature and prisons do to people, told in words that also tell of war.

In: a word in its line. Out: the type of event that it tells of there, `None` where it tells of none. "Fire" burns or is
shot, a climber falls as a town does, a car strikes as an aircraft does: what acts, what it is done to and what stands
beside decide. The words are data in `mishaps.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ascertain.actors import describe
from ascertain.reading.frames import acts_armed, is_thing
from ascertain.reading.page import Line
from ascertain.reading.parse import Sentence
from ascertain.reading.words import word_set

NOUN = "NN"
# how many words on the place of a death may stand
NEAR = 11
SUBJECTS = ("nsubj", "nsubjpass")
SHARED = ("conj", "xcomp", "advcl", "pcomp")
MODIFIERS = ("amod", "compound", "nmod")
PRONOUNS = frozenset(("he", "she", "they", "who", "i", "we", "him", "her", "them"))


def mishap(line: Line, token: int) -> str | None:
    """The type that a word of fire, falling or escape has here."""
    sentence = line.sentence
    if sentence.tags[token].startswith(NOUN) and sentence.low[token] in word_set("mishaps", "fire", "nouns"):
        return _of_fire(line, token)
    low = sentence.low[token]
    if low in word_set("mishaps", "fall", "verbs") and _falls(line, token):
        return "accident"
    if low in word_set("mishaps", "custody", "escapes") and _escapes(sentence, token, ("from", "of")):
        return "other"
    if low in word_set("mishaps", "custody", "breaks") and _escapes(sentence, token, ("out", "of", "from")):
        return "other"
    if low in word_set("mishaps", "theft", "verbs") and _steals(line, token):
        return "crime"
    return None


def by_what_acts(line: Line, token: int) -> str | None:
    """The type of a blow or death by what deals it: a vehicle, a force of nature; `None` where it is neither.

    A death in a cell that no word tells more of is `other`.
    """
    sentence = line.sentence
    if sentence.low[token] in word_set("mishaps", "custody", "dying") and _in_custody(sentence, token):
        held = any(party.armed for party in (*line.parties, *line.states))
        return None if held else "other"
    if not sentence.tags[token].startswith("VB"):
        return None
    for doer in _doers(line, token):
        if sentence.low[doer] in word_set("mishaps", "nature", "forces"):
            return "natural_disaster"
        if sentence.low[doer] in word_set("mishaps", "collision", "vehicles"):
            return "accident" if _collides(sentence, token) else None
    return None


def burns_by_itself(line: Line, token: int) -> bool:
    """Whether a thing is told to burn, and nobody to burn it: "the warehouse burned to the ground"."""
    sentence = line.sentence
    if sentence.low[token] not in word_set("mishaps", "fire", "burn") or not sentence.tags[token].startswith("VB"):
        return False
    if sentence.child(token, "dobj", "nsubjpass", "auxpass", "agent") is not None:
        return False
    subject = sentence.child(token, "nsubj")
    return subject is not None and is_thing("property", line, subject)


def only_suspected(sentence: Sentence, token: int) -> bool:
    """Whether arson is not told as done but suspected: "may be the work of an arsonist"."""
    low = sentence.low
    if low[token] not in word_set("mishaps", "fire", "arson"):
        return False
    near = {*(low[at] for at in sentence.ancestors(token)), *(low[c] for c in sentence.children[token])}
    near |= {low[c] for at in sentence.ancestors(token) for c in sentence.children[at] if sentence.deps[c] == "aux"}
    return not near.isdisjoint(word_set("mishaps", "fire", "suspected"))


def _of_fire(line: Line, token: int) -> str | None:
    sentence = line.sentence
    beside = {sentence.low[c] for c in sentence.children[token] if sentence.deps[c] in MODIFIERS}
    if beside & word_set("mishaps", "fire", "shots") or _of_party(line, token):
        return None
    if any(sentence.low[c] == "from" for c in sentence.children[token]):
        return None
    if beside & word_set("mishaps", "fire", "wild"):
        return "natural_disaster"
    burns = _burns(sentence, token) or _is_fought(sentence, token) or _by_fire(sentence, token)
    if not burns and not _of_building(line, token):
        return None
    deliberate = not word_set("mishaps", "fire", "deliberate").isdisjoint(sentence.low)
    return "accident" if not deliberate else "looting_property_destruction"


def _of_party(line: Line, token: int) -> bool:
    """Whether an armed party stands before the word: "Ukrainian fire"."""
    sentence = line.sentence
    first = sentence.starts[min(sentence.subtree(token))]
    start = sentence.starts[token]
    return any(first <= party.span[0] < start for party in (*line.parties, *line.states) if party.armed)


def _burns(sentence: Sentence, token: int) -> bool:
    """Whether a fire is told to burn, or to have harmed people as only a fire with an article does."""
    verbs = [sentence.heads[token]] if sentence.deps[token] == "nsubj" else []
    verbs += [c for c in sentence.children[token] if sentence.deps[c] in ("relcl", "acl")]
    if any(sentence.low[verb] in word_set("mishaps", "fire", "burning") for verb in verbs):
        return True
    known = any(sentence.low[c] in ("a", "an") for c in sentence.children[token])
    known = known or sentence.low[token] not in ("fire", "fires")
    return known and any(sentence.low[verb] in word_set("mishaps", "fire", "harming") for verb in verbs)


def _is_fought(sentence: Sentence, token: int) -> bool:
    """Whether something is done to a fire that is done to no gunfire: it is caught, fought or put out."""
    verb = sentence.heads[token]
    if sentence.deps[token] in ("dobj", "nsubjpass"):
        return sentence.low[verb] in word_set("mishaps", "fire", "fought")
    return sentence.low[verb] == "on" and sentence.low[token] == "fire" and not sentence.children[token]


def _by_fire(sentence: Sentence, token: int) -> bool:
    """Whether things or people come to harm by or in a fire: "destroyed by fire", "killed in a blaze"."""
    prep = sentence.heads[token]
    if sentence.deps[token] != "pobj":
        return False
    if sentence.low[token] == "flames":
        return sentence.low[prep] in ("in", "into")
    over = sentence.low[sentence.heads[prep]]
    if sentence.low[prep] in ("by", "in") and over in word_set("mishaps", "fire", "burning"):
        return True
    known = any(sentence.low[c] in ("a", "an") for c in sentence.children[token]) or sentence.low[token] != "fire"
    return known and sentence.low[prep] in ("in", "by", "after") and over in word_set("mishaps", "fire", "harming")


def _of_building(line: Line, token: int) -> bool:
    """Whether a fire is said to be one of or at a building, or of a kind that gunfire is not."""
    sentence = line.sentence
    for c in sentence.children[token]:
        if sentence.deps[c] in MODIFIERS and (
            sentence.low[c] in word_set("mishaps", "fire", "kinds") or is_thing("property", line, c)
        ):
            return True
        if sentence.deps[c] == "prep" and sentence.low[c] in word_set("mishaps", "fire", "at"):
            inner = [n for n in sentence.children[c] if sentence.deps[n] == "pobj"]
            if any(is_thing("property", line, n) or sentence.tags[n] == "NNP" for n in inner):
                return sentence.deps[token] != "dobj" and describe(sentence.words[inner[0]]) is None
    return False


def _falls(line: Line, token: int) -> bool:
    """Whether somebody is told to have fallen and come to harm: "died after a fall from a cliff"."""
    sentence = line.sentence
    if word_set("mishaps", "fall", "harmed").isdisjoint(sentence.low):
        return False
    links = [c for c in sentence.children[token] if sentence.deps[c] in ("prep", "prt", "advmod")]
    preps = {sentence.low[c] for c in links}
    if sentence.tags[token].startswith(NOUN):
        return _noun_of_fall(sentence, token, preps)
    if not any(_leads_down(sentence, c) for c in links) and not _measured(sentence, token):
        return False
    return any(_is_person(line, doer) for doer in _subjects(sentence, token))


def _leads_down(sentence: Sentence, link: int) -> bool:
    """Whether words after "fell" lead down from or to something, and to no number, state or loss: "off a roof"."""
    ends = [n for n in sentence.children[link] if sentence.deps[n] == "pobj"]
    if any(sentence.tags[n] == "CD" for n in ends):
        return False
    low = {sentence.low[n] for n in ends}
    if sentence.low[link] == "to":
        return not low.isdisjoint(word_set("mishaps", "fall", "grounds"))
    physical = low.isdisjoint(word_set("mishaps", "fall", "figures"))
    return sentence.low[link] in word_set("mishaps", "fall", "from") and physical


def _noun_of_fall(sentence: Sentence, token: int, preps: set[str]) -> bool:
    if "of" in preps:
        return False
    if preps & word_set("mishaps", "fall", "off"):
        return True
    named = [
        c for c in sentence.children[token] if sentence.deps[c] in MODIFIERS or sentence.low[c] in ("a", "his", "her")
    ]
    prep = sentence.heads[token]
    plain = not sentence.children[token] and sentence.low[sentence.heads[prep]] in word_set("mishaps", "fall", "harmed")
    return sentence.low[prep] in word_set("mishaps", "fall", "after") and bool(named or plain)


def _measured(sentence: Sentence, token: int) -> bool:
    """Whether a length stands after the verb: "fell about 60 metres"."""
    return any(word in word_set("mishaps", "fall", "lengths") for word in sentence.low[token + 1 : token + 7])


def _is_person(line: Line, token: int) -> bool:
    sentence = line.sentence
    if sentence.low[token] in PRONOUNS or describe(sentence.words[token]) is not None:
        return True
    start = sentence.starts[token]
    placed = any(p.place.span[0] <= start < p.place.span[1] and p.place.lat for p in line.places)
    return sentence.tags[token] in ("NNP", "CD") and not placed


def _subjects(sentence: Sentence, token: int) -> Iterator[int]:
    """Who does what a verb tells, also where it shares its subject with the verb that it hangs on."""
    at = token
    while (subject := sentence.child(at, *SUBJECTS)) is None:
        head = sentence.heads[at]
        if head == at:
            return
        if sentence.deps[at] in ("acl", "relcl"):
            yield head
            return
        if sentence.deps[at] not in (*SHARED, "prep", "ccomp"):
            return
        at = head
    yield sentence.heads[at] if sentence.deps[at] == "relcl" else subject


def _doers(line: Line, token: int) -> Iterator[int]:
    """What deals a blow: the subject of the active verb, the agent of the passive, also of the verb joined to it."""
    sentence = line.sentence
    joined = [c for c in sentence.children[token] if sentence.deps[c] == "conj"]
    head = sentence.heads[token]
    above = [head] if sentence.deps[token] in ("conj", "advcl") and sentence.child(token, *SUBJECTS) is None else []
    for verb in (token, *joined, *above):
        for c in sentence.children[verb]:
            if sentence.low[c] == "by" and sentence.deps[c] in ("agent", "prep"):
                yield from (n for end in _ends(sentence, c) for n in (end, *_under_time(line, end)))
    if sentence.child(token, "dobj") is None and sentence.low[token] not in ("struck", "hit"):
        return
    if sentence.child(token, "nsubjpass", "auxpass") is None:
        yield from (s for s in _subjects(sentence, token) if sentence.deps[s] != "nsubjpass")


def _ends(sentence: Sentence, prep: int) -> list[int]:
    """What a preposition leads to."""
    return [n for n in sentence.children[prep] if sentence.deps[n] == "pobj"]


def _under_time(line: Line, token: int) -> list[int]:
    """The noun before a word of time that the parse takes for its head: "killed by a motorist on Monday"."""
    sentence = line.sentence
    start = sentence.starts[token]
    if not any(time.span[0] <= start < time.span[1] for time in line.times):
        return []
    return [c for c in sentence.children[token] if sentence.deps[c] in MODIFIERS]


def _collides(sentence: Sentence, token: int) -> bool:
    """Whether a vehicle runs into people by no will that is told, and into no mine or bomb."""
    struck = sentence.low[token] in word_set("mishaps", "collision", "struck")
    above = sentence.heads[token]
    verbs = (token, above) if sentence.deps[token] in ("advcl", "conj") else (token,)
    if any(
        sentence.low[verb] in word_set("senses", "ways", "exploded") or _hits_bomb(sentence, verb) for verb in verbs
    ):
        return False
    return struck and word_set("mishaps", "collision", "deliberate").isdisjoint(sentence.low)


def _hits_bomb(sentence: Sentence, verb: int) -> bool:
    """Whether what is driven into or over is a mine or bomb: "struck a landmine", "ran over an explosive device"."""
    over = [c for c in sentence.children[verb] if sentence.low[c] in ("over", "on", "into", "onto")]
    things = [c for c in sentence.children[verb] if sentence.deps[c] == "dobj"]
    things += [end for link in over for end in _ends(sentence, link)]
    return any(sentence.low[thing] in word_set("senses", "things", "explosives") for thing in things)


def _in_custody(sentence: Sentence, token: int) -> bool:
    """Whether somebody dies behind bars: "died in custody", "found dead, hanging in his cell"."""
    places = word_set("mishaps", "custody", "places")
    near = sentence.low[token + 1 : token + NEAR]
    at = next((n for n, word in enumerate(near) if word in places), None)
    return at is not None and not {"in", "at", "inside"}.isdisjoint(near[max(0, at - 4) : at])


def _escapes(sentence: Sentence, token: int, links: tuple[str, ...]) -> bool:
    """Whether prisoners get away: out of a prison, van or court, or simply, where they are called prisoners."""
    preps = [c for c in sentence.children[token] if sentence.low[c] in links]
    preps += [n for c in preps for n in sentence.children[c] if sentence.low[n] in links]
    inner = {sentence.low[n] for c in preps for n in sentence.children[c] if sentence.deps[n] == "pobj"}
    inner |= {sentence.low[c] for c in sentence.children[token] if sentence.deps[c] in (*MODIFIERS, "dobj")}
    if inner & word_set("mishaps", "custody", "held"):
        return True
    inside = {sentence.low[n] for n in sentence.subtree(token)}
    moved = sentence.child(token, "dobj") is None and sentence.tags[token].startswith("VB")
    if moved and "from" in inside and inside & word_set("mishaps", "custody", "places"):
        return True
    if sentence.low[token] not in word_set("mishaps", "custody", "escapes"):
        return False
    acting = {sentence.low[s] for s in _subjects(sentence, token)}
    acting |= {sentence.low[c] for s in _subjects(sentence, token) for c in sentence.children[s]}
    return bool(acting & word_set("mishaps", "custody", "captives"))


def _steals(line: Line, token: int) -> bool:
    """Whether thieves take something, or valuables are taken by nobody armed: "gems were stolen from a shop"."""
    sentence = line.sentence
    if not sentence.tags[token].startswith("VB"):
        return False
    made_off = any(sentence.low[c] == "off" for c in sentence.children[token])
    if sentence.low[token] in word_set("mishaps", "theft", "making") and not made_off:
        return False
    acting = [*_doers(line, token), *_subjects(sentence, token)]
    named = {sentence.low[n] for doer in acting for n in (doer, *_counted(sentence, doer))}
    taken = {sentence.low[c] for c in sentence.children[token] if sentence.deps[c] in ("dobj", "nsubjpass")}
    links = (c for c in sentence.children[token] if sentence.low[c] in ("with", "in"))
    taken |= {sentence.low[n] for c in links for n in (*sentence.children[c], *_of(sentence, c))}
    taken |= {sentence.low[n] for n in _of(sentence, token)}
    goods = bool(taken & word_set("mishaps", "theft", "valuables"))
    if "men" in named or "gang" in named or not named & word_set("mishaps", "theft", "thieves"):
        return goods and not acts_armed(line, token)
    return True


def _of(sentence: Sentence, token: int) -> list[int]:
    """What "of" names under the nouns that hang on a word: the diamonds of "two million dollars of diamonds"."""
    return [n for c in sentence.children[token] for n in _counted(sentence, c)]


def _counted(sentence: Sentence, token: int) -> list[int]:
    """What "of" after a noun names: the thieves of "a gang of thieves"."""
    return [n for c in sentence.children[token] if sentence.low[c] == "of" for n in sentence.children[c]]
