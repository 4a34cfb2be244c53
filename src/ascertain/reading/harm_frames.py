"""Frames of harm: the people who suffered it, as a word of harm and its frame tell of them.

In: a parsed sentence, the token of a word of harm and its frame. Out: `Sufferer`s, parts after their whole. Frames:
active and passive, nominal ("the killing of"), resultative ("leaving five dead"), counted ("17 deaths"), noted in brief
("3 wounded"), tolls ("rose to 17"), bodies, lives and relatives lost.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ascertain.actors import describe
from ascertain.model import Group
from ascertain.reading.harm_heads import (
    SUBJECTS,
    among,
    listed,
    next_head,
    of_act,
    of_adjective,
    of_intransitive,
    of_losses,
    of_transitive,
)
from ascertain.reading.harm_moves import of_movers
from ascertain.reading.harm_notes import note, value
from ascertain.reading.harm_words import given_back, triggers
from ascertain.reading.noun_phrases import NOUN_TAGS, left_edge
from ascertain.reading.parse import Sentence
from ascertain.reading.people import People, coordinated, counted, people_at
from ascertain.reading.totals import total
from ascertain.reading.words import word_set

# What stands before a label in a note.
# tags of the words for those whom something is told
ADDRESSEE = ("DT", "PRP$", "PRP", "NN", "NNS", "NNP", "NNPS", "JJ")
LABEL_ENDS = (".", ";", ",", ":", "/", "(", "|")


@dataclass(slots=True)
class Sufferer:
    """People in a harm; `part_of` is the index, in the harm's sufferers, of those whom they are part of."""

    people: People
    part_of: int | None = None


def read_frame(sentence: Sentence, token: int, frame: str, taken: frozenset[int]) -> list[Sufferer]:
    """Those who suffered, as a word tells in its frame; `taken` are the tokens of other names."""
    if frame in ("transitive", "adjectives", "counts", "bodies") and (valued := value(sentence, token, taken)):
        return [Sufferer(valued[0]), *(Sufferer(part, 0) for part in valued[1:])]
    if frame in ("transitive", "adjectives", "counts") and (labelled := _labelled(sentence, token, taken)):
        return [Sufferer(people) for people in labelled]
    if frame in ("transitive", "adjectives", "counts") and (noted := _noted(sentence, token, taken)) is not None:
        return [Sufferer(noted), *(Sufferer(part, 0) for part in _parts(sentence, noted, taken))]
    found = _framed(sentence, token, frame, taken)
    if not found and frame == "transitive":
        found = _by_order(sentence, token, taken) or _before_passive(sentence, token, taken)
    if frame in ("transitive", "adjectives") and all(s.people.stated == "back" for s in found):
        found = [Sufferer(people) for people in note(sentence, token, taken)] or found
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


def _labelled(sentence: Sentence, token: int, taken: frozenset[int]) -> list[People]:
    """ "Fatalities: 4", "Killed - 4 civilians, 2 soldiers": the counts that stand behind their label."""
    label = token == 0 or sentence.low[token - 1] in LABEL_ENDS
    if not label or sentence.low[token + 1 : token + 2] not in ([":"], ["="], ["-"], ["–"]):
        return []
    found: list[People] = []
    at = token + 2
    while sentence.tags[at : at + 1] == ["CD"]:
        noun = sentence.heads[at]
        head = noun if sentence.deps[at] == "nummod" and noun == at + 1 else at
        people = people_at(sentence, head, taken)
        behind = head + 1
        if people is None or people.stated != "number" or (behind < len(sentence) and _asserts(sentence, behind)):
            break
        found.append(people)
        at = people.last + 2 if sentence.low[people.last + 1 : people.last + 2] in ([","], ["and"]) else len(sentence)
    return found


