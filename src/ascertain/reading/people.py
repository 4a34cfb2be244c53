"""People in a sentence: noun phrases about people, with how many and of which group.

In: a parsed sentence and the token a harm word points at. Out: `People`. A phrase that only points back ("the
victims", "all", "he") is marked `definite`: it states no number of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from ascertain.actors import Description, describe
from ascertain.model import ActorKind, Group, Span
from ascertain.reading.ages import by_age, by_ages, grown_group, is_grown
from ascertain.reading.noun_phrases import (
    NAME_TAGS,
    NOUN_TAGS,
    NUMBER_TAGS,
    PHRASE,
    end_of_complement,
    is_year,
    left_edge,
)
from ascertain.reading.parse import Sentence
from ascertain.reading.quantities import Bounds, bounds, words_of_number
from ascertain.reading.words import table, word_set

# Words right before a noun that say nothing of its group, and how many words of a phrase are looked at.
LEFT_ALONE = frozenset(
    ("a", "an", "the", "his", "her", "their", "my", "our", "its", "other", "some", "several", "many", "those", "these")
)
# Words for people of a body, whose span holds the body.
CONTAINERS = frozenset(("members", "member", "employees", "residents", "inhabitants"))
# Words that open what is said of a person named before.
OPENERS = frozenset(("a", "an", "his", "her", "their"))


@dataclass(frozen=True, slots=True)
class People:
    """A noun phrase about people.

    `first` to `last` are its tokens with the quantity, `head` the noun. `stated` tells where `low` and `high` come
    from: a `number`, a `vague` word, a `single` person, a `name`, a bare `plural`, `none`, or words that point `back`.
    """

    sentence: Sentence
    head: int
    first: int
    last: int
    low: int | None
    high: int | None
    stated: str
    group: Group
    kind: ActorKind
    armed: bool
    definite: bool
    name: str | None = None
    others: bool = False

    @property
    def head_is_number(self) -> bool:
        """Whether only a number tells of them: "11" in "11 were injured"."""
        return self.sentence.tags[self.head] == "CD" or self.sentence.low[self.head] in word_set(
            "people", "pronouns_vague"
        )

    @property
    def span(self) -> Span:
        """The span of the words, quantity included."""
        return self.sentence.span_of(self.first, self.last)


def people_at(sentence: Sentence, head: int, taken: frozenset[int] = frozenset()) -> People | None:
    """The people that the noun phrase with this head speaks of, or `None` where it speaks of no people.

    `taken` are tokens that belong to the names of places and organisations.
    """
    low, tag = sentence.low[head], sentence.tags[head]
    if low in word_set("people", "quantity_nouns") or low in word_set("people", "family"):
        found = _of_phrase(sentence, head, taken)
        if found:
            return found
    if low == "one" and head and sentence.low[head - 1] in word_set("people", "none"):
        return _people(sentence, head, head - 1, head, Bounds(0, 0), "none", "people", "civilians", False)
    if tag in NUMBER_TAGS or low == "one":
        return _numeral(sentence, head)
    if low in word_set("people", "pronouns_vague"):
        return _quantified(sentence, head, "people", "civilians", False)
    if low in word_set("people", "pronouns_one") and sentence.tags[head] in ("DT", "JJ", "NN"):
        first = left_edge(sentence, head)
        return _people(sentence, head, first, head, Bounds(1, 1), "single", "people", "civilians", False, others=True)
    if low in word_set("people", "none"):
        return _people(sentence, head, head, head, Bounds(0, 0), "none", "people", "civilians", False)
    if low in word_set("people", "pronouns_back"):
        return _people(
            sentence, head, head, head, Bounds(None, None), "back", "people", "civilians", False, definite=True
        )
    if tag not in NOUN_TAGS and tag not in ("JJ", "VBN", "VBD", "VBG", "NN"):
        return None
    if low in word_set("people", "directions") and head and sentence.tags[head - 1] in ("NN", "NNS"):
        return people_at(sentence, head - 1, taken)
    described = _described(sentence, head)
    if described and not (tag in NAME_TAGS and _is_name(sentence, head)):
        if described.group is None:
            return None
        return _quantified(sentence, head, described.group, described.kind, described.armed)
    if tag in NAME_TAGS:
        people = _quantified(sentence, head, "people", "civilians", False)
        if people.stated == "number" and head - people.first == 1 and _may_be_people(sentence, head):
            return people
        return _named(sentence, head) if head not in taken else None
    return None


def _may_be_people(sentence: Sentence, head: int) -> bool:
    """Whether a counted name is one of a people or a force ("3 Meitei", "374 IS"), not of a thing."""
    return not any(word in word_set("people", "not_persons") for word in sentence.low[head : head + 1])


def _described(sentence: Sentence, head: int) -> Description | None:
    """What the noun phrase with this head says of people: "aid workers", "members of the militia", "gang members".

    A name of several words says nothing: who fights for the X Army is described as who fights for X.
    """
    alone = describe(sentence.words[head])
    before = sentence.low[head - 1] if head else ""
    of = head + 1 < len(sentence) and sentence.low[head + 1] == "of"
    if alone is None and (of or sentence.deps[head - 1 : head] not in (["compound"], ["amod"], ["nmod"])):
        return None
    if not of and (not before or before in LEFT_ALONE or before.isdigit()):
        return alone
    first = max(left_edge(sentence, head), head - PHRASE)
    last = end_of_complement(sentence, head + 2) if of else head
    words = (word for word in sentence.words[first : last + 1] if " " not in word)
    return describe(" ".join(words).replace(" - ", "-").replace(" '", "'"))


def counted(sentence: Sentence, head: int) -> People | None:
    """The people that a counted noun stands for: "17 civilian deaths"."""
    people = _quantified(sentence, head, "people", "civilians", False)
    return people if people.low is not None or people.high is not None or people.stated == "vague" else None


def coordinated(sentence: Sentence, head: int) -> Iterator[int]:
    """`head` and the heads joined to it by "and", a comma or "or"; "his wife, Amina, and sons" joins sons to wife."""
    yield head
    for child in sentence.children[head]:
        if (
            sentence.deps[child] == "appos"
            and sentence.low[head] in word_set("people", "kin")
            and _is_kin(sentence, child)
        ):
            yield from coordinated(sentence, child)
        if sentence.deps[child] == "appos" and sentence.tags[child] in NAME_TAGS and _is_another(sentence, head, child):
            yield child
        elif sentence.deps[child] == "appos" and _is_listed(sentence, head, child):
            yield from coordinated(sentence, child)
        if sentence.deps[child] == "appos" and sentence.tags[child] in NAME_TAGS and sentence.tags[head] == "NN":
            for joined in sentence.children[child]:
                if sentence.deps[joined] == "conj" and sentence.tags[joined] in ("NN", "NNS"):
                    yield from coordinated(sentence, joined)
        if sentence.deps[child] == "conj" and (
            sentence.tags[child] in NOUN_TAGS or sentence.tags[child] in ("CD", "JJ")
        ):
            yield from coordinated(sentence, child)


def _joined(sentence: Sentence, head: int, name: int) -> bool:
    """Whether an "and" stands between a noun and a name: they are two people."""
    return "and" in sentence.low[head + 1 : left_edge(sentence, name) + 1]


def _is_listed(sentence: Sentence, head: int, child: int) -> bool:
    """Whether what the parse takes to describe the head goes on with a list: "a colonel, a judge, and a senator"."""
    if sentence.tags[child] not in NOUN_TAGS or sentence.tags[head] not in NOUN_TAGS:
        return False
    named = sentence.tags[child] in NAME_TAGS
    owner = sentence.child(head, "poss")
    if owner is not None and sentence.low[owner] in ("my", "our", "your"):
        return False
    if named or (sentence.tags[head] in NAME_TAGS and not _is_kin(sentence, child)):
        return named and sentence.tags[head] not in NAME_TAGS and _joined(sentence, head, child)
    if (_is_kin(sentence, child) and _goes_on(sentence, child)) or _is_next(sentence, child):
        return True
    later = [
        c for c in (*sentence.children[child], *sentence.children[head]) if c > child and sentence.deps[c] == "conj"
    ]
    return any(sentence.low[t - 1 : t + 1] == [",", "and"] for c in later for t in range(child + 1, c))


def _is_next(sentence: Sentence, noun: int) -> bool:
    """Whether an "and" opens a counted noun, so that it describes nobody: "his son Ali and two daughters"."""
    first = left_edge(sentence, noun)
    return first > 0 and sentence.low[first - 1] == "and" and sentence.child(noun, "nummod") is not None


def _goes_on(sentence: Sentence, noun: int) -> bool:
    """Whether a list of people goes on behind a noun: "his wife, his mother and four children"."""
    for child in sentence.children[noun]:
        if child > noun and sentence.deps[child] == "conj":
            if sentence.tags[child] in NAME_TAGS or sentence.tags[child] == "CD":
                return True
            if sentence.child(child, "poss", "det", "nummod") is not None:
                return True
        elif child > noun and sentence.deps[child] == "appos" and _is_kin(sentence, child):
            return _goes_on(sentence, child)
    return False


def _is_another(sentence: Sentence, head: int, name: int) -> bool:
    """Whether a name hung on a relative is that of another relative: "his son Ali and daughter Zena"."""
    first = left_edge(sentence, name)
    kin = word_set("people", "kin")
    return (
        first > 0
        and sentence.low[first] in kin
        and sentence.low[first - 1] in ("and", ",")
        and sentence.low[head] in kin
    )


def _is_kin(sentence: Sentence, token: int) -> bool:
    """Whether the noun is a relative told as somebody's: "his mother", "her two sons"."""
    owner = sentence.child(token, "poss")
    return (
        sentence.low[token] in word_set("people", "kin")
        and owner is not None
        and sentence.low[owner] in ("his", "her", "their")
    )


