"""Chats exported from WhatsApp, as text: each message with words is a document.

A file does not say whether its days begin with the day or the month. All its days together may: one after the 12th, or
days that would run backwards. Where they do not, the file is set aside, as a day in the wrong month is worse than none.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ascertain.intake.chat_lines import heads_in
from ascertain.intake.documents import Document, Original
from ascertain.intake.encodings import decoded
from ascertain.intake.received import SetAside, printable
from ascertain.intake.settings import Settings
from ascertain.intake.written_days import Order, Orders, day_by

_EARLIEST = dt.date(2009, 1, 1)
_CHAT = re.compile(r"WhatsApp(?: Chat)?(?: with| con| com| avec| mit| -)? ([^>/\\]+?)(?:\.txt|\.zip)\b")
_ATTACHED = re.compile(r"<[^<>:]{1,30}: ([^<>]{1,120}\.\w{2,5})>|([^\s/\\]{1,120}\.\w{2,5}) \([^()]{3,40}\)")
_PLACEHOLDER = re.compile(r"<[^<>]{3,60}>")
_EDITED = re.compile("\\s*(?:\u200e<[^<>]{3,80}>|<This message was edited>)$")
# What the apps write in place of a message that its sender took back.
_TAKEN_BACK = frozenset(
    {
        "This message was deleted",
        "You deleted this message",
        "Se eliminó este mensaje",
        "Eliminaste este mensaje",
        "Ce message a été supprimé",
        "Mensagem apagada",
        "Diese Nachricht wurde gelöscht",
        "Данное сообщение удалено",
        "تم حذف هذه الرسالة",
        "null",
    }
)
_UNTOLD = "does not tell whether its days begin with the day or with the month"
_MORE = "export the chat again with more messages, so that one is of a day after the 12th"


def found(original: Original, settings: Settings, room: Path) -> Iterator[Document | SetAside]:  # noqa: ARG001 - as every form
    """Each message with words; what the system writes, media alone and what was taken back are left out."""
    text = decoded(original.path.read_bytes()) or ""
    latest = original.received.date() + dt.timedelta(days=1) if original.received else dt.date.max
    orders = Orders(one_after_the_other=True, earliest=_EARLIEST, latest=latest)
    for head, _ in heads_in(_lines(text)):
        orders.add(head.day)
    order = orders.only()
    if order is None:
        yield SetAside(printable(original.address), None, _UNTOLD, _MORE)
        return
    yield from _messages(original, text, order)


def _lines(text: str) -> Iterator[str]:
    return (line.removesuffix("\r") for line in text.removeprefix("\ufeff").split("\n"))


def _messages(original: Original, text: str, order: Order) -> Iterator[Document | SetAside]:
    chat = _CHAT.search(original.address)
    stamp, times, is_empty = "", Counter[str](), True
    for number, (head, lines) in enumerate(heads_in(_lines(text)), start=1):
        words = _words(lines)
        if head.sender is None or not words:
            continue
        day = day_by(order, head.day)
        if stamp != (stamp := f"{day} {head.time}"):
            times.clear()
        key = _key(stamp, head.sender, words)
        times[key] += 1
        is_empty = False
        yield Document(
            words,
            part=", ".join(filter(None, (f"message {number}", _media(lines)))),
            id=f"whatsapp:{key}" if times[key] == 1 else f"whatsapp:{key}-{times[key]}",
            published=day,
            publisher=chat[1].strip() if chat else None,
            author=head.sender or None,
        )
    if is_empty:
        yield SetAside(printable(original.address), None, "a chat without messages", "export the chat again")


def _key(stamp: str, sender: str, words: str) -> str:
    """What a message is known by when the chat is exported again, with more messages after it."""
    return hashlib.sha256(f"{stamp}\0{sender}\0{words}".encode("utf-8", "replace")).hexdigest()[:16]


def _words(lines: list[str]) -> str:
    """The words of a message, without what stands for media; the apps mark what they write with U+200E."""
    kept = [_EDITED.sub("", line) for line in lines if not _is_of_the_app(line)]
    words = "\n".join(kept).strip()
    return "" if words.rstrip(".") in _TAKEN_BACK else words


def _is_of_the_app(line: str) -> bool:
    bare = line.strip()
    is_placeholder = _PLACEHOLDER.fullmatch(bare) or _ATTACHED.fullmatch(bare)
    return bare.startswith("\u200e") or is_placeholder is not None


def _media(lines: list[str]) -> str | None:
    names = (match[1] or match[2] for line in lines if _is_of_the_app(line) and (match := _ATTACHED.search(line)))
    name = next(names, None)
    return f"with {name}" if name else None
