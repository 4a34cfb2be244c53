"""Shared runs of words: which wordings are worth comparing, of all, and after some have come anew.

In: the runs of wordings, and the order that their keys give. Out: pairs of rows. A run of words that many share is a
set phrase: it leads only to the nearest few in the order of the keys, which tell nothing of when a report came. So one
that comes anew may part a pair as well as make some.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ascertain.incidents.wordings import NONE, Numbers, Rows

Keys = NDArray[np.uint64]
Pair = tuple[int, int]

# A run that more wordings share than this leads only to the nearest few.
COMMON = 48
NEAREST = 8
_BATCH = 20_000
# Runs are looked at in so many parts, by their upper bits, so that memory is bounded.
_PART_BITS = 3
# Rows that are looked through at once, and how many of the upper bits of a run are looked at first.
_ROWS_AT_ONCE = 1 << 16
_FIRST_BITS = 24
# where the upper half of a number of 64 bits lies
_HIGH = 1 if sys.byteorder == "little" else 0


def candidates(runs: Rows) -> Iterator[tuple[Numbers, Numbers]]:
    """Pairs of rows, which come in the order of their keys, that share a run of words; in batches, each pair once."""
    pairs = np.unique(np.concatenate([_sharing(runs, part) for part in range(1 << _PART_BITS)]))
    for start in range(0, len(pairs), _BATCH):
        batch = pairs[start : start + _BATCH]
        yield batch >> 32, batch & 0xFFFFFFFF


def _sharing(runs: Rows, part: int) -> Numbers:
    """The pairs that share one of the runs that begin with these bits, the two rows packed into one number."""
    kept = (runs >> (32 - _PART_BITS) == part) & (runs != NONE)
    packed = runs[kept].astype(np.uint64)
    packed <<= np.uint64(32)
    packed |= np.repeat(np.arange(len(runs), dtype=np.uint32), kept.sum(axis=1))
    packed.sort()
    hashes = packed.view(np.uint32)[_HIGH::2]
    shared = np.zeros(len(packed), dtype=np.bool_)
    np.equal(hashes[1:], hashes[:-1], out=shared[1:])
    shared[:-1] |= shared[1:]
    packed = packed[shared]
    hashes, owners = (packed >> np.uint64(32)).astype(np.uint32), (packed & np.uint64(NONE)).astype(np.int64)
    _, at, sizes = np.unique(hashes, return_inverse=True, return_counts=True)
    reach = np.where(sizes[at] > COMMON, NEAREST, COMMON)
    found = [np.empty(0, dtype=np.int64)]
    for step in range(1, COMMON):
        near = (hashes[step:] == hashes[:-step]) & (reach[:-step] >= step)
        if not near.any():
            break
        found.append(np.unique((owners[:-step][near] << 32) | owners[step:][near]))
    return np.unique(np.concatenate(found))


def new_pairs(runs: Rows, keys: Keys, since: int) -> tuple[list[Pair], Numbers]:
    """The pairs that the rows from `since` on make with all others, and the rows that share a set phrase with them: of
    those some that were pairs may be so no more."""
    wanted = np.unique(runs[since:])
    pairs: set[Pair] = set()
    phrased: list[Numbers] = []
    for members in _members(runs, keys, wanted[wanted != NONE]).values():
        if len(members) > COMMON:
            phrased.append(members)
        if len(members) > 1:
            pairs.update(_of_new(members, since))
    return sorted(pairs), np.unique(np.concatenate(phrased)) if phrased else np.empty(0, dtype=np.int64)


def _of_new(members: Numbers, since: int) -> Iterator[Pair]:
    """The pairs of a run that have a new row, by the members of the run in order."""
    reach = _reach(len(members))
    for at in np.flatnonzero(members >= since).tolist():
        new = int(members[at])
        for other in members[max(0, at - reach) : at + reach + 1].tolist():
            if other != new:
                yield (other, new) if other < new else (new, other)


def _reach(size: int) -> int:
    """How far a run that so many share leads, by places in their order."""
    return NEAREST if size > COMMON else COMMON - 1


def parted(runs: Rows, keys: Keys, pairs: Numbers) -> NDArray[np.bool_]:
    """Which of the pairs share no run by which they would be compared."""
    shared = [np.intersect1d(runs[one], runs[other]) for one, other in pairs.tolist()]
    wanted = np.unique(np.concatenate(shared)) if shared else np.empty(0, dtype=np.uint32)
    members = _members(runs, keys, wanted[wanted != NONE])
    gone = np.ones(len(pairs), dtype=np.bool_)
    for at, ((one, other), those) in enumerate(zip(pairs.tolist(), shared, strict=True)):
        gone[at] = not any(_is_near(members[run], one, other) for run in those.tolist() if run != NONE)
    return gone


def _is_near(members: Numbers, one: int, other: int) -> bool:
    """Whether a run leads from one to the other, which both are among its members."""
    if len(members) <= COMMON:
        return True
    first, second = (int(np.flatnonzero(members == row)[0]) for row in (one, other))
    return abs(first - second) <= NEAREST


def _members(runs: Rows, keys: Keys, wanted: Rows) -> dict[int, Numbers]:
    """The rows that share each of the wanted runs, in the order of their keys."""
    if not len(wanted):
        return {}
    first = np.zeros(1 << _FIRST_BITS, dtype=np.bool_)
    first[wanted >> (32 - _FIRST_BITS)] = True
    found: list[Rows] = []
    rows: list[Numbers] = []
    for start in range(0, len(runs), _ROWS_AT_ONCE):
        part = runs[start : start + _ROWS_AT_ONCE]
        row, column = np.nonzero(first[part >> (32 - _FIRST_BITS)])
        run = part[row, column]
        right = wanted[np.minimum(np.searchsorted(wanted, run), len(wanted) - 1)] == run
        found.append(run[right])
        rows.append(row[right] + start)
    all_runs, all_rows = np.concatenate(found), np.concatenate(rows)
    order = np.lexsort((keys[all_rows], all_runs))
    all_runs, all_rows = all_runs[order], all_rows[order]
    bounds = [*np.searchsorted(all_runs, wanted).tolist(), len(all_runs)]
    return {run: all_rows[a:b] for run, (a, b) in zip(wanted.tolist(), pairwise(bounds), strict=True)}
