"""Clusters: which events of one connected heap of pairs are one, when no report may be in a cluster with two of its
events.

In: the scored pairs of a heap. Out: its clusters. Those two clusters are joined whose pairs weigh most on average,
again and again, while that is above zero (average linkage); a report that tells two events apart keeps them apart.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence

Pair = tuple[int, int, int]


class _Heap:
    """The clusters of a heap while they are being joined. Weights are whole numbers, so their sums are exact."""

    def __init__(self, reports: Sequence[str], pairs: Iterable[Pair], missing: int) -> None:
        self.missing = missing
        self.members: dict[int, list[int]] = {n: [n] for n in range(len(reports))}
        self.reports: dict[int, frozenset[str]] = {n: frozenset((report,)) for n, report in enumerate(reports)}
        self.near: dict[int, dict[int, tuple[int, int]]] = {n: {} for n in self.members}
        for one, other, weight in pairs:
            self.near[one][other] = self.near[other][one] = (weight, 1)

    def mean(self, one: int, other: int) -> float:
        """The mean weight of the pairs between two clusters; a pair that was never compared weighs `missing`."""
        total, known = self.near[one][other]
        number = len(self.members[one]) * len(self.members[other])
        return (total + self.missing * (number - known)) / number

    def may_join(self, one: int, other: int) -> bool:
        """Whether no report tells the two apart."""
        return self.reports[one].isdisjoint(self.reports[other])

    def join(self, one: int, other: int) -> list[int]:
        """Put the second into the first; the clusters near the first now."""
        self.members[one] += self.members.pop(other)
        self.reports[one] |= self.reports.pop(other)
        for third, (total, known) in self.near.pop(other).items():
            del self.near[third][other]
            if third != one:
                before = self.near[one].get(third, (0, 0))
                self.near[one][third] = self.near[third][one] = (before[0] + total, before[1] + known)
        return sorted(self.near[one])


def clusters(
    reports: Sequence[str], pairs: Iterable[Pair], *, missing: int, main: Sequence[bool] | None = None
) -> list[list[int]]:
    """The clusters of the events `0 … n-1`, each sorted, in order of their first.

    Args:
        reports: the report of each event.
        pairs: those that were compared, each once, with what their weights are above the bound for joining.
        missing: the weight of a pair that was not.
        main: which events are what their reports are mainly about; these are clustered first, and then what reports
            tell in passing is put to them. All are, where nothing is said.

    >>> clusters(["r1", "r2", "r3"], [(0, 1, 4000), (1, 2, -900)], missing=-3000)
    [[0, 1], [2]]
    """
    heap = _Heap(reports, pairs, missing)
    if main is not None:
        _join_up(heap, {n for n, is_main in enumerate(main) if is_main})
    _join_up(heap, set(heap.members))
    return sorted(sorted(members) for members in heap.members.values())


def _join_up(heap: _Heap, these: set[int]) -> None:
    """Join clusters of a heap, the best two first, as long as any two of these may and should be joined."""
    waiting: list[tuple[float, int, int]] = []
    for one in sorted(these):
        _line_up(heap, waiting, one, [other for other in heap.near[one] if other > one and other in these])
    heapq.heapify(waiting)
    while waiting:
        mean, one, other = heapq.heappop(waiting)
        if one in heap.members and other in heap.near[one] and -mean == heap.mean(one, other):
            near = [third for third in heap.join(one, other) if third in these]
            _line_up(heap, waiting, one, near, push=heapq.heappush)


def _line_up(
    heap: _Heap,
    waiting: list[tuple[float, int, int]],
    one: int,
    others: Iterable[int],
    push: Callable[[list[tuple[float, int, int]], tuple[float, int, int]], None] = list.append,
) -> None:
    """Put the clusters that may be joined with this one on the list of those that wait."""
    for other in others:
        mean = heap.mean(one, other)
        if mean > 0 and heap.may_join(one, other):
            push(waiting, (-mean, min(one, other), max(one, other)))
