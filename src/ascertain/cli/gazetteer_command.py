"""`ascertain gazetteer`: adding gazetteers, listing, removing and searching them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ascertain.cli.reading_view import visible
from ascertain.cli.run_watcher import say
from ascertain.model import SettingsError
from ascertain.places import Hit, library, open_gazetteer
from ascertain.places.library import Added, Fault, Order, Step

_MOST_TOLD = 50
_MOST_PROBLEMS, _PROBLEMS_SUMMED = 1000, 3
_WIDE = 240
_NUMBERS = ("places", "names", "polygons", "skipped", "MB", "lat", "lon", "± km", "people")
_SECONDS_BETWEEN_LINES = 5.0
_LIKENESS_TOLD = {"name": "", "kind": "after its kind", "spelling": "spelt alike", "beginning": "begins so"}


def add(source: str, order: Order, *, skipped_to: Path | None, quiet: bool) -> Added:
    """Add a gazetteer, and tell on standard error of skipped rows and of how it goes."""
    if skipped_to is not None and skipped_to.exists() and Path(source).exists() and skipped_to.samefile(source):
        raise SettingsError(f"--skipped {skipped_to} is the file to be added; name another")
    console = Console(stderr=True, highlight=False)
    teller = _Teller(console, quiet=quiet)
    with nullcontext() if skipped_to is None else skipped_to.open("w", encoding="utf-8") as file:

        def told(fault: Fault) -> None:
            if file is not None:
                file.write(f"{visible(str(fault))}\n")
            teller.fault(fault, to_screen=file is None)

        done = library.add(source, replace(order, told=told, progress=teller.progress))
    teller.close(skipped_to)
    if not quiet:
        shapes = f", {done.polygons:,} with polygons" if done.polygons else ""
        skipped = f"; {_many(done.skipped, 'row')} skipped" if done.skipped else ""
        say(console, f"{done.name}: {_many(done.places, 'place')}, {_many(done.names, 'name')}{shapes}{skipped}")
    return done


def show_added() -> bool:
    """Print the gazetteers that were added; whether all of them can be used."""
    page, found = _page(), library.added()
    if not found:
        page.print("No gazetteer was added; the embedded one is in use.")
        return True
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in ("name", "places", "names", "polygons", "skipped", "from", "MB", "added", "licence", "SHA-256"):
        table.add_column(column, overflow="fold", justify="right" if column in _NUMBERS else "left")
    for each in found:
        if each.problem is not None:
            table.add_row(each.name, *[""] * 4, Text(f"cannot be used: {each.problem}"))
            continue
        numbers = (f"{number:,}" for number in (each.places, each.names, each.polygons, each.skipped))
        size = f"{each.size / 1e6:,.1f}"
        told = (each.source, size, each.added, each.licence or "unknown", each.sha256)
        table.add_row(each.name, *numbers, *(Text(visible(cell)) for cell in told))
    page.print(table)
    return all(each.problem is None for each in found)


def show_hits(name: str, most: int) -> bool:
    """Print the places of a name; whether there are any.

    Raises:
        SettingsError: the name is empty.
    """
    if not any(map(str.isalnum, name)):
        raise SettingsError(f"{visible(name)!r} is no name to search for; write one with a letter or digit")
    page, hits = _page(), open_gazetteer().search(name, most)
    if not hits:
        say(page, visible(f"{name}: no place of that name is known"))
        return False
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in ("name", "kind", "in", "lat", "lon", "± km", "people", "id", "gazetteer", ""):
        table.add_column(column, overflow="fold", justify="right" if column in _NUMBERS else "left")
    for hit in hits:
        table.add_row(*(Text(visible(cell)) for cell in _cells(hit)))
    page.print(table)
    return True


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _page() -> Console:
    """Standard output, wide where nobody sees its edge."""
    page = Console(highlight=False)
    return page if page.is_terminal else Console(highlight=False, width=_WIDE)


def _cells(hit: Hit) -> tuple[str, ...]:
    sense = hit.sense
    kind = f"{sense.kind} ({sense.feature})" if sense.feature else sense.kind
    where = f"{sense.country or ''}{'.' + sense.admin1 if sense.admin1 else ''}"
    people = f"{sense.population:,}" if sense.population else ""
    return (
        sense.name, kind, where, f"{sense.lat:.4f}", f"{sense.lon:.4f}", f"{sense.radius_km:g}", people, sense.id,
        hit.gazetteer, _LIKENESS_TOLD[hit.likeness],
    )  # fmt: skip


def columns_from(told: str | None) -> Mapping[str, str]:
    """What `--columns name=Village,lat=Y` says.

    Raises:
        SettingsError: a part has no equals sign, or tells of a column once more.

    >>> columns_from("name=Village,lat=Y")
    {'name': 'Village', 'lat': 'Y'}
    """
    columns = {}
    for part in (told or "").split(","):
        column, mark, header = part.partition("=")
        if part.strip() and not (mark and header.strip()):
            raise SettingsError(f"--columns {part!r} cannot be read; write it as name=Village,lat=Y,lon=X")
        if column.strip() in columns:
            raise SettingsError(f"--columns tells of {column.strip()} twice; tell of it once")
        if part.strip():
            columns[column.strip()] = header.strip()
    return columns


class _Teller:
    """Tells of faults and of progress, in plain lines, few of them."""

    def __init__(self, console: Console, *, quiet: bool) -> None:
        self._console, self._quiet, self._faults = console, quiet, 0
        self._problems: Counter[str] = Counter()
        self._last = time.monotonic()

    def fault(self, fault: Fault, *, to_screen: bool) -> None:
        self._faults += 1
        if fault.problem in self._problems or len(self._problems) < _MOST_PROBLEMS:
            self._problems[fault.problem] += 1
        if to_screen and self._faults <= _MOST_TOLD:
            say(self._console, visible(f"skipped: {fault}"))

    def progress(self, step: Step, done: int, whole: int | None) -> None:
        now = time.monotonic()
        if self._quiet or now - self._last < _SECONDS_BETWEEN_LINES:
            return
        self._last = now
        if step == "fetching":
            of = f" of {whole / 1e6:,.1f}" if whole else ""
            say(self._console, f"fetching: {done / 1e6:,.1f}{of} MB")
        else:
            say(self._console, f"{step}: {done:,} places")

    def close(self, skipped_to: Path | None) -> None:
        if skipped_to is None and self._faults > _MOST_TOLD:
            more = self._faults - _MOST_TOLD
            say(self._console, f"skipped: {more:,} more rows; --skipped FILE writes down all of them")
        if not self._quiet and (skipped_to is not None or self._faults > _MOST_TOLD):
            self._sum_up()

    def _sum_up(self) -> None:
        """Tell of the problems that come again and again, where not each row is seen on the screen."""
        for problem, count in self._problems.most_common(_PROBLEMS_SUMMED):
            if count > 1:
                say(self._console, visible(f"skipped: {count:,} rows: {problem}"))
