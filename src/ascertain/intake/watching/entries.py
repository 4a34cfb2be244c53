"""The entries of a feed as it was received: which they are, and each as an original of its own.

The feed is read by the form `feed`, in a process of its own. An entry's own original is the feed as it was received
with all other entries cut out, so that what the record keeps are the publisher's bytes; a feed that cannot be cut (one
that is no XML, or broken) gives a line of JSONL in the exchange format in their place.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ascertain.intake.apart import Apart
from ascertain.intake.documents import PUBLISHED, TITLE, Document, Enclosed, Original, within
from ascertain.intake.fetching import RefusedError, checked_url, without_credentials
from ascertain.intake.received import SetAside, one_line, printable
from ascertain.intake.watching.state import Version, Waiting
from ascertain.model import InputError

_NO_ENTRIES = "a feed without entries"
_WHOLE_CHARACTERS = 2_000
_MOST_AROUND = 64 << 10
_TAG = re.compile(rb"<(/?)(item|entry)(?=[\s/>])")
_SKIPPED = ((b"<![CDATA[", b"]]>"), (b"<!--", b"-->"), (b"<?", b"?>"))
# How feeds end a text that they break off, in the languages that most feeds of the field are in.
_BROKEN_OFF = re.compile(
    r"(?:…|\.\.\.|(?:continue reading|read (?:more|on|the full story|the rest)|lire la suite|leer más|seguir leyendo"
    r"|weiterlesen|leia mais|читать (?:далее|дальше|полностью)|читати далі|اقرأ المزيد|للمزيد|devamını oku)[^\w]*)"
    r"[\])}\s]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed.

    Attributes:
        version: by which it is known.
        document: what is read out of it; without a text where nothing can be.
        span: the half-open span of the feed's bytes that it stands on; `None` where the feed cannot be cut.
        aside: why it cannot be read, where it cannot.
    """

    version: Version
    document: Document
    span: tuple[int, int] | None = None
    aside: SetAside | None = None

    @property
    def is_summary(self) -> bool:
        """Whether the feed seems to give less of the text than the page does."""
        text, part = self.document.text, self.document.part
        is_short = part.endswith((", summary", ", title")) and len(text) < _WHOLE_CHARACTERS
        return is_short or _BROKEN_OFF.search(text[-60:]) is not None

    @property
    def link(self) -> str | None:
        """The address of its page, where it is one of the web."""
        try:
            return without_credentials(checked_url(self.document.url or ""))
        except RefusedError:
            return None


@dataclass(frozen=True, slots=True)
class Entries:
    """What a feed holds.

    Attributes:
        original: the feed.
        entries: in its order, which is newest first in most.
        set_aside: what in it cannot be read and cannot be cut out either.
        is_whole: whether all of it was gone through.
    """

    original: Original
    entries: tuple[Entry, ...]
    set_aside: tuple[SetAside, ...] = ()
    is_whole: bool = True

    def own(self, entry: Entry, room: Path) -> Original:
        """An entry as an original of its own, in a new file in a folder."""
        cut = _cut(self.original.path, entry.span, [each.span for each in self.entries])
        data, name, media_type = (cut, self.original.name, self.original.media_type) if cut else _as_jsonl(entry)
        with tempfile.NamedTemporaryFile(prefix="entry-", dir=room, delete=False) as file:
            file.write(data)
        return dataclasses.replace(
            self.original,
            path=Path(file.name),
            name=name,
            address=within(self.original.address, entry.document.part),
            media_type=media_type,
            headers=(*source_of(entry.version), *self.original.headers),
        )


def source_of(version: Version, waited: Waiting | None = None) -> tuple[tuple[str, str], ...]:
    """Which entry of which feed an original comes from, and of a page what the feed tells of it, as headers of ours."""
    published = waited.published.isoformat() if waited and waited.published else None
    told = {TITLE: waited.title if waited else None, PUBLISHED: published}
    return (
        (":feed", version.feed),
        (":entry", version.identity),
        *((name, value) for name, value in told.items() if value),
    )


