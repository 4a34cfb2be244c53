"""The run: reports in, claims and incidents out, in one folder, the same bytes every time."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pydantic import BaseModel

from ascertain.intake import results
from ascertain.intake.columns import Columns
from ascertain.intake.inputs import (
    MAX_CHARACTERS,
    STANDARD_INPUT,
    Source,
    Survey,
    find_sources,
    is_stream,
    read_items,
    survey,
)
from ascertain.intake.received import SetAside, one_line
from ascertain.intake.spools import spool
from ascertain.model import Reading, SettingsError
from ascertain.pipeline import journal as journals
from ascertain.pipeline.readers import Reader, RuleReader
from ascertain.pipeline.reading_chunks import MAX_ITEMS, chunked, read_in_order

if TYPE_CHECKING:
    from ascertain.incidents.lineage import Lineage
    from ascertain.incidents.linking.model import LinkModel
    from ascertain.incidents.series import Series


DEFAULT_POLICY = "ascertain"
NO_REPORTS = "no reports found; give files of reports, or folders that hold some"


class Watcher(Protocol):
    """Who is told how a run goes."""

    def begin(self, *, items: int, done: int) -> None:
        """Reading begins: of about `items` items, `done` were done before the run was broken off.

        How many an archive, a table or a chat holds shows only when it is read.
        """

    def advance(self, *, items: int) -> None:
        """So many more items are read and on disk."""

    def aside(self, item: SetAside) -> None:
        """An item was set aside."""

    def unknown_field(self, source: str, name: str) -> None:
        """A report has a field that the exchange format lacks; may be told many times."""

    def linking(self) -> None:
        """All is read; incidents are being built."""


@dataclass(frozen=True, slots=True)
class RunSettings:
    """How a run is done. Only `apart`, `policy`, `max_characters`, `columns` and the reader change what
    comes out.

    Attributes:
        workers: processes that read; `None` is one for each core.
        resume: go on with the unfinished run in the folder.
        replace: results of another run in the folder may be replaced.
        apart: keep each report's incidents to itself.
        policy: the name of the policy that chooses the incidents' figures (docs/figures.md).
        max_characters: the longest text that is read.
        columns: which column of a table holds what; `None` leaves it to the tables' own headers.
        reader: who reads.
    """

    workers: int | None = None
    resume: bool = False
    replace: bool = False
    apart: bool = False
    policy: str = DEFAULT_POLICY
    max_characters: int = MAX_CHARACTERS
    columns: Columns | None = None
    reader: Reader = field(default_factory=RuleReader)


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run came to; `set_aside` above zero means that some items could not be read. `tolls`, `conditions` and
    `negotiations` count the series."""

    reports: int
    claims: int
    incidents: int
    set_aside: int
    tolls: int = 0
    conditions: int = 0
    negotiations: int = 0


def run(
    inputs: Sequence[str], out: Path, *, settings: RunSettings | None = None, watcher: Watcher | None = None
) -> RunSummary:
    """Read all reports of the inputs and write their claims, incidents and series, and what was set aside, to a folder.

    The same inputs and settings give the same bytes, for any number of workers and however often the run was broken
    off and gone on with. Worker processes start by `spawn`: call this under `if __name__ == "__main__":`.

    Args:
        inputs: files of any form that intake reads, folders, or `-` for standard input.
        out: the folder for the results; it is made where it is not there.
        settings: how.
        watcher: who is told how it goes.

    Raises:
        SettingsError: an input or the policy is not there, no report is found, the folder cannot be written in or holds
            something else, or the run to go on with had other inputs or settings.
        DataFileError: a file of words or places that the reader needs has a fault.
    """
    chosen = settings or RunSettings()
    _check_policy(chosen.policy)
    with ExitStack() as stack:
        check_inputs(inputs, out)
        stack.enter_context(journals.only_run_in(out))
        folder = stack.enter_context(spool()) if has_stream(inputs) else None
        return _Run(inputs, out, chosen, watcher or Silence(), folder).do()


