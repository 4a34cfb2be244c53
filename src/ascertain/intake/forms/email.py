"""E-mail: a message (.eml) or a mailbox of them (mbox); what is attached, and messages in messages, are enclosed.

The text of a message that forwards another one is two documents: its own words, and those that it forwards, which have
an author, a subject and a day of their own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path
from typing import BinaryIO

from ascertain.intake.documents import Document, Enclosed, Original, within
from ascertain.intake.enclosing import enclosed
from ascertain.intake.encodings import decoded
from ascertain.intake.markup import hide, page_of, shown_text
from ascertain.intake.page_facts import is_web_address, written_day
from ascertain.intake.received import SetAside, printable
from ascertain.intake.settings import Settings
from ascertain.model import InputError

_POSTMARK = re.compile(rb"From \S+.*\d{4}")
_ESCAPED_POSTMARK = re.compile(rb"^>(>*From )", re.M)
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+")
_BLOCK = 1 << 20
_MOST_PARTS = 2_000
_SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
_LOCKED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
_REPORTS = frozenset({"message/delivery-status", "message/disposition-notification", "text/rfc822-headers"})
_STUB = 3
_FORWARDED = re.compile(
    r"^[ \t]*(?:-{2,}[ \t]*(?:Forwarded message|Original message|Message transféré|Mensaje reenviado|Weitergeleitete"
    r" Nachricht|Пересылаемое сообщение|رسالة معاد توجيهها|الرسالة الأصلية)[ \t]*-{2,}|Begin forwarded message:)"
    r"[ \t]*$",
    re.I | re.M,
)
_FORWARDING_SUBJECT = re.compile(r"\s*(?:fwd?|fw|tr|rv|wg|i)\s*:\s*", re.I)
_FIELD = re.compile(r"[ \t>*]*(From|De|Von|Date|Sent|Subject|To|Cc|Reply-To)[ \t*]*:[ \t*]*(.*?)[ \t]*$", re.I)


def found(original: Original, settings: Settings, room: Path) -> Iterator[Document | Enclosed | SetAside]:
    """The messages, and what they enclose."""
    with original.path.open("rb") as file:
        is_mailbox = _POSTMARK.match(file.readline(_BLOCK)) is not None
        file.seek(0)
        most = settings.limits.whole_bytes
        if is_mailbox:
            for number, data in enumerate(_messages(file, most), start=1):
                yield from _by_itself(original, room, data, f"message {number}")
        else:
            data = file.read(most + 1)
            yield from _message(original, room, data if len(data) <= most else None, "")


def _by_itself(
    original: Original, room: Path, data: bytes | None, part: str
) -> Iterator[Document | Enclosed | SetAside]:
    """A message of a mailbox; what cannot be read of it spoils no other one."""
    place = printable(within(original.address, part))
    try:
        yield from _message(original, room, data, part)
    except (MemoryError, OSError):
        raise
    except InputError as error:
        yield SetAside.because(error)
    except RecursionError:
        yield SetAside(place, None, "a message that is nested too deeply", "save its text as a text file")
    except Exception as error:  # noqa: BLE001 -- one bad message spoils only itself
        problem = printable(f"a broken message ({type(error).__name__}: {error})")
        yield SetAside(place, None, problem, "save its text as a text file, and give that")


def _messages(file: BinaryIO, most: int) -> Iterator[bytes | None]:
    """Each message of a mailbox; `None` in place of one that is longer than can be read."""
    message, length, is_blank, is_start = bytearray(), 0, True, True
    while line := file.readline(_BLOCK):
        if is_start and is_blank and _POSTMARK.match(line):
            if length:
                yield _unescaped(message) if length <= most else None
            message, length = bytearray(), 0
        elif length <= most:
            message += line
        length += len(line)
        is_blank, is_start = is_start and not line.strip(), line.endswith(b"\n")
    if length:
        yield _unescaped(message) if length <= most else None


def _unescaped(message: bytearray) -> bytes:
    return _ESCAPED_POSTMARK.sub(rb"\1", bytes(message))


@dataclass(slots=True)
class _Parts:
    """What a message is made of, as it is gone through: its body in each form, and what is attached to it."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    attached: list[Message] = field(default_factory=list)
    is_locked: bool = False


