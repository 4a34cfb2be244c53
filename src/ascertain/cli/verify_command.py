"""`ascertain verify`: whether the record is as it was written."""

from __future__ import annotations

import typer

from ascertain.cli.record_watcher import many, tell, watcher
from ascertain.record import chain
from ascertain.record.opening import open_record
from ascertain.record.selectors.verifying import faults


def verify_record(target: str | None, *, known_head: str | None, quiet: bool) -> int:
    """Name each fault on standard output, and at the end the head of the chain; how many faults there are."""
    shown, found = watcher(quiet=quiet), 0
    with shown.shown():
        record = open_record(target, make=False)
        for fault in faults(progress=shown, known_head=known_head):
            found += 1
            typer.echo(str(fault))
    typer.echo(f"head {chain.head()}")
    if not quiet:
        told = f"{many(found, 'fault')}: see docs/record.md for what to do" if found else "as it was written"
        tell(f"{record.address.shown}: {told}")
    return found
