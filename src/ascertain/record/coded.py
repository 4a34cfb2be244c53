"""What is coded of an incident when two people code it blindly: the fields, and how their values are compared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from pydantic import JsonValue

from ascertain.model import RefusedError, Saying, saying
from ascertain.taxonomy import event_types

Value = str | int | None
Level = Literal["nominal", "interval", "ratio"]


@dataclass(frozen=True, slots=True)
class Field:
    """A value that is coded: how it is read from what was typed, and the level of measurement at which disagreement
    counts (Krippendorff, Content Analysis, 4th ed., ch. 12)."""

    name: str
    level: Level
    read: Callable[[str], Value]


def read_type(typed: str) -> Value:
    """An event type by its code."""
    if typed not in event_types():
        raise RefusedError(saying("no type of event {type}; choose one of the list", type=repr(typed)))
    return typed


def read_day(typed: str) -> Value:
    """A day, as YYYY-MM-DD.

    >>> read_day("2026-3-1")
    Traceback (most recent call last):
    ascertain.model.errors.RefusedError: '2026-3-1' is no day; write it as 2026-03-01
    """
    try:
        return dt.date.fromisoformat(typed).isoformat()
    except ValueError as error:
        raise RefusedError(not_a_day(typed)) from error


def read_number(typed: str) -> Value:
    """A number of people.

    >>> read_number("12")
    12
    """
    if not typed.isdecimal() or len(typed) > 9:
        raise RefusedError(not_a_number(typed))
    return int(typed)


def not_a_day(typed: str) -> Saying:
    """What was typed is no day."""
    return saying("{typed} is no day; write it as 2026-03-01", typed=repr(typed))


def not_a_number(typed: str) -> Saying:
    """What was typed is no number of people."""
    return saying("{typed} is no number of people; write digits, or nothing where it is not said", typed=repr(typed))


def read_words(typed: str) -> Value:
    """A name, in one way of writing it."""
    return " ".join(typed.split())[:300]


FIELDS: Mapping[str, Field] = MappingProxyType(
    {
        field.name: field
        for field in (
            Field("type", "nominal", read_type),
            Field("day", "interval", read_day),
            Field("place", "nominal", read_words),
            Field("party", "nominal", read_words),
            Field("killed_low", "ratio", read_number),
            Field("killed_high", "ratio", read_number),
            Field("injured_low", "ratio", read_number),
            Field("injured_high", "ratio", read_number),
        )
    }
)


def read_values(fields: list[str], typed: Mapping[str, str]) -> dict[str, JsonValue]:
    """What somebody coded, checked; nothing typed is a value too: the reports do not say.

    Raises:
        RefusedError: a value cannot be read, or a lower bound lies above the upper one.

    >>> read_values(["killed_low", "place"], {"killed_low": " 3 ", "place": ""})
    {'killed_low': 3, 'place': None}
    """
    found: dict[str, JsonValue] = {}
    for name in fields:
        told = typed.get(name, "").strip()
        found[name] = FIELDS[name].read(told) if told else None
    for outcome in ("killed", "injured"):
        low, high = found.get(f"{outcome}_low"), found.get(f"{outcome}_high")
        if isinstance(low, int) and isinstance(high, int) and low > high:
            raise RefusedError(
                saying(
                    "the least of {code}, {low}, is more than the most, {high}; change one of them",
                    code=outcome,
                    low=low,
                    high=high,
                )
            )
    return found


def compared(name: str, value: JsonValue) -> str | float | None:
    """A value as it is compared: days as numbers, names without regard to case."""
    if value is None:
        return None
    if FIELDS[name].level == "interval":
        return float(dt.date.fromisoformat(str(value)).toordinal())
    return float(str(value)) if FIELDS[name].level == "ratio" else str(value).casefold()
