"""Targets: the things that were hit, of what kind, how many, how badly.

In: a line of a page that tells of an attack. Out: `Target`s. A thing counts where a word of attack or damage governs
it ("shelled the market", "a strike on two homes", "a bomb exploded in a bank"), not where it only says where ("in the
camp", "near the school"), nor where somebody is or goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from ascertain.model import Damage, Target, TargetType
from ascertain.reading.noun_phrases import NOUN_TAGS, left_edge
from ascertain.reading.parse import Sentence
from ascertain.reading.quantities import bounds
from ascertain.reading.words import table, word_set

if TYPE_CHECKING:
    from ascertain.reading.page import Line

CLIMB = 6
DETERMINERS = frozenset(
    ("the", "a", "an", "its", "their", "his", "her", "this", "that", "these", "those", "my", "our", "then")
)


@lru_cache(maxsize=1)
def _types() -> dict[str, TargetType]:
    return {word: kind for kind, words in table("targets")["types"].items() for word in words.split()}


@lru_cache(maxsize=1)
def _phrases() -> Mapping[str, TargetType]:
    kinds: dict[str, TargetType] = table("targets")["phrases"]
    return kinds


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    owned = frozenset().union(*(word_set("targets", "owned", owner) for owner in table("targets")["owned"]))
    return frozenset(_types()) | owned | {phrase.rsplit(" ", 1)[-1] for phrase in _phrases()}


def _in(group: str) -> frozenset[str]:
    return word_set("targets", "acts", group)


def target_type(sentence: Sentence, head: int, first: int, *, armed: bool = False) -> TargetType | None:
    """The kind of thing that the noun phrase names, or `None` where it names none.

    `armed` tells that an armed party's name stands in the phrase ("PKK camps").
    """
    low = sentence.low[head]
    words = [sentence.low[i] for i in range(first, head + 1) if sentence.tags[i] != "HYPH"]
    for size in (3, 2):
        if (kind := _phrases().get(" ".join(words[-size:]))) is not None and len(words) >= size:
            return kind
    kind = _types().get(low)
    before = set(words[:-1])
    if before & word_set("targets", "modifiers", "none"):
        return None
    if kind == "other" or low in ("compound", "complex"):
        for word in reversed(words[:-1]):
            if (better := _types().get(word)) is not None and better != "other":
                return better
    return _owner(low, before | _owners_after(sentence, head), armed=armed) or kind


def _owner(low: str, words: set[str], *, armed: bool) -> TargetType | None:
    """Whose thing it is, where the words around it tell: an armed party's, the government's, aid's, the media's."""
    owners: dict[str, str] = table("targets")["owned"]
    for owner in owners:
        whose = words & word_set("targets", "modifiers", owner) or (armed and owner == "military")
        if whose and low in word_set("targets", "owned", owner):
            kind: TargetType = owner  # type: ignore[assignment]
            return kind
    return None


def _owners_after(sentence: Sentence, head: int) -> set[str]:
    """The words of "of …" after an office or headquarters."""
    of = next((c for c in sentence.children[head] if c == head + 1 and sentence.low[c] == "of"), None)
    return {sentence.low[i] for i in sentence.subtree(of) if i < head + 8} if of is not None else set()


def targets(line: Line, text: str) -> list[Target]:
    """The things that the sentence says were hit, in order."""
    sentence = line.sentence
    armed = frozenset(i for party in line.parties if party.armed for i in sentence.tokens_in(party.span))
    known = _heads()
    found: list[Target] = []
    for head, low in enumerate(sentence.low):
        if low not in known or sentence.tags[head] not in NOUN_TAGS or sentence.deps[head] == "compound":
            continue
        first = left_edge(sentence, head)
        inside = range(first, head)
        kind = target_type(sentence, head, first, armed=any(i in armed for i in inside))
        if kind is None:
            continue
        damage = _damage(sentence, head, kind, heavy=_heavy(line))
        if damage is None or (damage == "hit" and low in word_set("targets", "ground", "settled")):
            continue
        if _is_middle(sentence, head):
            continue
        if _is_downed(sentence, head):
            kind = "military"
        start = first
        while start < head and (sentence.low[start] in DETERMINERS or sentence.low[start] in _in("set_alight")):
            start += 1
        span = sentence.span_of(start, head)
        count = _count(sentence, first, head)
        found.append(Target(text=text[slice(*span)], span=span, type=kind, count=count, damage=damage))
    return found


def _is_middle(sentence: Sentence, head: int) -> bool:
    """Whether the words name the middle of a town, or a town by the sea, which is where: "city centre", "port of"."""
    low = sentence.low[head]
    if low in word_set("targets", "ground", "seaside"):
        return any(sentence.low[c] == "of" for c in sentence.children[head])
    return low in word_set("targets", "ground", "middles") and sentence.low[head - 1] in word_set(
        "targets", "ground", "towns"
    )


def _is_downed(sentence: Sentence, head: int) -> bool:
    """Whether the thing is a craft brought down by fire, which an armed party flies unless its name says otherwise."""
    if sentence.low[head] not in word_set("targets", "ground", "aircraft"):
        return False
    verb = sentence.low[sentence.heads[head]]
    beside = {sentence.low[c] for c in sentence.children[head]}
    suffers = sentence.deps[head] in ("dobj", "nsubjpass")
    return suffers and verb in _in("downed") and not beside & word_set("targets", "ground", "civil")


def _heavy(line: Line) -> bool:
    """Whether the sentence tells of explosives: who dies at home then dies with the house."""
    heavy = word_set("targets", "heavy", "types")
    return any(entry.type in heavy for hit in line.hits for entry in hit.entries)


def _count(sentence: Sentence, first: int, head: int) -> int | None:
    """How many things the phrase names; the storeys of a house are not counted."""
    words = [
        sentence.low[i] for i in range(first, head) if sentence.low[i + 1] not in ("-", "storey", "story", "floor")
    ]
    if (given := next((sentence.sizes[i] for i in range(first, head) if i in sentence.sizes), None)) is not None:
        size = given if sentence.low[first:head] == words else None
    else:
        size = bounds(" ".join(words))
    if size is not None:
        return size.low if not size.vague and size.low == size.high and size.low else None
    return None if sentence.tags[head] in ("NNS", "NNPS") else 1


def _damage(sentence: Sentence, head: int, kind: TargetType, *, heavy: bool) -> Damage | None:
    """How badly the thing was hit, by the words that govern it; `None` where nothing says that it was hit."""
    worst = _of_participles(sentence, head)
    at = head
    for _ in range(CLIMB):
        dep, above = sentence.deps[at], sentence.heads[at]
        if above == at:
            return _worse(worst, _of_fragment(sentence, at))
        if (listed := _listed_after(sentence, at)) is not None:
            at = listed
        elif dep in ("conj", "appos") or (dep in ("poss", "compound", "nmod") and sentence.low[above] in _in("parts")):
            at = above
        elif dep == "pobj" and sentence.low[above] == "of" and sentence.low[sentence.heads[above]] in _in("parts"):
            at = sentence.heads[above]
        else:
            break
    if dep in ("dobj", "nsubjpass") or (dep == "advmod" and at > above and sentence.child(above, "dobj") is None):
        return _worse(worst, _of_object(sentence, above, kind))
    if dep == "nsubj":
        return _worse(worst, _of_subject(sentence, above, at, kind))
    if dep == "pobj":
        ground = _is_ground(sentence, head, kind)
        return _worse(worst, _of_preposition(sentence, above, kind, heavy=heavy, ground=ground))
    if dep in ("compound", "nmod") and sentence.low[above] in _in("hit_nouns"):
        return _worse(worst, "hit")
    if dep == "npadvmod" and sentence.low[above] in _in("damaged") | _in("destroyed") | _in("burned"):
        return _worse(worst, _degree(sentence, above))
    return worst


def _listed_after(sentence: Sentence, head: int) -> int | None:
    """The thing before a noun that a parser leaves loose in a list: "damaged a school, two clinics and 14 homes"."""
    if sentence.deps[head] != "dep" or sentence.heads[head] > head:
        return None
    thing = sentence.child(sentence.heads[head], "dobj")
    between = sentence.low[thing + 1 : left_edge(sentence, head)] if thing is not None and thing < head else ()
    return thing if "," in between else None


def _of_participles(sentence: Sentence, head: int) -> Damage | None:
    """ "A burned church", "a house hit by a shell", "the clinic that was bombed"."""
    worst: Damage | None = None
    for child in sentence.children[head]:
        dep, degree = sentence.deps[child], _degree(sentence, child)
        if dep == "amod":
            worst = _worse(worst, degree if degree != "hit" else None)
        elif (dep == "acl" and sentence.tags[child] in ("VBN", "VBD")) or (
            dep == "relcl" and _is_suffered(sentence, child)
        ):
            worst = _worse(worst, degree)
    return worst


def _is_suffered(sentence: Sentence, verb: int) -> bool:
    """Whether what a relative clause belongs to suffers its verb."""
    if sentence.child(verb, "nsubjpass") is not None:
        return True
    subject = sentence.child(verb, "nsubj")
    return subject is not None and sentence.low[subject] not in ("that", "which", "who")


def _of_fragment(sentence: Sentence, head: int) -> Damage | None:
    """What a headline or note says of a thing without a verb: "183 homes damaged"."""
    after = sentence.low[head + 1 : head + 2]
    told = _in("damaged") | _in("destroyed") | _in("burned")
    return _degree(sentence, head + 1) if after and after[0] in told else None


def _of_object(sentence: Sentence, verb: int, kind: TargetType) -> Damage | None:
    low = sentence.low[verb]
    beside = {sentence.low[c] for c in sentence.children[verb]}
    if low in _in("with_particle"):
        return "destroyed" if beside & {"down", "up"} else None
    if low in _in("set"):
        lit = beside | {sentence.low[i] for c in sentence.children[verb] for i in sentence.children[c] if i > c}
        return "damaged" if lit & _in("set_alight") else None
    if low in _in("taken"):
        return "hit" if kind in ("agriculture", "aid") else None
    if low in _in("stopped"):
        return "hit" if kind == "vehicle" else None
    if low in _in("thrown") and low not in _in("destroyed"):
        return None
    return _degree(sentence, verb)


def _of_subject(sentence: Sentence, verb: int, head: int, kind: TargetType) -> Damage | None:
    """ "The roof collapsed", "the hospital came under fire", "the post was under attack"."""
    low = sentence.low[verb]
    if low in _in("gave_way"):
        return "destroyed" if kind != "vehicle" or low == "sank" else None
    if low in _in("burned") and _is_bare(sentence, verb):
        return _degree(sentence, verb)
    if kind in ("vehicle", "military") and low in _in("meets") and _meets_mine(sentence, verb):
        return "hit"
    if low in ("is", "are", "was", "were") and (state := _of_state(sentence, verb)) is not None:
        return state
    if low in ("came", "suffered", "sustained", "caught", "was", "were", "took", "received"):
        words = [sentence.low[i] for i in sentence.subtree(verb) if i > verb][:12]
        if "damage" in words:
            return "damaged"
        if low == "caught":
            return "damaged" if "fire" in words else None
        if (
            low in ("came", "was", "were")
            and "under" in words
            and {"fire", "attack", "bombardment", "shelling"} & set(words)
        ):
            return "hit"
        if low in ("was", "were"):
            near = range(verb + 1, min(verb + 3, len(sentence)))
            mistaken = _in("hit") - _in("hit_nouns")
            after = next((i for i in near if sentence.tags[i].startswith("VB") or sentence.low[i] in mistaken), None)
            return _degree(sentence, after) if after is not None else None
        return "hit" if "hit" in words and low in ("took", "sustained") else None
    if sentence.tags[verb] in ("VBN", "VBD") and verb == head + 1 and _is_bare(sentence, verb):
        return (
            _degree(sentence, verb)
            if low in _in("damaged") | _in("destroyed") | (_in("hit") - _in("hit_nouns"))
            else None
        )
    return None


def _meets_mine(sentence: Sentence, verb: int) -> bool:
    """Whether a mine is what is hit or driven over: "their car ran over a mine"."""
    mines = word_set("targets", "ground", "mines")
    thing = sentence.child(verb, "dobj")
    over = [c for c in sentence.children[verb] if sentence.low[c] in ("over", "on", "onto", "into")]
    found = [thing] if thing is not None else [i for c in over for i in sentence.children[c]]
    return any(sentence.low[i] in mines for i in found)


def _of_state(sentence: Sentence, verb: int) -> Damage | None:
    """What a thing is in: "two factories are on fire", "the bazaar is in ashes"."""
    words = {sentence.low[i] for i in range(verb + 1, min(verb + 4, len(sentence)))}
    if words & _in("state_destroyed"):
        return "destroyed"
    return "damaged" if words & _in("state_damaged") and words & ({"in", "on"} | _in("burned")) else None


def _is_bare(sentence: Sentence, verb: int) -> bool:
    """Whether a verb lacks object and complement, as the clipped passive of notes does ("11 banks torched")."""
    return sentence.child(verb, "dobj", "ccomp", "xcomp") is None


def _is_ground(sentence: Sentence, head: int, kind: TargetType) -> bool:
    """Whether a preposition of place makes the thing where an attack was rather than what was attacked: a road, a camp
    that is a place with a name."""
    if sentence.low[head] in word_set("targets", "ground", "ways"):
        return True
    return kind == "displacement_site" and any(
        sentence.tags[c] in ("NNP", "NNPS") for c in sentence.subtree(head) if c <= head
    )


def _of_preposition(sentence: Sentence, prep: int, kind: TargetType, *, heavy: bool, ground: bool) -> Damage | None:
    """What the words that a preposition hangs on say of the thing behind it."""
    low = sentence.low[prep]
    above = _governors(sentence, prep)
    words = {sentence.low[i] for i in above}
    if low == "of":
        return _degree(sentence, above[0]) if sentence.low[above[0]] in _in("hit_nouns") | _in("damage_nouns") else None
    if low == "to":
        return _damage_to(sentence, above)
    if low in ("on", "onto") and not ground and _comes_down(sentence, above[0]):
        return "hit"
    if low == "into" and sentence.low[above[0]] in _in("broken_into") and kind != "vehicle":
        return "hit"
    onto = low in _in("onto") and not (ground and (low == "at" or sentence.low[above[0]] not in _in("hit_nouns")))
    if onto and words & (_in("thrown") | _in("hit_nouns") | {"opened"}) and not _is_way(sentence, prep):
        return "hit"
    if ground or low not in _in("inside"):
        return None
    if words & (_in("thrown") | _in("blasts") | _in("hit_nouns")) and (low != "under" or kind == "vehicle"):
        return "hit"
    inhabited = kind == "vehicle" or (heavy and kind in word_set("targets", "ground", "houses"))
    if words & _in("harm") and low != "under" and inhabited:
        return "hit"
    return None


def _comes_down(sentence: Sentence, verb: int) -> bool:
    """Whether what comes down falls: "a shell came down on a bakery"."""
    down = any(sentence.low[c] == "down" for c in sentence.children[verb])
    return down and sentence.low[verb] in ("came", "come", "coming", "comes")


def _is_way(sentence: Sentence, prep: int) -> bool:
    """Whether a road stands behind "on": what is hit there is on the road."""
    return any(sentence.low[c] in word_set("targets", "ground", "ways") for c in sentence.children[prep])


def _governors(sentence: Sentence, prep: int) -> list[int]:
    """The words that a preposition may belong to: those above it in its clause, and the noun right before it.

    A parser ties "on" in "killed in a raid on the house" to the verb.
    """
    found: list[int] = []
    at = prep
    while sentence.heads[at] != at and len(found) < CLIMB:
        at = sentence.heads[at]
        found.append(at)
        light = sentence.low[at] in _in("light")
        if light and (subject := sentence.child(at, "nsubj")) is not None:
            found.append(subject)
        if sentence.deps[at] not in ("prep", "pobj", "dobj", "agent", "advmod", "pcomp") and not light:
            break
        if sentence.tags[at].startswith("VB") and not light:
            break
    if prep and sentence.tags[prep - 1].startswith("NN"):
        found.append(prep - 1)
    return found


def _damage_to(sentence: Sentence, above: list[int]) -> Damage | None:
    """ "Set fire to", "damage to", "laid waste to"."""
    objects = [c for i in above if sentence.low[i] in ("set", "setting", "sets") for c in sentence.children[i]]
    words = {sentence.low[i] for i in (*above[:1], *objects)}
    if "destruction" in words:
        return "destroyed"
    return "damaged" if words & {"fire", "torch", "flames", "damage", "damages"} else None


def _degree(sentence: Sentence, token: int) -> Damage | None:
    low = sentence.low[token]
    around = {sentence.low[c] for c in sentence.children[token] if sentence.deps[c] in ("advmod", "amod", "prt")}
    if low in _in("destroyed"):
        return "damaged" if around & {"partially", "partly", "partial"} else "destroyed"
    if low in _in("burned"):
        to = {
            sentence.low[i] for c in sentence.children[token] if sentence.low[c] == "to" for i in sentence.children[c]
        }
        return "destroyed" if (around | to) & _in("burned_down") else "damaged"
    if low in _in("damaged") or low in ("damage", "damages"):
        return "damaged"
    return "hit" if low in _in("hit") or low in _in("hit_nouns") else None


def _worse(one: Damage | None, other: Damage | None) -> Damage | None:
    order = (None, "hit", "damaged", "destroyed")
    return max(one, other, key=order.index)
