"""Quantities of people in words: "at least 13", "between 8 and 10", "dozens of", "twenty-one".

In: the words of a noun phrase, lower case. Out: `Bounds`. The words and the table of vague quantities are data
(`languages/en/quantities.toml`, published in docs/vague-quantities.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ascertain.reading.words import table

_PARTS = re.compile(r"\d+(?:\.\d+)?|[^\W\d]+")
BEFORE = 60  # characters; no words before a number are longer


@dataclass(frozen=True, slots=True)
class Bounds:
    """`low` to `high`, each included; an open side is `None`. `vague` marks words that state no number."""

    low: int | None
    high: int | None
    vague: bool = False
    start: int = 0
    end: int = 0


def bounds(words: str, at: int = 0) -> Bounds | None:
    """The first quantity in the words that ends after `at`; its `start` and `end` are offsets, modifiers included.

    >>> bounds("at least 13"), bounds("between eight and 10")
    (Bounds(low=13, high=None, vague=False, start=0, end=11), Bounds(low=8, high=10, vague=False, start=0, end=20))
    """
    grammar = _grammar()
    number = next((m for m in grammar.number.finditer(words) if m.end() > at), None)
    vague = grammar.vague.search(words, at)
    if vague and (number is None or (vague.start() <= number.start() < vague.end())):
        low, high = grammar.vague_bounds[_folded(vague.group())]
        return Bounds(low, high, True, *vague.span())
    return _stated(words, number, grammar) if number else None


@lru_cache(maxsize=1)
def words_of_number() -> frozenset[str]:
    """The single words that may state a number or a vague quantity, but for numerals."""
    data = table("quantities")
    vague = {word for words in data["vague"] for word in words.split()} - {"a", "an", "of"}
    return frozenset({*data["numbers"], *data["scales"], *vague})


def quantities(words: str) -> list[Bounds]:
    """All quantities of more than one word in lower-case words: "at least 13", "8 to 10", "twenty one", not "13".

    >>> [(b.low, b.high) for b in quantities("at least 13 men, 5 women and between two and three children")]
    [(13, None), (2, 3)]
    """
    grammar = _grammar()
    both = [_both(match, grammar) for match in grammar.floor_and_ceiling.finditer(words)]
    found = [*both, *(_stated(words, number, grammar) for number in grammar.number.finditer(words))]
    kept: list[Bounds] = []
    for size in found:
        if size is None or words[size.start : size.end].isalnum():
            continue
        if not any(size.start < other.end and other.start < size.end for other in kept):
            kept.append(size)
    return kept


def _both(match: re.Match[str], grammar: Grammar) -> Bounds | None:
    """ "At least one but possibly up to 12"."""
    low, high = _value(match.group("first"), grammar), _value(match.group("second"), grammar)
    return Bounds(low, high, False, *match.span()) if low is not None and high is not None and low <= high else None


def _stated(words: str, number: re.Match[str], grammar: Grammar) -> Bounds | None:
    low = high = _value(number.group("first"), grammar)
    if low is None:
        return None
    if second := number.group("second"):
        high = _value(second, grammar)
        if number.group().startswith("from") and grammar.revised.search(words[: number.start()]):
            low = high if high is not None else low
        if high is None or high < low:
            high = low
        return Bounds(low, high, False, *number.span())
    start, end = number.start("first"), number.end()
    before = grammar.before.search(words, max(0, start - BEFORE), start)
    kind = grammar.before_kind[_folded(before.group("words") or before.group("sign"))] if before else "exactly"
    if before and (kind != "exactly" or before.group("sign")):
        start = before.start("words" if before.group("words") else "sign")
    after = grammar.after.match(words, end)
    if after:
        kind, end = "at_least", after.end()
    match kind:
        case "at_least":
            return Bounds(low, None, False, start, end)
        case "above":
            return Bounds(low + 1, None, False, start, end)
        case "at_most":
            return Bounds(None, high, False, start, end)
        case "below":
            return Bounds(None, max(low - 1, 0), False, start, end)
        case _:
            return Bounds(low, high, False, start, end)


def _folded(words: str) -> str:
    return " ".join(words.split())


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled words of the language."""

    floor_and_ceiling: re.Pattern[str]
    number: re.Pattern[str]
    vague: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    revised: re.Pattern[str]
    before_kind: dict[str, str]
    vague_bounds: dict[str, tuple[int | None, int | None]]
    numbers: dict[str, float]
    scales: dict[str, int]


