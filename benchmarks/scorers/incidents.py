"""Incidents scored against what is known to have happened: the made-up corpus, where everything is.

The reports go through one run. An incident of the truth is matched with the incident that is the main one of most of
its reports; its figure of the dead, its bounds and its number of sources are compared. What goes wrong is laid at the
door of the reader, where a report's own reading has another day, a place too far off or another number than its text
tells, of the linker, where reports well read are joined or split, or of the ledger, which chooses the figures.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ascertain.incidents import build
from ascertain.incidents.events import events_of
from ascertain.incidents.figures import reconcile
from ascertain.incidents.ledger import ledger
from ascertain.incidents.lineage import trace
from ascertain.incidents.policies import DEFAULT, POLICIES
from ascertain.incidents.voices import Lineage, behind
from ascertain.model import EventClaim, Figure, Incident, IncidentFigure, Place, Reading, Report
from ascertain.places import open_gazetteer
from ascertain.places.names import fold
from scorers import linking
from scorers.airwars import kilometres
from scorers.coreference import groups_of
from scorers.datasets import DataSet
from scorers.linking import DUE, GIVEN, Linked
from scorers.tally import Outcome, Sheet, hit

NEAR_KM = 40.0
GROUPS = ("people", "civilians", "security_forces", "combatants", "protesters")


@dataclass(frozen=True, slots=True)
class Read:
    """What the reading of one report, taken alone, has right of its main incident; `None` where nothing was due."""

    day: bool
    place: bool
    killed: bool | None

    @property
    def links(self) -> bool:
        """Whether day and place are right: what a linker needs."""
        return self.day and self.place


def score(data: DataSet, *, workers: int = 1) -> list[Outcome]:
    """Run the set and compare with its truth: an outcome a report; an incident's scores are with its first report."""
    return compare(data, linking.linked(data.reports, workers=workers))


def compare(data: DataSet, run: Linked) -> list[Outcome]:
    """The outcomes of a run made already."""
    primary = linking.primaries(run.incidents)
    traits = linking.grouped(data, primary)
    read = _read(data, run.readings)
    readings = {reading.report.id: reading for reading in run.readings}
    lineage = trace(run.readings)
    sheets = {report.id: Sheet(report.id) for report in data.reports}
    for report in data.reports:
        _score_report(sheets[report.id], report, read[report.id], primary.get(report.id), data.answers[report.id])
    for reports in groups_of({name: traits[name][DUE] for name in traits}):
        _score_incident(sheets[reports[0]], _matched(reports, primary, readings, lineage, data), read, data)
    _score_tolls(sheets, run, data)
    for name, found in linking.mistakes_of(data, traits, primary).items():
        sheets[name].mistakes.extend(found)
    _share_losses(sheets, traits, read)
    return [sheets[report.id].outcome(traits[report.id]) for report in data.reports]


