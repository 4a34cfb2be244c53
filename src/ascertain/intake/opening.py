"""Opening originals to the last document, also those that archives and messages enclose, within limits on the whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from types import TracebackType

from ascertain.intake.apart import Apart
from ascertain.intake.documents import Document, Enclosed, Original
from ascertain.intake.forms.unpacking import FREE_BYTES
from ascertain.intake.received import SetAside, printable
from ascertain.intake.settings import Settings


@dataclass(frozen=True, slots=True)
class Opened:
    """A document, the address of the original that it lies in, and the SHA-256 of that one's bytes."""

    document: Document
    address: str
    sha256: str


class Opening:
    """Opens originals, one at a time; a context manager that leaves no process and no file behind.

    Each depth of archives within archives has a process of its own, so that what an archive encloses is opened as it is
    found.

    >>> with TemporaryDirectory() as folder, Opening() as opening:
    ...     path = Path(folder, "a.txt")
    ...     _ = path.write_text("Two people were hurt.")
    ...     [found.document.text for found in opening.documents(Original(path, "a.txt", "a.txt"))]
    ['Two people were hurt.']
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings or Settings()
        self._folder: TemporaryDirectory[str] | None = None
        self._aparts: list[Apart] = []
        self._rooms = 0
        self._left = 0

    def documents(self, original: Original) -> Iterator[Opened | SetAside]:
        """All documents in an original and in what it encloses, in order; what cannot be read is set aside."""
        try:
            self._left = FREE_BYTES + self._settings.limits.expansion * original.path.stat().st_size
            yield from self._documents(original, 0)
        except _SwollenError:
            problem = "unpacks to far more than it weighs; what comes after is not read"
            yield SetAside(printable(original.address), None, problem, "unpack it with care, and give the folder")
        except OSError as error:
            problem = f"cannot be read: {error.strerror or error}"
            yield SetAside(printable(original.address), None, problem, "check the file and the right to read it")

    def _documents(self, original: Original, depth: int) -> Iterator[Opened | SetAside]:
        room, sha256 = self._room(depth), _sha256(original.path)
        try:
            for found in self._apart(depth).found(original, room):
                if isinstance(found, Document):
                    yield Opened(found, original.address, sha256)
                elif isinstance(found, Enclosed):
                    yield from self._enclosed(found, depth + 1)
                else:
                    yield found
        finally:
            rmtree(room, ignore_errors=True)

    def _enclosed(self, found: Enclosed, depth: int) -> Iterator[Opened | SetAside]:
        self._left -= found.original.path.stat().st_size
        if self._left < 0:
            raise _SwollenError
        if depth > self._settings.limits.depth:
            problem = f"lies more than {self._settings.limits.depth} archives deep"
            yield SetAside(printable(found.original.address), None, problem, "unpack it, and give what is in it")
        else:
            yield from self._documents(found.original, depth)
        found.original.path.unlink(missing_ok=True)

    def _apart(self, depth: int) -> Apart:
        while len(self._aparts) <= depth:
            self._aparts.append(Apart(self._settings))
        return self._aparts[depth]

    def _room(self, depth: int) -> Path:
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="ascertain-")
        self._rooms += 1
        room = Path(self._folder.name, f"depth-{depth}", str(self._rooms))
        room.mkdir(parents=True)
        return room

    def __enter__(self) -> Opening:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for apart in self._aparts:
            apart.close()
        if self._folder is not None:
            self._folder.cleanup()


class _SwollenError(Exception):
    """More was enclosed in an original, and in what it encloses, than it may hold."""


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
