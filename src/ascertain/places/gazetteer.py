"""The gazetteer: names to what they may mean, from the embedded file in the user's cache and from those added."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from ascertain.folders import cache_folder, data_folder
from ascertain.model import DataFileError, PlacePrecision
from ascertain.places import shapes, tables
from ascertain.places.build import build, fingerprint
from ascertain.places.geometry import Position, distance_km
from ascertain.places.locks import alone
from ascertain.places.names import fold, in_full, near_form, without_article
from ascertain.places.shapes import Shape
from ascertain.places.store import LAYOUT, filter_bit

EMBEDDED = "embedded"
_MOST_SENSES = 60
_KEPT_SECONDS = 30 * 24 * 3600.0
_REMEMBERED = 20_000
_COLUMNS = (
    "p.id, p.name, p.kind, p.lat, p.lon, p.radius_km, p.country, p.admin1, p.population, {main}, p.notable, p.feature, "
    "p.same_as"
)
_ORDER = f"ORDER BY p.notable DESC, p.population DESC, p.number LIMIT {_MOST_SENSES}"
_BY_KEY = (
    f"SELECT {_COLUMNS.format(main='n.main')} FROM name n JOIN place p ON p.number = n.place WHERE n.key = ? {_ORDER}"
)
_BY_FORM = (
    f"SELECT {_COLUMNS.format(main='0')} FROM near_name n JOIN place p ON p.number = n.place WHERE n.form = ? {_ORDER}"
)
_BY_START = (
    f"SELECT {_COLUMNS.format(main='max(n.main)')} FROM name n JOIN place p ON p.number = n.place "
    f"WHERE n.key > ? AND n.key < ? GROUP BY p.number {_ORDER}"
)
_BY_ID = f"SELECT {_COLUMNS.format(main='1')} FROM place p WHERE p.id = ?"
_AROUND = (
    f"SELECT {_COLUMNS.format(main='1')}, s.packed FROM shape s JOIN place p ON p.number = s.place "
    "WHERE s.south <= ?1 AND s.north >= ?1 AND s.west <= ?2 AND s.east >= ?2"
)
_TOWNS = "SELECT lat, lon, country, admin1 FROM place WHERE kind = 'town' AND id LIKE 'geonames:%'"
_COARSENESS = ("country", "region", "district", "town", "neighbourhood", "point")

Likeness = Literal["name", "kind", "spelling", "beginning"]
_LIKENESSES: tuple[Likeness, ...] = ("name", "kind", "spelling", "beginning")


class Sense(NamedTuple):
    """One place that a name may mean.

    `radius_km` is how far the place reaches from (`lat`, `lon`); `main` tells the place's own name from an alternate
    one; `admin1` is GeoNames' code within the country. `notable` is what a report may name out of the blue: countries,
    first-level divisions, the project's own features. `feature` is the source's own word for the kind of thing, where
    it says more than `kind` (`S.HSP`, `amenity=hospital`). `added` tells what only a gazetteer of the user's holds.
    """

    id: str
    name: str
    kind: PlacePrecision
    lat: float
    lon: float
    radius_km: float
    country: str | None
    admin1: str | None
    population: int
    main: bool
    notable: bool = False
    feature: str | None = None
    added: bool = False


class Hit(NamedTuple):
    """A place that a search found: what is alike, and in which gazetteer."""

    sense: Sense
    likeness: Likeness
    gazetteer: str


class _Row(NamedTuple):
    """A sense, and the id by which other files know the same place."""

    twin: str
    sense: Sense


class Store:
    """One gazetteer file, opened to be read.

    Raises:
        DataFileError: it is no gazetteer, or one of another version.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.name, self._added = name, name != EMBEDDED
        try:
            self._file = sqlite3.connect(_read_only(path), uri=True, check_same_thread=False)
            self.about: dict[str, str] = dict(
                self._file.execute("SELECT name, value FROM about WHERE name <> 'filter'")
            )
            (self._known,) = self._file.execute("SELECT value FROM about WHERE name = 'filter'").fetchone()
        except (sqlite3.Error, TypeError) as error:
            remedy = f"add it again, or `ascertain gazetteer remove {name}`"
            raise DataFileError(f"is no gazetteer ({error})", source=str(path), remedy=remedy) from error
        if self.about.get("layout") != LAYOUT:
            remedy = f"add it again, or `ascertain gazetteer remove {name}`"
            raise DataFileError("was made by another version", source=str(path), remedy=remedy)

    def close(self) -> None:
        """Give the file back."""
        self._file.close()

    def named(self, key: str) -> list[_Row]:
        """The places of a key, the most notable and populous first."""
        return self._rows(_BY_KEY, key) if self._may_know(key) else []

    def near(self, form: str) -> list[_Row]:
        """The places of a form of `names.near_form`."""
        return self._rows(_BY_FORM, form) if self._may_know(f"~{form}") else []

    def beginning(self, start: str) -> list[_Row]:
        """The places of longer keys that begin so."""
        return self._rows(_BY_START, start, f"{start}\U0010ffff")

    def alike(self, likeness: Likeness, keys: Sequence[str]) -> list[_Row]:
        """The places whose names are like one of the keys, in one way."""
        if likeness == "name":
            return [row for key in keys for row in self.named(key)]
        if likeness == "kind":
            return [row for lead in tables.kinds_first() for row in self.named(f"{lead}{keys[0]}")]
        if likeness == "spelling":
            return self.near(near_form(keys[0])) if len(keys[0]) > 3 else []
        return self.beginning(keys[0]) if len(keys[0]) > 2 else []

    def numbered(self, place_id: str) -> Sense | None:
        """The place of an id."""
        return next((row.sense for row in self._rows(_BY_ID, place_id)), None)

    def begins_longer(self, word: str) -> bool:
        """Whether a key of several words begins with this one."""
        longer = self._file.execute("SELECT 1 FROM name WHERE key > ? AND key < ? LIMIT 1", (f"{word} ", f"{word}!"))
        return longer.fetchone() is not None

    def shape(self, place_id: str) -> Shape | None:
        """The polygons of a place, where the file holds them."""
        found = self._file.execute(
            "SELECT packed FROM shape WHERE place = (SELECT number FROM place WHERE id = ?)", (place_id,)
        ).fetchone()
        return shapes.unpacked(found[0]) if found else None

    def polygons(self) -> int:
        """How many places have polygons."""
        return int(self._file.execute("SELECT count(*) FROM shape").fetchone()[0])

    def towns(self) -> Iterator[tuple[Position, tuple[str | None, str | None]]]:
        """The towns that GeoNames numbers, each with its country and first-level division."""
        for lat, lon, country, admin1 in self._file.execute(_TOWNS):
            yield (lat, lon), (country, admin1)

    def around(self, at: Position) -> Iterator[Sense]:
        """The places with polygons that hold a spot."""
        for *cells, stored in self._file.execute(_AROUND, at):
            if shapes.contains(shapes.unpacked(stored), at):
                yield _row(*cells, added=self._added).sense

    def _may_know(self, key: str) -> bool:
        byte, bit = filter_bit(key, len(self._known) * 8)
        return bool(self._known[byte] & bit)

    def _rows(self, question: str, *values: str) -> list[_Row]:
        return [_row(*cells, added=self._added) for cells in self._file.execute(question, values)]


