"""Rereading: a new version of the reader reads all reports again; what that changes is shown before it takes effect.

In: reports whose reading in force is of another version. Out: staged readings, the difference that they would make, and
at last, in one step, the new readings in force. Claims on the same words keep their ids, so every decision stays with
what it was about. Each step can be broken off and gone on with.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial

from django.db.models import QuerySet
from pydantic import TypeAdapter

from ascertain.intake.received import Received
from ascertain.model import Claim
from ascertain.pipeline.readers import Reader
from ascertain.pipeline.reading_chunks import ChunkRead
from ascertain.record import chain
from ascertain.record.canonical import canonical, now
from ascertain.record.handfuls import handfuls
from ascertain.record.models import ClaimRow, ReaderVersion, ReadingRow, ReportRow, Reread
from ascertain.record.models.readings import DISCARDED, IN_FORCE, REPLACED, STAGED
from ascertain.record.opening import Record
from ascertain.record.progress import Progress
from ascertain.record.replay.matching import named_as_before
from ascertain.record.services.link_index import linker
from ascertain.record.services.linking import link
from ascertain.record.services.reading import keep_readings, results_of, version_of
from ascertain.record.writing import persistently, writing

_REPORTS_AT_ONCE = 200
_READ_AT_ONCE = 64
_CLAIMS: TypeAdapter[tuple[Claim, ...]] = TypeAdapter(tuple[Claim, ...])


def stage(*, reader: Reader, workers: int | None, progress: Progress) -> int:
    """Read again all reports whose reading in force is of another version of the reader; how many are staged in all.

    What this version read before is not read again; what was staged of another one is discarded.

    Args:
        reader: the new version.
        workers: processes that read; `None` is one for each core, 0 this process alone.
        progress: who is told.

    Raises:
        DataFileError, SettingsError: the reader cannot work at all.
    """
    version = persistently(partial(version_of, identity=reader.identity))
    persistently(partial(_stage_known, version))
    count = persistently(lambda: _to_read(version).count())
    if count:
        progress.step("reading again", count)
        results = results_of(_waiting(version), count, reader, workers)
        for some in handfuls(results, _READ_AT_ONCE, weight=_items, heaviest=_READ_AT_ONCE):
            persistently(partial(_keep, version, some), on_wait=progress.away)
            for aside in (aside for result in some for aside in result.set_aside):
                progress.aside(aside)
            progress.advance(sum(map(_items, some)))
    return staged()


def staged() -> int:
    """How many readings are staged."""
    return ReadingRow.objects.filter(state=STAGED).count()


def discard() -> int:
    """Let staged readings never take effect; how many they are. They stay in the record, as all that was read does."""
    with writing():
        return ReadingRow.objects.filter(state=STAGED).update(state=DISCARDED)


def apply(*, record: Record, progress: Progress) -> int:
    """Put the staged readings in force, and bring the incidents up to date; how many incidents changed."""
    with linker(record):  # who links at this moment has the readings of before
        persistently(_put_in_force, on_wait=progress.away)
    return link(record=record, progress=progress, cause="reread")


def _put_in_force() -> None:
    with writing():
        staged = ReadingRow.objects.filter(state=STAGED)
        version = ReaderVersion.objects.filter(pk__in=staged.values("version")).first()
        if version is None:
            return
        ReadingRow.objects.filter(state=IN_FORCE, report__in=staged.values("report")).update(state=REPLACED)
        staged.update(state=IN_FORCE, linked=False)
        chain.append([Reread.objects.create(version=version, at=now())])


def _to_read(version: ReaderVersion) -> QuerySet[ReadingRow]:
    done = ReadingRow.objects.filter(version=version, state__in=(STAGED, IN_FORCE)).values("report")
    return ReadingRow.objects.filter(state=IN_FORCE).exclude(report__in=done)


def _stage_known(version: ReaderVersion) -> None:
    """Discard what is staged of other versions, and stage what this one read before and what is not in force."""
    with writing():
        ReadingRow.objects.filter(state=STAGED).exclude(version=version).update(state=DISCARDED)
        ReadingRow.objects.filter(version=version, state__in=(DISCARDED, REPLACED)).update(state=STAGED)


def _waiting(version: ReaderVersion) -> Iterator[Received]:
    last = ""
    while some := persistently(partial(_waiting_after, version, last)):
        yield from (Received(row.as_report(), row.pk) for row in some)
        last = some[-1].pk


def _waiting_after(version: ReaderVersion, last: str) -> list[ReportRow]:
    reports = _to_read(version).filter(report__gt=last).order_by("report").values("report")[:_REPORTS_AT_ONCE]
    return list(ReportRow.objects.filter(pk__in=list(reports.values_list("report", flat=True))).order_by("pk"))


def _keep(version: ReaderVersion, results: Sequence[ChunkRead]) -> None:
    """Keep what was read as staged, in place of what is staged of another version."""
    with writing():
        lines = {str(json.loads(line)["report"]["id"]): line for result in results for line in result.lines}
        others = ReadingRow.objects.filter(state=STAGED, report__in=lines).exclude(version=version)
        others.update(state=DISCARDED)
        renamed = [_renamed(report, line) for report, line in lines.items()]
        keep_readings(version=version, lines=renamed, state=STAGED)


def _renamed(report: str, line: str) -> str:
    """A line of `claims.jsonl`, its claims named as those on the same words that the report has, or ever had."""
    told = json.loads(line)
    rows = ClaimRow.objects.filter(reading__report=report).order_by("pk").values_list("claim", "value")
    ever = dict(rows.filter(reading__state=IN_FORCE))
    for id, value in rows:
        ever.setdefault(id, value)
    before = _CLAIMS.validate_json(f"[{','.join(ever.values())}]")
    claims = named_as_before(_CLAIMS.validate_python(told["claims"]), before)
    return canonical({**told, "claims": [claim.model_dump(mode="json") for claim in claims]})


def _items(result: ChunkRead) -> int:
    return result.items
