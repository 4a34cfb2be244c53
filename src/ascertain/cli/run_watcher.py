"""How a run is shown: a bar on a terminal, a line now and then elsewhere, and what it came to."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from difflib import get_close_matches
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from ascertain.intake.columns import Columns
from ascertain.model import Report
from ascertain.pipeline import PlacesSummary, RunSettings, RunSummary, SetAside, find_all_places, run

_SECONDS_BETWEEN_LINES = 10.0


def watched_run(inputs: Sequence[str], out: Path, settings: RunSettings, *, quiet: bool = False) -> RunSummary:
    """Do a run, and tell on standard error how it goes."""
    console = Console(stderr=True, highlight=False)
    watcher = TerminalWatcher(console) if console.is_terminal and not quiet else LineWatcher(console, quiet=quiet)
    began = time.monotonic()
    with watcher.shown():
        summary = run(inputs, out, settings=settings, watcher=watcher)
    if not quiet:
        say(console, _told(summary, watcher.items_read, time.monotonic() - began, out))
    return summary


def watched_places(
    inputs: Sequence[str],
    out: Path,
    *,
    relative: bool,
    workers: int | None,
    max_characters: int,
    columns: Columns | None,
    quiet: bool,
) -> PlacesSummary:
    """Find the places of reports, and tell on standard error how it goes."""
    console = Console(stderr=True, highlight=False)
    watcher = TerminalWatcher(console) if console.is_terminal and not quiet else LineWatcher(console, quiet=quiet)
    began = time.monotonic()
    with watcher.shown():
        found = find_all_places(
            inputs,
            out,
            relative=relative,
            workers=workers,
            max_characters=max_characters,
            columns=columns,
            watcher=watcher,
        )
    if not quiet:
        aside = f"; {found.set_aside:,} set aside" if found.set_aside else ""
        rate = watcher.items_read / (time.monotonic() - began)
        counts = f"{_many(found.reports, 'report')}, {_many(found.places, 'place')} in {out}"
        say(console, f"{counts}{aside} ({rate:,.1f} reports a second)")
    return found


class LineWatcher:
    """Tells in plain lines, few of them; `quiet` leaves only what is set aside."""

    def __init__(self, console: Console, *, quiet: bool = False) -> None:
        self._console, self._quiet = console, quiet
        self._known_fields: set[tuple[str, str]] = set()
        self._items = self._done = self.items_read = 0
        self._began = self._told = time.monotonic()

    def shown(self) -> AbstractContextManager[object]:
        """What must be open while the run goes on."""
        return nullcontext()

    def begin(self, *, items: int, done: int) -> None:
        """Reading begins."""
        self._items, self._done = items, done
        self._began = self._told = time.monotonic()
        if done and not self._quiet:
            say(self._console, f"going on after {done:,} of {items:,}")

    def advance(self, *, items: int) -> None:
        """More items are read."""
        self.items_read += items
        now = time.monotonic()
        if not self._quiet and now - self._told >= _SECONDS_BETWEEN_LINES:
            self._told = now
            say(self._console, progress_line(self._items, self._done, self.items_read, now - self._began))

    def aside(self, item: SetAside) -> None:
        """An item was set aside."""
        say(self._console, str(item))

    def unknown_field(self, source: str, name: str) -> None:
        """A report has a field that the format lacks; told once for each file."""
        if self._quiet or (source, name) in self._known_fields:
            return
        self._known_fields.add((source, name))
        meant = get_close_matches(name, Report.model_fields, n=1)
        say(
            self._console,
            f"{source}: the field {name!r} is passed over" + (f"; is {meant[0]!r} meant?" if meant else ""),
        )

    def linking(self) -> None:
        """Incidents are being built."""


class TerminalWatcher(LineWatcher):
    """Tells by a bar with the rate and the time left."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            _RateColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
        )
        self._task = self._progress.add_task("looking through the inputs", total=None)

    def shown(self) -> AbstractContextManager[object]:
        """The bar."""
        return self._progress

    def begin(self, *, items: int, done: int) -> None:
        """Reading begins."""
        super().begin(items=items, done=done)
        self._progress.remove_task(self._task)
        self._task = self._progress.add_task("reading", total=items, completed=done)

    def advance(self, *, items: int) -> None:
        """More items are read."""
        self.items_read += items
        done = self._done + self.items_read
        self._progress.update(self._task, completed=done, total=max(self._items, done))

    def linking(self) -> None:
        """Incidents are being built."""
        self._progress.remove_task(self._task)
        self._task = self._progress.add_task("building incidents", total=None)


class _RateColumn(ProgressColumn):
    """Reports a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.1f}/s" if task.speed else "", style="progress.data.speed")


def progress_line(items: int, done: int, read: int, seconds: float) -> str:
    """How far a run has come, in words.

    >>> progress_line(1000, 200, 300, 10.0)
    '500 of 1,000 (50 %), 30.0 a second, 17 s left'
    """
    rate, now = read / seconds, done + read
    items = max(items, now)
    left = f", {(items - now) / rate:,.0f} s left" if rate else ""
    return f"{now:,} of {items:,} ({100 * now // max(items, 1)} %), {rate:,.1f} a second{left}"


def say(console: Console, line: str) -> None:
    """One plain line, whatever is in it."""
    console.print(Text(line), soft_wrap=True)


def _told(summary: RunSummary, items_read: int, seconds: float, out: Path) -> str:
    series = summary.tolls + summary.conditions + summary.negotiations
    counted = {"report": summary.reports, "claim": summary.claims, "incident": summary.incidents}
    counts = ", ".join(_many(count, noun) for noun, count in counted.items()) + f", {series:,} series"
    aside = f"; {summary.set_aside:,} set aside, see {out / 'set_aside.jsonl'}" if summary.set_aside else ""
    rate = f"{items_read / seconds:,.1f} reports a second" if items_read else "nothing was left to read"
    return f"{counts} in {out}{aside} ({seconds:,.1f} s, {rate})"


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
