"""Wordings: sketches as columns, and how alike two of them are.

In: sketches. Out: a `Wording`, and the `likeness` of pairs of its rows.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
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
