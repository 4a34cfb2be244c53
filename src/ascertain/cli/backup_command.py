"""`ascertain backup` and `ascertain restore`: the whole record in one file, and back."""

from __future__ import annotations

from pathlib import Path

import typer

from ascertain.cli.record_watcher import many, tell, watcher
from ascertain.model import SettingsError
from ascertain.record.opening import open_record, whole_or_none
from ascertain.record.selectors.verifying import faults
from ascertain.record.services.backing_up import back_up, check_free, restore


def back_up_to(path: Path, target: str | None, *, quiet: bool) -> int:
    """Verify the record and write the backup; its SHA-256 goes to standard output. How many faults there are."""
    shown, found = watcher(quiet=quiet), 0
    check_free(path)
    with shown.shown():
        record = open_record(target, make=False)
        for fault in faults(progress=shown):
            found += 1
            tell(str(fault))
        done = back_up(path=path, progress=shown)
    typer.echo(f"{done.sha256}  {path}")
    if not quiet:
        tell(f"{many(done.rows, 'row')} of {record.address.shown} in {path} ({done.bytes / 1e6:,.1f} MB)")
    if found:
        tell(f"{many(found, 'fault')} in the record, and so in this backup: keep the older ones, see docs/record.md")
    return found


def restore_from(path: Path, target: str | None, *, quiet: bool) -> None:
    """Check the backup, and put it into a record that is empty or not there yet."""
    if not path.is_file():
        raise SettingsError(f"{path}: no such file; name one that ascertain backup wrote")
    shown = watcher(quiet=quiet)
    with shown.shown(), whole_or_none(target):
        record = open_record(target)
        rows = restore(path=path, progress=shown)
    if not quiet:
        tell(f"{many(rows, 'row')} in {record.address.shown}")