def _people(
    sentence: Sentence,
    head: int,
    first: int,
    last: int,
    size: Bounds,
    stated: str,
    group: Group,
    kind: ActorKind,
    armed: bool,
    *,
    definite: bool = False,
    name: str | None = None,
    others: bool = False,
) -> People:
    return People(sentence, head, first, last, size.low, size.high, stated, group, kind, armed, definite, name, others)


def _size(sentence: Sentence, first: int, head: int) -> tuple[Bounds | None, int]:
    """The quantity in the tokens from `first` up to `head`, looking a little left of `first`, and its first token."""
    for token in range(head, first - 1, -1):
        if token in sentence.sizes:
            return sentence.sizes[token], token
    back = max(0, first - 4)
    numbers = words_of_number()
    if not any(low in numbers or low[:1].isdigit() or "-" in low for low in sentence.low[back : head + 1]):
        return None, first
    pieces: list[str] = []
    offsets: list[int] = []
    at = 0
    for token in range(back, head + 1):
        if token == first:
            at = sum(len(piece) + 1 for piece in pieces)
        offsets.append(sum(len(piece) + 1 for piece in pieces))
        pieces.append(sentence.low[token])
    words = re.sub(r"(?<=\w) (-) (?=\w)", " - ", " ".join(pieces))
    found = bounds(words, at)
    if found is None or (found.vague and "how" in sentence.low[max(0, first - 1) : first + 1]):
        return None, first
    start = next((back + n for n in range(len(offsets) - 1, -1, -1) if offsets[n] <= found.start), first)
    if found.vague and start < first:
        return None, first
    return found, start


