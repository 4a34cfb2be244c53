"""The whole corpus: a set of reports with their answers, which other benchmarks read like any other set."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

from ascertain.model import Report
from corpus.dispatches import Dispatch, dispatches
from corpus.press import Printed, print_all
from corpus.world import Happened, happenings
from scorers.datasets import DataSet

MOST_REPORTS = 40
TAIL = 1.45
OWN_WORDS = 0.5
PAST_DAYS = 60


def corpus(*, seed: int, incidents: int) -> DataSet:
    """The set of that many incidents; an answer holds what is true of the report's main incident and of its telling.

    Of the incident: `subtopic` names it and `topic` that which it was made to look like; `about` says it in words;
    `kind`, `type`, `day`, `town`, `country`, `killed`; `known`, whether any report gives that number exactly;
    `contested`; `sources`, how many voices its reports carry. Of the telling: `told`, the number of dead where the
    report gives one exactly; `copy_of`, the dispatch that it prints; `cumulative`, the spans that count over a time.
    """
    random = Random(seed)
    happened = happenings(incidents, random)
    twins = {other.twin: other for other in happened if other.twin}
    reports: list[tuple[Report, dict[str, Any]]] = []
    for one in happened:
        past = [p for p in happened if p.town.country == one.town.country and 0 < (one.day - p.day).days <= PAST_DAYS]
        count = _reports_of_one(random)
        own = max(1, round(count * random.uniform(0.2, OWN_WORDS + 0.3)))
        made = dispatches(one, own, past, twins.get(one.id), random)
        printed = print_all(made, count, random)
        reports += [(_report(each), _answer(one, each, made)) for each in printed]
    random.shuffle(reports)
    reports.sort(key=lambda pair: str(pair[0].published))
    named = [_named(f"r{number:06}", *pair) for number, pair in enumerate(reports)]
    return DataSet(
        f"corpus-{seed}",
        "corpus",
        tuple(report for report, _ in named),
        {report.id: answer for report, answer in named},
    )


def write(data: DataSet, folder: Path) -> None:
    """Write the set as `NAME.reports.jsonl` and `NAME.gold.jsonl`."""
    folder.mkdir(parents=True, exist_ok=True)
    reports = "".join(f"{report.model_dump_json(exclude_none=True)}\n" for report in data.reports)
    answers = "".join(f"{json.dumps(data.answers[report.id], ensure_ascii=False)}\n" for report in data.reports)
    (folder / f"{data.name}.reports.jsonl").write_text(reports, "utf-8")
    (folder / f"{data.name}.gold.jsonl").write_text(answers, "utf-8")


def _reports_of_one(random: Random) -> int:
    """From 1 to 40, most often few: a power law."""
    return random.choices(range(1, MOST_REPORTS + 1), [n**-TAIL for n in range(1, MOST_REPORTS + 1)])[0]


def _report(printed: Printed) -> Report:
    return Report(
        id="new",
        title=printed.title,
        text=printed.text,
        published=printed.published,
        publisher=printed.publisher,
        language="en",
    )


def _named(name: str, report: Report, answer: dict[str, Any]) -> tuple[Report, dict[str, Any]]:
    return report.model_copy(update={"id": name}), {"id": name, **answer}


def _answer(happened: Happened, printed: Printed, made: list[Dispatch]) -> dict[str, Any]:
    dispatch = printed.dispatch
    spans = []
    for sentence in dispatch.cumulative:
        if (start := printed.text.find(sentence)) >= 0:
            spans.append((start, start + len(sentence)))
    return {
        "subtopic": happened.id,
        "topic": happened.like or happened.id,
        "kind": happened.kind.name,
        "about": ", ".join((happened.kind.name, happened.town.name, str(happened.day), f"{happened.killed} killed")),
        "type": happened.kind.code,
        "day": str(happened.day),
        "town": happened.town.name,
        "country": happened.town.code,
        "killed": happened.killed,
        "told": dispatch.told,
        "known": any(each.told == happened.killed for each in made),
        "contested": happened.contested,
        "sources": len(frozenset().union(*(each.voices for each in made))),
        "copy_of": dispatch.id if printed.copy else None,
        "cumulative": spans,
    }
