import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import linking
from ascertain.model import EventClaim, Incident, Place, Reading, Report
from scorers import incidents, running
from scorers.datasets import DataSet
from scorers.linking import Linked
from scorers.tally import Outcome, total

from .made import figure, incident, quoted

TEXT = "A mine killed 5 people near Dori on 3 May 2023. Attacks have killed 310 people since January."
WHEN = {"start": "2023-05-03", "end": "2023-05-03", "precision": "day"}
WHERE = {**quoted("Dori", TEXT), "name": "Dori", "lat": 14.035, "lon": -0.0345, "radius_km": 3.0}
SPAN = (TEXT.index("Attacks"), len(TEXT))
REPORTS = tuple(Report(id=f"r{n}", text=TEXT, published=dt.date(2023, 5, 3 + n)) for n in (1, 2, 3))


def answer(name: str, event: str, **values: Any) -> dict[str, Any]:
    return {
        "id": name, "subtopic": event, "topic": event, "kind": "mine", "about": event, "day": "2023-05-03",
        "town": "Dori", "country": "BF", "killed": 5, "told": 5, "known": True, "contested": False, "sources": 1,
        "cumulative": [SPAN] if name == "r1" else [], **values,
    }  # fmt: skip


def data(**values: Any) -> DataSet:
    events = {"r1": "e1", "r2": "e1", "r3": "e2"}
    return DataSet("corpus-x", "corpus", REPORTS, {name: answer(name, events[name], **values) for name in events})


def claim(words: str = "5 people", number: int = 5, **values: Any) -> EventClaim:
    killed = quoted(words, TEXT, outcome="killed", group="people", low=number, high=number)
    base = {"id": "c1", "type": "attack", "evidence": [(0, 40)], "figures": [killed], "when": WHEN, "where": WHERE}
    return EventClaim.model_validate({**base, **values})


def linked(
    *groups: str, claims: Mapping[str, tuple[EventClaim, ...]] | None = None, best: int = 5, sources: int = 1
) -> Linked:
    told = {**{report.id: (claim(),) for report in REPORTS}, **(claims or {})}
    readings = tuple(Reading(report=report.header, claims=told[report.id]) for report in REPORTS)
    return Linked(readings, tuple(made(group, best, sources) for group in groups))


def made(group: str, best: int, sources: int) -> Incident:
    names = tuple(group.split())
    return incident(
        id=f"i{names[0]}",
        reports=names,
        primary_for=names,
        claims=tuple(f"{name}/c1" for name in names),
        figures=[figure("killed", "people", best - 1, best, best + 1)],
        sources=sources,
        where=Place.model_validate(WHERE),
    )


def kinds(outcomes: list[Outcome]) -> list[str]:
    return sorted(mistake.kind for outcome in outcomes for mistake in outcome.mistakes)


def test_a_perfect_record_has_perfect_scores_and_no_mistakes() -> None:
    outcomes = incidents.compare(data(), linked("r1 r2", "r3"))
    assert {tally.f1 for tally in total(outcomes).values()} == {1.0}
    found = incidents.statistics(outcomes)
    assert found["b3"] == 1.0
    assert not any(found[name] for name in incidents.LOSSES)
    assert kinds(outcomes) == []


def test_what_is_split_though_well_read_is_the_linkers_loss() -> None:
    found = incidents.statistics(incidents.compare(data(), linked("r1", "r2", "r3")))
    assert round(found["b3_recall_lost_by_linker"], 3) == 0.333
    assert found["b3_recall_lost_by_reader"] == 0.0


def test_what_is_split_as_its_day_was_read_wrong_is_the_readers_loss() -> None:
    wrong = {**WHEN, "start": "2023-05-04", "end": "2023-05-04"}
    outcomes = incidents.compare(data(), linked("r1", "r2", "r3", claims={"r2": (claim(when=wrong),)}))
    found = incidents.statistics(outcomes)
    assert round(found["b3_recall_lost_by_reader"], 3) == 0.333
    assert found["b3_recall_lost_by_linker"] == 0.0
    assert "misread.day" in kinds(outcomes)


def test_a_wrong_number_is_laid_at_the_right_door() -> None:
    assert "killed.linker" in kinds(incidents.compare(data(), linked("r1 r2", "r3", best=6)))
    later = {"r2": (claim("310 people", 7),)}
    assert "killed.ledger" in kinds(incidents.compare(data(), linked("r1 r2", "r3", best=7, claims=later)))
    misread = {report.id: (claim(number=4),) for report in REPORTS}
    assert "killed.reader" in kinds(incidents.compare(data(), linked("r1 r2", "r3", best=6, claims=misread)))


def test_a_number_that_no_report_gives_exactly_is_not_asked_for_but_the_bounds_are() -> None:
    tallies = total(incidents.compare(data(known=False, told=None), linked("r1 r2", "r3", best=8)))
    assert "killed_best" not in tallies
    assert tallies["killed_best_of_all"].f1 == tallies["killed_within_bounds"].f1 == 0.0


def test_sources_are_right_exactly_or_nearly() -> None:
    tallies = total(incidents.compare(data(), linked("r1 r2", "r3", sources=2)))
    assert (tallies["sources"].f1, tallies["sources_within_1"].f1) == (0.0, 1.0)


def test_a_toll_counted_as_an_incident_is_found() -> None:
    toll = (claim(), claim("310 people", 310, id="c2", evidence=[SPAN]))
    run = linked("r1 r2", "r3", claims={"r1": toll})
    beside = incident(id="i9", reports=("r1",), claims=("r1/c2",), primary_for=())
    outcomes = incidents.compare(data(), Linked(run.readings, (*run.incidents, beside)))
    assert total(outcomes)["tolls_kept_apart"].f1 == 0.0
    assert "toll_as_incident" in kinds(outcomes)


def test_the_place_is_right_near_the_town_and_within_the_radius_that_is_told() -> None:
    far = {**WHERE, "lat": 15.0}
    assert "misread.place" in kinds(
        incidents.compare(data(), linked("r1 r2", "r3", claims={"r1": (claim(where=far),)}))
    )
    wide = claim(where={**far, "radius_km": 100.0})
    assert kinds(incidents.compare(data(), linked("r1 r2", "r3", claims={"r1": (wide,)}))) == []


def test_the_set_is_scored_through_a_run() -> None:
    summary = running.score(data())
    assert summary.floor_group == "corpus"
    assert summary.scores["read_day"] == 1.0


def test_the_command_makes_scores_and_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = ["corpus", "--incidents", "4", "--write", str(tmp_path / "set"), "--errors", str(tmp_path / "wrong")]
    assert linking.main(["--width", "150", *told]) == 0
    assert "killed_best" in capsys.readouterr().out
    assert (tmp_path / "set" / "corpus-7.gold.jsonl").exists()
    assert (tmp_path / "wrong" / "corpus-7" / "index.txt").exists()
