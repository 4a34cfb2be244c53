"""Reading what waits: reports go to worker processes, and readings with their claims are kept as they come back."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from ascertain.intake.received import Received, SetAside
from ascertain.pipeline.readers import Reader
from ascertain.pipeline.reading_chunks import ChunkRead, chunked, read_chunk, read_in_order
from ascertain.pipeline.run import workers_for
from ascertain.record import chain
from ascertain.record.canonical import canonical, now
from ascertain.record.handfuls import handfuls
from ascertain.record.models import ClaimRow, ReaderVersion, ReadingRow, ReportRow
from ascertain.record.models.readings import IN_FORCE
from ascertain.record.models.reports import READ, SET_ASIDE, WAITING
from ascertain.record.progress import Progress
from ascertain.record.services.setting_aside import set_aside
from ascertain.record.writing import persistently, writing

_REPORTS_AT_ONCE = 200
_READ_AT_ONCE = 64
# The column `type` of a claim holds what its kind is told apart by.
_TYPES = {"event": "type", "condition": "sector", "negotiation": "status"}


def read_waiting(*, reader: Reader, workers: int | None, progress: Progress) -> int:
    """Read all reports that wait for it; how many were read. One that the reader fails on is set aside.

    Args:
        reader: who reads.
        workers: processes that read; `None` is one for each core, 0 this process alone.
        progress: who is told.

    Raises:
        DataFileError, SettingsError: the reader cannot work at all.
    """
    count = persistently(waiting)
    if not count:
        return 0
    version = persistently(partial(version_of, identity=reader.identity))
    results = results_of(_waiting(), count, reader, workers)
    read = 0
    for some in handfuls(results, _READ_AT_ONCE, weight=_items, heaviest=_READ_AT_ONCE):
        read += persistently(partial(_keep, version, some), on_wait=progress.away)
        for result in some:
            for aside in result.set_aside:
                progress.aside(aside)
        progress.advance(sum(map(_items, some)))
    return read


def waiting() -> int:
    """How many reports wait to be read."""
    return ReportRow.objects.filter(state=WAITING).count()


def version_of(*, identity: str, settings: Mapping[str, object] | None = None) -> ReaderVersion:
    """The row of a reader's version; made where it is the first time that it reads."""
    told = canonical(settings or {})
    with writing():
        known = ReaderVersion.objects.filter(identity=identity, settings=told).first()
        if known is not None:
            return known
        version = ReaderVersion.objects.create(identity=identity, settings=told, since=now())
        chain.append([version])
        return version


def keep_readings(*, version: ReaderVersion, lines: Iterable[str], state: str = IN_FORCE) -> list[ReadingRow]:
    """Keep readings, as lines of `claims.jsonl` with their sketches, each once; those that are new.

    Args:
        version: what read them.
        lines: the readings; reports that the record lacks are no fault of theirs and raise.
        state: `in force`, where the report has no other reading, or `staged`.
    """
    with writing():
        made = [_reading(version, json.loads(line), state) for line in lines]
        known = set(ReadingRow.objects.filter(pk__in=[row.pk for row, _ in made]).values_list("pk", flat=True))
        new = [(row, claims) for row, claims in made if row.pk not in known]
        ReadingRow.objects.bulk_create([row for row, _ in new])
        ClaimRow.objects.bulk_create([claim for _, claims in new for claim in claims])
        chain.append([row for row, _ in new])
    return [row for row, _ in new]


def digest_of_claims(claims: Iterable[ClaimRow]) -> str:
    """The SHA-256 over claims in order, with the columns that repeat what is in them."""
    whole = hashlib.sha256()
    for claim in claims:
        whole.update(canonical([claim.claim, claim.kind, claim.type, claim.day, claim.value]).encode())
        whole.update(b"\n")
    return whole.hexdigest()


def results_of(received: Iterable[Received], count: int, reader: Reader, workers: int | None) -> Iterator[ChunkRead]:
    """What a reader makes of `count` reports, in order; `workers` as in `read_waiting`."""
    chunks = chunked(received)
    if workers == 0:
        return (read_chunk(reader, chunk) for chunk in chunks)
    return read_in_order(chunks, reader, workers_for(count, workers))


def _waiting() -> Iterator[Received]:
    """The reports that wait, in order of their ids."""
    last = ""
    while some := persistently(partial(_waiting_after, last)):
        yield from (Received(row.as_report(), row.pk) for row in some)
        last = some[-1].pk


def _waiting_after(last: str) -> list[ReportRow]:
    return list(ReportRow.objects.filter(state=WAITING, pk__gt=last).order_by("pk")[:_REPORTS_AT_ONCE])


def _keep(version: ReaderVersion, results: Sequence[ChunkRead]) -> int:
    """Keep what came of reports that still wait; how many were read."""
    with writing():
        lines = {str(json.loads(line)["report"]["id"]): line for result in results for line in result.lines}
        asides = {aside.source: aside for result in results for aside in result.set_aside}
        asked = [*lines, *asides]
        still = set(ReportRow.objects.filter(pk__in=asked, state=WAITING).values_list("pk", flat=True))
        keep_readings(version=version, lines=[line for id, line in lines.items() if id in still])
        ReportRow.objects.filter(pk__in=still & lines.keys()).update(state=READ)
        ReportRow.objects.filter(pk__in=still & asides.keys()).update(state=SET_ASIDE)
        for id in sorted(still & asides.keys()):
            _set_aside(ReportRow.objects.select_related("receipt").get(pk=id), asides[id])
    return len(still & lines.keys())


def _set_aside(report: ReportRow, aside: SetAside) -> None:
    told = SetAside(f"{report.receipt.address} ({report.pk})", aside.line, aside.problem, aside.remedy)
    set_aside(items=[told], report=report)


def _reading(version: ReaderVersion, told: dict[str, Any], state: str) -> tuple[ReadingRow, list[ClaimRow]]:
    report = str(told["report"]["id"])
    row = ReadingRow(
        id=f"{report}@{version.pk}",
        report_id=report,
        version=version,
        at=now(),
        sketch=canonical(told.get("sketch")),
        claims_count=len(told["claims"]),
        state=state,
    )
    claims = [_claim(row, claim) for claim in told["claims"]]
    row.claims_sha256 = digest_of_claims(claims)
    return row, claims


def _claim(reading: ReadingRow, told: dict[str, Any]) -> ClaimRow:
    kind, start = str(told["kind"]), (told.get("when") or {}).get("start")
    return ClaimRow(
        reading=reading,
        claim=str(told["id"]),
        kind=kind,
        type=told.get(_TYPES.get(kind, "")),
        day=None if start is None else dt.date.fromisoformat(start),
        value=canonical(told),
    )


def _items(result: ChunkRead) -> int:
    return result.items
