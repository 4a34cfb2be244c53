import json
from pathlib import Path

import pytest

from ascertain.model import DataFileError, SettingsError
from scorers import datasets

REPORT = {"id": "r1", "text": "Two died."}


def write(folder: Path, name: str, reports: list[object], answers: list[object]) -> None:
    for kind, rows in (("reports", reports), ("gold", answers)):
        (folder / f"{name}.{kind}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def test_sets_are_found_by_the_start_of_their_name(tmp_path: Path) -> None:
    for name in ("airwars-dev", "airwars-test", "muc4-dev"):
        write(tmp_path, name, [REPORT], [{"id": "r1"}])
    found = datasets.find(["airwars"], data=tmp_path, gold=tmp_path)
    assert [(s.name, s.kind, s.secret) for s in found] == [
        ("airwars-dev", "airwars", False),
        ("airwars-test", "airwars", False),
    ]


def test_of_the_gold_set_the_test_half_is_secret(tmp_path: Path) -> None:
    for half in datasets.GOLD_HALVES:
        (tmp_path / half).mkdir()
        (tmp_path / half / "reports.jsonl").write_text(json.dumps(REPORT), "utf-8")
        (tmp_path / half / "gold.jsonl").write_text('{"id": "r1"}', "utf-8")
    found = datasets.find(["gold"], data=None, gold=tmp_path)
    assert [(s.name, s.secret) for s in found] == [("gold-dev", False), ("gold-test", True)]


def test_a_name_that_stands_for_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no set 'airwars'"):
        datasets.find(["airwars"], data=tmp_path, gold=tmp_path)


def test_every_n_th_report_is_a_sample(tmp_path: Path) -> None:
    rows = [{"id": f"r{n}", "text": "x"} for n in range(5)]
    write(tmp_path, "airwars-dev", list(rows), [{"id": row["id"]} for row in rows])
    (found,) = datasets.find(["airwars"], data=tmp_path, gold=tmp_path)
    assert [report.id for report in found.sample(2).reports] == ["r0", "r2", "r4"]


@pytest.mark.parametrize(
    ("reports", "answers", "told"),
    [
        ([REPORT, {"id": "r2"}], [{"id": "r1"}], r"reports.jsonl:2: not a report"),
        ([REPORT], [{"id": "r2"}], "report r1 has no answer"),
        ([REPORT], [{"text": "no id"}], r"gold.jsonl:1: an answer has no id; add"),
        ([REPORT], ["words"], r"gold.jsonl:1: not an object"),
    ],
)
def test_a_fault_names_file_and_remedy(tmp_path: Path, reports: list[object], answers: list[object], told: str) -> None:
    write(tmp_path, "airwars-dev", reports, answers)
    with pytest.raises(DataFileError, match=told):
        datasets.find(["airwars"], data=tmp_path, gold=tmp_path)
