"""The pass over a text that finds the forms of dates in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast, get_args

from ascertain.times.forms import Form, Language, Lead, Value
from ascertain.times.tokens import SHAPES, Tokens

_LEADS: tuple[Lead, ...] = get_args(Lead)
_WHOLE = frozenset(("window", "recent", "running", "undated"))
"""Meanings whose forms hold their own prepositions: in "went on for three days" the "on" is not theirs."""


@dataclass(frozen=True, slots=True)
class Found:
    """A form found: tokens `start` to `end`, the date proper from `core`, and the kind of lead before it."""

    start: int
    core: int
    end: int
    lead: Lead | None
    lead_end: int
    form: Form
    slots: dict[str, Value]


def scan(tokens: Tokens, words: Language) -> Iterator[Found]:
    """The forms in a row of codes; only runs of known words with a telling one among them are looked at."""
    codes, trigger = tokens.codes, words.trigger.search
    for run in words.run.finditer(codes):
        position, end = run.span()
        # one code past the run, for forms that ask what follows
        while trigger(codes, position, end) and (match := words.finder.search(codes, position, end + 1)):
            yield _take_apart(match, tokens, words)
            position = match.end()


def _take_apart(match: re.Match[str], tokens: Tokens, words: Language) -> Found:
    group = cast(str, match.lastgroup)  # the form's group is the last to close
    form, core = words.forms[int(group[1:])], match.start(group)
    inner = form.pattern.match(tokens.codes, core)
    slots: dict[str, Value] = {}
    for name, cls in form.classes.items():
        if inner and inner.start(name) >= 0:
            slots[name] = _value(tokens.matches[inner.start(name)][0], cls, words)
    lead = next((kind for kind in _LEADS if match[kind] is not None), None)
    start = core if form.rule.means in _WHOLE else match.start()
    return Found(start, core, match.end(), lead, match.end(lead) if lead else start, form, slots)


def _value(word: str, cls: str, words: Language) -> Value:
    if cls == "numeric":
        return word
    if cls in SHAPES:
        return int("".join(letter for letter in word if letter.isdigit()))
    return words.words[cls][word]
