from pathlib import Path

import pytest
from rich.console import Console

from ascertain.model import Incident, Report
from scorers import linking, running, table
from scorers.datasets import DataSet
from scorers.tally import Outcome

from .made import incident

TEXTS = {
    "a1": "A mine collapsed near Kolwezi and buried nine diggers.",
    "a2": "Nine diggers were buried as a mine near Kolwezi collapsed.",
    "b1": "Raiders burned the granary of Bilma and shot two herders.",
    "b2": "Two herders were shot in Bilma by raiders who burned a granary.",
    "b3": "Raiders shot two herders and burned the granary in Bilma, the governor said.",
}
DATA = DataSet(
    "linking-made",
    "linking",
    tuple(Report(id=name, text=text) for name, text in TEXTS.items()),
    {name: {"id": name, "topic": 1, "subtopic": name[0], "kind": "violence", "about": "x"} for name in TEXTS},
)


def incidents(*groups: str) -> list[Incident]:
    return [
        incident(id=f"i{n}", reports=tuple(group.split()), claims=(), primary_for=tuple(group.split()))
        for n, group in enumerate(groups)
    ]


def kinds(outcomes: list[Outcome]) -> dict[str, list[str]]:
    return {o.report: [mistake.kind for mistake in o.mistakes] for o in outcomes if o.mistakes}


def test_the_group_of_a_report_is_the_incident_that_it_is_mainly_about() -> None:
    outcomes = linking.compare(DATA, incidents("a1 a2", "b1 b2 b3"))
    assert linking.statistics(outcomes)["conll"] == 1.0
    assert kinds(outcomes) == {}


def test_a_report_that_no_incident_names_is_alone_and_the_loss_is_the_readers() -> None:
    outcomes = linking.compare(DATA, incidents("a1 a2", "b1 b2"))
    assert outcomes[-1].traits[linking.GIVEN] == "b3"
    assert kinds(outcomes) == {"b1": ["split.reader"]}
    assert linking.agreement(outcomes, linking.GIVEN).b3.precision == 1.0


def test_events_joined_and_events_split_are_told_apart() -> None:
    outcomes = linking.compare(DATA, incidents("a1 a2 b1", "b2 b3"))
    assert kinds(outcomes) == {"a1": ["merged.look_alikes"], "b1": ["split.linker"]}
    (merged,) = outcomes[0].mistakes
    assert [passage.split("\n")[0] for passage in merged.passages] == ["a (2)", "b (1)"]


def test_the_baselines_stand_beside_and_words_tell_easy_events_apart() -> None:
    outcomes = linking.compare(DATA, incidents("a1 a2 b1 b2 b3"))
    assert linking.agreement(outcomes, linking.ALONE).muc.f1 == 0.0
    assert linking.agreement(outcomes, linking.CLUSTERS["average"]).conll == 1.0
    ours = linking.agreement(outcomes, linking.GIVEN).conll
    assert linking.statistics(outcomes)["conll_above_baselines"] == pytest.approx(ours - 1.0)


def test_the_set_is_scored_through_a_run_and_shown_by_kind(capsys: pytest.CaptureFixture[str]) -> None:
    summary = running.score(DATA)
    assert summary.scores["b3"] is not None
    assert summary.floor_group == "linking"
    Console(width=200).print(table.groupings(summary, "kind"))
    shown = capsys.readouterr().out
    assert all(name in shown for name in ("violence", *linking.GROUPINGS))


def test_a_run_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    linking.linked(DATA.reports)
    assert list(tmp_path.iterdir()) == []
