"""The folder of a run's results, as far as one incident needs it.

In: the folder. Out: the incident that an id leads to, the readings of its reports, and those of reports that tell of
something near it. Lines are read one after the other, so that a large record takes time and no more memory.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from heapq import nsmallest
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json

from ascertain.incidents.events import Event, stories_of
from ascertain.incidents.linking.model import LinkModel, read_model
from ascertain.incidents.linking.words import RARE_UP_TO, WordCounts, background
from ascertain.model import Incident, InputError, Reading, SettingsError
from ascertain.places.geometry import distance_km

CLAIMS, INCIDENTS, MODEL, MANIFEST = "claims.jsonl", "incidents.jsonl", "links.toml", "run.json"
NEAR_DAYS = 3
NEAR_KM = 60
RARE_WORDS = 2
MOST_SUGGESTED = 3
_FIELDS = {CLAIMS: {"report", "claims"}, INCIDENTS: {"id", "reports", "claims"}}
_RERUN = "make the results anew by `ascertain run`"


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """What an incident is explained by: its own events, the readings of its reports and of those near it, and how
    common words are in the record."""

    own: tuple[Event, ...]
    readings: tuple[Reading, ...]
    words: WordCounts


class Results:
    """The results of a run in a folder."""

    def __init__(self, folder: Path) -> None:
        """Look into the folder.

        Raises:
            SettingsError: it holds no results.
        """
        if not folder.is_dir():
            raise SettingsError(f"{folder}: no such folder; name one that `ascertain run` wrote to by --in")
        missing = [name for name in (CLAIMS, INCIDENTS) if not (folder / name).is_file()]
        if missing and (folder / f"{missing[0]}.part").exists():
            raise SettingsError(f"{folder}: the run in it is not finished; go on with `ascertain run --resume`")
        if missing:
            raise SettingsError(
                f"{folder}: holds no {' and no '.join(missing)}; name a folder that `ascertain run` wrote to by --in"
            )
        self._folder = folder

    @property
    def apart(self) -> bool:
        """Whether the run kept each report's incidents to itself."""
        try:
            manifest = from_json((self._folder / MANIFEST).read_bytes())
        except (FileNotFoundError, ValueError):
            return False
        return isinstance(manifest, dict) and manifest.get("apart") is True

    def model(self) -> LinkModel | None:
        """The parameters that the run linked by; `None` where it kept none.

        Raises:
            DataFileError: their file has a fault.
        """
        return read_model(self._folder / MODEL) if (self._folder / MODEL).is_file() else None

    def incident(self, asked: str) -> Incident:
        """The incident of an id, or the one that the id leads to.

        Raises:
            SettingsError: there is none; the message names the nearest ids.
            InputError: a line of the results is damaged.
        """
        known: list[str] = []
        for number, row in self._rows(INCIDENTS):
            ids = [row["id"], *row.get("formerly", ())]
            if asked in ids:
                return self._incident(number, row)
            known += ids
        raise SettingsError(f"{asked}: no incident in {self._folder} has this id; {_advice(asked, known)}")

    def incidents_of(self, events: Collection[Event]) -> dict[str, Incident]:
        """The incidents that events are in, by the ids of the events; an event that is told of nowhere is in none."""
        claimed = {event.id for event in events if event.claims}
        silent = {event.report.id: event.id for event in events if not event.claims}
        found: dict[str, Incident] = {}
        for number, row in self._rows(INCIDENTS):
            ids = [claim for claim in row["claims"] if claim in claimed]
            ids += [silent[report] for report in row["reports"] if report in silent]
            if ids:
                found |= dict.fromkeys(ids, self._incident(number, row))
        return found

    def around(self, incident: Incident) -> Neighbourhood:
        """The events of an incident, and the readings of its reports and of reports near it, in order of their ids.

        Raises:
            InputError: a line of the results is damaged, or a report of the incident is not among the claims.
        """
        wanted = frozenset(incident.reports)
        own: list[Reading] = []
        words = background().plus(self._words_collecting(wanted, own))
        if missing := wanted - {reading.report.id for reading in own}:
            lacks = f"lacks the report {min(missing)} of the incident {incident.id}"
            raise InputError(lacks, source=str(self._folder / CLAIMS), remedy=_RERUN)
        events = [event for reading in own for event in stories_of(reading) if _is_in(event, incident)]
        near = _Near(events, words)
        readings = [
            self._reading(number, row)
            for number, row in self._rows(CLAIMS)
            if row["report"]["id"] in wanted or self._is_near(near, number, row)
        ]
        readings.sort(key=lambda reading: reading.report.id)
        return Neighbourhood(tuple(sorted(events, key=lambda event: event.id)), tuple(readings), words)

    def _is_near(self, near: _Near, number: int, row: dict[str, Any]) -> bool:
        try:
            return near.is_near(row)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise self._damaged(CLAIMS, number) from error

    def _words_collecting(self, wanted: Collection[str], own: list[Reading]) -> Iterator[Iterator[str]]:
        """The words of each report, while the readings of those that are wanted are collected."""
        for number, row in self._rows(CLAIMS):
            if row["report"]["id"] in wanted:
                own.append(self._reading(number, row))
            if row.get("sketch") is not None:
                yield (word.casefold() for word in _words(row))

    def _rows(self, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
        with (self._folder / name).open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    row = from_json(line)
                except ValueError as error:
                    raise self._damaged(name, number) from error
                if not isinstance(row, dict) or not row.keys() >= _FIELDS[name] or not _has_id(row):
                    raise self._damaged(name, number)
                yield number, row

    def _incident(self, number: int, row: dict[str, Any]) -> Incident:
        try:
            return Incident.model_validate(row, strict=False)
        except ValidationError as error:
            raise self._damaged(INCIDENTS, number) from error

    def _reading(self, number: int, row: dict[str, Any]) -> Reading:
        try:
            return Reading.model_validate(row, strict=False)
        except ValidationError as error:
            raise self._damaged(CLAIMS, number) from error

    def _damaged(self, name: str, number: int) -> InputError:
        return InputError("is no line of results", source=str(self._folder / name), line=number, remedy=_RERUN)


def _has_id(row: dict[str, Any]) -> bool:
    report = row.get("report", row)
    return isinstance(report, dict) and isinstance(report.get("id"), str)


def _advice(asked: str, known: Sequence[str]) -> str:
    typed = asked.strip().lower()
    begun = nsmallest(MOST_SUGGESTED, (id for id in known if typed and id.startswith(typed)))
    near = begun or get_close_matches(typed, known, MOST_SUGGESTED, 0.7)
    if near:
        return f"is {' or '.join(near)} meant?"
    return f"its {INCIDENTS} lists those that are there" if known else f"its {INCIDENTS} is empty"


def _is_in(event: Event, incident: Incident) -> bool:
    """Whether an event of one of the incident's reports is in it; one that claims nothing is its report's only one."""
    return not event.claims or event.id in incident.claims


class _Near:
    """What is near some events: told of days and places that are near theirs, or in two of their rare words."""

    def __init__(self, events: Sequence[Event], words: WordCounts) -> None:
        rows = [from_json(Reading(report=e.report, claims=e.claims).model_dump_json()) for e in events]
        self._days = [day for row in rows for day in _days(row)]
        self._spots = [spot for row in rows for spot in _spots(row)]
        told = {word.casefold() for event in events if event.sketch for word in event.sketch.words}
        self._rare = {word for word in told if words.counts.get(word, 0) <= RARE_UP_TO}

    def is_near(self, row: dict[str, Any]) -> bool:
        """Whether a line of claims is."""
        if len(self._rare.intersection(word.casefold() for word in _words(row))) >= RARE_WORDS:
            return True
        days = _days(row)
        return any(
            first <= last_day + NEAR_DAYS and first_day <= last + NEAR_DAYS
            for first, last in days
            for first_day, last_day in self._days
        ) and any(distance_km(one, other) <= NEAR_KM for one in _spots(row) for other in self._spots)


def _words(row: dict[str, Any]) -> Sequence[str]:
    words: Sequence[str] = (row.get("sketch") or {}).get("words", ())
    return words


def _days(row: dict[str, Any]) -> list[tuple[int, int]]:
    """The stretches of days of which a report tells events; that of its publication where it dates none."""
    published = row["report"].get("published")
    known = [_stretch(claim["when"]) for claim in row["claims"] if claim["kind"] == "event" and claim.get("when")]
    dated = sorted({stretch for stretch in known if stretch})
    return dated or ([(_day(published), _day(published))] if published else [])


def _stretch(when: dict[str, Any]) -> tuple[int, int] | None:
    start, end = when.get("start") or when.get("end"), when.get("end") or when.get("start")
    return (_day(start), _day(end)) if start and end else None


def _day(date: str) -> int:
    return dt.date.fromisoformat(date).toordinal()


def _spots(row: dict[str, Any]) -> list[tuple[float, float]]:
    places = [claim.get("where") or {} for claim in row["claims"] if claim["kind"] == "event"]
    return sorted({(place["lat"], place["lon"]) for place in places if place.get("lat") is not None})
