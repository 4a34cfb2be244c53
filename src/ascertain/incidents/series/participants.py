"""Who takes part in talks, and by what a party is known again."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ascertain.model import Actor, IncidentActor

ARTICLES = re.compile(r"^(?:the|a|an|its|their|his|her|any|some) ", re.IGNORECASE)
SMALL = frozenset(("of", "for", "the", "and", "de", "la", "du", "al"))


def bare(words: str) -> str:
    """Words without their article: the ceasefire is a ceasefire.

    >>> bare("The  ceasefire")
    'ceasefire'
    """
    return ARTICLES.sub("", " ".join(words.split()))


def identity(actor: Actor | IncidentActor) -> str | None:
    """What a party is known by from report to report: the lexicon's id, or a name of its own; "rebels" has none.

    >>> identity(Actor(role="party", text="the Kokang Peace Alliance", span=(0, 25)))
    'kokang peace alliance'
    >>> identity(Actor(role="party", text="The Government", span=(0, 14))) is None
    True
    """
    if actor.id is not None:
        return actor.id
    if actor.name is not None:
        return actor.name.casefold()
    words = bare(actor.text).split()
    large = [word for word in words if word.lower() not in SMALL]
    named = len(large) > 1 and all(word[0].isupper() for word in large) and not actor.text.isupper()
    initials = len(words) == 1 and words[0].isupper() and 2 < len(words[0]) < 6
    return bare(actor.text).casefold() if named or initials else None


def without_span(actor: Actor) -> IncidentActor:
    """The actor as a record keeps it."""
    return IncidentActor(role=actor.role, text=actor.text, name=actor.name, id=actor.id, kind=actor.kind)


def each_once(actors: Iterable[IncidentActor]) -> tuple[IncidentActor, ...]:
    """Each participant once; those that are only described ("rebels") last, and only where fewer than two are known."""
    kept: dict[tuple[bool, str], IncidentActor] = {}
    for actor in sorted(actors, key=lambda each: (each.text, each.kind, each.role)):
        known = identity(actor)
        kept.setdefault((known is None, known or bare(actor.text).casefold()), actor)
    named = sum(not described for described, _ in kept)
    return tuple(actor for (described, _), actor in sorted(kept.items()) if not described or named < 2)


def shown(actor: IncidentActor) -> str:
    """The name of a participant, or the words for it."""
    return actor.name or actor.text
