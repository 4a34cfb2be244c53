"""The forms that a source may have, and which one a file is in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ascertain.model import DataFileError
from ascertain.places.sources import csv_points, geojson, geonames, osm
from ascertain.places.sources.archive import is_archive, opened
from ascertain.places.sources.source import Source
from ascertain.places.store import Entry

_HEAD = 65_536
_CONTROLS = bytes({*range(32)} - set(b"\t\n\v\f\r\x1a\x1b"))
_BOM = b"\xef\xbb\xbf"
_KNOWN = "give a GeoNames dump, an .osm.pbf extract, a CSV with a header, or a GeoJSON"
_NAMED_AS: Mapping[str, str] = {
    ".pbf": "OpenStreetMap extract",
    ".zip": "zip archive",
    ".geojson": "GeoJSON",
    ".json": "GeoJSON",
}
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"\x1f\x8b", "is packed by gzip", "unpack it, and add what is in it"),
    (b"BZh", "is packed by bzip2", "unpack it; of OpenStreetMap, download the .osm.pbf in its place"),
    (b"\xfd7zXZ", "is packed by xz", "unpack it, and add what is in it"),
    (b"7z\xbc\xaf", "is packed by 7-Zip", "unpack it, and add what is in it"),
    (b"SQLite format 3", "is a database (a GeoPackage?)", "convert it to GeoJSON (EPSG:4326), and add that"),
    (b"\x00\x00\x27\x0a", "is a shapefile", "convert it to GeoJSON (EPSG:4326), and add that"),
    (b"\xd0\xcf\x11\xe0", "is a workbook or document of Microsoft Office", "save the sheet as CSV in UTF-8"),
    (b"%PDF", "is a PDF", _KNOWN),
    (b"<!doctype html", "is a web page", "download the file that it leads to"),
    (b"<html", "is a web page", "download the file that it leads to"),
    (b"<osm", "is an extract in XML", "download the .osm.pbf in its place"),
    (b"<?xml", "is XML", "of OpenStreetMap, download the .osm.pbf; convert what else it is to GeoJSON"),
    (b"<kml", "is KML", "convert it to GeoJSON"),
)


@dataclass(frozen=True, slots=True)
class Form:
    """A form of files: its name, who reads it, which columns can be told for it, and its publisher's licence."""

    name: str
    entries: Callable[[Source], Iterator[Entry]]
    columns: tuple[str, ...] = ()
    licence: str | None = None


FORMS: Mapping[str, Form] = {
    form.name: form
    for form in (
        Form("geonames", geonames.entries, licence=geonames.LICENCE),
        Form("osm", osm.entries, licence=osm.LICENCE),
        Form("geojson", geojson.entries, ("name", "id")),
        Form("csv", csv_points.entries, tuple(csv_points.COLUMNS)),
    )
}


def form_of(source: Source) -> Form:
    """Which form a file is in, by its first bytes.

    Raises:
        DataFileError: it is in none, broken, or another than its name says.
    """
    if source.path.stat().st_size == 0:
        raise source.broken("is empty", "download it again")
    with opened(source.path, source.title) as file:
        head = file.read(_HEAD)
    if b"OSMHeader" in head[:64]:
        return FORMS["osm"]
    start = head.removeprefix(_BOM).lstrip()
    for mark, what, remedy in _OTHERS:
        if start[: len(mark)].lower() == mark.lower():
            raise source.broken(what, remedy)
    if _is_noise(head):
        remedy = f"download it again, or {_KNOWN}"
        raise _not_as_named(source) or source.broken("is broken, or no table of text", remedy)
    if start.startswith(b"{"):
        return FORMS["geojson"]
    if fault := _not_as_named(source):
        raise fault
    return _table_form(source, head.removeprefix(_BOM).lstrip(b"\r\n").split(b"\n")[:20])


def _is_noise(head: bytes) -> bool:
    """Whether bytes are no text: one in a hundred of them is a control character that no text has."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False  # UTF-16, which is told of as such
    return len(head) - len(head.translate(None, _CONTROLS)) > 2 + len(head) / 100


def _not_as_named(source: Source) -> DataFileError | None:
    """The error for a file whose name says that it is in a form which it is not in."""
    ending, what = next((item for item in _NAMED_AS.items() if source.title.lower().endswith(item[0])), ("", ""))
    if not what or (ending == ".zip" and is_archive(source.path)):
        return None
    remedy = geojson.REMEDY if what == "GeoJSON" else "download it again"
    return source.broken(f"is broken: its name says {what}, and its content is none", remedy)


def _table_form(source: Source, rows: list[bytes]) -> Form:
    """A dump of GeoNames, or a CSV."""
    if _has_header(rows[0]) and _decoded(rows[0]) is not None:
        return FORMS["csv"]
    cells = [row.split(b"\t") for row in rows]
    if any(len(row) == geonames.COLUMNS for row in cells):
        return FORMS["geonames"]
    if len(cells[0]) > 1 and cells[0][0].strip().isdigit():
        problem = f"has {len(cells[0])} columns, not the {geonames.COLUMNS} of a GeoNames dump"
        remedy = "add the dump as downloaded (BF.zip or BF.txt); a table of your own needs a header"
        raise source.broken(problem, remedy, 1)
    if _decoded(rows[0]) is None:
        raise source.broken("has a header that is not UTF-8", "save it as UTF-8 (in a spreadsheet: CSV UTF-8)", 1)
    return FORMS["csv"]


def _decoded(row: bytes) -> str | None:
    try:
        return row.decode()
    except UnicodeDecodeError:
        return None


def _has_header(row: bytes) -> bool:
    return not row.split(b"\t")[0].strip().isdigit() and b"lat" in row.lower()
