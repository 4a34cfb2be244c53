"""Copies: which reports are the same text, cut, headed anew, added to or lightly rewritten.

In: sketches, as columns. Out: for each the group of its copies. Only wording decides, neither dates nor names of
publishers, so a further copy of a report never splits or joins what was told apart or together before.
"""

from __future__ import annotations

import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from ascertain.incidents.sketch import SHINGLES
from ascertain.model import Sketch

Rows = NDArray[np.uint32]
Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]

NONE = np.uint32(0xFFFFFFFF)
WORDS = 64
# A word further on than this is not compared: what is kept of a long text depends on its headline.
_WORDS_COMPARED = 300
# A run of words that more reports share than this is a set phrase: it leads only to the nearest few.
_COMMON = 48
_NEAREST = 8
_BATCH = 20_000
# where the upper half of a number of 64 bits lies
_HIGH = 1 if sys.byteorder == "little" else 0


@dataclass(frozen=True, slots=True)
class Wording:
    """Sketches as columns, one row a report: the smallest hashes of its runs of words and of its words, sorted."""

    runs: Rows
    words: Rows

    @classmethod
    def of(cls, sketches: Sequence[Sketch | None]) -> Wording:
        """The columns of some sketches; a report without a sketch has no hashes."""
        runs = np.full((len(sketches), SHINGLES), NONE, dtype=np.uint32)
        words = np.full((len(sketches), WORDS), NONE, dtype=np.uint32)
        for row, sketch in enumerate(sketches):
            if sketch is not None:
                runs[row, : len(sketch.shingles)] = sketch.shingles
                hashes = _hashes_of_words(sketch)
                words[row, : len(hashes)] = hashes
        return cls(runs, words)

    @classmethod
    def joined(cls, parts: Sequence[Wording]) -> Wording:
        """The rows of several, one after the other."""
        parts = parts or [cls.of(())]
        return cls(np.concatenate([part.runs for part in parts]), np.concatenate([part.words for part in parts]))

    def of_rows(self, rows: Numbers) -> Wording:
        """Some of the rows."""
        return Wording(self.runs[rows], self.words[rows])


def _hashes_of_words(sketch: Sketch) -> Rows:
    """The smallest hashes of the words of the text; those of the headline do not count."""
    told = (word for word, at in zip(sketch.words, sketch.at, strict=True) if at is not None)
    first = islice(told, _WORDS_COMPARED)
    hashes = [zlib.crc32(word.casefold().encode("utf-8", "surrogatepass")) for word in first]
    mixed = np.unique(np.array(hashes, dtype=np.uint32) * np.uint32(0x9E3779B1))
    return mixed[:WORDS]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike the reports of each pair are: `first` and `second` are the shares of the runs of words of each that
    stand in the other, `runs` how many runs that is judged by, `words` the same of single words, for the one that more
    of stands in the other."""

    first: Floats
    second: Floats
    runs: Numbers
    words: Floats


def likeness(wording: Wording, first: Numbers, second: Numbers) -> Likeness:
    """How alike the reports of each pair of rows are, estimated from the hashes that both would have kept."""
    shared, ours, theirs = _overlap(wording.runs, first, second)
    shared_words, our_words, their_words = _overlap(wording.words, first, second)
    return Likeness(
        shared / np.maximum(ours, 1),
        shared / np.maximum(theirs, 1),
        np.minimum(ours, theirs),
        shared_words / np.maximum(np.minimum(our_words, their_words), 1),
    )


def _overlap(rows: Rows, first: Numbers, second: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """How many hashes two rows share, and how many of each lie where both rows are complete."""
    ours, theirs = rows[first], rows[second]
    last = np.minimum(ours[:, -1], theirs[:, -1])[:, None]
    both = np.sort(np.concatenate([ours, theirs], axis=1), axis=1)
    shared = ((both[:, 1:] == both[:, :-1]) & (both[:, 1:] != NONE)).sum(axis=1)
    return (
        shared.astype(np.int64),
        ((ours <= last) & (ours != NONE)).sum(axis=1),
        ((theirs <= last) & (theirs != NONE)).sum(axis=1),
    )


def candidates(runs: Rows) -> Iterator[tuple[Numbers, Numbers]]:
    """Pairs of rows that share a run of words, in batches, each pair once."""
    kept = runs != NONE
    packed = runs[kept].astype(np.uint64)
    packed <<= np.uint64(32)
    packed |= np.repeat(np.arange(len(runs), dtype=np.uint32), kept.sum(axis=1))
    packed.sort()
    hashes = packed.view(np.uint32)[_HIGH::2]
    shared = np.zeros(len(packed), dtype=np.bool_)
    np.equal(hashes[1:], hashes[:-1], out=shared[1:])
    shared[:-1] |= shared[1:]
    packed = packed[shared]
    if not len(packed):
        return
    hashes, owners = (packed >> np.uint64(32)).astype(np.uint32), (packed & np.uint64(NONE)).astype(np.int64)
    del packed, kept, shared
    _, at, sizes = np.unique(hashes, return_inverse=True, return_counts=True)
    reach = np.where(sizes[at] > _COMMON, _NEAREST, _COMMON)
    found: list[Numbers] = []
    for step in range(1, _COMMON):
        near = (hashes[step:] == hashes[:-step]) & (reach[:-step] >= step)
        if not near.any():
            break
        found.append(np.unique((owners[:-step][near] << 32) | owners[step:][near]))
    pairs = np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)
    for start in range(0, len(pairs), _BATCH):
        batch = pairs[start : start + _BATCH]
        yield batch >> 32, batch & 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Level:
    """Reports are copies where so large a share of the runs of words of one stands in the other, at least `less` of
    the other's in it, judged by so many runs, and so large a share of its words."""

    share: float
    less: float
    runs: int
    words: float


