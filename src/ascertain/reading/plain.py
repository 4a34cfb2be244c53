"""A sentence put plainly for the parser, with the way back to its own offsets.

In: a sentence and the dates in it. Out: `Plain`: a quantity of several words ("between 13 and 14") stands as one
numeral, a long date as a weekday, a name as the one word that stands for its kind, and an aside in brackets ("(36 years
old)") is left out and kept by itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ascertain.model import Span
from ascertain.reading.names import Name
from ascertain.reading.quantities import Bounds, bounds, quantities
from ascertain.reading.shorthand import Short, short_words
from ascertain.reading.words import table, word_set

LONG_DATE = 7
# a time that ends with one of these leads a clause, and stays as it is ("three days after gunmen killed …")
LEADING = (" after", " before", " since")
# Marks an edit that cuts out an age.
AGE = Bounds(None, None)
# Names with a small word in them, which a tokenizer takes apart at the hyphens: "al-Shati", "Koh-i-Baba".
_ARTICLE = re.compile(
    r"\b(?:(?:[Aa]l|[Ee]l|[Aa]n|[Aa]s|[Aa]sh|[Aa]d|[Aa]r|[Aa]z|[Aa]t|[Uu]l)|[A-Z]\w+[-\u2011][a-z]{1,3})[-\u2011][A-Z][\w'’]+"
)
# "14-year-old Sara", "a 14-year-old girl", ", 34,": ages, which a parser takes for part of the name.
_AGE_BEFORE = re.compile(
    r"(?:\b(?P<article>[Aa]n?\s+)?)(?P<age>\b(?:(?:\d{1,3}|[A-Za-z]+)[-–]?\s?(?:or|to|[-–])\s)?(?:\d{1,3}|[A-Za-z]+(?:-[a-z]+)?)"
    r"[\s–-]+(?:year|month|week|day)s?(?:[\s–-]*old|(?=\s(?:son|daughter|boy|girl|child|baby|man|woman)\b)))\b(?P<comma>,?)\s+(?=(?P<next>\w[\w’'-]*))"
)
_AGE_AFTER = re.compile(r",\s?(?:aged\s)?(?P<age>\d{1,2})\s?(?P<close>,|(?=\sand\b|\.$|;))")
# "his two sons, aged 4 and 7,": the ages of several
_AGES_AFTER = re.compile(
    r",\s(?:both\s|all\s)?(?:aged|ages)\s(?:between\s|from\s)?\d{1,2}(?:,\s\d{1,2})*,?(?:\s(?:and|to)\s|[-–])\d{1,2}(?P<close>,?)"
)
_ASIDE = re.compile(r"\s*[(\[]([^()\[\]]{1,90})[)\]]")
_COUNTED = re.compile(
    r"\b(?:kill|dead|die|death|injur|wound|missing|arrest|abduct|kidnap|detain|children|women|civilian|soldier)", re.I
)


@dataclass(slots=True)
class Plain:
    """The text to parse. `cuts` are pairs of an offset in it and how far the report's text runs ahead from there on."""

    text: str
    base: int
    cuts: list[tuple[int, int]] = field(default_factory=list)
    stands_for: list[tuple[int, int, Span]] = field(default_factory=list)
    sizes: dict[int, Bounds] = field(default_factory=dict)
    asides: dict[int, str] = field(default_factory=dict)
    ages: dict[int, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)

    def own_spans(self, offsets: Sequence[int], lengths: Sequence[int]) -> tuple[list[int], list[int]]:
        """The starts and ends, in the report's text, of tokens of the plain text, given in order."""
        starts = self._back(offsets)
        ends = [last + 1 for last in self._back([at + size - 1 for at, size in zip(offsets, lengths, strict=True)])]
        for first, end, span in self.stands_for:
            for token in range(bisect_left(offsets, first), bisect_left(offsets, end)):
                starts[token], ends[token] = span
        return starts, ends

    def _back(self, offsets: Sequence[int]) -> list[int]:
        if not self.cuts:
            return [self.base + offset for offset in offsets]
        cuts = [cut for cut, _ in self.cuts]
        runs_ahead = [self.base, *(self.base + ahead for _, ahead in self.cuts)]
        return [offset + runs_ahead[bisect_right(cuts, offset)] for offset in offsets]


