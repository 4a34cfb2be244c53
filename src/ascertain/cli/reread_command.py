"""`ascertain reread`: a new version of the reader reads all reports again; what that changes is shown first."""

from __future__ import annotations

import json
from dataclasses import asdict

import typer

from ascertain.cli.record_watcher import many, tell, watcher
from ascertain.model import IncidentFigure
from ascertain.pipeline.readers import RuleReader
from ascertain.record.opening import open_record
from ascertain.record.progress import Progress
from ascertain.record.selectors.decisions import decisions_numbered
from ascertain.record.services import rereading
from ascertain.record.services.difference import Difference, Moved, difference

_MOST_MOVES = 20


def reread_all(target: str | None, *, take_effect: bool, as_json: bool, workers: int | None, quiet: bool) -> int:
    """Read again, show the difference on standard output, and let it take effect if wished; how many reports the
    reader failed on, which keep the reading that they have."""
    shown = watcher(quiet=quiet)
    with shown.shown():
        record = open_record(target, make=False)
        rereading.stage(reader=RuleReader(), workers=workers, progress=shown)
        told = _difference(shown)
    typer.echo(_as_json(told) if as_json else _page(told))
    if take_effect:
        with shown.shown():
            changed = rereading.apply(record=record, progress=shown)
        tell(f"{many(told.readings, 'reading')} in force; {many(changed, 'incident')} changed")
    elif told.readings:
        tell("nothing has changed yet: --apply lets it take effect, --discard drops it")
    return shown.set_aside


def discard_staged(target: str | None) -> None:
    """Drop what is staged."""
    open_record(target, make=False)
    tell(f"{many(rereading.discard(), 'reading')} dropped")


def _difference(progress: Progress) -> Difference:
    progress.step("comparing incidents")
    return difference()


def _as_json(told: Difference) -> str:
    moved = [
        {
            "incident": move.incident,
            "outcome": move.outcome,
            "group": move.group,
            "before": _bounds(move.before),
            "after": _bounds(move.after),
        }
        for move in told.moved
    ]
    rest = {name: value for name, value in asdict(told).items() if name != "moved"}
    return json.dumps({**rest, "moved": moved})


def _bounds(figure: IncidentFigure | None) -> dict[str, int | None] | None:
    return None if figure is None else {"low": figure.low, "best": figure.best, "high": figure.high}


def _page(told: Difference) -> str:
    lines = [
        f"{many(told.readings, 'report')} read by another version",
        f"incidents: {told.unchanged:,} stay as they are, {len(told.changed):,} change, "
        f"{len(told.appeared):,} appear, {len(told.gone):,} go",
    ]
    if told.moved:
        lines.append("figures that move most (low/best/high):")
        lines += [f"  {_move(move)}" for move in told.moved[:_MOST_MOVES]]
        lines += [f"  and {len(told.moved) - _MOST_MOVES:,} more"] if len(told.moved) > _MOST_MOVES else []
    lines += [
        f"decision {row.number} ({row.person}: {row.kind.replace('_', ' ')}) is about claims that are no more"
        for row in decisions_numbered(told.left_over)
    ]
    return "\n".join(lines)


def _move(move: Moved) -> str:
    return f"{move.incident}  {move.outcome} {move.group}: {_told(move.before)} to {_told(move.after)}"


def _told(figure: IncidentFigure | None) -> str:
    if figure is None:
        return "none"
    return "/".join("?" if bound is None else f"{bound}" for bound in (figure.low, figure.best, figure.high))
