"""`ascertain export`: what the record claims, as files in the exchange format."""

from __future__ import annotations

from pathlib import Path

from ascertain.cli.history_command import day_in
from ascertain.cli.record_watcher import many, tell, watcher
from ascertain.record.opening import open_record
from ascertain.record.selectors.exporting import export_record
from ascertain.record.selectors.history import end_of


def export_to(folder: Path, target: str | None, *, as_of: str | None, quiet: bool) -> None:
    """Write claims and incidents into a folder, as they stand or stood at the end of a day."""
    moment = None if as_of is None else end_of(day_in(as_of))
    shown = watcher(quiet=quiet)
    with shown.shown():
        open_record(target, make=False)
        done = export_record(folder=folder, moment=moment, progress=shown)
    if not quiet:
        tell(f"claims of {many(done.readings, 'report')} and {many(done.incidents, 'incident')} in {folder}")
