"""Text to runs of tokens: the stretches of capitalised words in which names stand.

In text all of capitals every word is a token, and ordinary words part the runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ascertain.places.lexicon import Label, Lexicon, lexicon
from ascertain.places.names import fold

_FURTHER = (*range(0x100, 0x250), *range(0x1E00, 0x1F00))
_UPPER = "A-ZÀ-ÖØ-Þ" + "".join(chr(code) for code in _FURTHER if chr(code).isupper())
_REST = r"(?:\w|[’'‘ʼʻ`](?![sS]\b)(?=\w))*"
_ARTICLE = r"(?:(?:[Aa]l|[Ee]l|[Aa][rszdnt]|[Aa]sh|[EeUu][lrnszt])[-’‑])?"
_WORD = rf"(?:(?:[{_UPPER}]\.){{2,}}|{_ARTICLE}[‘ʻ]?[{_UPPER}]{_REST}(?:(?<=\bSt)\.)?)"
_GAP = r"(?:[ \t]+|[ \t]?\n(?!\s*\n))"
_TOKEN = re.compile(rf"(?:[{_UPPER}]\.){{2,}}|{_ARTICLE}[‘ʻ]?\w{_REST}(?:(?<=\bSt)\.)?")
_FOLLOWING = re.compile(r"[ \t\n]([a-z][a-z-]+)")
_CAPS_TOKEN = re.compile(rf"(?:[A-Z]\.){{2,}}|\w{_REST}(?:-\w{_REST})*")
_CAPS_BREAK = re.compile(r"[^\s]|\n\s*\n")


class Token(NamedTuple):
    """A word of a run with its key and what the lexicon makes of it."""

    start: int
    end: int
    key: str
    label: Label
    lower: bool


Run = tuple[Token, ...]


def is_upper_case(text: str) -> bool:
    """Whether a text is written all in capitals, as old wire copy is.

    >>> is_upper_case("LIMA, 15 JAN 90 -- TWO BOMBS WENT OFF"), is_upper_case("Two bombs went off in Lima")
    (True, False)
    """
    head = text[:1500]
    return sum(map(str.islower, head)) * 12 < sum(map(str.isupper, head))


def runs(text: str, words: Lexicon, *, capitals: bool) -> Iterator[Run]:
    """The runs of a text in order; tokens of mixed text also take in the kind that follows ("refugee camp").

    `capitals` says that the text is all of capitals.
    """
    return _capital_runs(text, words) if capitals else _mixed_runs(text, words)


@lru_cache(1)
def _run_pattern() -> re.Pattern[str]:
    link = "(?:" + "|".join(sorted({*lexicon().links, "the"}, key=len, reverse=True)) + ")"
    return re.compile(rf"(?<![\w@#]){_WORD}(?:(?:{_GAP}|[-‑])(?:{link}(?:{_GAP}|[-‑])){{0,2}}{_WORD})*")


def _mixed_runs(text: str, words: Lexicon) -> Iterator[Run]:
    for match in _run_pattern().finditer(text):
        start, end = match.span()
        run = match.group()
        if run.isalnum():
            tokens = [_token(start, end, run)]
        else:
            tokens = [_token(start + found.start(), start + found.end(), found[0]) for found in _TOKEN.finditer(run)]
        yield (*tokens, *_kinds_after(text, end, words))


def tokens_of(text: str, start: int, end: int, words: Lexicon, *, capitals: bool) -> Run:
    """The tokens of a name whose span is known, and the kind that follows it."""
    pattern = _CAPS_TOKEN if capitals else _TOKEN
    tokens = [
        _token(start + found.start(), start + found.end(), found[0]) for found in pattern.finditer(text[start:end])
    ]
    whole = tokens or [_token(start, end, text[start:end])]
    return (*whole, *_kinds_after(text, end, words))


def _kinds_after(text: str, end: int, words: Lexicon) -> list[Token]:
    tokens: list[Token] = []
    while len(tokens) < 3 and (found := _FOLLOWING.match(text, end)):
        key, end = _labelled(found.group(1))[0], found.end()
        label = words.labels.get(key)
        if label == "kind" or key in words.after:
            tokens.append(Token(found.start(1), end, key, "kind", lower=True))
        elif key in words.within:
            tokens.append(Token(found.start(1), end, key, "within", lower=True))
        else:
            break
    while tokens and tokens[-1].label == "within":
        tokens.pop()
    return tokens


def _capital_runs(text: str, words: Lexicon) -> Iterator[Run]:
    tokens: list[Token] = []
    for found in _CAPS_TOKEN.finditer(text):
        key, label = _labelled(found[0])
        if tokens and (label == "function" or _is_parted(text, tokens[-1].end, found.start())):
            yield tuple(tokens)
            tokens = []
        if label != "function" or key in words.directions:
            tokens.append(Token(*found.span(), key, label, lower=False))
    if tokens:
        yield tuple(tokens)


def _is_parted(text: str, end: int, start: int) -> bool:
    """Whether more than a blank stands between two words of a text in capitals."""
    return text[end:start] != " " and _CAPS_BREAK.search(text, end, start) is not None


def _token(start: int, end: int, word: str) -> Token:
    key, label = _labelled(word)
    return Token(start, end, key, label, lower=False)


@lru_cache(20_000)
def _labelled(word: str) -> tuple[str, Label]:
    """The key of a word, and what the lexicon makes of it."""
    key = fold(word)
    return key, "function" if key[:1].isdigit() else lexicon().labels.get(key, "name")