class Gazetteer:
    """Names looked up in the embedded file and in those that were added, with a bounded memory of what was asked.

    `stores` come with the embedded one first. A place that two of them hold is one: the later has the say, but for
    countries.
    """

    def __init__(self, stores: Sequence[Store]) -> None:
        self._stores = tuple(stores)
        self.fingerprint = in_use(store.about for store in self._stores)
        self.senses: Callable[[str], tuple[Sense, ...]] = lru_cache(_REMEMBERED)(self._senses)
        self.near_senses: Callable[[str], tuple[Sense, ...]] = lru_cache(_REMEMBERED)(self._near_senses)
        self.begins_longer: Callable[[str], bool] = lru_cache(_REMEMBERED)(self._begins_longer)
        self.polygon: Callable[[str], Shape | None] = lru_cache(256)(self._polygon)

    def close(self) -> None:
        """Give the files back."""
        for store in self._stores:
            store.close()

    def sense(self, place_id: str) -> Sense | None:
        """The place of an id, such as `geonames:281124`; `None` where no gazetteer in use holds it."""
        found = (store.numbered(place_id) for store in reversed(self._stores))
        return next((sense for sense in found if sense is not None), None)

    def contains(self, place_id: str, at: Position) -> bool | None:
        """Whether a place's polygons hold a spot (lat, lon); `None` where no polygons of it are known."""
        shape = self.polygon(place_id)
        return None if shape is None else shapes.contains(shape, at)

    def holders(self, at: Position) -> tuple[Sense, ...]:
        """The places whose polygons hold a spot (lat, lon), the coarsest first."""
        found = {sense.id: sense for store in self._stores for sense in store.around(at)}
        return tuple(sorted(found.values(), key=lambda sense: (_COARSENESS.index(sense.kind), -sense.radius_km)))

    def search(self, name: str, most: int = 20) -> tuple[Hit, ...]:
        """The places of a name in any spelling or script, then those of other likenesses.

        After the name come names with the kind of place before it ("Département de X"), names spelt alike, and names
        that begin so.
        """
        key = fold(name)
        keys = [key, *filter(None, [without_article(key)])]
        hits: dict[str, Hit] = {}
        for likeness in _LIKENESSES:
            found = [
                Hit(row.sense, likeness, store.name) for store in self._stores for row in store.alike(likeness, keys)
            ]
            for hit in sorted(found, key=lambda hit: (not hit.sense.notable, -hit.sense.population)):
                hits.setdefault(hit.sense.id, hit)
            if len(hits) >= most:
                break
        return tuple(hits.values())[:most]

    def _senses(self, key: str) -> tuple[Sense, ...]:
        """What a key of `names.fold` may mean: what is notable leads, then most people first."""
        senses = _joined([rows for store in self._stores if (rows := store.named(key))])
        full = in_full(key)
        return _together(senses, self.senses(full)) if full else senses

    def _near_senses(self, form: str) -> tuple[Sense, ...]:
        """What a form of `names.near_form` may mean."""
        return _joined([rows for store in self._stores if (rows := store.near(form))])

    def _begins_longer(self, word: str) -> bool:
        return any(store.begins_longer(word) for store in self._stores)

    def _polygon(self, place_id: str) -> Shape | None:
        """The polygons of a place, each a ring and its holes as (lat, lon); `None` where none are known."""
        return next((shape for store in reversed(self._stores) if (shape := store.shape(place_id))), None)


