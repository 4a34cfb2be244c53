"""The commands on decisions, as a person runs them: a real record, filled by a small reader."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.record.made import SECOND, take_three
from typer.testing import CliRunner, Result

from ascertain.cli import app
from ascertain.record.models import IncidentRow
from ascertain.record.opening import open_record
from ascertain.record.selectors.history import standing_id


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "record.sqlite"
    record = open_record(str(path))
    take_three(record)
    record.close()
    return path


@pytest.fixture
def record(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = Path(shutil.copyfile(filled, tmp_path / "record.sqlite"))
    monkeypatch.setenv("ASCERTAIN_DATABASE", str(path))
    ascertain("people", "add", "amina", "--role", "editor")
    return path


def ascertain(*arguments: object) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False)


def decided(tmp_path: Path, *lines: object, by: str = "amina") -> Result:
    path = tmp_path / "decisions.jsonl"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return ascertain("decide", path, "--as", by)


def of(report: str) -> str:
    return IncidentRow.objects.get(gone=False, held__report=report).pk


def test_people_are_added_and_get_roles(record: Path) -> None:  # noqa: ARG001 -- it is the environment's
    assert ascertain("people", "role", "amina", "administrator").exit_code == 0
    assert ascertain("people", "add", "omar", "--role", "reader", "--as", "amina").exit_code == 0
    refused = ascertain("people", "add", "sara", "--role", "reader", "--as", "omar")
    assert (refused.exit_code, "omar is reader and may not change people" in refused.stderr) == (2, True)
    assert ascertain("people", "close", "omar").exit_code == 0
    assert ascertain("people", "list").stdout == "amina\tadministrator\nomar\tclosed\n"
    rows = ascertain("people", "list", "--json").stdout.splitlines()
    assert json.loads(rows[0]) == {"name": "amina", "role": "administrator"}
    assert "is the last administrator" in ascertain("people", "close", "amina").stderr


def test_decisions_of_a_file_are_made_and_refused_lines_named(record: Path, tmp_path: Path) -> None:  # noqa: ARG001
    one, other = of("r1"), of("r2")
    done = decided(
        tmp_path,
        {"kind": "merge", "incidents": [one, other], "reason": "one raid"},
        {"kind": "accept", "incidents": [of("r3")], "versions": [7]},
        {"kind": "rename", "incidents": [one]},
        {"kind": "correct", "incidents": [of("r3")], "field": "colour", "to": "red", "reason": "x"},
        {"kind": "reject", "incidents": [of("r3")], "reason": "a film"},
    )
    assert done.exit_code == 1
    told = done.stderr.splitlines()
    assert [line.split(": ")[0].rsplit(":", 1)[1] for line in told[:3]] == ["2", "3", "4"]
    assert "has changed since you saw it" in told[0]
    assert told[-1] == "2 decisions made, 3 refused"
    assert of("r1") == of("r2")
    assert IncidentRow.objects.get(pk=of("r3")).status == "rejected"


def test_decisions_go_from_one_record_to_another(record: Path, filled: Path, tmp_path: Path) -> None:
    one, other, third = of("r1"), of("r2"), of("r3")
    missed = {"kind": "event", "id": "c1", "type": "attack", "modality": "asserted", "evidence": [[0, 6]]}
    figure = {"field": "figures/killed/people", "to": {"low": 9, "best": 9, "high": 9}}
    made = decided(
        tmp_path,
        {"kind": "accept", "incidents": [one], "number": 10},
        {"kind": "undo", "decision": 10},
        {"kind": "merge", "incidents": [one, other]},
        {"kind": "correct", "incidents": [third], **figure, "reason": "a list"},
        {"kind": "add_claim", "report": "r3", "claim": missed},
        {"kind": "assign", "incidents": [third], "assignee": "amina"},
        {"kind": "mark_sensitive", "incidents": [third], "level": "partner"},
        {"kind": "mark_sensitive", "report": "r1", "level": "internal"},
        {"kind": "comment", "incidents": [third], "reason": "ask the clinic"},
        {"kind": "lock", "incidents": [third]},
    )
    assert made.exit_code == 0, made.stderr
    exported = ascertain("decisions", "--json").stdout
    before = [(row.pk, row.value, row.state) for row in IncidentRow.objects.order_by("pk")]
    again = tmp_path / "again.sqlite"
    shutil.copyfile(filled, again)
    (tmp_path / "exported.jsonl").write_text(exported, encoding="utf-8")
    ascertain("people", "add", "amina", "--role", "editor", "--record", again)
    done = ascertain("decide", tmp_path / "exported.jsonl", "--as", "amina", "--record", again)
    assert done.exit_code == 0, done.stderr
    assert [(row.pk, row.value, row.state) for row in IncidentRow.objects.order_by("pk")] == before
    told = ascertain("decisions", "--record", record).stdout.splitlines()
    assert len(told) == 10
    assert told[0].endswith(f"amina: accept {one}")


def test_the_history_of_an_incident_is_told(record: Path, tmp_path: Path) -> None:  # noqa: ARG001
    one, other = of("r1"), of("r2")
    decided(tmp_path, {"kind": "merge", "incidents": [one, other], "reason": "one raid"})
    merged = standing_id(one)
    gone = other if merged == one else one
    lines = ascertain("history", merged).stdout.splitlines()
    assert [line.split("\t")[0] for line in lines] == ["1", "2"]
    assert "decision 1: merge by amina (one raid)" in lines[1]
    told = ascertain("history", gone, "--json")
    assert [json.loads(line)["incident"] is None for line in told.stdout.splitlines()] == [False, True]
    assert f"{gone} is part of {merged} now" in told.stderr
    assert "there was no such incident on 2001-01-01" in ascertain("history", merged, "--as-of", "2001-01-01").stderr
    assert "is no day" in ascertain("history", merged, "--as-of", "yesterday").stderr
    assert "no incident has that id" in ascertain("history", "i0").stderr


def test_the_record_is_exported_in_the_exchange_format(record: Path, tmp_path: Path) -> None:  # noqa: ARG001
    decided(tmp_path, {"kind": "merge", "incidents": [of("r1"), of("r2")]})
    done = ascertain("export", "--out", tmp_path / "out")
    assert done.stderr.splitlines()[-1] == f"claims of 3 reports and 2 incidents in {tmp_path / 'out'}"
    claims, incidents = ((tmp_path / "out" / f"{name}.jsonl").read_text() for name in ("claims", "incidents"))
    assert [json.loads(line)["report"]["id"] for line in claims.splitlines()] == ["r1", "r2", "r3"]
    assert sorted(len(json.loads(line)["reports"]) for line in incidents.splitlines()) == [1, 2]
    assert "holds something already" in ascertain("export", "--out", tmp_path / "out").stderr
    ascertain("export", "--out", tmp_path / "then", "--as-of", "2001-01-01")
    assert (tmp_path / "then" / "claims.jsonl").read_text() == ""


def test_a_reread_is_shown_before_it_takes_effect(record: Path) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("ascertain.cli.reread_command.RuleReader", lambda: SECOND)
        shown = ascertain("reread", "--workers", 1)
        assert shown.exit_code == 0, shown.stderr
        assert "incidents: 1 stay as they are, 1 change, 1 appear, 1 go" in shown.stdout
        assert "killed people: 3/3/3 to 4/4/4" in shown.stdout
        assert "nothing has changed yet" in shown.stderr
        assert "3 readings dropped" in ascertain("reread", "--discard").stderr
        told = json.loads(ascertain("reread", "--json", "--apply", "--record", record).stdout)
    assert (told["readings"], len(told["changed"]), told["moved"][0]["after"]["best"]) == (3, 1, 4)
    assert IncidentRow.objects.get(gone=False, held__report="r1").killed_best == 4
    assert ascertain("reread", "--apply", "--discard").exit_code == 2
