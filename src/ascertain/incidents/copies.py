"""Copies: which reports are the same text, cut, headed anew, added to or lightly rewritten.

In: sketches, as columns. Out: for each the group of its copies. Only wording decides, neither dates nor names of
publishers, so a further copy of a report never splits or joins what was told apart or together before. Wordings that
come later are compared with those that they share words with, and only what hangs together with them is grouped anew:
the groups are those that grouping all at once gives.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ascertain.incidents.shared_runs import NEAREST, Keys, candidates, new_pairs, parted
from ascertain.incidents.sketch import SHINGLES
from ascertain.incidents.wordings import NONE, Floats, Likeness, Numbers, Rows, Wording, likeness

__all__ = ["Copies", "Wording", "copies_among"]

# What a pair is: two texts of about one length, a part and its whole, or the same runs of words.
WHOLE, PART, SAME = 0, 1, 2
# Where fewer than so many wordings are known for each new one, all are compared anew.
_ANEW = 4
_AT_ONCE = 20_000


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


@dataclass(frozen=True, slots=True)
class Copies:
    """Different wordings, and which of them are copies.

    `keys` orders the wordings, `runs` has a number for the runs of words of each, and `groups` one that it shares with
    its copies. `pairs` has a row for each pair of copies: the two, the smaller first where it is a part, and what the
    pair is. `webs` has a number for each wording that it shares with all that it hangs together with by pairs.
    """

    wording: Wording
    keys: Keys
    runs: Keys
    pairs: Numbers
    webs: Numbers
    groups: Numbers

    @classmethod
    def none(cls) -> Copies:
        """No wordings."""
        nothing, hashes = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.uint64)
        return cls(Wording.of(()), hashes, hashes, nothing.reshape(0, 3), nothing, nothing)

    def plus(self, wording: Wording) -> tuple[Copies, Numbers]:
        """The copies among these wordings and more, and for each row of those which wording it is; -1 without words."""
        runs, keys = _hashed(wording.runs), _hashed(wording.words)
        keys = _mixed(runs ^ _mixed(keys))
        told = np.flatnonzero(wording.runs[:, 0] != NONE)
        new, first = np.unique(keys[told], return_index=True)
        fresh = ~np.isin(new, self.keys)
        rows = told[first[fresh]]
        together = Copies(
            Wording.joined([self.wording, wording.of_rows(rows)]),
            np.concatenate([self.keys, keys[rows]]),
            np.concatenate([self.runs, runs[rows]]),
            self.pairs,
            self.webs,
            self.groups,
        )
        found = together._grouped_since(len(self.keys)) if len(rows) else self
        order = np.argsort(found.keys)
        which = np.full(len(keys), -1, dtype=np.int64)
        which[told] = order[np.searchsorted(found.keys, keys[told], sorter=order)]
        return found, which

    def groups_of(self, wordings: Numbers) -> Numbers:
        """The group of each of some reports, by their wordings; one without words is alone."""
        alone = -1 - np.arange(len(wordings))
        return np.where(wordings < 0, alone, self.groups[wordings]) if len(self.groups) else alone

    def _grouped_since(self, since: int) -> Copies:
        """With the wordings from `since` on compared and grouped."""
        if since < _ANEW * (len(self.keys) - since):
            return self._regrouped(self._all_pairs(), np.arange(len(self.keys)), np.arange(len(self.keys)))
        made, phrased = new_pairs(self.wording.runs, self.keys, since)
        kept, lost = self._kept(phrased, since)
        added = np.concatenate([_copies_of(self, np.array(made, dtype=np.int64).reshape(-1, 2)), self._same(since)])
        news = np.arange(since, len(self.keys))
        webs = _webs(np.concatenate([self.webs, news]), added)
        changed = np.unique(webs[np.concatenate([news, lost[:, :2].ravel()])])
        return self._regrouped(np.concatenate([kept, added]), webs, np.flatnonzero(np.isin(webs, changed)))

    def _all_pairs(self) -> Numbers:
        """All pairs of copies, compared in the order of the keys."""
        order = np.argsort(self.keys)
        found = [
            _copies_of(self, np.stack([order[first], order[second]], axis=1))
            for first, second in candidates(self.wording.runs[order])
        ]
        return np.concatenate([*found, self._same(0)])

    def _same(self, since: int) -> Numbers:
        """Each wording from `since` on with another of the same runs of words, which may be kept of other words."""
        order = np.argsort(self.runs, kind="stable")
        alike = np.flatnonzero(self.runs[order[1:]] == self.runs[order[:-1]])
        pairs: Numbers = np.stack([order[alike], order[alike + 1], np.full(len(alike), SAME)], axis=1)
        new: Numbers = pairs[pairs[:, :2].max(axis=1) >= since]
        return new

    def _kept(self, phrased: Numbers, since: int) -> tuple[Numbers, Numbers]:
        """The known pairs that are pairs still, and those of two that share a set phrase and are so no more."""
        marked = np.zeros(len(self.keys), dtype=np.bool_)
        marked[phrased[phrased < since]] = True
        doubtful = (self.pairs[:, 2] != SAME) & marked[self.pairs[:, 0]] & marked[self.pairs[:, 1]]
        gone = np.zeros(len(self.pairs), dtype=np.bool_)
        gone[doubtful] = parted(self.wording.runs, self.keys, self.pairs[doubtful, :2])
        return self.pairs[~gone], self.pairs[gone]

    def _regrouped(self, pairs: Numbers, webs: Numbers, rows: Numbers) -> Copies:
        """With these pairs, and the groups of these rows made anew; no pair leads out of them."""
        place = np.full(len(self.keys), -1, dtype=np.int64)
        rows = rows[np.argsort(self.keys[rows])]
        place[rows] = np.arange(len(rows))
        here = pairs[place[pairs[:, 0]] >= 0]
        local = np.stack([place[here[:, 0]], place[here[:, 1]], here[:, 2]], axis=1)
        groups = np.concatenate([self.groups, np.zeros(len(self.keys) - len(self.groups), dtype=np.int64)])
        groups[rows] = rows[_grouped(local, self.wording.runs[rows])]
        webs = webs if len(rows) < len(self.keys) else _webs(webs, pairs)
        return Copies(self.wording, self.keys, self.runs, pairs, webs, groups)


def copies_among(wording: Wording) -> Numbers:
    """For each row a number that it shares with its copies and with no other row.

    A part joins its whole, unless the whole holds parts that are no copies of one another: then it is a roundup of
    several reports, and a report of its own.
    """
    found, which = Copies.none().plus(wording)
    return found.groups_of(which)


def _copies_of(copies: Copies, pairs: Numbers) -> Numbers:
    """Those of the pairs that are copies, and what they are."""
    found = [np.empty((0, 3), dtype=np.int64)]
    for start in range(0, len(pairs), _AT_ONCE):
        first, second = pairs[start : start + _AT_ONCE].T
        alike = likeness(copies.wording, first, second)
        more, less = np.maximum(alike.first, alike.second), np.minimum(alike.first, alike.second)
        close = _close(alike, more, less)
        whole = less >= np.minimum(_WHOLE, 0.6 * more)
        smaller = np.where(alike.first >= alike.second, first, second)
        larger = np.where(alike.first >= alike.second, second, first)
        found.append(np.stack([smaller, larger, np.where(whole, WHOLE, PART)], axis=1)[close])
    return np.concatenate(found)


def _webs(webs: Numbers, pairs: Numbers) -> Numbers:
    """The webs joined by pairs of wordings."""
    above: dict[int, int] = {}

    def top(web: int) -> int:
        while (higher := above.get(web, web)) != web:
            above[web] = above.get(higher, higher)
            web = higher
        return web

    for one, other in webs[pairs[:, :2]].tolist():
        low, high = sorted((top(one), top(other)))
        above[high] = low
    if not above:
        return webs
    moved = np.array(sorted(above), dtype=np.int64)
    to = np.array([top(web) for web in moved.tolist()], dtype=np.int64)
    at = np.minimum(np.searchsorted(moved, webs), len(moved) - 1)
    return np.where(moved[at] == webs, to[at], webs)


def _grouped(pairs: Numbers, runs: Rows) -> Numbers:
    """The groups of rows, by their pairs: for each row the one that stands for its group."""
    groups = _Groups(len(runs))
    for one, other in pairs[pairs[:, 2] != PART, :2].tolist():
        groups.join(one, other)
    _join_parts(groups, pairs[pairs[:, 2] == PART, :2].tolist(), _lengths(runs))
    return np.array([groups.of(row) for row in range(len(runs))], dtype=np.int64)


def _close(alike: Likeness, more: Floats, less: Floats) -> NDArray[np.bool_]:
    """Which pairs reach one of the levels."""
    close = np.zeros(len(more), dtype=np.bool_)
    for v in LEVELS:
        close |= (more >= v.share) & (less >= v.less) & (alike.runs >= v.runs) & (alike.words >= v.words)
    return close


def _hashed(rows: Rows) -> NDArray[np.uint64]:
    made = np.zeros(len(rows), dtype=np.uint64)
    for column in range(rows.shape[1]):
        made = (made ^ rows[:, column].astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        made ^= made >> np.uint64(29)
    return made


def _mixed(numbers: Keys) -> Keys:
    """Numbers mixed so that all their bits count (the last steps of SplitMix64)."""
    mixed = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


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


def _join_parts(groups: _Groups, parts: Sequence[Sequence[int]], lengths: Floats) -> None:
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
        enough = min(sizes[whole], NEAREST) / 2
        found = {groups.of(part) for part, holders in held[whole].items() if len(holders) > enough}
        if len(found) == 1:
            groups.join(whole, found.pop())
