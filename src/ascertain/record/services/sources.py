"""Sources: what a person names to be ingested, as originals: files, folders with all that is in them, streams."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from shutil import copyfileobj

from ascertain.intake.documents import Original
from ascertain.intake.inputs import STANDARD_INPUT, is_stream
from ascertain.intake.received import SetAside, printable
from ascertain.model import SettingsError
from ascertain.record.canonical import now


def check_sources(named: Iterable[str]) -> None:
    """Refuse sources that are not there.

    Raises:
        SettingsError: the first of them.
    """
    for source in named:
        if not source:
            raise SettingsError("one of the sources is named by nothing; give its path, or . for this folder")
        if source != STANDARD_INPUT and not Path(source).exists():
            raise SettingsError(f"{source}: no such file or folder; check the path")


def originals_in(named: Iterable[str], spool: Path) -> Iterator[Original | SetAside]:
    """Every original that the sources hold, in a steady order.

    Within folders what begins with a dot is passed over, and so are links to folders.

    Args:
        named: files, folders, or `-` for standard input.
        spool: a folder for streams, which can be read only once; it must outlast the use of them.
    """
    for number, source in enumerate(named):
        if is_stream(source):
            yield _spooled(source, spool / f"stream-{number}")
        elif Path(source).is_dir():
            yield from map(_file, _files_in(Path(source)))
        else:
            yield _file(Path(source))


def _file(path: Path) -> Original | SetAside:
    if path.is_file():
        return Original(path=path, name=path.name, address=os.fspath(path.absolute()), received=now())
    return SetAside(printable(str(path)), None, "is no plain file", "leave it out, or give what it leads to")


def _files_in(folder: Path) -> Iterator[Path]:
    for above, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(above, name) for name in sorted(files) if not name.startswith("."))


def _spooled(source: str, path: Path) -> Original:
    with path.open("wb") as file:
        if source == STANDARD_INPUT:
            copyfileobj(sys.stdin.buffer, file)
        else:
            with Path(source).open("rb") as stream:
                copyfileobj(stream, file)
    name = "standard input" if source == STANDARD_INPUT else Path(source).name
    return Original(path=path, name=name, address=f"<{name}>", received=now())
