"""Exports of Telegram Desktop: `result.json`, of one chat or of all, and `messages.html`.

Each message with text is a document; its media are named in its part and not opened. Lines that the system writes, and
messages of media alone, are left out.
"""

from __future__ import annotations

import codecs
import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from lxml.html import HtmlElement

from ascertain.intake.documents import Document, Original
from ascertain.intake.markup import page_of, shown_text
from ascertain.intake.received import SetAside, printable
from ascertain.intake.settings import Settings
from ascertain.intake.streamed_json import BrokenJsonError, Window
from ascertain.intake.written_days import day_told

_OTHER_FIELDS = 1 << 20
_MEDIA = ("photo", "file", "thumbnail")
_ABOUT_A_CHAT = ("name", "type", "id")
_PUBLIC = frozenset({"public_channel", "public_supergroup"})
_NONE = "holds no message with text"
_AGAIN = "export it again as JSON"

_Told = dict[str, Any]


def found(original: Original, settings: Settings, room: Path) -> Iterator[Document | SetAside]:  # noqa: ARG001 - as every form
    """Each message with text, in the order of the export."""
    with original.path.open("rb") as file:
        is_page = file.read(256).lstrip(codecs.BOM_UTF8 + b" \t\r\n").startswith(b"<")
    is_empty = True
    for document in _of_page(original) if is_page else _of_json(original, settings):
        is_empty = False
        yield document
    if is_empty:
        yield SetAside(printable(original.address), None, _NONE, "export the chat with its messages")


def _of_json(original: Original, settings: Settings) -> Iterator[Document | SetAside]:
    with original.path.open(encoding="utf-8-sig", errors="replace") as file:
        window = _window(file, settings)
        try:
            for chat, message in _messages(window, {}):
                if document := _document(chat, message):
                    yield document
        except BrokenJsonError as error:
            label = printable(original.address)
            yield SetAside(
                label, error.line, f"broken JSON: {printable(str(error))}; what comes after is not read", _AGAIN
            )


def _window(file: TextIO, settings: Settings) -> Window:
    return Window(file, settings.limits.characters * 12 + _OTHER_FIELDS)


def _messages(window: Window, chat: _Told) -> Iterator[tuple[_Told, Any]]:
    """Each message with what the export says of its chat, wherever in the tree of chats it stands."""
    for name in window.names():
        if name == "messages" and window.is_next("["):
            for _ in window.places():
                yield chat, window.value()
        elif name in ("chats", "left_chats") and window.is_next("{"):
            yield from _messages(window, {})
        elif name == "list" and window.is_next("["):
            for _ in window.places():
                if window.is_next("{"):
                    yield from _messages(window, {})
                else:
                    window.value()
        elif name in _ABOUT_A_CHAT:
            chat[name] = window.value()
        else:
            window.value()


def _document(chat: _Told, message: Any) -> Document | None:
    if not isinstance(message, dict) or message.get("type") != "message":
        return None
    text = _text(message.get("text")) or _text(message.get("text_entities"))
    if not text.strip():
        return None
    number, publisher, sender = message.get("id"), _line(chat.get("name")), _line(message.get("from"))
    told = [f"message {number}", _edited(message.get("edited")), _media(message)]
    return Document(
        text,
        part=", ".join(filter(None, told)),
        id=_id(chat, number),
        published=day_told(_line(message.get("date")) or ""),
        publisher=publisher,
        author=_author(_line(message.get("forwarded_from")), sender, publisher),
        url=_address(chat, number),
    )


def _text(told: object) -> str:
    """The text of a message: a string, or pieces of which those with a style are objects."""
    if isinstance(told, str):
        return told
    pieces = told if isinstance(told, list) else ()
    return "".join(piece if isinstance(piece, str) else str(_piece(piece)) for piece in pieces)


def _piece(piece: object) -> str:
    text = piece.get("text") if isinstance(piece, Mapping) else None
    return text if isinstance(text, str) else ""


