"""Faults that really happen: processes killed, disks full, a database that goes away, two at once, power cut."""

import os
import random
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from ascertain.model import RecordError
from ascertain.record.opening import open_record
from ascertain.record.progress import Unwatched
from ascertain.record.services.ingesting import IngestSettings, ingest
from ascertain.record.services.setting_aside import retry

from .conftest import Server
from .faults import Ingests, assert_whole, found_faults
from .ingests import SETTINGS, ingest_into
from .made import MadeReader, lines

pytestmark = pytest.mark.faults

_A_FILE = 6
# 200 take a quarter of an hour on each database: ASCERTAIN_KILLS=200 before a release.
KILLS = int(os.environ.get("ASCERTAIN_KILLS", "20"))


def put_file(folder: Path, number: int, of: list[str], count: int = _A_FILE) -> set[str]:
    """Put the n-th file of reports into a folder; their ids."""
    folder.mkdir(exist_ok=True)
    (folder / f"{number:04}.jsonl").write_text("".join(of[number * count : (number + 1) * count]))
    return {f"n{n}" for n in range(number * count, (number + 1) * count)}


@pytest.fixture(scope="module")
def ingests() -> Iterator[Ingests]:
    made = Ingests()
    yield made
    made.close()


def kill_again_and_again(ingests: Ingests, target: str, folder: Path, kills: int) -> None:
    chance, told = random.Random(kills), list(lines((kills + 1) * _A_FILE))
    reports = put_file(folder, 0, told)
    began = time.monotonic()
    assert ingests.is_done(ingests.begin(target, folder))
    longest = time.monotonic() - began
    killed = 0
    for number in range(1, kills + 1):
        reports |= put_file(folder, number, told)
        killed += ingests.is_killed(ingests.begin(target, folder), chance.uniform(0, longest))
        assert found_faults(target) == []
    assert killed > kills // 4
    assert ingests.is_done(ingests.begin(target, folder))
    assert_whole(target, reports)


def test_killed_at_some_random_moments(ingests: Ingests, target: str, tmp_path: Path) -> None:
    kill_again_and_again(ingests, target, tmp_path / "in", 4)


@pytest.mark.slow
def test_killed_at_many_random_moments(ingests: Ingests, target: str, tmp_path: Path) -> None:
    kill_again_and_again(ingests, target, tmp_path / "in", KILLS)


def test_two_ingests_of_one_folder_at_once(ingests: Ingests, target: str, tmp_path: Path) -> None:
    told = list(lines(12 * _A_FILE))
    reports = {id for number in range(12) for id in put_file(tmp_path / "in", number, told)}
    both = [ingests.begin(target, tmp_path / "in") for _ in range(2)]
    assert [ingests.is_done(number) for number in both] == [True, True]
    assert_whole(target, reports)


def test_a_new_record_made_by_two_at_once(ingests: Ingests, tmp_path: Path) -> None:
    reports, target = put_file(tmp_path / "in", 0, list(lines(_A_FILE))), str(tmp_path / "new.sqlite")
    both = [ingests.begin(target, tmp_path / "in") for _ in range(2)]
    assert [ingests.is_done(number) for number in both] == [True, True]
    assert_whole(target, reports)


def allow_pages(more: int) -> None:
    with connection.cursor() as cursor:
        pages = cursor.execute("pragma page_count").fetchone()[0]
        cursor.execute(f"pragma max_page_count = {pages + more}")


@pytest.mark.parametrize("pages", [0, 1, 4, 12, 30])
def test_a_full_disk_is_told_and_what_was_done_stays(empty_file: Path, tmp_path: Path, pages: int) -> None:
    target = str(tmp_path / "record.sqlite")
    shutil.copyfile(empty_file, target)
    reports = put_file(tmp_path / "in", 0, list(lines(60)), 60)
    record = open_record(target)
    allow_pages(pages)
    with pytest.raises(RecordError, match=r"database or disk is full\); make room or mend it, and go on"):
        ingest(record=record, sources=[str(tmp_path / "in")], settings=SETTINGS)
    assert found_faults(target) == []
    ingest_into(target, tmp_path / "in")
    assert_whole(target, reports)


