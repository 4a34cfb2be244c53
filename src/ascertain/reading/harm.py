"""Harm to people in a sentence: who was killed, injured, trapped, …, as figures of the sentence.

In: a parsed sentence. Out: `Harm`s, one per word that asserts harm, each with the people who suffered it and the parts
of them that the sentence tells apart ("including four children"). Frames: active, passive, nominal ("the killing
of"), resultative ("leaving five dead"), counted ("17 deaths"), tolls ("rose to 17"), bodies, and lives lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, get_args

from ascertain.actors import describe
from ascertain.model import Group, Outcome
from ascertain.reading.parse import Sentence
from ascertain.reading.people import NOUN_TAGS, People, coordinated, counted, people_at
from ascertain.reading.words import table, word_set

# Words between a number of people and what they are, and tags with which a noun phrase opens.
BETWEEN = frozenset(("were", "was", "are", "being", "aged", ",", "reportedly"))
OPENS_PHRASE = frozenset(("DT", "CD", "JJ", "NN", "NNS", "NNP", "PRP$"))
# Groups that a bare number takes over from the people told before it.
SHARED = frozenset(("civilians", "combatants", "security_forces", "protesters", "journalists"))
FRAMES = (
    "losses",
    "transitive",
    "intransitive",
    "adjectives",
    "acts",
    "counts",
    "bodies",
    "lives",
    "tolls",
    "hostages",
)
SUBJECTS = ("nsubjpass", "nsubj", "csubj")
RELATIVE = frozenset(("who", "which", "that"))


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


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a verb tells with one of some words near it, unless one of others stands there."""

    outcome: Outcome
    near: frozenset[str]
    unless: frozenset[str]
    frame: str


def _outcomes() -> list[tuple[Outcome, dict[str, Any]]]:
    """Each outcome with its table of words."""
    outcomes: tuple[Outcome, ...] = get_args(Outcome)
    return [(outcome, table("harm")[outcome]) for outcome in outcomes]


@lru_cache(maxsize=1)
def phrasal() -> dict[str, tuple[Phrase, ...]]:
    """Verbs that tell of harm with another word near them; no other word is needed where the set is empty."""
    found: dict[str, list[Phrase]] = {}
    for outcome, frames in _outcomes():
        for row in frames.get("phrasal", ()):
            unless = frozenset(row.get("unless", "").split())
            phrase = Phrase(outcome, frozenset(row["with"].split()), unless, row.get("frame", "transitive"))
            for verb in row["verbs"].split():
                found.setdefault(verb, []).append(phrase)
    return {verb: tuple(uses) for verb, uses in found.items()}


@lru_cache(maxsize=1)
def triggers() -> dict[str, tuple[tuple[Outcome, str], ...]]:
    """Each harm word with its outcomes and frames."""
    found: dict[str, list[tuple[Outcome, str]]] = {}
    for outcome, frames in _outcomes():
        for frame, words in frames.items():
            if frame not in FRAMES:
                continue
            for word in words.split():
                found.setdefault(word, []).append((outcome, frame))
    return {word: tuple(uses) for word, uses in found.items()}


@lru_cache(maxsize=1)
def _words_of_harm() -> frozenset[str]:
    """All words with which harm may be told."""
    return frozenset((*triggers(), *phrasal()))


def gate_words() -> list[str]:
    """The words that open the gate for a sentence; words of taking and finding alone do not."""
    common = word_set("harm", "common")
    rolls = word_set("people", "roll", "killed")
    return sorted(
        {
            *triggers(),
            *(verb for verb, uses in phrasal().items() if all(not use.near for use in uses)),
            *rolls,
            *word_set("people", "ages", "gate"),
        }
        - common
    )


def harms(sentence: Sentence, taken: frozenset[int] = frozenset()) -> list[Harm]:
    """All harm that the sentence asserts, in order of its words."""
    found: list[Harm] = []
    used: set[tuple[Outcome, int]] = set()
    words = _words_of_harm()
    for token, word in enumerate(sentence.low):
        for outcome, frame in _uses(sentence, token, word) if word in words else ():
            sufferers = _read_frame(sentence, token, frame, taken)
            if any((outcome, s.people.head) not in used for s in sufferers):
                used.update((outcome, s.people.head) for s in sufferers)
                found.append(Harm(outcome, token, sentence, sufferers))
                if frame != "none":
                    break
    found = _worst(found)
    if found:
        apart = _told_apart(sentence, taken)
        for harm in found:
            _add_parts(harm, found, apart)
        _share_groups(found)
    return found


