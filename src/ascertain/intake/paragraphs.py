"""Lines on pages, put together to paragraphs: broken words joined with care, running heads kept once.

A line goes on in the next one unless something shows an end: more space between them than usual, an indent, another
size of letters, a bullet, or a short line that ends a sentence.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ascertain.intake.right_to_left import has_right_to_left


@dataclass(frozen=True, slots=True)
class Line:
    """A line on a page: its text, and where it stands, in points from the lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def size(self) -> float:
        """The height of the line."""
        return max(self.top - self.bottom, 1.0)


@dataclass(frozen=True, slots=True)
class Paged:
    """A text, and the half-open span of it that stands on each page."""

    text: str
    pages: tuple[tuple[int, int], ...]


_BULLET = re.compile(r"\s*(?:[•▪●◦‣∙■□◆➢➤✓·*–—-]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+\S")
_SENTENCE_END = re.compile(r"[.!?:;…。؟۔।]['\"”’»)\]]*\s*$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN_WORD = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
_WORD_AHEAD = re.compile(r"[^\W\d_]+")
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|p\.|pág(?:ina)?\.?|صفحة|стр\.?)?\s*\d{1,4}(?:\s*(?:/|of|de|von|sur|من|из)\s*\d{1,4})?\W*", re.I
)
# Of compounds, and of names with the Arabic article.
_KEEP_HYPHEN_AFTER = {
    "self", "well", "non", "anti", "pro", "ex", "vice", "co", "north", "south", "east", "west", "mid", "al", "el",
    "an", "ar", "as", "ash", "at", "ad", "semi", "half", "inter", "multi", "cross", "long", "short", "high", "low",
    "so", "ill", "post", "pre", "quasi", "all", "cease", "counter", "franco", "anglo",
}  # fmt: skip
_LOOSE = 1.45
_OTHER_SIZE = 1.2
_SHORT = 0.85
_HALF = 0.55
_COLUMN = 12.0
_EDGE_LINES = 2
_FEWEST_REPEATS = 3


def paragraphs_of(pages: Sequence[Sequence[Line]]) -> Paged:
    """The pages as one text with a blank line between paragraphs; one that goes on overleaf is not cut.

    >>> first = [Line("At least five people were", 70, 300, 700, 712), Line("killed on Tues-", 70, 295, 686, 698)]
    >>> paragraphs_of([first, [Line("day.", 70, 90, 700, 712)]])
    Paged(text='At least five people were killed on Tuesday.', pages=((0, 40), (40, 44)))
    """
    kept = _without_repeats(pages)
    words = _vocabulary(kept)
    text: list[str] = []
    length, spans = 0, []
    last: Line | None = None
    for page in kept:
        start, widest, pitch = length, _widest(page), _usual_pitch(page)
        for number, line in enumerate(page):
            after = page[number + 1] if number + 1 < len(page) else None
            if last is not None:
                is_end = _ends_overleaf(last, line) if number == 0 else _ends(last, line, after, widest, pitch)
                between = "\n\n" if is_end else _between(last, line, words)
                text[-1] = text[-1] if between is not None else text[-1][:-1]
                text.append(between or "")
                length += -1 if between is None else len(between)
            start = length if number == 0 else start
            text.append(line.text)
            length += len(line.text)
            last = line
        spans.append((start, length))
    return Paged("".join(text), _clamped(spans, length))


def _clamped(spans: Sequence[tuple[int, int]], length: int) -> tuple[tuple[int, int], ...]:
    """The spans without the hyphen at a page's end that is not in the text any more."""
    clamped = []
    for start, end in reversed(spans):
        clamped.append((min(start, length), min(end, length)))
        length = min(start, length)
    return tuple(reversed(clamped))


def _between(last: Line, line: Line, words: Counter[str]) -> str | None:
    """What belongs between two lines of a paragraph; `None` where the hyphen at the first one's end must go."""
    broken, ahead = _BROKEN_WORD.search(last.text), _WORD_AHEAD.match(line.text)
    if broken is None:
        return "" if re.search(r"\w[-\u2010]$", last.text) and line.text[:1].isalnum() else " "
    return "" if ahead is None or _keeps_hyphen(broken[1], ahead[0], words) else None


def _keeps_hyphen(first: str, second: str, words: Counter[str]) -> bool:
    """Whether a hyphen at the end of a line is the word's own: the rest of the text decides, where it has the word."""
    if not second[0].islower():
        return True
    whole, hyphenated = words[(first + second).lower()], words[f"{first}-{second}".lower()]
    if whole or hyphenated:
        return hyphenated > whole
    return first.lower() in _KEEP_HYPHEN_AFTER


