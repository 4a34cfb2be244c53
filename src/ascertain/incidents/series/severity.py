"""The worst of some words of severity, where a published scale orders them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import get_args

from ascertain.model import Sector
from ascertain.taxonomy import Row, read_table

COLUMNS = ("words", "sectors", "scale", "step")


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a scale: its words, in which sectors they mean it, and how far up it is."""

    words: str
    sectors: tuple[str, ...]
    scale: str
    step: int


@lru_cache(maxsize=1)
def steps() -> tuple[Step, ...]:
    """The steps of the published scales."""
    return load_steps(files(__package__) / "data" / "severity_scales.tsv")


def load_steps(path: Traversable | Path) -> tuple[Step, ...]:
    """The steps of a data file; DataFileError where it has a fault."""
    return tuple(_step(row) for row in read_table(path, COLUMNS, key="words"))


def _step(row: Row) -> Step:
    sectors = row.many("sectors")
    unknown = [sector for sector in sectors if sector not in get_args(Sector)]
    if unknown or not sectors:
        raise row.fault(f"sectors is {row['sectors']!r}", f"use some of {', '.join(get_args(Sector))}")
    if not row["step"].isdecimal() or not row["scale"]:
        raise row.fault("no scale, or a step that is no number", "name the scale, and give its step as a number")
    return Step(row["words"].casefold(), sectors, row["scale"], int(row["step"]))


def worst(severities: Iterable[str], sector: Sector) -> tuple[str, str] | None:
    """The worst of the words and its scale; `None` where none is a word of a scale, or they are of several scales.

    >>> worst(["severe", "IPC Phase 4", "Phase 3"], "food")
    ('IPC Phase 4', 'IPC acute food insecurity')
    >>> worst(["severe"], "food") is None
    True
    """
    found = [(step.step, words, step.scale) for words in severities for step in _named(words, sector)]
    if len({scale for _, _, scale in found}) != 1:
        return None
    _, words, scale = min(found, key=lambda each: (-each[0], each[1]))
    return words, scale


def step_of(words: str, sector: Sector) -> tuple[int, int] | None:
    """How far up its scale some words stand, and how many steps it has; `None` where they are of none, or of several.

    >>> step_of("IPC Phase 4", "food")
    (4, 5)
    """
    found = _named(words, sector)
    if len({step.scale for step in found}) != 1:
        return None
    return max(step.step for step in found), max(each.step for each in steps() if each.scale == found[0].scale)


def word_of(words: str, sector: Sector) -> tuple[str, str] | None:
    """The word of a published scale that stands in some words, and its scale; the worst where several do.

    >>> word_of("IPC Phase 4, said the mayor", "food"), word_of("severe", "food")
    (('ipc phase 4', 'IPC acute food insecurity'), None)
    """
    found = max(_named(words, sector), key=lambda step: (step.step, len(step.words), step.words), default=None)
    return (found.words, found.scale) if found else None


def _named(words: str, sector: Sector) -> list[Step]:
    told = " ".join(re.findall(r"\w+", words.casefold()))
    return [step for step in steps() if sector in step.sectors and re.search(rf"\b{step.words}\b", told)]