def plainly(
    text: str,
    span: Span,
    dates: Sequence[Span] = (),
    opening: Span | None = None,
    names: Sequence[Name] = (),
    short: Sequence[Short] = (),
) -> Plain:
    """The sentence at `span` of the text, put plainly.

    `dates` are the spans of dates in it, `names` its names with what to read in their place, `short` its words of harm
    cut short; `opening` is left out.
    """
    sentence = text[slice(*span)]
    plain = Plain("", span[0])
    pieces: list[str] = []
    at = length = 0
    first = opening[1] - span[0] if opening is not None else 0
    named = {a - span[0]: (b - span[0], words) for (a, b), words in names if b <= span[1]}
    cut = [((a - span[0], b - span[0]), words) for (a, b), words in short if span[0] <= a and b <= span[1]]
    edits = _edits(sentence, [(a - span[0], b - span[0]) for a, b in dates], named, cut)
    if first:
        edits = [(0, first, None, None), *(edit for edit in edits if edit[0] >= first)]
    for start, end, numeral, size in edits:
        pieces.append(sentence[at:start])
        length += start - at
        if numeral is None and size is AGE:
            plain.ages[span[0] + end] = sentence[start:end]
        elif numeral is None:
            plain.asides[span[0] + start - 1] = sentence[start:end].strip(" ([)],\n\t")
        else:
            if size is not None:
                plain.sizes[length] = size
            elif start in named and numeral == named[start][1]:
                plain.names[length] = sentence[start:end]
            plain.stands_for.append((length, length + len(numeral), (span[0] + start, span[0] + end)))
            pieces.append(numeral)
            length += len(numeral)
        plain.cuts.append((length, end - length))
        at = end
    pieces.append(sentence[at:])
    plain.text = "".join(pieces)
    return plain


Edit = tuple[int, int, str | None, Bounds | None]


def _is_long(date: str) -> bool:
    return len(date) > LONG_DATE and not date.lower().endswith(LEADING)


def _edits(
    sentence: str, dates: Sequence[Span], named: Mapping[int, tuple[int, str]], cut_short: Sequence[Short]
) -> list[Edit]:
    """Stretches to put plainly, in order, none within another: start, end, the words instead, the bounds they state."""
    edits: list[Edit] = [
        (a, b, _weekday(sentence[a:b]) + _comma(sentence, a, b), None) for a, b in dates if _is_long(sentence[a:b])
    ]
    if "(" in sentence or "[" in sentence:
        for match in _ASIDE.finditer(sentence):
            counts = _COUNTED.search(match.group(1)) or any(match.start() < a < match.end() for (a, _), _ in cut_short)
            if match.start() and not counts and _free(edits, *match.span()):
                edits.append((*match.span(), None, None))
    if "old" in sentence or "-year " in sentence:
        for match in _age_alone().finditer(sentence):
            if _is_age(match.group("age")) and _free(edits, *match.span()):
                edits.append((*match.span(), _person_of(match.group("age"), plural=bool(match.group("s"))), None))
        for match in _AGE_BEFORE.finditer(sentence):
            start = match.start("age") if match.group("article") and match.group("next").islower() else match.start()
            if _is_age(match.group("age")) and _free(edits, start, match.end()):
                edits.append((start, match.end(), None, AGE))
    for match in _AGE_AFTER.finditer(sentence):
        if (
            sentence[: match.start()][-1:].isalpha()
            and _after_name(sentence, match.start())
            and _free(edits, *match.span())
        ):
            end = (
                match.start("close")
                if match.group("close") and _in_apposition(sentence, match.start())
                else match.end()
            )
            edits.append((match.start(), end, None, None))
    for match in _AGES_AFTER.finditer(sentence) if "age" in sentence else ():
        if _free(edits, *match.span()):
            edits.append((*match.span(), None, None))
    short = table("people")["short"]
    for match in _short().finditer(sentence):
        if match.start() and _free(edits, *match.span()):
            edits.append((*match.span(), short[match.group().replace(" ", "-")], None))
    for cut, words in (*cut_short, *short_words(sentence)):
        if _free(edits, *cut):
            edits.append((*cut, words, None))
    edits += [(start, end, words, None) for start, (end, words) in named.items() if _free(edits, start, end)]
    for match in _ARTICLE.finditer(sentence) if "-" in sentence or "\u2011" in sentence else ():
        if _free(edits, *match.span()):
            joined = match.group().replace("-", "").replace("\u2011", "")
            edits.append((*match.span(), joined[0].upper() + joined[1:], None))
    for size in quantities(sentence.lower()):
        if _free(edits, size.start, size.end) and not any(a < size.end and size.start < b for a, b in dates):
            value = size.high if size.high is not None else size.low
            edits.append((size.start, size.end, str(value), size))
    return sorted(edits, key=lambda edit: edit[0])


