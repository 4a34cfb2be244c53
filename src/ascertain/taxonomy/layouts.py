"""Layouts of others: their columns, how their codes and ours stand for each other, and what they cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

from ascertain.taxonomy.tables import Row, read_table

LAYOUTS = ("acled", "ged")
_TYPES = ("string", "integer", "number", "date")


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """A column of a layout: its name, type, and what is written into it."""

    name: str
    type: str
    decided: str


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Our codes as theirs, and the code of ours by which each of theirs is read back."""

    theirs: Mapping[str, str]
    ours: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that a layout cannot hold, and what is done instead; `leaves_out` is the reason by which a whole
    incident stays out, empty where a value alone is lost."""

    leaves_out: str
    what: str
    decided: str


@cache
def layout_columns(layout: str) -> tuple[LayoutColumn, ...]:
    """The columns of a layout, in its order.

    >>> len(layout_columns("acled")), len(layout_columns("ged"))
    (31, 49)
    """
    rows = read_table(_data("layout_columns"), ("layout", "column", "type", "decided"))
    return tuple(
        LayoutColumn(row["column"], row.one_of("type", _TYPES), row["decided"])
        for row in rows
        if row.one_of("layout", LAYOUTS) == layout
    )


@cache
def crosswalk(layout: str, codes: str) -> Crosswalk:
    """How a list of codes stands in a layout.

    >>> crosswalk("acled", "inter").theirs["militia"], crosswalk("acled", "inter").ours["1"]
    ('3', 'state_forces')
    """
    rows = [row for row in read_table(_data("layout_codes"), _CODES) if (row["layout"], row["list"]) == (layout, codes)]
    back: dict[str, str] = {}
    for row in rows:
        if row.flag("back"):
            _check_once(row, back)
            back[row["theirs"]] = row["ours"]
    return Crosswalk(MappingProxyType({row["ours"]: row["theirs"] for row in rows}), MappingProxyType(back))


@cache
def losses(layout: str) -> tuple[Loss, ...]:
    """What a layout cannot hold."""
    rows = read_table(_data("layout_losses"), ("layout", "leaves_out", "what", "decided"))
    return tuple(Loss(row["leaves_out"], row["what"], row["decided"]) for row in rows if row["layout"] == layout)


_CODES = ("layout", "list", "ours", "theirs", "back")


def _check_once(row: Row, back: Mapping[str, str]) -> None:
    if row["theirs"] in back:
        raise row.fault(f"{row['theirs']!r} is read back in two ways", "say yes on one row of it")


def _data(name: str) -> Traversable:
    return files(__package__) / "data" / f"{name}.tsv"
