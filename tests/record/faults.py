"""Doing harm to a record on purpose, and looking at what is left."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from ascertain.record.models import IncidentClaim, ReadingRow, ReportRow
from ascertain.record.opening import open_record
from ascertain.record.progress import Unwatched
from ascertain.record.selectors.counting import counts
from ascertain.record.selectors.verifying import faults

ROOT = Path(__file__).parents[2]
# What a process is started with that runs the record alone, and not the desk as these tests do.
ENVIRON = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}


class Ingests:
    """Ingests in processes of their own (`ingests`)."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.record.ingests"],
            cwd=ROOT,
            env=ENVIRON,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def begin(self, target: str, folder: Path, most_bytes: int | None = None) -> int:
        """Begin an ingest; the number of its process."""
        return self._ask("run", target, str(folder), "" if most_bytes is None else str(most_bytes))

    def is_done(self, number: int) -> bool:
        """Wait for the end; whether all was done."""
        return self._ask("wait", str(number)) == 0

    def is_killed(self, number: int, seconds: float) -> bool:
        """Kill it after a while, with all that it started; whether it was still at work."""
        time.sleep(seconds)
        with suppress(ProcessLookupError):
            os.killpg(number, signal.SIGKILL)
        return self._ask("wait", str(number)) == -signal.SIGKILL

    def close(self) -> None:
        self._process.communicate()

    def _ask(self, *order: str) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\t".join(order) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


def found_faults(target: str) -> list[str]:
    """What does not verify."""
    record = open_record(target)
    found = [str(fault) for fault in faults(progress=Unwatched())]
    record.close()
    return found


def assert_whole(target: str, reports: set[str]) -> None:
    """The record has these reports and no others, each once, read once and held once, and the chain verifies."""
    record = open_record(target)
    assert set(ReportRow.objects.values_list("pk", flat=True)) == reports
    assert ReportRow.objects.count() == ReadingRow.objects.count() == len(reports)
    held = list(IncidentClaim.objects.values_list("report_id", flat=True))
    assert sorted(held) == sorted(reports)
    told = counts()
    assert (told.claims, told.originals_waiting, told.reports_waiting, told.set_aside) == (len(reports), 0, 0, 0)
    record.close()
    assert found_faults(target) == []
