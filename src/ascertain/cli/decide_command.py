"""`ascertain decide` and `ascertain decisions`: decisions from lines of JSON into the record, and out of it."""

from __future__ import annotations

import sys
from pathlib import Path

from ascertain.cli.record_watcher import many, tell, watcher
from ascertain.intake.received import one_line, printable
from ascertain.model import SettingsError
from ascertain.record.decision_line import line_of
from ascertain.record.opening import open_record
from ascertain.record.replay.decided import Decided
from ascertain.record.selectors.decisions import all_decisions, decided
from ascertain.record.services.people import person_named
from ascertain.record.services.taking_decisions import take_decisions


def decide_all(path: Path, target: str | None, *, acting: str, quiet: bool) -> int:
    """Make the decisions of a file; how many of its lines were refused."""
    if not path.is_file():
        raise SettingsError(f"{path}: no such file; name one with a decision on each line")
    shown = watcher(quiet=quiet)
    with shown.shown(), path.open("rb") as lines:
        open_record(target, make=False)
        shown.step("deciding")
        done = take_decisions(person=person_named(acting), lines=lines, source=str(path), progress=shown)
    if not quiet:
        tell(f"{many(done.made, 'decision')} made, {done.refused:,} refused")
    return done.refused


def show_decisions(target: str | None, *, as_json: bool) -> None:
    """Print each decision, in order."""
    open_record(target, make=False)
    for row in all_decisions():
        told = decided(row)
        if as_json:
            sys.stdout.write(f"{one_line(line_of(told))}\n")
        else:
            sys.stdout.write(f"{printable(_line(told))}\n")


def _line(told: Decided) -> str:
    about = ", ".join(told.subject.incidents) or told.subject.report or f"decision {told.subject.decision}"
    claim = f"/{told.subject.claim}" if told.subject.claim else ""
    reason = f" ({told.reason})" if told.reason else ""
    at, kind = f"{told.at:%Y-%m-%d %H:%M:%S}", told.kind.replace("_", " ")
    return f"{told.number}  {at}  {told.person}: {kind} {about}{claim}{reason}"
