"""An OpenStreetMap extract (`.osm.pbf`): places, health, schools, worship, camps, crossings, bases, roads, divisions.

Which tags are of use is in `data/osm_features.tsv`. Divisions keep their polygons; one whose boundary the extract cuts
is told of and passed over. The pieces of a road within some 5 km are one entry. Positions of nodes wait on disk, so
that memory does not grow with the extract.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ascertain.model import PlacePrecision, SettingsError
from ascertain.places import shapes, tables
from ascertain.places.build import is_written, town_radius
from ascertain.places.geometry import Position, distance_km
from ascertain.places.names import fold
from ascertain.places.shapes import Shape
from ascertain.places.sources.archive import is_archive
from ascertain.places.sources.source import BadRowError, Source, spot
from ascertain.places.store import DRAFTS, Entry

LICENCE = "ODbL 1.0 (OpenStreetMap contributors)"
_NAME_TAGS = ("name", "name:en", "int_name", "alt_name", "official_name", "short_name", "loc_name", "old_name")
_LEVELS: Mapping[str, PlacePrecision] = {
    "2": "country", "3": "region", "4": "region", "5": "district", "6": "district", "7": "district", "8": "district",
    "9": "neighbourhood", "10": "neighbourhood",
}  # fmt: skip
_OF_AREAS = ("boundary", "multipolygon")
_CUT = "ways or nodes of its boundary are missing, as where an extract is cut off"
_ROAD_CELL = 0.05  # degrees
_ROADS = """
CREATE TABLE road (
    key TEXT, north INTEGER, east INTEGER, id TEXT, name TEXT, others TEXT, feature TEXT, pieces INTEGER, lat REAL,
    lon REAL, south REAL, west REAL, top REAL, far REAL, PRIMARY KEY (key, north, east)
) WITHOUT ROWID;
"""
_ADD_PIECE = """
INSERT INTO road VALUES (?,?,?,?,?,?,?,1,?,?,?,?,?,?) ON CONFLICT DO UPDATE SET
    pieces = pieces + 1, lat = lat + excluded.lat, lon = lon + excluded.lon, south = min(south, excluded.south),
    west = min(west, excluded.west), top = max(top, excluded.top), far = max(far, excluded.far)
