"""The commands on releases, as a person runs them, on a real record; and states that are refused until mended."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from tests.record.made import SECOND, line, take_three, told
from typer.testing import CliRunner, Result

from ascertain.cli import app
from ascertain.model import RecordError
from ascertain.record.models import IncidentRow
from ascertain.record.opening import open_record


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


@pytest.fixture(autouse=True)
def without_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page has tests of its own, and takes seconds."""
    monkeypatch.setattr("ascertain.release.releasing.write_page", lambda *_, **__: ())


def ascertain(*arguments: object) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False)


def decided(tmp_path: Path, *lines: object) -> Result:
    path = tmp_path / "decisions.jsonl"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return ascertain("decide", path, "--as", "amina")


def of(report: str) -> str:
    return IncidentRow.objects.get(gone=False, held__report=report).pk


def released(tmp_path: Path, *more: object) -> Result:
    return ascertain("release", "--profile", "public", "--out", tmp_path / "out", *more)


def to_mend(tmp_path: Path) -> list[str]:
    """What a refused release lists; nothing is left of it."""
    done = released(tmp_path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "this state cannot be released; mend what is listed and do it again" in done.stderr
    assert not (tmp_path / "out").exists()
    return re.findall(r"(?m)^  - (.*)$", done.stderr)


def test_a_record_is_released_and_verified(record: Path, tmp_path: Path) -> None:  # noqa: ARG001
    done = released(tmp_path)
    assert done.exit_code == 0, done.stderr
    assert re.search(r"release \S+-public: 3 incidents in ", done.stderr)
    verified = ascertain("verify-release", tmp_path / "out")
    assert (verified.exit_code, verified.stdout) == (0, "not signed\n")
    (tmp_path / "out" / "incidents.csv").write_text("")
    altered = ascertain("verify-release", tmp_path / "out")
    assert (altered.exit_code, altered.stdout.splitlines()[0]) == (1, "incidents.csv: was altered")


def test_a_policy_that_was_changed_half_way_is_refused_until_it_is_done(
    record: Path,  # noqa: ARG001 -- it is the environment's
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken_off(**_: object) -> int:
        raise RecordError("the power is gone")

    with monkeypatch.context() as patched:
        patched.setattr("ascertain.record.services.policy.renew_stale", broken_off)
        assert ascertain("ingest", "--policy", "ucdp").exit_code == 2
    stale, others = to_mend(tmp_path)
    assert "incidents are not renewed: 0 readings wait to be linked, 3 events changed since" in stale
    assert "finish with ascertain ingest" in stale
    ids = ", ".join(sorted(IncidentRow.objects.filter(gone=False).values_list("pk", flat=True)))
    assert others == f"3 incidents do not have policy ucdp ({ids}); finish with ascertain ingest --policy ucdp"
    assert ascertain("ingest", "--policy", "ucdp").exit_code == 0
    assert released(tmp_path).exit_code == 0
    assert json.loads((tmp_path / "out" / "release.json").read_text())["policy"] == "ucdp"


def test_a_locked_incident_whose_claim_is_gone_is_refused_until_it_is_unlocked(record: Path, tmp_path: Path) -> None:  # noqa: ARG001
    assert decided(tmp_path, {"kind": "merge", "incidents": [of("r1"), of("r2")]}).exit_code == 0
    locked = of("r1")
    assert decided(tmp_path, {"kind": "lock", "incidents": [locked]}).exit_code == 0
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("ascertain.cli.reread_command.RuleReader", lambda: SECOND)
        assert ascertain("reread", "--workers", 1, "--apply").exit_code == 0
    (fault,) = to_mend(tmp_path)
    assert fault == (
        f"incident {locked} is locked and rests on r2/c1, which is no claim any more; "
        f"look at it with ascertain history {locked}, then unlock it, at the desk or with ascertain decide, "
        "and decide on what is left of it"
    )
    assert ascertain("history", locked).exit_code == 0
    done = decided(tmp_path, {"kind": "unlock", "incidents": [locked]})
    assert done.exit_code == 0, done.stderr
    assert released(tmp_path).exit_code == 0


def test_what_waits_to_be_read_is_refused(record: Path, tmp_path: Path) -> None:  # noqa: ARG001
    (tmp_path / "more.jsonl").write_text(line("r9", told(40), published="2024-03-15"))
    assert ascertain("ingest", "--no-read", tmp_path / "more.jsonl").exit_code == 0
    assert to_mend(tmp_path) == ["1 reports wait to be read; finish with ascertain ingest"]


def test_a_record_that_somebody_writes_to_while_it_is_checked_is_refused(
    record: Path,  # noqa: ARG001 -- it is the environment's
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    incident = of("r1")

    def meanwhile(**_: object) -> tuple[()]:
        assert decided(tmp_path, {"kind": "accept", "incidents": [incident]}).exit_code == 0
        return ()

    monkeypatch.setattr("ascertain.release.from_record.faults", meanwhile)
    (fault,) = to_mend(tmp_path)
    assert fault.startswith("somebody wrote to the record while it was checked")


def test_a_place_that_a_person_named_and_a_marked_incident_stay_in(record: Path, tmp_path: Path) -> None:  # noqa: ARG001
    named, marked = of("r1"), of("r2")
    where = json.loads(IncidentRow.objects.get(pk=named).value)["where"]
    done = decided(
        tmp_path,
        {
            "kind": "correct",
            "incidents": [named],
            "field": "where",
            "to": {**where, "name": "the house of Zhuqvé Xūwj"},
            "reason": "as a neighbour says",
        },
        {"kind": "lock", "incidents": [named]},
        {"kind": "mark_sensitive", "incidents": [marked], "level": "internal"},
    )
    assert done.exit_code == 0, done.stderr
    assert released(tmp_path).exit_code == 0
    lines = [json.loads(line) for line in (tmp_path / "out" / "incidents.jsonl").read_text().splitlines()]
    assert {one["id"] for one in lines} == {of("r1"), of("r3")}
    assert {one["id"]: one["where"]["name"] is None for one in lines} == {of("r1"): True, of("r3"): False}
    told = [json.loads(line) for line in (tmp_path / "out" / "claims.jsonl").read_text().splitlines()]
    assert sorted(len(one["claims"]) for one in told) == [0, 1, 1]


def test_a_run_of_an_older_version_is_refused_with_the_remedy(tmp_path: Path) -> None:
    run = tmp_path / "run"
    run.mkdir()
    (run / "run.json").write_text(json.dumps({"reports": 1, "claims": 2, "reader": "made 1"}))
    done = released(tmp_path, "--from", run)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"{run}/run.json: does not tell policy, incidents, tolls, conditions, negotiations" in done.stderr
    assert "run ascertain run anew, with --replace" in done.stderr