@lru_cache(maxsize=1)
def _short() -> re.Pattern[str]:
    """The words that are written in full for the parser; those with hyphens may stand without."""
    words = sorted(table("people")["short"], key=lambda word: (-len(word), word))
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(w).replace(r"\-", "[- ]") for w in words) + r")(?!\w)")


@lru_cache(maxsize=1)
def _age_alone() -> re.Pattern[str]:
    """An age that stands for the person: "a 17-year-old was hurt", "two 9-year-olds"."""
    after = "|".join(sorted(word_set("people", "ages", "after_alone")))
    return re.compile(
        r"\b(?P<age>(?:\d{1,3}|[A-Za-z]+(?:-[a-z]+)?)[\s-]+(?:year|month|week|day)[\s-]+old)(?P<s>s?)\b"
        rf"(?=\s*[,.;:)]|\s+(?:{after})\b|\s*$)"
    )


def _person_of(age: str, *, plural: bool) -> str:
    """A plain noun for a person of an age."""
    number = bounds(re.split(r"[\s-]+(?:year|month|week|day)", age.lower())[0])
    years = number.low if number is not None and number.low is not None and "year" in age.lower() else 0
    child = years < table("people")["ages"]["child_below"]
    return ("children" if plural else "child") if child else ("people" if plural else "person")


def _is_age(words: str) -> bool:
    first = words.lower().split("-")[0].split()[0]
    return first.isdigit() or bounds(first) is not None


def _after_name(sentence: str, end: int) -> bool:
    """Whether the word that ends at `end` is written like a name."""
    return sentence[:end].rsplit(None, 1)[-1][:1].isupper()


def _in_apposition(sentence: str, end: int) -> bool:
    """Whether the name that ends at `end` stands behind a comma itself: "a girl, Maya, 9, died"."""
    words = sentence[:end].split()
    while words and words[-1][:1].isupper() and not words[-1].endswith(","):
        words.pop()
    return bool(words) and words[-1].endswith(",")


def _free(edits: Sequence[Edit], start: int, end: int) -> bool:
    return not any(first < end and start < last for first, last, _, _ in edits)


def _comma(sentence: str, start: int, end: int) -> str:
    """A comma after a date that opens the sentence, where none stands: "Since April 2023 more than 15,000 people"."""
    return "," if start == 0 and sentence[end : end + 1] == " " and sentence[end + 1 : end + 2].isalnum() else ""


def _weekday(date: str) -> str:
    """A short date that a parser reads well in place of a long one."""
    first = date.split(None, 1)[0]
    return (
        f"{first} Monday"
        if first.lower() in ("on", "since", "until", "in", "from", "by", "at", "during", "before", "after")
        else "Monday"
    )
