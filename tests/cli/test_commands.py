"""The commands as a person runs them: real processes, real files."""

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from typer.main import get_command

from ascertain.cli import app

ROOT = Path(__file__).parents[2]
CONFLICT = "On 4 March 2024, gunmen killed at least 13 people in an attack on a market in Maiduguri, police said."


def ascertain(*arguments: object, piped: bytes = b"", **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "ascertain", *map(str, arguments)]
    environ = {**os.environ, "COLUMNS": "100", **environment}
    done = subprocess.run(command, input=piped, capture_output=True, env=environ, check=False)
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


def report(report_id: str = "r1", text: str = CONFLICT, **more: object) -> str:
    return json.dumps({"id": report_id, "text": text, **more}) + "\n"


def test_help_names_the_commands() -> None:
    done = ascertain("--help")
    assert done.returncode == 0
    assert all(name in done.stdout for name in ("run", "read", "places", "schema"))


def test_the_version_is_shown() -> None:
    assert re.fullmatch(r"ascertain \d+\.\d+\.\d+\n", ascertain("--version").stdout)


def test_a_run_tells_what_it_came_to_and_where(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(report())
    done = ascertain("run", tmp_path / "a.jsonl", "--out", tmp_path / "out", "--workers", 1)
    assert (done.returncode, done.stdout) == (0, "")
    assert re.search(rf"^1 report, 1 claim, 1 incident, 0 series in {tmp_path}/out \(", done.stderr, re.MULTILINE)
    (line,) = (tmp_path / "out" / "claims.jsonl").read_text().splitlines()
    (claim,) = json.loads(line)["claims"]
    assert (claim["figures"][0]["low"], claim["figures"][0]["high"]) == (13, None)


def test_bad_items_are_told_and_the_rest_is_done(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(report() + "{broken\n" + report("r2", " ") + report("r3"))
    (tmp_path / "b.txt").write_bytes(b"caf\xe9")
    done = ascertain("run", tmp_path, "--out", tmp_path / "out", "--quiet")
    assert done.returncode == 1
    told = done.stderr.splitlines()
    assert [line.split(": ")[0] for line in told] == [
        f"{tmp_path}/a.jsonl:2",
        f"{tmp_path}/a.jsonl:3",
        f"{tmp_path}/b.txt",
    ]
    assert all("; " in line for line in told)
    lines = (tmp_path / "out" / "claims.jsonl").read_text().splitlines()
    assert [json.loads(line)["report"]["id"] for line in lines] == ["r1", "r3"]
    assert len((tmp_path / "out" / "set_aside.jsonl").read_text().splitlines()) == 3


def test_reports_of_any_form_are_run_and_a_mapping_names_columns(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with zipfile.ZipFile(tmp_path / "in" / "a.zip", "w") as archive:
        archive.writestr("page.html", f"<html><body><p>{CONFLICT}</p></body></html>")
        archive.writestr("events.csv", f'No;Jour;Récit\n7;05/03/2024;"{CONFLICT}"\n8;5 mars;"{CONFLICT}"\n')
    (tmp_path / "map.toml").write_text(
        'published_format = "%d/%m/%Y"\n[columns]\ntext = "récit"\nid = "no"\npublished = "jour"\n', encoding="utf-8"
    )
    mapping = ("--map-columns", tmp_path / "map.toml")
    done = ascertain("run", tmp_path / "in", "--out", tmp_path / "out", "--quiet", "--workers", 1, *mapping)
    assert done.returncode == 1
    assert done.stderr.startswith(f"{tmp_path}/in/a.zip > events.csv > row 3: the day of publication is '5 mars'")
    lines = [json.loads(line) for line in (tmp_path / "out" / "claims.jsonl").read_text().splitlines()]
    assert [(line["report"]["published"], len(line["claims"])) for line in lines] == [(None, 1), ("2024-03-05", 1)]
    assert lines[1]["report"]["id"] == "7"


def test_a_fault_in_a_mapping_is_told(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text("[columns]\ntitle = 'a'\n")
    done = ascertain("read", "-", "--map-columns", tmp_path / "map.toml", piped=b"x")
    assert done.returncode == 2
    assert "map.toml: no column for the text; name it" in done.stderr


def test_a_report_of_any_form_can_be_piped_in() -> None:
    done = ascertain("read", "-", "--json", piped=f"<html><body><p>{CONFLICT}</p></body></html>".encode())
    assert done.returncode == 0
    assert json.loads(done.stdout)["claims"][0]["figures"][0]["low"] == 13


def test_reports_can_be_piped_in(tmp_path: Path) -> None:
    done = ascertain("run", "-", "--out", tmp_path / "out", piped=(report() + "[]\n").encode())
    assert done.returncode == 1
    assert "<standard input>:2: a JSON array where a report should be" in done.stderr
    assert len((tmp_path / "out" / "claims.jsonl").read_text().splitlines()) == 1


def test_a_field_that_the_format_lacks_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(report("r1", publshed="2024-03-05") + report("r2", publshed="2024-03-05"))
    done = ascertain("run", tmp_path, "--out", tmp_path / "out")
    assert done.returncode == 0
    assert done.stderr.count("the field 'publshed' is passed over; is 'published' meant?") == 1


NOT_DONE = {
    "no such file": (("run", "nowhere.jsonl", "--out", "out"), "nowhere.jsonl: no such file or folder"),
    "nothing found": (("run", "empty", "--out", "out"), "no reports found"),
    "results in a file": (("run", "a.jsonl", "--out", "b.txt/out"), "results cannot be written there"),
    "results over those of others": (("run", "a.jsonl", "--out", "taken"), "holds the results of another run"),
    "reading a folder": (("read", "empty"), "is a folder"),
    "reading nothing": (("read", "nowhere.txt"), "no such file or folder"),
    "a date that is none": (("read", "b.txt", "--published", "today"), "--published: today is no date"),
    "a schema into a file": (("schema", "--out", "b.txt"), "b.txt: "),
}


@pytest.mark.parametrize(("arguments", "message"), NOT_DONE.values(), ids=NOT_DONE.keys())
def test_what_cannot_be_done_is_told_plainly(
    arguments: tuple[str, ...], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.jsonl").write_text(report())
    (tmp_path / "b.txt").write_text("x")
    (tmp_path / "empty").mkdir()
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "claims.jsonl").touch()
    done = ascertain(*arguments)
    assert done.returncode == 2
    assert done.stderr.startswith("ascertain: ")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_results_do_not_go_to_a_folder_of_no_name(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(report())
    done = ascertain("run", str(tmp_path / "a.jsonl"), "--out", "")
    assert done.returncode == 2
    assert "named by nothing" in done.stderr


def test_a_person_sees_evidence_in_brackets_where_styles_cannot_be_seen(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CONFLICT)
    done = ascertain("read", tmp_path / "a.txt")
    assert done.returncode == 0
    text = " ".join(done.stdout.split())
    assert "[harm: at least 13 people]" in text
    assert "13+ killed" in text
    assert "\x1b" not in done.stdout


def test_a_text_piped_in_is_told_from_jsonl() -> None:
    as_text = ascertain("read", "-", "--json", piped=CONFLICT.encode())
    as_jsonl = ascertain("read", "-", "--json", piped=report().encode())
    assert [json.loads(done.stdout)["report"]["id"] for done in (as_text, as_jsonl)] == ["text", "r1"]
    assert json.loads(as_text.stdout)["claims"] == json.loads(as_jsonl.stdout)["claims"]


def test_a_day_of_publication_can_be_given(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Gunmen killed two people in Maiduguri on Monday.")
    done = ascertain("read", tmp_path / "a.txt", "--json", "--published", "2024-03-06")
    line = json.loads(done.stdout)
    assert line["report"]["published"] == "2024-03-06"
    assert line["claims"][0]["when"]["start"] == "2024-03-04"


def test_reading_goes_on_after_a_bad_line(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{broken\n" + report())
    done = ascertain("read", tmp_path / "a.jsonl", "--json")
    assert done.returncode == 1
    assert f"{tmp_path}/a.jsonl:1: broken JSON" in done.stderr
    assert len(done.stdout.splitlines()) == 1


def test_the_schemas_are_printed_as_one_object() -> None:
    assert sorted(json.loads(ascertain("schema").stdout)) == [
        "claims",
        "condition",
        "incident",
        "negotiation",
        "places",
        "report",
        "toll",
    ]


def test_every_command_and_option_is_in_the_manual() -> None:
    manual = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    commands = get_command(app).commands  # type: ignore[attr-defined]
    assert commands
    for name, command in commands.items():
        assert f"## `ascertain {name}" in manual
        section = manual.split(f"## `ascertain {name}")[1].split("\n## ")[0]
        for parameter in command.params:
            assert any(f"`{option}" in section for option in (*parameter.opts, parameter.name.upper())), parameter.name
