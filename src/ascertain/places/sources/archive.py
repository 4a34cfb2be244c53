"""The bytes of a source: of the file, or of the one table in a zip archive, which is read and never unpacked."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from ascertain.model import DataFileError

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError)
_LOCKED = 0x1
_MOST_SWOLLEN, _SMALL = 200, 1 << 28  # a dump of GeoNames is five times its zip


def is_archive(path: Path) -> bool:
    """Whether a file is a zip archive, though it may be a broken one."""
    with path.open("rb") as file:
        return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06") or zipfile.is_zipfile(path)


@contextmanager
def opened(path: Path, title: str) -> Iterator[BinaryIO]:
    """The bytes of a file, or of the one table in an archive; `title` is what the file is called.

    Raises:
        DataFileError: the archive is broken, or holds no table, several, or what cannot be read.
    """
    if not is_archive(path):
        with path.open("rb") as file:
            yield file
        return
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(zipfile.ZipFile(path))
            member = stack.enter_context(archive.open(_table_in(title, archive)))
        except (*_BROKEN, OSError, ValueError, RuntimeError, struct.error) as error:
            raise _broken(title, error) from error
        try:
            yield member  # type: ignore[misc]  # a zip member reads as a binary file
        except _BROKEN as error:
            raise _broken(title, error) from error


def _broken(title: str, error: Exception) -> DataFileError:
    told = "" if str(error) == "File is not a zip file" else f" ({error})"
    problem = f"is a zip archive that is broken or cut short{told}"
    return DataFileError(problem, source=title, remedy="download it again")


def _table_in(title: str, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The one table of an archive.

    Raises:
        DataFileError: there is none, or several, or one that it is better not to read.
    """
    held = [info for info in archive.infolist() if _is_table(info)]
    for info in held:
        if problem := _danger(info):
            remedy = "get the archive from its publisher, or unpack it with care and add the table in it"
            raise DataFileError(problem, source=title, remedy=remedy)
    if len(held) == 1:
        return held[0]
    names = ", ".join(info.filename[:80] for info in held[:5]) or "nothing"
    endings = {PurePosixPath(info.filename).suffix.lower() for info in held}
    remedy = next((told for ending, told in _REMEDIES.items() if ending in endings), "unpack it, and add each table")
    raise DataFileError(f"holds {names}, and not one table", source=title, remedy=remedy)


_REMEDIES = {
    ".shp": "convert the shapefile to GeoJSON (EPSG:4326), and add that",
    ".xml": "save the sheet as CSV in UTF-8, and add that",
}


def _is_table(info: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(info.filename)
    return not (info.is_dir() or path.name.startswith(".") or "readme" in path.name.lower() or "__MACOSX" in path.parts)


def _danger(info: zipfile.ZipInfo) -> str | None:
    path = PurePosixPath(info.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in info.filename:
        return f"holds a file whose path leads out of the archive ({info.filename[:80]!r})"
    if info.flag_bits & _LOCKED:
        return f"holds a file that is locked by a password ({info.filename[:80]!r})"
    if info.file_size > max(_SMALL, _MOST_SWOLLEN * info.compress_size):
        return f"holds {info.filename[:80]!r}, which unpacks to {info.file_size / 1e9:,.1f} GB from next to nothing"
    return None
