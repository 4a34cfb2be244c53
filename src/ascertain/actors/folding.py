"""Text folded for comparison: same length, lower case, no accents, and a blank for all but letters and digits."""

from __future__ import annotations

import re
import unicodedata


class _Folding(dict[int, str]):
    """A translation table that works out each character when it first meets it; always one for one."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        base = unicodedata.normalize("NFD", character)[0].lower()
        folded = base if len(base) == 1 and base.isalnum() else " "
        self[code] = folded
        return folded


_FOLDING = _Folding()
_FOREIGN = re.compile(r"[^\x00-\x7f]")


def fold(text: str) -> str:
    """The text folded, one character for one, so that offsets hold.

    >>> fold("Jama'at al-Séléka, M23")
    'jama at al seleka  m23'
    """
    if not text.isascii():
        text = _FOREIGN.sub(lambda sign: _FOLDING[ord(sign[0])], text)  # a text all of ASCII translates much faster
    return text.translate(_FOLDING)


def fold_key(words: str) -> str:
    """Words folded as a key that matches at word boundaries only: one blank before and after.

    >>> fold_key("U.S.")
    ' u s '
    """
    return f" {fold(words).strip()} "
