"""Rolls of victims: people listed by name, often with their age, after "the victims were" or in an account of a family.

In: a parsed sentence and the harm already found in it. Out: further sufferers, one per name. A name counts where it
stands behind a word of harm, or of a roll ("victims", "names"), and it carries an age or is one of a list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from ascertain.actors import describe
from ascertain.model import Outcome
from ascertain.reading.ages import AGE_WORDS, age_at, grown_group, is_child
from ascertain.reading.harm import Harm, Sufferer
from ascertain.reading.noun_phrases import NAME_TAGS
from ascertain.reading.parse import Sentence
from ascertain.reading.people import People, named_at
from ascertain.reading.words import word_set

LISTED = 3
# how many tokens stand at most between relatives and the name of one
REACH = 8


def call_roll(sentence: Sentence, found: list[Harm], taken: frozenset[int], carried: bool = False) -> None:
    """Add to the harm of a sentence those whom it lists by name.

    `carried` tells that the sentence before, of the same paragraph, told of the killed: a roll goes on over sentences.
    """
    cues = _cues(sentence, found)
    if not cues and carried and not _other_fate(sentence):
        cues = [(-1, "killed")]
    if not cues or not _may_hold_roll(sentence):
        return
    known = {token for harm in found for s in harm.sufferers for token in range(s.people.first, s.people.last + 1)}
    opens = _opens(sentence, cues)
    names = [
        people
        for people in _names(sentence, taken)
        if people.first > opens
        and people.head not in known
        and not _speaks(sentence, people)
        and not _is_where(sentence, people)
    ]
    listed = len(names) >= LISTED and _is_list(sentence, names)
    called: dict[tuple[int, Outcome], list[People]] = {}
    for people in names:
        if listed or age_at(sentence, people.head) is not None or _is_child(sentence, people) or _is_kin(people):
            before = [cue for cue in cues if cue[0] < people.first]
            if around := _harm_around(found, people):
                called.setdefault((around.trigger, around.outcome), []).append(people)
            elif before:
                called.setdefault(before[-1], []).append(people)
    for (token, outcome), listed_people in called.items():
        _call(sentence, found, token, outcome, listed_people)


def take_after(found: list[Harm]) -> None:
    """Let names take after the relatives before them: "his two sons, Ali and Omar" are children, and part of the two.

    Sons and daughters are children as long as no age says otherwise; where one of a list is grown up, nobody in it is
    taken for a child without an age, and the words that count the list say no more than people.
    """
    for outcome in dict.fromkeys(harm.outcome for harm in found):
        told = [(h, s) for h in found if h.outcome == outcome for s in h.sufferers if s.people.stated != "back"]
        told.sort(key=lambda t: (t[1].people.first, t[1].people.head))
        _name_kin(told)
        for kin, names in _by_kin(told).items():
            _settle(kin, names, told)
        for harm, named in told:
            whole = harm.sufferers[named.part_of].people if named.part_of is not None else None
            if whole is not None and whole.group == "children" and _may_be_child(named.people):
                named.people = replace(named.people, group="children")


Told = tuple[Harm, Sufferer]


def _name_kin(told: list[Told]) -> None:
    """Give a relative the name that stands behind: "his mother-in-law, 54-year-old Amina Saleh" is one person.

    So is "one of the victims, Amina Saleh".
    """
    for (_, kin), (_, named) in pairwise(told):
        one, name = kin.people, named.people
        if name.stated != "name" or one.name is not None or one.sentence is not name.sentence:
            continue
        if not (_is_named_kin(one, name) or _is_named_one(one, name)):
            continue
        age = age_at(name.sentence, name.head)
        grown = age is not None and not is_child(age)
        group = grown_group(one.group, one.sentence.low[one.head]) if grown else one.group
        group = name.group if group == "people" else group
        kin.people = replace(one, last=name.last, name=name.name, group=group, definite=False)
        named.people = replace(name, stated="back", definite=True)


def _is_named_kin(one: People, name: People) -> bool:
    """Whether nothing but a comma stands between a relative and the name behind."""
    low = one.sentence.low
    if one.stated != "single" or low[one.head] not in word_set("people", "kin"):
        return False
    return low[one.last + 1 : name.first] in ([], [","], ["–"]) and low[name.last + 1 : name.last + 2] != ["'s"]


def _is_named_one(one: People, name: People) -> bool:
    """Whether a name in commas tells who "one of them" is."""
    sentence = one.sentence
    said = sentence.low[one.head] == "one" and "of" in sentence.low[one.head + 1 : one.head + 3]
    apart = sentence.low[name.first - 1] == "," and "and" not in sentence.low[one.head : name.first]
    return said and apart and sentence.heads[name.head] == one.head and sentence.deps[name.head] == "appos"


def _by_kin(told: list[Told]) -> dict[int, list[Told]]:
    """Names by the token of the relatives that they name; people in the order of the sentence."""
    found: dict[int, list[Told]] = {}
    ends: dict[int, int] = {}
    for harm, sufferer in told:
        people = sufferer.people
        if people.stated != "name":
            continue
        kin = kin_before(people.sentence, people.first, ends)
        if kin is not None:
            found.setdefault(kin, []).append((harm, sufferer))
            if people.sentence.tags[kin] == "NNS":
                ends[people.last] = kin
    return found


def kin_before(sentence: Sentence, first: int, ends: Mapping[int, int]) -> int | None:
    """The token of the relatives whom the name that begins at `first` names; `ends`: where names of theirs end."""
    links = word_set("people", "roll", "names_of")
    for at in range(first - 1, max(-1, first - REACH), -1):
        if at in ends:
            return ends[at]
        if sentence.low[at] in word_set("people", "kin"):
            several = sentence.tags[at] == "NNS"
            return at if several or "and" not in sentence.low[at + 1 : first] else None
        if sentence.low[at] not in links:
            return None
    return None


def _settle(kin: int, names: list[Told], told: list[Told]) -> None:
    """Give the names the group of the relatives whom they name, and make them part of the words that count those."""
    sentence = names[0][1].people.sentence
    described = describe(sentence.words[kin])
    if described is None or described.group is None:
        return
    ages = [age_at(sentence, s.people.head) for _, s in names]
    grown = described.group == "children" and any(age is not None and not is_child(age) for age in ages)
    whole = next(((h, s) for h, s in told if s.people.head == kin and s.people.stated in ("number", "plural")), None)
    adult = grown_group(described.group, sentence.low[kin])
    if whole is not None and grown:
        everyone = all(age is not None and not is_child(age) for age in ages)
        whole[1].people = replace(whole[1].people, group=adult if everyone else "people")
    for (harm, named), age in zip(names, ages, strict=True):
        if age is None and not grown and _may_be_child(named.people):
            named.people = replace(named.people, group=described.group)
        elif age is not None and not is_child(age) and named.people.group == "people":
            named.people = replace(named.people, group=adult)
        if whole is not None and harm is whole[0]:
            _make_part(harm, named, whole[1])


def _make_part(harm: Harm, named: Sufferer, whole: Sufferer) -> None:
    """Make somebody named part of those counted, as long as they are no more than the count."""
    index = next(n for n, s in enumerate(harm.sufferers) if s is whole)
    place = next(n for n, s in enumerate(harm.sufferers) if s is named)
    room = whole.people.high is None or sum(s.part_of == index for s in harm.sufferers) < whole.people.high
    if place > index and (room or named.part_of == index):
        named.part_of = index


def _may_be_child(people: People) -> bool:
    """Whether nothing tells that somebody named is grown up: no age, and no title such as a doctor's or captain's."""
    if people.stated != "name" or people.group != "people" or age_at(people.sentence, people.head) is not None:
        return False
    return people.sentence.low[people.first].strip(".") not in word_set("people", "titles")


def _may_hold_roll(sentence: Sentence) -> bool:
    """Whether a sentence tells ages or enough names in a row, looking at the words alone."""
    if sentence.asides or sentence.ages or AGE_WORDS.intersection(sentence.low):
        return True
    tags = sentence.tags
    names = sum(tag in NAME_TAGS and tags[token - 1 : token] != [tag] for token, tag in enumerate(tags))
    return names >= LISTED


def _harm_around(found: list[Harm], people: People) -> Harm | None:
    """The harm whose people stand before the name and whose word behind it: "Amina, Ali (6), …, were killed"."""
    for harm in found:
        firsts = [s.people.first for s in harm.sufferers if s.people.stated != "back"]
        if firsts and min(firsts) < people.first and people.last < harm.trigger:
            return harm
    return None


def _opens(sentence: Sentence, cues: list[tuple[int, Outcome]]) -> int:
    """The colon that opens the roll ("Killed on 3 May: …"), or -1."""
    return next((t for t in range(max(0, cues[0][0]), len(sentence)) if sentence.low[t] == ":"), -1)


def _is_where(sentence: Sentence, people: People) -> bool:
    """Whether the name stands right behind a word of place: "shot at Lango la Simba"."""
    return people.first > 0 and sentence.low[people.first - 1] in word_set("people", "roll", "where")


def _other_fate(sentence: Sentence) -> bool:
    """Whether the sentence tells that somebody lived, or of other times."""
    other = word_set("people", "roll", "spared") | word_set("people", "roll", "injured")
    return not other.isdisjoint(sentence.low)


def _call(sentence: Sentence, found: list[Harm], token: int, outcome: Outcome, called: list[People]) -> None:
    """Add people to the harm whose word is `token`; as parts, where it counts at least as many."""
    harm = next((h for h in found if h.outcome == outcome and h.trigger == token), None)
    if harm is None:
        harm = Harm(outcome, max(token, called[0].head), sentence)
        found.append(harm)
    wholes = [n for n, s in enumerate(harm.sufferers) if s.part_of is None and s.people.first < called[0].first]
    whole = next(
        (
            n
            for n in reversed(wholes)
            if (harm.sufferers[n].people.high or harm.sufferers[n].people.low or 0) >= max(2, len(called))
        ),
        None,
    )
    harm.sufferers += [Sufferer(people, whole) for people in called]


def _cues(sentence: Sentence, found: list[Harm]) -> list[tuple[int, Outcome]]:
    """The words after which names are those of people harmed, in order, with the outcome."""
    cues: list[tuple[int, Outcome]] = [
        (harm.trigger, harm.outcome) for harm in found if harm.outcome in ("killed", "injured")
    ]
    if not word_set("people", "roll", "spared").isdisjoint(sentence.low):
        return []
    killed, injured = word_set("people", "roll", "killed"), word_set("people", "roll", "injured")
    for token, low in enumerate(sentence.low):
        if low in killed:
            cues.append((token, "killed"))
        elif low in injured:
            cues.append((token, "injured"))
    return sorted(cues)


def _names(sentence: Sentence, taken: frozenset[int]) -> Iterator[People]:
    """The names of people in a sentence, in order."""
    token = 0
    while token < len(sentence):
        if sentence.tags[token] not in NAME_TAGS or token in taken:
            token += 1
            continue
        last = token
        while (
            last + 1 < len(sentence)
            and sentence.tags[last + 1] in NAME_TAGS
            and last + 1 not in taken
            and last not in sentence.asides
        ):
            last += 1
        people = named_at(sentence, token, last)
        if people is not None:
            yield people
        token = last + 1


def _is_list(sentence: Sentence, names: list[People]) -> bool:
    """Whether names follow each other with little but commas and ages between them."""
    between = word_set("people", "roll", "between")
    close = sum(
        all(sentence.low[t] in between or sentence.tags[t] == "CD" for t in range(a.last + 1, b.first))
        for a, b in pairwise(names)
    )
    return close >= LISTED - 1


def _speaks(sentence: Sentence, people: People) -> bool:
    """Whether the person named is the one who says or posts it."""
    head = sentence.heads[people.head]
    return sentence.deps[people.head] in ("nsubj", "poss") and (
        sentence.low[head] in word_set("attribution", "says")
        or sentence.low[head] in word_set("people", "roll", "posts")
    )


def _is_kin(people: People) -> bool:
    """Whether the name is told as a relative's, and not as that of somebody who does something."""
    sentence = people.sentence
    if sentence.deps[people.head] in ("nsubj", "poss"):
        return False
    kin = kin_before(sentence, people.first, {})
    if kin is None:
        return False
    above = sentence.low[sentence.heads[kin]] if sentence.deps[kin] == "pobj" else ""
    return above not in word_set("people", "roll", "not_with")


def _is_child(sentence: Sentence, people: People) -> bool:
    aside = sentence.asides.get(people.last, "").lower().replace(",", " ")
    return not word_set("people", "modifiers_children").isdisjoint(aside.split())
