"""How fast the record takes reports in, reads, links, opens and verifies, and how much memory and room that takes.

    python benchmarks/record.py [--reports 100000] [--day 300] [--database URL] [--folder DIR]
    python benchmarks/record.py --texts REPORTS.jsonl [--database URL] [--folder DIR]
    python benchmarks/record.py --there RECORD

Reports and their claims are made up (benchmarks/corpus); the text of each is its reading as JSON, and the reader does
nothing but give that, so that what is measured is the record alone. How fast the real reader is, tells speed.py. Each
step is done in a process of its own, whose highest memory is told. Without --database the record is a SQLite file.
With --texts the reports of a file are ingested, and read by the real reader in a process for each core. With --there a
record that is there is opened and counted, as one that desk.py made.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from ascertain.model import Reading, Report
from corpus.claims import readings

_A_FILE = 1000
_OPENED = 300
_OF_ONE_THERE = ("status", "open incidents")


@dataclass(frozen=True)
class ReadyReader:
    """Gives the reading that a report's text is."""

    identity: str = "ready 1"

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """The reading of each."""
        return (Reading.model_validate_json(report.text) for report in reports)


@dataclass(frozen=True, slots=True)
class Step:
    """What a step took: seconds by the clock and of a core, its own and those of the processes that it started; the
    highest memory of its process in MB; and what it came to."""

    name: str
    seconds: float
    core_seconds: float
    megabytes: float
    told: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Make, measure and print."""
    options = _options(arguments)
    console = Console(width=110)
    with TemporaryDirectory(prefix="ascertain-record-", dir=options.folder) as folder:
        room = Path(folder)
        target = options.there or options.database or str(room / "record.sqlite")
        steps = _steps(room, target)
        if options.there:
            steps = [(name, work) for name, work in steps if name in _OF_ONE_THERE]
        elif options.texts:
            steps = [("ingest", _IngestTexts(target, options.texts))]
        else:
            _write(room, options.reports, options.day)
            console.print(f"{options.reports:,} reports by files of {_A_FILE:,}, {options.day:,} on one day more")
        table = Table("step", "seconds", "of a core", "MB at most", "came to")
        for name, work in steps:
            step = _apart(name, work)
            took = (f"{step.seconds:,.1f}", f"{step.core_seconds:,.1f}", f"{step.megabytes:,.0f}")
            table.add_row(step.name, *took, step.told)
            console.print(f"{step.name}: {took[0]} s, {took[1]} s of a core, {took[2]} MB, {step.told}")
        console.print(table)
    return 0


def _write(room: Path, reports: int, day: int) -> None:
    """Write the reports by files of a thousand, and those of one more day."""
    made = readings(seed=7, claims=sys.maxsize)
    for folder, most in (("in", reports), ("day", day)):
        (room / folder).mkdir()
        for number in range(0, most, _A_FILE):
            with (room / folder / f"{number:07}.jsonl").open("w", encoding="utf-8") as file:
                for _ in range(min(_A_FILE, most - number)):
                    reading, _ = next(made)
                    file.write(f"{json.dumps(_line(reading), ensure_ascii=False)}\n")


def _line(reading: Reading) -> dict[str, object]:
    header = reading.report.model_dump(mode="json", exclude_none=True)
    return {**header, "text": reading.model_dump_json(exclude_none=True)}


def _steps(room: Path, target: str) -> list[tuple[str, Callable[[], str]]]:
    return [
        ("take in", _Ingest(target, room / "in", read=False)),
        ("the same folder again", _Ingest(target, room / "in", read=False)),
        ("read and link", _Ingest(target, None)),
        ("one day more", _Ingest(target, room / "day")),
        ("open incidents", _Open(target)),
        ("status", _Status(target)),
        ("verify", _Verify(target)),
        ("back up", _BackUp(target, room / "a.backup")),
        ("restore into SQLite", _Restore(room / "a.backup", str(room / "restored.sqlite"))),
    ]


@dataclass(frozen=True, slots=True)
class _Ingest:
    target: str
    folder: Path | None
    read: bool = True

    def __call__(self) -> str:
        from ascertain.record.opening import open_record
        from ascertain.record.services.ingesting import IngestSettings, ingest

        record = open_record(self.target)
        settings = IngestSettings(reader=ReadyReader(), workers=0, read=self.read)
        done = ingest(record=record, sources=[str(self.folder)] if self.folder else [], settings=settings)
        size = f"; record {record.address.file.stat().st_size / 1e6:,.0f} MB" if record.address.file else ""
        return f"{done.reports:,} new reports, {done.read:,} read, {done.incidents:,} incidents changed{size}"


@dataclass(frozen=True, slots=True)
class _IngestTexts:
    target: str
    path: Path

    def __call__(self) -> str:
        from ascertain.record.opening import open_record
        from ascertain.record.services.ingesting import ingest

        done = ingest(record=open_record(self.target), sources=[str(self.path)])
        return f"{done.reports:,} new reports, {done.read:,} read, {done.incidents:,} incidents changed"


@dataclass(frozen=True, slots=True)
class _Open:
    target: str

    def __call__(self) -> str:
        from ascertain.record.models import IncidentRow
        from ascertain.record.opening import open_record
        from ascertain.record.selectors.opened import opened

        open_record(self.target)
        ids = list(IncidentRow.objects.filter(gone=False).values_list("pk", flat=True))
        took = []
        for id in ids[:: max(1, len(ids) // _OPENED)]:
            began = time.perf_counter()
            opened(id)
            took.append(1000 * (time.perf_counter() - began))
        slow = sorted(took)[int(0.99 * len(took))]
        return f"{len(took)} of {len(ids):,}: median {statistics.median(took):.1f} ms, 99 % within {slow:.1f} ms"


@dataclass(frozen=True, slots=True)
class _Status:
    target: str

    def __call__(self) -> str:
        from ascertain.record.opening import open_record
        from ascertain.record.selectors.counting import counts

        open_record(self.target)
        told = counts()
        return f"{told.reports:,} reports, {told.claims:,} claims, {told.incidents:,} incidents"


@dataclass(frozen=True, slots=True)
class _Verify:
    target: str

    def __call__(self) -> str:
        from ascertain.record import chain
        from ascertain.record.opening import open_record
        from ascertain.record.progress import Unwatched
        from ascertain.record.selectors.verifying import faults

        open_record(self.target)
        found = sum(1 for _ in faults(progress=Unwatched()))
        return f"{chain.head().seq:,} entries, {found} faults"


@dataclass(frozen=True, slots=True)
class _BackUp:
    target: str
    path: Path

    def __call__(self) -> str:
        from ascertain.record.opening import open_record
        from ascertain.record.progress import Unwatched
        from ascertain.record.services.backing_up import back_up

        open_record(self.target)
        done = back_up(path=self.path, progress=Unwatched())
        return f"{done.rows:,} rows, {done.bytes / 1e6:,.0f} MB"


@dataclass(frozen=True, slots=True)
class _Restore:
    path: Path
    target: str

    def __call__(self) -> str:
        from ascertain.record.opening import open_record
        from ascertain.record.progress import Unwatched
        from ascertain.record.services.backing_up import restore

        open_record(self.target)
        return f"{restore(path=self.path, progress=Unwatched()):,} rows"


def _apart(name: str, work: Callable[[], str]) -> Step:
    """Do a step in a process of its own."""
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe()
    process = context.Process(target=_do, args=(name, work, theirs))
    process.start()
    theirs.close()
    try:
        step: Step = mine.recv()
    except EOFError:
        sys.exit(f"{name}: broke down")
    process.join()
    return step


def _do(name: str, work: Callable[[], str], answer: Connection) -> None:
    import ascertain.record  # noqa: F401 -- starting Django is no part of a step

    began, busy = time.perf_counter(), _busy()
    told = work()
    seconds, busy = time.perf_counter() - began, _busy() - busy
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answer.send(Step(name, seconds, busy, used, told))


def _busy() -> float:
    """Seconds of a core that this process has taken, and those of its processes that have ended."""
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--day", type=int, default=300)
    parser.add_argument("--database", help="a PostgreSQL database with no record in it")
    parser.add_argument("--texts", type=Path, help="a file of reports for the real reader")
    parser.add_argument("--there", metavar="RECORD", help="a record that is there")
    parser.add_argument("--folder", help="where to work; a temporary folder where not given")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