def _author(forwarded: str | None, sender: str | None, chat: str | None) -> str | None:
    """Whose words they are: of whom they are forwarded from, else of the sender where that is not the chat itself."""
    return forwarded or (sender if sender != chat else None)


def _id(chat: _Told, number: object) -> str | None:
    chat_number = chat.get("id")
    return f"telegram:{chat_number}/{number}" if _is_number(chat_number) and _is_number(number) else None


def _address(chat: _Told, number: object) -> str | None:
    """The link to a message of a public channel; the export does not hold the channel's own name in links."""
    is_public = chat.get("type") in _PUBLIC and _is_number(chat.get("id")) and _is_number(number)
    return f"https://t.me/c/{chat['id']}/{number}" if is_public else None


def _is_number(told: object) -> bool:
    return isinstance(told, int) and not isinstance(told, bool)


def _edited(told: object) -> str | None:
    day = _line(told)
    return f"edited {day}" if day and not day.startswith("1970") else None


def _media(message: Mapping[str, Any]) -> str | None:
    name = next((line for key in _MEDIA if (line := _line(message.get(key))) and not line.startswith("(")), None)
    return f"with {name}" if name else None


def _line(told: object) -> str | None:
    return " ".join(told.split()) or None if isinstance(told, str) else None


def _of_page(original: Original) -> Iterator[Document]:
    """The messages of a page; one that goes on from the one before does not repeat who sent it."""
    tree = page_of(original.path.read_bytes(), "utf-8", source=original.address)
    chat = _first_text(tree, "page_header")
    sender: str | None = None
    for message in _all(tree, "message"):
        if "service" in _classes(message):
            continue
        body = next(iter(_all(message, "body")), None)
        if body is None:
            continue
        forwarded = next(iter(_all(body, "forwarded")), None)
        sender = _own_sender(body) or sender
        text = "\n\n".join(filter(None, (shown_text(each).strip() for each in _all(body, "text"))))
        if text:
            number = (message.get("id") or "").removeprefix("message")
            yield Document(
                text,
                part=", ".join(filter(None, (f"message {number}", _media_of_page(body)))),
                published=_day_of_page(body),
                publisher=chat,
                author=_author(_forwarded_from(forwarded), sender, chat),
            )


def _own_sender(body: HtmlElement) -> str | None:
    return next((_shown(each) for each in body.iterchildren("div") if "from_name" in _classes(each)), None)


def _forwarded_from(forwarded: HtmlElement | None) -> str | None:
    if forwarded is None:
        return None
    name = next(iter(_all(forwarded, "from_name")), None)
    if name is None:
        return None
    for date in _all(name, "date"):
        date.drop_tree()
    return _shown(name)


def _day_of_page(body: HtmlElement) -> dt.date | None:
    """The day in the title of a message's time: `05.03.2024 14:05:06 UTC+02:00`."""
    for element in body.iterchildren("div"):
        if "date" in _classes(element) and (title := element.get("title")):
            written = title.split()[0] if title.split() else ""
            day, _, rest = written.partition(".")
            month, _, year = rest.partition(".")
            return day_told(f"{year}-{month}-{day}")
    return None


def _media_of_page(body: HtmlElement) -> str | None:
    addresses = (link.get("href") or "" for media in _all(body, "media_wrap") for link in media.iter("a"))
    name = next((address for address in addresses if address and ":" not in address), None)
    return f"with {name}" if name else None


def _first_text(tree: HtmlElement, name: str) -> str | None:
    element = next(iter(_all(tree, name)), None)
    titles = _all(element, "bold") if element is not None else []
    return _shown(titles[0]) if titles else None


def _all(tree: HtmlElement, name: str) -> list[HtmlElement]:
    return [element for element in tree.iterdescendants() if name in _classes(element)]


def _classes(element: HtmlElement) -> list[str]:
    return (element.get("class") or "").split()


def _shown(element: HtmlElement) -> str | None:
    return _line(shown_text(element))
