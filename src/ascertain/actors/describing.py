"""What kind of people a phrase without a name tells of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile

from ascertain.actors.people import (
    PeopleNoun,
    demonyms,
    people_containers,
    people_modifiers,
    people_nouns,
    people_titles,
)
from ascertain.model import ActorKind, Group

_WORD = re.compile(r"[^\W_][\w.'’]*(?:[-‑][\w'’]+)*")
_QUANTITY_OPENING = re.compile(
    r"(?:(?:at (?:least|most)|up to|as (?:many|few) as|between \S+ and)\s+)?"
    r"(?:\d[\d,.]*(?:\s*(?:to|or|-|–)\s*\d[\d,.]*)?\s+(?:of\s+(?:the|its|our|their|his|her|my|those|these)\s+)?)?",
    re.IGNORECASE,
)
_END_OF_PHRASE = frozenset(
    (
        "of",
        "from",
        "in",
        "at",
        "on",
        "with",
        "without",
        "who",
        "whom",
        "whose",
        "that",
        "which",
        "near",
        "under",
        "for",
        "to",
        "by",
        "including",
        "among",
        "amid",
        "and",
        "or",
        "but",
        "as",
        "inside",
        "outside",
        "between",
        "during",
        "after",
        "before",
        "against",
        "over",
        "into",
        "within",
        "was",
        "were",
        "is",
        "are",
        "be",
        "been",
        "being",
        "had",
        "has",
    )
)
_PART = re.compile(r"\b(?:of (?:them|whom)|among them|including),?\s+(?:(?:were|was|are|is)\s+)?", re.IGNORECASE)
_AGE = re.compile(r"\b(?P<age>\d{1,2})[- ]years?[- ]olds?|,\s*(?:aged )?(?P<years>\d{1,2})$", re.IGNORECASE)
_ADULT = 18
_NAME_PARTICLE = re.compile(r"(?:al|el|an|as|ad|ash|at|ar|az|ul)-|(?:bin|ibn|ben|de|la|del|van|von|abu|al|el|da|dos)$")
_LONGEST_NOUN = 5
_GROUP_OF_KIND: dict[ActorKind, Group] = {
    "state_forces": "security_forces",
    "police": "security_forces",
    "external_forces": "security_forces",
    "rebel_group": "combatants",
    "militia": "combatants",
    "protesters": "protesters",
    "rioters": "protesters",
    "civilians": "civilians",
}
# "Syrian and Kurdish fighters": the first adjective is of the same noun as the second.
_JOINED_ADJECTIVE = re.compile(r"[A-Z]\w*(?<!s) (?:and|or) (?P<next>[A-Z]\w+ [a-z])")
_DEMONYM = PeopleNoun("other", armed=False, group="people")


@dataclass(frozen=True, slots=True)
class Description:
    """What a phrase says of people.

    `group` is the group of a figure that counts people so described, None for a body that is not counted as people
    ("a local militia"); `head` is the noun that says it, in the phrase's own letters.
    """

    kind: ActorKind
    armed: bool
    group: Group | None
    head: str


@lru_cache(maxsize=8192)
def describe(words: str) -> Description | None:
    """What the words of a noun phrase say of people; None where their head is no noun for people.

    The phrase ends at its first preposition, relative or conjunction; after a noun that counts or holds people
    ("dozens", "members"), what follows "of" is described.

    >>> describe("suspected militants")
    Description(kind='rebel_group', armed=True, group='combatants', head='militants')
    >>> describe("at least five members of the security forces").group
    'security_forces'
    >>> describe("the old bridge") is None
    True
    """
    if (part := _PART.search(words)) and (described := describe(words[part.end() :])):
        return described
    opening = _QUANTITY_OPENING.match(words)
    found = [(match[0], match.start()) for match in _WORD.finditer(words, opening.end() if opening else 0)]
    tokens = list(takewhile(lambda word: word.lower() not in _END_OF_PHRASE, (word for word, _ in found)))
    (start, end), noun = _head(tokens)
    if noun is None or (noun is _DEMONYM and end == len(tokens)):
        joined = _JOINED_ADJECTIVE.match(words, found[len(tokens) - 1][1]) if tokens else None
        if joined is not None:
            return describe(words[joined.start("next") :])
    if noun is None:
        return _aged(words)
    head = " ".join(tokens[start:end])
    if head.lower() in people_containers() and len(found) > len(tokens) and found[len(tokens)][0].lower() == "of":
        held = describe(words[found[len(tokens)][1] + len("of") :].lstrip())
        if held is not None and held.head.lower() not in people_containers():
            return _held(held)
    description = _modified(noun, tokens[:start], head)
    return replace(description, group="children") if _is_of_a_child(words, description) else description


def _aged(words: str) -> Description | None:
    """What an age alone says: 'a 17-year-old'."""
    age = _AGE.search(words)
    if age is None or age["age"] is None:
        return None
    return Description("civilians", False, "children" if int(age["age"]) < _ADULT else "people", age[0])


def _is_of_a_child(words: str, description: Description) -> bool:
    """Whether the phrase gives an age below 18 for people who bear no arms."""
    age = _AGE.search(words)
    return age is not None and not description.armed and int(age["age"] or age["years"]) < _ADULT


def _head(tokens: Sequence[str]) -> tuple[tuple[int, int], PeopleNoun | None]:
    """Where the head noun starts and ends, and what it says; names and ages after it are passed over."""
    end = len(tokens)
    while end > 0:
        for start in range(max(0, end - _LONGEST_NOUN), end):
            if noun := _noun(tokens[start:end]):
                return (start, end), noun
        if not _is_name_or_age(tokens, end - 1):
            break
        end -= 1
    return _title(tokens)


def _title(tokens: Sequence[str]) -> tuple[tuple[int, int], PeopleNoun | None]:
    """The title before a name ('Dr Amal Said'), where everything after it is capitalised."""
    for position, token in enumerate(tokens[:-1]):
        titled = people_titles().get(token.lower().rstrip("."))
        if titled is not None and all(_in_name(word) for word in tokens[position + 1 :]):
            return (position, position + 1), titled
    return (0, 0), None


def _noun(tokens: Sequence[str]) -> PeopleNoun | None:
    words = " ".join(tokens)
    lowered = words.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    if noun := people_nouns().get(lowered) or people_containers().get(lowered):
        return noun
    if words in demonyms() or (words.isupper() and words.title() in demonyms()):
        return _DEMONYM
    return people_nouns().get(lowered.removeprefix("ex-")) if len(tokens) == 1 else None


def _is_name_or_age(tokens: Sequence[str], position: int) -> bool:
    """Whether the word may end a name or give an age after a noun; in capitals throughout, names can't be told."""
    return (
        position > 0 and _in_name(tokens[position]) and not (tokens[position].isupper() and len(tokens[position]) > 1)
    )