def rival_count(sentence: Sentence, verb: int) -> People | None:
    """ "The rebels put the number at 118", "the opposition gives 40": a count of those told of before."""
    at = verb + 1
    told = {*sentence.subtree(verb)} if sentence.low[verb] in word_set("harm", "rival_told") else set()
    while at < len(sentence) and (
        sentence.low[at] in word_set("harm", "rival_link") or (at in told and sentence.tags[at] in ADDRESSEE)
    ):
        at += 1
    if sentence.tags[at : at + 1] != ["CD"] or (sentence.deps[at] == "nummod" and sentence.heads[at] > at):
        return None
    if sentence.low[at + 1 : at + 2] and sentence.low[at + 1] in triggers():
        return None
    people = people_at(sentence, at)
    return people if people is not None and people.stated == "number" else None


def further_count(sentence: Sentence, number: int) -> People | None:
    """ "40 by the government's count, and 61 according to local sources": another count with its own source."""
    if sentence.tags[number] != "CD" or sentence.low[number + 1 : number + 2] not in (["according"], ["per"]):
        return None
    people = people_at(sentence, number)
    return people if people is not None and people.stated == "number" else None


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
    head = next_head(sentence, after, 6)
    return _sufferers(sentence, [head], taken, token) if head is not None else []


def _framed(sentence: Sentence, token: int, frame: str, taken: frozenset[int]) -> list[Sufferer]:
    match frame:
        case "losses":
            return _of_own_side(sentence, token, _sufferers(sentence, of_losses(sentence, token), taken, token))
        case "transitive":
            return _sufferers(sentence, of_transitive(sentence, token), taken, token)
        case "intransitive":
            return _sufferers(sentence, of_intransitive(sentence, token), taken, token)
        case "adjectives":
            if sentence.low[token - 1 : token] == ["the"]:
                return _counts(sentence, token, taken)
            return _sufferers(sentence, of_adjective(sentence, token), taken, token)
        case "acts":
            return _sufferers(sentence, of_act(sentence, token), taken, token)
        case "bodies":
            return _bodies(sentence, token, taken)
        case "lives":
            return _lives(sentence, token, taken)
        case "tolls":
            return _toll(sentence, token)
        case "hostages":
            return _hostages(sentence, token, taken)
        case "moves":
            return _sufferers(sentence, of_movers(sentence, token, taken), taken, token)
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
            and not (token != head and _of_other_outcome(sentence, token, trigger))
            and (people := total(sentence, token) or people_at(sentence, token, taken)) is not None
            and (not people.first <= trigger <= people.last or _describes(sentence, trigger, people))
        ]
        joined = [people for people in joined if not _is_unsaid(sentence, people)]
        whole = len(found)
        spelled = -1
        for n, people in enumerate(joined):
            if n and _adds_up(joined):
                found.append(Sufferer(people, whole))
                continue
            if (
                people.stated == "name"
                and spelled >= 0
                and (found[spelled].people.high or len(joined)) > sum(s.part_of == spelled for s in found)
            ):
                found.append(Sufferer(people, spelled))
                continue
            found.append(Sufferer(people))
            at = len(found) - 1
            spelled = at if people.stated == "number" and people.high != 1 else -1
            if people.stated == "back" and sentence.low[people.head] in word_set("people", "parts", "shares"):
                continue
            beside = {other.head for other in joined}
            found += [Sufferer(part, at) for part in _parts(sentence, people, taken) if part.head not in beside]
    return found


def _of_own_side(sentence: Sentence, verb: int, lost: list[Sufferer]) -> list[Sufferer]:
    """Those who were lost, with the group of those who lost them: "the rebels lost twelve"."""
    subject = sentence.child(verb, *SUBJECTS)
    if subject is not None and sentence.low[subject] in word_set("people", "pronouns_back"):
        above = sentence.heads[verb]
        subject = sentence.child(above, *SUBJECTS) if sentence.deps[verb] == "ccomp" else None
    side = describe(sentence.words[subject]) if subject is not None else None
    if side is not None and side.armed:
        group: Group = "combatants" if side.kind in ("rebel_group", "militia") else "security_forces"
        for sufferer in lost:
            if sufferer.people.group in ("people", "men"):
                sufferer.people = replace(sufferer.people, group=group, kind=side.kind, armed=True)
    return lost


