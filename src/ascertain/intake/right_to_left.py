"""Lines of Arabic or Hebrew as they stand on paper, put back into the order in which they are read.

What programs write into a PDF is letters at places: some reversed, some as the shape that a letter takes in a word. The
places on the line are what can be trusted. So the letters are taken as they stand from left to right, and what the
Unicode Bidirectional Algorithm (UAX #9) does to draw a line is undone: the line is read from the right, runs of Latin
letters and numbers in it from the left, and shapes (Arabic presentation forms) become letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_NUMBERS = frozenset({"EN", "AN"})
_INSIDE_NUMBERS = frozenset(".,:/-%٪٫٬'’‑–")
_JOINTS = frozenset("-./'’&@_:‑–+")
_BRACKETS = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_CLOSES = {")": "(", "]": "[", "}": "{", "»": "«"}
_SHAPES = re.compile("[\ufb00-\ufb06\ufb1d-\ufb4f\ufb50-\ufdfb\ufe70-\ufefc]+")
_DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MARK_ON_SPACE = re.compile("[ \u0640](?=[\u064b-\u0652])")

_GAP = 0.2

Placed = tuple[str, float, float]


def has_right_to_left(text: str) -> bool:
    """Whether a text has a letter that is written from right to left.

    >>> has_right_to_left("13 killed"), has_right_to_left("مقتل 13")
    (False, True)
    """
    return any(char >= "\u0590" and unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text)


def read_order(line: Sequence[Placed], size: float) -> str:
    """The text of a line in the order in which it is read.

    Args:
        line: its characters, in any order, each with where it begins and ends on the line.
        size: the height of the line, which says how wide a gap is a space.

    >>> shown = ")27( لتقم"
    >>> read_order([(char, at, at + 1) for at, char in enumerate(shown)], 1)
    'مقتل (27)'
    """
    shown = _as_shown(line, size)
    text = _reversed_runs(shown[::-1]) if _is_from_right(shown) else _with_runs_reversed(shown)
    return letters_of(_with_sound_brackets(text))


def letters_of(text: str) -> str:
    """The text with the letters in place of the shapes that they take, and without marks of direction.

    >>> letters_of("ﻣﻘﺘﻞ ﻻ"), letters_of("oﬃcial")
    ('مقتل لا', 'official')
    """
    return _DIRECTIONS.sub("", _SHAPES.sub(lambda found: _letters(found[0]), text))


def _as_shown(line: Sequence[Placed], size: float) -> list[str]:
    """The characters from left to right, with a space where there is a gap.

    A space without a width is one that was only guessed from gaps, in an order that does not hold. Letters at one place
    are those of one shape, in the order in which they are read.
    """
    wide = [placed for placed in line if not placed[0].isspace() or placed[2] > placed[1]]
    shown: list[str] = []
    reached = 0.0
    order = sorted(range(len(wide)), key=lambda at: (wide[at][1] + wide[at][2], -at))
    for char, left, right in map(wide.__getitem__, order):
        if shown and not shown[-1].isspace() and not char.isspace() and left - reached > _GAP * size:
            shown.append(" ")
        shown.append(char)
        reached = max(reached, right)
    return shown


def _letters(shapes: str) -> str:
    return _MARK_ON_SPACE.sub("", unicodedata.normalize("NFKC", shapes))


def _is_from_right(shown: Sequence[str]) -> bool:
    """Whether a line begins at its right: by the letters at its ends, and where they differ, by the number of each."""
    letters = [kind for kind in map(_kind, shown) if kind in ("L", "R")]
    if letters and letters[0] == letters[-1]:
        return letters[0] == "R"
    return 2 * letters.count("R") >= len(letters)


def _reversed_runs(chars: Sequence[str]) -> str:
    """A line that was read from the right, with its runs of Latin letters and numbers turned round."""
    pieces: list[str] = []
    at = 0
    while at < len(chars):
        end = _end_of_run(chars, at)
        pieces.append("".join(reversed(chars[at:end])) if end > at else chars[at])
        at = max(end, at + 1)
    return "".join(pieces)


def _end_of_run(chars: Sequence[str], start: int) -> int:
    """Where a run that is read from the left, and begins at `start`, ends; `start` itself where there is none."""
    kind = _kind(chars[start])
    if kind not in ("L", "N"):
        return start
    end = at = start + 1
    while at < len(chars) and (next_kind := _kind(chars[at])) != "R":
        if next_kind in ("L", "N"):
            if not _joins(chars[end:at], _kind(chars[end - 1]), next_kind):
                break
            end = at + 1
        at += 1
    return end + (end < len(chars) and chars[end] in "%٪$€£" and _kind(chars[end - 1]) == "N")


def _joins(between: Sequence[str], left: str, right: str) -> bool:
    """Whether what stands between two signs that are read from the left belongs to one run with them."""
    if not between:
        return True
    if left == right == "L":
        return True
    if left == right == "N":
        return len(between) == 1 and between[0] in _INSIDE_NUMBERS
    return len(between) == 1 and between[0] in _JOINTS


def _with_runs_reversed(chars: Sequence[str]) -> str:
    """A line that is read from the left, with its runs of letters from right to left turned round."""
    text: list[str] = []
    run: list[str] = []
    for char, kind, ahead in zip(chars, map(_kind, chars), _letters_ahead(chars), strict=True):
        if kind == "R" or (run and kind != "L" and ahead == "R"):
            run.append(char)
        else:
            text += [_reversed_runs(run[::-1]), char]
            run = []
    return "".join([*text, _reversed_runs(run[::-1])])


def _letters_ahead(chars: Sequence[str]) -> list[str]:
    """For each character, of which kind the next letter is, its own included; `L` where there is none."""
    ahead, letter = [], "L"
    for char in reversed(chars):
        kind = _kind(char)
        letter = kind if kind in ("L", "R") else letter
        ahead.append(letter)
    return ahead[::-1]


def _kind(char: str) -> str:
    """`L` for letters from left to right, `R` for those from right to left, `N` for digits, `O` for all else."""
    direction = unicodedata.bidirectional(char[0])
    if direction in _RIGHT_TO_LEFT or direction == "NSM":
        return "R"
    return "N" if direction in _NUMBERS else "L" if direction == "L" else "O"


def _with_sound_brackets(text: str) -> str:
    """The text with its brackets mirrored, if they fit better so: some programs write the shape, some the sign."""
    mirrored = text.translate(_BRACKETS)
    return min(text, mirrored, key=_misfits)


def _misfits(text: str) -> int:
    waiting: list[str] = []
    misfits = 0
    for char in text:
        if char in "([{«":
            waiting.append(char)
        elif char in _CLOSES:
            if waiting and waiting[-1] == _CLOSES[char]:
                waiting.pop()
            else:
                misfits += 1
    return misfits + len(waiting)
