"""The room's data files, read and checked: a fault names file, line and remedy."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple, get_args

from ascertain.model import DataFileError, PlacePrecision
from ascertain.places.names import fold

_FOLDER = files("ascertain.places") / "data"
_ELIDED = "'"
_KINDS = frozenset(get_args(PlacePrecision))


class Country(NamedTuple):
    """A row of `countries.tsv`; `radius_km` reaches the farthest border."""

    code: str
    geonames: str
    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    lat: float
    lon: float
    radius_km: float
    population: int


class Division(NamedTuple):
    """A row of `divisions.tsv`: a first-level division; `shape` is its position and radius, if not to be worked out."""

    country: str
    code: str
    name: str
    aliases: tuple[str, ...]
    shape: tuple[float, float, float] | None


class Province(NamedTuple):
    """A row of `provinces.tsv`: a province, county or department that is no first-level division of GeoNames."""

    id: str
    name: str
    aliases: tuple[str, ...]
    country: str
    admin1: str | None
    lat: float
    lon: float
    radius_km: float


class District(NamedTuple):
    """A row of `districts.tsv`: a second-level division."""

    code: str
    name: str
    aliases: tuple[str, ...]
    lat: float
    lon: float
    radius_km: float

    @property
    def country(self) -> str:
        """The country's code."""
        return self.code.split(".", 1)[0]

    @property
    def admin1(self) -> str:
        """The code of the first-level division, within the country."""
        return self.code.split(".", 2)[1]


class Feature(NamedTuple):
    """A row of `geonames_features.tsv` or `osm_features.tsv`: what a source's code for a kind of thing stands for."""

    kind: PlacePrecision
    radius_km: float
    notable: bool


class Region(NamedTuple):
    """A row of `regions.tsv`; no `country` where it spans several. `source` says where its position can be checked."""

    name: str
    aliases: tuple[str, ...]
    kind: PlacePrecision
    country: str | None
    lat: float
    lon: float
    radius_km: float
    source: str


def countries() -> tuple[Country, ...]:
    """All countries and territories, with names, demonyms, centre and radius."""
    return tuple(
        Country(
            row["code"],
            row["geonames"],
            row["name"],
            _listed(row["aliases"], "|"),
            _listed(row["demonyms"], "|"),
            row.number("lat", 90),
            row.number("lon", 180),
            row.number("radius_km", 20_020),
            int(row.number("population", 1e10)),
        )
        for row in _rows("countries.tsv")
    )


def divisions() -> tuple[Division, ...]:
    """The first-level divisions: GeoNames' codes and names."""
    return tuple(_division(row) for row in _rows("divisions.tsv"))


def _division(row: _Row) -> Division:
    country, mark, code = row["code"].partition(".")
    if not mark:
        raise row.fault(f"code {row['code']!r} has no dot", "write country and division code as BF.12")
    shape = (row.number("lat", 90), row.number("lon", 180), row.number("radius_km", 20_020)) if row["lat"] else None
    return Division(country, code, row["name"], _listed(row["aliases"], ";"), shape)


def short_forms() -> dict[str, Division]:
    """Short forms of first-level divisions as written ("Ky.", "TX"), and what they stand for."""
    known = {f"{row.country}.{row.code}": row for row in divisions()}
    found: dict[str, Division] = {}
    for row in _rows("abbreviations.tsv"):
        if row["code"] not in known:
            raise row.fault(f"code {row['code']!r} is no first-level division", "write one of divisions.tsv")
        found |= dict.fromkeys(_listed(row["forms"], ";"), known[row["code"]])
    return found


def provinces() -> tuple[Province, ...]:
    """Provinces, counties and departments beside GeoNames' first-level divisions."""
    return tuple(
        Province(
            row["id"],
            row["name"],
            _listed(row["aliases"], ";"),
            row["country"],
            row["admin1"] or None,
            row.number("lat", 90),
            row.number("lon", 180),
            row.number("radius_km", 20_020),
        )
        for row in _rows("provinces.tsv")
    )