def _worst(found: list[Harm]) -> list[Harm]:
    """The harm told, each of its own people: the dead are not also injured, nobody in a list suffers two harms."""
    told = [harm for harm in found if any(s.people.stated != "back" for s in harm.sufferers)]
    for harm in found:
        later = {s.people.head for h in found if h.trigger > harm.trigger for s in h.sufferers}
        _leave_out(harm, later & {s.people.head for s in harm.sufferers if s.part_of is not None})
    fates = {s.people.head: h for h in found if h.outcome == "killed" for s in h.sufferers if _counts_dead(s.people)}
    for harm in found:
        for head in {s.people.head for s in harm.sufferers} & set(fates) if harm.outcome == "injured" else ():
            between = range(min(harm.trigger, fates[head].trigger), max(harm.trigger, fates[head].trigger))
            if not any(harm.sentence.low[t] == "or" for t in between) and len(between) > 2:
                _leave_out(harm, {head})
    for harm in found:
        _leave_out(harm, {s.people.head for s in harm.sufferers if s.part_of is not None and _exceeds(s, harm)})
    emptied = [harm for harm in told if all(s.people.stated == "back" for s in harm.sufferers)]
    return [harm for harm in found if not any(harm is other for other in emptied)]


def _counts_dead(people: People) -> bool:
    return people.stated != "back" and people.high != 0


def _exceeds(part: Sufferer, harm: Harm) -> bool:
    """Whether a part is more than its whole: then the parse has joined what does not belong together."""
    whole = harm.sufferers[part.part_of].people if part.part_of is not None else part.people
    return part.people.low is not None and whole.high is not None and part.people.low > whole.high


def _leave_out(harm: Harm, heads: set[int]) -> None:
    """Let these people state no number in a harm; its others keep their places."""
    for sufferer in harm.sufferers:
        if sufferer.people.head in heads:
            sufferer.people = replace(sufferer.people, stated="back", definite=True)


def _share_groups(found: list[Harm]) -> None:
    """A bare number, or "others", is of the group told before it: "killed 18 civilians, 11 injured"."""
    group, kind, armed = None, None, False
    for harm in sorted(found, key=lambda harm: harm.trigger):
        for sufferer in harm.sufferers:
            people = sufferer.people
            if people.stated == "back" or sufferer.part_of is not None:
                continue
            bare = people.head_is_number or people.sentence.low[people.head] in ("others", "another")
            if people.group in SHARED:
                group, kind, armed = people.group, people.kind, people.armed
            elif bare and group is not None and kind is not None and people.stated != "none":
                sufferer.people = replace(people, group=group, kind=kind, armed=armed)
            elif not bare:
                group = None


def _uses(sentence: Sentence, token: int, word: str) -> list[tuple[Outcome, str]]:
    """The outcomes and frames that a word has here; "shot" has one with "dead" near it."""
    uses = list(triggers().get(word, ()))
    for use in phrasal().get(word, ()):
        near = {*sentence.low[token + 1 : token + 4], *(sentence.low[c] for c in sentence.subtree(token)[:40])}
        if (not use.near or near & use.near) and not near & use.unless:
            uses.insert(0, (use.outcome, use.frame))
            break
    if word in ("casualties", "casualty"):
        uses = [("killed", "none"), ("injured", "none")]
    return uses


def _add_parts(harm: Harm, all_harms: list[Harm], apart: list[tuple[int, People]]) -> None:
    """Parts that stand apart from their whole: "…, among them a doctor", "15 of them children"."""
    tops = [n for n, s in enumerate(harm.sufferers) if s.part_of is None and s.people.stated != "none"]
    if not tops:
        return
    known = {s.people.head for h in all_harms for s in h.sufferers}
    end = max(harm.trigger, max(harm.sufferers[n].people.last for n in tops))
    for start, part in apart:
        wholes = [n for n in tops if harm.sufferers[n].people.head < start]
        nearest = _nearest(all_harms, start)
        if wholes and nearest is harm and part.head not in known and end:
            whole = harm.sufferers[wholes[-1]].people
            if whole.stated in ("single", "name") or (
                whole.high is not None and part.low is not None and part.low > whole.high
            ):
                continue
            low_part = replace(part, low=1, high=None) if part.stated == "plural" else part
            if low_part.group == "people" and low_part.head_is_number:
                low_part = replace(low_part, group=whole.group)
            harm.sufferers.append(Sufferer(low_part, wholes[-1]))


