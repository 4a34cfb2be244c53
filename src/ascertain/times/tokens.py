"""A text as a row of codes, one character a token, so that a form of dates is a regular expression over the row."""

from __future__ import annotations

import re
from dataclasses import dataclass

SHAPES = {
    "day": "abo",
    "ordinal_day": "o",
    "year": "y",
    "year2": "bc",
    "hhmm": "h",
    "clock": "k",
    "numeric": "m",
    "decade": "e",
    "count": "abcn",
    "word": "w",
}
"""The codes of the classes that are told by shape; words of the language have codes from the private use area."""

WORD, PUNCTUATION, BREAK, OTHER_NUMBER = "w", "x", "p", "n"
_DECIMAL = "d"
_LONGEST = 16  # characters; longer numbers count nothing

_TOKEN = re.compile(
    r"""
      [^\W\d_]\w*
    | (?=[\d\n]) (?:
      (?<![\w/.\-])(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2\d{4}|\d{1,2}/\d{1,2}/\d{2})
        (?!\d|[-/.]\d|[^\W\dt])                                          # 1989-12-30, 30.12.1989, 30/12/89
    | \d{1,2}(?:[:.]\d\d)?\s?(?:am\b|pm\b|a\.m\b\.?|p\.m\b\.?)           # 2:30 pm, 11pm
    | \d{1,2}:\d\d(?::\d\d)?(?!\d)                                      # 14:30
    | \d{1,3}(?:,\d{3})+(?!\d) | \d+\.\d+(?!\w)                         # 1,200 and 2.5
    | \d{3}0'?s\b | \d0'?s\b                                             # 1990s, 80's
    | \d\w*
    | \n\s*\n
    ) | [^\w\s] | _
    """,
    re.VERBOSE,
)
_SAME = {"–": "-", "—": "-", "‑": "-", "−": "-", "’": "'", "‘": "'"}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text, in lower case, and the row of their codes."""

    codes: str
    matches: tuple[re.Match[str], ...]

    def words(self, start: int, end: int) -> tuple[str, ...]:
        """The words from token `start` to `end`."""
        return tuple(match[0] for match in self.matches[start:end])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the text of tokens `start` to `end`."""
        return self.matches[start].start(), self.matches[end - 1].end()


def tokenise(text: str, vocabulary: dict[str, str], capital: frozenset[str]) -> Tokens:
    """Cut a text into coded tokens.

    Args:
        text: any text.
        vocabulary: the code of each word of the language.
        capital: codes of words that count in a text of mixed case only where they begin with a capital.

    >>> tokenise("On 7 October", {"october": "M"}, frozenset()).codes
    'waM'
    """
    lower = _lower(text)
    for sign, same in _SAME.items():
        lower = lower.replace(sign, same)
    matches = tuple(_TOKEN.finditer(lower))
    known = vocabulary.get
    codes = [
        known(word := match[0]) or (WORD if word[0] > "@" and word[0].isalpha() else shape(word)) for match in matches
    ]
    if not (text.isupper() or text.islower()):
        for index, code in enumerate(codes):
            if code in capital and text[matches[index].start()].islower():
                codes[index] = WORD
    return Tokens("".join(codes), matches)


def _lower(text: str) -> str:
    """Lower case with every offset kept: a letter whose lower case is longer stays as it is."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def shape(word: str) -> str:
    """The code of a token that is no word of the language.

    >>> [shape(word) for word in ("7", "07", "90", "7th", "1990", "0930", "2:30 pm", "1989-12-30", "1990s", "1,200")]
    ['a', 'b', 'c', 'o', 'y', 'h', 'k', 'm', 'e', 'n']
    """
    if not word[0].isdecimal() or len(word) > _LONGEST:
        return BREAK if word[0] == "\n" else PUNCTUATION
    return _digits(word) if word.isdecimal() else _marked_digits(word)


def _digits(word: str) -> str:
    number = int(word) if len(word) <= 4 else -1
    if len(word) <= 2:
        return ("a" if len(word) == 1 else "b") if 1 <= number <= 31 else ("c" if len(word) == 2 else OTHER_NUMBER)
    if len(word) == 4 and 1900 <= number <= 2099:
        return "y"
    return "h" if len(word) == 4 and number <= 2359 and number % 100 < 60 else OTHER_NUMBER


_ENDINGS = (
    (re.compile(r"\d+[-/.]\d+[-/.]\d+"), "m"),
    (re.compile(r"\d+(?::\d\d)+(?:\s?[ap]\.?m\.?)?|\d+(?:\.\d\d)?\s?[ap]\.?m\.?"), "k"),
    (re.compile(r"\d*0'?s"), "e"),
    (re.compile(r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)"), "o"),
    (re.compile(r"\d{1,3}(?:,\d{3})+"), OTHER_NUMBER),
    (re.compile(r"\d+\.\d+"), _DECIMAL),
)


def _marked_digits(word: str) -> str:
    return next((code for ending, code in _ENDINGS if ending.fullmatch(word)), WORD)
