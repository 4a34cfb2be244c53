"""What a language's data file becomes: rules, forms, and the compiled language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ascertain.times.mention import Role

Value = int | tuple[int, int] | str
Lead = Literal["since", "so_far", "between", "from", "until", "by", "before", "after"]
Joiner = Literal["between", "other", "since"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What the forms of a rule mean: the name of a meaning, and what it needs besides the words.

    `offset` are days from the anchor; `sign` is 1 for after, -1 for before; `bare` marks a plural without a number.
    """

    means: str
    offset: tuple[int, int] = (0, 0)
    role: Role = "date"
    sign: int = 0
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its rule, the expression that takes it apart, and the class of each of its slots."""

    rule: Rule
    pattern: re.Pattern[str]
    classes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Language:
    """The compiled words and forms of a language.

    `finder` matches a whole mention; its named groups are the kinds of lead and, last, `f<n>` (the n-th form).
    `run` matches codes that forms may hold, `trigger` those of which each form holds one.
    `planned` matches the row up to a date that something is planned for.
    `events` are the codes of words for events, `ending` the codes that no period's start reaches over.
    """

    vocabulary: dict[str, str]
    words: Mapping[str, Mapping[str, Value]]
    capital: frozenset[str]
    run: re.Pattern[str]
    trigger: re.Pattern[str]
    finder: re.Pattern[str]
    forms: tuple[Form, ...]
    joiners: Mapping[Joiner, re.Pattern[str]]
    planned: re.Pattern[str]
    events: frozenset[str]
    onwards: frozenset[str]
    ending: frozenset[str]