def _row(
    number: str, name: str, kind: PlacePrecision, lat: float, lon: float, radius_km: float, country: str | None,
    admin1: str | None, population: int, main: int, notable: int, feature: str | None, same_as: str | None,
    *, added: bool,
) -> _Row:  # fmt: skip
    sense = Sense(
        number, name, kind, lat, lon, radius_km, country, admin1, population, bool(main), bool(notable), feature, added
    )
    return _Row(same_as or number, sense)


def _joined(answers: Sequence[Sequence[_Row]]) -> tuple[Sense, ...]:
    """The answers of several files as one, a place that two of them know once."""
    if not answers:
        return ()
    if len(answers) == 1:
        return tuple(row.sense for row in answers[0])
    places = {row.twin: row.sense for row in answers[0]}
    for row in (row for rows in answers[1:] for row in rows):
        twin = row.twin if row.twin in places else _same_division(row.sense, places) or row.twin
        before = places.get(twin)
        if before is None:
            places[twin] = row.sense
        elif before.kind != "country":
            places[twin] = row.sense._replace(
                main=row.sense.main or before.main,
                notable=row.sense.notable or before.notable,
                population=max(row.sense.population, before.population),
                added=before.added,
            )
    ordered = sorted(places.values(), key=lambda sense: (not sense.notable, -sense.population))
    return tuple(ordered[:_MOST_SENSES])


def _together(senses: tuple[Sense, ...], others: tuple[Sense, ...]) -> tuple[Sense, ...]:
    """What a shortened name means, with the towns of the name in full; a place that bears both is told by its own."""
    places = {sense.id: sense for sense in senses}
    for sense in others:
        if sense.id in places or not sense.notable:
            places[sense.id] = sense if sense.main else places.get(sense.id, sense)
    ordered = sorted(places.values(), key=lambda sense: (not sense.notable, -sense.population))
    return tuple(ordered[:_MOST_SENSES])


