"""Plain files: which of those that a person names, or that lie in a folder, are taken in; the rest with its reason."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ascertain.intake.documents import Original
from ascertain.intake.folders import files_in, is_of_the_system, real
from ascertain.intake.received import SetAside, printable
from ascertain.model import SettingsError
from ascertain.record.canonical import now

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
    if is_of_the_system(real(path)):
        raise SettingsError(f"{printable(str(path))}: is made up by the system, and no file; {_LEAVE_OUT}")


def file_named(path: Path) -> Original | SetAside:
    """A file that is named outright, wherever it leads."""
    leads_to = real(path)
    if is_of_the_system(leads_to) or not leads_to.is_file():
        problem, remedy = "is no plain file", "leave it out, or give what it leads to"
        return SetAside(printable(str(path)), None, problem, remedy)
    return _original(path, leads_to)


def files_within(folder: Path) -> Iterator[Original | SetAside]:
    """The files of a folder and of those in it (`intake.folders`), in a steady order."""
    for found in files_in(folder):
        yield found if isinstance(found, SetAside) else _original(found.path, found.real)


def _original(path: Path, leads_to: Path) -> Original:
    return Original(path=leads_to, name=path.name, address=os.fspath(path.absolute()), received=now())
