import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.pipeline.tiny_reader import FailingReader, TinyReader, TollReader

from ascertain.model import Incident, Reading, SettingsError, TollSeries
from ascertain.pipeline import RunSettings, RunSummary, run

ROOT = Path(__file__).parents[2]
NAMES = (
    "claims.jsonl",
    "conditions.jsonl",
    "incidents.jsonl",
    "links.toml",
    "negotiations.jsonl",
    "run.json",
    "set_aside.jsonl",
    "tolls.jsonl",
)


def settings(**more: object) -> RunSettings:
    return RunSettings(**{"workers": 1, "reader": TinyReader(), **more})  # type: ignore[arg-type]


def results(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Two hundred reports in a file, some bad, and a text."""
    folder = tmp_path / "reports"
    folder.mkdir()
    lines = [json.dumps({"id": f"r{n}", "text": f"{n} killed. {n + 1} people killed"}) for n in range(200)]
    lines[50], lines[150] = "{broken", lines[7]
    (folder / "a.jsonl").write_text("\n".join(lines) + "\n")
    (folder / "b.txt").write_text("3 killed\u2028here")
    return folder


@pytest.fixture
def unbroken(reports: Path, tmp_path: Path) -> dict[str, bytes]:
    """What an unbroken run of the reports writes."""
    run([str(reports)], tmp_path / "unbroken", settings=settings())
    return results(tmp_path / "unbroken")


def test_a_run_writes_a_line_for_each_report_and_sets_the_bad_aside(reports: Path, tmp_path: Path) -> None:
    summary = run([str(reports)], tmp_path / "out", settings=settings())
    written = results(tmp_path / "out")
    assert tuple(written) == NAMES
    readings = [Reading.model_validate_json(line) for line in written["claims.jsonl"].decode().splitlines()]
    incidents = [Incident.model_validate_json(line) for line in written["incidents.jsonl"].decode().splitlines()]
    asides = [json.loads(line) for line in written["set_aside.jsonl"].decode().splitlines()]
    expected = [f"r{n}" for n in range(200) if n not in (50, 150)] + ["b.txt"]
    assert [reading.report.id for reading in readings] == expected
    assert [aside["line"] for aside in asides] == [51, 151]
    assert summary == RunSummary(199, sum(len(reading.claims) for reading in readings), len(incidents), 2)


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_any_number_of_workers_writes_the_same_bytes(
    workers: int, reports: Path, tmp_path: Path, unbroken: dict[str, bytes]
) -> None:
    run([str(reports)], tmp_path / "out", settings=settings(workers=workers))
    assert results(tmp_path / "out") == unbroken


def test_the_same_run_again_writes_the_same_bytes_in_place(reports: Path, tmp_path: Path) -> None:
    run([str(reports)], tmp_path / "out", settings=settings())
    before = results(tmp_path / "out")
    run([str(reports)], tmp_path / "out", settings=settings())
    assert results(tmp_path / "out") == before


class BreaksOff:
    """A watcher by which a run is broken off after so many items."""

    def __init__(self, after: int) -> None:
        self.left = after

    def begin(self, *, items: int, done: int) -> None:
        self.items, self.done = items, done

    def advance(self, *, items: int) -> None:
        self.left -= items
        if self.left < 0:
            raise KeyboardInterrupt

    def aside(self, item: object) -> None:
        pass

    def unknown_field(self, source: str, name: str) -> None:
        pass

    def linking(self) -> None:
        if self.left < 1000:
            raise KeyboardInterrupt


@pytest.mark.parametrize("after", [0, 16, 60, 170, 500])
def test_a_run_broken_off_and_gone_on_with_writes_the_bytes_of_an_unbroken_one(
    after: int, reports: Path, tmp_path: Path, unbroken: dict[str, bytes]
) -> None:
    out = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        run([str(reports)], out, settings=settings(), watcher=BreaksOff(after))
    assert not (out / "claims.jsonl").exists()
    watcher = BreaksOff(10_000)
    run([str(reports)], out, settings=settings(resume=True), watcher=watcher)
    assert results(out) == unbroken
    assert watcher.done > 0


def test_going_on_with_other_inputs_or_settings_is_refused(reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        run([str(reports)], out, settings=settings(), watcher=BreaksOff(0))
    with pytest.raises(SettingsError, match="holds an unfinished run; add --resume to go on with it"):
        run([str(reports)], out, settings=settings())
    for other in ({"apart": True}, {"policy": "ucdp"}, {"reader": TinyReader("tiny 2")}, {"max_characters": 5}):
        with pytest.raises(SettingsError, match="had other inputs, settings or versions"):
            run([str(reports)], out, settings=settings(resume=True, **other))
    (reports / "c.txt").write_text("new")
    with pytest.raises(SettingsError, match="had other inputs, settings or versions"):
        run([str(reports)], out, settings=settings(resume=True))
    assert run([str(reports)], out, settings=settings(replace=True)).reports == 200


def test_going_on_with_a_finished_run_does_nothing(reports: Path, tmp_path: Path) -> None:
    first = run([str(reports)], tmp_path / "out", settings=settings())
    watcher = BreaksOff(0)
    assert run([str(reports)], tmp_path / "out", settings=settings(resume=True), watcher=watcher) == first
    assert watcher.left == 0


def test_results_of_another_run_are_not_replaced_unasked(reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([str(reports)], out, settings=settings())
    with pytest.raises(SettingsError, match="holds the results of another run; name another folder"):
        run([str(reports)], out, settings=settings(apart=True))
    run([str(reports)], out, settings=settings(apart=True, replace=True))
    assert json.loads((out / "run.json").read_text())["apart"] is True


def test_the_policy_that_was_chosen_is_kept_with_the_results(reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([str(reports)], out, settings=settings(policy="acled"))
    assert json.loads((out / "run.json").read_text())["policy"] == "acled"
    incidents = [json.loads(line) for line in (out / "incidents.jsonl").read_text().splitlines()]
    assert {incident["policy"] for incident in incidents} == {"acled"}
    with pytest.raises(SettingsError, match="holds the results of another run"):
        run([str(reports)], out, settings=settings(policy="ucdp", resume=True))


def test_a_policy_that_there_is_not_is_refused_with_those_that_there_are(reports: Path, tmp_path: Path) -> None:
    known = "no such policy; choose one of ascertain, airwars, ucdp, acled, latest_official"
    with pytest.raises(SettingsError, match=f"--policy un: {known}"):
        run([str(reports)], tmp_path / "out", settings=settings(policy="un"))
    assert not (tmp_path / "out").exists()


def test_what_is_not_ours_in_the_folder_stays(reports: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.md").write_text("mine")
    run([str(reports)], tmp_path / "out", settings=settings())
    assert (tmp_path / "out" / "notes.md").read_text() == "mine"


def test_apart_keeps_to_the_order_of_the_reports(reports: Path, tmp_path: Path) -> None:
    run([str(reports)], tmp_path / "out", settings=settings(apart=True))
    lines = (tmp_path / "out" / "incidents.jsonl").read_text().splitlines()
    incidents = [Incident.model_validate_json(line) for line in lines]
    assert all(len(incident.reports) == 1 for incident in incidents)
    order = [f"r{n}" for n in range(200)] + ["b.txt"]
    places = [order.index(incident.reports[0]) for incident in incidents]
    assert places == sorted(places)


def test_series_stand_beside_incidents_and_are_counted(reports: Path, tmp_path: Path) -> None:
    told = settings(reader=TollReader())
    summary = run([str(reports)], tmp_path / "out", settings=told)
    apart = run([str(reports)], tmp_path / "apart", settings=settings(reader=TollReader(), apart=True))
    assert (summary.incidents, summary.tolls, summary.conditions, summary.negotiations) == (0, 1, 0, 0)
    assert apart.tolls == summary.reports
    assert json.loads((tmp_path / "out" / "run.json").read_text())["tolls"] == 1
    assert (tmp_path / "out" / "conditions.jsonl").read_bytes() == b""
    (toll,) = (tmp_path / "out" / "tolls.jsonl").read_text().splitlines()
    assert len({point.reports for point in TollSeries.model_validate_json(toll).points}) > 1
    backwards = tmp_path / "backwards.jsonl"
    lines = (reports / "a.jsonl").read_text().splitlines()
    backwards.write_text("\n".join(lines[:50:-1] + lines[49::-1]) + "\n")
    run([str(backwards), str(reports / "b.txt")], tmp_path / "again", settings=told)
    assert (tmp_path / "again" / "tolls.jsonl").read_text() == f"{toll}\n"


def test_one_report_that_the_reader_fails_on_is_set_aside_in_the_run(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    texts = ["1 killed", "FAIL", "DIE", "2 killed"]
    path.write_text("".join(json.dumps({"id": f"r{n}", "text": text}) + "\n" for n, text in enumerate(texts)))
    summary = run([str(path)], tmp_path / "out", settings=settings(reader=FailingReader()))
    assert (summary.reports, summary.set_aside) == (2, 2)


def test_nothing_to_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(SettingsError, match="no reports found"):
        run([str(tmp_path / "in")], tmp_path / "out", settings=settings())
    with pytest.raises(SettingsError, match="no such file or folder"):
        run([str(tmp_path / "nowhere")], tmp_path / "out", settings=settings())
    with pytest.raises(SettingsError, match="is both an input and the place for results"):
        run([str(tmp_path / "in")], tmp_path / "in", settings=settings())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_read_once_and_in_full(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["/bin/sh", "-c", f'echo \'{{"id": "r1", "text": "1 killed"}}\' > {pipe}']):
        assert run([str(pipe)], tmp_path / "out", settings=settings()).claims == 1


def test_an_input_of_no_name_is_not_the_folder_one_stands_in(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="named by nothing"):
        run([""], tmp_path / "out", settings=settings())


def test_processes_that_read_end_with_the_one_that_started_them(reports: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.pipeline.run_tiny", str(reports), str(tmp_path / "out")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        journal, deadline = tmp_path / "out" / "run.journal", time.monotonic() + 30
        while time.monotonic() < deadline and not (journal.exists() and journal.read_bytes().count(b"\n") > 2):
            time.sleep(0.02)
        process.kill()
        process.communicate(timeout=30)  # returns when nobody holds the pipe any more


@pytest.mark.slow
def test_kill_at_any_moment_then_resume_writes_the_bytes_of_an_unbroken_run(
    reports: Path, tmp_path: Path, unbroken: dict[str, bytes]
) -> None:
    out, chance, kills = tmp_path / "out", random.Random(7), 0
    command = [sys.executable, "-W", "error", "-m", "tests.pipeline.run_tiny", str(reports), str(out)]
    for _ in range(200):
        process = subprocess.Popen([*command, "--resume"], cwd=ROOT, start_new_session=True)
        deadline = time.monotonic() + 0.5 + 2 * chance.random()
        while process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.005)
        if process.poll() is not None:
            break
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        kills += 1
    assert process.returncode == 0
    assert kills > 2
    assert {name: data for name, data in results(out).items() if name != "run.json"} == {
        name: data for name, data in unbroken.items() if name != "run.json"
    }