@lru_cache(maxsize=1)
def _grammar() -> Grammar:
    data = table("quantities")
    spelled = _either([*data["numbers"], *data["scales"]])
    scale, cut_short = _either(data["scales"]), _either(data["scales_cut_short"])
    one = (
        rf"(?:(?:\d{{1,3}}(?:[,\u00a0]\d{{3}})+|\d+(?:\.\d+)?)(?:\s+{scale}|{cut_short}(?!\w))?"
        rf"|(?:an?\s+)?{_either(data['fractions'])}(?:\s+of)?(?:\s+an?)?\s+{scale}"
        rf"|(?:an?\s+)?{spelled}(?:[\s-]+{spelled}|(?<=hundred)\s+and\s+{spelled}|(?<=thousand)\s+and\s+{spelled})*)"
    )
    at_least = _either(data["before"]["at_least"])
    at_most = _either(data["before"]["at_most"])
    return Grammar(
        floor_and_ceiling=re.compile(
            rf"\b{at_least}\s+(?P<first>{one})\W+(?:and|but|or|to)?\s*(?:possibly|perhaps|maybe|potentially)?\s*{at_most}\s+(?P<second>{one})(?!\w)"
        ),
        number=re.compile(
            rf"(?:(?P<between>\bbetween\s+)|\bfrom\s+)?(?<![\w.])(?<!under-)(?<!over-)(?P<first>{one})"
            rf"(?:(?:\s*[-–—]\s*|\s+to\s+|\s+or\s+(?!more\b)|(?(between)\s+and\s+|(?!)))(?P<second>{one}))?(?![\w%]|[\s-]*(?:year|month|week|day|hour)s?[\s-]*old|-(?:year|month|week|day|hour|storey|story|kilo))"
        ),
        vague=re.compile(rf"\b{_either(data['vague'])}\b"),
        before=re.compile(
            rf"(?:\b(?P<words>{_either([w for ws in data['before'].values() for w in ws])})\s+"
            rf"|(?<!\w)(?P<sign>{_either([s for signs in data['signs'].values() for s in signs])})\s*)$"
        ),
        after=re.compile(rf"\s*{_either(data['after']['at_least'])}(?!\w)"),
        revised=re.compile(rf"\b{_either(data['revised']['verbs'])}(?:\s+\w+)?\s+$"),
        before_kind={
            word: kind for group in ("before", "signs") for kind, words in data[group].items() for word in words
        },
        vague_bounds={word: (b.get("low"), b.get("high")) for word, b in data["vague"].items()},
        numbers={**data["numbers"], **data["fractions"]},
        scales={**data["scales"], **data["scales_cut_short"]},
    )


def _either(words: list[str] | dict[str, object]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first) + ")"


def _value(words: str, grammar: Grammar) -> int | None:
    """The integer that digits or number words state, or `None` where they state none."""
    total = 0.0
    current: float | None = None
    for part in _PARTS.findall(words.replace(",", "").replace("\u00a0", "")):
        if part in ("and", "a", "an", "of"):
            continue
        if part in grammar.scales:
            scale = grammar.scales[part]
            current = (1 if current is None else current) * scale
            if scale >= 1000:
                total, current = total + current, None
        else:
            number = grammar.numbers[part] if part in grammar.numbers else float(part)
            current = number if current is None else current + number
    value = total + (current or 0)
    return int(value) if value < 10**9 and value == int(value) else None