def _same_division(sense: Sense, places: dict[str, Sense]) -> str | None:
    """Which known place is the first-level division that a further file has under another id, at the same spot."""
    if sense.kind != "region" or not sense.notable:
        return None
    return next((twin for twin, other in places.items() if _is_same_region(sense, other)), None)


def _is_same_region(sense: Sense, other: Sense) -> bool:
    if other.kind != "region" or other.country != sense.country:
        return False
    reach = 0.5 * max(sense.radius_km, other.radius_km)
    return distance_km((sense.lat, sense.lon), (other.lat, other.lon)) <= reach


def _read_only(path: Path) -> str:
    """A file's address for SQLite, which then neither writes nor locks it."""
    return f"{path.absolute().as_uri()}?mode=ro&immutable=1"


def gazetteer_path() -> Path:
    """Where the built file lies, in the folder of what can be made again.

    Its name tells what it was built from, so that versions installed side by side do not build over each other.
    """
    return cache_folder() / _file_name(fingerprint())


def _file_name(built_from: str) -> str:
    return f"gazetteer-{built_from.replace('/', '-')}.sqlite"


def added_folder() -> Path:
    """Where added ones lie."""
    return data_folder() / "gazetteers"


def added_files() -> tuple[Path, ...]:
    """The files of the gazetteers that were added, by name."""
    return tuple(sorted(path for path in added_folder().glob("*.sqlite") if not path.name.startswith(".")))


def in_use(abouts: Iterable[dict[str, str]]) -> str:
    """What tells one set of gazetteers from another: two readings under different ones may differ."""
    return " + ".join(about["fingerprint"] for about in abouts)


def gazetteers_in_use() -> str:
    """The fingerprint of the gazetteers that `open_gazetteer` would open; part of what a reading depends on.

    Raises:
        DataFileError: an added one is damaged.
    """
    with contextlib.ExitStack() as stack:
        abouts = [{"fingerprint": fingerprint()}]
        for path in added_files():
            store = Store(path, path.stem)
            stack.callback(store.close)
            abouts.append(store.about)
        return in_use(abouts)


def embedded_towns() -> Iterator[tuple[Position, tuple[str | None, str | None]]]:
    """The towns of the embedded gazetteer, built where need be, each with its country and first-level division."""
    with contextlib.closing(_embedded(gazetteer_path())) as store:
        yield from store.towns()


def open_gazetteer() -> Gazetteer:
    """The gazetteer, its embedded part built first (some twenty seconds, once) where there is none or an old one.

    One object serves a process, though others be added meanwhile; a forked process gets one of its own.

    Raises:
        DataFileError: an added one is damaged.
    """
    return _opened(gazetteer_path(), added_folder(), os.getpid())


def forget_opened() -> None:
    """Let the next `open_gazetteer` look anew at what there is."""
    _opened.cache_clear()


@lru_cache(4)
def _opened(path: Path, added: Path, process: int) -> Gazetteer:  # noqa: ARG001  # forks share no connection
    return Gazetteer([_embedded(path), *(Store(file, file.stem) for file in added_files())])


def _embedded(path: Path) -> Store:
    if ready := _up_to_date(path):
        return ready
    with alone(path.with_suffix(".lock"), "ASCERTAIN_CACHE"):
        if ready := _up_to_date(path):
            return ready
        build(path)
        _forget_old(path.parent)
    return Store(path, EMBEDDED)


def _forget_old(folder: Path) -> None:
    """Remove what other versions built a month ago or earlier; one still in use is built again."""
    for other in folder.glob("gazetteer-*.sqlite"):
        with contextlib.suppress(OSError):
            if time.time() - other.stat().st_mtime > _KEPT_SECONDS and _is_ours(other):
                other.unlink()


def _is_ours(path: Path) -> bool:
    """Whether a file says of itself that it is a gazetteer built under this very name: no file of the user's does."""
    try:
        with contextlib.closing(sqlite3.connect(_read_only(path), uri=True)) as file:
            (told,) = file.execute("SELECT value FROM about WHERE name = 'fingerprint'").fetchone()
    except (sqlite3.Error, TypeError):
        return False
    return path.name == _file_name(str(told))


def _up_to_date(path: Path) -> Store | None:
    with contextlib.suppress(DataFileError):
        ready = Store(path, EMBEDDED)
        if ready.about.get("fingerprint") == fingerprint():
            return ready
        ready.close()
    return None