def _vocabulary(pages: Sequence[Sequence[Line]]) -> Counter[str]:
    return Counter(word.lower() for page in pages for line in page for word in _WORD.findall(line.text))


def _ends(last: Line, line: Line, after: Line | None, widest: Mapping[tuple[str, int], float], pitch: float) -> bool:
    """Whether a paragraph ends between two lines of one page."""
    if _BULLET.match(line.text):
        return True
    if _BROKEN_WORD.search(last.text) and line.text[:1].islower():
        return False
    if max(last.size, line.size) > _OTHER_SIZE * min(last.size, line.size):
        return True
    if line.bottom > last.top:
        return _is_finished(last, line)
    if last.bottom - line.top > (_LOOSE - 1) * pitch:
        return True
    share = _share_of_column(last, line, widest)
    return _is_indented(last, line, after) or share < _HALF or (share < _SHORT and _is_finished(last, line))


def _ends_overleaf(last: Line, line: Line) -> bool:
    return _is_finished(last, line) or bool(_BULLET.match(line.text))


def _is_finished(last: Line, line: Line) -> bool:
    """Whether the words show that nothing of the sentence is left for the next line."""
    if line.text[:1].islower():
        return False
    return bool(_SENTENCE_END.search(last.text)) or (line.text[:1].isupper() and len(last.text) < 60)


def _usual_pitch(page: Sequence[Line]) -> float:
    """From one line to the next, as most lines of a page have it."""
    steps = sorted(above.bottom - below.bottom for above, below in pairwise(page) if above.bottom > below.bottom)
    return steps[len(steps) // 4] if steps else 14.0


def _is_indented(last: Line, line: Line, after: Line | None) -> bool:
    """Whether a line begins further in than the one before and the one after it."""
    step = line.size
    if has_right_to_left(line.text):
        return last.right - line.right > step and (after is None or after.right - line.right > step)
    return line.left - last.left > step and (after is None or line.left - after.left > step)


def _share_of_column(last: Line, line: Line, widest: Mapping[tuple[str, int], float]) -> float:
    """How much of its column a line fills: of the widest line that begins where it begins, or ends there."""
    width = max(last.right, line.right) - min(last.left, line.left)
    return (last.right - last.left) / max(width, widest[_column(last)], 1.0)


def _column(line: Line) -> tuple[str, int]:
    """The column that a line stands in: where it begins, for letters from right to left at its right."""
    if has_right_to_left(line.text):
        return "right", round(line.right / _COLUMN)
    return "left", round(line.left / _COLUMN)


def _widest(page: Sequence[Line]) -> Mapping[tuple[str, int], float]:
    """How wide each column of a page is: not less than the middle one of all its lines."""
    widths = sorted(line.right - line.left for line in page)
    widest: dict[tuple[str, int], float] = defaultdict(lambda: widths[len(widths) // 2] if widths else 0.0)
    for line in page:
        widest[_column(line)] = max(widest[_column(line)], line.right - line.left)
    return widest


def _without_repeats(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without their numbers, and with what stands at the edge of most of them only where it stands first."""
    numbered = enumerate(pages, start=1)
    often = Counter(key for number, page in numbered for key in {_key(line, number, page) for line in _edges(page)})
    repeated = {key for key, count in often.items() if count >= max(_FEWEST_REPEATS, len(pages) // 3)}
    seen: set[str] = set()
    kept = []
    for number, page in enumerate(pages, start=1):
        edges = set(map(id, _edges(page)))
        lines = []
        for line in page:
            key = _key(line, number, page)
            is_repeat = key in repeated and key in seen
            if id(line) in edges and (is_repeat or (len(pages) > 1 and _PAGE_NUMBER.fullmatch(line.text))):
                continue
            seen.add(key)
            lines.append(line)
        kept.append(lines)
    return kept


def _edges(page: Sequence[Line]) -> Sequence[Line]:
    return [*page[:_EDGE_LINES], *page[_EDGE_LINES:][-_EDGE_LINES:]]


def _key(line: Line, number: int, page: Sequence[Line]) -> str:
    """What a running head has in common on all pages: all but, in the first and the last line, the page's number."""
    text = line.text.strip().lower()
    return re.sub(rf"(?<!\d){number}(?!\d)", "#", text) if line is page[0] or line is page[-1] else text