def _numeral(sentence: Sentence, head: int) -> People | None:
    """A number that stands for people: "five were killed"."""
    first = left_edge(sentence, head)
    size, start = _size(sentence, first, head)
    if size is None or (start == head and head not in sentence.sizes and is_year(sentence, head)):
        return None
    if "/" in sentence.words[head]:
        return None
    last = head
    if sentence.low[head + 1 : head + 2] == ["in"] and sentence.tags[head + 2 : head + 3] == ["CD"]:
        return None
    of = sentence.child(head, "prep")
    definite = of is not None and sentence.low[of] == "of" and of == head + 1
    group: Group = "people"
    if definite and of is not None:
        inner = sentence.child(of, "pobj")
        if inner is not None:
            found = people_at(sentence, inner)
            group = found.group if found else group
            last = inner if found and found.stated != "back" else head
    return _people(sentence, head, min(first, start), last, size, "number", group, "civilians", False)


def _of_phrase(sentence: Sentence, head: int, taken: frozenset[int]) -> People | None:
    """ "Dozens of civilians", "a family of six", "a group of villagers", "members of a family"."""
    of = next((c for c in sentence.children[head] if c > head and sentence.low[c] == "of"), None)
    inner = sentence.child(of, "pobj", "pcomp") if of is not None else None
    first = left_edge(sentence, head)
    size, start = _size(sentence, first, head)
    if inner is None:
        if sentence.low[head] in word_set("people", "family"):
            return None
        if describe(sentence.words[head]):
            return None
        return (
            _people(sentence, head, min(first, start), head, size, "vague", "people", "civilians", False)
            if size
            else None
        )
    if sentence.tags[inner] == "CD":
        size, _ = _size(sentence, left_edge(sentence, inner), inner)
        return _people(sentence, head, first, inner, size, "number", "people", "civilians", False) if size else None
    if sentence.low[head] == "members":
        return None
    within = people_at(sentence, inner, taken)
    if within is None:
        return None
    if within.stated == "back" and sentence.low[head] in word_set("people", "parts", "shares"):
        return replace(within, head=head, first=first, low=None, high=None, stated="back", definite=True)
    if size is None:
        if sentence.low[head] in word_set("people", "family"):
            return None
        if sentence.low[head] in word_set("people", "unsaid") and sentence.low[first] == "the":
            return replace(within, head=head, first=first, low=None, high=None, stated="back", definite=True)
        size = Bounds(2, None, True)
    if within.stated == "number":
        size = Bounds(within.low, within.high)
    stated = "vague" if size.vague else "number"
    return replace(
        within, head=head, first=min(first, start), low=size.low, high=size.high, stated=stated, definite=False
    )


