"""Web archives: WARC, and WACZ, which is a zip of them. Each page that a server gave is an original of its own.

After a record that cannot be read the next one is looked for, so that one broken record costs no other.
"""

from __future__ import annotations

import datetime as dt
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from fastwarc import ArchiveIterator, WarcRecord, WarcRecordType
from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, ZstdReader
from fastwarc.warc import HeaderMap

from ascertain.intake.documents import Enclosed, Original
from ascertain.intake.forms.unpacking import (
    Readable,
    TooMuchError,
    Unpacking,
    is_no_report,
    label,
    part_aside,
    too_much,
)
from ascertain.intake.received import SetAside, printable
from ascertain.intake.settings import Settings

_TAKEN = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion | WarcRecordType.revisit
_GZIP = b"\x1f\x8b"
_STARTS = {True: b"\x1f\x8b\x08", False: b"WARC/1."}
_BLOCK = 1 << 20
_MOST_RECORDS_BROKEN = 1000
_DATA = frozenset({"application/json", "application/x-json", "text/dns", "application/warc-fields"})
_FETCH = "archive the page once more, or leave it out"


@dataclass(slots=True)
class _Seen:
    """What came by: digests of what was fetched, and how many records there were, and broken ones."""

    digests: set[int]
    records: int = 0
    broken: int = 0


def found(original: Original, settings: Settings, room: Path) -> Iterator[Enclosed | SetAside]:
    """Each page that was fetched with success, with its address, its time and its headers.

    Pictures, recordings, styles, scripts and data that pages load are left out, and so are redirects and errors. A
    revisit says that a page was as before: it is left out where the archive holds that page, else set aside.
    """
    unpacking, seen = Unpacking(original, settings, room), _Seen(set())
    try:
        if zipfile.is_zipfile(original.path):
            yield from _in_wacz(original, unpacking, seen)
        else:
            yield from _in_file(original, original.path, unpacking, seen)
    except TooMuchError:
        yield too_much(original)
    if not seen.records and not seen.broken:
        yield SetAside(printable(original.address), None, "holds no record", "archive the pages once more")


def _in_wacz(original: Original, unpacking: Unpacking, seen: _Seen) -> Iterator[Enclosed | SetAside]:
    try:
        with zipfile.ZipFile(original.path) as archive:
            for info in archive.infolist():
                if info.filename.startswith("archive/") and not info.is_dir():
                    yield from _in_member(original, info.filename, archive, unpacking, seen)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as error:
        problem = f"a broken archive ({printable(str(error)) or type(error).__name__})"
        yield SetAside(printable(original.address), None, problem, "get it once more")
        seen.broken += 1


def _in_member(
    original: Original, name: str, archive: zipfile.ZipFile, unpacking: Unpacking, seen: _Seen
) -> Iterator[Enclosed | SetAside]:
    try:
        with archive.open(name) as member:
            path = unpacking.written(member)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        seen.broken += 1
        yield part_aside(original, label(name), f"broken in the archive ({printable(str(error))})", "get it once more")
        return
    if path is None:
        seen.broken += 1
        yield part_aside(original, label(name), "larger than one original may be", "split it, or raise the limit")
        return
    try:
        yield from _in_file(original, path, unpacking, seen)
    finally:
        path.unlink()


def _in_file(original: Original, path: Path, unpacking: Unpacking, seen: _Seen) -> Iterator[Enclosed | SetAside]:
    with path.open("rb") as file:
        is_packed = file.read(2) == _GZIP
        start: int | None = 0
        is_told = False
        while start is not None:
            file.seek(start)
            past, before = start + 1, seen.records
            try:
                with _faults_of_the_reader():
                    for record in ArchiveIterator(stream=file, record_types=_TAKEN, parse_http=False):
                        seen.records, is_told = seen.records + 1, False
                        past = record.stream_pos + (1 if is_packed else max(1, record.content_length))
                        yield from _of_record(original, record, unpacking, seen)
                return
            except _BrokenError:
                seen.broken += 1
                if not is_told:
                    part = f"record {seen.records + 1}, or what follows it"
                    yield part_aside(original, part, "a broken record", "archive what it held once more")
                is_told = seen.records > before
            start = _next_start(file, past, is_packed) if seen.broken < _MOST_RECORDS_BROKEN else None


class _BrokenError(Exception):
    """Bytes that the reader of web archives cannot read."""


