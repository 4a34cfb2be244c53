"""Made-up gazetteers in each form, small enough to know by heart."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any


def dump_row(
    number: int, name: str, lat: object, lon: object, *, alternates: str = "", code: str = "P.PPL", country: str = "BF",
    admin1: str = "12", admin2: str = "", population: object = 0,
) -> str:  # fmt: skip
    """A row of a GeoNames dump."""
    main_class, _, feature = code.partition(".")
    cells = (
        number, name, name, alternates, lat, lon, main_class, feature, country, "", admin1, admin2, "", "", population,
        "", "300", "Africa/Ouagadougou", "2024-01-01",
    )  # fmt: skip
    return "\t".join(map(str, cells))


VILLAGES = (
    dump_row(900000001, "Zibaré-Tekko", 14.31, -1.62, alternates="Zibare Tekko,زيباري,ZBT"),
    dump_row(900000002, "Al Mansurah", 14.2, -1.5, country="SD", admin1="47", population=1200),
    dump_row(900000003, "Soum Camp", 14.12, -1.6, code="S.CMPRF"),
    dump_row(900000004, "Hotel Bravo", 14.12, -1.6, code="S.HTL"),
    dump_row(2361177, "Djibo", 14.0994, -1.6255, alternates="Jibo Ville", population=61000),
)


def dump(folder: Path, rows: Iterable[str] = VILLAGES, name: str = "BF.txt") -> Path:
    """A GeoNames dump."""
    path = folder / name
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def table(folder: Path, text: str, name: str = "sites.csv") -> Path:
    """A CSV."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def square(south: float, west: float, size: float) -> list[list[float]]:
    """The ring of a square, as GeoJSON writes it."""
    north, east = south + size, west + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def division(properties: dict[str, Any], *rings: Sequence[Sequence[object]]) -> dict[str, Any]:
    """A feature of a GeoJSON."""
    geometry = {"type": "Polygon", "coordinates": list(rings)}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def point(properties: dict[str, Any], lat: float, lon: float) -> dict[str, Any]:
    """A feature of a GeoJSON that is a spot."""
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Point", "coordinates": [lon, lat]}}


DIVISIONS = (
    division(
        {"ADM2_EN": "Qarnabad", "ADM2_AR": "قرناباد", "ADM2_PCODE": "PS0101", "ADM1_EN": "Zedland",
         "ADM1_PCODE": "PS01", "ADM0_EN": "Made-up", "ADM0_PCODE": "PS", "date": "2020-01-01"},
        square(31.2, 34.2, 0.2),
        square(31.25, 34.25, 0.05),
    ),
    division({"ADM2_EN": "Velmira", "ADM2_PCODE": "PS0102", "ADM0_PCODE": "PS"}, square(31.4, 34.2, 0.2)),
)  # fmt: skip


def collection(folder: Path, features: Iterable[Any] = DIVISIONS, name: str = "adm2.geojson", **further: Any) -> Path:
    """A GeoJSON."""
    path = folder / name
    content = {"type": "FeatureCollection", **further, "features": list(features)}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def extract(folder: Path, name: str = "made.osm.pbf") -> Path:
    """An OpenStreetMap extract: a village, a hospital as a way, a road in two pieces, a boundary, an unnamed place."""
    import osmium
    from osmium.osm import mutable

    path = folder / name
    corners = [(34.0, 31.0), (34.1, 31.0), (34.1, 31.1), (34.0, 31.1)]
    spots = [*corners, (34.05, 31.05), (34.051, 31.05), (34.051, 31.051), (34.2, 31.2), (34.21, 31.21), (34.22, 31.22)]
    with osmium.SimpleWriter(str(path)) as writer:
        for number, spot in enumerate(spots, 1):
            writer.add_node(mutable.Node(id=number, location=spot))
        village = {"place": "village", "name": "قرية", "name:en": "Tel Marwa", "alt_name": "Tal Marwa;Tell Marwa"}
        writer.add_node(mutable.Node(id=20, location=(34.3, 31.3), tags={**village, "population": "1,500"}))
        writer.add_node(mutable.Node(id=21, location=(34.3, 31.3), tags={"place": "hamlet"}))
        writer.add_way(mutable.Way(id=1, nodes=[1, 2, 3, 4, 1]))
        writer.add_way(mutable.Way(id=2, nodes=[5, 6, 7, 5], tags={"amenity": "hospital", "name": "Marwa Hospital"}))
        road = {"highway": "primary", "name": "Marwa Road"}
        writer.add_way(mutable.Way(id=3, nodes=[8, 9], tags=road))
        writer.add_way(mutable.Way(id=4, nodes=[9, 10], tags=road))
        writer.add_way(mutable.Way(id=5, nodes=[77], tags={"amenity": "school", "name": "Lost School"}))
        border = {"type": "boundary", "boundary": "administrative", "admin_level": "6", "name": "Marwa District"}
        writer.add_relation(mutable.Relation(id=7, members=[("w", 1, "outer")], tags=border))
    return path


def cut_extract(folder: Path, name: str = "cut.osm.pbf") -> Path:
    """An extract cut off at a border: roads and boundaries of which nodes (98, 99) or ways (2, 97) are missing."""
    import osmium
    from osmium.osm import mutable

    path = folder / name
    spots = [(34.0, 31.0), (34.1, 31.0), (34.1, 31.1), (34.2, 31.2), (34.21, 31.21)]
    road = {"highway": "primary", "name": "Velmira Road"}
    border = {"type": "boundary", "boundary": "administrative", "admin_level": "6"}
    divisions = ((7, "Torvik District", (1, 2)), (8, "Velmira District", (1,)), (9, "Zedland District", (97,)))
    with osmium.SimpleWriter(str(path)) as writer:
        for number, spot in enumerate(spots, 1):
            writer.add_node(mutable.Node(id=number, location=spot))
        writer.add_node(mutable.Node(id=20, location=(34.3, 31.3), tags={"place": "village", "name": "Tel Marwa"}))
        writer.add_way(mutable.Way(id=1, nodes=[1, 2, 3]))
        writer.add_way(mutable.Way(id=3, nodes=[4, 5, 99], tags=road))
        writer.add_way(mutable.Way(id=4, nodes=[98, 99], tags={**road, "name": "Lost Road"}))
        writer.add_way(mutable.Way(id=5, nodes=[1, 2, 99, 1], tags={**border, "name": "Quxbar Municipality"}))
        for number, told, ways in divisions:
            members = [("w", way, "outer") for way in ways]
            writer.add_relation(mutable.Relation(id=number, members=members, tags={**border, "name": told}))
    return path
