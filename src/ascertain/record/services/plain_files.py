"""Plain files: which of those that a person names, or that lie in a folder, are taken in; the rest with its reason.

A folder may have been made by somebody else, and a link in it lead anywhere: to the machine's passwords, or to the
environment of this process. So nothing is followed out of a folder, and nothing is read that the system makes up.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ascertain.intake.documents import Original
from ascertain.intake.received import SetAside, printable
from ascertain.model import SettingsError
from ascertain.record.canonical import now

_OF_THE_SYSTEM = tuple(map(Path, ("/proc", "/sys", "/dev")))
_ORDINARY = Path("/dev/shm")  # memory that is used as a disk
_LEAVE_OUT = "leave it out, or give what is meant as a file"


def check_named(path: Path) -> None:
    """Refuse what is there and can be no source.

    Raises:
        SettingsError: it is a device or a socket, or the system makes it up.
    """
    if path.is_fifo():
        return
    if not (path.is_file() or path.is_dir()):
        raise SettingsError(f"{printable(str(path))}: is a device, and no file or folder; {_LEAVE_OUT}")
    if _is_of_the_system(_real(path)):
        raise SettingsError(f"{printable(str(path))}: is made up by the system, and no file; {_LEAVE_OUT}")


def file_named(path: Path) -> Original | SetAside:
    """A file that is named outright, wherever it leads."""
    return _original(path, _real(path))


def files_within(folder: Path) -> Iterator[Original | SetAside]:
    """The files of a folder and of those in it, in a steady order.

    What begins with a dot is passed over, and so are links to folders; a link that leads out of it is set aside.
    """
    top = _real(folder)
    for above, folders, files in os.walk(top):
        ours = [name for name in folders if not name.startswith(".") and not _is_of_the_system(Path(above, name))]
        folders[:] = sorted(ours)
        shown = folder / Path(above).relative_to(top)
        for name in sorted(name for name in files if not name.startswith(".")):
            yield _within(shown / name, _real(Path(above, name)), top)


def _within(path: Path, real: Path, top: Path) -> Original | SetAside:
    if not real.is_relative_to(top):
        problem = "is a link that leads out of the folder"
        return _aside(path, problem, "name what it leads to, if that is meant")
    return _original(path, real)


def _original(path: Path, real: Path) -> Original | SetAside:
    if _is_of_the_system(real) or not real.is_file():
        return _aside(path, "is no plain file", "leave it out, or give what it leads to")
    return Original(path=real, name=path.name, address=os.fspath(path.absolute()), received=now())


def _aside(path: Path, problem: str, remedy: str) -> SetAside:
    return SetAside(printable(str(path)), None, problem, remedy)


def _real(path: Path) -> Path:
    """Where a path leads; links in a ring are no error, and lead to no file."""
    return Path(os.path.realpath(path))


def _is_of_the_system(real: Path) -> bool:
    """Whether the system makes a path up, which leads through no link.

    >>> _is_of_the_system(Path("/proc/self/environ")), _is_of_the_system(Path("/home/ana/proc"))
    (True, False)
    """
    return not real.is_relative_to(_ORDINARY) and any(map(real.is_relative_to, _OF_THE_SYSTEM))
