import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import accuracy
from ascertain.model import Reading, Report
from scorers import gold, running, table
from scorers.datasets import DataSet
from scorers.tally import Tally

from .made import REPORT, TEXT, event, quoted, reading

FULL = event(figures=[quoted("7 were injured", outcome="injured", group="people", low=7, high=7)])
ANSWER = {"id": "r1", "genre": "wire", "conflict": "made up", "claims": [FULL.model_dump(mode="json")]}


def data(*, secret: bool) -> DataSet:
    return DataSet("gold-dev", "gold", (REPORT,), {"r1": ANSWER}, secret)


def test_a_secret_set_gives_scores_and_no_mistakes() -> None:
    for secret in (True, False):
        summary = running.summarise(data(secret=secret), [reading()])
        assert summary.scores["claims"] == 0
        assert bool(summary.mistakes) is not secret


def test_a_report_without_a_reading_is_missed_and_not_left_out() -> None:
    assert running.summarise(data(secret=False), []).tallies["claims"] == Tally(0, 0, 1)


def test_a_perfect_reading_has_perfect_scores() -> None:
    assert set(running.summarise(data(secret=False), [reading(FULL)]).scores.values()) <= {1.0, None}


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for half in ("dev", "test"):
        folder = tmp_path / "gold" / half
        folder.mkdir(parents=True)
        (folder / "reports.jsonl").write_text(REPORT.model_dump_json(exclude_none=True), "utf-8")
        (folder / "gold.jsonl").write_text(json.dumps(ANSWER), "utf-8")
    monkeypatch.setattr(accuracy, "GOLD", tmp_path / "gold")
    monkeypatch.setattr(accuracy, "FLOORS", tmp_path / "floors.toml")
    (tmp_path / "floors.toml").write_text("[gold-test]\nclaims = 0.5\n", "utf-8")
    return tmp_path


def reads(monkeypatch: pytest.MonkeyPatch, *claims: Any) -> None:
    def read(reports: Sequence[Report], *, workers: int = 1) -> list[Reading]:
        del workers
        return [reading(*claims, report=report) for report in reports]

    monkeypatch.setattr(running, "read", read)


def test_no_text_of_the_test_half_is_written_or_printed(
    folders: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reads(monkeypatch, event(evidence=[(0, 20)], type="attack"))
    assert accuracy.main(["--sets", "gold", "--errors", str(folders / "errors"), "--by", "genre"]) == 0
    assert [path.name for path in (folders / "errors").iterdir()] == ["gold-dev"]
    printed = capsys.readouterr().out
    assert "gold-test" in printed
    assert TEXT[:20] not in printed
    monkeypatch.setattr(accuracy, "GOLD", folders / "gold")
    assert accuracy.main(["--sets", "gold-test", "--errors", str(folders / "none")]) == 0
    assert not (folders / "none").exists()


def test_check_fails_below_a_floor_and_names_it(
    folders: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reads(monkeypatch, FULL)
    assert accuracy.main(["--sets", "gold", "--check"]) == 0
    reads(monkeypatch)
    assert accuracy.main(["--sets", "gold"]) == 0
    capsys.readouterr()
    assert accuracy.main(["--sets", "gold", "--check"]) == 1
    assert "gold-test: claims: 0.000 is below the floor 0.500" in capsys.readouterr().err
    assert folders.exists()


def test_what_cannot_be_read_exits_with_two(folders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert accuracy.main(["--sets", "airwars", "--data", str(folders)]) == 2
    assert "no set 'airwars'" in capsys.readouterr().err


def test_every_kind_of_set_has_a_scorer_and_a_table() -> None:

    assert {*running.SCORERS, "places"} == set(table.GROUP_COLUMNS)
    names = {slot.name for slot in gold.SLOTS} | {"claims", "event_types", "look_alikes"}
    assert set(table.GROUP_COLUMNS["gold"]) <= names
