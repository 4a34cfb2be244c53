"""The words of all parties and states in one automaton (Aho–Corasick)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import ahocorasick

from ascertain.actors.folding import fold, fold_key
from ascertain.actors.nations import Nation, nations
from ascertain.actors.parties import Alias, Party, parties
from ascertain.taxonomy import read_table

NationForm = Literal["name", "adjective", "capital"]


@dataclass(frozen=True, slots=True)
class Named:
    """A way of naming a party."""

    alias: Alias
    party: Party

    @property
    def words(self) -> str:
        """The alias as it is spelled."""
        return self.alias.words


@dataclass(frozen=True, slots=True)
class NationWord:
    """A word for a state: its name, its adjective, or its capital; `own_case` as of an alias."""

    words: str
    nation: Nation
    form: NationForm
    own_case: bool


@dataclass(frozen=True, slots=True)
class NoParty:
    """Words that hold a name but name no party ('Indian Ocean')."""

    words: str


Entry = Named | NationWord | NoParty


@dataclass(frozen=True, slots=True)
class Hit:
    """Where words of the lexicon stand in a text, and all that they may mean."""

    start: int
    end: int
    entries: tuple[Entry, ...]


def hits(text: str) -> Iterator[Hit]:
    """All words of the lexicon in the text, whatever their case, in order of their ends; they may overlap."""
    for last, (length, entries) in _automaton().iter(f" {fold(text)} "):
        end = last - 1
        sign = text[end : end + 1]
        ends_in_sign = bool(sign) and not sign.isalnum() and any(entry.words.endswith(sign) for entry in entries)
        yield Hit(end - length, end + ends_in_sign, entries)


@lru_cache(maxsize=1)
def _automaton() -> ahocorasick.Automaton:
    by_key: dict[str, list[Entry]] = {}
    for words, entry in _entries():
        by_key.setdefault(fold_key(words), []).append(entry)
    automaton = ahocorasick.Automaton()
    for key, entries in by_key.items():
        automaton.add_word(key, (len(key) - 2, tuple(entries)))
    automaton.make_automaton()
    return automaton


def _entries() -> Iterator[tuple[str, Entry]]:
    for party in parties():
        for alias in party.aliases:
            yield alias.words, Named(alias, party)
    for nation in nations().values():
        yield from _nation_entries(nation)
    for row in read_table(files(__package__) / "data" / "not_parties.tsv", ("words",), key="words"):
        yield row["words"], NoParty(row["words"])


def _nation_entries(nation: Nation) -> Iterator[tuple[str, Entry]]:
    by_form: tuple[tuple[NationForm, tuple[str, ...]], ...] = (
        ("name", nation.names),
        ("adjective", nation.adjectives),
        ("capital", nation.capitals),
    )
    for form, listed in by_form:
        for words in listed:
            bare = words.removeprefix("=")
            yield bare, NationWord(bare, nation, form, own_case=bare != words)