class _Run:
    """One run: what it reads, how, and where to."""

    def __init__(
        self, inputs: Sequence[str], out: Path, settings: RunSettings, watcher: Watcher, folder: Path | None
    ) -> None:
        self._inputs, self._out, self._settings, self._watcher = tuple(inputs), out, settings, watcher
        self._spooled = spooled_streams(self._inputs, folder) if folder else {}

    def do(self) -> RunSummary:
        ahead = survey(self._sources())
        if next(self._sources(), None) is None:
            raise SettingsError(NO_REPORTS)
        fingerprint = self._fingerprint(ahead)
        position = _starting_point(self._out, fingerprint, self._settings)
        if position is None:
            return _summary_in(self._out)
        if position.complete:
            journals.publish(self._out)
            return _summary_in(self._out)
        with journals.journal_of(self._out, fingerprint, position) as journal:
            self._read(journal, ahead)
            self._watcher.linking()
            self._describe(journal.position, self._link(), fingerprint)
            journal.complete()
        return _summary_in(self._out)

    def _sources(self) -> Iterator[Source]:
        return find_sources(self._inputs, spooled=self._spooled, without=self._out)

    def _read(self, journal: journals.Journal, ahead: Survey) -> None:
        done = journal.position.items
        self._watcher.begin(items=ahead.items, done=done)
        items = read_items(
            self._sources(),
            max_characters=self._settings.max_characters,
            columns=self._settings.columns,
            on_unknown_field=self._watcher.unknown_field,
        )
        workers = workers_for(None if ahead.uncounted else ahead.items - done, self._settings.workers)
        for result in read_in_order(chunked(islice(items, done, None)), self._settings.reader, workers):
            journal.add(items=result.items, claims=result.claims, lines=result.lines, set_aside=result.set_aside)
            for aside in result.set_aside:
                self._watcher.aside(aside)
            self._watcher.advance(items=result.items)

    def _link(self) -> dict[str, int]:
        """Build the incidents and the series from the claims on disk; how many of each there are."""
        from ascertain.incidents import build
        from ascertain.incidents.lineage import trace

        readings, apart = _Readings(journals.part_of(self._out, results.CLAIMS)), self._settings.apart
        lineage = None if apart else trace(readings)
        issued = journals.issued_in(self._out)
        incidents = build(
            readings,
            lineage=lineage,
            apart=apart,
            policy=self._settings.policy,
            issued=issued,
            on_model=self._write_model,
        )
        if apart:
            (self._out / results.LINKS).unlink(missing_ok=True)
        written = self._write(results.INCIDENTS, incidents)
        series = _Series(readings, lineage)
        return {
            "incidents": written,
            "tolls": self._write(results.TOLLS, (line for each in series for line in each.tolls())),
            "conditions": self._write(results.CONDITIONS, (line for each in series for line in each.conditions())),
            "negotiations": self._write(
                results.NEGOTIATIONS, (line for each in series for line in each.negotiations())
            ),
        }

    def _write_model(self, model: LinkModel) -> None:
        """Write by what parameters the reports were linked."""
        from ascertain.incidents.linking.model import as_toml

        journals.part_of(self._out, results.LINKS).write_text(as_toml(model), encoding="utf-8")

    def _write(self, name: str, values: Iterable[BaseModel]) -> int:
        """Write a result, a line for each value, and see it to disk; how many they are."""
        count = 0
        with journals.part_of(self._out, name).open("wb") as file:
            for count, value in enumerate(values, 1):  # noqa: B007 -- the last one counts them
                file.write(f"{one_line(value.model_dump_json())}\n".encode())
            file.flush()
            os.fsync(file.fileno())
        return count

    def _describe(self, position: journals.Position, linked: dict[str, int], fingerprint: str) -> None:
        manifest = {
            "reader": self._settings.reader.identity,
            "apart": self._settings.apart,
            "policy": self._settings.policy,
            "max_characters": self._settings.max_characters,
            "inputs": [given.encode("utf-8", "backslashreplace").decode() for given in self._inputs],
            "fingerprint": fingerprint,
            "reports": position.reports,
            "claims": position.claims,
            **linked,
            "set_aside": position.set_aside,
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
        journals.part_of(self._out, results.MANIFEST).write_text(text, encoding="utf-8")

    def _fingerprint(self, ahead: Survey) -> str:
        """What a run must share with the one that it goes on with: the inputs, and what changes the results."""
        settings = self._settings
        parts: list[object] = [
            settings.reader.identity,
            settings.apart,
            settings.policy,
            settings.max_characters,
            ahead.fingerprint,
        ]
        if settings.columns is not None:
            parts.append(asdict(settings.columns))
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _check_policy(name: str) -> None:
    """Refuse a policy that there is not; loaded here, as what knows them takes a second to load."""
    if name != DEFAULT_POLICY:
        from ascertain.incidents.policies import policy_named

        policy_named(name)


def check_inputs(inputs: Sequence[str], out: Path) -> None:
    """Refuse inputs that are not there, and results that would go where an input is.

    Raises:
        SettingsError: for either.
    """
    if "" in inputs:
        raise SettingsError("one of the inputs is named by nothing; give its path, or . for this folder")
    missing = [given for given in inputs if given != STANDARD_INPUT and not Path(given).exists()]
    if missing:
        raise SettingsError(f"{missing[0]}: no such file or folder; check the path")
    if any(Path(given).resolve() == out.resolve() for given in inputs if given != STANDARD_INPUT):
        raise SettingsError(f"{out}: is both an input and the place for results; name another with --out")


def has_stream(inputs: Iterable[str]) -> bool:
    """Whether one of the inputs can be read only once."""
    return any(is_stream(given) for given in inputs)


def spooled_streams(inputs: Iterable[str], folder: Path) -> dict[str, Path]:
    """Each stream among the inputs, written to a file, as a stream can be read only once."""
    files: dict[str, Path] = {}
    for given in inputs:
        if is_stream(given) and given not in files:
            files[given] = folder / f"stream-{len(files)}.jsonl"
            with files[given].open("wb") as file:
                if given == STANDARD_INPUT:
                    shutil.copyfileobj(sys.stdin.buffer, file)
                else:
                    with Path(given).open("rb") as stream:
                        shutil.copyfileobj(stream, file)
    return files


def _starting_point(out: Path, fingerprint: str, settings: RunSettings) -> journals.Position | None:
    """Where to begin; `None` where the run is done already.

    Raises:
        SettingsError: the folder holds what may not be replaced or gone on with.
    """
    unfinished = journals.position_in(out)
    if unfinished is not None:
        return _point_of_unfinished(out, fingerprint, unfinished, settings)
    finished = journals.finished_in(out)
    same = finished is not None and finished.get("fingerprint") == fingerprint
    if same and settings.resume:
        return None
    if same or settings.replace or not any((out / name).exists() for name in results.RESULTS):
        return journals.Position()
    raise SettingsError(f"{out}: holds the results of another run; name another folder with --out, or add --replace")


def _point_of_unfinished(
    out: Path, fingerprint: str, unfinished: tuple[str, journals.Position], settings: RunSettings
) -> journals.Position:
    their_fingerprint, position = unfinished
    if settings.replace:
        return journals.Position()
    if not settings.resume:
        problem = f"{out}: holds an unfinished run"
        raise SettingsError(f"{problem}; add --resume to go on with it, or --replace to start anew")
    if their_fingerprint != fingerprint:
        problem = f"{out}: the unfinished run there had other inputs, settings or versions"
        raise SettingsError(f"{problem}; go on with the same ones, or add --replace without --resume to start anew")
    return position


def _summary_in(out: Path) -> RunSummary:
    manifest = journals.finished_in(out)
    if manifest is None:
        raise SettingsError(f"{out / results.MANIFEST}: gone while the run was going on; run again with --replace")
    return RunSummary(**{name: int(str(manifest[name])) for name in RunSummary.__dataclass_fields__})


@dataclass(frozen=True, slots=True)
class _Readings:
    """The readings in a file, to be gone through as often as needed."""

    path: Path

    def __iter__(self) -> Iterator[Reading]:
        with self.path.open("rb") as file:
            for line in file:
                yield Reading.model_validate_json(line)


class _Series:
    """The series over all readings, gathered once; or, without a lineage, those of each report, one after the other."""

    def __init__(self, readings: Iterable[Reading], lineage: Lineage | None) -> None:
        from ascertain.incidents.series import gather

        self._readings, self._gather = readings, gather
        self._together = gather(readings, lineage) if lineage else None

    def __iter__(self) -> Iterator[Series]:
        if self._together is not None:
            return iter((self._together,))
        return (self._gather([reading]) for reading in self._readings)


def workers_for(items: int | None, wanted: int | None) -> int:
    """How many processes read: those wanted, or one for each core, but no more than have something to do.

    `items` is `None` where nobody knows how many there are.
    """
    workers = wanted or _cores()
    return workers if items is None else min(workers, max(1, -(-items // MAX_ITEMS)))


def _cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Silence:
    """A watcher that tells nobody."""

    def begin(self, *, items: int, done: int) -> None:
        """Nothing."""

    def advance(self, *, items: int) -> None:
        """Nothing."""

    def aside(self, item: SetAside) -> None:
        """Nothing."""

    def unknown_field(self, source: str, name: str) -> None:
        """Nothing."""

    def linking(self) -> None:
        """Nothing."""