def _quantified(sentence: Sentence, head: int, group: Group, kind: ActorKind, armed: bool) -> People:
    """A noun of people with what stands before it."""
    first = left_edge(sentence, head)
    size, start = _size(sentence, first, head)
    before = [sentence.low[i] for i in range(first, head)]
    group = _telling(group, before)
    plural = sentence.tags[head] in ("NNS", "NNPS") or sentence.low[head] in word_set("people", "plurals")
    plural = plural or (before[:1] == ["the"] and sentence.low[head] in word_set("people", "totals", "collective"))
    group = by_ages(sentence, head, group) if plural else group
    others = sentence.low[head] == "others" or "other" in before or "another" in before
    common = (sentence, head)
    if size is not None:
        if sentence.low[head] in word_set("people", "family") and size.low is not None:
            size = Bounds(size.low, None)
        stated = "vague" if size.vague else "number"
        last = (
            end_of_complement(sentence, head + 2)
            if sentence.low[head] in CONTAINERS and sentence.low[head + 1 : head + 2] == ["of"]
            else head
        )
        back = (
            "the" in before[:1]
            and stated == "number"
            and size.low is not None
            and sentence.child(head, "relcl", "acl", "prep") is None
        )
        return _people(
            *common,
            min(first, start),
            last,
            size,
            stated,
            group,
            kind,
            armed,
            definite=back and size.low == size.high,
            others=others,
        )
    if any(word in word_set("people", "none") for word in before):
        return _people(*common, first, head, Bounds(0, 0), "none", group, kind, armed)
    definite = any(word in word_set("people", "definite") for word in before[:2])
    if "how" in before or "any" in before or (plural and sentence.low[head] in word_set("people", "family")):
        return _people(*common, first, head, Bounds(None, None), "back", group, kind, armed, definite=True)
    if plural and definite and before[0] == "the" and sentence.low[head] not in word_set("people", "told_before"):
        return _people(
            *common, first, head, Bounds(2, None, True), "plural", group, kind, armed, definite=True, others=others
        )
    if plural:
        size = Bounds(None, None) if definite else Bounds(2, None, True)
        if "twin" in before and not definite:
            return _people(*common, first, head, Bounds(2, 2), "number", group, kind, armed, others=others)
        return _people(
            *common,
            first,
            head,
            size,
            "back" if definite else "plural",
            group,
            kind,
            armed,
            definite=definite,
            others=others,
        )
    return _single(sentence, first, head, group, kind, armed, definite, others)