def _nearest(all_harms: list[Harm], start: int) -> Harm | None:
    """The harm whose people stand last before a token."""
    before = [
        (max(s.people.last for s in h.sufferers if s.people.last < start), h)
        for h in all_harms
        if any(s.people.last < start for s in h.sufferers)
    ]
    return max(before, key=lambda pair: pair[0])[1] if before else None


def _told_apart(sentence: Sentence, taken: frozenset[int]) -> list[tuple[int, People]]:
    """People after "among them" and the like, and the number in "15 of them children", with where the words begin."""
    found: list[tuple[int, People]] = []
    cues = word_set("people", "parts", "cues")
    first_words = word_set("people", "parts", "first_words")
    them = word_set("people", "parts", "of_them")
    for token, low in enumerate(sentence.low):
        if low == "of" and token + 1 < len(sentence) and sentence.low[token + 1] in them:
            found += _of_them(sentence, token, taken)
        elif low in first_words:
            size = next((n for n in (3, 2, 1) if " ".join(sentence.low[token : token + n]) in cues), 0)
            found += [(token, people) for people in _told_after(sentence, token + size, taken)] if size else []
    return found


def _told_after(sentence: Sentence, token: int, taken: frozenset[int]) -> list[People]:
    """The people of the list that begins at a token, as it runs: "a nurse from Homs, two men and a boy"."""
    head = _next_head(sentence, token)
    heads = list(coordinated(sentence, head)) if head is not None else []
    end = heads[0] if heads else len(sentence)
    last = False
    while heads and not last and (comma := _next_joint(sentence, end)) is not None:
        last = sentence.low[comma] == "and"
        start = comma + 2 if sentence.low[comma : comma + 2] == [",", "and"] else comma + 1
        last = last or start == comma + 2
        if start >= len(sentence) or (sentence.tags[start] != "CD" and sentence.low[start] not in ("a", "an", "one")):
            break
        following = _next_head(sentence, start, 5)
        if following is None or sentence.low[following] in ("others", "other"):
            break
        heads.append(following)
        end = following
    people = [people_at(sentence, h, taken) for h in dict.fromkeys(heads)]
    return [found for found in people if found is not None and found.stated != "back"]


def _next_joint(sentence: Sentence, token: int) -> int | None:
    """The comma or "and" that goes on with a list, at most a name's length away and before any verb."""
    for at in range(token + 1, min(len(sentence), token + 10)):
        if sentence.low[at] in (",", "and"):
            return at
        if sentence.tags[at] in ("VBD", "VBZ", "VBP", "VBN", "MD", "."):
            return None
    return None


def _next_head(sentence: Sentence, token: int, within: int = 8) -> int | None:
    """The head of the first noun phrase from a token on, at most `within` tokens away."""
    while token < len(sentence) and sentence.low[token] in (
        ",",
        ":",
        "were",
        "was",
        "are",
        "is",
        "the",
        "also",
        ".",
        "at",
        "least",
    ):
        token += 1
    head = token
    while head < len(sentence) and head - token < within:
        if sentence.tags[head] in NOUN_TAGS and sentence.deps[head] not in ("compound", "poss", "nmod"):
            return head
        if sentence.tags[head] == "CD" and sentence.deps[head] != "nummod":
            return head
        head += 1
    return None


def _of_them(sentence: Sentence, of: int, taken: frozenset[int]) -> list[tuple[int, People]]:
    """ "15 of them children", "three of whom were women", "several of them critically", "of whom 25 were women"."""
    number = people_at(sentence, of - 1, taken) if of else None
    after = of + 2
    if (number is None or number.stated == "back") and sentence.tags[after : after + 1] == ["CD"]:
        number, after, of = people_at(sentence, after, taken), after + 1, after + 1
    if number is None or (number.low is None and number.high is None):
        return []
    while after < len(sentence) and sentence.low[after] in BETWEEN:
        after += 1
    head = _next_head(sentence, after, 5) if after < len(sentence) and sentence.tags[after] in OPENS_PHRASE else None
    noun = people_at(sentence, head, taken) if head is not None else None
    if noun is None or noun.name:
        return (
            [(of - 1, replace(number, definite=False, last=max(number.last, of + 1)))]
            if number.stated != "back"
            else []
        )
    told = replace(
        number, group=noun.group, head=noun.head, last=noun.last, kind=noun.kind, armed=noun.armed, definite=False
    )
    return [(of - 1, told)]


