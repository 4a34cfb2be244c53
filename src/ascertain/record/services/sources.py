"""Sources: what a person names to be ingested, as originals: files, folders, streams, and addresses of the web."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from ascertain.intake.documents import Limits, Original
from ascertain.intake.fetching import Fetcher, FetchError, FetchSettings
from ascertain.intake.inputs import STANDARD_INPUT, is_stream
from ascertain.intake.received import SetAside, printable
from ascertain.model import SettingsError
from ascertain.record.canonical import now
from ascertain.record.services.plain_files import check_named, file_named, files_within

_SCHEMES = ("http://", "https://")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.I)
_LIMITS = Limits()
_BLOCK = 1 << 20
# One address, named by hand: it may be large and slow, and is tried again while the person waits.
AN_ADDRESS = FetchSettings(bytes=4 << 30, seconds=1800.0, attempts=3)


def check_sources(named: Iterable[str]) -> None:
    """Refuse sources that are not there, or can be none.

    Raises:
        SettingsError: the first of them.
    """
    for source in named:
        if not source:
            raise SettingsError("one of the sources is named by nothing; give its path, or . for this folder")
        if source == STANDARD_INPUT or is_address(source):
            continue
        if Path(source).exists():
            check_named(Path(source))
        elif _SCHEME.match(source):
            raise SettingsError(f"{printable(source)}: only http and https are fetched; give a file by its path")
        else:
            raise SettingsError(f"{printable(source)}: no such file or folder; check the path")


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
    named: Iterable[str], spool: Path, *, fetching: FetchSettings = AN_ADDRESS, limits: Limits = _LIMITS
) -> Iterator[Original | SetAside]:
    """Every original that the sources hold, in a steady order.

    Within folders what begins with a dot is passed over, and so are links to folders; a link to a file is followed only
    within the folder.

    Args:
        named: files, folders, `-` for standard input, or addresses of http or https.
        spool: a folder for streams and for what is fetched; it must outlast the use of them.
        fetching: how addresses are fetched (`docs/watching.md`).
        limits: how much may come by a stream.

    Raises:
        SettingsError: `fetching` cannot be followed, or a source is a device.
    """
    fetcher = Fetcher(fetching)
    for number, source in enumerate(named):
        if is_address(source):
            yield _fetched(source, fetcher, spool)
        elif is_stream(source):
            yield _spooled(source, spool / f"stream-{number}", limits.original_bytes)
        elif Path(source).is_dir():
            yield from files_within(Path(source))
        else:
            yield file_named(Path(source))


def _fetched(address: str, fetcher: Fetcher, spool: Path) -> Original | SetAside:
    try:
        original = fetcher.fetch(address, spool).original
    except FetchError as error:
        return SetAside.because(error)
    assert original is not None
    return original


def _spooled(source: str, path: Path, most: int) -> Original | SetAside:
    """What comes by a stream, in a file; it may never end, and is set aside with what came beyond the limit."""
    name = "standard input" if source == STANDARD_INPUT else Path(source).name
    with path.open("wb") as file, _stream(source) as stream:
        whole = _copied(stream, file, most)
    if not whole:
        path.unlink()
        problem = f"more than the {most / 1e6:,.0f} MB that are read"
        return SetAside(f"<{printable(name)}>", None, problem, "split it into its parts")
    return Original(path=path, name=name, address=f"<{name}>", received=now())


def _stream(source: str) -> AbstractContextManager[BinaryIO]:
    return nullcontext(sys.stdin.buffer) if source == STANDARD_INPUT else Path(source).open("rb")


def _copied(stream: BinaryIO, file: BinaryIO, most: int) -> bool:
    """Whether all of it was, and was not more than so many bytes."""
    while block := stream.read(_BLOCK):
        if file.tell() + len(block) > most:
            return False
        file.write(block)
    return True
