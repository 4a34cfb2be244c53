"""A CSV of places: a header, and a row for each place with a name, a latitude and a longitude.

Columns are known by their usual names, or told (`name=Village,lat=Y,lon=X`).
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Mapping
from typing import get_args

from ascertain.model import PlacePrecision
from ascertain.places.build import town_radius
from ascertain.places.lexicon import lexicon
from ascertain.places.names import fold
from ascertain.places.sources.source import BadRowError, Source, degrees, lines, named, spot, whole_number
from ascertain.places.store import Entry

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "place", "place name", "placename", "location", "location name", "village", "town", "settlement",
             "asciiname", "feature name", "full name", "name en", "label", "title"),
    "lat": ("lat", "latitude", "y", "lat dd", "latitude dd", "point y", "ycoord", "y coord"),
    "lon": ("lon", "lng", "long", "longitude", "x", "lon dd", "longitude dd", "point x", "xcoord", "x coord"),
    "aliases": ("aliases", "alternatenames", "alternate names", "alt names", "alt name", "other names", "variants"),
    "kind": ("kind", "type", "place type", "feature type", "fclass", "settlement type"),
    "country": ("country code", "iso2", "iso", "iso a2", "countrycode", "country"),
    "population": ("population", "pop"),
    "radius_km": ("radius km", "radius"),
}  # fmt: skip
NEEDED = ("name", "lat", "lon")
_MOST_LINES = 50  # of a row whose cells hold line ends; more of them is a quotation mark that nobody closed
_KIND_RADII: Mapping[PlacePrecision, float] = {
    "country": 300, "region": 80, "district": 20, "town": 1.5, "neighbourhood": 1.5, "point": 0.5,
}  # fmt: skip


def entries(source: Source) -> Iterator[Entry]:
    """The places of a CSV.

    Raises:
        DataFileError: there is no header, or a column that is needed is not found.
    """
    rows = _rows(source)
    header = next(rows, None)
    if header is None:
        raise source.broken("is empty", "give a header, and a row for each place")
    columns = columns_in(header[1], source, header[0])
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        try:
            if len(cells) != len(header[1]):
                raise BadRowError(f"{len(cells)} cells, not {len(header[1])}")
            row = {column: cells[at].strip() for column, at in columns.items()}
            yield _entry(source, row, line)
        except BadRowError as fault:
            source.fault(line, str(fault))


def columns_in(header: list[str], source: Source, line: int = 1) -> dict[str, int]:
    """Where each column stands, by what was told and by the usual names.

    Raises:
        DataFileError: one that is needed is not there.
    """
    known = [fold(cell) for cell in header]
    found: dict[str, int] = {}
    for column, usual in COLUMNS.items():
        told = source.columns.get(column)
        wanted = (fold(told),) if told is not None else usual
        at = next((known.index(name) for name in wanted if name in known), None)
        if at is not None:
            found[column] = at
        elif told is not None or column in NEEDED:
            problem = f"has no column {told!r}" if told is not None else f"has no column for {column}"
            remedy = f"name it by --columns {column}=…; its header is {', '.join(header)[:200]}"
            raise source.broken(problem, remedy, line=line)
    return found


def _rows(source: Source) -> Iterator[tuple[int, list[str]]]:
    """The header and the rows, each with the line that it begins on."""
    texts = lines(source)
    first = next(((number, text) for number, text in texts if text.strip()), None)
    if first is None:
        return
    number, header = first
    if "\r" in header:
        raise source.broken("has lines that end in CR alone", "save it with the line ends of Windows or Unix")
    mark = max(",;\t|", key=header.count)
    yield number, next(csv.reader([header], delimiter=mark))
    waiting: deque[tuple[int, str]] = deque()
    while (row := waiting.popleft() if waiting else next(texts, None)) is not None:
        cells = _cells(source, row, waiting, texts, mark)
        if cells is not None:
            yield row[0], cells


def _cells(
    source: Source, row: tuple[int, str], waiting: deque[tuple[int, str]], texts: Iterator[tuple[int, str]], mark: str
) -> list[str] | None:
    """The cells of a row, which goes on over the lines that follow while a quotation mark is open.

    Where it is not closed, that is told of its line alone: the lines that follow go back to `waiting`.
    """
    held = [row]
    while True:
        try:
            return next(csv.reader([f"{text}\n" for _, text in held], delimiter=mark, strict=True))
        except csv.Error as error:
            if "unexpected end of data" not in str(error):
                return _lenient_cells(source, held, mark)
        further = (waiting.popleft() if waiting else next(texts, None)) if len(held) < _MOST_LINES else None
        if further is None:
            source.fault(row[0], "a quotation mark is opened and not closed")
            waiting.extendleft(reversed(held[1:]))
            return None
        held.append(further)


def _lenient_cells(source: Source, held: list[tuple[int, str]], mark: str) -> list[str] | None:
    """The cells of a row with quotation marks astray, or of one that is no row."""
    try:
        return next(csv.reader([f"{text}\n" for _, text in held], delimiter=mark))
    except csv.Error as error:
        source.fault(held[0][0], f"no row of a CSV ({error})")
        return None


def _entry(source: Source, row: Mapping[str, str], line: int) -> Entry:
    name, at = named(row["name"]), spot(row["lat"], row["lon"])
    kind = _kind(row.get("kind", ""))
    population = whole_number(row.get("population", ""), "population")
    radius = town_radius(population) if kind == "town" else _KIND_RADII[kind]
    if written := row.get("radius_km"):
        radius = degrees(written, "radius", 20_020)
        if radius <= 0:
            raise BadRowError(f"radius {written} is not above 0")
    country, admin1 = source.owner(at, row.get("country", ""))
    others = tuple(part.strip() for part in row.get("aliases", "").replace("|", ";").split(";") if part.strip())
    return Entry(f"csv:{source.name}:{line}", name, kind, *at, radius, country, admin1, population, others, line=line)


def _kind(word: str) -> PlacePrecision:
    """What a word for a kind stands for; a town where it is not known.

    >>> _kind("Village"), _kind("hospital"), _kind("district"), _kind("")
    ('town', 'point', 'district', 'town')
    """
    key = fold(word)
    for known in get_args(PlacePrecision):
        if key == known:
            return known  # type: ignore[no-any-return]  # get_args is untyped
    words = lexicon()
    return words.after.get(key) or words.before.get(key) or "town"
