"""How work on the record is shown: a bar for each step on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager, nullcontext

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from ascertain.cli.run_watcher import progress_line, say
from ascertain.intake.received import SetAside

_SECONDS_BETWEEN_LINES = 10.0


class RecordLines:
    """Tells in plain lines, few of them; `quiet` leaves only what is set aside and what is amiss."""

    def __init__(self, console: Console, *, quiet: bool = False) -> None:
        self._console, self._quiet = console, quiet
        self._name, self._total, self._done = "", 0, 0
        self._began = self._told = time.monotonic()
        self.set_aside = 0

    def shown(self) -> AbstractContextManager[object]:
        """What must be open while the work goes on."""
        return nullcontext()

    def step(self, name: str, total: int | None = None) -> None:
        """A step begins."""
        self._name, self._total, self._done = name, total or 0, 0
        self._began = self._told = time.monotonic()

    def advance(self, items: int = 1) -> None:
        """More items of it are done."""
        self._done += items
        now = time.monotonic()
        if not self._quiet and now - self._told >= _SECONDS_BETWEEN_LINES:
            self._told = now
            say(self._console, f"{self._name}: {self._line(now - self._began)}")

    def aside(self, item: SetAside) -> None:
        """An item was set aside."""
        self.set_aside += 1
        say(self._console, str(item))

    def away(self, said: str) -> None:
        """The database does not answer, and is tried again."""
        say(self._console, f"the database does not answer ({said}); trying again")

    def _line(self, seconds: float) -> str:
        if self._total:
            return progress_line(self._total, 0, self._done, seconds)
        return f"{self._done:,}, {self._done / seconds:,.1f} a second"


class RecordBars(RecordLines):
    """Tells by a bar for the step at hand."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self._progress = Progress(*columns, TimeRemainingColumn(), console=console, transient=True)
        self._task = self._progress.add_task("opening the record", total=None)

    def shown(self) -> AbstractContextManager[object]:
        """The bar."""
        return self._progress

    def step(self, name: str, total: int | None = None) -> None:
        """A step begins."""
        self._progress.remove_task(self._task)
        self._task = self._progress.add_task(name, total=total)

    def advance(self, items: int = 1) -> None:
        """More items of it are done."""
        self._progress.advance(self._task, items)


def watcher(*, quiet: bool) -> RecordLines:
    """A bar on a terminal, lines elsewhere."""
    console = Console(stderr=True, highlight=False)
    return RecordBars(console) if console.is_terminal and not quiet else RecordLines(console, quiet=quiet)


def tell(line: str) -> None:
    """One plain line on standard error."""
    say(Console(stderr=True, highlight=False), line)


def many(count: int, noun: str) -> str:
    """A count with its noun.

    >>> many(1, "report"), many(1200, "report")
    ('1 report', '1,200 reports')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
