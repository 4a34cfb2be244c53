"""`ascertain set-aside`: what could not be taken in or read: shown, taken up again, or written out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from ascertain.cli.record_watcher import many, tell
from ascertain.record.opening import open_record
from ascertain.record.selectors.set_aside import export_to, still_aside
from ascertain.record.services.setting_aside import retry


def show_set_aside(target: str | None) -> int:
    """Print a line for each item, its number first; how many there are."""
    open_record(target, make=False)
    count = 0
    for row in still_aside():
        count += 1
        place = row.source if row.line is None else f"{row.source}:{row.line}"
        typer.echo(f"{row.pk}\t{place}: {row.problem}; {row.remedy}")
    return count


def retry_set_aside(numbers: Sequence[int], target: str | None) -> None:
    """Let items wait again, for the next ingest."""
    open_record(target, make=False)
    count = retry(numbers=numbers or None)
    tell(f"{many(count, 'item')} to be taken up again; run ascertain ingest")


def export_set_aside(folder: Path, target: str | None) -> None:
    """Write the items, and the originals that they are in, into a folder."""
    open_record(target, make=False)
    count = export_to(folder)
    tell(f"{many(count, 'item')} in {folder}")
