"""Words as they are searched for: the same for whoever writes them, in whatever script.

In: text. Out: words without case, accents and vowel signs, and with one letter for the variants of it. Scripts that put
no spaces between words give overlapping pairs of letters, so that any part of a text is found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

# Letters that Arabic, Persian and Urdu write in several ways (Unicode, chapter 9.2), and the sign that stretches them.
_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ۀ": "ه"}
    | {"ہ": "ه", "ھ": "ه", "ک": "ك", "گ": "ك", "ـ": None}
)
_ARTICLE = "ال"
_LONGEST = 60
# Thai, Lao, Burmese, Khmer; kana, ideographs and what goes with them
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
)
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> Iterator[str]:
    """The words of a text, in order, as they are searched for.

    >>> list(words_of("Émile’s raid — غارة على المدرسة"))
    ['emile', 's', 'raid', 'غاره', 'علي', 'مدرسه']
    >>> list(words_of("東京大"))
    ['東京', '京大']
    """
    for word in _WORD.findall(_plain(text)):
        yield from _parts(word)


def words_asked(query: str) -> tuple[str, ...]:
    """The words of a query; the last is as far as it was typed, so words that begin with it are meant too.

    >>> words_asked("Market rai")
    ('market', 'rai')
    """
    return tuple(dict.fromkeys(words_of(query)))


def joined(texts: Iterable[str | None]) -> str:
    """The words of several texts, each once, with spaces between."""
    return " ".join(dict.fromkeys(word for text in texts if text for word in words_of(text)))


def _plain(text: str) -> str:
    """Without case, marks and variants of letters."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if unicodedata.category(letter) != "Mn").translate(_ARABIC)


def _parts(word: str) -> Iterator[str]:
    at = 0
    for run in _UNSPACED.finditer(word):
        if run.start() > at:
            yield word[at : run.start()]
        yield from ("".join(pair) for pair in pairwise(run[0])) if len(run[0]) > 1 else (run[0],)
        at = run.end()
    if at < len(word):
        yield _without_article(word[at:][:_LONGEST])


def _without_article(word: str) -> str:
    return word[2:] if word.startswith(_ARTICLE) and len(word) > 4 else word
