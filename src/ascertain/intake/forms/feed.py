"""Feeds: RSS, Atom and JSON Feed. Each entry is a document; nothing is fetched.

An entry that the feed gives whole is its text. One that it only sums up, or only names, says so in its part, as the
page that the entry leads to tells more.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser

from ascertain.intake.documents import Document, Original
from ascertain.intake.encodings import decoded
from ascertain.intake.forms.fragments import text_of
from ascertain.intake.forms.unpacking import part_aside
from ascertain.intake.received import SetAside, printable
from ascertain.intake.settings import Settings
from ascertain.intake.written_days import day_told
from ascertain.model import InputError

_Told = Mapping[str, Any]

SUMMARY, TITLE = "summary", "title"
_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_]\w+)*")
_GLOBAL_ID = re.compile(r"(?:https?://|tag:|urn:)\S+", re.IGNORECASE)
_NO_TEXT = "open its link, and give the page"
_FEED_AGAIN = "fetch the feed again, or give the pages that it leads to"


def found(original: Original, settings: Settings, room: Path) -> Iterator[Document | SetAside]:  # noqa: ARG001 - as every form
    """Each entry: its full text where the feed has it, else its summary, else its title."""
    data = original.path.read_bytes()
    feed, entries = _of_json(data, original) if _is_json(data) else _of_xml(data, original.address)
    if not entries:
        yield SetAside(printable(original.address), None, "a feed without entries", _FEED_AGAIN)
    for number, entry in enumerate(entries, start=1):
        yield _document(original, number, entry, feed)


def _document(original: Original, number: int, entry: _Told, feed: _Told) -> Document | SetAside:
    whole, summary = text_of(_joined(entry.get("whole"))), text_of(_joined(entry.get("summary")))
    is_summary = len(summary) > len(whole)
    part = f"entry {number}, {SUMMARY}" if is_summary else f"entry {number}"
    text = summary if is_summary else whole
    title = text_of(_line(entry.get("title")) or "")
    if not text.strip() and title:
        text, part = title, f"entry {number}, {TITLE}"
    if not text.strip():
        return part_aside(original, part, "an entry without text", _NO_TEXT)
    link = _line(entry.get("link"))
    return Document(
        text,
        part=part,
        id=_id(_line(entry.get("id")) or link, feed, original),
        title=title or None,
        published=next((day for written in entry["dates"] if written and (day := day_told(written))), None),
        publisher=_line(feed.get("title")) or None,
        author=_line(entry.get("author")) or _line(feed.get("author")),
        url=link if link and _GLOBAL_ID.fullmatch(link) else None,
        language=_language(entry.get("language")) or _language(feed.get("language")),
    )


def _of_xml(data: bytes, address: str) -> tuple[_Told, list[_Told]]:
    """The feed and its entries, with the names that JSON Feed's have here too; what can be read of a broken one.

    Links are made whole by the feed's own base, else by the address that it came from.
    """
    parsed = feedparser.parse(io.BytesIO(data), response_headers={"content-location": address.partition(" > ")[0]})
    return dict(parsed.feed), [_entry_of_xml(dict(entry)) for entry in parsed.entries]


def _entry_of_xml(entry: _Told) -> _Told:
    contents = [each.get("value", "") for each in entry.get("content", ())]
    languages = [each.get("language") for each in entry.get("content", ())]
    return {
        "id": entry.get("id"),
        "link": entry.get("link"),
        "title": entry.get("title"),
        "author": entry.get("author"),
        "whole": max(contents, key=len, default=""),
        "summary": entry.get("summary"),
        "dates": [_line(entry.get(name)) for name in ("published", "created", "updated")],
        "language": next(filter(None, languages), None),
    }


def _is_json(data: bytes) -> bool:
    return data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _of_json(data: bytes, original: Original) -> tuple[_Told, list[_Told]]:
    try:
        feed = json.loads(decoded(data) or "")
    except (ValueError, RecursionError) as error:
        raise InputError("a broken JSON Feed", source=original.address, remedy=_FEED_AGAIN) from error
    items = feed.get("items") if isinstance(feed, dict) else None
    entries = items if isinstance(items, list) else []
    told = {"title": feed.get("title"), "language": feed.get("language"), "link": feed.get("home_page_url")}
    return {**told, "author": _author(feed)}, [_entry_of_json(each) for each in entries if isinstance(each, dict)]


def _entry_of_json(entry: _Told) -> _Told:
    return {
        "id": entry.get("id"),
        "link": entry.get("url") or entry.get("external_url"),
        "title": entry.get("title"),
        "author": _author(entry),
        "whole": entry.get("content_html") or entry.get("content_text"),
        "summary": entry.get("summary"),
        "dates": [_line(entry.get(name)) for name in ("date_published", "date_modified")],
        "language": entry.get("language"),
    }


def _author(told: _Told) -> str | None:
    authors = told.get("authors")
    all_of_them = authors if isinstance(authors, list) else [told.get("author")]
    return ", ".join(filter(None, (_line(each.get("name")) for each in all_of_them if isinstance(each, dict)))) or None


def _id(told: str | None, feed: _Told, original: Original) -> str | None:
    """The id that an entry gives itself; one that other feeds may give too is put after the site that gives it."""
    if not told or _GLOBAL_ID.fullmatch(told):
        return told
    site = next((host for address in (feed.get("link"), original.address) if (host := _host(_line(address)))), None)
    return f"{site}#{told}" if site else None


def _host(address: str | None) -> str | None:
    try:
        return urlsplit(address or "").hostname
    except ValueError:
        return None


def _language(told: object) -> str | None:
    match = _LANGUAGE.fullmatch(told.strip()) if isinstance(told, str) else None
    return match[1].lower() if match else None


def _line(told: object) -> str | None:
    if isinstance(told, int) and not isinstance(told, bool):
        return str(told)
    return " ".join(told.split()) or None if isinstance(told, str) else None


def _joined(told: object) -> str:
    return told if isinstance(told, str) else ""