def districts() -> Iterator[District]:
    """The second-level divisions of which a position is known."""
    for row in _rows("districts.tsv"):
        if row["code"].count(".") < 2:
            raise row.fault(f"code {row['code']!r} has no two dots", "write country and both codes as BF.12.34")
        yield District(
            row["code"],
            row["name"],
            _listed(row["aliases"], ";"),
            row.number("lat", 90),
            row.number("lon", 180),
            row.number("radius_km", 20_020),
        )


def regions() -> tuple[Region, ...]:
    """The project's own regions and features."""
    return tuple(
        Region(
            row["name"],
            _listed(row["aliases"], ";"),
            row.kind("kind"),
            row["country"] or None,
            row.number("lat", 90),
            row.number("lon", 180),
            row.number("radius_km", 20_020),
            row.needed("source"),
        )
        for row in _rows("regions.tsv")
    )


def features(file_name: str = "geonames_features.tsv") -> dict[str, Feature]:
    """What codes for kinds of things stand for."""
    return {
        row["code"]: Feature(row.kind("kind"), row.number("radius_km", 20_020), row["notable"] == "yes")
        for row in _rows(file_name)
    }


@lru_cache(1)
def kinds_first() -> tuple[str, ...]:
    """What may lead a bare name in a gazetteer, as `names.fold` writes it, each once, in the order of the table.

    >>> {"departement de ", "departement d", "kabupaten "} <= set(kinds_first())
    True
    """
    leads = (
        f"{fold(f'{word} {link}')}{'' if link.endswith(_ELIDED) else ' '}"
        for row in _rows("kinds_first.tsv")
        for word in _listed(row["words"], ";")
        for link in row["links"].split(";")
    )
    return tuple(dict.fromkeys(leads))


def words(file_name: str) -> frozenset[str]:
    """A list of words, one a line."""
    return frozenset(line for _, line in _lines(file_name))


def text(file_name: str) -> str:
    """A data file as it stands."""
    return (_FOLDER / file_name).read_text(encoding="utf-8")


class _Row(dict[str, str]):
    """A line of a table by column, which can say where it stands."""

    source: str = ""
    line: int = 0

    def number(self, column: str, limit: float) -> float:
        try:
            value = float(self[column])
        except ValueError:
            raise self.fault(f"{column} {self[column]!r} is no number", f"write {column} as a decimal number") from None
        if abs(value) > limit:
            raise self.fault(f"{column} {value} is beyond {limit}", f"correct {column}")
        return value

    def needed(self, column: str) -> str:
        if not self[column]:
            raise self.fault(f"has no {column}", "write where its position can be checked")
        return self[column]

    def kind(self, column: str) -> PlacePrecision:
        for known in get_args(PlacePrecision):
            if self[column] == known:
                return known  # type: ignore[no-any-return]  # get_args is untyped
        raise self.fault(f"{column} {self[column]!r} is unknown", f"use one of {', '.join(sorted(_KINDS))}")

    def fault(self, problem: str, remedy: str) -> DataFileError:
        return DataFileError(problem, source=self.source, line=self.line, remedy=remedy)


def _rows(file_name: str) -> Iterator[_Row]:
    lines = _lines(file_name)
    _, header = next(lines)
    columns = header.split("\t")
    for number, line in lines:
        cells = line.split("\t")
        row = _Row(zip(columns, cells, strict=False))
        row.source, row.line = file_name, number
        if len(cells) != len(columns):
            raise row.fault(f"{len(cells)} cells, not {len(columns)}", f"give one for each of {', '.join(columns)}")
        yield row


def _lines(file_name: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text(file_name).splitlines(), 1):
        if line and not line.startswith("#"):
            yield number, line


def _listed(cell: str, mark: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(mark) if part.strip())
