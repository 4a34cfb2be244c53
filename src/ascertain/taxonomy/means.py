"""Codes of means: the weapons and methods by which harm is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from ascertain.taxonomy.events import event_types
from ascertain.taxonomy.tables import Row, read_table

COLUMNS = ("code", "event_type", "meaning")


@dataclass(frozen=True, slots=True)
class Means:
    """A weapon or method; `event_type` is the code of the event that its use is where nothing else is told."""

    code: str
    event_type: str | None
    meaning: str


@lru_cache(maxsize=1)
def means() -> Mapping[str, Means]:
    """All means by code, in the order of the data file.

    >>> means()["mortar"].event_type
    'shelling_artillery_missile_attack'
    """
    return load_means(files(__package__) / "data" / "means.tsv")


def load_means(path: Traversable | Path) -> Mapping[str, Means]:
    """The means of a data file; DataFileError where it has a fault."""
    return MappingProxyType({row["code"]: _means(row) for row in read_table(path, COLUMNS, key="code")})


def _means(row: Row) -> Means:
    return Means(row["code"], row.one_of("event_type", ["", *event_types()]) or None, row["meaning"])