def statistics(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Scores over the whole set: how well the groups agree, and where B³ was lost."""
    found = linking.agreement(outcomes, GIVEN)
    sums: defaultdict[str, float] = defaultdict(float)
    for outcome in outcomes:
        for name, values in outcome.measures.items():
            sums[name] += sum(values)
    lost = {name: sums[name] / len(outcomes) for name in LOSSES}
    return {
        "b3": found.b3.f1, "muc": found.muc.f1, "ceaf_e": found.ceaf_e.f1, "conll": found.conll, **lost,
    }  # fmt: skip


LOSSES = (
    "b3_recall_lost_by_reader",
    "b3_recall_lost_by_linker",
    "b3_precision_lost_by_reader",
    "b3_precision_lost_by_linker",
)


def _read(data: DataSet, readings: Sequence[Reading]) -> dict[str, Read]:
    """What each report's own reading has right, each report's incidents kept to itself."""
    alone = linking.primaries(build(readings, apart=True))
    return {report.id: _judged(alone.get(report.id), data.answers[report.id]) for report in data.reports}


def _judged(incident: Incident | None, answer: Mapping[str, Any]) -> Read:
    if incident is None:
        return Read(day=False, place=False, killed=None if answer["told"] is None else False)
    day = dt.date.fromisoformat(answer["day"])
    when = incident.when
    held = when is not None and when.start is not None and when.start <= day <= (when.end or when.start)
    told = None if answer["told"] is None else _best(incident.figures) == answer["told"]
    return Read(day=held, place=_is_near(incident.where, answer["town"], answer["country"]), killed=told)


def _is_near(where: Place | None, town: str, country: str) -> bool:
    if where is None or where.lat is None or where.lon is None:
        return False
    return kilometres((where.lat, where.lon), _point(town, country)) <= (where.radius_km or 0) + NEAR_KM


@cache
def _point(town: str, country: str) -> tuple[float, float]:
    """Where the town of that name in that country is: the largest, and not a province of the same name."""
    senses = [sense for sense in open_gazetteer().senses(fold(town)) if sense.country == country]
    sense = max(senses, key=lambda sense: (sense.kind == "town", sense.population))
    return sense.lat, sense.lon


def _of_people(figures: Iterable[IncidentFigure]) -> IncidentFigure | None:
    """The figure of the dead: of people, else of the first group that has one."""
    killed = {figure.group: figure for figure in figures if figure.outcome == "killed"}
    return next((killed[group] for group in GROUPS if group in killed), None)


def _best(figures: Iterable[IncidentFigure]) -> int | None:
    figure = _of_people(figures)
    return figure.best if figure else None


def _score_report(
    sheet: Sheet, report: Report, read: Read, incident: Incident | None, answer: Mapping[str, Any]
) -> None:
    sheet.add("has_incident", hit(incident is not None))
    sheet.add("read_day", hit(read.day))
    sheet.add("read_place", hit(read.place))
    if read.killed is not None:
        sheet.add("read_killed", hit(read.killed))
    for name, right in (("day", read.day), ("place", read.place), ("killed", read.killed)):
        if right is False:
            due = f"{answer['about']}; told {answer['told']}; published {report.published}"
            sheet.wrong(f"misread.{name}", due, _told(incident), (report.text,))


@dataclass(frozen=True, slots=True)
class _Incident:
    """One incident of the truth: its reports and answer, the incident matched with it, and what the figures and the
    number of sources would be were just its reports linked."""

    reports: tuple[str, ...]
    answer: Mapping[str, Any]
    ours: Incident | None
    linked: tuple[IncidentFigure, ...]
    sources_if_linked: int

    @property
    def whole(self) -> bool:
        """Whether the matched incident is the main one of its reports and of no others."""
        return self.ours is not None and set(self.reports) == set(self.ours.primary_for)

    def __str__(self) -> str:
        return f"{self.answer['about']} in {len(self.reports)} reports"


def _matched(
    reports: Sequence[str],
    primary: Mapping[str, Incident],
    readings: Mapping[str, Reading],
    lineage: Lineage,
    data: DataSet,
) -> _Incident:
    """The incident of the truth with the one that most of its reports are mainly about."""
    votes = Counter(primary[name].id for name in reports if name in primary)
    by_id = {primary[name].id: primary[name] for name in reports if name in primary}
    ours = by_id[min(votes, key=lambda name: (-votes[name], name))] if votes else None
    events = [event for name in reports if name in readings for event in events_of(readings[name]) if event.main]
    figures = reconcile(ledger(events, lineage), POLICIES[DEFAULT])
    return _Incident(tuple(reports), data.answers[reports[0]], ours, figures, len(behind(events, lineage)))


def _score_incident(sheet: Sheet, one: _Incident, read: Mapping[str, Read], data: DataSet) -> None:
    figures = one.ours.figures if one.ours else ()
    due, best, best_if_linked = one.answer["killed"], _best(figures), _best(one.linked)
    sheet.add("killed_best_of_all", hit(best == due))
    sheet.add("killed_within_bounds", hit(_within(figures, due)))
    if one.answer["contested"]:
        sheet.add("killed_best_contested", hit(best == due))
    if one.answer["known"]:
        sheet.add("killed_best", hit(best == due))
        sheet.add("killed_best_if_linked", hit(best_if_linked == due))
    if one.answer["known"] and best != due:
        tellers = [name for name in one.reports if data.answers[name]["told"] == due]
        linker = best_if_linked == due
        blamed = "reader" if not any(read[name].killed for name in tellers) else "linker" if linker else "ledger"
        sheet.wrong(
            f"killed.{blamed}", one, f"{_told(one.ours)}; if linked {best_if_linked}", _texts(data, one.reports)
        )
    _score_sources(sheet, one, data)


def _score_sources(sheet: Sheet, one: _Incident, data: DataSet) -> None:
    due, given = one.answer["sources"], one.ours.sources if one.ours else 0
    sheet.add("sources", hit(given == due))
    sheet.add("sources_within_1", hit(abs(given - due) <= 1))
    sheet.add("sources_if_linked_within_1", hit(abs(one.sources_if_linked - due) <= 1))
    if abs(given - due) > 1:
        kind = "sources" if one.whole else "sources.linker"
        sheet.wrong(
            kind, f"{due} of {one}", f"{_told(one.ours)}; if linked {one.sources_if_linked}", _texts(data, one.reports)
        )


def _within(figures: Iterable[IncidentFigure], due: int) -> bool:
    """Whether the bounds hold the true number; an unknown bound is open, but one must be known."""
    figure = _of_people(figures)
    if figure is None or (figure.low is None and figure.high is None):
        return False
    return (figure.low is None or figure.low <= due) and (figure.high is None or due <= figure.high)


def _score_tolls(sheets: Mapping[str, Sheet], run: Linked, data: DataSet) -> None:
    """Whether each sentence that counts over a time is kept out of all incidents."""
    texts = {report.id: report.text for report in data.reports}
    counted = {name for incident in run.incidents for name in incident.claims}
    told: defaultdict[str, list[Figure]] = defaultdict(list)
    for reading in run.readings:
        for claim in reading.claims:
            if isinstance(claim, EventClaim) and f"{reading.report.id}/{claim.id}" in counted:
                told[reading.report.id].extend(claim.figures)
    for report, answer in data.answers.items():
        for start, end in answer["cumulative"]:
            wrong = [figure.text for figure in told[report] if start <= figure.span[0] < end]
            sheets[report].add("tolls_kept_apart", hit(not wrong))
            if wrong:
                sheets[report].wrong("toll_as_incident", "a toll", "; ".join(wrong), (texts[report][start:end],))


def _share_losses(
    sheets: Mapping[str, Sheet], traits: Mapping[str, Mapping[str, str]], read: Mapping[str, Read]
) -> None:
    """Each report's share of B³ lost: a companion missed or a stranger joined counts against the reader where the day
    or place of either was read wrong, else against the linker."""
    due, given = (groups_of({name: traits[name][trait] for name in traits}) for trait in (DUE, GIVEN))
    for groups, trait, what in ((due, GIVEN, "recall"), (given, DUE, "precision")):
        for group in groups:
            for name in group:
                apart = [other for other in group if traits[other][trait] != traits[name][trait]]
                clear = sum(read[other].links and read[name].links for other in apart)
                sheets[name].measure(f"b3_{what}_lost_by_linker", clear / len(group))
                sheets[name].measure(f"b3_{what}_lost_by_reader", (len(apart) - clear) / len(group))


def _told(incident: Incident | None) -> str:
    if incident is None:
        return "no incident"
    figures = "; ".join(f"{f.outcome} {f.group} {f.low}/{f.best}/{f.high}" for f in incident.figures)
    where = incident.where.name or incident.where.text if incident.where else None
    when = f"{incident.when.start}..{incident.when.end}" if incident.when else None
    told = f"{incident.type}, {where}, {when}, {figures or 'no figures'}"
    return f"{told}, {incident.sources} sources, {len(incident.reports)} reports"


def _texts(data: DataSet, reports: Collection[str]) -> tuple[str, ...]:
    return tuple(f"{report.published}: {report.text}" for report in data.reports if report.id in set(reports))
