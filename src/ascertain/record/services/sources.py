"""Sources: what a person names to be ingested, as originals: files, folders, streams, and addresses of the web."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from shutil import copyfileobj

from ascertain.intake.documents import Original
from ascertain.intake.fetching import Fetcher, FetchError, FetchSettings
from ascertain.intake.inputs import STANDARD_INPUT, is_stream
from ascertain.intake.received import SetAside, printable
from ascertain.model import SettingsError
from ascertain.record.canonical import now

_SCHEMES = ("http://", "https://")
# One address, named by hand: it may be large and slow, and is tried again while the person waits.
AN_ADDRESS = FetchSettings(bytes=4 << 30, seconds=1800.0, attempts=3)


def check_sources(named: Iterable[str]) -> None:
    """Refuse sources that are not there.

    Raises:
        SettingsError: the first of them.
    """
    for source in named:
        if not source:
            raise SettingsError("one of the sources is named by nothing; give its path, or . for this folder")
        if source != STANDARD_INPUT and not is_address(source) and not Path(source).exists():
            raise SettingsError(f"{source}: no such file or folder; check the path")


def address_settings(*, contact: str | None, allow_private: Sequence[str]) -> FetchSettings:
    """How addresses that a person names are fetched: with what they tell of themselves, and the networks they allow."""
    return replace(AN_ADDRESS, contact=contact, allow_private=tuple(allow_private))


def is_address(source: str) -> bool:
    """Whether a source is an address of the web.

    >>> is_address("https://example.org/a.html"), is_address("https.txt")
    (True, False)
    """
    return source.lower().startswith(_SCHEMES)


def originals_in(
    named: Iterable[str], spool: Path, *, fetching: FetchSettings = AN_ADDRESS
) -> Iterator[Original | SetAside]:
    """Every original that the sources hold, in a steady order.

    Within folders what begins with a dot is passed over, and so are links to folders.

    Args:
        named: files, folders, `-` for standard input, or addresses of http or https.
        spool: a folder for streams and for what is fetched; it must outlast the use of them.
        fetching: how addresses are fetched (`docs/watching.md`).

    Raises:
        SettingsError: `fetching` cannot be followed.
    """
    fetcher = Fetcher(fetching)
    for number, source in enumerate(named):
        if is_address(source):
            yield _fetched(source, fetcher, spool)
        elif is_stream(source):
            yield _spooled(source, spool / f"stream-{number}")
        elif Path(source).is_dir():
            yield from map(_file, _files_in(Path(source)))
        else:
            yield _file(Path(source))


def _fetched(address: str, fetcher: Fetcher, spool: Path) -> Original | SetAside:
    try:
        original = fetcher.fetch(address, spool).original
    except FetchError as error:
        return SetAside.because(error)
    assert original is not None
    return original


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
