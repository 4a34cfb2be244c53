"""Rich text (.rtf): its text with paragraphs; fonts, styles, pictures and what programs note down are passed over.

Source of the control words: Rich Text Format Specification 1.9.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ascertain.intake.documents import Document, Original
from ascertain.intake.encodings import codec_of
from ascertain.intake.packages import joined
from ascertain.intake.settings import Settings
from ascertain.model import InputError

_TOKEN = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.S
)
_SIGNS = {
    "par": "\n\n", "sect": "\n\n", "page": "\n\n", "line": "\n", "row": "\n", "cell": " | ", "nestcell": " | ",
    "nestrow": "\n", "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "zwnj": "\u200c", "zwj": "\u200d",
}  # fmt: skip
_CHARS = {"~": "\u00a0", "_": "-", "\\": "\\", "{": "{", "}": "}", "\n": "\n\n", "\r": "\n\n"}
_PASSED_OVER = {
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "fldinst", "listtable", "listoverridetable",
    "revtbl", "rsidtbl", "generator", "datastore", "themedata", "colorschememapping", "latentstyles",
    "xmlnstbl", "filetbl",
    "header", "footer", "headerl", "headerr", "headerf", "footerl", "footerr", "footerf", "annotation", "atnid",
    "bkmkstart", "bkmkend", "nonshppict", "pntext", "xe", "tc",
}  # fmt: skip
# \fcharsetN, by the code page that it stands for.
_CHARSETS = {
    0: "cp1252", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_DEEPEST = 10_000


@dataclass(frozen=True, slots=True)
class _State:
    """What holds within a group: whether it is text, how many characters stand in for each `\\u`, the code page."""

    is_text: bool = True
    stand_ins: int = 1
    codec: str = "cp1252"


def found(original: Original, settings: Settings, room: Path) -> Iterator[Document]:  # noqa: ARG001 - as every form
    """The document."""
    text = "".join(_Rich(original.path.read_bytes(), original.address).pieces())
    blocks = re.split(r"\n\s*\n", text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    yield Document(text=joined([re.sub(r"(?: \| *)+$", "", block.strip(), flags=re.M) for block in blocks]))


class _Rich:
    """Rich text as it is read, token by token."""

    def __init__(self, data: bytes, source: str) -> None:
        self._data, self._source = data, source
        self._state, self._outer = _State(), list[_State]()
        self._fonts: dict[int, str] = {}
        self._font: int | None = None
        self._in_fonts = 0
        self._raw = bytearray()
        self._skip = 0

    def pieces(self) -> Iterator[str]:
        """The pieces of its text."""
        for token in _TOKEN.finditer(self._data):
            hexed, word, number, char, brace, plain = token.groups()
            if hexed or plain:
                self._take(bytes.fromhex(hexed.decode()) if hexed else plain)
                continue
            yield self._flushed()
            if brace:
                self._nest(brace)
            elif word:
                yield self._control(word.decode(), None if number is None else int(number))
            elif char:
                yield self._shown(self._special(char.decode("latin-1")))
        yield self._flushed()

    def _take(self, raw: bytes) -> None:
        skipped = min(self._skip, len(raw))
        self._skip -= skipped
        if self._state.is_text:
            self._raw += raw[skipped:]

    def _flushed(self) -> str:
        raw, self._raw = bytes(self._raw), bytearray()
        return raw.decode(self._state.codec, "replace") if raw else ""

    def _nest(self, brace: bytes) -> None:
        self._skip = 0
        if brace == b"{":
            if len(self._outer) > _DEEPEST:
                raise InputError("nested too deeply", source=self._source, remedy="save it as .docx or PDF")
            self._outer.append(self._state)
        elif self._outer:
            self._state = self._outer.pop()
            self._in_fonts = self._in_fonts if len(self._outer) >= self._in_fonts else 0

    def _special(self, char: str) -> str:
        if char == "*":
            self._state = replace(self._state, is_text=False)
        return _CHARS.get(char, "")

    def _shown(self, text: str) -> str:
        return text if self._state.is_text else ""

    def _control(self, word: str, number: int | None) -> str:
        if word in _PASSED_OVER:
            self._state = replace(self._state, is_text=False)
            self._in_fonts = len(self._outer) if word == "fonttbl" else self._in_fonts
        elif word == "u" and number is not None:
            self._skip = self._state.stand_ins
            return self._shown(chr(number % 0x10000))
        elif word in ("v", "shptxt"):
            self._state = replace(self._state, is_text=number == 0 or word == "shptxt")
        elif word in _SETTERS and number is not None:
            _SETTERS[word](self, number)
        return self._shown(_SIGNS.get(word, ""))

    def _set_stand_ins(self, number: int) -> None:
        self._state = replace(self._state, stand_ins=max(0, min(number, 16)))

    def _set_code_page(self, number: int) -> None:
        self._state = replace(self._state, codec=codec_of(f"cp{number}") or self._state.codec)

    def _set_font(self, number: int) -> None:
        self._font = number
        if not self._in_fonts and number in self._fonts:
            self._state = replace(self._state, codec=self._fonts[number])

    def _set_charset(self, number: int) -> None:
        if self._in_fonts and self._font is not None and number in _CHARSETS:
            self._fonts[self._font] = _CHARSETS[number]


_SETTERS = {
    "uc": _Rich._set_stand_ins,
    "ansicpg": _Rich._set_code_page,
    "f": _Rich._set_font,
    "fcharset": _Rich._set_charset,
}