def _of_other_outcome(sentence: Sentence, token: int, trigger: int) -> bool:
    """Whether who is joined to a list suffers another harm: "27 dead and 80 injured civilians"."""
    own = {outcome for outcome, _ in triggers().get(sentence.low[trigger], ())}
    words = [sentence.low[c] for c in sentence.children[token] if sentence.deps[c] == "amod"]
    words += [sentence.low[token]] if sentence.tags[token].startswith("NN") else []
    frames = ("adjectives", "acts", "counts")
    told = {outcome for word in words for outcome, frame in triggers().get(word, ()) if frame in frames}
    return bool(own and told) and own.isdisjoint(told)


def _is_unsaid(sentence: Sentence, people: People) -> bool:
    """Whether a bare plural is counted by a number told elsewhere, or nowhere: "the number of people killed"."""
    of = sentence.heads[people.head]
    if people.stated != "plural" or sentence.low[of] != "of" or sentence.deps[people.head] != "pobj":
        return False
    count = sentence.heads[of]
    return sentence.low[count] in word_set("people", "unsaid") and sentence.low[left_edge(sentence, count)] == "the"


def _describes(sentence: Sentence, trigger: int, people: People) -> bool:
    """Whether the word of harm stands before the noun of people who are told anew: "several wounded civilians"."""
    of = sentence.heads[people.head]
    if sentence.low[sentence.heads[of]] in word_set("harm", "killed", "tolls") and sentence.low[of] == "of":
        return False
    return (
        sentence.deps[trigger] == "amod"
        and sentence.heads[trigger] == people.head
        and people.stated in ("number", "vague", "plural")
        and not people.definite
        and any(outcome in ("killed", "injured") for outcome, _ in triggers().get(sentence.low[trigger], ()))
    )


def _noted_elsewhere(sentence: Sentence, token: int, trigger: int) -> bool:
    """Whether a number belongs to a word of harm behind it, another than `trigger`: "killed, 23 wounded"."""
    joined = sentence.deps[trigger] == "conj" and sentence.heads[trigger] == trigger - 2
    if joined and sentence.low[trigger - 1] == "and":
        return False
    after = token + 1
    if sentence.low[token] in word_set("people", "quantity_nouns"):
        after = next((t + 1 for t in range(after, min(len(sentence), token + 3)) if sentence.low[t] == "of"), after)
    elif sentence.tags[token] != "CD":
        return False
    if after == trigger or after >= len(sentence) or sentence.low[after] not in triggers():
        return False
    return sentence.tags[after] in ("VBN", "VBD", "JJ")


def _adds_up(joined: list[People]) -> bool:
    """Whether a list only spells out its first number: "four members of a family, two women and two children"."""
    first, rest = joined[0], joined[1:]
    if first.group not in ("people", "civilians") and any(people.group != first.group for people in rest):
        return False
    return len(rest) > 1 and first.low is not None and first.low > 1 and first.low == sum(p.low or 0 for p in rest)


def _counts(sentence: Sentence, token: int, taken: frozenset[int]) -> list[Sufferer]:
    """ "17 deaths", "five wounded", "no fatalities": the noun is counted itself; "were among the dead"."""
    if (whole := total(sentence, token)) is not None:
        return [Sufferer(whole)]
    if (members := among(sentence, token)) and sentence.deps[token] == "pobj":
        return _sufferers(sentence, members, taken, token)
    if sentence.deps[token] == "nsubj" and (members := listed(sentence, token)):
        return _sufferers(sentence, members, taken, token)
    if (share := _share(sentence, token, taken)) is not None:
        return [Sufferer(share)]
    if sentence.tags[token] not in ("NN", "NNS", "NNP", "NNPS", "JJ", "VBN", "VBD") or sentence.low[
        token - 1 : token
    ] == ["the"]:
        return []
    people = counted(sentence, token)
    if people is not None and people.stated == "plural" and sentence.child(token, "poss") is not None:
        return []
    if people is not None and people.stated == "plural" and _brought_about(sentence, token):
        return [Sufferer(people)]
    if people is None or people.stated not in ("number", "none", "vague"):
        return []
    return [Sufferer(people), *(Sufferer(part, 0) for part in _parts(sentence, people, taken))]


