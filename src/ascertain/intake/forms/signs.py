"""The signs by which an original's form is known: what it holds first, then what its sender says, then its suffix.

Content that cannot be anything else decides (a PDF begins with `%PDF-`). Where the content is some text or other, the
media type and then the suffix may name a form of text; what they say of another form is a lie and does not count.
"""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePath

from ascertain.intake.chat_lines import is_chat
from ascertain.intake.encodings import decoded
from ascertain.intake.forms import unread

HEAD_BYTES = 1 << 16

MEDIA_TYPES = {
    "text/plain": "text",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "message/rfc822": "email",
    "application/mbox": "email",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/feed+json": "feed",
    "text/csv": "table",
    "text/tab-separated-values": "table",
    "application/jsonl": "jsonl",
    "application/x-ndjson": "jsonl",
    "application/json": "jsonl",
}
SUFFIXES = {
    ".txt": "text",
    ".md": "text",
    ".htm": "html",
    ".html": "html",
    ".xhtml": "html",
    ".eml": "email",
    ".mbox": "email",
    ".csv": "table",
    ".tsv": "table",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".rss": "feed",
    ".atom": "feed",
}

# What was matched once is not tried again otherwise (`?>`), or many small pieces would take for ever.
_XML_PREAMBLE = r"\s*(?><\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)*"
_FEED = re.compile(rf"{_XML_PREAMBLE}<(?:rss|feed|rdf:RDF|\w+:feed)[\s>]", re.S | re.I)
# Up to a kilobyte may stand before it (ISO 32000-1, annex H.3.4.1), but hardly a header and its empty line.
_PDF = re.compile(rb"(?:(?!\n\r?\n).){0,1019}?%PDF-\d", re.S)
_HTML = re.compile(
    rf"\s*<!doctype\s+html|{_XML_PREAMBLE}"
    r"<(?:html|head|body|title|meta|link|base|script|style|noscript|div|p|article|section|main|header|footer|nav|aside"
    r"|table|t[hrd]|tbody|ul|ol|li|dl|h[1-6]|hr|br|a|img|figure|span|font|center|b|i|u|em|strong|small|blockquote|pre"
    r"|form|iframe)(?:\s[^<>]*)?/?>",
    re.S | re.I,
)
_MACHINE_HEADER = re.compile(
    r"(?:Received|Return-Path|Message-ID|MIME-Version|Delivered-To|Content-Type|DKIM-Signature|X-[\w-]+):", re.I
)
_HEADER_LINE = re.compile(r"[!-9;-~]+:(?:\s|$)|[ \t]")
_MBOX = re.compile(r"(?:\s*\n)?From \S+.*\d{4}.*\r?\n[!-9;-~]+:")
_JSON = re.compile(r'\s*(?:\{\s*["}]|\[\s*[\{\]])')
_RELIEFWEB = re.compile(r'"fields"\s*:\s*\{|"totalCount"\s*:')
_TELEGRAM_PAGE = re.compile(r'<div class="page_body chat_page"|<div class="message (?:default|service)[ "]')
_TELEGRAM = re.compile(r'"messages"\s*:\s*\[|"(?:chats|personal_information)"\s*:\s*\{')


