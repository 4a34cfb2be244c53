import json
from pathlib import Path

from scorers import errors
from scorers.tally import Mistake

FIRST = Mistake(
    "date.wrong", "r1", "2021-05-03", "2021-05-04", ("It was on 3 May.",), "It was on 3 May. Then it rained."
)
SECOND = Mistake("date.wrong", "r2", "2021-05-05", "none")
THIRD = Mistake("killed_highest.too_low", "r1", "5", "4")


def test_each_kind_has_a_file_to_read_and_a_file_to_load(tmp_path: Path) -> None:
    folder = tmp_path / "airwars-dev"
    assert errors.write([THIRD, FIRST, SECOND], folder) == {"date.wrong": 2, "killed_highest.too_low": 1}
    rows = [json.loads(line) for line in (folder / "date.wrong.jsonl").read_text("utf-8").splitlines()]
    assert [row["report"] for row in rows] == ["r1", "r2"]
    told = (folder / "date.wrong.txt").read_text("utf-8")
    assert "expected: 2021-05-03" in told
    assert "- It was on 3 May." in told
    assert "| It was on 3 May. Then it rained." in told
    assert (folder / "index.txt").read_text("utf-8").split() == ["2", "date.wrong", "1", "killed_highest.too_low"]


def test_what_an_earlier_run_left_goes(tmp_path: Path) -> None:
    errors.write([FIRST], tmp_path / "set")
    errors.write([THIRD], tmp_path / "set")
    assert {path.name for path in (tmp_path / "set").iterdir()} == {
        "index.txt",
        "killed_highest.too_low.jsonl",
        "killed_highest.too_low.txt",
    }
