"""The words of the page in a language, from `words/<language>.toml`, and values of the model told in them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from ascertain.model import DataFileError, Incident, IncidentFigure, Place, When
from ascertain.places.tables import countries, divisions
from ascertain.release.charts import Range, Words, range_of, told_range, told_when, words_of
from ascertain.release.charts.svg import isolated
from ascertain.release.charts.wording import LANGUAGES, number
from ascertain.release.page.counting import OUTCOMES, Spot
from ascertain.taxonomy import read_table

Table = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of one language: phrases, counts with their forms, and names of codes by what they are codes of."""

    charts: Words
    tables: Table
    countries: Mapping[str, str]

    @property
    def language(self) -> str:
        """The language's code."""
        return self.charts.language

    def phrase(self, name: str, /, **filled: str | int) -> str:
        """A phrase with its braces filled; whole numbers are grouped by thousands."""
        told = {key: number(value) if isinstance(value, int) else value for key, value in filled.items()}
        return str(self.tables["phrases"][name]).format(**told)

    def count(self, what: str, n: int) -> str:
        """So many of something.

        >>> words = page_words("en")
        >>> words.count("incidents", 1), words.count("incidents", 1200)
        ('1 incident', '1,200 incidents')
        """
        return str(self.tables["counts"][what]["one" if n == 1 else "other"]).format(n=number(n))

    def name(self, kind: str, code: str) -> str:
        """A code in words; one without any as it is, with blanks."""
        return str(self.tables[kind].get(code, code.replace("_", " ")))

    def country(self, code: str | None) -> str:
        """A country's name."""
        return self.countries.get(code or "", code or self.phrase("no_place"))

    def area_parts(self, country: str | None, admin1: str | None) -> tuple[str, ...]:
        """A country's first division, where it is known, and the country."""
        division = _divisions().get((country or "", admin1 or ""))
        return (division, self.country(country)) if division else (self.country(country),)

    def area(self, country: str | None, admin1: str | None) -> str:
        """A country's first division, with the country."""
        return self._within(self.area_parts(country, admin1))

    def _within(self, parts: Sequence[str]) -> str:
        """A place in those it lies in, each name apart from the reading order of the others."""
        told = isolated(parts[-1])
        for part in reversed(parts[:-1]):
            told = self.phrase("in_area", place=isolated(part), area=told)
        return told

    def spot(self, spot: Spot) -> str:
        """The name of a place on a map, or of its area where it has none."""
        return spot.name or self.area(spot.country or None, spot.admin1 or None)

    def party(self, name: str) -> str:
        """A party's name; one that is only known by its kind goes by that."""
        return str(self.tables["actor_kinds"].get(name, name))

    def people(self, range: Range) -> str:
        """A range in words."""
        return told_range(range, self.charts)

    def when(self, when: When | None) -> str:
        """The days on which something may have happened."""
        return told_when(when.start, when.end, self.charts) if when else self.phrase("no_day")

    def place_parts(self, place: Place | None) -> tuple[str, ...]:
        """A place's name, then what it lies in."""
        if place is None:
            return (self.phrase("no_place"),)
        name, area = place.name or place.text, self.area_parts(place.country, place.admin1) if place.country else ()
        if area and (not name or place.precision == "country" or area[0].startswith(name)):
            return area
        return (name or self.phrase("no_place"), *area)

    def place(self, place: Place | None) -> str:
        """A place's name and area."""
        return self._within(self.place_parts(place))

    def figures(self, incident: Incident) -> Iterator[str]:
        """What is told of the people: those of all groups first, and the killed before others."""
        for figure in sorted(incident.figures, key=lambda one: (one.group != "people", OUTCOMES.index(one.outcome))):
            yield self.figure(figure)

    def figure(self, figure: IncidentFigure) -> str:
        """A figure with its outcome and, where it is no figure of all people, its group."""
        outcome, told = self.name("short_outcomes", figure.outcome), self.people(range_of(figure))
        if figure.group == "people":
            return self.phrase("people_told", outcome=outcome, range=told)
        return self.phrase("group_told", outcome=outcome, group=self.name("groups", figure.group), range=told)


@cache
def page_words(language: str) -> PageWords:
    """The words of a language, or of English where there are none in it; DataFileError where its file lacks some."""
    charts = words_of(language)
    return PageWords(charts, _table(charts.language), _country_names(charts.language))


@cache
def _table(language: str) -> Table:
    path = files(__package__) / "words" / f"{language}.toml"
    found: Table = tomllib.loads(path.read_text(encoding="utf-8"))
    if language != LANGUAGES[0]:
        _check(str(path), found, _table(LANGUAGES[0]))
    return found


def _check(path: str, table: Table, english: Table) -> None:
    """Whatever English has must be there, with the same braces."""
    for place, told in _leaves(english):
        translated: Any = table
        for key in place:
            translated = translated.get(key) if isinstance(translated, Mapping) else None
        if not isinstance(translated, str) or _braces(translated) != _braces(told):
            raise DataFileError(
                f"{'.'.join(place)} is missing or has other braces than English",
                source=path,
                remedy=f"translate {told!r}",
            )


def _leaves(table: Mapping[str, Any], at: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, (*at, key))
        else:
            yield (*at, key), value


def _braces(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}


@cache
def _divisions() -> Mapping[tuple[str, str], str]:
    return {(one.country, one.code): one.name for one in divisions()}


@cache
def _country_names(language: str) -> Mapping[str, str]:
    english = {one.code: one.name for one in countries()}
    if language == LANGUAGES[0]:
        return english
    path = files(__package__) / "words" / f"countries_{language}.tsv"
    return {**english, **{row["code"]: row["name"] for row in read_table(path, ("code", "name"), key="code")}}
