"""Sentences that can be said in other languages: the English, with the form and the values that it was made of.

In: a form such as `"only {source} says so"`, and its values. Out: a `Saying`, which is the English text wherever text
is wanted; who has the form in another language puts the same values in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

SayingValue = str | int | tuple[str, ...]


class Saying(str):
    """A sentence in English. `form` is it with the names of values in braces, and `values` has these: texts, numbers,
    other sayings, or several of them."""

    form: str
    values: Mapping[str, SayingValue]

    def __new__(cls, text: str, form: str = "{text}", values: Mapping[str, SayingValue] | None = None) -> Saying:
        """A sentence; text alone is said as it is in every language."""
        made = super().__new__(cls, text)
        made.form = form
        made.values = {"text": str(text)} if values is None else values
        return made

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """In values of the model it is a text like any other, and stays what it is."""
        return core_schema.no_info_wrap_validator_function(
            lambda value, check: value if isinstance(value, cls) else cls(check(value)), core_schema.str_schema()
        )


def saying(form: str, **values: SayingValue) -> Saying:
    """A sentence of a form with its values.

    >>> told = saying("only {source} says so, in {reports}", source="police", reports=("r1", "r2"))
    >>> told, told.form, told.values["reports"]
    ('only police says so, in r1, r2', 'only {source} says so, in {reports}', ('r1', 'r2'))
    """
    return Saying(form.format_map({name: _in_english(value) for name, value in values.items()}), form, values)


def _in_english(value: SayingValue) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)
