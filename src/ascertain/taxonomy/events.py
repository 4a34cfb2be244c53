"""Event codes, with their words in ACLED and PLOVER."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from ascertain.model.claims import AcledType
from ascertain.taxonomy.tables import Row, read_table

COLUMNS = ("code", "acled_event_type", "acled_sub_event_type", "plover", "meaning")
PLOVER_TYPES = (
    "AGREE",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "CONSULT",
    "RETREAT",
    "REQUEST",
    "REJECT",
    "ACCUSE",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
)


@dataclass(frozen=True, slots=True)
class EventType:
    """What a code stands for.

    `acled` is None for what is no political violence, protest or strategic development; `plover` is None where PLOVER
    has no type for it.
    """

    code: str
    acled: AcledType | None
    plover: str | None
    meaning: str

    @property
    def political(self) -> bool:
        """Whether ACLED counts it: armed conflict, protest or a strategic development."""
        return self.acled is not None


def event_type(code: str) -> EventType:
    """The event type of a code; KeyError where there is no such code.

    >>> event_type("air_drone_strike").acled.sub_event_type
    'Air/drone strike'
    >>> event_type("accident").acled is None
    True
    """
    return event_types()[code]


@lru_cache(maxsize=1)
def event_types() -> Mapping[str, EventType]:
    """All event types by code, in the order of the data file."""
    return load_event_types(files(__package__) / "data" / "event_types.tsv")


def load_event_types(path: Traversable | Path) -> Mapping[str, EventType]:
    """The event types of a data file; DataFileError where it has a fault."""
    return MappingProxyType({row["code"]: _event_type(row) for row in read_table(path, COLUMNS, key="code")})


def _event_type(row: Row) -> EventType:
    words = (row["acled_event_type"], row["acled_sub_event_type"])
    if any(words) and not all(words):
        raise row.fault("only one of ACLED's two words is given", "give both acled_event_type and acled_sub_event_type")
    if not row["meaning"]:
        raise row.fault(f"code {row['code']!r} has no meaning", "say in one line what it stands for")
    acled = AcledType(event_type=words[0], sub_event_type=words[1]) if all(words) else None
    return EventType(row["code"], acled, row.one_of("plover", ("", *PLOVER_TYPES)) or None, row["meaning"])