def _read_frame(sentence: Sentence, token: int, frame: str, taken: frozenset[int]) -> list[Sufferer]:
    if frame in ("transitive", "adjectives", "counts") and (noted := _noted(sentence, token, taken)) is not None:
        return [Sufferer(noted), *(Sufferer(part, 0) for part in _parts(sentence, noted, taken))]
    found = _framed(sentence, token, frame, taken)
    if not found and frame == "transitive":
        found = _by_order(sentence, token, taken) or _before_passive(sentence, token, taken)
    return found


def _before_passive(sentence: Sentence, token: int, taken: frozenset[int]) -> list[Sufferer]:
    """Those counted first in the clause of a passive whose subject the parse lost."""
    auxiliary = sentence.child(token, "auxpass")
    if auxiliary is None or sentence.deps[token] in ("xcomp", "pcomp") or sentence.child(token, *SUBJECTS) is not None:
        return []
    start = next((t + 1 for t in range(auxiliary - 1, -1, -1) if sentence.low[t] == ";" or _asserts(sentence, t)), 0)
    for at in range(start, auxiliary):
        if sentence.tags[at] != "CD" or at in taken or sentence.tags[at - 1 : at] in (["IN"], ["TO"]):
            continue
        head = sentence.heads[at] if sentence.deps[at] == "nummod" and at < sentence.heads[at] < auxiliary else at
        verb = sentence.heads[head]
        if (
            sentence.deps[head] in SUBJECTS
            and token not in (verb, sentence.heads[verb])
            and verb != sentence.heads[token]
        ):
            continue
        people = people_at(sentence, head, taken)
        if people is not None and people.stated == "number":
            return _sufferers(sentence, [head], taken, token)
    return []


def _asserts(sentence: Sentence, token: int) -> bool:
    """Whether the token is a verb of harm of a clause before."""
    return (
        sentence.low[token] in triggers() and sentence.tags[token] in ("VBN", "VBD") and sentence.deps[token] != "amod"
    )


def _noted(sentence: Sentence, token: int, taken: frozenset[int]) -> People | None:
    """ "3 wounded", "14 dead, 2 missing": the number that stands right before the word of harm."""
    before = token - 1
    if before < 0 or sentence.tags[before] != "CD" or before in taken or sentence.tags[token] in ("VB", "VBZ", "VBP"):
        return None
    if sentence.tags[token] == "VBG" and sentence.low[token] not in word_set("harm", "missing", "adjectives"):
        return None
    noun = sentence.heads[token]
    if noun > token and sentence.deps[token] in ("amod", "compound") and sentence.tags[noun] in NOUN_TAGS:
        return None
    if sentence.low[before] == "one" or "/" in sentence.words[before]:
        return None
    if sentence.tags[token] == "VBD" and sentence.child(token, "dobj") is not None:
        return None
    people = people_at(sentence, before, taken)
    return replace(people, last=token) if people is not None and people.first <= people.head == before else None


def _by_order(sentence: Sentence, token: int, taken: frozenset[int]) -> list[Sufferer]:
    """Those who stand right behind an active word of harm, where the parse does not tell: "shot dead an activist"."""
    after = token + 1
    while after < len(sentence) and sentence.low[after] in ("dead", "down", "to", "death", "at", "least"):
        after += 1
    if (
        after >= len(sentence)
        or sentence.tags[after] not in ("DT", "CD", "PRP$")
        or sentence.child(token, *SUBJECTS[:1]) is not None
    ):
        return []
    head = _next_head(sentence, after, 6)
    return _sufferers(sentence, [head], taken, token) if head is not None else []


