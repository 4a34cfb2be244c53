"""Ingesting: sources are taken in, what is in them is found, read and linked; each step goes on where it was left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ascertain.intake.fetching import FetchSettings
from ascertain.intake.settings import Settings
from ascertain.intake.spools import spool
from ascertain.pipeline.readers import Reader, RuleReader
from ascertain.record.opening import Record
from ascertain.record.progress import Progress, Unwatched
from ascertain.record.services import finding, reading
from ascertain.record.services.linking import link
from ascertain.record.services.policy import adopt
from ascertain.record.services.receiving import Taken, receive
from ascertain.record.services.sources import AN_ADDRESS, check_sources, originals_in
from ascertain.record.writing import persistently


@dataclass(frozen=True, slots=True)
class IngestSettings:
    """How an ingest is done.

    Attributes:
        intake: how originals are taken apart.
        fetching: how addresses are fetched.
        reader: who reads.
        workers: processes that read; `None` is one for each core, 0 this process alone.
        read: whether reports are read and linked at once; else they wait for a later ingest.
        policy: the policy that chooses figures from now on; `None` leaves the record's.
    """

    intake: Settings = field(default_factory=Settings)
    fetching: FetchSettings = AN_ADDRESS
    reader: Reader = field(default_factory=RuleReader)
    workers: int | None = None
    read: bool = True
    policy: str | None = None


@dataclass(frozen=True, slots=True)
class Ingested:
    """What an ingest came to: `originals` of which `new_originals` the record had not seen, reports that are new, that
    were read, and incidents that changed."""

    originals: int
    new_originals: int
    reports: int
    read: int
    incidents: int


def ingest(
    *, record: Record, sources: Sequence[str], settings: IngestSettings | None = None, progress: Progress | None = None
) -> Ingested:
    """Take in what the sources hold, and bring the record up to date; what was left before is done too.

    Safe to be killed at any moment: nothing is lost, and the next ingest, of the same sources or of none, goes on.
    Worker processes start by `spawn`: call this under `if __name__ == "__main__":`.

    Args:
        record: the record that is open.
        sources: files, folders, addresses, or `-` for standard input; none to finish what waits.
        settings: how.
        progress: who is told how it goes.

    Raises:
        SettingsError: a source or the policy is not there.
        RecordError: the database is full or stays away.
        DataFileError: a file of words or places that the reader needs has a fault.
    """
    chosen, told = settings or IngestSettings(), progress or Unwatched()
    check_sources(sources)
    renewed = 0 if chosen.policy is None else adopt(policy=chosen.policy, progress=told)
    taken = _receive(sources, chosen, told)
    new = _find(chosen, told)
    if not chosen.read:
        return Ingested(taken.originals, taken.new, new, 0, renewed)
    told.step("reading", persistently(reading.waiting))
    read = reading.read_waiting(reader=chosen.reader, workers=chosen.workers, progress=told)
    changed = link(record=record, progress=told)
    return Ingested(taken.originals, taken.new, new, read, renewed + changed)


def _receive(sources: Sequence[str], settings: IngestSettings, progress: Progress) -> Taken:
    if not sources:
        return Taken()
    progress.step("receiving")
    with spool() as folder:
        originals = originals_in(sources, folder, fetching=settings.fetching, limits=settings.intake.limits)
        return receive(originals=originals, progress=progress)


def _find(settings: IngestSettings, progress: Progress) -> int:
    if not persistently(finding.waiting):
        return 0
    progress.step("finding documents")
    return finding.find_documents(settings=settings.intake, progress=progress)