def _brought_about(sentence: Sentence, token: int) -> bool:
    """Whether something is said to cause the deaths or injuries, or somebody reports them: "led to injuries"."""
    at = token
    while sentence.deps[at] in ("conj", "pobj", "prep") and not sentence.tags[at].startswith("VB"):
        at = sentence.heads[at]
    verb = at if sentence.tags[at].startswith("VB") else sentence.heads[at]
    return sentence.low[verb] in word_set("harm", "bringing") and sentence.child(verb, "neg") is None


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
    """ "The bodies of three men", "15 bodies were recovered"; those that are handed back died in no event told here."""
    if given_back(sentence, token):
        return []
    owners = _sufferers(sentence, of_act(sentence, token), taken, token)
    if any(s.people.stated != "back" for s in owners):
        return owners
    people = counted(sentence, token)
    return [Sufferer(people)] if people is not None and people.stated in ("number", "vague") else owners


def _lives(sentence: Sentence, token: int, taken: frozenset[int]) -> list[Sufferer]:
    """ "Claimed 13 lives", "took the lives of five", "three people lost their lives"."""
    verb = sentence.heads[token]
    if sentence.low[verb] in word_set("harm", "killed", "take_lives"):
        owners = _sufferers(sentence, of_act(sentence, token), taken, token)
        people = counted(sentence, token)
        if owners:
            return owners
        return [Sufferer(people)] if people is not None and people.stated in ("number", "vague") else []
    if sentence.low[verb] in word_set("harm", "killed", "lose_lives"):
        if sentence.low[token - 1] in ("his", "her", "their"):
            return _sufferers(sentence, of_intransitive(sentence, verb), taken, token)
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
    """ "The death toll rose to 17", "put the number of wounded at 17", "brought to 79 the number killed"."""
    if (
        token > 2
        and sentence.tags[token - 2] == "CD"
        and [sentence.low[token - 3], sentence.low[token - 1]] == ["to", "the"]
    ):
        people = people_at(sentence, token - 2)
        return [Sufferer(replace(people, group=_of_toll(sentence, token, len(sentence))))] if people is not None else []
    counts = _counts_of_toll(sentence, token)
    latest = next(((at, people) for at, people in reversed(counts) if _is_revised(sentence, at)), None)
    return [
        Sufferer(replace(people, group=_of_toll(sentence, token, at)))
        for at, people in ([latest] if latest is not None else counts[:1])
    ]


def _counts_of_toll(sentence: Sentence, token: int) -> list[tuple[int, People]]:
    """The numbers after a word for a toll that may be its count, each with where it stands."""
    counts: list[tuple[int, People]] = []
    for at in range(token + 1, min(len(sentence), token + 26)):
        if counts and sentence.low[at] in triggers():
            break
        linked = sentence.low[at - 1] in word_set("harm", "killed", "toll_at")
        if sentence.tags[at] == "CD" and sentence.low[at - 1] != "from" and (linked or at < token + 14):
            people = people_at(sentence, at)
            if people is not None and people.stated == "number" and (linked or sentence.deps[at] != "nummod"):
                counts.append((at, people))
    return counts


def _is_revised(sentence: Sentence, at: int) -> bool:
    """Whether a verb says that a count came to be what it is: "was put at 17 but rose to 26"."""
    near = sentence.low[max(0, at - 3) : at]
    return near[-1:] == ["to"] and not word_set("harm", "killed", "rising").isdisjoint(near)


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


def _of_them_follows(sentence: Sentence, token: int) -> bool:
    after = sentence.low[token + 1 : token + 3]
    return len(after) == 2 and after[0] == "of" and after[1] in word_set("people", "parts", "of_them")