def _message(original: Original, room: Path, data: bytes | None, part: str) -> Iterator[Document | Enclosed | SetAside]:
    place = printable(within(original.address, part))
    if data is None:
        yield SetAside(place, None, "a message that is too long", "save its text as a text file, and give that")
        return
    message = message_from_bytes(data)
    parts = _parts_of(message, place)
    if parts.is_locked:
        yield SetAside(place, None, "an encrypted message", "decrypt it, save it as text, and give that")
    text = _body(parts)
    if text.strip():
        yield from _documents(message, text, part)
    for number, attached in enumerate(parts.attached, start=1):
        name = f"{part}, attachment {number}" if part else f"attachment {number}"
        yield _attachment(original, room, attached, name)
    if not text.strip() and not parts.attached and not parts.is_locked:
        yield SetAside(place, None, "a message without text", "leave it out")


def _parts_of(message: Message, place: str) -> _Parts:
    """The parts of a message, in order.

    Raises:
        InputError: there are more than a message can mean.
    """
    parts, waiting, count = _Parts(), [message], 0
    while waiting:
        part = waiting.pop()
        count += 1
        if count > _MOST_PARTS:
            raise InputError("a message of thousands of parts", source=place, remedy="save its text as a text file")
        kind = _kind(part)
        if kind in _LOCKED:
            parts.is_locked = True
        elif kind == "message/rfc822" or _is_attached(part, kind):
            parts.attached.append(part)
        elif part.is_multipart():
            waiting.extend(reversed([each for each in _payload(part) if isinstance(each, Message)]))
        elif kind == "text/html":
            parts.html.append(_shown(part, place))
        elif kind.startswith("text/") and kind not in _REPORTS:
            parts.plain.append(_flowed(part, _text_of(part)))
    return parts


def _kind(part: Message) -> str:
    """The media type of a part; one that is no media type is text."""
    kind = part.get_content_type()
    return kind if _MEDIA_TYPE.fullmatch(kind) else "text/plain"


def _payload(part: Message) -> list[object]:
    payload = part.get_payload()
    return list(payload) if isinstance(payload, list) else []


def _is_attached(part: Message, kind: str) -> bool:
    """Whether a part is an original of its own; pictures within a page and signatures are not."""
    if part.is_multipart() or kind in _SIGNATURES or kind in _REPORTS:
        return False
    if part.get_content_disposition() == "attachment":
        return True
    return not kind.startswith("text/") and not (kind.startswith("image/") and part.get("Content-ID"))


def _body(parts: _Parts) -> str:
    """The text; that of the page where the plain one is a mere stub ("your program cannot show this message")."""
    plain, html = "\n\n".join(parts.plain).strip(), "\n\n".join(parts.html).strip()
    return html if len(html) > _STUB * len(plain) else plain


