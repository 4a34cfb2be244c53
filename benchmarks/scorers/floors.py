"""The floors that scores may not fall below, and the ceilings (`[GROUP.at_most]`) that errors may not rise above."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ascertain.model import DataFileError

Floors = Mapping[str, Mapping[str, float]]
AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A score below its floor; `value` is `None` where nothing could be scored."""

    group: str
    name: str
    value: float | None
    floor: float
    is_ceiling: bool = False

    def __str__(self) -> str:
        value = "nothing to score" if self.value is None else f"{self.value:.3f}"
        limit = "above the ceiling" if self.is_ceiling else "below the floor"
        return f"{self.group}: {self.name}: {value} is {limit} {self.floor:.3f}"


def load(path: Path) -> Floors:
    """The floors by group (a table of the file) and score; a group's ceilings are the group `GROUP.at_most`.

    Raises:
        DataFileError: the file is not TOML, or a floor is no number.
    """
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as fault:
        raise DataFileError(f"not TOML ({fault})", source=str(path), remedy="correct the line") from fault
    ceilings = {f"{group}.{AT_MOST}": found.pop(AT_MOST) for group, found in tables.items() if _has_ceilings(found)}
    tables |= ceilings
    for group, floors in tables.items():
        for name, floor in floors.items() if isinstance(floors, dict) else ((group, floors),):
            if not isinstance(floor, int | float):
                problem = f"[{group}] {name} is no number"
                raise DataFileError(problem, source=str(path), remedy="write a floor like 0.85")
    return tables


def _has_ceilings(group: object) -> bool:
    return isinstance(group, dict) and isinstance(group.get(AT_MOST), dict)


def shortfalls(group: str, scores: Mapping[str, float | None], floors: Floors) -> list[Shortfall]:
    """The scores of the group that are below their floors or above their ceilings; a missing score is a shortfall too.

    >>> [str(s) for s in shortfalls("airwars", {"date": 0.96}, {"airwars": {"date": 0.97}})]
    ['airwars: date: 0.960 is below the floor 0.970']
    """
    found = []
    for name, floor in floors.get(group, {}).items():
        value = scores.get(name)
        if value is None or value < floor:
            found.append(Shortfall(group, name, value, floor))
    for name, most in floors.get(f"{group}.{AT_MOST}", {}).items():
        value = scores.get(name)
        if value is None or value > most:
            found.append(Shortfall(group, name, value, most, is_ceiling=True))
    return found
