"""The results folder, and how far a run has come: what makes a run safe to kill and to go on with.

Results grow in `.part` files. After each chunk the journal gets a line that says how long they are and how many items
of the input they cover; whatever was written after the last whole line is cut off before going on. When all is written,
the journal says so, the parts take their names, and the journal goes.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from ascertain.intake.received import SetAside
from ascertain.intake.results import (
    CLAIMS,
    INCIDENTS,
    MANIFEST,
    RESULTS,
    SET_ASIDE,
)
from ascertain.model import SettingsError

JOURNAL = "run.journal"


@dataclass(frozen=True, slots=True)
class Position:
    """How far a run has come: items of the input done, what came of them, and the bytes that hold it."""

    items: int = 0
    reports: int = 0
    claims: int = 0
    set_aside: int = 0
    claims_bytes: int = 0
    set_aside_bytes: int = 0
    complete: bool = False


class Journal:
    """The journal of one run in its results folder; a context manager made by `Journal.begun`."""

    def __init__(self, folder: Path, file: BinaryIO, position: Position) -> None:
        self.folder, self.position, self._file = folder, position, file
        self._claims = _cut_to(part_of(folder, CLAIMS), position.claims_bytes)
        self._set_aside = _cut_to(part_of(folder, SET_ASIDE), position.set_aside_bytes)

    def add(self, *, items: int, claims: int, lines: Iterable[str], set_aside: Iterable[SetAside]) -> None:
        """Write what came of the next items, and then, once that is on disk, that it is written."""
        lines, asides = tuple(lines), tuple(aside.as_json() for aside in set_aside)
        written = self.position
        self.position = replace(
            written,
            items=written.items + items,
            reports=written.reports + len(lines),
            claims=written.claims + claims,
            set_aside=written.set_aside + len(asides),
            claims_bytes=written.claims_bytes + _append(self._claims, lines),
            set_aside_bytes=written.set_aside_bytes + _append(self._set_aside, asides),
        )
        self._note()

    def complete(self) -> None:
        """Note that every result is written in full, and let the results take their names."""
        self._claims.close()
        self._set_aside.close()
        self.position = replace(self.position, complete=True)
        self._note()
        self._file.close()
        publish(self.folder)

    def close(self) -> None:
        """Let go of the files; the run can go on later."""
        for file in (self._claims, self._set_aside, self._file):
            file.close()

    def _note(self) -> None:
        _append(self._file, [json.dumps(asdict(self.position))])


@contextmanager
def journal_of(folder: Path, fingerprint: str, position: Position) -> Iterator[Journal]:
    """The journal of a run that stands at `position`, to write on."""
    head = (json.dumps({"fingerprint": fingerprint}), json.dumps(asdict(position)))
    with part_of(folder, JOURNAL).open("wb") as fresh:
        _append(fresh, head)
    part_of(folder, JOURNAL).replace(folder / JOURNAL)
    journal = Journal(folder, (folder / JOURNAL).open("ab"), position)
    try:
        yield journal
    finally:
        journal.close()


def position_in(folder: Path) -> tuple[str, Position] | None:
    """The fingerprint of the unfinished run in a folder and how far it has come; `None` where there is none.

    A line that was cut short is passed over, and so is one that says more than the parts hold.

    Raises:
        SettingsError: the journal is not one.
    """
    try:
        lines = (folder / JOURNAL).read_bytes().split(b"\n")[:-1]
    except FileNotFoundError:
        return None
    if not lines:
        return None
    try:
        fingerprint = str(json.loads(lines[0])["fingerprint"])
        positions = [Position(**json.loads(line)) for line in lines[1:]]
    except (ValueError, TypeError, KeyError):
        problem = f"{folder / JOURNAL}: is no journal of a run, or a damaged one"
        raise SettingsError(f"{problem}; remove it and add --replace, or name another folder with --out") from None
    held = (position for position in reversed(positions) if position.complete or _is_held(folder, position))
    return fingerprint, next(held, Position())


def finished_in(folder: Path) -> dict[str, object] | None:
    """What `run.json` says of the finished run in a folder; `None` where there is none."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) else None


def issued_in(folder: Path) -> frozenset[str]:
    """The ids of the incidents that a folder holds from a run before, those that lead to others included."""
    try:
        lines = (folder / INCIDENTS).read_bytes().splitlines()
        rows = [json.loads(line) for line in lines]
        return frozenset(id for row in rows for id in (row["id"], *row.get("formerly", ())))
    except (FileNotFoundError, ValueError, TypeError, KeyError, AttributeError):
        return frozenset()


def publish(folder: Path) -> None:
    """Give each part that is there its name, and remove the journal; may be done again after being broken off."""
    for name in RESULTS:
        if part_of(folder, name).exists():
            part_of(folder, name).replace(folder / name)
    (folder / JOURNAL).unlink()


def part_of(folder: Path, name: str) -> Path:
    """Where a result grows until it is whole."""
    return folder / f"{name}.part"


@contextmanager
def only_run_in(folder: Path) -> Iterator[None]:
    """Make the results folder and hold it for this run alone (on Windows, two runs are not told apart).

    Raises:
        SettingsError: it cannot be made or written in, or another run holds it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        TemporaryFile(dir=folder).close()
    except OSError as error:
        problem = f"{folder}: results cannot be written there ({error.strerror})"
        raise SettingsError(f"{problem}; name another folder with --out") from error
    with _held(folder):
        yield


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold the system's lock on a folder, which ends with the process, however that ends."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        problem = f"{folder}: another run is writing there"
        raise SettingsError(f"{problem}; wait for it, or name another folder with --out") from None
    finally:
        os.close(handle)


def _append(file: BinaryIO, lines: Iterable[str]) -> int:
    """Append lines and see them to disk; how many bytes it was."""
    data = "".join(f"{line}\n" for line in lines).encode("utf-8")
    if data:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return len(data)


def _cut_to(path: Path, length: int) -> BinaryIO:
    path.touch()
    file = path.open("r+b")
    file.truncate(length)
    file.seek(length)
    return file


def _is_held(folder: Path, position: Position) -> bool:
    lengths = {CLAIMS: position.claims_bytes, SET_ASIDE: position.set_aside_bytes}
    return all(_length(part_of(folder, name)) >= length for name, length in lengths.items())


def _length(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return -1
