"""PLOVER's event type for the state of a negotiation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import get_args

from ascertain.model import DataFileError, NegotiationStatus
from ascertain.taxonomy.events import PLOVER_TYPES
from ascertain.taxonomy.tables import read_table

COLUMNS = ("status", "plover", "meaning")


@lru_cache(maxsize=1)
def plover_of_status() -> Mapping[str, str]:
    """PLOVER's event type by status of a negotiation.

    >>> plover_of_status()["agreed"]
    'AGREE'
    """
    return load_plover_of_status(files(__package__) / "data" / "negotiation_status.tsv")


def load_plover_of_status(path: Traversable | Path) -> Mapping[str, str]:
    """The crosswalk of a data file; DataFileError where it has a fault or leaves a status out."""
    statuses = get_args(NegotiationStatus)
    rows = read_table(path, COLUMNS, key="status")
    crosswalk = {row.one_of("status", statuses): row.one_of("plover", PLOVER_TYPES) for row in rows}
    if missing := [status for status in statuses if status not in crosswalk]:
        raise DataFileError(
            f"no row for {', '.join(missing)}", source=str(path), remedy="add a row for each status of the model"
        )
    return MappingProxyType(crosswalk)
