"""What the corpus is made of: places, parties and sentence templates, from the files beside this one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Town:
    """A town as news stories tell it: its spellings (the first is the usual one), province and country.

    `code` is the country's, `called` what its provinces are ("state"), and `quarters` are names of quarters.
    """

    spellings: tuple[str, ...]
    province: str
    country: str
    code: str
    called: str
    quarters: tuple[str, ...]

    @property
    def name(self) -> str:
        """The usual spelling."""
        return self.spellings[0]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of incident: its code in the taxonomy, who does it, what it hits, and the sentences that tell it."""

    name: str
    code: str
    nouns: tuple[str, ...]
    doers: tuple[str, ...]
    spots: tuple[tuple[str, ...], ...]
    people: tuple[str, ...]
    leads: tuple[str, ...]
    headlines: tuple[str, ...]
    details: tuple[str, ...]


@cache
def towns() -> tuple[Town, ...]:
    """All towns, in the order of the file."""
    return tuple(
        Town(
            tuple(told.split("|")),
            province,
            country["name"],
            country["code"],
            country["called"],
            tuple(country["quarters"]),
        )
        for country in _file("places.toml")["country"]
        for province, names in country["provinces"].items()
        for told in names
    )


@cache
def kinds() -> tuple[Kind, ...]:
    """All kinds of incidents, in the order of the file."""
    return tuple(
        Kind(
            name=kind["name"],
            code=kind["code"],
            nouns=tuple(kind["nouns"]),
            doers=(*kind.get("state", ()), *kind.get("rebels", ())),
            spots=tuple(tuple(spot.split("|")) for spot in kind["spots"]),
            people=tuple(kind.get("people", parties()["people"])),
            leads=tuple(kind["leads"]),
            headlines=tuple(kind["headlines"]),
            details=tuple(kind["details"]),
        )
        for kind in _file("templates.toml")["kind"]
    )


@cache
def common() -> Mapping[str, tuple[str, ...]]:
    """The sentences that any kind may have, by what they tell."""
    return {name: tuple(sentences) for name, sentences in _file("templates.toml")["common"].items()}


@cache
def parties() -> Mapping[str, Any]:
    """Who takes part, who speaks and who prints."""
    return _file("parties.toml")


def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text("utf-8"))
