"""The file that a gazetteer is kept in: an SQLite file, written aside and then renamed, that nobody changes afterwards.

Entries are streamed into it, and names are sorted on disk, so that the memory taken does not grow with their number.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
import uuid
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ascertain.model import PlacePrecision, SettingsError
from ascertain.places.names import fold, near_form, without_article
from ascertain.places.shapes import Shape, box_of, packed

LAYOUT = "4"  # raise it when the tables below or the keys of `names` change their meaning

_SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE place (
    number INTEGER PRIMARY KEY, id TEXT, same_as TEXT, name TEXT, kind TEXT, feature TEXT, lat REAL, lon REAL,
    radius_km REAL, country TEXT, admin1 TEXT, population INTEGER, notable INTEGER, line INTEGER
);
CREATE TABLE name (key TEXT, place INTEGER, main INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE near_name (form TEXT, place INTEGER, PRIMARY KEY (form, place)) WITHOUT ROWID;
CREATE TABLE shape (place INTEGER PRIMARY KEY, south REAL, west REAL, north REAL, east REAL, packed BLOB);
"""
_STAGE = """
CREATE TABLE stage.name (key TEXT, place INTEGER, main INTEGER);
CREATE TABLE stage.near_name (form TEXT, place INTEGER);
"""
_SORTED = """
INSERT INTO name SELECT key, place, max(main) FROM stage.name GROUP BY key, place ORDER BY key, place;
INSERT INTO near_name SELECT DISTINCT form, place FROM stage.near_name ORDER BY form, place;
CREATE INDEX place_id ON place (id);
"""
_AT_ONCE = 20_000
DRAFTS = ".ascertain-draft-"
_KEPT_DRAFTS_SECONDS = 24 * 3600.0
_SMALLEST_FILTER, _LARGEST_FILTER, _BITS_A_KEY = 1 << 16, 1 << 28, 16

# Countries whose names reach English by transliteration, with as many spellings as there are agencies.
_TRANSLITERATED = (
    "AE AF AM AZ BD BF BG BH BY DJ DZ EG EH ER ET GE IL IN IQ IR JO KG KW KZ LB LY MA ML MM MR NE NG NP OM PK PS QA "
    "RU SA SD SO SS SY TD TJ TM TN UA UZ YE"
)


class Entry(NamedTuple):
    """A place as a source gives it, on its way into a file.

    `notable` is for what a report may name out of the blue: countries, first-level divisions, the project's own
    features. `same_as` is the id by which another gazetteer knows the same place, `line` where the source has it.
    """

    id: str
    name: str
    kind: PlacePrecision
    lat: float
    lon: float
    radius_km: float
    country: str | None = None
    admin1: str | None = None
    population: int = 0
    others: tuple[str, ...] = ()
    feature: str | None = None
    notable: bool = False
    same_as: str | None = None
    line: int | None = None
    shape: Shape | None = None


