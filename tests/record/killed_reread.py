"""Reread a record and let the readings take effect, killed before and after each transaction, and then go on."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.db.transaction import Atomic
from tests.record.made import SECOND

from ascertain.record.models import IncidentRow, IncidentVersion, ReadingRow, Reread
from ascertain.record.opening import open_record
from ascertain.record.progress import Unwatched
from ascertain.record.selectors.verifying import faults
from ascertain.record.services import rereading
from ascertain.record.services.ingesting import IngestSettings, ingest


def reread(file: Path) -> None:
    record = open_record(str(file))
    rereading.stage(reader=SECOND, workers=0, progress=Unwatched())
    rereading.apply(record=record, progress=Unwatched())
    record.close()


def go_on(file: Path) -> None:
    """Go on with what was broken off: an ingest finishes what took effect, a reread the rest."""
    record = open_record(str(file))
    ingest(record=record, sources=[], settings=IngestSettings(reader=SECOND, workers=0))
    reread(file)


def told(file: Path) -> object:
    """What must be the same however often it was killed."""
    record = open_record(str(file))
    incidents = list(IncidentRow.objects.order_by("pk").values_list("pk", "value", "gone"))
    readings = list(ReadingRow.objects.order_by("pk").values_list("pk", "state", "linked", "claims_sha256"))
    found = [str(fault) for fault in faults(progress=Unwatched())]
    rereads = Reread.objects.count()
    causes = list(IncidentVersion.objects.order_by("pk").values_list("pk", "cause"))
    record.close()
    return [incidents, readings, found, rereads, causes]


def in_child(work: Callable[[], object]) -> int:
    """Do something in a process of its own; how that ended."""
    child = os.fork()
    if not child:
        ending = 1
        try:
            work()
            ending = 0
        finally:
            os._exit(ending)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_at(moment: int, file: Path) -> None:
    """Reread, and be killed at the moment of that number: two for each transaction, before its end and after it."""
    ended, moments = Atomic.__exit__, iter(range(1, 1_000_000))

    def pass_by() -> None:
        if next(moments) == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(self: Any, *how: Any) -> None:
        pass_by()
        ended(self, *how)
        pass_by()

    Atomic.__exit__ = counted  # type: ignore[method-assign]
    reread(file)


def after(work: Callable[[Path], None], filled: Path, name: str) -> tuple[int, str]:
    """How work on a copy of a record ended, and what the record tells, where it was gone on with."""
    copy, result = filled.with_name(f"{name}.sqlite"), filled.with_name(f"{name}.json")
    shutil.rmtree(filled.with_name(f"{name}.sqlite.derived"), ignore_errors=True)
    shutil.copyfile(filled, copy)
    ending = in_child(lambda: work(copy))

    def go_on_and_tell() -> None:
        if ending:
            go_on(copy)
        result.write_text(json.dumps(told(copy)))

    assert in_child(go_on_and_tell) == 0
    return ending, result.read_text()


def main(filled: Path, first: int, every: int) -> None:
    _, unbroken = after(reread, filled, "unbroken")
    wrong, killed, moment = [], 0, first
    while True:
        ending, result = after(partial(killed_at, moment), filled, "killed")
        assert ending in (0, -signal.SIGKILL), ending
        wrong += [] if result == unbroken else [moment]
        if ending == 0:
            break
        killed, moment = killed + 1, moment + every
    print(json.dumps({"killed": killed, "wrong": wrong}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