def _losses(sentence: Sentence, token: int) -> list[int]:
    """ "Lost his wife and two sons", "lost no fighters": kin, and people under arms."""
    heads = [c for c in sentence.children[token] if sentence.deps[c] == "dobj"]
    for head in heads:
        noun = sentence.low[head]
        described = describe(sentence.words[head])
        if noun in word_set("people", "kin") or (
            described is not None and described.group in ("combatants", "security_forces")
        ):
            return heads
        of = sentence.child(head, "prep")
        inner = sentence.child(of, "pobj") if of is not None and sentence.low[of] == "of" else None
        if inner is not None and sentence.low[inner] in word_set("people", "kin"):
            return heads
    return []


def _framed(sentence: Sentence, token: int, frame: str, taken: frozenset[int]) -> list[Sufferer]:
    match frame:
        case "losses":
            return _sufferers(sentence, _losses(sentence, token), taken, token)
        case "transitive":
            return _sufferers(sentence, _transitive(sentence, token), taken, token)
        case "intransitive":
            return _sufferers(sentence, _intransitive(sentence, token), taken, token)
        case "adjectives":
            if sentence.low[token - 1 : token] == ["the"]:
                return _counts(sentence, token, taken)
            return _sufferers(sentence, _adjective(sentence, token), taken, token)
        case "acts":
            return _sufferers(sentence, _act(sentence, token), taken, token)
        case "bodies":
            return _bodies(sentence, token, taken)
        case "lives":
            return _lives(sentence, token, taken)
        case "tolls":
            return _toll(sentence, token)
        case "hostages":
            return _hostages(sentence, token, taken)
        case "none":
            return [s for s in _counts(sentence, token, taken) if s.people.stated == "none"]
        case _:
            return _counts(sentence, token, taken)


def _sufferers(sentence: Sentence, heads: list[int], taken: frozenset[int], trigger: int) -> list[Sufferer]:
    found: list[Sufferer] = []
    for head in heads:
        joined = [
            people
            for token in coordinated(sentence, head)
            if not _noted_elsewhere(sentence, token, trigger)
            and (people := people_at(sentence, token, taken)) is not None
            and (not people.first <= trigger <= people.last or _describes(sentence, trigger, people))
        ]
        whole = len(found)
        spelled = -1
        for n, people in enumerate(joined):
            if n and _adds_up(joined):
                found.append(Sufferer(people, whole))
                continue
            if (
                people.stated == "name"
                and spelled >= 0
                and (found[spelled].people.high or 0) > sum(s.part_of == spelled for s in found)
            ):
                found.append(Sufferer(people, spelled))
                continue
            found.append(Sufferer(people))
            at = len(found) - 1
            spelled = at if people.stated == "number" and (people.high or 0) > 1 else -1
            beside = {other.head for other in joined}
            found += [Sufferer(part, at) for part in _parts(sentence, people, taken) if part.head not in beside]
    return found


def _describes(sentence: Sentence, trigger: int, people: People) -> bool:
    """Whether the word of harm stands before the noun of people who are told anew: "several wounded civilians"."""
    return (
        sentence.deps[trigger] == "amod"
        and sentence.heads[trigger] == people.head
        and people.stated in ("number", "vague", "plural")
        and not people.definite
    )


def _noted_elsewhere(sentence: Sentence, token: int, trigger: int) -> bool:
    """Whether a bare number belongs to a word of harm right behind it, another than `trigger`: "killed, 23 wounded"."""
    after = token + 1
    return (
        sentence.tags[token] == "CD"
        and after != trigger
        and after < len(sentence)
        and sentence.low[after] in triggers()
        and sentence.tags[after] in ("VBN", "VBD", "JJ")
    )


def _adds_up(joined: list[People]) -> bool:
    """Whether a list only spells out its first number: "four members of a family, two women and two children"."""
    first, rest = joined[0], joined[1:]
    if first.group not in ("people", "civilians") and any(people.group != first.group for people in rest):
        return False
    return len(rest) > 1 and first.low is not None and first.low > 1 and first.low == sum(p.low or 0 for p in rest)