def _single(
    sentence: Sentence, first: int, head: int, group: Group, kind: ActorKind, armed: bool, definite: bool, others: bool
) -> People:
    """One person, with the name that stands by: "a child named Anas", "his wife Amina", "journalist Adel Salim"."""
    last, name = head, None
    for child in sentence.children[head]:
        heads = [child] if sentence.deps[child] == "appos" else []
        if sentence.low[child] in ("named", "called", "identified"):
            heads = [c for c in sentence.children[child] if sentence.deps[c] in ("oprd", "attr", "dobj", "xcomp")]
        for at in heads:
            if (
                name is None
                and at > head
                and sentence.tags[at] in NAME_TAGS
                and not _joined(sentence, head, at)
                and (named := _named(sentence, at)) is not None
            ):
                last, name = at, named.name
                group = "children" if named.group == "children" else group
                group = grown_group(group, sentence.low[head]) if is_grown(sentence, at) else group
    group = by_age(sentence, head, group)
    return _people(
        sentence,
        head,
        first,
        last,
        Bounds(1, 1),
        "single",
        group,
        kind,
        armed,
        definite=definite and name is None,
        name=name,
        others=others,
    )


def _telling(group: Group, before: list[str]) -> Group:
    """The more telling of the group of a noun and those of the words before it."""
    modifiers, order = _modifiers()
    groups = [group, *(modifiers[word] for word in before if word in modifiers)]
    return min(groups, key=order.__getitem__) if len(groups) > 1 else group


@lru_cache(maxsize=1)
def _modifiers() -> tuple[dict[str, Group], dict[Group, int]]:
    """The group that each modifier tells, and how telling each group is."""
    order = {group: place for place, group in enumerate(table("people")["telling"]["order"].split())}
    return {word: group for group, words in table("people")["modifiers"].items() for word in words.split()}, order


def _is_name(sentence: Sentence, head: int) -> bool:
    """Whether a capitalised noun of people is the last word of a name rather than a title or noun."""
    return (
        head > 0
        and sentence.tags[head - 1] == "NNP"
        and sentence.heads[head - 1] == head
        and sentence.words[head][:1].isupper()
    )


def _named(sentence: Sentence, head: int) -> People | None:
    first = left_edge(sentence, head)
    while first < head and sentence.tags[first] not in NAME_TAGS:
        first += 1
    return named_at(sentence, first, head)


def named_at(sentence: Sentence, first: int, head: int) -> People | None:
    """The person whose name the tokens are, or `None` where they name no person."""
    titles = [t for t in range(first, head) if sentence.low[t].strip(".") in word_set("people", "titles")]
    if titles and sentence.low[first] in word_set("people", "not_persons"):
        first = titles[0]
    name = " ".join(sentence.words[first : head + 1])
    if any(word in word_set("people", "not_persons") for word in sentence.low[first : head + 1]):
        return None
    if not any(c.isalpha() for c in name):
        return None
    group = by_age(sentence, head, "people")
    for token in range(head - 1, left_edge(sentence, head) - 1, -1):
        described = describe(sentence.words[token])
        if described and described.group:
            if group == "people" and not (described.group == "children" and is_grown(sentence, head)):
                group = described.group
            break
    if group == "people":
        group = _as_told_behind(sentence, head)
    return _people(sentence, head, first, head, Bounds(1, 1), "name", group, "civilians", False, name=name)


def _as_told_behind(sentence: Sentence, head: int) -> Group:
    """The group of what stands behind a name: "Marie Wilton, a nurse", "Omar, an infant", "Amina, his wife"."""
    for child in sentence.children[head]:
        if child > head and sentence.deps[child] == "appos" and sentence.tags[child] == "NN":
            opener = sentence.child(child, "det", "poss")
            if opener is None or sentence.low[opener] not in OPENERS or sentence.child(child, "appos") is not None:
                continue
            if _goes_on(sentence, child):
                continue
            described = describe(sentence.words[child])
            if described is not None and described.group is not None:
                return described.group
    return "people"