"""


def entries(source: Source) -> Iterator[Entry]:
    """The named things of an extract.

    Raises:
        DataFileError: it is no extract, or is cut short.
    """
    if is_archive(source.path):
        raise source.broken("is an extract in a zip archive", "unpack it, and add the extract")
    with TemporaryDirectory(prefix=DRAFTS, dir=source.scratch) as folder:
        try:
            yield from _Extract(source, Path(folder)).entries()
        except RuntimeError as error:
            if "space left" in str(error):
                raise SettingsError(f"{folder}: no room for what waits on disk; make room") from error
            raise source.broken(f"cannot be read ({error})", "download it again") from error


class _Extract:
    """One extract being read; roads are gathered in a file, as their pieces lie scattered."""

    def __init__(self, source: Source, folder: Path) -> None:
        self._source, self._folder = source, folder
        self._features = tables.features("osm_features.tsv")
        self._keys = sorted({code.split("=")[0] for code in self._features})
        self._bounded: dict[str, str] = {}
        self._formed: set[str] = set()
        self._roads = sqlite3.connect(folder / "roads.sqlite")
        self._roads.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_ROADS}")

    def entries(self) -> Iterator[Entry]:
        """The things in the order of the file, then the roads."""
        import osmium

        wanted = osmium.filter.KeyFilter(*self._keys)
        divisions = osmium.filter.TagFilter(("boundary", "administrative"))
        processor = (
            osmium.FileProcessor(osmium.io.File(str(self._source.path), "pbf"))
            .with_locations(f"sparse_file_array,{self._folder / 'nodes'}")
            .with_areas(divisions)
            .with_filter(wanted)
        )
        for thing in processor:
            what = _called(thing)
            try:
                entry = self._entry(thing, dict(thing.tags))
            except BadRowError as fault:
                self._source.fault(what, str(fault))
                continue
            except UnicodeDecodeError:
                self._source.fault(what, "a tag is not UTF-8")
                continue
            if entry is not None:
                yield entry
        self._tell_of_cut()
        yield from self._gathered()
        self._roads.close()

    def _entry(self, thing: Any, tags: dict[str, str]) -> Entry | None:
        names = _names(tags)
        if not names:
            return None
        if thing.is_area():
            self._formed.add(_called(thing))
            return self._division(thing, tags, names)
        if _is_bounded(thing, tags):
            self._bounded[_called(thing)] = names[0]
        code = next((code for key in self._keys if (code := self._code(key, tags.get(key)))), None)
        if code is None or thing.is_relation() or tags.get("boundary") == "administrative":
            return None
        if thing.is_node():
            if not thing.location.valid():
                raise BadRowError("its position is beyond the globe")
            return self._named(f"osm:n{thing.id}", (thing.lat, thing.lon), code, tags, names, 0.0)
        spots = [(node.lat, node.lon) for node in thing.nodes if node.location.valid()]
        if not spots:
            raise BadRowError("none of its nodes has a position")
        if code.startswith("highway="):
            self._gather(thing.id, code, names, spots)
            return None
        at = _middle(spots)
        reach = max(distance_km(at, spot) for spot in spots)
        return self._named(f"osm:w{thing.id}", at, code, tags, names, reach)

    def _tell_of_cut(self) -> None:
        """Tell of the divisions of which no polygon came, as ways or nodes of their boundary are not in the extract."""
        for what, name in self._bounded.items():
            if what not in self._formed:
                self._source.fault(f"{what} ({name[:60]})", _CUT)

    def _code(self, key: str, value: str | None) -> str | None:
        if value is None:
            return None
        return next((code for code in (f"{key}={value}", f"{key}=*") if code in self._features), None)

    def _named(
        self, place_id: str, at: Position, code: str, tags: Mapping[str, str], names: list[str], reach: float
    ) -> Entry:
        feature = self._features[code]
        population = _population(tags)
        radius = max(feature.radius_km, round(reach, 1), town_radius(population) if feature.kind == "town" else 0)
        spot(*at)
        country, admin1 = self._source.owner(at)
        return Entry(
            place_id, names[0], feature.kind, round(at[0], 6), round(at[1], 6), radius, country, admin1, population,
            tuple(names[1:]), code.replace("*", tags.get(code.split("=")[0], "*")), feature.notable,
        )  # fmt: skip

    def _division(self, area: Any, tags: Mapping[str, str], names: list[str]) -> Entry | None:
        kind = _LEVELS.get(tags.get("admin_level", ""))
        if kind is None:
            return None
        shape = _shape(area)
        if not shape:
            raise BadRowError("its boundary is not closed")
        at = shapes.middle(shape)
        country, admin1 = self._source.owner(at)
        letter = "w" if area.from_way() else "r"
        return Entry(
            f"osm:{letter}{area.orig_id()}", names[0], kind, *at, max(0.5, round(shapes.reach_km(shape, at), 1)),
            tags.get("ISO3166-1:alpha2", country), admin1, _population(tags), tuple(names[1:]),
            f"admin_level={tags['admin_level']}", kind in ("country", "region"), shape=shape,
        )  # fmt: skip

    def _gather(self, way: int, code: str, names: list[str], spots: list[Position]) -> None:
        at = spots[len(spots) // 2]
        lats, lons = [lat for lat, _ in spots], [lon for _, lon in spots]
        cell = (int(at[0] // _ROAD_CELL), int(at[1] // _ROAD_CELL))
        row = (fold(names[0]), *cell, f"osm:w{way}", names[0], "\n".join(names[1:]), code, *at)
        self._roads.execute(_ADD_PIECE, (*row, min(lats), min(lons), max(lats), max(lons)))

    def _gathered(self) -> Iterator[Entry]:
        rows = self._roads.execute(
            "SELECT id, name, others, feature, lat / pieces, lon / pieces, south, west, top, far FROM road ORDER BY 1"
        )
        for place_id, name, others, feature, lat, lon, *corners in rows:
            south, west, top, far = corners
            reach = max(distance_km((lat, lon), corner) for corner in ((south, west), (top, far)))
            country, admin1 = self._source.owner((lat, lon))
            yield Entry(
                place_id, name, self._features[feature].kind, round(lat, 6), round(lon, 6), max(0.3, round(reach, 1)),
                country, admin1, others=tuple(filter(None, others.split("\n"))), feature=feature,
            )  # fmt: skip


_KINDS = {"n": "node", "w": "way", "r": "relation"}


def _called(thing: Any) -> str:
    """What OpenStreetMap calls a thing: "relation 7", also of the area that comes of it."""
    if thing.is_area():
        return f"{'way' if thing.from_way() else 'relation'} {thing.orig_id()}"
    return f"{_KINDS.get(thing.type_str(), 'object')} {thing.id}"


def _is_bounded(thing: Any, tags: Mapping[str, str]) -> bool:
    """Whether a thing is the boundary of a division, of which an area is to come."""
    if tags.get("boundary") != "administrative" or tags.get("admin_level") not in _LEVELS:
        return False
    return thing.is_closed() if thing.is_way() else thing.is_relation() and tags.get("type") in _OF_AREAS


def _names(tags: Mapping[str, str]) -> list[str]:
    """The names of a thing: English first, then its own, then those in other languages."""
    own = [tags[tag] for tag in ("name:en", *_NAME_TAGS) if tag in tags]
    own += [value for tag, value in sorted(tags.items()) if tag.startswith("name:") and is_written(value)]
    parted = (part.strip() for name in own for part in name.split(";"))
    return list(dict.fromkeys(part for part in parted if any(map(str.isalpha, part))))


def _population(tags: Mapping[str, str]) -> int:
    """The population where one is written; what is no number counts as none."""
    written = tags.get("population", "").replace(",", "").replace(" ", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 11 else 0


def _middle(spots: list[Position]) -> Position:
    south, north = min(lat for lat, _ in spots), max(lat for lat, _ in spots)
    west, east = min(lon for _, lon in spots), max(lon for _, lon in spots)
    return (south + north) / 2, (west + east) / 2


def _shape(area: Any) -> Shape:
    def ring(nodes: Any) -> shapes.Ring:
        return tuple((node.lat, node.lon) for node in nodes)

    return tuple((ring(outer), *(ring(inner) for inner in area.inner_rings(outer))) for outer in area.outer_rings())