# Measured on invented texts and their edited copies, and on public collections (docs/lineage.md).
LEVELS = (Level(0.9, 0.0, 6, 0.9), Level(0.5, 0.0, 10, 0.8), Level(0.35, 0.0, 20, 0.82), Level(0.24, 0.18, 40, 0.76))
# Copies of about one length; below it the one is a part of the other.
_WHOLE = 0.6


def copies_among(wording: Wording) -> Numbers:
    """For each row a number that it shares with its copies and with no other row.

    A part joins its whole, unless the whole holds parts that are no copies of one another: then it is a roundup of
    several reports, and a report of its own.
    """
    rows, row_of = _distinct(wording)
    kept = wording.of_rows(rows)
    groups = _Groups(len(rows))
    parts: list[tuple[int, int]] = []
    for first, second in candidates(kept.runs):
        alike = likeness(kept, first, second)
        more, less = np.maximum(alike.first, alike.second), np.minimum(alike.first, alike.second)
        close = _close(alike, more, less)
        whole = close & (less >= np.minimum(_WHOLE, 0.6 * more))
        for a, b in zip(first[whole].tolist(), second[whole].tolist(), strict=True):
            groups.join(a, b)
        part = close & ~whole
        smaller = np.where(alike.first >= alike.second, first, second)[part].tolist()
        larger = np.where(alike.first >= alike.second, second, first)[part].tolist()
        parts += zip(smaller, larger, strict=True)
    _join_parts(groups, parts, _lengths(kept.runs))
    return np.array([groups.of(row) for row in range(len(rows))], dtype=np.int64)[row_of]


def _close(alike: Likeness, more: Floats, less: Floats) -> NDArray[np.bool_]:
    """Which pairs reach one of the levels."""
    close = np.zeros(len(more), dtype=np.bool_)
    for v in LEVELS:
        close |= (more >= v.share) & (less >= v.less) & (alike.runs >= v.runs) & (alike.words >= v.words)
    return close


def _distinct(wording: Wording) -> tuple[Numbers, Numbers]:
    """One row for each wording, in an order that depends on wording alone, and where each row's wording is there."""
    runs, words = _hashed(wording.runs), _hashed(wording.words)
    silent = wording.runs[:, 0] == NONE
    runs[silent] = np.arange(int(silent.sum()), dtype=np.uint64)
    order = np.lexsort((words, runs))
    _, first, row_of = np.unique(runs[order], return_index=True, return_inverse=True)
    back = np.empty(len(order), dtype=np.int64)
    back[order] = row_of
    return order[first], back


def _hashed(rows: Rows) -> NDArray[np.uint64]:
    made = np.zeros(len(rows), dtype=np.uint64)
    for column in range(rows.shape[1]):
        made = (made ^ rows[:, column].astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        made ^= made >> np.uint64(29)
    return made


def _lengths(runs: Rows) -> Floats:
    """How many runs of words each text has, by the largest hash that was kept."""
    count = (runs != NONE).sum(axis=1)
    last = runs[:, -1].astype(np.float64)
    return np.where(count < SHINGLES, count, SHINGLES * 2.0**32 / np.maximum(last, 1))


class _Groups:
    """Sets that are joined; the lowest number stands for each."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def of(self, row: int) -> int:
        while self._above[row] != row:
            self._above[row] = self._above[self._above[row]]
            row = self._above[row]
        return row

    def join(self, first: int, second: int) -> None:
        low, high = sorted((self.of(first), self.of(second)))
        self._above[high] = low


def _join_parts(groups: _Groups, parts: Sequence[tuple[int, int]], lengths: Floats) -> None:
    """Join parts to their wholes, shortest wholes first, so that a part of a part is known for one."""
    sizes = Counter(map(groups.of, range(len(lengths))))
    longest: dict[int, float] = {}
    held: dict[int, dict[int, set[int]]] = {}
    for smaller, larger in parts:
        whole, part = groups.of(larger), groups.of(smaller)
        if whole != part:
            held.setdefault(whole, {}).setdefault(part, set()).add(larger)
            longest[whole] = max(longest.get(whole, 0.0), float(lengths[larger]))
    for whole in sorted(held, key=lambda one: (longest[one], one)):
        enough = min(sizes[whole], _NEAREST) / 2
        found = {groups.of(part) for part, holders in held[whole].items() if len(holders) > enough}
        if len(found) == 1:
            groups.join(whole, found.pop())
