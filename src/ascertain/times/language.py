"""A language's words of time and the forms in which they make dates, compiled from its data file.

In: `<code>.toml`. Out: a `Language`: the code of each word, one regular expression that finds a date, and for each form
one that takes it apart. A fault in the file raises `DataFileError`.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, NoReturn, cast, get_args

from ascertain.model import DataFileError
from ascertain.times.forms import Form, Joiner, Language, Lead, Rule, Value
from ascertain.times.grammar import Grammar
from ascertain.times.meaning import MEANINGS
from ascertain.times.mention import Role
from ascertain.times.tokens import BREAK, PUNCTUATION, SHAPES

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

_ENDING_CODES = PUNCTUATION + BREAK + SHAPES["count"] + SHAPES["year"]
_FILL = "{0,12}?"  # more words than that before a date are no part of it, and long rows of dashes cost no time
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

    def compile(self) -> Language:
        words = {cls: self._values(cls, entries) for cls, entries in self._table("words").items()}
        self._check_values(words)
        classes = {**words, **self._table("lists")}
        grammar = Grammar(classes, self._table("macros"), self._fault)
        forms = [(self._rule(entry), form) for entry in self._entries("rule") for form in entry["forms"]]
        cores = "|".join(f"(?P<f{index}>{grammar.expression(form)})" for index, (_, form) in enumerate(forms))
        fill, tail = grammar.macro("FILL", "FILL"), grammar.macro("TAIL", "TAIL")
        leads = "|".join(self._leads(grammar))
        joint = grammar.codes("joint", "joint")
        trigger = "".join(grammar.codes(cls, "trigger_classes") for cls in self._list("trigger_classes"))
        return Language(
            vocabulary=grammar.vocabulary,
            words=words,
            capital=frozenset(grammar.codes("capital", "capital")),
            run=re.compile(f"[{''.join(sorted(grammar.held))}]+"),
            trigger=re.compile(f"[{trigger}]"),
            finder=re.compile(f"(?![{joint}])(?:{fill}){_FILL}(?:(?:{leads})(?:{fill}){_FILL})?(?:{cores})(?:{tail})*"),
            forms=tuple(self._form(rule, form, grammar) for rule, form in forms),
            joiners={kind: re.compile(grammar.expression(self._join(kind))) for kind in get_args(Joiner)},
            planned=re.compile(
                f"[{grammar.codes('planned', 'planned')}][^{grammar.codes('saying', 'saying')}{PUNCTUATION}{BREAK}]*$"
            ),
            events=frozenset(grammar.codes("happening", "happening")),
            onwards=frozenset(classes.get("onwards", ())),
            ending=frozenset(grammar.codes("ending", "ending") + _ENDING_CODES),
        )

    def _fault(self, problem: str, near: str, remedy: str) -> NoReturn:
        at = self.source.find(near)
        line = None if at < 0 else self.source.count("\n", 0, at) + 1 + near.startswith("\n")
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
        fields: dict[str, Any] = {key: value for key, value in entry.items() if key != "forms"}
        if unknown := fields.keys() - Rule.__dataclass_fields__.keys():
            self._fault(f"a rule has the unknown key {min(unknown)!r}", f"\n{min(unknown)} =", "remove or rename it")
        if fields.get("means") not in MEANINGS:
            near = f'means = "{fields.get("means")}"'
            self._fault(f"no such meaning: {fields.get('means')!r}", near, f"use one of {', '.join(sorted(MEANINGS))}")
        for key, value in fields.items():
            if key in _RULE_VALUES and not _RULE_VALUES[key](value):
                self._fault(f"a rule has {key} = {value!r}", f"\n{key} = ", "give a value that the key can have")
        offset = fields.pop("offset", (0, 0))
        return Rule(offset=(offset[0], offset[1]), **fields)

    def _leads(self, grammar: Grammar) -> Iterator[str]:
        for entry in self._entries("lead"):
            kind = entry.get("kind")
            if kind not in get_args(Lead):
                self._fault(f"no such lead: {kind!r}", f'kind = "{kind}"', f"use one of {', '.join(get_args(Lead))}")
            yield f"(?P<{kind}>{'|'.join(grammar.expression(form) for form in entry['forms'])})"

    def _form(self, rule: Rule, form: str, grammar: Grammar) -> Form:
        classes: dict[str, str] = {}
        expression = grammar.expression(form, classes)
        try:
            return Form(rule, re.compile(expression), classes)
        except re.error as fault:
            self._fault(f"the form {form!r} cannot be compiled: {fault}", form[:40], "mend the form")
