"""Meanings that hang on the date under discussion ("two days later"), and those that give no days."""

from __future__ import annotations

from ascertain.model import WhenPrecision
from ascertain.times.mention import Role
from ascertain.times.said import Meaning, Said, unit_precision

BARE = (2, 9)
"""How many "days ago" or "weeks later" are that no number counts: as many as "several"."""
_DAYS_A_UNIT = {"day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25}
_SAME_DAY_HOURS = 12
_BESIDE = {-1: (-7, -1), 0: (-6, 6), 1: (1, 7)}


def from_discourse(said: Said) -> Meaning:
    """Days counted from the date under discussion, as the rule says: "the previous day"."""
    first, last = said.rule.offset
    return _discourse(first, last, "day" if first == last else "span", said.rule.role)


def distance(said: Said) -> Meaning:
    """So long after or before the date under discussion: "two days later"."""
    least, most = said.bounds() or BARE
    first, last = days_of(said.unit, least, most, said.rule.sign)
    if said.unit in ("minute", "hour"):
        return _discourse(first, last, "day" if first == last else "span")
    return _discourse(first, last, unit_precision(said.unit) if least == most else "span")


def beside(said: Said) -> Meaning:
    """The week, month or year before, of or after the date under discussion."""
    first, last = days_of(said.unit, 1, 1, said.rule.sign) if said.rule.sign else (0, 0)
    return _discourse(first, last, unit_precision(said.unit))


def weekday_beside(said: Said) -> Meaning:
    """A weekday after, before or around the date under discussion; which day of the seven depends on that date."""
    return _discourse(*_BESIDE[said.rule.sign], "span")


def ahead(said: Said) -> Meaning:
    """A window that begins at the date under discussion: "over the next three days"."""
    most = (said.bounds() or (1, 1))[1]
    last = days_of(said.unit, most, most, 1)[1]
    return _discourse(min(1, last), last, "span", "duration")


def undated(said: Said) -> Meaning:
    """A start or a length that no date is given for: "since the start of the war", "for three days"."""
    return Meaning(None, "span", "discourse", role=said.rule.role)


def nothing(_said: Said) -> None:
    """Words that look like a time and are none."""


def days_of(unit: str, least: int, most: int, sign: int) -> tuple[int, int]:
    """Days from so many units to so many, forward or back; under twelve hours is the same day.

    >>> days_of("hour", 24, 24, -1)
    (-1, -1)
    """
    if unit in ("minute", "hour"):
        hours = most if unit == "hour" else most // 60
        nearest, farthest = (0, 0) if hours < _SAME_DAY_HOURS else (hours // 24, -(-hours // 24))
    else:
        nearest, farthest = round(least * _DAYS_A_UNIT[unit]), round(most * _DAYS_A_UNIT[unit])
    return (nearest, farthest) if sign > 0 else (-farthest, -nearest)


def _discourse(first: int, last: int, precision: WhenPrecision, role: Role = "date") -> Meaning:
    return Meaning(None, precision, "discourse", offset=(first, last), role=role)