def _counts(sentence: Sentence, token: int, taken: frozenset[int]) -> list[Sufferer]:
    """ "17 deaths", "five wounded", "no fatalities": the noun is counted itself; "were among the dead"."""
    if (members := _among(sentence, token)) and sentence.deps[token] == "pobj":
        return _sufferers(sentence, members, taken, token)
    if sentence.deps[token] == "nsubj" and (members := _listed(sentence, token)):
        return _sufferers(sentence, members, taken, token)
    if (share := _share(sentence, token, taken)) is not None:
        return [Sufferer(share)]
    if sentence.tags[token] not in ("NN", "NNS", "NNP", "NNPS", "JJ", "VBN", "VBD") or sentence.low[
        token - 1 : token
    ] == ["the"]:
        return []
    people = counted(sentence, token)
    if people is not None and people.stated == "plural" and _brought_about(sentence, token):
        return [Sufferer(people)]
    if people is None or people.stated not in ("number", "none", "vague"):
        return []
    return [Sufferer(people), *(Sufferer(part, 0) for part in _parts(sentence, people, taken))]


def _brought_about(sentence: Sentence, token: int) -> bool:
    """Whether something is said to cause the deaths or injuries, or somebody reports them: "led to injuries"."""
    at = token
    while sentence.deps[at] in ("conj", "pobj", "prep"):
        at = sentence.heads[at]
        if sentence.low[at] in word_set("harm", "bringing"):
            return True
    return sentence.low[sentence.heads[at]] in word_set("harm", "bringing")


def _listed(sentence: Sentence, token: int) -> list[int]:
    """Those whom "the dead include" or "the victims were" lists."""
    verb = sentence.heads[token]
    if sentence.low[verb] not in word_set("people", "roll", "lists"):
        return []
    return [c for c in sentence.children[verb] if c > verb and sentence.deps[c] in ("dobj", "attr")]


def _share(sentence: Sentence, token: int, taken: frozenset[int]) -> People | None:
    """ "Twenty of the dead were soldiers": the number, and what they are said to be."""
    of = sentence.heads[token]
    number = sentence.heads[of]
    verb = sentence.heads[number]
    many = sentence.low[number] in word_set("people", "quantity_nouns")
    if sentence.deps[token] != "pobj" or sentence.low[of] != "of" or not (sentence.tags[number] == "CD" or many):
        return None
    if sentence.low[verb] in triggers() and sentence.deps[number] in SUBJECTS:
        return None
    people = people_at(sentence, number, taken)
    attribute = sentence.child(verb, "attr") if sentence.deps[number] == "nsubj" else None
    said = people_at(sentence, attribute, taken) if attribute is not None else None
    if many:
        people = counted(sentence, number)
    if people is None or people.stated not in ("number", "vague") or people.low is None:
        return None
    return replace(people, last=token, group=said.group if said is not None else people.group, definite=False)


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


def _hostages(sentence: Sentence, token: int, taken: frozenset[int]) -> list[Sufferer]:
    """ "Took 49 hostages"."""
    if sentence.deps[token] not in ("dobj", "nsubjpass") or sentence.low[sentence.heads[token]] not in word_set(
        "harm", "abducted", "take_hostages"
    ):
        return []
    people = counted(sentence, token)
    if people is None or people.stated == "single":
        return []
    return [Sufferer(people), *(Sufferer(part, 0) for part in _parts(sentence, people, taken))]


def _toll(sentence: Sentence, token: int) -> list[Sufferer]:
    """ "The death toll rose to 17", "put the number of wounded at 17", "gave the toll as 103"."""
    near = range(max(0, token - 3), min(len(sentence), token + 4))
    of = word_set("harm", "killed", "toll_of")
    if sentence.low[token] not in ("toll", "tally") and not any(sentence.low[i] in of for i in near):
        return []
    for at in range(token + 1, min(len(sentence), token + 26)):
        linked = sentence.low[at - 1] in word_set("harm", "killed", "toll_at")
        if sentence.tags[at] == "CD" and sentence.low[at - 1] != "from" and (linked or at < token + 14):
            people = people_at(sentence, at)
            if people is not None and people.stated == "number" and (linked or sentence.deps[at] != "nummod"):
                return [Sufferer(replace(people, group=_of_toll(sentence, token, at)))]
    return []


def _of_toll(sentence: Sentence, token: int, at: int) -> Group:
    """The group that a toll counts: "the number of insurgents killed"."""
    of = token + 1
    if sentence.low[of : of + 1] == ["of"] and of + 1 < at:
        described = describe(sentence.words[of + 1])
        if described is not None and described.group is not None:
            return described.group
    return "people"


