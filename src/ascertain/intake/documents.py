"""What is received, and what is found in it: originals, documents, and what they enclose."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

# Headers of ours: what a feed tells of a page, which counts where the page does not tell it.
TITLE, PUBLISHED = ":title", ":published"


@dataclass(frozen=True, slots=True)
class Original:
    """Bytes as they were received, in a file that nobody alters.

    Attributes:
        path: where the bytes lie.
        name: what the file is called, or the last part of its address; its suffix may lie.
        address: where it came from: a path as it was given, a URL, or the address of what enclosed it and the part.
        media_type: what the sender says it is, such as `text/html; charset=windows-1256`; it may lie.
        received: when it came, with its time zone.
        headers: what came with it, as sent, in order: a server's answer, or the source of a feed's entry.
    """

    path: Path
    name: str
    address: str
    media_type: str | None = None
    received: dt.datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One report as it was found in an original: what will be a `Report`, before it has an id.

    Attributes:
        text: the text to be read; offsets of claims count its code points, so it is never altered afterwards.
        part: which part of the original it is (`line 3`, `message 17`), so that it can be found there again; empty
            where the original is one document.
        id: the id that the source itself gives, if it gives one.
        title: a headline that stands apart from the text.
        published: the day of publication, where the source tells it.
        publisher: who published it.
        author: who wrote it, as the source tells it.
        url: its address, the canonical one where it names one.
        language: ISO 639-1 code, where the source tells it or its text does so surely.
        pages: for paged originals, the half-open span of the text that stands on each page.
    """

    text: str
    part: str = ""
    id: str | None = None
    title: str | None = None
    published: dt.date | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    pages: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Enclosed:
    """Something that an original holds and that is an original itself: an attachment, a file of an archive."""

    original: Original
    part: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one original may ask for before it is set aside.

    Attributes:
        original_bytes: of one original.
        whole_bytes: of one original of a form that can only be read whole (PDF, Word, HTML, XLSX, e-mail).
        characters: of one document's text.
        parts: documents and enclosed originals in one original.
        expansion: how many bytes may come out of an archive for each byte that went in, above a first 100 MB.
        depth: archives within archives.
        seconds: of work on one original's next part, by the clock.
        memory_bytes: of the process that reads it.
    """

    original_bytes: int = 8 << 30
    whole_bytes: int = 200 << 20
    characters: int = 2_000_000
    parts: int = 5_000_000
    expansion: int = 200
    depth: int = 4
    seconds: float = 60.0
    memory_bytes: int = 2 << 30


def within(address: str, part: str) -> str:
    """The address of a part of an original.

    >>> within("inbox.mbox", "message 17")
    'inbox.mbox > message 17'
    >>> within("inbox.mbox", "")
    'inbox.mbox'
    """
    return f"{address} > {part}" if part else address


def derived_id(sha256: str, part: str) -> str:
    """The id of a document to which its source gives none: of the SHA-256 of the original's bytes, and the part.

    >>> derived_id("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "message 17")
    'ref174b165572fcda'
    """
    told = f"{sha256}\n{part}"
    return f"r{hashlib.sha256(told.encode()).hexdigest()[:16]}"
