"""A language's words of time and the forms in which they make dates, compiled from its data file.

In: `<code>.toml`. Out: a `Language`: the code of each word, one regular expression that finds a date, and for each form
one that takes it apart. A fault in the file raises `DataFileError`.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any, NoReturn, cast, get_args

from ascertain.model import DataFileError
from ascertain.times.forms import Form, Joiner, Language, Lead, Rule, Value
from ascertain.times.meaning import MEANINGS
from ascertain.times.mention import Role
from ascertain.times.tokens import SHAPES

_FIRST_CODE = 0xE000
_FORM_TOKEN = re.compile(
    r"\{(?P<slot>\w+)(?::(?P<name>\w+))?\}|\[(?P<cls>\w+)\]|<(?P<macro>\w+)>|(?P<sign>[()|?*!=@])|(?P<word>[^\s(){}\[\]<>|?*!=@]+)"
)
_CODES = re.compile(r"\(\?P<\w+>|[^\w\ue000-\uf8ff]")
_LOOKAROUND = {"!": "(?!", "=": "(?=", "@": "(?<="}
_ALLOWED: Mapping[str, Collection[Value]] = {
    "month": range(1, 13),
    "weekday": range(7),
    "weekday_any": range(7),
    "which": (-1, 0, 1),
    "unit": ("minute", "hour", "day", "week", "month", "year"),
    "period": ("week", "month", "year"),
    "piece": ("half", "quarter", "week", "days"),
    "third": ("early", "mid", "late"),
}

_RULE_VALUES: Mapping[str, Callable[[object], bool]] = {
    "offset": lambda value: isinstance(value, list) and [type(days) for days in value] == [int, int],
    "role": lambda value: value in get_args(Role),
    "sign": lambda value: value in (-1, 0, 1),
    "bare": lambda value: isinstance(value, bool),
}


@functools.cache
def language(code: str) -> Language:
    """The words and forms of a language, read once.

    Raises:
        DataFileError: there is no such file, or it has a fault.

    >>> language("en").words["month"]["october"]
    10
    """
    name = f"times/{code}.toml"
    file = resources.files("ascertain.times") / f"{code}.toml"
    if not file.is_file():
        raise DataFileError(f"no words of time for {code!r}", source=name, remedy="add the file, or choose en")
    return compile_language(file.read_text("utf-8"), name)


def compile_language(source: str, name: str) -> Language:
    """Compile the text of a data file; `name` is the file's, for errors.

    Raises:
        DataFileError: the text is not TOML, or a word, class, macro, form or rule in it has a fault.
    """
    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as fault:
        raise DataFileError(str(fault), source=name, remedy="mend the TOML there") from fault
    return _Compiler(source, name, data).compile()


@dataclass
class _Compiler:
    source: str
    name: str
    data: dict[str, Any]
    vocabulary: dict[str, str] = field(default_factory=dict)
    consumed: set[str] = field(default_factory=set)  # codes that a form may hold, not only ask for

    def compile(self) -> Language:
        words = {cls: self._values(cls, entries) for cls, entries in self._table("words").items()}
        self._check_values(words)
        rules = [(self._rule(entry), form) for entry in self._entries("rule") for form in entry["forms"]]
        forms = tuple(self._form(rule, form) for rule, form in rules)
        cores = "|".join(f"(?P<f{index}>{self._expression(form)})" for index, (_, form) in enumerate(rules))
        fill, tail = self._macro("FILL", "FILL"), self._macro("TAIL", "TAIL")
        finder = re.compile(f"(?:{fill})*?(?:{self._leads()})?(?:{fill})*?(?:{cores})(?:{tail})*")
        trigger = "".join(self._class(cls, "trigger_classes") for cls in self._list("trigger_classes"))
        return Language(
            vocabulary=self.vocabulary,
            words=words,
            capital=frozenset(self._class("capital", "capital")),
            trigger=re.compile(f"[{trigger}]"),
            run=re.compile(f"[{''.join(sorted(self.consumed))}]+"),
            finder=finder,
            forms=forms,
            events=frozenset(self._class("happening", "happening")),
            onwards=frozenset(self._table("lists").get("onwards", ())),
            ending=frozenset(
                self._class("ending", "ending") + "".join(SHAPES[shape] for shape in ("count", "year")) + "xp"
            ),
            joiners={kind: re.compile(self._expression(self._join(kind))) for kind in get_args(Joiner)},
        )

    def _fault(self, problem: str, near: str, remedy: str) -> NoReturn:
        at = self.source.find(near)
        line = None if at < 0 else self.source.count("\n", 0, at) + 1
        raise DataFileError(problem, source=self.name, line=line, remedy=remedy)

    def _table(self, key: str) -> dict[str, Any]:
        table = self.data.get(key)
        if not isinstance(table, dict):
            self._fault(f"[{key}] is missing", key, "add the table")
        return table

    def _list(self, key: str) -> list[str]:
        value = self.data.get(key)
        if not isinstance(value, list):
            self._fault(f"{key} is missing", key, "add the list at the top of the file")
        return value

    def _join(self, kind: Joiner) -> str:
        form = self._table("join").get(kind)
        if not isinstance(form, str):
            self._fault(f"[join] has no {kind!r}", "[join]", "add its form")
        return form

    def _entries(self, key: str) -> list[dict[str, Any]]:
        entries = self.data.get(key)
        if not isinstance(entries, list):
            self._fault(f"[[{key}]] is missing", key, f"add a [[{key}]] table")
        for entry in entries:
            if not isinstance(entry.get("forms"), list):
                self._fault(f"a [[{key}]] has no forms", f"[[{key}]]", 'add forms = ["…"]')
        return entries

    def _values(self, cls: str, entries: Mapping[str, Any]) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for word, value in entries.items():
            pair = isinstance(value, list) and len(value) == 2 and all(type(part) is int for part in value)
            if not (pair or type(value) in (int, str)):
                self._fault(f"{cls} {word!r} has the value {value!r}", f"\n{word} =", "give a number, a word or a pair")
            values[word] = cast(Value, tuple(value) if pair else value)
        return values

    def _check_values(self, words: Mapping[str, Mapping[str, Value]]) -> None:
        for cls, allowed in _ALLOWED.items():
            for word, value in words.get(cls, {}).items():
                if value not in allowed:
                    remedy = f"give one of {', '.join(map(str, sorted(allowed, key=str)))}"
                    self._fault(f"{cls} {word!r} has the value {value!r}", f"\n{word} =", remedy)

    def _rule(self, entry: Mapping[str, Any]) -> Rule:
        fields = {key: value for key, value in entry.items() if key != "forms"}
        if unknown := fields.keys() - Rule.__dataclass_fields__.keys():
            self._fault(f"a rule has the unknown key {min(unknown)!r}", f"\n{min(unknown)} =", "remove or rename it")
        if fields.get("means") not in MEANINGS:
            near = f'means = "{fields.get("means")}"'
            self._fault(f"no such meaning: {fields.get('means')!r}", near, f"use one of {', '.join(sorted(MEANINGS))}")
        for key, value in fields.items():
            if key in _RULE_VALUES and not _RULE_VALUES[key](value):
                self._fault(f"a rule has {key} = {value!r}", f"\n{key} = ", "give a value that the key can have")
        return Rule(**{key: tuple(value) if key == "offset" else value for key, value in fields.items()})

    def _leads(self) -> str:
        kinds: list[str] = []
        for entry in self._entries("lead"):
            if entry.get("kind") not in get_args(Lead):
                near = f'kind = "{entry.get("kind")}"'
                self._fault(f"no such lead: {entry.get('kind')!r}", near, f"use one of {', '.join(get_args(Lead))}")
            forms = "|".join(self._expression(form) for form in entry["forms"])
            kinds.append(f"(?P<{entry['kind']}>{forms})")
        return "|".join(kinds)

    def _form(self, rule: Rule, form: str) -> Form:
        classes: dict[str, str] = {}
        expression = self._expression(form, classes)
        try:
            return Form(rule, re.compile(expression), classes)
        except re.error as fault:
            self._fault(f"the form {form!r} cannot be compiled: {fault}", form[:40], "mend the form")

    def _macro(self, name: str, form: str, classes: dict[str, str] | None = None) -> str:
        body = self._table("macros").get(name)
        if not isinstance(body, str):
            self._fault(f"no such macro: {name!r}", form[:40], "define it under [macros]")
        return self._expression(body, classes)

    def _class(self, cls: str, form: str) -> str:
        if cls in SHAPES:
            return SHAPES[cls]
        words = self._table("words").get(cls) or self._table("lists").get(cls)
        if not words:
            self._fault(f"no such class of words: {cls!r}", form[:40], "define it under [words] or [lists]")
        return "".join(self._code(word) for word in words)

    def _code(self, word: str) -> str:
        return self.vocabulary.setdefault(word, chr(_FIRST_CODE + len(self.vocabulary)))

    def _expression(self, form: str, classes: dict[str, str] | None = None) -> str:
        """The regular expression over codes; slots are noted in `classes`, or left without names where it is None."""
        parts: list[str] = []
        looking = 0  # lookarounds whose atom is still to come
        open_groups: list[int] = []  # for each open group, the lookarounds that close with it
        for token in _FORM_TOKEN.finditer(form):
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
                    self._fault(f"a bracket too many in {form!r}", form[:40], "mend the form")
                parts.append(")" + ")" * open_groups.pop())
            elif sign:
                parts.append(sign)
            else:
                atom = self._atom(token, form, classes)
                if not (token["macro"] or looking or any(open_groups)):
                    self.consumed.update(_CODES.sub("", atom))
                parts.append(atom + ")" * looking)
                looking = 0
        if open_groups:
            self._fault(f"a bracket is not closed in {form!r}", form[:40], "close it")
        return "".join(parts)

    def _atom(self, token: re.Match[str], form: str, classes: dict[str, str] | None) -> str:
        if token["macro"]:
            return f"(?:{self._macro(token['macro'], form, classes)})"
        if token["cls"]:
            return f"[{self._class(token['cls'], form)}]"
        if token["word"]:
            return self._code(token["word"])
        chars, name = self._class(token["slot"], form), token["name"] or token["slot"]
        if classes is None:
            return f"[{chars}]"
        classes[name] = token["slot"]
        return f"(?P<{name}>[{chars}])"
