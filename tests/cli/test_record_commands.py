"""The commands on a record, as a person runs them: real processes, real files."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

CONFLICT = "On 4 March 2024, gunmen killed at least 13 people in an attack on a market in Maiduguri, police said."


def ascertain(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "ascertain", *map(str, arguments)]
    environ = {**os.environ, "COLUMNS": "100", **environment}
    environ.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(command, capture_output=True, text=True, env=environ, check=False)


def test_from_a_folder_to_a_record_and_to_another(tmp_path: Path) -> None:
    folder, record = tmp_path / "in", {"ASCERTAIN_DATABASE": str(tmp_path / "record.sqlite")}
    folder.mkdir()
    (folder / "a.jsonl").write_text(json.dumps({"id": "r1", "text": CONFLICT}) + "\n{broken\n")
    done = ascertain("ingest", folder, "--workers", 1, **record)
    assert (done.returncode, done.stdout) == (1, "")
    assert "1 new report, 1 read, 1 incident new or changed" in done.stderr
    assert f"{folder}/a.jsonl:2: broken JSON" in done.stderr
    again = ascertain("ingest", folder, **record)
    assert (again.returncode, again.stdout) == (0, "")
    assert "1 original, 0 of them new; 0 new reports, 0 read, 0 incidents new or changed" in again.stderr

    refused = ascertain("ingest", "--policy", "un", **record)
    assert (refused.returncode, "choose one of ascertain, airwars, ucdp, acled, latest_official" in refused.stderr) == (
        2,
        True,
    )
    assert "1 incident new or changed" in ascertain("ingest", "--policy", "acled", **record).stderr
    told = json.loads(ascertain("status", "--json", **record).stdout)
    assert told["policy"] == "acled"
    counted = {"reports": 1, "claims": 1, "incidents": 1, "decisions": 0, "set_aside": 1}
    assert {name: told[name] for name in counted} == counted

    verified = ascertain("verify", **record)
    assert (verified.returncode, verified.stdout) == (0, f"head {told['head']}\n")
    assert ascertain("verify", "--head", told["head"], "--quiet", **record).stderr == ""

    listed = ascertain("set-aside", "list", **record)
    assert (listed.returncode, listed.stdout.split("\t")[0]) == (1, "1")
    assert ascertain("set-aside", "export", "--out", tmp_path / "aside", **record).returncode == 0
    (row,) = map(json.loads, (tmp_path / "aside" / "set_aside.jsonl").read_text().splitlines())
    assert (tmp_path / "aside" / row["original"]).read_bytes() == (folder / "a.jsonl").read_bytes()
    exported = [tmp_path / "aside", *(tmp_path / "aside").iterdir()]
    assert [path.stat().st_mode & 0o077 for path in exported] == [0, 0, 0]
    unknown = ascertain("set-aside", "retry", 999, **record)
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "999: no item of that number is set aside; see ascertain set-aside list" in unknown.stderr
    assert "1 item to be taken up again" in ascertain("set-aside", "retry", **record).stderr

    assert ascertain("backup", tmp_path / "a.backup", **record).returncode == 0
    assert ascertain("restore", tmp_path / "a.backup", "--record", tmp_path / "b.sqlite").returncode == 0
    assert ascertain("verify", "--record", tmp_path / "b.sqlite").stdout == verified.stdout
    refused = ascertain("restore", tmp_path / "a.backup", "--record", tmp_path / "b.sqlite")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "the record is not empty" in refused.stderr


def test_a_record_with_faults_is_backed_up_with_a_warning(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "r1", "text": "A calm day."}) + "\n")
    record = tmp_path / "record.sqlite"
    assert ascertain("ingest", tmp_path / "a.jsonl", "--no-read", "--record", record).returncode == 0
    with closing(sqlite3.connect(record)) as database:
        database.execute("update record_reportrow set title = 'Another'")
        database.commit()
    done = ascertain("backup", tmp_path / "a.backup", "--record", record)
    assert (done.returncode, (tmp_path / "a.backup").exists()) == (1, True)
    assert "report r1: altered\n" in done.stderr
    assert "1 fault in the record, and so in this backup: keep the older ones" in done.stderr


def test_a_refused_restore_leaves_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.backup").write_bytes(b"PK no backup")
    done = ascertain("restore", tmp_path / "a.backup", "--record", tmp_path / "new.sqlite")
    assert (done.returncode, done.stdout) == (2, "")
    assert "a.backup: is no backup, or was cut short; take another backup" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a.backup"]


def test_looking_for_a_record_makes_none(tmp_path: Path) -> None:
    for command in ("status", "verify"):
        done = ascertain(command, "--record", tmp_path / "none.sqlite")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"ascertain: {tmp_path}/none.sqlite: no record is there; make one with")
    assert not list(tmp_path.iterdir())


def test_a_source_that_is_not_there_makes_no_record(tmp_path: Path) -> None:
    done = ascertain("ingest", tmp_path / "nowhere", "--record", tmp_path / "none.sqlite")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{tmp_path}/nowhere: no such file or folder; check the path" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_run_and_the_package_never_load_django(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "r1", "text": "A calm day."}) + "\n")
    code = (
        "import sys, ascertain; from ascertain.cli import app; ascertain.read('A calm day.');"
        "app(['schema', '--out', sys.argv[1]], standalone_mode=False); assert 'django' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "schema")], check=True, capture_output=True)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_an_end_that_is_asked_for_end_an_ingest_that_goes_on_later(
    tmp_path: Path, sign: signal.Signals
) -> None:
    lines = [json.dumps({"id": f"r{n}", "text": f"{CONFLICT} It was attack {n}."}) for n in range(400)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    command = [sys.executable, "-m", "ascertain", "ingest", tmp_path / "a.jsonl", "--record", tmp_path / "r.sqlite"]
    assert ascertain(*command[3:], "--no-read").returncode == 0
    process = subprocess.Popen([*map(str, command), "--workers", "1"], stderr=subprocess.PIPE, text=True)
    time.sleep(2.0)
    process.send_signal(sign)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    to_do = f"go on with ascertain ingest --record {tmp_path / 'r.sqlite'}"
    assert told.endswith(f"ascertain: broken off; nothing is lost, {to_do}\n")
    assert "Traceback" not in told
    assert ascertain("verify", "--record", tmp_path / "r.sqlite").returncode == 0