def _parts(sentence: Sentence, whole: People, taken: frozenset[int]) -> list[People]:
    """The people told apart within `whole`: after "including", "among them", or in apposition."""
    parts: list[People] = []
    for child in sentence.children[whole.head]:
        if child < whole.head:
            continue
        dep, low = sentence.deps[child], sentence.low[child]
        if low in ("including", "among", "comprising", "includes", "namely"):
            inner = [c for c in sentence.children[child] if sentence.deps[c] in ("pobj", "dobj", "pcomp")]
        elif dep == "appos" and not _of_them_follows(sentence, child) and not _noted_elsewhere(sentence, child, -1):
            inner = [child]
        else:
            continue
        for head in inner:
            parts += [p for j in coordinated(sentence, head) if (p := people_at(sentence, j, taken)) is not None]
    if whole.low is not None and (whole.stated in ("single", "name") or whole.high == 1):
        return []
    return [replace(p, low=1, high=None) if p.stated == "plural" else p for p in parts if p.stated != "back"]


def _antecedent(sentence: Sentence, noun: int) -> list[int]:
    """The noun that a "who" points at, or those whom "those who were killed are" lists."""
    if sentence.low[noun] in word_set("people", "pronouns_back") and (members := _listed(sentence, noun)):
        return members
    return [noun]


def _nearer_subject(sentence: Sentence, subject: int, token: int) -> list[int]:
    """The subject after "and", where the parse took that of an earlier harm: "12 were killed, and 4 men were hurt"."""
    auxiliary = sentence.child(token, "auxpass")
    if auxiliary is None:
        return []
    earlier = [
        t for t in range(subject + 1, auxiliary) if sentence.low[t] in triggers() and sentence.tags[t] in ("VBN", "VBD")
    ]
    joint = next(
        (
            t
            for t in range(auxiliary - 1, earlier[-1] if earlier else auxiliary, -1)
            if sentence.low[t] in ("and", "while", ";")
        ),
        None,
    )
    while (
        joint is not None
        and joint > earlier[-1]
        and sentence.low[joint + 1] != "at"
        and not _opens_clause(sentence, joint, auxiliary)
    ):
        joint = next((t for t in range(joint - 1, earlier[-1], -1) if sentence.low[t] in ("and", "while", ";")), None)
    if joint is None or joint + 1 >= auxiliary:
        return []
    head = _next_head(sentence, joint + 1, 6)
    return [head] if head is not None and head < auxiliary else []


def _opens_clause(sentence: Sentence, joint: int, auxiliary: int) -> bool:
    """Whether a noun phrase right behind the joint stands alone before the verb, but for what it includes."""
    between = sentence.low[joint + 1 : auxiliary]
    return "," not in between or "including" in between


def _of_them_follows(sentence: Sentence, token: int) -> bool:
    after = sentence.low[token + 1 : token + 3]
    return len(after) == 2 and after[0] == "of" and after[1] in word_set("people", "parts", "of_them")


def _transitive(sentence: Sentence, token: int) -> list[int]:
    tag, dep = sentence.tags[token], sentence.deps[token]
    if not tag.startswith("VB"):
        return _adjective(sentence, token) if tag == "JJ" else []
    objects = [c for c in sentence.children[token] if sentence.deps[c] == "dobj"]
    passive = [c for c in sentence.children[token] if sentence.deps[c] == "nsubjpass"]
    if passive and dep == "relcl" and sentence.low[passive[0]] in RELATIVE:
        return [*_antecedent(sentence, sentence.heads[token]), *_alongside(sentence, token)]
    if passive:
        return [*(_nearer_subject(sentence, passive[0], token) or passive), *_alongside(sentence, token)]
    if objects:
        objects += [c for c in sentence.children[token] if sentence.deps[c] == "conj" and sentence.tags[c] in NOUN_TAGS]
        return [*objects, *_alongside(sentence, token)]
    shared = [c for c in sentence.children[token] if sentence.deps[c] == "conj" and sentence.low[c] in triggers()]
    if (
        shared
        and tag != "VBN"
        and (objects := [c for s in shared for c in sentence.children[s] if sentence.deps[c] == "dobj"])
    ):
        return objects
    if tag not in ("VBN", "VBD"):
        return []
    subject = sentence.child(token, "nsubj")
    if subject is not None and tag in ("VBN", "VBD"):
        return [subject, *_alongside(sentence, token)]
    if dep in ("acl", "relcl", "amod"):
        head = _whole_of(sentence, sentence.heads[token], token)
        return [*(_among(sentence, head) or [head]), *_alongside(sentence, token)]
    if dep == "conj":
        above = sentence.heads[token]
        subject = sentence.child(above, "nsubjpass")
        if subject is None and sentence.deps[above] in ("acl", "amod") and sentence.low[above] in triggers():
            subject = sentence.heads[above]
        if subject is None and sentence.tags[above] in NOUN_TAGS | {"CD"}:
            subject = above
        if subject is not None and (nearer := _nearer_subject(sentence, subject, token)):
            return nearer
        return [subject] if subject is not None else []
    if sentence.child(token, "auxpass") is not None and dep in ("pcomp", "xcomp"):
        return _controller(sentence, token)
    if dep in ("xcomp", "ccomp", "oprd", "advcl", "dep"):
        return _adjective(sentence, token)
    return []


