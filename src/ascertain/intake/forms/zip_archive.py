"""Archives: zip, tar and what is compressed by itself (gzip, bzip2, xz); each file in one is an original of its own."""

from __future__ import annotations

import bz2
import errno
import gzip
import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from ascertain.intake.documents import Enclosed, Original, within
from ascertain.intake.forms.unpacking import (
    Labels,
    Readable,
    TooMuchError,
    Unpacking,
    is_hidden,
    is_no_report,
    label,
    part_aside,
    too_much,
)
from ascertain.intake.received import SetAside, printable
from ascertain.intake.settings import Settings

_LOCKED = 0x1
_NAMES_ARE_UTF8 = 0x800
_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    gzip.BadGzipFile,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
    RuntimeError,
    IndexError,
    OverflowError,
)
_Opener = type[gzip.GzipFile] | type[bz2.BZ2File] | type[lzma.LZMAFile]
_OPENERS: tuple[tuple[bytes, str, _Opener], ...] = (
    (b"\x1f\x8b", ".gz", gzip.GzipFile),
    (b"BZh", ".bz2", bz2.BZ2File),
    (b"\xfd7zXZ\x00", ".xz", lzma.LZMAFile),
)
_TAR_BLOCK = 512
_AGAIN = "get the archive once more, or unpack it as far as it goes and give the folder"
_UNLOCK = "unpack it with its password, and give the folder"
_NO_LINK = "give the file that it points at"


def found(original: Original, settings: Settings, room: Path) -> Iterator[Enclosed | SetAside]:
    """Each file of the archive, pictures and recordings left out; what is locked, broken or a link is set aside."""
    unpacking = Unpacking(original, settings, room)
    try:
        yield from _found(original, unpacking)
    except TooMuchError:
        yield too_much(original)
    except _BROKEN as error:
        _check_disk(error)
        yield SetAside(printable(original.address), None, f"a broken archive ({_told(error)})", _AGAIN)


def _found(original: Original, unpacking: Unpacking) -> Iterator[Enclosed | SetAside]:
    with original.path.open("rb") as file:
        head = file.read(8)
    opener = next(((suffix, opened) for sign, suffix, opened in _OPENERS if head.startswith(sign)), None)
    if opener is not None:
        yield from _in_stream(original, unpacking, *opener)
    elif head.startswith(b"PK") or not tarfile.is_tarfile(original.path):
        yield from _in_zip(original, unpacking)
    else:
        with tarfile.open(original.path, "r|") as archive:
            yield from _in_tar(original, unpacking, archive)


def _in_zip(original: Original, unpacking: Unpacking) -> Iterator[Enclosed | SetAside]:
    labels = Labels()
    with zipfile.ZipFile(original.path) as archive:
        for info in archive.infolist():
            name = _zip_name(info)
            if info.is_dir() or is_hidden(name) or is_no_report(name):
                continue
            part = labels.of(name)
            if info.flag_bits & _LOCKED:
                yield part_aside(original, part, "locked by a password", _UNLOCK)
            elif stat.S_ISLNK(info.external_attr >> 16):
                yield part_aside(original, part, "a link to another file, which is not followed", _NO_LINK)
            else:
                yield _member(original, part, name, unpacking, partial(archive.open, info))


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The name of a member; many programs write UTF-8 without saying so."""
    if info.flag_bits & _NAMES_ARE_UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename


def _in_tar(original: Original, unpacking: Unpacking, archive: tarfile.TarFile) -> Iterator[Enclosed | SetAside]:
    labels = Labels()
    for info in archive:
        if info.isdir() or is_hidden(info.name) or is_no_report(info.name):
            continue
        part = labels.of(info.name)
        member = archive.extractfile(info) if info.isfile() else None
        if member is None:
            yield part_aside(original, part, "a link or device, which is not followed", _NO_LINK)
        else:
            yield _member(original, part, info.name, unpacking, partial(_same, member))
        archive.members = []  # type: ignore[attr-defined]  # what was passed is not kept: an archive may hold millions


def _in_stream(original: Original, unpacking: Unpacking, suffix: str, opened: _Opener) -> Iterator[Enclosed | SetAside]:
    with opened(original.path) as stream:
        is_tar = stream.read(_TAR_BLOCK)[257:262] == b"ustar"
    with opened(original.path) as stream:
        if is_tar:
            with tarfile.open(fileobj=stream, mode="r|") as archive:
                yield from _in_tar(original, unpacking, archive)
            return
        name = _unpacked_name(original.name, suffix)
        yield _member(original, name, name, unpacking, partial(_same, stream))


def _same(stream: Readable) -> Readable:
    return stream


def _unpacked_name(name: str, suffix: str) -> str:
    stem = name[: -len(suffix)] if name.lower().endswith(suffix) else name
    return stem or "content"


def _member(
    original: Original, part: str, name: str, unpacking: Unpacking, opened: Callable[[], Readable]
) -> Enclosed | SetAside:
    """One file of an archive; where it is broken, the others may still be whole."""
    try:
        path = unpacking.written(opened())
    except _BROKEN as error:
        _check_disk(error)
        return part_aside(original, part, f"broken in the archive ({_told(error)})", _AGAIN)
    if path is None:
        return part_aside(original, part, "larger than one original may be", "split it, or raise the limit")
    title = PurePosixPath(label(name)).name or "content"
    return Enclosed(Original(path, title, within(original.address, part), None, original.received), part)


def _check_disk(error: Exception) -> None:
    """A full disk is no fault of the archive."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        raise error


def _told(error: Exception) -> str:
    return printable(" ".join(str(error).split())[:200]) or type(error).__name__
