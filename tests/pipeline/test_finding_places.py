"""Places alone: the same inputs, errors and workers as a run, one file out."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ascertain.model import SettingsError
from ascertain.pipeline import find_all_places
from ascertain.pipeline.schema import schemas

ROOT = Path(__file__).parents[2]
TEXTS = ("Shells fell on Djibo, Burkina Faso.", "A calm day.", "Gunmen raided a village 10 km south of Goma.")


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    lines = [json.dumps({"id": f"r{number}", "text": text}) for number, text in enumerate(TEXTS)]
    path.write_text("\n".join([*lines, "{broken", ""]), "utf-8")
    return path


def found(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_every_place_name_comes_in_order_whether_or_not_a_claim_uses_it(reports: Path, tmp_path: Path) -> None:
    summary = find_all_places([str(reports)], tmp_path / "places.jsonl", workers=1)
    lines = found(tmp_path / "places.jsonl")
    assert [line["report"]["id"] for line in lines] == ["r0", "r1", "r2"]
    names = [[place["text"] for place in line["places"]] for line in lines]
    assert names == [["Djibo", "Burkina Faso"], [], ["Goma"]]
    assert (summary.reports, summary.places, summary.set_aside) == (3, 3, 1)


def test_places_told_by_way_of_another_come_when_asked_for(reports: Path, tmp_path: Path) -> None:
    find_all_places([str(reports)], tmp_path / "places.jsonl", workers=1, relative=True)
    names = [place["text"] for place in found(tmp_path / "places.jsonl")[2]["places"]]
    assert names == ["10 km south of Goma", "Goma"]


def test_the_same_bytes_come_for_any_number_of_workers(tmp_path: Path) -> None:
    for workers in (1, 2):
        find_all_places([str(ROOT / "examples")], tmp_path / f"{workers}.jsonl", workers=workers)
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes() != b""


def test_the_lines_follow_the_schema(tmp_path: Path) -> None:
    find_all_places([str(ROOT / "examples")], tmp_path / "places.jsonl", workers=1)
    check = Draft202012Validator(schemas()["places"])
    assert all(check.is_valid(line) for line in found(tmp_path / "places.jsonl"))
    assert not check.is_valid({"places": []})


def test_results_among_the_inputs_are_no_reports(reports: Path, tmp_path: Path) -> None:
    out = reports.parent / "places.jsonl"
    for _ in range(2):
        assert find_all_places([str(tmp_path)], out, workers=1).reports == 3


def test_what_cannot_be_done_is_refused(reports: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such file"):
        find_all_places([str(tmp_path / "none.jsonl")], tmp_path / "places.jsonl")
    with pytest.raises(SettingsError, match="both an input"):
        find_all_places([str(reports)], reports)
    with pytest.raises(SettingsError, match="is a folder"):
        find_all_places([str(reports)], tmp_path)
