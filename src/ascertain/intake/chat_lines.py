"""The lines of exported WhatsApp chats: what begins a message, on either family of phones, in many languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARK = "[\u200e\u200f\u202a-\u202e\u2066-\u2069]*"
_GAP = "[ \u00a0\u202f]"
_DAY = rf"{_MARK}(\d{{1,4}}){_MARK}[./-]{_GAP}?{_MARK}(\d{{1,2}}){_MARK}[./-]{_GAP}?{_MARK}(\d{{1,4}}){_MARK}\.?"
_WORD = r"[^\W\d]{0,4}"
_HALF = rf"(?:{_GAP}{{0,2}}{_MARK}[^\W\d]{{1,3}}\.?(?:{_GAP}?[^\W\d]\.?)?{_MARK})?"
_TIME = rf"{_MARK}({_WORD}{_MARK}{_GAP}?\d{{1,2}}{_MARK}[:.]{_MARK}\d{{2}}(?:{_MARK}[:.]{_MARK}\d{{2}})?{_HALF}){_MARK}"
_STAMP = rf"{_DAY}[,،]?{_GAP}+(?:{_WORD}{_GAP})?{_TIME}"
_HEAD = re.compile(rf"{_MARK}(?:\[{_STAMP}\] ?|{_STAMP}{_GAP}[-–]{_GAP})(.*)", re.DOTALL)
_SENT = re.compile(r"([^:\n]{1,120}): (.*)", re.DOTALL)
_QUOTED = re.compile('["“”«»„]')
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


@dataclass(frozen=True, slots=True)
class Head:
    """What begins a message.

    Attributes:
        day: the three numbers of its day, as they stand.
        time: its time, as it is written.
        sender: who sent it; `None` for a line of the system.
        text: its first line.
    """

    day: tuple[str, str, str]
    time: str
    sender: str | None
    text: str


def head_of(line: str) -> Head | None:
    """The beginning of a message, if the line is one.

    >>> head_of("[05/03/2024, 23:59:07] Amani: Two hurt")
    Head(day=('05', '03', '2024'), time='23:59:07', sender='Amani', text='Two hurt')
    >>> head_of("3/5/24, 11:59\u202fPM - Amani left").sender is None
    True
    >>> head_of("Two hurt") is None
    True
    """
    match = _HEAD.fullmatch(line)
    if match is None:
        return None
    first, second, third, time = match.groups()[:4] if match[1] else match.groups()[4:8]
    sent = _SENT.fullmatch(match[9])
    if sent is None or _QUOTED.search(sent[1]):
        return Head((first, second, third), _bare(time), None, match[9])
    return Head((first, second, third), _bare(time), _bare(sent[1]).removeprefix("~").strip(), sent[2])


def is_chat(text: str) -> bool:
    """Whether a text begins as an exported chat does.

    >>> is_chat("05/03/2024, 23:59 - Amani: Two hurt\\n05/03/2024, 23:59 - Amani: One died\\n")
    True
    >>> is_chat("05/03/2024, 23:59 - the front moved\\n05/03/2024, 23:59 - quiet\\n")
    False
    """
    heads = [head_of(line.rstrip("\\r")) for line in text.lstrip("\ufeff \t\r\n").split("\n", 20)[:20]]
    told = [head for head in heads if head is not None]
    return heads[0] is not None and any(head.sender is not None for head in told)


def heads_in(lines: Iterator[str]) -> Iterator[tuple[Head, list[str]]]:
    """Each message with its lines; what stands before the first is no message."""
    head: Head | None = None
    own: list[str] = []
    for line in lines:
        found = head_of(line)
        if found is None:
            own.append(line)
            continue
        if head is not None:
            yield head, own
        head, own = found, [found.text]
    if head is not None:
        yield head, own


def _bare(words: str) -> str:
    return " ".join(words.translate(_MARKS).split())
