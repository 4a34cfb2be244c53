"""Nouns for people, the words that change them, and the nouns that hold people ('members', 'dozens')."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal, get_args

from ascertain.actors.nations import nations
from ascertain.model import ActorKind, Group
from ascertain.taxonomy import Row, read_table

PEOPLE_COLUMNS = ("singular", "plural", "kind", "armed", "group")
MODIFIER_COLUMNS = ("word", "heads", "kind", "armed", "group")
TITLE_COLUMNS = ("title", "kind", "armed", "group")
CONTAINER_COLUMNS = ("words", "kind", "armed", "group", "body")

Heads = Literal["any", "armed", "unarmed", "state", "body"]


@dataclass(frozen=True, slots=True)
class PeopleNoun:
    """What a noun says of people; `body` marks a noun whose meaning is in the word before it ('gang members')."""

    kind: ActorKind
    armed: bool
    group: Group | None
    body: bool = False


@dataclass(frozen=True, slots=True)
class Modifier:
    """What a word before the noun changes, and for which nouns; None leaves the noun's own."""

    heads: Heads
    kind: ActorKind | None
    armed: bool
    group: Group | None

    def changes(self, noun: PeopleNoun) -> bool:
        """Whether the word changes this noun."""
        fits: Mapping[Heads, bool] = {
            "any": True,
            "armed": noun.armed,
            "unarmed": not noun.armed,
            "state": noun.kind == "state_forces",
            "body": noun.body,
        }
        return fits[self.heads]


@lru_cache(maxsize=1)
def people_nouns() -> Mapping[str, PeopleNoun]:
    """What nouns for people say, by the noun in lower case, singular or plural."""
    return load_people_nouns(files(__package__) / "data" / "people.tsv")


@lru_cache(maxsize=1)
def people_titles() -> Mapping[str, PeopleNoun]:
    """What a title before a name says of its bearer, by the title in lower case without a full stop."""
    path = files(__package__) / "data" / "people_titles.tsv"
    rows = read_table(path, TITLE_COLUMNS, key="title")
    return {row["title"]: PeopleNoun(_kind(row), row.flag("armed"), _group(row)) for row in rows}


@lru_cache(maxsize=1)
def demonyms() -> frozenset[str]:
    """Nouns for the people of a state, as they are spelled: `Sudanese`, `Syrians`."""
    return frozenset(noun for nation in nations().values() for pair in nation.people for noun in pair)


@lru_cache(maxsize=1)
def people_modifiers() -> Mapping[str, tuple[Modifier, ...]]:
    """Words that change a noun for people, in lower case; the first that fits counts."""
    return load_people_modifiers(files(__package__) / "data" / "people_modifiers.tsv")


@lru_cache(maxsize=1)
def people_containers() -> Mapping[str, PeopleNoun]:
    """Nouns that count or hold people, in lower case; what follows 'of' says more."""
    return load_people_containers(files(__package__) / "data" / "people_containers.tsv")


def load_people_nouns(path: Traversable | Path) -> Mapping[str, PeopleNoun]:
    """The nouns of a data file; DataFileError where it has a fault or a noun stands twice."""
    nouns: dict[str, PeopleNoun] = {}
    for row in read_table(path, PEOPLE_COLUMNS):
        forms = {form for form in (row["singular"], row["plural"]) if form}
        if not forms:
            raise row.fault("a row without a noun", "give the singular, the plural, or both")
        if twice := next((form for form in sorted(forms) if form in nouns), None):
            raise row.fault(f"noun {twice!r} stands twice", "take one out")
        nouns |= dict.fromkeys(forms, PeopleNoun(_kind(row), row.flag("armed"), _group(row)))
    return nouns


def load_people_modifiers(path: Traversable | Path) -> Mapping[str, tuple[Modifier, ...]]:
    """The modifiers of a data file; DataFileError where it has a fault."""
    modifiers: dict[str, tuple[Modifier, ...]] = {}
    for row in read_table(path, MODIFIER_COLUMNS):
        heads: Heads = row.one_of("heads", get_args(Heads))  # type: ignore[assignment]  # checked against the type
        kind = _kind(row) if row["kind"] else None
        modifier = Modifier(heads, kind, row.flag("armed"), _group(row))
        modifiers[row["word"]] = (*modifiers.get(row["word"], ()), modifier)
    return modifiers


def load_people_containers(path: Traversable | Path) -> Mapping[str, PeopleNoun]:
    """The containers of a data file; DataFileError where it has a fault."""
    return {
        row["words"]: PeopleNoun(_kind(row), row.flag("armed"), _group(row), row.flag("body"))
        for row in read_table(path, CONTAINER_COLUMNS, key="words")
    }


def _kind(row: Row) -> ActorKind:
    kind: ActorKind = row.one_of("kind", get_args(ActorKind))  # type: ignore[assignment]  # checked against the model
    return kind


def _group(row: Row) -> Group | None:
    group: Group | Literal[""] = row.one_of("group", ("", *get_args(Group)))  # type: ignore[assignment]  # checked
    return group or None
