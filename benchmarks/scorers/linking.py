"""Reports grouped by the event that they are about, as ECB+ tells it, beside two baselines.

The reports go through a run of the pipeline, all together. A report's group is the incident that names it in
`primary_for`; a report that no incident names is alone. The group due is the answer's `subtopic`. The baselines are
every report alone, and clusters of TF-IDF cosines cut where the answers say that it is best (`word_clusters`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ascertain.model import Incident, Reading, Report
from ascertain.pipeline import RunSettings, run
from scorers.coreference import Scores, groups_of, scores
from scorers.datasets import DataSet
from scorers.tally import Mistake, Outcome, hit
from scorers.word_clusters import Linkage, best_cut

DUE, GIVEN, ALONE = "event", "incident", "every report alone"
CLUSTERS: Mapping[Linkage, str] = {"average": "TF-IDF, average linkage", "single": "TF-IDF, single linkage"}
GROUPINGS = (GIVEN, ALONE, *CLUSTERS.values())
FIRST_WORDS = 28


@dataclass(frozen=True, slots=True)
class Linked:
    """What a run makes of a set of reports all together."""

    readings: tuple[Reading, ...]
    incidents: tuple[Incident, ...]


def score(data: DataSet, *, workers: int = 1) -> list[Outcome]:
    """Link the set and compare: an outcome a report, whose traits name its group in each of the groupings."""
    return compare(data, linked(data.reports, workers=workers).incidents)


def linked(reports: Iterable[Report], *, workers: int = 1) -> Linked:
    """What a run of the pipeline makes of the reports."""
    with TemporaryDirectory(prefix="linking-") as name:
        source, out = Path(name) / "reports.jsonl", Path(name) / "out"
        with source.open("w", encoding="utf-8") as file:
            file.writelines(f"{report.model_dump_json(exclude_none=True)}\n" for report in reports)
        run([str(source)], out, settings=RunSettings(workers=workers))
        claims, incidents = ((out / f"{name}.jsonl").read_bytes().splitlines() for name in ("claims", "incidents"))
        return Linked(
            tuple(Reading.model_validate_json(line) for line in claims),
            tuple(Incident.model_validate_json(line) for line in incidents),
        )


def compare(data: DataSet, incidents: Iterable[Incident]) -> list[Outcome]:
    """The outcomes for incidents that were built already."""
    primary = primaries(incidents)
    traits = grouped(data, primary)
    names = list(traits)
    due = groups_of({name: traits[name][DUE] for name in names})
    for linkage, label in CLUSTERS.items():
        texts = [report.text for report in data.reports]
        _, groups = best_cut(names, texts, linkage, lambda groups: scores(groups_of(groups), due).conll)
        for name, group in groups.items():
            traits[name][label] = group
    mistakes = mistakes_of(data, traits, primary)
    return [
        Outcome(name, {"has_incident": hit(name in primary)}, tuple(mistakes[name]), traits=traits[name])
        for name in names
    ]


def primaries(incidents: Iterable[Incident]) -> dict[str, Incident]:
    """The main incident of each report that has one."""
    return {report: incident for incident in incidents for report in incident.primary_for}


def grouped(data: DataSet, primary: Mapping[str, Incident]) -> dict[str, dict[str, str]]:
    """For each report its group in the answers, by its incident, and alone, with its kind and topic."""
    return {report.id: _traits(report.id, primary, data.answers[report.id]) for report in data.reports}


def agreement(outcomes: Sequence[Outcome], grouping: str) -> Scores:
    """How well one of the groupings, seen on these reports alone, agrees with the answers."""
    given, due = ({outcome.report: outcome.traits[name] for outcome in outcomes} for name in (grouping, DUE))
    return scores(groups_of(given), groups_of(due))


def statistics(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """The scores of the incidents, and how far their CoNLL F1 is above that of the best baseline."""
    ours = agreement(outcomes, GIVEN)
    best = max(agreement(outcomes, grouping).conll for grouping in GROUPINGS if grouping != GIVEN)
    return {
        "b3": ours.b3.f1,
        "muc": ours.muc.f1,
        "ceaf_e": ours.ceaf_e.f1,
        "conll": ours.conll,
        "conll_above_baselines": ours.conll - best,
    }


def _traits(name: str, primary: Mapping[str, Incident], answer: Mapping[str, Any]) -> dict[str, str]:
    group = primary[name].id if name in primary else name
    return {"kind": answer["kind"], "topic": str(answer["topic"]), DUE: answer["subtopic"], GIVEN: group, ALONE: name}


def mistakes_of(
    data: DataSet, traits: Mapping[str, Mapping[str, str]], primary: Mapping[str, Incident]
) -> defaultdict[str, list[Mistake]]:
    """Incidents that hold several events, and events that are spread over several, each told at its first report.

    `merged.look_alikes` joined the two events of one topic, `merged.others` events that were not made to look alike;
    `split.linker` are incidents that should be one, and `split.reader` reports that no incident names.
    """
    texts = {report.id: report.text for report in data.reports}
    found: defaultdict[str, list[Mistake]] = defaultdict(list)
    for joined in groups_of({name: traits[name][GIVEN] for name in texts}):
        if len({traits[name][DUE] for name in joined}) > 1:
            alike = "look_alikes" if len({traits[name]["topic"] for name in joined}) == 1 else "others"
            found[joined[0]].append(_mistake(f"merged.{alike}", joined, DUE, traits, texts, data))
    for due in groups_of({name: traits[name][DUE] for name in texts}):
        told = [name for name in due if name in primary]
        if len({traits[name][GIVEN] for name in told}) > 1:
            found[due[0]].append(_mistake("split.linker", told, GIVEN, traits, texts, data))
        if silent := [name for name in due if name not in primary]:
            found[due[0]].append(_mistake("split.reader", silent, DUE, traits, texts, data))
    return found


def _mistake(
    kind: str,
    reports: Sequence[str],
    by: str,
    traits: Mapping[str, Mapping[str, str]],
    texts: Mapping[str, str],
    data: DataSet,
) -> Mistake:
    """The reports by their group in the other grouping, the largest first, each with its first words."""
    parts = sorted(groups_of({name: traits[name][by] for name in reports}), key=lambda part: -len(part))
    told = {str(data.answers[name].get("about")): None for name in reports}
    passages = tuple(
        f"{traits[part[0]][by]} ({len(part)})\n" + "\n".join(f"    {name}: {opening(texts[name])}" for name in part)
        for part in parts
    )
    return Mistake(kind, reports[0], "; ".join(told), f"{len(reports)} reports, {len(parts)} groups", passages)


def opening(text: str) -> str:
    """The first words of a text, on one line.

    >>> opening("Two died.\\nOne fled.")
    'Two died. One fled.'
    """
    words = text.split()
    return " ".join(words[:FIRST_WORDS]) + (" …" if len(words) > FIRST_WORDS else "")
