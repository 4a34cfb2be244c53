"""Names put plainly for the parser: which party, place or people it is must not sway how a sentence is read.

In: a text and the parties and places found in it. Out: stretches of the text, each with the one word that the parser
reads in its place: the same for all parties, for all places, for all states, and for all words of a people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from ascertain.actors import PartyMention, describe, parties
from ascertain.actors.nations import force_words, nations
from ascertain.model import Span
from ascertain.places import PlaceMention
from ascertain.places.lexicon import lexicon
from ascertain.reading.words import table, word_set

Name = tuple[Span, str]
"""A stretch of a text, and the word that the parser reads there."""

_CAPITALISED = re.compile(r"(?<!\w)(?:[A-Z]\.(?:[A-Z]\.)+|[A-Z]\w+)")
_NEXT_CAPITALISED = re.compile(r" [A-Z]\w+")
_WORD = re.compile(r"[^\s]+")
_NEXT = re.compile(r"\s*([a-z]+|[.,;:?!)])")


def names(text: str, found: Sequence[PartyMention], places: Iterable[PlaceMention]) -> list[Name]:
    """The names of a text with what the parser reads in place of each, in order, none within another."""
    taken: dict[int, Name] = {}
    covered: set[int] = set()
    for span, words in (*_of_parties(text, found), *_of_peoples(text), *_of_places(text, places)):
        if span[0] not in covered and span[1] - 1 not in covered:
            covered.update(range(*span))
            taken[span[0]] = (span, words)
    return [taken[start] for start in sorted(taken)]


def _plain(kind: str) -> str:
    word: str = table("names")["plain"][kind]
    return word


def _of_parties(text: str, found: Iterable[PartyMention]) -> Iterator[Name]:
    """Parties with a name of their own; one that a people's word names ("Malian soldiers") keeps its noun."""
    for mention in found:
        core = _core(text, mention.span)
        if core is None or (mention.id or "").startswith("state:"):
            continue
        yield core, _plain("people" if _is_plural(text[slice(*core)], mention.id) else "party")


@lru_cache(maxsize=4096)
def _is_plural(words: str, party: str | None) -> bool:
    """Whether a party's name is the plural of its word ("Houthis", "Houthi")."""
    return words.endswith("s") and (party, words[:-1]) in _aliases()


@lru_cache(maxsize=1)
def _aliases() -> frozenset[tuple[str, str]]:
    return frozenset((party.id, alias.words) for party in parties() for alias in party.aliases)


def _of_peoples(text: str) -> Iterator[Name]:
    known = _peoples()
    for match in _CAPITALISED.finditer(text):
        second = _NEXT_CAPITALISED.match(text, match.end())
        words = match.group() + (second.group() if second else "")
        if words not in known:
            words = match.group()
        span = (match.start(), match.start() + len(words))
        if (form := known.get(words)) is not None and (kind := _form(text, span, form)) is not None:
            yield span, _plain(kind)


def _form(text: str, span: Span, form: str) -> str | None:
    """How a word for a people stands here, by the word after it; `None` where it names the state ("US said")."""
    following = _NEXT.match(text, span[1])
    after = following.group(1) if following else ""
    if form == "either":
        alone = not after.isalpha() or after in word_set("names", "grammar", "after_people")
        return "people" if alone else "of_state"
    if form == "name":
        return "of_state" if after in force_words() or describe(after) is not None else None
    return form


@lru_cache(maxsize=1)
def _peoples() -> Mapping[str, str]:
    """How each word for a people stands: before a noun, as a noun, as either, or as the state's name too ("US")."""
    forms: dict[str, str] = {word.title(): "of_state" for word in sorted(word_set("names", "grammar", "of_faith"))}
    for nation in nations().values():
        adjectives = {words.removeprefix("=") for words in nation.adjectives}
        own = {words.removeprefix("=") for words in nation.names}
        for words in sorted(adjectives):
            as_noun = any(words == pair[1] for pair in nation.people)
            forms[words] = "name" if words in own else "either" if as_noun else "of_state"
        forms |= {words: "name" for words in sorted(own) if words.isupper()}
        for singular, plural in nation.people:
            forms.setdefault(singular, "of_state")
            forms.setdefault(plural, "people")
    return forms


def _of_places(text: str, places: Iterable[PlaceMention]) -> Iterator[Name]:
    for mention in places:
        span = mention.place.span
        if mention.role in ("name_part", "stands_for") and not _governs(text, span[1]):
            continue
        kind = "state" if mention.place.precision == "country" else "place"
        for part in _apart(text, span):
            core = _core(text, part, kinds=True)
            if core is not None:
                yield core, _plain(kind)


def _governs(text: str, end: int) -> bool:
    """Whether a name stands before a word in lower case, not within a longer name."""
    following = _NEXT.match(text, end)
    return following is not None and following.group(1).isalpha()


def _apart(text: str, span: Span) -> tuple[Span, ...]:
    """The two names of "between A and B", else the one."""
    words = text[slice(*span)]
    parts = words.split(" and ")
    if not words.lower().startswith("between ") or len(parts) != 2:
        return (span,)
    middle = span[0] + len(parts[0])
    return (span[0], middle), (middle + len(" and "), span[1])


def _core(text: str, span: Span, *, kinds: bool = False) -> Span | None:
    """The name itself, without words in lower case and, if `kinds`, words of its kind ("Jabalia refugee camp")."""
    words = [(span[0] + match.start(), span[0] + match.end()) for match in _WORD.finditer(text[slice(*span)])]
    after = lexicon().after if kinds else {}
    while words and (_is_small(last := text[slice(*words[-1])]) or (len(words) > 1 and last.lower() in after)):
        words.pop()
    while words and _is_small(text[slice(*words[0])]):
        words.pop(0)
    return (words[0][0], words[-1][1]) if words else None


def _is_small(word: str) -> bool:
    return word == "The" or (word == word.lower() and not any(c.isdigit() for c in word))
