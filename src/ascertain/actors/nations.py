"""States, and the words that make a party of a state's name: 'Sudanese' + 'army'."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal, get_args

from ascertain.model import ActorKind
from ascertain.taxonomy import Row, read_table

NATION_COLUMNS = ("code", "name", "names", "adjectives", "people", "capitals", "military")
UNIT_COLUMNS = ("unit", "kind", "armed", "name")
FORCE_COLUMNS = ("words", "role", "unit")

ForceRole = Literal["noun", "act", "modifier"]


@dataclass(frozen=True, slots=True)
class Nation:
    """A state. `name` is as in 'Government of …'; `people` are (singular, plural) nouns for its people.

    A name or adjective marked `=` is an ordinary word too ('US'), as for aliases of parties.
    """

    code: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[tuple[str, str], ...]
    capitals: tuple[str, ...]
    military: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """A body of a state, such as its forces or its police; `pattern` holds `{nation}` for the state's name."""

    code: str
    kind: ActorKind
    armed: bool
    pattern: str

    def name(self, nation: Nation) -> str:
        """The neutral name of the body, alike for all states."""
        return self.pattern.format(nation=nation.name)


@dataclass(frozen=True, slots=True)
class ForceWords:
    """Words that may follow a state's name; `unit` is None where they fit any (`officers`)."""

    role: ForceRole
    unit: str | None


@lru_cache(maxsize=1)
def nations() -> Mapping[str, Nation]:
    """All states by alpha-2 code."""
    return load_nations(files(__package__) / "data" / "nations.tsv")


@lru_cache(maxsize=1)
def units() -> Mapping[str, Unit]:
    """All units by code.

    >>> units()["forces"].name(nations()["ML"])
    'Military Forces of Mali'
    """
    return load_units(files(__package__) / "data" / "units.tsv")


@lru_cache(maxsize=1)
def force_words() -> Mapping[str, ForceWords]:
    """The words that may follow a state's name, by the words in lower case."""
    return load_force_words(files(__package__) / "data" / "forces.tsv")


@lru_cache(maxsize=1)
def statement_verbs() -> Mapping[str, Unit]:
    """Verbs after which the name of a state or capital stands for a body of the state, and which."""
    rows = read_table(files(__package__) / "data" / "statements.tsv", ("words", "unit"), key="words")
    return {row["words"]: units()[row.one_of("unit", tuple(units()))] for row in rows}


@lru_cache(maxsize=1)
def _at_war() -> frozenset[frozenset[str]]:
    rows = read_table(files(__package__) / "data" / "interstate.tsv", ("states",), key="states")
    return frozenset(frozenset(row["states"].split()) for row in rows)


def have_fought(one: str, other: str) -> bool:
    """Whether two states, by alpha-2 code, have fought each other across a border.

    >>> have_fought("UA", "RU"), have_fought("FR", "ML")
    (True, False)
    """
    return frozenset((one, other)) in _at_war()


def load_nations(path: Traversable | Path) -> Mapping[str, Nation]:
    """The states of a data file; DataFileError where it has a fault."""
    return {row["code"]: _nation(row) for row in read_table(path, NATION_COLUMNS, key="code")}


def load_units(path: Traversable | Path) -> Mapping[str, Unit]:
    """The units of a data file; DataFileError where it has a fault."""
    return {row["unit"]: _unit(row) for row in read_table(path, UNIT_COLUMNS, key="unit")}


def load_force_words(path: Traversable | Path) -> Mapping[str, ForceWords]:
    """The force words of a data file; DataFileError where it has a fault."""
    return {row["words"]: _force_words(row) for row in read_table(path, FORCE_COLUMNS, key="words")}


def _nation(row: Row) -> Nation:
    if len(row["code"]) != 2 or not row["code"].isupper():
        raise row.fault(f"code is {row['code']!r}", "give the alpha-2 code in capitals")
    if not row.many("names"):
        raise row.fault(f"{row['code']} has no names", "list at least the state's common name")
    people = tuple(tuple(pair.split("/")) for pair in row.many("people"))
    if any(len(pair) != 2 for pair in people):
        raise row.fault(f"people is {row['people']!r}", "write each noun as singular/plural")
    return Nation(
        code=row["code"],
        name=row["name"],
        names=row.many("names"),
        adjectives=row.many("adjectives"),
        people=tuple((pair[0], pair[1]) for pair in people),
        capitals=row.many("capitals"),
        military=row.flag("military"),
    )


def _unit(row: Row) -> Unit:
    kind: ActorKind = row.one_of("kind", get_args(ActorKind))  # type: ignore[assignment]  # checked against the model
    if "{nation}" not in row["name"]:
        raise row.fault(f"name is {row['name']!r}", "let it hold {nation}")
    return Unit(row["unit"], kind, row.flag("armed"), row["name"])


def _force_words(row: Row) -> ForceWords:
    role: ForceRole = row.one_of("role", get_args(ForceRole))  # type: ignore[assignment]  # checked against the type
    return ForceWords(role, row.one_of("unit", ("", *units())) or None)
