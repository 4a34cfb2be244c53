"""`ascertain release` and `ascertain verify-release`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from ascertain.cli.record_watcher import many, tell, watcher
from ascertain.folders import data_folder
from ascertain.intake.received import printable
from ascertain.release.from_run import RunState
from ascertain.release.pseudonyms import kept_key, pseudonyms
from ascertain.release.releasing import Order, Released, release
from ascertain.release.state import State
from ascertain.release.verifying import Verdict, verify_release


def write_release(
    order: Order, out: Path, *, record: str | None, run: Path | None, key_of_names: Path | None, quiet: bool
) -> Released:
    """Write a release of a record, or of what a run wrote."""
    shown = watcher(quiet=quiet)
    with shown.shown(), _state(record, run, shown) as state:
        key = kept_key(key_of_names or data_folder() / "pseudonyms" / f"{state.facts.name[:32]}.key")
        done = release(state, order, out, pseudonym=pseudonyms(key), tell=shown.step)
    if not quiet:
        held = f", {many(done.held_back, 'incident')} held back" if done.held_back else ""
        tell(f"release {done.version}: {many(done.counts['incidents'], 'incident')}{held} in {out}")
    return done


@contextmanager
def _state(record: str | None, run: Path | None, shown) -> Iterator[State]:  # type: ignore[no-untyped-def]
    if run is not None:
        of_run = RunState(run)
        of_run.check()
        yield of_run
        return
    from ascertain.record.opening import open_record
    from ascertain.record.writing import snapshot

    open_record(record, make=False)
    from ascertain.release.from_record import RecordState

    checked = RecordState()
    checked.check(shown)
    with snapshot():
        kept = RecordState()
        kept.check_still(checked.facts.head)
        yield kept


def show_verified(folder: Path, *, key: Path | None, quiet: bool) -> Verdict:
    """Name each fault on standard output, and who signed it."""
    verdict = verify_release(folder, key=key)
    for fault in verdict.faults:
        typer.echo(printable(fault))
    if verdict.signed is not None:
        known = "" if verdict.signed.known else " (whose key that is was not checked: name theirs by --key)"
        typer.echo(f"signed by {printable(verdict.signed.by)}{known}")
    elif not verdict.faults:
        typer.echo("not signed")
    if not quiet:
        tell(f"{folder}: {many(verdict.files, 'file')}, {_in_short(verdict)}")
    return verdict


def _in_short(verdict: Verdict) -> str:
    """What is known now; only a signature by the key of a person who is known tells who made all this."""
    if verdict.faults:
        return many(len(verdict.faults), "fault")
    if verdict.signed is not None and verdict.signed.known:
        return "as the holder of that key signed it"
    return "each as its sum says; whoever alters a file can write its sum anew"
