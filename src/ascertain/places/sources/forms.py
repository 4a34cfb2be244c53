"""The forms that a source may have, and which one a file is in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ascertain.places.sources import csv_points, geojson, geonames, osm
from ascertain.places.sources.source import Source, opened
from ascertain.places.store import Entry

_HEAD = 65_536


@dataclass(frozen=True, slots=True)
class Form:
    """A form of files: what it is called, who reads it, and the licence that its publisher gives."""

    name: str
    entries: Callable[[Source], Iterator[Entry]]
    licence: str | None = None


FORMS: Mapping[str, Form] = {
    form.name: form
    for form in (
        Form("geonames", geonames.entries, geonames.LICENCE),
        Form("osm", osm.entries, osm.LICENCE),
        Form("geojson", geojson.entries),
        Form("csv", csv_points.entries),
    )
}


def form_of(source: Source) -> Form:
    """Which form a file is in, by its first bytes.

    Raises:
        DataFileError: it is in none.
    """
    if source.path.stat().st_size == 0:
        raise source.broken("is empty", "download it again")
    with opened(source) as file:
        head = file.read(_HEAD)
    if b"OSMHeader" in head[:64]:
        return FORMS["osm"]
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise source.broken("is in no form that is known", _REMEDY)
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        return FORMS["geojson"]
    rows = head.split(b"\n")[:20]
    if any(row.count(b"\t") == geonames.COLUMNS - 1 for row in rows) and not _has_header(rows[0]):
        return FORMS["geonames"]
    return FORMS["csv"]


_REMEDY = "give a GeoNames dump, an .osm.pbf extract, a CSV with a header, or a GeoJSON"


def _has_header(row: bytes) -> bool:
    return not row.removeprefix(b"\xef\xbb\xbf").split(b"\t")[0].strip().isdigit() and b"lat" in row.lower()
