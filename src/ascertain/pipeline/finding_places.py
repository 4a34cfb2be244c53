"""Places alone: reports in, one file of the place names in each out, the same bytes every time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

from ascertain.intake.columns import Columns
from ascertain.intake.inputs import MAX_CHARACTERS, Source, Survey, find_sources, read_items, survey
from ascertain.intake.received import Item
from ascertain.intake.spools import spool
from ascertain.model import Report, ReportId, ReportPlaces, SettingsError
from ascertain.pipeline.reading_chunks import chunked, read_in_order
from ascertain.pipeline.run import NO_REPORTS, Silence, Watcher, check_inputs, has_stream, spooled_streams, workers_for


@dataclass(frozen=True, slots=True)
class PlaceReader:
    """Finds the place names of reports; with `relative`, places told by way of another too.

    >>> (found,) = PlaceReader().read([Report(id="r1", text="Shells fell on Djibo, Burkina Faso.")])
    >>> [place.country for place in found.places]
    ['BF', 'BF']
    """

    relative: bool = False

    @property
    def identity(self) -> str:
        """The version of this package, and the file of place names."""
        from ascertain.places import open_gazetteer

        return f"ascertain {version('ascertain')}, gazetteer {open_gazetteer().fingerprint}"

    def read(self, reports: Iterable[Report]) -> Iterator[ReportPlaces]:
        """The places of each report; the gazetteer is opened at the first."""
        from ascertain.places import name_places

        for report in reports:
            places = name_places(report.text, relative=self.relative)
            yield ReportPlaces(report=ReportId(id=report.id), places=places)


@dataclass(frozen=True, slots=True)
class PlacesSummary:
    """What finding places came to; `set_aside` above zero means that some items could not be read."""

    reports: int
    places: int
    set_aside: int


def find_all_places(
    inputs: Sequence[str],
    out: Path,
    *,
    relative: bool = False,
    workers: int | None = None,
    max_characters: int = MAX_CHARACTERS,
    columns: Columns | None = None,
    watcher: Watcher | None = None,
) -> PlacesSummary:
    """Find the place names of all reports of the inputs, and write them to a file, one line a report.

    The file takes its name when all is done; a file of that name is replaced. The same inputs and gazetteer give the
    same bytes, for any number of workers. Worker processes start by `spawn`: call this under
    `if __name__ == "__main__":`.

    Args:
        inputs: files of any form that intake reads, folders, or `-` for standard input.
        out: the file for the results.
        relative: also write places told by way of another ("10 km south of Djibo").
        workers: processes that read; `None` is one for each core.
        max_characters: the longest text that is read.
        columns: which column of a table holds what; `None` leaves it to the tables' own headers.
        watcher: who is told how it goes.

    Raises:
        SettingsError: an input is not there, no report is found, or the file cannot be written.
        DataFileError: a file of words or places has a fault.
    """
    with ExitStack() as stack:
        check_inputs(inputs, out)
        if out.is_dir():
            raise SettingsError(f"{out}: is a folder; name a file with --out")
        folder = stack.enter_context(spool()) if has_stream(inputs) else None
        spooled = spooled_streams(inputs, folder) if folder else {}
        part = out.with_name(f"{out.name}.part")
        sources = [source for source in find_sources(inputs, spooled=spooled) if not _is_result(source, out, part)]
        if not sources:
            raise SettingsError(NO_REPORTS)
        file = stack.enter_context(_opened(part))
        read = partial(read_items, sources, max_characters=max_characters, columns=columns)
        summary = _written(read, survey(sources), file, PlaceReader(relative), workers, watcher or Silence())
        part.replace(out)
        return summary


def _opened(part: Path) -> BinaryIO:
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        return part.open("wb")
    except OSError as error:
        problem = f"{part.parent}: results cannot be written there ({error.strerror})"
        raise SettingsError(f"{problem}; name another file with --out") from error


def _is_result(source: Source, out: Path, part: Path) -> bool:
    return source.path.resolve() in (out.resolve(), part.resolve())


def _written(
    read: Callable[..., Iterator[Item]],
    ahead: Survey,
    file: BinaryIO,
    reader: PlaceReader,
    workers: int | None,
    watcher: Watcher,
) -> PlacesSummary:
    watcher.begin(items=ahead.items, done=0)
    received = read(on_unknown_field=watcher.unknown_field)
    reports = places = set_aside = 0
    for result in read_in_order(
        chunked(received), reader, workers_for(None if ahead.uncounted else ahead.items, workers)
    ):
        file.write("".join(f"{line}\n" for line in result.lines).encode())
        reports, places, set_aside = (
            reports + len(result.lines),
            places + result.claims,
            set_aside + len(result.set_aside),
        )
        for aside in result.set_aside:
            watcher.aside(aside)
        watcher.advance(items=result.items)
    file.flush()
    os.fsync(file.fileno())
    return PlacesSummary(reports, places, set_aside)