def entries_in(original: Original, feed: str, apart: Apart, room: Path) -> Entries:
    """The entries of a feed that was fetched.

    Args:
        original: the feed.
        feed: its name.
        apart: reads it.
        room: an empty folder.

    Raises:
        InputError: it is no feed.
    """
    found = [item for item in apart.found(original, room) if not isinstance(item, Enclosed)]
    if any(isinstance(item, SetAside) and item.problem == _NO_ENTRIES for item in found):
        return Entries(original, ())
    parts = [_part_of(item, original) for item in found]
    asides = [item for item in found if isinstance(item, SetAside)]
    if not any(parts):
        problem = asides[0].problem if asides else "no feed of entries"
        raise InputError(problem, source=feed, remedy="look in a browser for the address of the feed (RSS or Atom)")
    data = original.path.read_bytes()
    spans = _spans(data)
    cuts: Sequence[tuple[int, int] | None] = spans if len(spans) == len(found) else [None] * len(found)
    entries = [
        entry
        for item, part, cut in zip(found, parts, cuts, strict=True)
        if part and (entry := _entry(feed, item, part, cut, data)) is not None
    ]
    held = {id(entry.aside) for entry in entries}
    others = tuple(aside for aside in asides if id(aside) not in held)
    return Entries(original, tuple(entries), others, is_whole=all(parts))


def _part_of(item: Document | SetAside, original: Original) -> str:
    """Which entry something is that was found; nothing where it is none."""
    if isinstance(item, Document):
        return item.part
    before = printable(within(original.address, "entry"))
    return item.source.removeprefix(before.removesuffix("entry")) if item.source.startswith(f"{before} ") else ""


def _entry(feed: str, item: Document | SetAside, part: str, cut: tuple[int, int] | None, data: bytes) -> Entry | None:
    """An entry; one that cannot be read is one too, if it can be cut out, so that it is kept and can be tried again."""
    if isinstance(item, Document):
        return Entry(_version(feed, item), item, cut)
    if cut is None:
        return None
    digest = hashlib.sha256(data[slice(*cut)]).hexdigest()[:32]
    return Entry(Version(feed, digest, digest), Document("", part=part), cut, item)


def _version(feed: str, document: Document) -> Version:
    told = " ".join(f"{document.title or ''}\n{document.text}".split())
    digest = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]
    return Version(feed, printable(document.id or document.url or digest), digest)


def _spans(data: bytes) -> list[tuple[int, int]]:
    """Where each entry stands in the bytes of a feed of XML; none where that cannot be told."""
    spans: list[tuple[int, int]] = []
    start: int | None = None
    at = data.find(b"<")
    while at >= 0:
        end = at + 1
        skipped = next((close for begin, close in _SKIPPED if data.startswith(begin, at)), None)
        if skipped is not None:
            end = data.find(skipped, at)
        elif (tag := _TAG.match(data, at)) is not None:
            end = data.find(b">", at)
            if bool(tag[1]) == (start is None):
                return []
            if start is None:
                start = at
            else:
                spans.append((start, end + 1))
                start = None
        if end < 0:
            return []
        at = data.find(b"<", end)
    return [] if start is not None else spans


def _cut(path: Path, span: tuple[int, int] | None, spans: Sequence[tuple[int, int] | None]) -> bytes | None:
    """The feed with one entry of all; `None` where it cannot be cut, or what stands around the entries is too much."""
    known = [each for each in spans if each is not None]
    if span is None:
        return None
    data = path.read_bytes()
    head, foot = data[: min(known)[0]], data[max(known)[1] :]
    return head + data[slice(*span)] + foot if len(head) + len(foot) <= _MOST_AROUND else None


def _as_jsonl(entry: Entry) -> tuple[bytes, str, str]:
    document = entry.document
    fields = {
        "id": entry.version.identity,
        "text": document.text,
        "title": document.title,
        "published": document.published and document.published.isoformat(),
        "publisher": document.publisher,
        "url": document.url,
        "language": document.language,
    }
    told = {name: value for name, value in fields.items() if value is not None}
    line = one_line(json.dumps(told, ensure_ascii=False)) + "\n"
    return line.encode("utf-8", "replace"), "entry.jsonl", "application/jsonl"
