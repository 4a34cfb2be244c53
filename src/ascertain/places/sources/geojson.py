"""A GeoJSON of divisions with P-codes, in the shape of OCHA's common operational datasets, or of other features.

Of a division the names in all languages, the P-code and the polygons are kept. Without P-codes, a property `name` is
enough; `shapeName` (geoBoundaries) and those told by `--columns` are known too. Points are taken as towns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import TextIOWrapper
from typing import Any

from ascertain.intake.streamed_json import BrokenJsonError, OtherJsonError, items
from ascertain.model import PlacePrecision
from ascertain.places import shapes
from ascertain.places.build import town_radius
from ascertain.places.geometry import Position
from ascertain.places.shapes import Ring, Shape
from ascertain.places.sources.archive import opened
from ascertain.places.sources.source import BadRowError, Source, named, position, spot, whole_number
from ascertain.places.store import Entry

_PCODE = re.compile(r"adm(?:in)?(\d)_?p_?code", re.IGNORECASE)
_NAMES = r"adm(?:in)?{level}_?(?:name\d?|alt\d?\w*|alt\d?name\d?_?\w*|[a-z]{{2,3}}|ref(?:name)?|alias\w*)"
_LEVEL_KINDS: tuple[PlacePrecision, ...] = ("country", "region", "district")
_PLAIN_NAMES = (
    "name",
    "name_en",
    "name:en",
    "shapename",
    "nam",
    "label",
    "title",
    "official_name",
    "alt_name",
    "name_ar",
    "name:ar",
)
_PLAIN_IDS = ("pcode", "p_code", "shapeid", "id", "@id", "code")
_SHAPE_LEVELS = {"adm0": 0, "adm1": 1, "adm2": 2, "adm3": 3, "adm4": 4}
REMEDY = 'give a FeatureCollection, {"type": "FeatureCollection", "features": […]}'
_WGS84 = re.compile(r"crs84|epsg:{1,2}4326", re.IGNORECASE)


def entries(source: Source) -> Iterator[Entry]:
    """The features of a collection.

    Raises:
        DataFileError: it is no GeoJSON, ends too early, or is in another grid than WGS 84.
    """
    _check_grid(source)
    with opened(source.path, source.title) as file:
        text = TextIOWrapper(file, encoding="utf-8-sig", errors="replace")
        try:
            for number, (line, feature) in enumerate(items(text, "features"), 1):
                try:
                    yield _entry(source, feature, number, line)
                except BadRowError as fault:
                    source.fault(line, f"{_called(feature, number)}: {fault}")
        except OtherJsonError as error:
            raise source.broken(str(error), REMEDY, line=error.line) from error
        except BrokenJsonError as error:
            raise source.broken(str(error), "download it again", line=error.line) from error


def _check_grid(source: Source) -> None:
    """Refuse a collection that says, before its features, that it is in another grid."""
    with opened(source.path, source.title) as file:
        head = file.read(4096).decode("utf-8", "replace").split('"features"')[0]
    if '"crs"' in head and not _WGS84.search(head):
        raise source.broken("is in another grid than WGS 84", "convert it to EPSG:4326")


def _called(feature: Any, number: int) -> str:
    """What a fault calls a feature, as all may stand on one line: "feature 12 (PS0103)", counted from 1."""
    try:
        code = _division(_told(feature))[1]
    except BadRowError:
        code = None
    return f"feature {number:,} ({code[:20]})" if code else f"feature {number:,}"


def _told(feature: Any) -> Mapping[str, str]:
    """The properties of a feature that tell something, by their names in small letters."""
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        raise BadRowError("is no feature with properties")
    return {name.lower(): str(value).strip() for name, value in feature["properties"].items() if _is_told(value)}


def _entry(source: Source, feature: Any, number: int, line: int) -> Entry:
    told = _told(feature)
    if any("\ud800" <= letter <= "\udfff" for value in told.values() for letter in value):
        raise BadRowError("a property holds half a character (a lone surrogate)")
    level, code = _division(told)
    first, *others = _names(feature["properties"], told, level, source.columns) or ("",)
    name = named(first)
    shape, at = _geometry(feature.get("geometry"))
    radius = max(0.5, round(shapes.reach_km(shape, at), 1)) if shape else town_radius(0)
    country, admin1 = source.owner(at, told.get("adm0_pcode", told.get("admin0pcode", "")))
    kind: PlacePrecision = "town" if shape is None else _LEVEL_KINDS[min(level, 2)] if level is not None else "district"
    place_id = f"pcode:{code}" if code else _plain_id(told, source, number)
    population = whole_number(told.get("population", ""), "population")
    return Entry(
        place_id, name, kind, *at, radius, country, admin1, population, tuple(others),
        None if level is None else f"ADM{level}", level in (0, 1), line=line, shape=shape,
    )  # fmt: skip


def _is_told(value: object) -> bool:
    return isinstance(value, str | int | float) and str(value).strip() not in ("", "None", "null", "N/A", "nan")


def _is_text(properties: Mapping[str, Any], name: str) -> bool:
    return any(isinstance(value, str) for column, value in properties.items() if column.lower() == name)


def _division(told: Mapping[str, str]) -> tuple[int | None, str | None]:
    """The level of a division and its P-code: the deepest that has one."""
    codes = {int(match[1]): told[name] for name in told if (match := _PCODE.fullmatch(name))}
    if codes:
        return max(codes), codes[max(codes)]
    return _SHAPE_LEVELS.get(told.get("shapetype", told.get("admin_level", "")).lower()), None


def _names(
    properties: Mapping[str, Any], told: Mapping[str, str], level: int | None, columns: Mapping[str, str]
) -> list[str]:
    """The names of a feature, English first.

    Raises:
        BadRowError: a name is no text.
    """
    if "name" in columns:
        wanted = [columns["name"].lower()]
    elif level is not None and any(_PCODE.fullmatch(name) for name in told):
        pattern = re.compile(_NAMES.format(level=level), re.IGNORECASE)
        wanted = sorted(
            (name for name in told if pattern.fullmatch(name)), key=lambda name: (not _is_english(name), name)
        )
    else:
        wanted = [name for name in _PLAIN_NAMES if name in told]
    for name in wanted:
        if name in told and not _is_text(properties, name):
            raise BadRowError(f"{name} {told[name][:40]} is no text")
    return list(dict.fromkeys(told[name] for name in wanted if name in told))


def _is_english(name: str) -> bool:
    return name.endswith(("_en", "_name", "name"))


def _plain_id(told: Mapping[str, str], source: Source, number: int) -> str:
    column = source.columns.get("id", "").lower()
    written = told.get(column) or next((told[name] for name in _PLAIN_IDS if name in told), None)
    return f"geojson:{source.name}:{written or number}"


def _geometry(geometry: Any) -> tuple[Shape | None, Position]:
    """The polygons of a feature and the spot that stands for it; no polygons for a point."""
    if not isinstance(geometry, dict):
        raise BadRowError("has no geometry")
    form, parts = geometry.get("type"), geometry.get("coordinates")
    if form == "Point":
        return None, spot(*_position(parts))
    if form not in ("Polygon", "MultiPolygon"):
        raise BadRowError(f"geometry {str(form)[:40]!r} is neither polygon nor point")
    polygons = [parts] if form == "Polygon" else _listed(parts, "polygons")
    shape = tuple(tuple(_ring(ring) for ring in _listed(polygon, "rings")) for polygon in polygons)
    return shape, shapes.middle(shape)


def _listed(parts: Any, what: str) -> list[Any]:
    if not isinstance(parts, list) or not parts:
        raise BadRowError(f"its geometry has no {what} where they are due")
    return parts


def _ring(ring: Any) -> Ring:
    corners = tuple(_position(pair) for pair in _listed(ring, "corners"))
    if len(set(corners)) < 3:
        raise BadRowError("a ring of fewer than 3 corners")
    closed = corners if corners[0] == corners[-1] else (*corners, corners[0])
    if (at := shapes.crossing(closed)) is not None:
        raise BadRowError(f"a ring crosses itself near {at[0]:g}, {at[1]:g}")
    return closed


def _position(pair: Any) -> Position:
    if not isinstance(pair, list) or len(pair) < 2 or not all(_is_number(part) for part in pair[:2]):
        raise BadRowError(f"{str(pair)[:40]} is no position of longitude and latitude")
    return position(pair[1], pair[0])


def _is_number(part: object) -> bool:
    return isinstance(part, int | float) and not isinstance(part, bool)
