"""Bytes to text: by a byte order mark, else the bytes themselves, else their sender, else the frequency of letters.

UTF-8 is tried before what a sender declares, as hardly any other text passes for it and senders often lie.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter

from charset_normalizer import from_bytes

from ascertain.intake.language import likeliest_language

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_ESCAPING = frozenset({"iso2022_jp", "iso2022_kr", "hz"})
_NOT_OF_TEXT = frozenset(
    {"ascii", "utf_7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "mbcs", "undefined"}
)
# What the label of an older standard means in practice: https://encoding.spec.whatwg.org/#names-and-labels
_IN_PRACTICE = {
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_TOLD_BY_LETTERS = [
    "cp1256", "cp1252", "cp1251", "koi8_r", "koi8_u", "cp1250", "cp1254", "cp1255", "cp1253", "gb18030", "big5",
    "cp932", "euc_jp", "cp949", "cp874", "cp1258", "iso8859_5", "iso8859_6", "cp866",
]  # fmt: skip
# Code pages of Latin letters that differ in a few of them, by the languages that use these; all others use cp1252.
_OF_LANGUAGES = {
    "pl": "cp1250", "cs": "cp1250", "sk": "cp1250", "hu": "cp1250", "ro": "cp1250", "hr": "cp1250", "sl": "cp1250",
    "bs": "cp1250", "sr": "cp1250", "sq": "cp1250", "tr": "cp1254", "az": "cp1254", "ku": "cp1254", "en": "cp1252",
}  # fmt: skip
_LIKELY = 0.85
_SAMPLE = 1 << 16
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SWAPPED_CASE = re.compile("[а-яё][А-ЯЁ]")
_MOST_CONTROLS = 0.04
_MOST_BROKEN = 0.005


def decoded(data: bytes, declared: str | None = None) -> str | None:
    """The text that bytes are, without a byte order mark; `None` where they are no text.

    Args:
        data: the bytes.
        declared: the name of the encoding that their sender gives, which may lie.

    >>> decoded("Киев".encode("cp1251"), "windows-1251"), decoded("Київ".encode("utf-16")), decoded(bytes(range(256)))
    ('Киев', 'Київ', None)
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _if_text(data[len(bom) :].decode(encoding, "replace"))
    if b"\0" in data:
        return _wide(data)
    codec = codec_of(declared)
    if codec in _ESCAPING:
        return _if_text(data.decode(codec, "replace"))
    text = _strictly(data, "utf-8")
    if text is None:
        text = _nearly_utf8(data)
    if text is None and codec is not None:
        text = _strictly(data, codec)
    return _if_text(_by_letters(data) if text is None else text)


def codec_of(label: str | None) -> str | None:
    """Python's name for the encoding that a label means in practice; `None` where it means none of text.

    >>> codec_of("ISO-8859-1"), codec_of("windows-1256"), codec_of("x-unknown"), codec_of("base64")
    ('cp1252', 'cp1256', None, None)
    """
    try:
        codec = codecs.lookup((label or "").strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    if codec.name.replace("-", "_") in _NOT_OF_TEXT or not codec._is_text_encoding:
        return None
    return _IN_PRACTICE.get(codec.name, codec.name)


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, ValueError):
        return None


def _nearly_utf8(data: bytes) -> str | None:
    """UTF-8 with a few bytes broken, as where a text was cut off; those become U+FFFD."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(char > "\x7f" for char in text) - broken
    return text if broken < whole and broken <= max(1, _MOST_BROKEN * whole) else None


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, or narrow text with a few zeros in it."""
    tried = ((_likelihood(_strictly(data[:_SAMPLE], codec)), codec) for codec in _WIDE)
    likelihood, codec = max(tried)
    if likelihood >= _LIKELY:
        return _if_text(data.decode(codec, "replace"))
    text = _strictly(data, "utf-8")
    return None if text is None else _if_text(text)


def _likelihood(text: str | None) -> float:
    """How much of a text stands in its three most frequent blocks of 256 signs: nearly all, unless it was misread."""
    if not text or "\0" in text or not any(map(str.isspace, text)):
        return 0.0
    blocks = Counter(ord(char) >> 8 for char in text)
    return sum(count for _, count in blocks.most_common(3)) / len(text)


def _by_letters(data: bytes) -> str:
    best = from_bytes(data[:_SAMPLE], cp_isolation=_TOLD_BY_LETTERS).best()
    codec = best.encoding if best is not None else "cp1252"
    if codec in _OF_LANGUAGES.values():
        codec = _OF_LANGUAGES.get(likeliest_language(data[:_SAMPLE].decode(codec, "replace")), "cp1252")
    text = data.decode(codec, "replace")
    if codec == "cp1251" and _SWAPPED_CASE.search(text):
        other = data.decode("koi8_r", "replace")
        return min(text, other, key=lambda each: len(_SWAPPED_CASE.findall(each)))
    return text


def _if_text(text: str) -> str | None:
    sample = text[:_SAMPLE]
    return text if len(_CONTROLS.findall(sample)) <= _MOST_CONTROLS * len(sample) else None