def _controller(sentence: Sentence, token: int) -> list[int]:
    """The subject above a passive without one: "were named as having been killed", "thought to have been killed"."""
    for above in sentence.ancestors(token)[:3]:
        if (subject := sentence.child(above, *SUBJECTS)) is not None:
            passive = sentence.deps[subject] == "nsubjpass"
            return [subject] if passive or sentence.low[above] not in word_set("attribution", "says") else []
    return []


def _whole_of(sentence: Sentence, head: int, token: int) -> int:
    """The noun of the whole, where a comma parts a participle from its parts: "9 men, including 3 boys, killed"."""
    above = sentence.heads[head]
    if sentence.deps[head] == "pobj" and sentence.low[above] == "including" and "," in sentence.low[head:token]:
        return sentence.heads[above]
    return head


def _among(sentence: Sentence, pronoun: int) -> list[int]:
    """The subject of "were among those killed", or what follows "among the dead were"."""
    among = sentence.heads[pronoun]
    if sentence.low[among] != "among" or sentence.tags[sentence.heads[among]][:2] != "VB":
        return []
    verb = sentence.heads[among]
    members = [
        c
        for c in sentence.children[verb]
        if sentence.deps[c] in ("nsubj", "nsubjpass", "attr", "dobj") and c != pronoun
    ]
    return [c for c in members if sentence.low[c] not in word_set("people", "pronouns_back")]


def _intransitive(sentence: Sentence, token: int) -> list[int]:
    if not sentence.tags[token].startswith("VB"):
        return []
    subject = sentence.child(token, *SUBJECTS)
    if subject is not None:
        if sentence.low[subject] in RELATIVE and sentence.deps[token] == "relcl":
            return [*_antecedent(sentence, sentence.heads[token]), *_alongside(sentence, token)]
        return [subject, *_alongside(sentence, token)]
    if sentence.deps[token] in ("conj", "xcomp"):
        subject = sentence.child(sentence.heads[token], *SUBJECTS)
        return [subject] if subject is not None else []
    if sentence.deps[token] == "acl":
        return [sentence.heads[token]]
    return []


def _adjective(sentence: Sentence, token: int) -> list[int]:
    dep, head = sentence.deps[token], sentence.heads[token]
    if sentence.tags[token] == "VBD" and sentence.child(token, "dobj") is not None:
        return []
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
        if subject is not None and (
            sentence.low[head] in word_set("harm", "leaving")
            or sentence.tags[head] in ("VBZ", "VBP", "VBD", "VB", "VBN")
        ):
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
        elif sentence.deps[child] == "conj" and sentence.low[child] in triggers() and not heads:
            heads += _act(sentence, child)
        elif sentence.deps[child] == "poss":
            heads.append(child)
    return heads


def _alongside(sentence: Sentence, token: int) -> list[int]:
    """Those who suffered "alongside", "together with" or "with" the subject."""
    heads: list[int] = []
    for child in sentence.subtree(token):
        low, above = sentence.low[child], sentence.heads[child]
        joins = low == "with" and (above == token or sentence.low[child - 1] in ("along", "together"))
        if child > 0 and (low in ("alongside", "besides") or (joins and not _small_clause(sentence, child))):
            heads += [c for c in sentence.children[child] if sentence.deps[c] == "pobj"]
    return heads


def _small_clause(sentence: Sentence, preposition: int) -> bool:
    """ "With 15 others injured" tells of other people than those who were killed."""
    return any(sentence.deps[c] == "pcomp" for c in sentence.children[preposition])