def _in_name(word: str) -> bool:
    return word[0].isupper() or word.isdigit() or _NAME_PARTICLE.match(word) is not None


def _held(held: Description) -> Description:
    """What a container says of a body it holds: its people are counted by the body's kind."""
    return Description(held.kind, held.armed, held.group or _GROUP_OF_KIND.get(held.kind, "people"), held.head)


def _modified(noun: PeopleNoun, before: Sequence[str], head: str) -> Description:
    words = [word.lower() for word in before]
    if head.lower().startswith("ex-") and head.lower() not in people_nouns():
        words.append("ex")
    kind, armed, group = noun.kind, noun.armed, noun.group
    for word in reversed(words):
        change = next((m for m in people_modifiers().get(word, ()) if m.changes(noun)), None)
        if change is not None:
            kind, armed, group = change.kind or kind, change.armed, _more_telling(group, change.group)
    return Description(kind, armed, group, head)


_TELLING: tuple[Group, ...] = ("children", "women", "journalists", "health_workers", "aid_workers", "protesters")


def _more_telling(own: Group | None, changed: Group | None) -> Group | None:
    """The group that says more: children before women before journalists, and so on (gold/README.md, Figures)."""
    if changed is None:
        return own
    for group in _TELLING:
        if group in (own, changed):
            return group
    return changed
