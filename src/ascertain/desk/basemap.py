"""A base map of one's own, in place of the one in the package: a PMTiles file of vector tiles in Protomaps' schema.

In: a file's path. Out: the same, once it was looked into, and stretches of its bytes, as browsers ask for them. What is
where in its header is told by https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md, chapter 3.
"""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ascertain.model import SettingsError

_HEADER = struct.Struct("<8s8Q24xxBBB27x")
_MAGIC = b"PMTiles\x03"
_PLAIN, _GZIP = 1, 2
_VECTOR = 1
_DRAWN = "earth"
_MOST_TOLD = 16 << 20
_PIECE = 1 << 16
_RANGE = re.compile(r"\s*bytes\s*=\s*([0-9]{0,18})-([0-9]{0,18})\s*")
_MAKE = "`pmtiles extract` makes one of any part of the world (docs/desk.md, Maps)"


class Unsatisfiable(Exception):  # noqa: N818 -- what HTTP calls it
    """A stretch was asked for that begins after the file's end."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bytes of a file, from `first` to before `end`; `whole` where no part was asked for."""

    first: int
    end: int
    whole: bool = False


def checked(path: str | Path) -> Path:
    """The file, if it holds a map that the pages can draw.

    Raises:
        SettingsError: it is not there, cannot be read, is cut short, or is no such map; the message says what to do.
    """
    file = Path(path)
    try:
        fault = _fault(file)
    except OSError as error:
        raise SettingsError(
            f"the base map {file} cannot be read ({error.strerror or error}); name a .pmtiles file that can"
        ) from error
    if fault:
        raise SettingsError(f"the base map {file} {fault}")
    return file.resolve()


def stretch_of(asked: str, size: int) -> Stretch:
    """What a `Range` header asks for, of a file of `size` bytes; all of it where the header names none, or several.

    Raises:
        Unsatisfiable: there are no such bytes.

    >>> stretch_of("bytes=0-126", 1000), stretch_of("bytes=-5", 1000), stretch_of("bytes=990-2000", 1000)
    (Stretch(first=0, end=127, whole=False), Stretch(first=995, end=1000, whole=False), \
Stretch(first=990, end=1000, whole=False))
    """
    found = _RANGE.fullmatch(asked)
    if found is None or found[1] == found[2] == "":
        return Stretch(0, size, whole=True)
    first = int(found[1]) if found[1] else max(0, size - int(found[2]))
    end = min(int(found[2]) + 1, size) if found[1] and found[2] else size
    if first >= size:
        raise Unsatisfiable
    return Stretch(first, end) if first < end else Stretch(0, size, whole=True)


def pieces(file: Path, stretch: Stretch) -> Iterator[bytes]:
    """The bytes of a stretch, a few at a time: however large the file is, little of it is ever held."""
    left = stretch.end - stretch.first
    with file.open("rb") as opened:
        opened.seek(stretch.first)
        while left > 0 and (piece := opened.read(min(_PIECE, left))):
            left -= len(piece)
            yield piece


def _fault(file: Path) -> str | None:
    """What is wrong with a file, and what to do."""
    size = file.stat().st_size
    with file.open("rb") as opened:
        head = opened.read(_HEADER.size)
        if head.startswith(b"SQLite format 3"):
            return "is a database, perhaps MBTiles; `pmtiles convert` turns it into a .pmtiles file"
        if len(head) < _HEADER.size or not head.startswith(_MAGIC):
            return f"is no PMTiles file of version 3; {_MAKE}"
        _magic, *sections, inner, outer, kind = _HEADER.unpack(head)
        end = max(start + length for start, length in zip(sections[::2], sections[1::2], strict=True))
        if end > size:
            return f"is cut short: {end:,} bytes are told of and {size:,} are there; copy it again"
        if kind != _VECTOR:
            return f"holds pictures, or tiles that cannot be drawn; vector tiles (MVT) are needed: {_MAKE}"
        if not {inner, outer} <= {_PLAIN, _GZIP}:
            return f"is compressed in a way that browsers do not undo; gzip is needed: {_MAKE}"
        opened.seek(sections[2])
        layers = _layers(opened.read(min(sections[3], _MOST_TOLD)), inner)
    if _DRAWN not in layers:
        told = ", ".join(sorted(layers)) or "none told"
        return f"is not in Protomaps' schema, which has a layer {_DRAWN!r} (its layers: {told}); {_MAKE}"
    return None


def _layers(about: bytes, compression: int) -> set[str]:
    """The names of the layers that a map's metadata tell; none where they cannot be read."""
    try:
        told = zlib.decompressobj(wbits=31).decompress(about, _MOST_TOLD) if compression == _GZIP else about
        return {str(layer["id"]) for layer in json.loads(told)["vector_layers"]}
    except (zlib.error, ValueError, KeyError, TypeError):
        return set()
