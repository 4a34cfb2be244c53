"""Forms of dates, as data files write them, made into regular expressions over codes.

In: a form such as `{day} of? {month}`, and the words of its classes. Out: an expression whose characters are the codes
of `ascertain.times.tokens`. The notation is told at the top of `en.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from ascertain.times.tokens import SHAPES

_FIRST_CODE = 0xE000
_TOKEN = re.compile(
    r"""
      \{(?P<slot>\w+)(?::(?P<name>\w+))?\}
    | \[(?P<cls>\w+)\]
    | <(?P<macro>\w+)>
    | (?P<sign>[()|?*!=@])
    | (?P<word>[^\s(){}\[\]<>|?*!=@]+)
    """,
    re.VERBOSE,
)
_NOT_CODES = re.compile(r"\(\?P<\w+>|[^\w\ue000-\uf8ff]")
_LOOKAROUND = {"!": "(?!", "=": "(?=", "@": "(?<="}


@dataclass
class Grammar:
    """The classes of words and the macros that forms use, and the code that each word gets when first used.

    `fault` raises the error of a form: it takes the problem, the words at fault and the remedy. `held` collects the
    codes that forms may hold, other than those that they only ask for before or after them.
    """

    classes: Mapping[str, Collection[str]]
    macros: Mapping[str, str]
    fault: Callable[[str, str, str], NoReturn]
    vocabulary: dict[str, str] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)

    def macro(self, name: str, form: str, slots: dict[str, str] | None = None) -> str:
        """The expression of a macro, for use in `form`."""
        body = self.macros.get(name)
        if not isinstance(body, str):
            self.fault(f"no such macro: {name!r}", form[:40], "define it under [macros]")
        return self.expression(body, slots)

    def codes(self, cls: str, form: str) -> str:
        """The codes of a class of words, for use in `form`."""
        if cls in SHAPES:
            return SHAPES[cls]
        words = self.classes.get(cls)
        if not words:
            self.fault(f"no such class of words: {cls!r}", form[:40], "define it under [words] or [lists]")
        return "".join(self._code(word) for word in words)

    def _code(self, word: str) -> str:
        return self.vocabulary.setdefault(word, chr(_FIRST_CODE + len(self.vocabulary)))

    def expression(self, form: str, slots: dict[str, str] | None = None) -> str:
        """The regular expression over codes; the class of each slot goes to `slots`, or slots have no names."""
        parts: list[str] = []
        looking = 0  # lookarounds whose atom is still to come
        open_groups: list[int] = []  # for each open group, the lookarounds that close with it
        for token in _TOKEN.finditer(form):
            sign = token["sign"]
            if sign in ("!", "=", "@"):
                parts.append(_LOOKAROUND[sign])
                looking += 1
            elif sign == "(":
                parts.append("(?:")
                open_groups.append(looking)
                looking = 0
            elif sign == ")":
                if not open_groups:
                    self.fault(f"a bracket too many in {form!r}", form[:40], "mend the form")
                parts.append(")" + ")" * open_groups.pop())
            elif sign:
                parts.append(sign)
            else:
                atom = self._atom(token, form, slots)
                if not (token["macro"] or looking or any(open_groups)):
                    self.held.update(_NOT_CODES.sub("", atom))
                parts.append(atom + ")" * looking)
                looking = 0
        if open_groups:
            self.fault(f"a bracket is not closed in {form!r}", form[:40], "close it")
        return "".join(parts)

    def _atom(self, token: re.Match[str], form: str, slots: dict[str, str] | None) -> str:
        if token["macro"]:
            return f"(?:{self.macro(token['macro'], form, slots)})"
        if token["cls"]:
            return f"[{self.codes(token['cls'], form)}]"
        if token["word"]:
            return self._code(token["word"])
        chars, name = self.codes(token["slot"], form), token["name"] or token["slot"]
        if slots is None:
            return f"[{chars}]"
        slots[name] = token["slot"]
        return f"(?P<{name}>[{chars}])"
