"""Needs: why an incident asks for a reviewer's eyes, and in which order incidents are looked at.

In: an incident as it is put together, and what people decided of it before. Out: the columns of `IncidentRow` that the
inbox sorts and filters by. They are worked out when the row is written, so that no list has to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

# What each need adds to an incident's place in the order, and its bit in the column `needs`.
WEIGHTS: Mapping[str, int] = MappingProxyType(
    {"contested": 1000, "changed": 500, "many_sources": 300, "large": 200, "low_confidence": 100}
)
BITS: Mapping[str, int] = MappingProxyType({name: 1 << at for at, name in enumerate(WEIGHTS)})
LARGE = 10
MANY_SOURCES = 3
SURE = 0.6
_MOST_COUNTED = 99


@dataclass(frozen=True, slots=True)
class Standing:
    """What the order goes by: `killed` is the most that anybody counts, `sure` the confidence of the surest claim,
    `new_sources` those that came since it was accepted, `changed` that reports changed it since then."""

    grading: str
    killed: int = 0
    sure: float = 1.0
    new_sources: int = 0
    changed: bool = False
    decided: bool = False


def needs_of(standing: Standing) -> tuple[str, ...]:
    """Why an incident asks to be looked at, the most pressing first; nothing, where it was decided and is as it was.

    >>> needs_of(Standing("contested", killed=12))
    ('contested', 'large')
    >>> needs_of(Standing("contested", killed=12, decided=True))
    ()
    """
    if standing.decided and not standing.changed:
        return ()
    held = {
        "contested": standing.grading == "contested",
        "changed": standing.changed,
        "many_sources": standing.new_sources >= MANY_SOURCES,
        "large": standing.killed >= LARGE,
        "low_confidence": standing.grading == "weak" or standing.sure < SURE,
    }
    return tuple(name for name, holds in held.items() if holds)


def need_columns(standing: Standing) -> dict[str, object]:
    """The columns that lists sort and filter by.

    >>> need_columns(Standing("contested", killed=12))
    {'need': 1212, 'needs': 9, 'waiting': True}
    """
    needs = needs_of(standing)
    waiting = not standing.decided or standing.changed
    rank = sum(WEIGHTS[name] for name in needs) + min(standing.killed, _MOST_COUNTED)
    return {"need": rank if waiting else 0, "needs": sum(BITS[name] for name in needs), "waiting": waiting}


def names_in(bits: int) -> tuple[str, ...]:
    """The needs of a value of the column `needs`.

    >>> names_in(9)
    ('contested', 'large')
    """
    return tuple(name for name, bit in BITS.items() if bits & bit)
