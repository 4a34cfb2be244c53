"""Shorthand: what writers of notes cut short ("2 d., 6 w.", "3 KIA", "clash w/ army"), written out.

In: a text or a sentence. Out: spans with the words that they stand for. Words of harm stand behind a number ("16
militants KIA"), before one ("WIA: 2"), as a pair ("3k/5w") or behind "no" ("no cas."), so that KIA may be a party
elsewhere; other words are written out wherever they stand alone. The words are data (`languages/en/shorthand.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from ascertain.model import Span
from ascertain.reading.words import table

Short = tuple[Span, str]
"""A stretch of a text, and the words that it stands for."""

_NUMBER = r"(?:\d[\d,]*\+?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"


def short_harms(text: str) -> list[Short]:
    """The shortened words of harm in a text, in order.

    >>> text = "3 KIA and 5 w. at the KIA base"
    >>> [(text[a:b], words) for (a, b), words in short_harms(text)]
    [('KIA', 'killed'), ('w.', 'wounded')]
    """
    found: dict[int, Short] = {}
    for match in _counted().finditer(text):
        found[match.start("short")] = (match.span("short"), _written_out("counted")[match["short"]])
    for part, pattern in (("labels", _labels()), ("signs", _signs()), ("none", _none())):
        for match in pattern.finditer(text):
            found.setdefault(match.start("short"), (match.span("short"), _written_out(part)[match["short"]]))
    for match in _pair().finditer(text):
        for group, words in (("first", "killed"), ("second", "wounded")):
            found.setdefault(match.start(group), (match.span(group), words))
    return [found[start] for start in sorted(found)]


def short_words(sentence: str) -> Iterator[Short]:
    """The other shortened words of a sentence, in order."""
    for match in _nouns().finditer(sentence):
        yield match.span("short"), _written_out("nouns")[match["short"]]
    words = table("shorthand")["words"]
    for match in _words().finditer(sentence):
        yield match.span(), words[match.group()]


@cache
def _written_out(part: str) -> dict[str, str]:
    """What each shortened word of a part of the table stands for."""
    return {short: words for words, shorts in table("shorthand")[part].items() for short in shorts}


def _either(shorts: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(s) for s in sorted(shorts, key=lambda s: (-len(s), s))) + ")"


@lru_cache(maxsize=1)
def _counted() -> re.Pattern[str]:
    noun = r"(?:\s+(?!and\b|or\b)[^\W\d][\w'’-]*){0,2}?"
    return re.compile(rf"(?<![\w.]){_NUMBER}{noun}\s*(?<!\w)(?P<short>{_either(_written_out('counted'))})(?!\w)")


@lru_cache(maxsize=1)
def _labels() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<short>{_either(_written_out('labels'))})(?=\s*[:=-]?\s*\d)")


@lru_cache(maxsize=1)
def _signs() -> re.Pattern[str]:
    return re.compile(rf"(?P<short>{_either(_written_out('signs'))})")


@lru_cache(maxsize=1)
def _none() -> re.Pattern[str]:
    return re.compile(rf"\b(?i:no|nil|zero)\s+(?:[a-z]+\s+)?(?P<short>{_either(_written_out('none'))})(?!\w)")


@lru_cache(maxsize=1)
def _pair() -> re.Pattern[str]:
    first, second = (_either(table("shorthand")["pair"][name].split()) for name in ("killed", "wounded"))
    return re.compile(rf"\b\d+\s?(?P<first>(?i:{first}))\.?\s*[,/;&+]\s*\d+\s?(?P<second>(?i:{second}))\b")


@lru_cache(maxsize=1)
def _nouns() -> re.Pattern[str]:
    before = rf"(?:{_NUMBER}|[Nn]o|[Nn]il)(?:\s+[\w-]+)?"
    return re.compile(rf"(?<![\w.]){before}\s+(?P<short>{_either(_written_out('nouns'))})(?!\w)")


@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w+&|/.]){_either(table('shorthand')['words'])}(?![\w+&|/])")
