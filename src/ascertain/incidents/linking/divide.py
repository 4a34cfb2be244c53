"""Look-alikes: a cluster that its own words divide is two events.

Two bank robberies in one city share more words with one another than with anything else, until they are looked at side
by side: then the words of the one (the street, the bank, a name) and of the other never meet. So within a cluster words
are weighed anew, by how rare they are there, and the cluster is cut in two where the halves hardly share a word any
more and the cut explains the words much better than one event would.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

LEAST_ON_A_SIDE = 3
MOST_ALIKE = 0.068
LEAST_GAIN = 2.3
MOST_COMPARED = 400

LEAST_BOUND = 2000
ALIKE_AS_COPIES = 0.7

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cut:
    """A cluster in two: the members of each side, and the words that mark it."""

    sides: tuple[tuple[int, ...], tuple[int, ...]]
    marks: tuple[tuple[str, ...], tuple[str, ...]]


def parts(
    members: Sequence[int], words: Sequence[Sequence[str]], facts: Mapping[frozenset[int], int]
) -> list[list[int]]:
    """The members of a cluster, in as many parts as their words cut it into.

    Args:
        members: the events of the cluster.
        words: the telling words of each event.
        facts: how much all but the words speaks for each pair that was compared, in thousandths of a bit. Halves that
            the facts bind (same day, same place) are one event however they are worded.
    """
    kept = _without_copies(members, words)
    cut = divide([words[n] for n in kept])
    if cut is None:
        return [list(members)]
    sides = [[kept[n] for n in side] for side in cut.sides]
    between = [facts.get(frozenset((one, other)), 0) for one in sides[0] for other in sides[1]]
    if sum(between) > LEAST_BOUND * len(between):
        return [list(members)]
    whole = [
        sorted(side + [n for n in members if n not in kept and _nearest(n, kept, words) in side]) for side in sides
    ]
    return [part for side in whole for part in parts(side, words, facts)]


def marks_between(
    one: Sequence[Sequence[str]], other: Sequence[Sequence[str]]
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The words that mark each of two groups of tellings, where their words cut them in two; else `None`."""
    words = [*one, *other]
    kept = _without_copies(range(len(words)), words)
    cut = divide([words[n] for n in kept])
    if cut is None:
        return None
    ours = [sum(kept[n] < len(one) for n in side) / len(side) for side in cut.sides]
    return cut.marks if ours[0] >= ours[1] else (cut.marks[1], cut.marks[0])


def _without_copies(members: Sequence[int], words: Sequence[Sequence[str]]) -> list[int]:
    kept: list[int] = []
    for n in members:
        if len(kept) <= MOST_COMPARED and not any(_overlap(words[n], words[k]) >= ALIKE_AS_COPIES for k in kept):
            kept.append(n)
    return kept


def _nearest(member: int, others: Sequence[int], words: Sequence[Sequence[str]]) -> int:
    return max(others, key=lambda other: (_overlap(words[member], words[other]), -other))


def _overlap(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of the words of both that both have."""
    return len(set(one) & set(other)) / max(1, len(set(one) | set(other)))


def divide(tellings: Sequence[Sequence[str]]) -> Cut | None:
    """Where the words of a cluster's tellings cut it in two, or `None` where they do not.

    `tellings` are the words of each; tellings that are copies of one another should be given once. The order decides
    nothing but ties.

    >>> jackson = [["chargers", "arrest", "dui", "jackson", "playoff", name] for name in "abcdef"]
    >>> williams = [["chargers", "arrest", "dui", "williams", "route", name] for name in "uvwxyz"]
    >>> cut = divide(jackson + williams)
    >>> cut.sides[0], cut.marks
    ((0, 1, 2, 3, 4, 5), (('jackson', 'playoff'), ('route', 'williams')))
    >>> divide(jackson) is None
    True
    """
    if not 2 * LEAST_ON_A_SIDE <= len(tellings) <= MOST_COMPARED:
        return None
    counts = Counter(word for words in tellings for word in set(words))
    alike = _alikeness(tellings, counts)
    sides = _halves(alike)
    if min(map(len, sides)) < LEAST_ON_A_SIDE or alike[np.ix_(*sides)].mean() > MOST_ALIKE:
        return None
    within = [Counter(word for n in side for word in set(tellings[n])) for side in sides]
    shared = sorted(word for word, count in counts.items() if count >= 3)
    if not shared or _gain(shared, within, [len(side) for side in sides]) < LEAST_GAIN:
        return None
    one, other = (_marks(within[n], within[1 - n], len(sides[n])) for n in (0, 1))
    return Cut((tuple(sides[0]), tuple(sides[1])), (one, other))


def _alikeness(tellings: Sequence[Sequence[str]], counts: Counter[str]) -> Matrix:
    """Cosines of the tellings, words weighed by how rare they are among these; a word told once says nothing."""
    column = {word: n for n, word in enumerate(sorted(word for word, count in counts.items() if count > 1))}
    table = np.zeros((len(tellings), max(1, len(column))))
    for row, words in enumerate(tellings):
        for word in set(words) & column.keys():
            table[row, column[word]] = math.log((1 + len(tellings)) / (1 + counts[word]))
    length = np.linalg.norm(table, axis=1, keepdims=True)
    table /= np.where(length == 0, 1, length)
    alike: Matrix = np.round(table @ table.T, 9)
    return alike


def _halves(alike: Matrix) -> tuple[list[int], list[int]]:
    """The last two clusters of average linkage."""
    members = {n: [n] for n in range(len(alike))}
    sums = alike.copy()
    np.fill_diagonal(sums, -np.inf)
    sizes = np.ones(len(alike))
    while len(members) > 2:
        means = sums / np.outer(sizes, sizes)
        one, other = sorted(divmod(int(means.argmax()), len(alike)))
        members[one] += members.pop(other)
        sums[one] += sums[other]
        sums[:, one] = sums[one]
        sums[one, one] = -np.inf
        sums[other], sums[:, other] = -np.inf, -np.inf
        sizes[one] += sizes[other]
    first, second = sorted(sorted(side) for side in members.values())
    return first, second


def _gain(words: Sequence[str], within: Sequence[Counter[str]], sizes: Sequence[int]) -> float:
    """How much likelier two kinds of telling make the words than one does: nats a word."""
    two = sum(_likelihood(counts[word], size) for word in words for counts, size in zip(within, sizes, strict=True))
    one = sum(_likelihood(within[0][word] + within[1][word], sum(sizes)) for word in words)
    return (two - one) / len(words)


def _likelihood(count: int, size: int) -> float:
    """The logarithm of how likely it is that `count` of `size` tellings hold a word, at its own rate."""
    return sum(part * math.log(part / size) for part in (count, size - count) if part)


def _marks(here: Counter[str], there: Counter[str], size: int) -> tuple[str, ...]:
    """The words that most tellings of one side have and none of the other."""
    return tuple(sorted(word for word, count in here.items() if 2 * count >= size and not there[word]))
