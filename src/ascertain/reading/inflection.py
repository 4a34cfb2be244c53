"""Inflection: the forms of a phrase that begins with a verb.

In: a phrase in its base form ("open fire"). Out: the phrase with the verb in each of its forms. The irregular verbs are
data in `verbs.toml`.
"""

from __future__ import annotations

from functools import cache

from ascertain.reading.words import table, word_set

HISSING = ("s", "x", "z", "sh", "ch")
VOWELS = "aeiou"


def inflected(phrase: str) -> tuple[str, ...]:
    """All forms of a phrase that begins with a verb, its base form first.

    >>> inflected("open fire")
    ('open fire', 'opens fire', 'opened fire', 'opening fire')
    >>> inflected("shoot dead")
    ('shoot dead', 'shoots dead', 'shot dead', 'shooting dead')
    """
    verb, blank, rest = phrase.partition(" ")
    return tuple(form + blank + rest for form in _forms(verb))


@cache
def _forms(verb: str) -> tuple[str, ...]:
    irregular: dict[str, str] = table("verbs")["irregular"]
    made = irregular[verb].split() if verb in irregular else _regular(verb)
    return tuple(dict.fromkeys((verb, *made)))


def _regular(verb: str) -> tuple[str, str, str]:
    """The third person, the past and the form in "-ing" of a verb that is made by rule."""
    if verb.endswith("e"):
        return verb + "s", verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2:-1] not in VOWELS:
        return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    stem = verb + verb[-1] if verb in word_set("verbs", "doubling") else verb
    return verb + ("es" if verb.endswith(HISSING) else "s"), stem + "ed", stem + "ing"
