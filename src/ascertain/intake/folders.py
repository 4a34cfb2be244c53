"""Folders: which of their files may hold reports; the others with the reason.

A folder may have been made by somebody else, and a link in it lead anywhere: to the machine's passwords, or to the
environment of this process. So nothing is followed out of a folder, and nothing is read that the system makes up.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ascertain.intake.forms.unpacking import is_no_report
from ascertain.intake.received import SetAside, printable
from ascertain.intake.results import MANIFEST, RESULTS
from ascertain.intake.source_forms import is_plain

_NOTES = ".md"
_OF_THE_SYSTEM = tuple(map(Path, ("/proc", "/sys", "/dev")))
_ORDINARY = Path("/dev/shm")  # memory that is used as a disk


@dataclass(frozen=True, slots=True)
class InFolder:
    """A plain file of a folder: its path under the folder as that was named, and where it leads."""

    path: Path
    real: Path


def files_in(folder: Path, *, without: Path | None = None) -> Iterator[InFolder | SetAside]:
    """The files of a folder and of those in it, sorted by path; what is no plain file of it is set aside.

    Passed over are names that begin with a dot, links to folders, the results of a run, and what lies beside reports
    and is none by its name: notes (`.md`), pictures, recordings, and what pages are dressed with.

    Args:
        folder: the folder; it may be a link itself.
        without: a folder within it to leave out, as it really is.
    """
    yield from _walk(folder, real(folder), without)


def real(path: Path) -> Path:
    """Where a path leads; links in a ring are no error, and lead to no file."""
    return Path(os.path.realpath(path))


def is_of_the_system(path: Path) -> bool:
    """Whether the system makes a path up, which leads through no link.

    >>> is_of_the_system(Path("/proc/self/environ")), is_of_the_system(Path("/home/ana/proc"))
    (True, False)
    """
    return not path.is_relative_to(_ORDINARY) and any(map(path.is_relative_to, _OF_THE_SYSTEM))


def _walk(folder: Path, top: Path, without: Path | None) -> Iterator[InFolder | SetAside]:
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    except OSError as error:
        problem = f"cannot be read: {error.strerror or error}"
        yield SetAside(printable(str(folder)), None, problem, "check the folder and the right to read it")
        return
    if MANIFEST in names:
        names = [name for name in names if name not in RESULTS]
    for path in (folder / name for name in names):
        if path.is_dir():
            if not path.is_symlink() and real(path) != without and not is_of_the_system(real(path)):
                yield from _walk(path, top, without)
        elif path.suffix.lower() != _NOTES and not is_no_report(path.name):
            yield _found(path, real(path), top)


def _found(path: Path, leads_to: Path, top: Path) -> InFolder | SetAside:
    if not leads_to.is_relative_to(top):
        problem, remedy = "is a link that leads out of the folder", "name what it leads to, if that is meant"
    elif is_of_the_system(leads_to) or not leads_to.is_file():
        problem, remedy = "is no plain file", "leave it out, or give what it leads to"
    elif path.suffix.lower() == ".xml" and is_plain(leads_to):
        problem, remedy = "XML of no known form", "save it as text, HTML, PDF or .docx, and give that"
    else:
        return InFolder(path, leads_to)
    return SetAside(printable(str(path)), None, problem, remedy)
