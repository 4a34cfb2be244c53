"""`ascertain why` as a person runs it: real processes over the results of a real run."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ascertain.incidents.why import Why

WIRE = (
    "At least nine people were killed when gunmen attacked a market in Maiduguri on Monday, hospital officials said. "
    "Traders fled across the river as stalls burned."
)
LATER = (
    "MAIDUGURI, Nigeria - The toll from Monday's attack by gunmen on a market in Maiduguri has risen to 13, "
    "police said on Tuesday. A mine killed two farmers near Maiduguri on Sunday."
)
PARTS = ("Why ", "Sources: ", "Reports", "Figures, by the policy", "Ledger", "Grading", "Joins", "Near misses")


def ascertain(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "ascertain", *map(str, arguments)]
    known = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    done = subprocess.run(command, capture_output=True, env={**known, **environment}, check=False)
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a run, and the id of the incident that three reports tell of."""
    folder = tmp_path_factory.mktemp("why")
    reports = [
        {"id": "wire", "text": WIRE, "published": "2024-03-05", "publisher": "Valley Voice"},
        {
            "id": "copy",
            "text": f"{WIRE} ",
            "published": "2024-03-06",
            "publisher": "Oasis TV",
            "title": "Nine\x1b[31m dead",
        },
        {"id": "later", "text": LATER, "published": "2024-03-06"},
    ]
    (folder / "reports.jsonl").write_text("".join(f"{json.dumps(each)}\n" for each in reports))
    assert ascertain("run", folder / "reports.jsonl", "--out", folder / "out", "--quiet").returncode == 0
    lines = (folder / "out" / "incidents.jsonl").read_text().splitlines()
    incidents = [json.loads(line) for line in lines]
    return folder, max(incidents, key=lambda incident: len(incident["reports"]))["id"]


def test_a_person_is_told_all_parts_in_order_within_100_columns(results: tuple[Path, str]) -> None:
    folder, id = results
    done = ascertain("why", id, "--in", folder / "out")
    assert (done.returncode, done.stderr) == (0, "")
    at = [done.stdout.index(f"\n{part}") if part != PARTS[0] else 0 for part in PARTS]
    assert at == sorted(at)
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) <= 100
    assert all(line == line.rstrip() for line in lines)
    assert "\x1b" not in done.stdout


def test_where_the_number_comes_from_is_a_sentence_of_a_report(results: tuple[Path, str]) -> None:
    folder, id = results
    told = " ".join(ascertain("why", id, "--in", folder / "out").stdout.split())
    assert "13 killed" in told
    assert "The toll from Monday's attack by gunmen on a market in Maiduguri has risen to 13, police said" in told
    assert "a copy of wire: 100 % of its runs of words stand in wire" in told
    assert "same day (2024-03-04): +" in told


def test_the_same_question_has_the_same_answer_as_json(results: tuple[Path, str]) -> None:
    folder, id = results
    one, other = (ascertain("why", id, "--in", folder / "out", "--json").stdout for _ in range(2))
    assert one == other
    (line,) = one.splitlines()
    assert list(json.loads(line)) == list(Why.model_fields)
    assert Why.model_validate_json(line).incident.id == id


def test_a_narrow_page_is_followed(results: tuple[Path, str]) -> None:
    folder, id = results
    told = ascertain("why", id, "--in", folder / "out", COLUMNS="70").stdout
    assert max(map(len, told.splitlines())) <= 70


def test_reports_that_were_moved_are_quoted_where_they_are_named(tmp_path: Path, results: tuple[Path, str]) -> None:
    folder, id = results
    moved = tmp_path / "out"
    moved.mkdir()
    for name in ("claims.jsonl", "incidents.jsonl"):
        (moved / name).write_bytes((folder / "out" / name).read_bytes())
    assert "has risen to 13" not in ascertain("why", id, "--in", moved).stdout
    named = ascertain("why", id, "--in", moved, "--reports", folder / "reports.jsonl")
    assert "has risen to 13" in " ".join(named.stdout.split())


def test_a_report_whose_text_has_changed_is_not_quoted(tmp_path: Path, results: tuple[Path, str]) -> None:
    folder, id = results
    (tmp_path / "other.jsonl").write_text(json.dumps({"id": "later", "text": f"Corrected. {LATER}"}) + "\n")
    told = ascertain("why", id, "--in", folder / "out", "--reports", tmp_path / "other.jsonl")
    assert told.returncode == 0
    assert "has risen to 13" not in " ".join(told.stdout.split())


def test_what_cannot_be_explained_is_told_plainly(tmp_path: Path, results: tuple[Path, str]) -> None:
    folder, id = results
    for arguments, message in (
        ((id[:-1], "--in", folder / "out"), f"is {id} meant?"),
        ((id, "--in", tmp_path), "holds no claims.jsonl"),
        ((id, "--in", tmp_path / "nowhere"), "no such folder"),
        ((id, "--in", folder / "out", "--reports", "nowhere.jsonl"), "nowhere.jsonl: no such file"),
    ):
        done = ascertain("why", *arguments)
        assert done.returncode == 2
        assert done.stderr.startswith("ascertain: ")
        assert message in done.stderr