def form_of_content(path: Path) -> str | None:
    """The form that the content shows; `text` where it is plain text of no form of its own, `None` where it is no text.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    for begins, form in _BINARY:
        if begins(head):
            return form(path, head) if callable(form) else form
    text = decoded(_without_half_character(head))
    if text is None:
        return None
    form = next((form for is_such, form in _TEXTUAL if is_such(text)), "text")
    return "unread" if form == "text" and unread.is_typed_xml(head) else form


def form_of_label(media_type: str | None, name: str) -> str | None:
    """The form of text that the sender says it is, else that its suffix says.

    >>> form_of_label("text/html; charset=utf-8", "report.csv"), form_of_label(None, "report.CSV")
    ('html', 'table')
    """
    declared = (media_type or "").partition(";")[0].strip().lower()
    return MEDIA_TYPES.get(declared) or SUFFIXES.get(PurePath(name).suffix.lower())


def is_email(text: str) -> bool:
    """Whether a text begins with the header of a message that a machine wrote, or is a mailbox of such.

    >>> is_email("Received: by mx.example\\nSubject: Shelling\\n\\nTwo hurt.")
    True
    >>> is_email("From: the mayor\\nDate: 5 May\\n\\nTwo hurt.")
    False
    """
    if _MBOX.match(text):
        return True
    header = re.split(r"\r?\n[ \t]*\r?\n", text.lstrip("\r\n"), maxsplit=1)[0].splitlines()
    return all(map(_HEADER_LINE.match, header)) and any(map(_MACHINE_HEADER.match, header))


def _without_half_character(head: bytes) -> bytes:
    """The head up to its last line break, where it was cut off in the midst of a longer text."""
    if len(head) < HEAD_BYTES:
        return head
    return head[: head.rfind(b"\n") // 4 * 4] or head


def _form_of_zip(path: Path, head: bytes) -> str:
    """Word and workbooks are zips that hold a part of a known name; a zip that cannot be opened is still a zip."""
    if head.startswith(b"PK\x03\x04") and b"mimetypeapplication/vnd.oasis.opendocument.text" in head[:120]:
        return "odt"
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return "zip_archive"
    if "[Content_Types].xml" in names:
        return next((form for part, form in _OFFICE if any(name.startswith(part) for name in names)), "zip_archive")
    return (
        "warc" if "datapackage.json" in names and any(name.startswith("archive/") for name in names) else "zip_archive"
    )


_OFFICE = (("word/", "word"), ("xl/", "table"))


def _form_of_gzip(_: Path, head: bytes) -> str:
    try:
        begins = zlib.decompressobj(wbits=31).decompress(head, 16)
    except zlib.error:
        begins = b""
    return "warc" if begins.startswith(b"WARC/") else "zip_archive"


def _is_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar"


def _json_form(text: str) -> str | None:
    """Which JSON it is; a first line that is an object whole decides, else the names of fields that are seen."""
    if not _JSON.match(text):
        return None
    first, *more = text.lstrip().split("\n", 1)
    if more and "".join(more).lstrip().startswith("{"):
        try:
            if isinstance(json.loads(first), dict):
                return "jsonl"
        except (ValueError, RecursionError):
            pass
    if "https://jsonfeed.org/version/" in text[:2000]:
        return "feed"
    if _TELEGRAM.search(text):
        return "telegram"
    return "reliefweb" if '"data"' in text and _RELIEFWEB.search(text) else "jsonl"


_BINARY: tuple[tuple[Callable[[bytes], bool], str | Callable[[Path, bytes], str]], ...] = (
    (lambda head: _PDF.match(head) is not None, "pdf"),
    (lambda head: head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")), _form_of_zip),
    (lambda head: head.startswith(b"\x1f\x8b"), _form_of_gzip),
    (lambda head: head.startswith((b"BZh", b"\xfd7zXZ\x00")) or _is_tar(head), "zip_archive"),
    (lambda head: head.startswith(b"WARC/"), "warc"),
    (lambda head: head.startswith(b"{\\rtf"), "rtf"),
    (lambda head: unread.sign_in(head) is not None, "unread"),
)
_TEXTUAL: tuple[tuple[Callable[[str], bool], str], ...] = (
    (lambda text: _FEED.match(text) is not None, "feed"),
    (lambda text: _HTML.match(text) is not None and _TELEGRAM_PAGE.search(text) is not None, "telegram"),
    (lambda text: _HTML.match(text) is not None, "html"),
    (is_email, "email"),
    (is_chat, "whatsapp"),
    (lambda text: _json_form(text) == "feed", "feed"),
    (lambda text: _json_form(text) == "telegram", "telegram"),
    (lambda text: _json_form(text) == "reliefweb", "reliefweb"),
    (lambda text: _json_form(text) == "jsonl", "jsonl"),
)
