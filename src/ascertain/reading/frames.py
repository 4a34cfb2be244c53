"""Frames: what a verb tells of by what it is done to, by whom and where to ("seized the town", "set up a base").

In: a word of the lexicon whose type is open, in its line. Out: the type that its thing gives it. The frames are the
groups of `senses.toml` under `by_object`: `words`; a type for each kind of thing; `doer = "armed"` or `"people"`
where only the armed, or only people, make an event of it; `clause = "main"` where a relative clause only describes;
`to` for prepositions that lead to the thing; `with` for words one of which must stand not far after the verb;
`strength` where it does not decide alone; `but` for nouns that make a figure of speech of it; `back` for the group
whose meaning the verb takes with "back".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from ascertain.actors import describe
from ascertain.reading.communities import is_community
from ascertain.reading.noun_phrases import left_edge
from ascertain.reading.page import Line
from ascertain.reading.parse import Sentence
from ascertain.reading.words import table, word_set

RELATIVES = ("WDT", "WP")
# the order in which kinds of things are tried
THINGS = (
    "town",
    "place",
    "missiles",
    "aircraft",
    "explosives",
    "weapons",
    "quarters",
    "movables",
    "people",
    "goods",
    "property",
    "ground",
    "armed",
)
DECISIVE = 3
PARTICLES = ("prt", "advmod")
SHARED = ("conj", "xcomp", "advcl")
FAR = 12
# what stands before a verb of demanding, where people gather for it
LEADING = ("to", "and", ",", "for", "in")


def by_thing(line: Line, token: int) -> tuple[str, int] | None:
    """The type that the thing done to gives a word (a town, people, weapons or goods), and how strongly."""
    for group in _groups().get(line.sentence.low[token], ()):
        named = _in_group(line, token, group)
        if named is not None:
            return named, group.get("strength", DECISIVE)
    return None


def _in_group(line: Line, token: int, group: Mapping[str, Any]) -> str | None:
    sentence = line.sentence
    if "back" in group and any(sentence.low[c] == "back" for c in sentence.children[token]):
        group = table("senses")["by_object"][group["back"]]
    if "with" in group and not _has(sentence, token, group["with"]):
        return None
    if group.get("clause") == "main" and sentence.deps[token] == "relcl":
        return None
    if group.get("doer") == "armed" and not acts_armed(line, token):
        return None
    if group.get("doer") == "people" and not any(_acts(line, doer) for doer in _doers(sentence, token)):
        return None
    other = group.get("but", "").split()
    things = (t for t in _things(sentence, token, group) if sentence.low[t] not in other)
    for thing in (named for t in things for named in (t, *_counted_of(sentence, t))):
        for kind in THINGS:
            if kind in group and is_thing(kind, line, thing):
                named: str = group[kind]
                return named
    return None


def gathers_for_cause(line: Line, token: int) -> bool:
    """Whether unarmed people gather, or block a way, with a cause: "to demand jobs", "against the reform"."""
    sentence = line.sentence
    if not sentence.tags[token].startswith("VB") or acts_armed(line, token):
        return False
    if not any(True for _ in _doers(sentence, token)):
        return False
    tail = sentence.low[token + 1 :]
    causes = word_set("senses", "gathering", "demands")
    if any(word in causes and before in LEADING for before, word in zip(("", *tail), tail, strict=False)):
        return True
    return not word_set("senses", "gathering", "stands").isdisjoint(tail)


@lru_cache(maxsize=1)
def _groups() -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for group in table("senses")["by_object"].values():
        for word in group["words"].split():
            groups.setdefault(word, []).append(group)
    return groups


def _has(sentence: Sentence, token: int, words: str) -> bool:
    """Whether one of the words stands not far after the verb."""
    return not set(words.split()).isdisjoint(sentence.low[token + 1 : token + FAR])


def acts_armed(line: Line, token: int) -> bool:
    """Whether somebody armed does what a verb tells, or has it done in the passive."""
    return any(_is_armed(line, doer) or is_community(line, doer) for doer in _doers(line.sentence, token))


def _doers(sentence: Sentence, token: int) -> Iterator[int]:
    """The subject of an active verb, its own or that of the verb that it goes with; the agent of the passive."""
    by = (c for c in sentence.children[token] if sentence.deps[c] == "agent" or sentence.low[c] == "by")
    yield from (inner for c in by for inner in sentence.children[c] if sentence.deps[inner] == "pobj")
    at = token
    while (subject := sentence.child(at, "nsubj")) is None:
        if sentence.deps[at] == "acl":
            subject = sentence.heads[at]
            break
        if sentence.deps[at] not in SHARED or sentence.heads[at] == at:
            return
        at = sentence.heads[at]
    clause = sentence.deps[at] == "relcl" and sentence.tags[subject] in RELATIVES
    subject = sentence.heads[at] if clause else subject
    yield subject
    of = (c for c in sentence.children[subject] if sentence.low[c] == "of")
    yield from (inner for c in of for inner in sentence.children[c] if sentence.deps[inner] == "pobj")


def _is_armed(line: Line, token: int) -> bool:
    sentence = line.sentence
    start, first = sentence.starts[token], sentence.starts[min(sentence.subtree(token))]
    if any(p.armed and p.span[1] > first and p.span[0] <= start for p in (*line.parties, *line.states)):
        return True
    described = describe(" ".join(sentence.words[left_edge(sentence, token) : token + 1]))
    if described is not None and described.armed:
        return True
    return sentence.low[token] not in word_set("roles", "crowds") and is_community(line, token)


def _acts(line: Line, token: int) -> bool:
    """Whether a noun names people, armed or not."""
    return _is_armed(line, token) or describe(line.sentence.words[token]) is not None


def _things(sentence: Sentence, token: int, group: Mapping[str, Any]) -> list[int]:
    """What a verb is done to or leads to, or what the "of" of a noun names; of "fell", what fell."""
    deps = sentence.deps
    if "to" in group:
        to = group["to"].split()
        preps = [c for c in sentence.children[token] if deps[c] in ("prep", *PARTICLES) and sentence.low[c] in to]
        preps += [c for prep in preps for c in sentence.children[prep] if deps[c] == "prep" and sentence.low[c] in to]
        return [inner for c in preps for inner in sentence.children[c] if deps[inner] == "pobj"]
    if not sentence.tags[token].startswith("VB"):
        of = [c for c in sentence.children[token] if sentence.low[c] == "of"]
        return [inner for c in of for inner in sentence.children[c] if deps[inner] == "pobj"]
    found = [c for c in sentence.children[token] if deps[c] in ("dobj", "nsubjpass")]
    if not found and sentence.low[token] in word_set("senses", "of_subject"):
        found = [c for c in sentence.children[token] if deps[c] == "nsubj"]
    if not found and deps[token] in ("acl", "relcl") and sentence.tags[token] in ("VBN", "VBD"):
        found = [sentence.heads[token]]
    if not found:
        found = [c for joined in _joined(sentence, token) for c in sentence.children[joined] if deps[c] == "dobj"]
    clause = deps[token] == "relcl"
    found = [sentence.heads[token] if clause and sentence.tags[t] in RELATIVES else t for t in found]
    found = [t for t in found if sentence.children[t] or sentence.low[t] not in word_set("senses", "bare_objects")]
    return found + [c for thing in found for c in sentence.children[thing] if deps[c] in ("conj", "appos")]


def _joined(sentence: Sentence, token: int) -> list[int]:
    """The verb that shares its object with this one: "found and destroyed two bombs"."""
    return [
        c
        for c in sentence.children[token]
        if sentence.deps[c] == "conj" and sentence.child(c, "nsubj", "nsubjpass") is None
    ]


def is_thing(kind: str, line: Line, token: int) -> bool:
    """Whether a noun names a thing of a kind: "place", "people", or a kind of the table `things`."""
    sentence = line.sentence
    low = sentence.low[token]
    if kind == "armed":
        return _is_armed(line, token)
    if is_pit(sentence, token):
        return kind in ("place", "ground")
    if kind == "people":
        return _is_people(line, token)
    if kind == "property":
        return low in _property()
    if kind == "town":
        return _is_town(line, token)
    if low in word_set("senses", "things", kind):
        return True
    return kind == "place" and _is_place(line, token)


def is_pit(sentence: Sentence, token: int) -> bool:
    """Whether a mine is one where something is dug, and no weapon: "coltan mines", "a mine where miners slept"."""
    if sentence.low[token] not in ("mine", "mines"):
        return False
    if token and sentence.low[token - 1] in word_set("senses", "minerals"):
        return True
    return not word_set("means", "nothing", "digging").isdisjoint(sentence.low)


def crowds_fight(line: Line, token: int) -> bool:
    """Whether those who fight are unarmed by name: "supporters of both parties clashed"."""
    sentence = line.sentence
    between = (c for c in sentence.children[token] if sentence.low[c] in ("between", "among"))
    sides = [*_doers(sentence, token), *(inner for c in between for inner in sentence.children[c])]
    sides += [c for side in sides for c in sentence.children[side] if sentence.deps[c] == "conj"]
    known = word_set("senses", "unarmed_sides")
    whose = [c for side in sides if sentence.low[side] in known for c in sentence.subtree(side) if c != side]
    sides = [side for side in sides if sentence.deps[side] != "pobj" or side not in whose]
    return bool(sides) and all(sentence.low[side] in known and not _is_armed(line, side) for side in sides)


def _is_people(line: Line, token: int) -> bool:
    sentence = line.sentence
    if _counted_of(sentence, token):
        return False
    if sentence.tags[token] == "CD":
        return sentence.deps[token] in ("nsubjpass", "dobj")
    described = describe(sentence.words[token])
    return described is not None and sentence.low[token] not in word_set("senses", "things", "place")


def _is_place(line: Line, token: int) -> bool:
    """Whether a noun is a place by its name, a part of one, or a name that armed people took."""
    sentence = line.sentence
    if sentence.low[token] in word_set("senses", "things", "parts"):
        of = [c for c in sentence.children[token] if sentence.low[c] == "of"]
        return any(is_thing("place", line, inner) for c in of for inner in sentence.children[c])
    start = sentence.starts[token]
    if any(p.place.span[0] <= start < p.place.span[1] for p in line.places):
        return True
    return _is_bare_name(line, token)


def _is_town(line: Line, token: int) -> bool:
    """Whether a noun names a place that is no country."""
    if not is_thing("place", line, token):
        return False
    start = line.sentence.starts[token]
    countries = (
        p for p in line.places if p.place.precision == "country" and p.place.span[0] <= start < p.place.span[1]
    )
    return not any(True for _ in countries)


def _is_bare_name(line: Line, token: int) -> bool:
    """Whether a noun is a name of one word of nobody known, taken by or from somebody armed: it is a place."""
    sentence = line.sentence
    if sentence.tags[token] != "NNP" or any(sentence.deps[c] != "punct" for c in sentence.children[token]):
        return False
    start = sentence.starts[token]
    if any(p.span[0] <= start < p.span[1] for p in (*line.parties, *line.states)) or describe(sentence.words[token]):
        return False
    verb = sentence.heads[token]
    lost = any(
        sentence.low[c] == "from" and any(_is_armed(line, inner) for inner in sentence.children[c])
        for c in sentence.children[verb]
    )
    return lost or (sentence.low[verb] in word_set("senses", "of_places") and acts_armed(line, verb))


@lru_cache(maxsize=1)
def _property() -> frozenset[str]:
    """The heads of the names of things that can be hit, but for those of war."""
    kinds = (kind for kind in table("targets")["types"] if kind != "military")
    return frozenset().union(*(word_set("targets", "types", kind) for kind in kinds))


def _counted_of(sentence: Sentence, token: int) -> list[int]:
    """What a word of quantity counts: "thousands of rifles", "a total of 632 kg"."""
    if sentence.tags[token] != "CD" and sentence.low[token] not in word_set("senses", "quantities"):
        return []
    of = [c for c in sentence.children[token] if sentence.low[c] == "of"]
    return [inner for c in of for inner in sentence.children[c] if sentence.deps[inner] == "pobj"]
