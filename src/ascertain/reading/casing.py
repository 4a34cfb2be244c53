"""Text in capitals, made readable for the parser without moving an offset.

In: a text. Out: a text of the same length; what was written in capitals throughout is put in lower case, with capitals
on what an English dictionary does not hold and on names of places and parties.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from spacy.lookups import Lookups
from spacy.util import get_package_path

from ascertain.model import Span
from ascertain.reading.parse import MODEL
from ascertain.reading.words import word_set

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_SHOUTED = 0.75
_FEW = 20
_ABBREVIATION = 5  # letters; without a vowel among them
_FREQUENT = "aeinorst"
_ENDINGS = (
    ("s", ""),
    ("es", ""),
    ("ies", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("d", ""),
    ("ing", ""),
    ("ing", "e"),
    ("ly", ""),
    ("er", ""),
)


def readable(text: str, names: Iterable[Span]) -> str:
    """A text in capitals as the parser should see it, of the same length; `names` are spans of places and parties.

    >>> readable("TWO MEN WERE KILLED IN THE ATTACK ON MORA.", [(37, 41)])
    'Two men were killed in the attack on Mora.'
    """
    named = {offset for span in names for offset in range(*span)}
    pieces = list(text)
    for match in _WORD.finditer(text):
        word, start = match.group(), match.start()
        low = word.lower()
        if len(low) != len(word):
            continue
        if (start in named and low not in _small_words()) or _begins(text, start) or not is_english(low):
            if len(low) <= _ABBREVIATION and not is_english(low) and not any(vowel in low for vowel in "aeiou"):
                continue
            low = low[0].upper() + low[1:]
        pieces[start : match.end()] = low
    return "".join(pieces)


def in_capitals(text: str) -> bool:
    """Whether the text is written in capitals throughout.

    >>> in_capitals("TWO MEN WERE KILLED IN THE ATTACK."), in_capitals("Two men were killed in the attack.")
    (True, False)
    """
    if sum(map(text.count, _FREQUENT)) >= (1 - _SHOUTED) * len(text):
        return False
    letters = [c for c in text if c.isalpha()]
    return len(letters) > _FEW and sum(map(str.isupper, letters)) > _SHOUTED * len(letters)


def _begins(text: str, start: int) -> bool:
    """Whether a sentence begins at `start`, as far as the signs before it tell."""
    before = text[max(0, start - 3) : start]
    return start == 0 or "\n" in before or before.rstrip()[-1:] in (".", "!", "?", '"') or before.endswith("] ")


@lru_cache(maxsize=20_000)
def is_english(low: str) -> bool:
    """Whether a word is English, in any of its forms."""
    known = _vocabulary()
    if low in known or low in _small_words():
        return True
    stem = low.split("'")[0].split("’")[0]
    if stem in known:
        return True
    if any(stem.endswith(ending) and stem[: -len(ending)] + base in known for ending, base in _ENDINGS):
        return True
    if len(stem) > 5 and stem[-2:] == "ed" and stem[-3:-2] == stem[-4:-3] and stem[:-3] in known:
        return True
    return "-" in low and all(part in known for part in low.split("-"))


@lru_cache(maxsize=1)
def _small_words() -> frozenset[str]:
    return word_set("casing", "small")


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """English words, from the tables of the spaCy model's lemmatizer."""
    (path,) = get_package_path(MODEL).glob("*/lemmatizer/lookups")
    lookups = Lookups().from_disk(path)
    tables = (lookups.get_table("lemma_index"), lookups.get_table("lemma_exc"))
    return frozenset(word for table in tables for words in table.values() for word in words)
