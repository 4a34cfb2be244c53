"""Keeping blobs: the bytes of originals under their SHA-256, written and read in chunks, whatever their size."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ascertain.model import InputError
from ascertain.record.handfuls import handfuls
from ascertain.record.models import Blob, BlobChunk
from ascertain.record.models.blobs import CHUNK
from ascertain.record.private import new_private_file
from ascertain.record.writing import persistently, writing

_CHUNKS_AT_ONCE = 16
_LEVEL = 3


@dataclass(frozen=True, slots=True)
class Hashed:
    """What a file held when it was looked through: its SHA-256, its size in bytes, and the SHA-256 of each chunk."""

    sha256: str
    size: int
    chunks: tuple[bytes, ...]


def hashed(path: Path) -> Hashed:
    """Look a file through.

    Raises:
        OSError: it cannot be read.
    """
    whole, size, chunks = hashlib.sha256(), 0, []
    for content in _chunks_in(path):
        whole.update(content)
        size += len(content)
        chunks.append(hashlib.sha256(content).digest())
    return Hashed(whole.hexdigest(), size, tuple(chunks))


def keep_blob(*, path: Path, told: Hashed) -> Blob:
    """Keep the bytes of a file; what is kept already is not written again.

    A large one is written in several transactions and is `whole` after the last; within a transaction of the caller's,
    it is a part of that.

    Raises:
        InputError: the file is not as it was when it was looked through.
        OSError: it cannot be read.
    """
    blob = Blob.objects.filter(pk=told.sha256).first()
    if blob is not None and blob.whole:
        return blob
    if len(told.chunks) <= _CHUNKS_AT_ONCE:
        return persistently(lambda: _keep_at_once(path, told))
    blob = persistently(lambda: _begun(told, whole=False))
    numbered = enumerate(_checked(path, told))
    for some in handfuls(numbered, _CHUNKS_AT_ONCE):
        chunks = [_chunk(blob, number, content) for number, content in some]
        persistently(partial(_write, chunks))
    persistently(lambda: _finish(blob))
    return blob


def content_of(blob: Blob) -> Iterator[bytes]:
    """The bytes of a blob, chunk by chunk.

    Raises:
        zlib.error: a chunk is damaged.
    """
    for number in range(-(-blob.size // CHUNK)):
        for content in BlobChunk.objects.filter(blob=blob, number=number).values_list("content", flat=True):
            yield zlib.decompress(bytes(content))


def write_blob(*, blob: Blob, path: Path) -> None:
    """Write the bytes of a blob into a file, which others cannot read."""
    with new_private_file(path) as file:
        for content in content_of(blob):
            file.write(content)


def _keep_at_once(path: Path, told: Hashed) -> Blob:
    contents = list(_checked(path, told))
    with writing():
        blob = _begun(told, whole=True)
        _write([_chunk(blob, number, content) for number, content in enumerate(contents)])
        if not blob.whole:
            _finish(blob)
    return blob


def _begun(told: Hashed, *, whole: bool) -> Blob:
    with writing():
        return Blob.objects.get_or_create(sha256=told.sha256, defaults={"size": told.size, "whole": whole})[0]


def _write(chunks: list[BlobChunk]) -> None:
    with writing():
        BlobChunk.objects.bulk_create(chunks, ignore_conflicts=True)


def _finish(blob: Blob) -> None:
    blob.whole = True
    with writing():
        blob.save(update_fields=["whole"])


def _chunk(blob: Blob, number: int, content: bytes) -> BlobChunk:
    return BlobChunk(blob=blob, number=number, content=zlib.compress(content, _LEVEL))


def _checked(path: Path, told: Hashed) -> Iterator[bytes]:
    """The chunks of a file, as long as they are what they were."""
    count = 0
    for count, content in enumerate(_chunks_in(path), 1):
        if count > len(told.chunks) or hashlib.sha256(content).digest() != told.chunks[count - 1]:
            raise _changed(path)
        yield content
    if count != len(told.chunks):
        raise _changed(path)


def _changed(path: Path) -> InputError:
    return InputError(
        "changed while it was being read", source=str(path), remedy="ingest it again when nothing writes to it"
    )


def _chunks_in(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while content := file.read(CHUNK):
            yield content
