"""Whose a spot is: the country and first-level division of the nearest town that the embedded gazetteer holds."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator

from ascertain.places.geometry import Position, distance_km

_CELL = 0.5  # degrees
_FARTHEST_KM = 100
_ROUNDS = 3

Owner = tuple[str | None, str | None]


class NearestTowns:
    """Towns by cells of half a degree.

    >>> towns = NearestTowns([((31.29, 34.25), ("PS", "GZ")), ((31.28, 34.23), ("EG", "26"))])
    >>> towns.owner((31.3, 34.26)), towns.owner((50.0, 10.0))
    (('PS', 'GZ'), (None, None))
    """

    def __init__(self, towns: Iterable[tuple[Position, Owner]]) -> None:
        self._cells: dict[tuple[int, int], list[tuple[Position, Owner]]] = defaultdict(list)
        for at, owner in towns:
            self._cells[_cell(at)].append((at, owner))

    def owner(self, at: Position) -> Owner:
        """The country and division of the nearest town within 100 km; neither where there is none."""
        for rounds in range(1, _ROUNDS + 1):
            best = min(self._around(at, rounds), default=None, key=lambda town: distance_km(town[0], at))
            if best is not None and distance_km(best[0], at) <= _FARTHEST_KM:
                return best[1]
        return None, None

    def _around(self, at: Position, rounds: int) -> Iterator[tuple[Position, Owner]]:
        row, column = _cell(at)
        wide = math.ceil(rounds / max(0.1, math.cos(math.radians(at[0]))))
        for north in range(-rounds, rounds + 1):
            for east in range(-wide, wide + 1):
                yield from self._cells.get((row + north, (column + east) % round(360 / _CELL)), ())


def _cell(at: Position) -> tuple[int, int]:
    return math.floor(at[0] / _CELL), math.floor(at[1] / _CELL) % round(360 / _CELL)