@contextmanager
def _faults_of_the_reader() -> Iterator[None]:
    """Tell as `_BrokenError` what the reader tells as an OSError without a number, or by a panic."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ == "PanicException" or (isinstance(error, OSError) and error.errno is None):
            raise _BrokenError from error
        raise


def _next_start(file: BinaryIO, after: int, is_packed: bool) -> int | None:
    """Where the next record may begin, from a position on."""
    sign, at, kept = _STARTS[is_packed], after, b""
    file.seek(after)
    while block := file.read(_BLOCK):
        window = kept + block
        if (hit := window.find(sign)) >= 0:
            return at - len(kept) + hit
        at += len(block)
        kept = window[-len(sign) + 1 :]
    return None


def _of_record(
    original: Original, record: WarcRecord, unpacking: Unpacking, seen: _Seen
) -> Iterator[Enclosed | SetAside]:
    address = record.headers.get("WARC-Target-URI", "") or ""
    address = address.strip().removeprefix("<").removesuffix(">")
    part = label(f"record {seen.records}, {address}" if address else f"record {seen.records}")
    digest = record.headers.get("WARC-Payload-Digest")
    if record.record_type == WarcRecordType.revisit:
        if digest is None or hash(digest) not in seen.digests:
            problem = "a page that was as before, and that another archive holds"
            yield part_aside(original, part, problem, "give the archive of the earlier visit too")
        return
    if digest is not None:
        seen.digests.add(hash(digest))
    if not address:
        yield part_aside(original, part, "a record without an address", _FETCH)
        return
    if "Content-Length" not in record.headers:
        yield part_aside(original, part, "a record cut short", _FETCH)
        return
    if record.is_http:
        record.parse_http(auto_decode="none")
    told = record.http_headers if record.is_http_parsed else HeaderMap()
    if record.is_http_parsed and not 200 <= (told.status_code or 0) < 300:
        return
    media_type = told.get("Content-Type") if record.is_http_parsed else record.headers.get("Content-Type")
    if _is_no_page(address, media_type):
        return
    yield _page(original, part, address, record, told, media_type, unpacking)


def _is_no_page(address: str, media_type: str | None) -> bool:
    declared = (media_type or "").partition(";")[0].strip().lower()
    return not address.startswith(("http:", "https:")) or declared in _DATA or is_no_report("", declared)


def _page(
    original: Original,
    part: str,
    address: str,
    record: WarcRecord,
    told: HeaderMap,
    media_type: str | None,
    unpacking: Unpacking,
) -> Enclosed | SetAside:
    expected = record.content_length
    raw = unpacking.written(record.reader)
    if raw is None:
        return part_aside(original, part, "larger than one original may be", "raise the limit")
    if raw.stat().st_size < expected or record.headers.get("WARC-Truncated"):
        raw.unlink()
        return part_aside(original, part, "a page cut short when it was archived", _FETCH)
    path = _decoded(raw, told, unpacking)
    headers = tuple((label(name), label(value)) for name, value in told.items())
    name = unquote(urlsplit(address).path.rpartition("/")[2]) if _is_split(address) else ""
    held = Original(path, label(name) or "page", address, media_type, _time(record) or original.received, headers)
    return Enclosed(held, part)


def _is_split(address: str) -> bool:
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True


def _time(record: WarcRecord) -> dt.datetime | None:
    time = record.record_date
    return time if isinstance(time, dt.datetime) else None


def _decoded(path: Path, told: HeaderMap, unpacking: Unpacking) -> Path:
    """The page as the server meant it: chunks joined, then compression undone.

    Archives often hold pages already undone, with the headers of before: what cannot be undone stays as it is.
    """
    if "chunked" in (told.get("Transfer-Encoding") or "").lower():
        path = _undone(path, ChunkedReader, unpacking)
    packing = (told.get("Content-Encoding") or "").strip().lower()
    return _undone(path, _PACKINGS[packing], unpacking) if packing in _PACKINGS else path


def _undone(path: Path, reader: Callable[[BinaryIO], Readable], unpacking: Unpacking) -> Path:
    try:
        with path.open("rb") as file, _faults_of_the_reader():
            undone = unpacking.written(reader(file))
    except _BrokenError:
        return path
    if undone is None:
        return path
    path.unlink()
    return undone


_PACKINGS: dict[str, Callable[[BinaryIO], Readable]] = {
    "gzip": GzipReader,
    "x-gzip": GzipReader,
    "deflate": partial(GzipReader, zlib=True),
    "br": BrotliReader,
    "zstd": ZstdReader,
}
