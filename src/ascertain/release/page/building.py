"""The page put together: what is told, in one pass, and the template filled with it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound
from markupsafe import Markup

from ascertain.model import Outcome
from ascertain.release.charts import stylesheet
from ascertain.release.charts.wording import told_day
from ascertain.release.maps.style import map_stylesheet
from ascertain.release.page.counting import OUTCOMES, Counted, counted, look_closer
from ascertain.release.page.drawings import Drawing, bars, gravest, gravest_of, panels, timelines, told_outcomes
from ascertain.release.page.mapping import maps
from ascertain.release.page.rows import MOST_PLACES, IncidentRow, incident_rows, place_rows, told_moment
from ascertain.release.page.saying import KilledTold, killed_told
from ascertain.release.page.series import Series, conditions_shown, negotiations_shown, tolls_shown
from ascertain.release.page.told import About, Told
from ascertain.release.page.wording import PageWords, page_words

_MOST_PUBLISHERS, _MOST_CHANGES, _MOST_AREAS = 50, 200, 3
_FOLDER = files(__package__)
_COLUMNS = ("when", "where", "what", "people", "by", "support", "id")
_SERIES = {
    "tolls": ("place", "what", "counts", "since", "first", "last"),
    "conditions": ("week", "place", "sector", "said", "sources"),
    "negotiations": ("talks", "mediators", "days", "status", "sources"),
}
_KNOWN_NOT_COUNTED = ("rejected", "waiting", "set_aside", "withheld")


@dataclass(frozen=True, slots=True)
class Page:
    """The page, and its drawings, each of which can be a file of its own (`release.pictures`)."""

    html: str
    drawings: tuple[Drawing, ...]


@dataclass(frozen=True, slots=True)
class _Shown:
    """A kind of series on the page; `id` is that of its heading and begins its phrases."""

    id: str
    columns: tuple[str, ...]
    shown: Series


def report_page(told: Told, *, language: str = "en") -> Page:
    """The page of a state, in English or Arabic.

    Raises:
        DataFileError: the words of that language have a fault.
    """
    return next(report_pages(told, (language,)))


def report_pages(told: Told, languages: Iterable[str]) -> Iterator[Page]:
    """The page of a state in each of some languages; its incidents are gone through once for all of them.

    Raises:
        DataFileError: the words of a language have a fault.
    """
    found = counted(told.incidents())
    look_closer(found, told.incidents())
    saying = killed_told([incident for incident, _ in gravest_of(found)], told.readings)
    for language in languages:
        yield _page(told, found, saying, page_words(language))


def _page(told: Told, found: Counted, saying: Mapping[str, Sequence[KilledTold]], words: PageWords) -> Page:
    series = tuple(_series(told, words))
    drawn = {
        "maps": tuple(maps(found, words)),
        "times": (*timelines(found, words), *panels(found, words)),
        "bars": (*bars(found, words), *gravest(found, words, saying)),
    }
    html = (
        _templates()
        .get_template("page.html")
        .render(
            **_frame(told.about, words),
            **drawn,
            **_opening(told.about, found, words),
            **_tables(told.about, found, words),
            series=series,
            contents=tuple(_contents(found, words, series, told.about)),
        )
    )
    of_series = (drawing for one in series for drawing in one.shown.drawings)
    return Page(html, (*drawn["maps"], *drawn["times"], *drawn["bars"], *of_series))


def _series(told: Told, words: PageWords) -> Iterator[_Shown]:
    shown = {
        "tolls": tolls_shown(told.tolls(), words),
        "conditions": conditions_shown(told.conditions(), words),
        "negotiations": negotiations_shown(told.negotiations(), words),
    }
    for id, columns in _SERIES.items():
        yield _Shown(id, tuple(words.phrase(f"column_{name}") for name in columns), shown[id])


def _frame(about: About, words: PageWords) -> dict[str, Any]:
    """What stands around: words, style and script, and the policy that lets in these and nothing else."""
    style = "\n".join((stylesheet(), map_stylesheet(), _text("page.css")))
    script = _text("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    day = told_day(about.as_of.date(), words.charts)
    return {
        "about": about,
        "words": words,
        "p": words.phrase,
        "n": words.name,
        "c": words.count,
        "policy": policy,
        "style": Markup(style),
        "script": Markup(script),
        "as_of": words.phrase("as_of", day=day, time=told_moment(about.as_of)),
        "meanings": words.tables["grading_meanings"],
        "publishers": about.publishers[:_MOST_PUBLISHERS],
        "changes": about.changes.listed[:_MOST_CHANGES] if about.changes else (),
    }


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _opening(about: About, found: Counted, words: PageWords) -> dict[str, Any]:
    people = found.whole.people
    harm = [
        (words.name("outcomes", outcome), words.people(people[outcome].range), _of_incidents(found, outcome, words))
        for outcome in OUTCOMES
        if outcome in people
    ]
    return {
        "counted": found,
        "nothing": words.charts.phrase("nothing_told"),
        "opening": tuple(_sentences(about, found, words)),
        "harm": harm,
        "not_counted": tuple(_not_counted(about, found, words)),
    }


def _of_incidents(found: Counted, outcome: Outcome, words: PageWords) -> str:
    told = found.whole.people[outcome]
    return words.count("incidents", told.known + told.unknown)


def _sentences(about: About, found: Counted, words: PageWords) -> Iterator[str]:
    """What the record is, in the words that a stranger reads first."""
    yield words.phrase("lead")
    yield " ".join(_what_it_holds(found, words))
    accounts = sum(sources * incidents for sources, incidents in found.sources.items())
    known = {"reports": words.count("reports", about.reports), "accounts": words.count("accounts", accounts)}
    if about.publishers:
        yield words.phrase("lead_from", **known, publishers=words.count("publishers", len(about.publishers)))
    else:
        yield words.phrase("lead_from_unnamed", **known)
    if found.whole.incidents:
        single = found.sources[1]
        several = words.count("incidents", found.whole.incidents - single)
        yield words.phrase("lead_support", several=several, single=words.count("incidents", single))


def _what_it_holds(found: Counted, words: PageWords) -> Iterator[str]:
    incidents = words.count("incidents", found.whole.incidents)
    if not found.whole.incidents:
        yield words.phrase("lead_nothing")
        return
    if found.period is None:
        yield words.phrase("lead_no_days", incidents=incidents)
    else:
        first, last = (told_day(day, words.charts) for day in found.period)
        yield words.phrase("lead_when", incidents=incidents, first=first, last=last)
    areas = sorted(
        (area for area in found.areas if area[0]), key=lambda area: (-found.areas[area].incidents, str(area))
    )
    if areas:
        named = (
            words.phrase("each", name=words.area(*area), told=words.count("incidents", found.areas[area].incidents))
            for area in areas[:_MOST_AREAS]
        )
        yield words.phrase("lead_where", list=words.charts.listed(named))


def _not_counted(about: About, found: Counted, words: PageWords) -> Iterator[str]:
    yield words.phrase("not_counted_tolls")
    yield words.phrase("not_counted_unreal")
    unknown = [
        words.phrase(
            "not_counted_unknown_part",
            outcome=words.name("short_outcomes", outcome),
            incidents=words.count("incidents", found.whole.people[outcome].unknown),
        )
        for outcome in OUTCOMES
        if outcome in found.whole.people and found.whole.people[outcome].unknown
    ]
    if unknown:
        yield words.phrase("not_counted_unknown", told=words.charts.listed(unknown))
    for what, count in about.not_counted:
        named = words.phrase(what) if what in _KNOWN_NOT_COUNTED else what
        yield words.phrase("not_counted_other", what=named, count=count)


def _tables(about: About, found: Counted, words: PageWords) -> dict[str, Any]:
    rows = tuple(incident_rows(found, words))
    outcomes = (words.name("outcomes", outcome) for outcome in told_outcomes(found))
    return {
        "rows": rows,
        "columns": tuple(words.phrase(f"column_{name}") for name in _COLUMNS),
        "listed": _listed(rows, about, found, words),
        "gradings": [code for code in words.tables["gradings"] if code in found.gradings],
        "types": sorted({row.type for row in rows}, key=lambda code: words.name("types", code)),
        "places": tuple(place_rows(found, words)),
        "place_columns": (words.phrase("column_place"), words.phrase("column_incidents"), *outcomes),
        "places_note": _places_note(about, found, words),
    }


def _listed(rows: tuple[IncidentRow, ...], about: About, found: Counted, words: PageWords) -> str:
    if len(rows) == found.whole.incidents:
        return words.phrase("incidents_all")
    incidents = words.count("incidents", found.whole.incidents)
    return words.phrase("incidents_some", shown=len(rows), incidents=incidents, file=about.whole)


def _places_note(about: About, found: Counted, words: PageWords) -> str:
    note = words.phrase("places_note")
    if len(found.places) <= MOST_PLACES:
        return note
    places = words.count("places", len(found.places))
    return f"{note} {words.phrase('places_some', shown=MOST_PLACES, places=places, file=about.whole)}"


def _contents(found: Counted, words: PageWords, series: tuple[_Shown, ...], about: About) -> Iterator[tuple[str, str]]:
    there = {"who": bool(found.whole.people), "places": bool(found.places), "publishers": bool(about.publishers)}
    ids = ("map", "when", "who", "incidents", "places", *(one.id for one in series), "method", "cite", "publishers")
    for id in (*ids, "changes"):
        if there.get(id, True):
            yield id, words.phrase(id)


class _Packaged(BaseLoader):
    """Templates that come with the package, wherever it is installed."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, None]:  # noqa: ARG002
        path = _FOLDER / "templates" / template
        if not path.is_file():
            raise TemplateNotFound(template)
        return path.read_text(encoding="utf-8"), None, None


@cache
def _templates() -> Environment:
    return Environment(
        loader=_Packaged(), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


@cache
def _text(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
