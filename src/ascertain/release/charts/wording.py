"""The words of charts in a language, from `words/<language>.toml`, and ranges and days told in them."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from string import Formatter

from ascertain.model import DataFileError
from ascertain.release.charts.scales import Step
from ascertain.release.charts.values import Range

LANGUAGES = ("en", "ar")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language: phrases with braces to fill in, names of months, of states of talks, of modalities."""

    language: str
    rtl: bool
    phrases: Mapping[str, str]
    months: tuple[str, ...]
    status: Mapping[str, str]
    modality: Mapping[str, str]

    def phrase(self, name: str, /, **filled: str | int) -> str:
        """A phrase with its braces filled; whole numbers are grouped by thousands."""
        return self.phrases[name].format(
            **{key: number(value) if isinstance(value, int) else value for key, value in filled.items()}
        )

    def listed(self, items: Iterable[str]) -> str:
        """Several things told one after the other."""
        return self.phrases["item"].join(items)


def number(value: int) -> str:
    """A number of people, grouped by thousands; the same digits in every language, so that they can be compared.

    >>> number(12000)
    '12,000'
    """
    return f"{value:,}"


@cache
def words_of(language: str) -> Words:
    """The words of a language, or of English where there are none in it; DataFileError where its file lacks some.

    >>> words_of("en-gb").language, words_of("ar").rtl
    ('en', True)
    """
    known = language.split("-")[0].lower()
    return _read(known if known in LANGUAGES else LANGUAGES[0])


def _read(language: str) -> Words:
    path = files(__package__) / "words" / f"{language}.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    phrases = {key: value for key, value in table.items() if isinstance(value, str)}
    _check(str(path), phrases, _phrases_of_english())
    return Words(
        language=language,
        rtl=table["direction"] == "rtl",
        phrases=phrases,
        months=tuple(table["months"]),
        status=table["status"],
        modality=table["modality"],
    )


@lru_cache(maxsize=1)
def _phrases_of_english() -> dict[str, str]:
    table = tomllib.loads((files(__package__) / "words" / "en.toml").read_text(encoding="utf-8"))
    return {key: value for key, value in table.items() if isinstance(value, str)}


def _check(path: str, phrases: Mapping[str, str], wanted: Mapping[str, str]) -> None:
    """Each phrase of English must be there, with the same braces."""
    for name, english in wanted.items():
        if name not in phrases:
            raise DataFileError(f"{name} is missing", source=path, remedy=f"translate {english!r}")
        if _braces(phrases[name]) != _braces(english):
            raise DataFileError(
                f"{name} has other braces than English", source=path, remedy=f"use those of {english!r}"
            )


def _braces(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}


def told_range(range: Range, words: Words) -> str:
    """A range in words; never one number where sources differ.

    >>> english = words_of("en")
    >>> ranges = (Range(13, 15, 17), Range(13), Range(None, None, 10), Range(2, 2, 2), Range())
    >>> [told_range(one, english) for one in ranges]
    ['13 – 17, best 15', 'at least 13', 'up to 10', '2', 'unknown number']
    """
    if range.is_unknown:
        return words.phrase("unknown")
    told = _bounds(range, words)
    if range.best is not None and not (range.best == range.low and range.high in (None, range.low)):
        told = words.phrase("with_best", range=told, best=range.best)
    return words.phrase("unknown_besides", range=told, count=range.unknown) if range.unknown else told


def _bounds(range: Range, words: Words) -> str:
    if range.high is None:
        return words.phrase("at_least", low=range.floor)
    if range.open:
        return words.phrase("or_more", low=range.floor, high=range.high)
    if range.low is None:
        return words.phrase("up_to", high=range.high)
    return number(range.low) if range.low == range.high else words.phrase("between", low=range.low, high=range.high)


def told_day(day: dt.date, words: Words) -> str:
    """A day with its year.

    >>> told_day(dt.date(2024, 9, 5), words_of("en"))
    '5 Sep 2024'
    """
    return words.phrase("day", day=str(day.day), month=words.months[day.month - 1], year=str(day.year))


def told_days(start: dt.date, end: dt.date, words: Words) -> str:
    """A day, or the first and the last of several."""
    if start == end:
        return told_day(start, words)
    return words.phrase("span", start=told_day(start, words), end=told_day(end, words))


def told_tick(day: dt.date, step: Step, first: bool, words: Words) -> str:
    """A day on an axis: its year is told where the axis or a year begins."""
    month = words.months[day.month - 1]
    if step == "year":
        return str(day.year)
    if step == "month":
        return words.phrase("month_of_year", month=month, year=str(day.year)) if first or day.month == 1 else month
    return told_day(day, words) if first else words.phrase("day_of_year", day=str(day.day), month=month)
