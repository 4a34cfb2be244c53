"""`ascertain ingest`: originals into the record, read and linked."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from ascertain.cli.record_watcher import many, tell, watcher
from ascertain.incidents.policies import policy_named
from ascertain.intake.columns import columns_in
from ascertain.intake.fetching import FetchSettings
from ascertain.intake.settings import Settings
from ascertain.record.opening import open_record
from ascertain.record.services.ingesting import Ingested, IngestSettings, ingest
from ascertain.record.services.sources import check_sources


def ingest_all(
    sources: Sequence[str],
    target: str | None,
    *,
    columns: Path | None,
    fetching: FetchSettings,
    workers: int | None,
    read: bool,
    policy: str | None,
    quiet: bool,
) -> int:
    """Ingest, and tell on standard error how it goes; how many items were set aside."""
    intake = Settings(columns=None if columns is None else columns_in(columns))
    settings = IngestSettings(intake=intake, fetching=fetching, workers=workers, read=read, policy=policy)
    check_sources(sources)  # before a record is made for nothing
    if policy is not None:
        policy_named(policy)
    shown, began = watcher(quiet=quiet), time.monotonic()
    with shown.shown():
        record = open_record(target, make=bool(sources))
        done = ingest(record=record, sources=sources, settings=settings, progress=shown)
    if not quiet:
        tell(_told(done, shown.set_aside, record.address.shown, time.monotonic() - began))
    return shown.set_aside


def _told(done: Ingested, set_aside: int, place: str, seconds: float) -> str:
    arrived = f"{many(done.originals, 'original')}, {done.new_originals:,} of them new"
    came = f"{many(done.reports, 'new report')}, {done.read:,} read, {many(done.incidents, 'incident')} new or changed"
    aside = f"; {set_aside:,} set aside, see ascertain set-aside list" if set_aside else ""
    return f"{arrived}; {came} in {place}{aside} ({seconds:,.1f} s)"