class Draft:
    """A file being written; made by `draft_of`, and nobody's until that ends well."""

    def __init__(self, path: Path, stage: Path) -> None:
        self.path, self.count = path, 0
        self._store = sqlite3.connect(path)
        self._store.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-32000;")
        self._store.execute("ATTACH ? AS stage", (str(stage),))
        self._store.executescript("PRAGMA stage.journal_mode=OFF; PRAGMA stage.synchronous=OFF;" + _SCHEMA + _STAGE)
        self._places: list[tuple[object, ...]] = []
        self._names: list[tuple[str, int, int]] = []
        self._near: list[tuple[str, int]] = []

    def add(self, entry: Entry) -> None:
        """Take a place in."""
        self.count += 1
        number = self.count
        self._places.append(
            (
                number, entry.id, entry.same_as, entry.name, entry.kind, entry.feature, entry.lat, entry.lon,
                entry.radius_km, entry.country, entry.admin1, entry.population, int(entry.notable), entry.line,
            )
        )  # fmt: skip
        main, others = keys_of(entry)
        self._names.append((main, number, 1))
        self._names.extend((key, number, int(entry.kind != "town")) for key in others)
        if _is_transliterated(entry.country) and entry.kind != "country":
            self._near.extend((form, number) for form in map(near_form, {main, *others}) if len(form) > 3)
        if entry.shape is not None:
            row = (number, *box_of(entry.shape), packed(entry.shape))
            self._store.execute("INSERT INTO shape VALUES (?,?,?,?,?,?)", row)
        if len(self._names) >= _AT_ONCE:
            self._pour()

    def drop_repeated(self) -> Iterator[tuple[str, int | None]]:
        """Take out the places whose id came before; each with its line. Asked before `finish`."""
        self._pour()
        repeated = self._store.execute(
            "SELECT number, id, line FROM (SELECT number, id, line, row_number() OVER (PARTITION BY id ORDER BY number)"
            " AS nth FROM place) WHERE nth > 1 ORDER BY number"
        ).fetchall()
        for number, place_id, line in repeated:
            self._store.execute("DELETE FROM place WHERE number = ?", (number,))
            self._store.execute("DELETE FROM shape WHERE place = ?", (number,))
            yield place_id, line
        if repeated:
            for table in ("name", "near_name"):
                self._store.execute(f"DELETE FROM stage.{table} WHERE place NOT IN (SELECT number FROM place)")
        self.count -= len(repeated)

    def finish(self, about: Mapping[str, str]) -> None:
        """Sort the names in, and write what the file says of itself."""
        self._pour()
        self._store.executescript(_SORTED)
        names, near = (
            self._store.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("name", "near_name")
        )
        known = bytearray(_filter_bits(names + near) // 8)
        for key in self._keys():
            byte, bit = filter_bit(key, len(known) * 8)
            known[byte] |= bit
        told = {**about, "layout": LAYOUT, "places": str(self.count), "names": str(names)}
        self._store.executemany("INSERT INTO about VALUES (?, ?)", [*told.items(), ("filter", bytes(known))])
        self._store.commit()

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def _keys(self) -> Iterator[str]:
        yield from (key for (key,) in self._store.execute("SELECT DISTINCT key FROM name"))
        yield from (f"~{form}" for (form,) in self._store.execute("SELECT DISTINCT form FROM near_name"))

    def _pour(self) -> None:
        marks = ",".join("?" * 14)
        self._store.executemany(f"INSERT INTO place VALUES ({marks})", self._places)
        self._store.executemany("INSERT INTO stage.name VALUES (?,?,?)", self._names)
        self._store.executemany("INSERT INTO stage.near_name VALUES (?,?)", self._near)
        self._store.commit()
        for rows in (self._places, self._names, self._near):
            rows.clear()


def keys_of(entry: Entry) -> tuple[str, set[str]]:
    """The key of an entry's own name, and those of its others, with and without the article where its country has one.

    >>> main, others = keys_of(Entry("x:1", "Al Bureij", "town", 31.4, 34.4, 1.5, "PS", others=("البريج",)))
    >>> main, sorted(others)
    ('al bureij', ['bureij', 'البريج', 'بريج'])
    """
    main = fold(entry.name)
    keys = {fold(name) for name in entry.others}
    if _is_transliterated(entry.country):
        keys.update([bare for key in (main, *keys) if (bare := without_article(key))])
    keys -= {"", main}
    return main, keys


@lru_cache(512)
def _is_transliterated(country: str | None) -> bool:
    return country in _TRANSLITERATED.split()


def filter_bit(key: str, bits: int) -> tuple[int, int]:
    """The byte and the bit that a key sets in a filter of so many bits, a power of two."""
    number = zlib.crc32(key.encode("utf-8", "surrogatepass")) & (bits - 1)
    return number >> 3, 1 << (number & 7)


def _filter_bits(keys: int) -> int:
    wanted = 1 << (max(1, keys) * _BITS_A_KEY - 1).bit_length()
    return min(_LARGEST_FILTER, max(_SMALLEST_FILTER, wanted))


@contextmanager
def draft_of(path: Path) -> Iterator[Draft]:
    """A draft that takes the place of `path` when the block ends well, in one rename; else nothing is left of it.

    Raises:
        SettingsError: there is no room for it, or the folder cannot be written in.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    sweep(path.parent)
    written = fresh_draft(path.parent, "sqlite")
    stage = written.with_suffix(".stage")
    try:
        draft = Draft(written, stage)
        try:
            yield draft
        finally:
            draft.close()
        _to_disk(written)
        written.replace(path)
    except sqlite3.OperationalError as error:
        problem = f"{path.parent}: the gazetteer cannot be written there ({error})"
        raise SettingsError(f"{problem}; make room for it") from error
    finally:
        written.unlink(missing_ok=True)
        stage.unlink(missing_ok=True)


def fresh_draft(folder: Path, ending: str) -> Path:
    """A new and empty file for what is on its way, with the rights that the user's other files have."""
    path = folder / f"{DRAFTS}{uuid.uuid4().hex}.{ending}"
    path.touch(exist_ok=False)
    return path


def write(path: Path, entries: Iterable[Entry], about: Callable[[], Mapping[str, str]]) -> None:
    """Write a file of entries whose ids are all different."""
    with draft_of(path) as draft:
        for entry in entries:
            draft.add(entry)
        draft.finish(about())


def sweep(folder: Path) -> None:
    """Remove the drafts, files and folders, that processes left behind when they were killed a day ago or earlier."""
    for left in folder.glob(f"{DRAFTS}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime <= _KEPT_DRAFTS_SECONDS:
                continue
            if left.is_dir():
                shutil.rmtree(left)
            else:
                left.unlink()


def _to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