def test_files_that_may_not_grow_lose_nothing(ingests: Ingests, empty_file: Path, tmp_path: Path) -> None:
    target = str(tmp_path / "record.sqlite")
    shutil.copyfile(empty_file, target)
    reports = put_file(tmp_path / "in", 0, list(lines(60)), 60)
    now = empty_file.stat().st_size
    for size in (now // 4, now, now + 50_000, now + 150_000):
        ingests.is_done(ingests.begin(target, tmp_path / "in", size))
        assert found_faults(target) == []
    open_record(target)
    retry()  # what takes originals apart may not write either: then they are set aside
    ingest_into(target, tmp_path / "in")
    assert_whole(target, reports)


class Breaking(Unwatched):
    """Stops a server when so many items are done in one step, and starts it a while later."""

    def __init__(self, server: Server, step: str) -> None:
        self._server, self._step, self._now = server, step, ""
        self.waits: list[str] = []
        self._timer: threading.Timer | None = None

    def step(self, name: str, total: int | None = None) -> None:  # noqa: ARG002 -- as the protocol has it
        self._now = name
        if name == self._step:
            self._break()

    def away(self, said: str) -> None:
        self.waits.append(said)

    def _break(self) -> None:
        self._step = "done"
        self._server.stop()
        self._timer = threading.Timer(1.0, self._server.start)
        self._timer.start()

    def close(self) -> None:
        if self._timer is not None:
            self._timer.join()


@pytest.fixture(scope="module")
def frail() -> Iterator[Server]:
    """A server of its own, to be stopped and started."""
    folder = Path(tempfile.mkdtemp(prefix="ascertain-frail-"))
    folder.chmod(0o755)
    server = Server(folder)
    yield server
    server.close()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize("step", ["receiving", "finding documents", "reading", "linking", "writing incidents"])
def test_a_database_that_is_gone_for_a_while_is_waited_for(frail: Server, tmp_path: Path, step: str) -> None:
    target = frail.new_database()
    reports = put_file(tmp_path / "in", 0, list(lines(40)), 40)
    record, breaking = open_record(target), Breaking(frail, step)
    try:
        ingest(record=record, sources=[str(tmp_path / "in")], settings=SETTINGS, progress=breaking)
    finally:
        breaking.close()
    assert_whole(target, reports)


def test_a_database_that_stays_away_is_told(frail: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ascertain.record.writing._PATIENCE_SECONDS", 0.3)
    target = frail.new_database()
    reports = put_file(tmp_path / "in", 0, list(lines(20)), 20)
    record = open_record(target)
    frail.stop()
    with pytest.raises(RecordError, match=r"does not answer.*go on when it is back"):
        ingest(record=record, sources=[str(tmp_path / "in")], settings=SETTINGS)
    frail.start()
    ingest_into(target, tmp_path / "in")
    assert_whole(target, reports)


def test_what_was_only_taken_in_is_read_later(target: str, tmp_path: Path) -> None:
    reports = put_file(tmp_path / "in", 0, list(lines(20)), 20)
    later = IngestSettings(reader=MadeReader(), read=False)
    ingest(record=open_record(target), sources=[str(tmp_path / "in")], settings=later)
    ingest(record=open_record(target), sources=[], settings=SETTINGS)
    assert_whole(target, reports)


@pytest.mark.parametrize("seed", range(3))
def test_a_power_cut_loses_only_what_was_not_on_disk(
    ingests: Ingests, empty_file: Path, tmp_path: Path, seed: int
) -> None:
    """The write-ahead log is cut off at any byte, as where its end never reached the disk: more than a power cut can
    do, as every transaction is seen to disk. What is left is whole, and the next ingest brings the rest."""
    chance, target, folder = random.Random(seed), tmp_path / "record.sqlite", tmp_path / "in"
    shutil.copyfile(empty_file, target)
    told = list(lines(6 * _A_FILE))
    reports: set[str] = set()
    for number in range(6):
        reports |= put_file(folder, number, told)
        ingests.is_killed(ingests.begin(str(target), folder), chance.uniform(0.1, 1.5))
        log = target.with_name(f"{target.name}-wal")
        if log.exists():
            os.truncate(log, chance.randrange(log.stat().st_size + 1))
            target.with_name(f"{target.name}-shm").unlink(missing_ok=True)
        assert found_faults(str(target)) == []
    ingest_into(str(target), folder)
    assert_whole(str(target), reports)
