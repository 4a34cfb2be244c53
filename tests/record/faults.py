"""Doing harm to a record on purpose, and looking at what is left."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connections

from ascertain.record.models import IncidentClaim, ReadingRow, ReportRow
from ascertain.record.opening import open_record
from ascertain.record.progress import Unwatched
from ascertain.record.selectors.counting import counts
from ascertain.record.selectors.verifying import faults
from ascertain.record.services.ingesting import IngestSettings, ingest

from .made import MadeReader

SETTINGS = IngestSettings(reader=MadeReader(), workers=0)


def ingest_into(target: str, folder: Path) -> None:
    ingest(record=open_record(target), sources=[str(folder)], settings=SETTINGS)


def child(work: Callable[[], object]) -> int:
    """A process that does the work and ends with status 0, or with 1 where it fails."""
    connections.close_all()
    number = os.fork()
    if number:
        return number
    status = 1
    try:
        os.setsid()
        work()
        status = 0
    finally:
        os._exit(status)


def killed_after(number: int, seconds: float) -> bool:
    """Kill a process and all that it started after some time; whether it was still at work."""
    time.sleep(seconds)
    done, _ = os.waitpid(number, os.WNOHANG)
    if done:
        return False
    os.killpg(number, signal.SIGKILL)
    os.waitpid(number, 0)
    return True


def ended_well(number: int) -> bool:
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]) == 0


def assert_whole(target: str, reports: set[str]) -> None:
    """The record has these reports and no others, each once, read once and held once, and the chain verifies."""
    open_record(target)
    assert set(ReportRow.objects.values_list("pk", flat=True)) == reports
    assert ReportRow.objects.count() == ReadingRow.objects.count() == len(reports)
    held = list(IncidentClaim.objects.values_list("report_id", flat=True))
    assert sorted(held) == sorted(reports)
    told = counts()
    assert (told.claims, told.originals_waiting, told.reports_waiting, told.set_aside) == (len(reports), 0, 0, 0)
    assert [str(fault) for fault in faults(progress=Unwatched())] == []
