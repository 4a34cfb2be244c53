"""Who belongs to whom: the one-to-one alignment with the best total score."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf


def best_pairs(scores: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The pairs (row, column) of the one-to-one alignment with the highest total score, by row.

    A pair with a score of 0 or below is never made: leaving both alone is as good. The method is the Hungarian one
    with potentials (Kuhn 1955, Munkres 1957), cubic in the longer side.

    >>> best_pairs([[5.0, 4.0], [4.0, 1.0]])
    [(0, 1), (1, 0)]
    >>> best_pairs([[0.0, -1.0]])
    []
    """
    rows, columns = len(scores), len(scores[0]) if scores else 0
    if not rows or not columns:
        return []
    size = max(rows, columns)
    costs = [
        [-max(scores[row][column], 0.0) if row < rows and column < columns else 0.0 for column in range(size)]
        for row in range(size)
    ]
    owners = _assign(costs)
    pairs = sorted((row, column) for column, row in enumerate(owners) if row < rows and column < columns)
    return [(row, column) for row, column in pairs if scores[row][column] > 0]


def _assign(costs: list[list[float]]) -> list[int]:
    """The row that each column of a square matrix goes to at the lowest total cost."""
    size = len(costs)
    row_potential, column_potential = [0.0] * size, [0.0] * (size + 1)
    owner = [-1] * (size + 1)
    for row in range(size):
        owner[size] = row
        column, path = size, [size] * size
        slack, done = [inf] * size, [False] * (size + 1)
        while owner[column] >= 0:
            done[column] = True
            current, step, nearest = owner[column], inf, -1
            for other in range(size):
                if done[other]:
                    continue
                reduced = costs[current][other] - row_potential[current] - column_potential[other]
                if reduced < slack[other]:
                    slack[other], path[other] = reduced, column
                if slack[other] < step:
                    step, nearest = slack[other], other
            for other in range(size + 1):
                if done[other]:
                    row_potential[owner[other]] += step
                    column_potential[other] -= step
                elif other < size:
                    slack[other] -= step
            column = nearest
        while column != size:
            owner[column] = owner[path[column]]
            column = path[column]
    return owner[:size]
