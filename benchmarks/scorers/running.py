"""Running the reader over a set, and the scorer over what it read."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain
from math import log1p
from multiprocessing import get_context

from ascertain.incidents import build
from ascertain.model import Incident, Reading, Report
from ascertain.reading import read_reports
from scorers import airwars, gold, incidents, linking, muc4, places
from scorers.datasets import DataSet
from scorers.tally import Mistake, Outcome, Tally, total

SCORERS = {"airwars": airwars.score, "muc4": muc4.score, "gold": gold.score}
# Kinds whose reports are linked all together.
TOGETHER = {"linking": linking, "corpus": incidents}
REPORTS_A_TASK = 20


@dataclass(frozen=True, slots=True)
class Summary:
    """The scores of a set: tallies by name, statistics of measures by name, and the outcome of every report.

    Of a secret set `outcomes` hold no mistakes.
    """

    name: str
    kind: str
    tallies: dict[str, Tally]
    statistics: dict[str, float]
    outcomes: tuple[Outcome, ...]
    secret: bool = False

    @property
    def floor_group(self) -> str:
        """The table of floors.toml that holds for the set: one for all sets of a kind, but one for each half of
        gold and each set of places."""
        return self.name if self.kind in ("gold", "places") else self.kind

    @property
    def scores(self) -> dict[str, float | None]:
        """The F1, or the share, by name, and the statistics."""
        return {name: tally.f1 for name, tally in self.tallies.items()} | self.statistics

    @property
    def mistakes(self) -> list[Mistake]:
        """All mistakes, report by report."""
        return [mistake for outcome in self.outcomes for mistake in outcome.mistakes]


def read(reports: Sequence[Report], *, workers: int = 1) -> list[Reading]:
    """Read the reports on that many processes; the order stays."""
    if workers <= 1:
        return list(read_reports(reports))
    # The pool starts fresh interpreters: a forked one would share locks of threads that it does not have.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return list(chain.from_iterable(pool.map(_read_some, _in_tasks(reports))))


def score(data: DataSet, *, workers: int = 1) -> Summary:
    """Read the set and score every report, each report's incidents apart from the others' but where linking counts."""
    if data.kind == "places":
        return _summary(data, [places.score(report, data.answers[report.id]) for report in data.reports])
    if data.kind in TOGETHER:
        return _summary(data, TOGETHER[data.kind].score(data, workers=workers))
    return summarise(data, read(data.reports, workers=workers))


def summarise(data: DataSet, readings: Iterable[Reading]) -> Summary:
    """Score the readings of the set; a report without a reading scores as one with no claims."""
    known = {reading.report.id: reading for reading in readings}
    told: defaultdict[str, list[Incident]] = defaultdict(list)
    for incident in build(known.values(), apart=True):
        for name in incident.reports:
            told[name].append(incident)
    scorer = SCORERS[data.kind]
    outcomes = []
    for report in data.reports:
        reading = known.get(report.id) or Reading(report=report.header)
        outcome = scorer(report, reading, told[report.id], data.answers[report.id])
        outcomes.append(_without_texts(outcome) if data.secret else outcome)
    return _summary(data, outcomes)


def _summary(data: DataSet, outcomes: Sequence[Outcome]) -> Summary:
    figures = TOGETHER[data.kind].statistics(outcomes) if data.kind in TOGETHER else _statistics(outcomes)
    return Summary(data.name, data.kind, total(outcomes), figures, tuple(outcomes), data.secret)


def _read_some(reports: Sequence[Report]) -> list[Reading]:
    return list(read_reports(reports))


def _in_tasks(reports: Sequence[Report]) -> list[Sequence[Report]]:
    return [reports[start : start + REPORTS_A_TASK] for start in range(0, len(reports), REPORTS_A_TASK)]


def _without_texts(outcome: Outcome) -> Outcome:
    return Outcome(outcome.report, outcome.tallies, (), outcome.measures, outcome.traits)


def _statistics(outcomes: Iterable[Outcome]) -> dict[str, float]:
    """The median of every measure; of errors over the globe also the mean and the area under the curve."""
    values: defaultdict[str, list[float]] = defaultdict(list)
    for outcome in outcomes:
        for name, some in outcome.measures.items():
            values[name].extend(some)
    found = {f"{name}_median": statistics.median(some) for name, some in values.items()}
    if errors := values.get("error_km"):
        logs = [log1p(error) / log1p(places.FARTHEST_KM) for error in errors]
        found |= {"error_km_mean": statistics.fmean(errors), "error_auc": statistics.fmean(logs)}
    return found
