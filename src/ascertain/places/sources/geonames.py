"""A GeoNames dump: a country's `XX.txt` or `allCountries.txt`, or the zip of one.

Its 19 columns are told in GeoNames' readme.txt. Which feature codes are of use, and how far such a thing reaches, is in
`data/geonames_features.tsv`. `admin1CodesASCII.txt` and `admin2Codes.txt` beside the dump give further names.
"""

from __future__ import annotations

from collections.abc import Iterator

from ascertain.places import tables
from ascertain.places.build import is_written, town_radius
from ascertain.places.sources.source import BadRowError, Source, country_code, lines, named, spot, whole_number
from ascertain.places.store import Entry

LICENCE = "CC BY 4.0 (GeoNames)"
COLUMNS = 19
_DIVISIONS = {"ADM1": "geonames-admin1", "ADM2": "geonames-admin2"}
_BESIDE = ("admin1CodesASCII.txt", "admin2Codes.txt")


def entries(source: Source) -> Iterator[Entry]:
    """The places of a dump; what no report names (wells, hotels, …) is left out."""
    features = tables.features()
    further = _names_beside(source)
    for number, line in lines(source):
        try:
            entry = _entry(line.split("\t"), features, further, number)
        except BadRowError as fault:
            source.fault(number, str(fault))
            continue
        if entry is not None:
            yield entry


def _entry(
    cells: list[str], features: dict[str, tables.Feature], further: dict[str, tuple[str, ...]], line: int
) -> Entry | None:
    if len(cells) != COLUMNS:
        raise BadRowError(f"{len(cells)} columns, not {COLUMNS}")
    number, name, ascii_name, alternates, lat, lon, main_class, code, country, _, admin1, admin2 = cells[:12]
    if not number.isascii() or not number.isdigit():
        raise BadRowError(f"id {number[:40]!r} is no number")
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise BadRowError(f"country {country[:40]!r} is no code of two letters")
    if country and country_code(country) != country:
        raise BadRowError(f"country {country!r} is no code of ISO 3166-1")
    feature = features.get(f"{main_class}.{code}") or features.get(f"{main_class}.*")
    if feature is None:
        return None
    main, at, population = named(name), spot(lat, lon), whole_number(cells[14], "population")
    others = (ascii_name, *filter(is_written, alternates.split(",")), *further.get(number, ()))
    twin = ".".join((country, admin1, admin2)[: 2 if code == "ADM1" else 3])
    return Entry(
        f"geonames:{number}", main, feature.kind, *at,
        town_radius(population) if feature.kind == "town" else feature.radius_km, country or None, admin1 or None,
        population, others, f"{main_class}.{code}", feature.notable, line=line,
        same_as=f"{_DIVISIONS[code]}:{twin}" if code in _DIVISIONS else None,
    )  # fmt: skip


def _names_beside(source: Source) -> dict[str, tuple[str, ...]]:
    """Names of divisions by GeoNames' id, from the lists of codes in the dump's folder."""
    found: dict[str, tuple[str, ...]] = {}
    for name in _BESIDE:
        path = source.path.with_name(name)
        if not path.is_file() or path == source.path:
            continue
        beside = Source(path, name, source.name, source.told)
        for number, line in lines(beside):
            cells = line.split("\t")
            if len(cells) != 4 or not cells[3].strip().isdigit():
                beside.fault(number, "not code, name, ASCII name and id, parted by tabs")
                continue
            found[cells[3].strip()] = tuple(cells[1:3])
    return found
