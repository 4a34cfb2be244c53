"""Words as they are searched: in any script, whatever their accents, vowel marks, case and article.

Text that is kept and words that are asked for go the same way, so that what is written differently is found.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"\w+")
# Scripts without blanks between words: each sign is a word, and a word asked for is a row of them.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
# Arabic writes the article, and "and", "with", "for", in one with the word.
_ARTICLE = re.compile("^(?:وال|بال|فال|كال|لل|ال)(?=\\w{3})")
_SAME = str.maketrans({"ى": "ي", "ی": "ي", "ة": "ه", "ہ": "ه", "ک": "ك", "ـ": "",
                       "٠": "0", "١": "1", "٢": "2", "٣": "3", "٤": "4",
                       "٥": "5", "٦": "6", "٧": "7", "٨": "8", "٩": "9"})  # fmt: skip


def words_in(text: str) -> list[str]:
    """The words of a text, folded, in their order.

    >>> words_in("El-Fâsher, الفَاشِر M23")
    ['el', 'fasher', 'فاشر', 'm23']
    """
    bare = "".join(
        sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.category(sign).startswith("M")
    )
    spaced = _UNSPACED.sub(r" \g<0> ", bare.casefold().translate(_SAME).replace("_", " "))
    return [_ARTICLE.sub("", word) for word in _WORD.findall(spaced)]


def searchable(*texts: str) -> str:
    """Texts as they are kept to be searched; each once."""
    return " ".join(word for text in dict.fromkeys(texts) for word in words_in(text))


def rows_of_words(asked: str) -> list[list[str]]:
    """What is asked for: rows of words, all of which must be found, the words of each one after the other.

    >>> rows_of_words("Rafah 東京")
    [['rafah'], ['東', '京']]
    """
    return [row for part in asked.split() if (row := words_in(part))]