def _bytes_of(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text_of(part: Message) -> str:
    charset = part.get_param("charset")
    text = decoded(_bytes_of(part), charset if isinstance(charset, str) else None)
    return (text or "").replace("\r\n", "\n")


def _shown(part: Message, place: str) -> str:
    data, charset = _bytes_of(part), part.get_param("charset")
    if not data.strip():
        return ""
    page = page_of(data, charset if isinstance(charset, str) else None, source=place)
    hide(page)
    return shown_text(page)


def _flowed(part: Message, text: str) -> str:
    """The text with the lines joined that were broken only to be sent (RFC 3676)."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    joint = "" if str(part.get_param("delsp", "")).lower() == "yes" else " "
    lines: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        line = line.removeprefix(" ") if not line.startswith("  ") or goes_on else line
        if goes_on and not line.startswith(">"):
            lines[-1] += joint + line.rstrip(" ")
        else:
            lines.append(line.rstrip(" "))
        goes_on = line.endswith(" ") and line.rstrip() not in ("", "--") and not line.startswith(">")
    return "\n".join(lines)


def _documents(message: Message, text: str, part: str) -> Iterator[Document]:
    """The message's own words, and those of a message that it forwards."""
    subject = _header(message, "Subject")
    own, forwarded = _split(text, subject)
    archived = (_header(message, "Archived-At") or "").strip("<> ")
    if own.strip() or forwarded is None:
        yield Document(
            text=own,
            part=part,
            id=(_header(message, "Message-ID") or "").strip("<> ") or None,
            title=subject,
            published=_day(_header(message, "Date")),
            author=_name(_header(message, "From")),
            url=archived if is_web_address(archived) else None,
        )
    if forwarded is not None:
        yield _forwarded(forwarded, f"{part}, forwarded message" if part else "forwarded message")


def _split(text: str, subject: str | None) -> tuple[str, str | None]:
    """The text up to where another message is forwarded, and that message with its header."""
    mark = _FORWARDED.search(text)
    if mark is None or ("riginal" in mark[0] and not _FORWARDING_SUBJECT.match(subject or "")):
        return text, None
    return text[: mark.start()], text[mark.end() :]


def _forwarded(text: str, part: str) -> Document:
    lines = text.lstrip("\n").split("\n")
    told: dict[str, str] = {}
    at = 0
    while at < len(lines) and (found := _FIELD.match(lines[at]) or (not lines[at].strip() and not told)):
        if not isinstance(found, bool):
            told.setdefault(found[1].lower(), found[2])
        at += 1
    when = told.get("date") or told.get("sent") or ""
    return Document(
        text="\n".join(lines[at:]).strip("\n"),
        part=part,
        title=told.get("subject") or None,
        published=_day(when) or written_day(when),
        author=_name(told.get("from") or told.get("de") or told.get("von")),
    )


def _attachment(original: Original, room: Path, attached: Message, part: str) -> Enclosed | SetAside:
    kind, name = _kind(attached), _name_of_file(attached)
    try:
        inner = next((each for each in _payload(attached) if isinstance(each, Message)), None)
        data = _bytes_of(attached) if inner is None else inner.as_bytes()
    except (ValueError, LookupError, AttributeError, TypeError):
        place = printable(within(original.address, part))
        return SetAside(place, None, "a broken attachment", "save it from the message, and give that")
    if not data:
        return SetAside(printable(within(original.address, part)), None, "an empty attachment", "leave it out")
    return enclosed(
        original, room, part=part, name=name or ("message.eml" if inner else None), data=data, media_type=kind
    )


def _name_of_file(attached: Message) -> str | None:
    name = attached.get_filename()
    return _decoded_header(name) if name else None


def _header(message: Message, name: str) -> str | None:
    raw = next((value for header, value in message.raw_items() if header.lower() == name.lower()), None)
    return None if raw is None else _decoded_header(raw) or None


def _decoded_header(value: str) -> str:
    """A header as text: encoded words (RFC 2047) and raw bytes decoded, line breaks taken out."""
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        pieces = [(value, None)]
    return " ".join("".join(_decoded_piece(*piece) for piece in pieces).split())


def _decoded_piece(piece: bytes | str, charset: str | None) -> str:
    raw = piece.encode("utf-8", "surrogateescape") if isinstance(piece, str) else piece
    text = decoded(raw, charset) if raw else ""
    return raw.decode("latin-1") if text is None else text


def _name(sender: str | None) -> str | None:
    """Who sent it: the name, else the address."""
    name, address = parseaddr(sender or "")
    return name or address or (sender or "").strip() or None


def _day(date: str | None) -> dt.date | None:
    """The day of a `Date` header, where it was sent."""
    try:
        return parsedate_to_datetime(date).date() if date else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
