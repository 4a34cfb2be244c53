"""Writing out what an archive holds, within limits on all of it together; the names in it are never used as paths."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Protocol

from ascertain.intake.documents import Original, within
from ascertain.intake.received import SetAside, printable
from ascertain.intake.settings import Settings

FREE_BYTES = 100 << 20
_BLOCK = 1 << 18
_NO_REPORTS = ("image/", "video/", "audio/", "font/")
_NO_REPORT = frozenset(
    {
        "text/css",
        "text/javascript",
        "application/javascript",
        "application/x-javascript",
        "application/font-woff",
        "application/font-woff2",
        "application/vnd.ms-fontobject",
        "application/x-font-ttf",
        "application/x-font-woff",
        "application/x-shockwave-flash",
        "application/wasm",
        "application/ogg",
    }
)
_LONGEST_NAME = 1_000


class Readable(Protocol):
    """What bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """So many bytes at most; none at the end."""


class TooMuchError(Exception):
    """More comes out of the archive than it may hold."""


class Unpacking:
    """What comes out of one archive: how much of it is still allowed, and where it is put.

    The first 100 MB are free; beyond, so many bytes may come out for each byte of the archive.
    """

    def __init__(self, original: Original, settings: Settings, room: Path) -> None:
        self._room, self._number = room, 0
        self._most_of_one = settings.limits.original_bytes
        self._left = FREE_BYTES + settings.limits.expansion * original.path.stat().st_size

    def written(self, member: Readable) -> Path | None:
        """A file with the bytes of a member; `None` where they are more than one original may have.

        Raises:
            TooMuchError: the archive swells beyond measure.
        """
        path, size = self._room / f"{self._number:08d}", 0
        self._number += 1
        with path.open("wb") as file:
            for block in self._blocks(member):
                size += len(block)
                if size > self._most_of_one:
                    break
                file.write(block)
        if size <= self._most_of_one:
            return path
        path.unlink()
        return None

    def _blocks(self, member: Readable) -> Iterator[bytes]:
        while block := member.read(_BLOCK):
            self._left -= len(block)
            if self._left < 0:
                raise TooMuchError
            yield block


def is_no_report(name: str, media_type: str | None = None) -> bool:
    """Whether a part is a picture, a recording, or what a page is dressed with: left out of what an archive holds.

    >>> is_no_report("photos/1.JPG"), is_no_report("page", "text/css; charset=utf-8"), is_no_report("a.pdf")
    (True, True, False)
    """
    told = (media_type or mimetypes.guess_type(name, strict=False)[0] or "").partition(";")[0].strip().lower()
    return told.startswith(_NO_REPORTS) or told in _NO_REPORT


def is_hidden(name: str) -> bool:
    """Whether a member is one that systems leave behind: a hidden file, or one of `__MACOSX`.

    >>> is_hidden("__MACOSX/._a.txt"), is_hidden("a/.DS_Store"), is_hidden("../a.txt")
    (True, True, False)
    """
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part == "__MACOSX" or (part.startswith(".") and part not in (".", "..")) for part in parts)


def label(name: str) -> str:
    """The name of a member as it can be shown and kept; it leads nowhere, as it is never used as a path.

    >>> label("..\\\\..\\\\a\\x00.txt")
    '../../a\\\\x00.txt'
    """
    return printable(name.replace("\\", "/"))[:_LONGEST_NAME]


class Labels:
    """Labels of which no two are alike.

    >>> labels = Labels()
    >>> labels.of("a.txt"), labels.of("b.txt"), labels.of("a.txt")
    ('a.txt', 'b.txt', 'a.txt (2)')
    """

    def __init__(self) -> None:
        self._times: dict[str, int] = {}

    def of(self, name: str) -> str:
        """The label of the next member of this name."""
        shown = label(name)
        times = self._times[shown] = self._times.get(shown, 0) + 1
        return shown if times == 1 else f"{shown} ({times})"


def too_much(original: Original) -> SetAside:
    """What is said of an archive that swells beyond measure."""
    problem = "unpacks to far more than it weighs; what comes after is not read"
    return SetAside(printable(original.address), None, problem, "unpack it with care, and give the folder")


def part_aside(original: Original, part: str, problem: str, remedy: str) -> SetAside:
    """What is said of one part of an original."""
    return SetAside(printable(within(original.address, part)), None, problem, remedy)
