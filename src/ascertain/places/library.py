"""The gazetteers that the user added: one file each in the user's data folder, with where it came from.

A gazetteer is written aside and takes its name when it is whole; until then the one of that name stays as it was.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from ascertain.model import DataFileError, SettingsError
from ascertain.places.download import download, is_address, name_in
from ascertain.places.gazetteer import EMBEDDED, Store, added_files, added_folder, embedded_towns, forget_opened
from ascertain.places.locks import alone
from ascertain.places.sources import FORMS, Fault, Form, Source, form_of
from ascertain.places.sources.nearest import NearestTowns
from ascertain.places.sources.source import country_code
from ascertain.places.store import LAYOUT, draft_of, fresh_draft, sweep

MOST_MEGABYTES = 4000
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_ENDINGS = re.compile(r"(\.osm)?\.(pbf|zip|txt|csv|tsv|geojson|json|gz)$", re.IGNORECASE)
_READ_AT_ONCE = 1 << 20
_TOLD_EVERY = 10_000
_TOLD_COLUMNS = tuple(dict.fromkeys(column for form in FORMS.values() for column in form.columns))

Step = Literal["fetching", "reading", "indexing"]


def _to_nobody(*_: object) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Added:
    """A gazetteer that was added, and where it came from; `problem` says why it cannot be used.

    `size` is that of the source in bytes, `added` a day as YYYY-MM-DD.
    """

    name: str
    path: Path
    source: str = ""
    form: str = ""
    sha256: str = ""
    size: int = 0
    added: str = ""
    licence: str | None = None
    places: int = 0
    names: int = 0
    polygons: int = 0
    skipped: int = 0
    problem: str | None = None


@dataclass(frozen=True)
class Order:
    """How a file is to be added.

    Attributes:
        name: the name of the gazetteer; that of the file where none is given.
        columns: which column holds what, for a CSV or GeoJSON whose own names do not tell.
        country: the country of places for which the file tells none.
        licence: the terms of the file, where it does not tell.
        most_bytes: the most that is fetched from an address.
        told: hears of each row that is skipped.
        progress: hears how far the work is: the step, how many bytes or places, and of how many where that is known.
    """

    name: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    country: str | None = None
    licence: str | None = None
    most_bytes: int = MOST_MEGABYTES * 1_000_000
    told: Callable[[Fault], None] = field(default=_to_nobody)
    progress: Callable[[Step, int, int | None], None] = field(default=_to_nobody)


def added() -> tuple[Added, ...]:
    """The gazetteers that were added, by name; a damaged one says what is wrong with it."""
    return tuple(_described(path) for path in added_files())


def add(source: str, order: Order | None = None) -> Added:
    """Read a file, or what an address leads to, into a gazetteer of its own; one of the same name is replaced.

    Raises:
        SettingsError: there is no such file, or the name or a column cannot be.
        DataFileError: the file is of no use, or cannot be fetched; what was there stays.
    """
    order = order or Order()
    title = name_in(source) if is_address(source) else Path(source).name
    name = name_of(title) if order.name is None else order.name
    _check(order, name)
    folder = added_folder()
    with alone(folder / ".lock", "ASCERTAIN_DATA", or_else="another gazetteer is being added there"):
        if not is_address(source):
            _check_file(Path(source), source)
            return _add(Path(source), str(Path(source).absolute()), title, name, order)
        with _aside(folder) as fetched:
            download(
                source, fetched, most_bytes=order.most_bytes,
                progress=lambda come, whole: order.progress("fetching", come, whole),
            )  # fmt: skip
            return _add(fetched, source, title, name, order)


def remove(name: str) -> None:
    """Take a gazetteer away.

    Raises:
        SettingsError: there is none of that name, or it is the embedded one.
    """
    path = next((path for path in added_files() if path.stem == name), None)
    if path is None and name == EMBEDDED:
        raise SettingsError(f"{name}: it is built in, and no command removes it; only what was added can be removed")
    if path is None:
        known = ", ".join(path.stem for path in added_files()) or "none is there"
        raise SettingsError(f"{name}: no gazetteer of that name was added; known: {known}")
    path.unlink()
    forget_opened()


def name_of(title: str) -> str:
    """The name for a gazetteer of a file.

    >>> name_of("BF.zip"), name_of("sudan-latest.osm.pbf"), name_of("Adm 2 (Sudan).geojson")
    ('bf', 'sudan-latest', 'adm-2-sudan')
    """
    bare = re.sub(r"[^a-z0-9._-]+", "-", _ENDINGS.sub("", title).lower()).strip("-._")
    return bare[:64] or "gazetteer"


def _check(order: Order, name: str) -> None:
    if not _NAME.fullmatch(name):
        problem = f"--name {name!r} cannot be a name"
        raise SettingsError(f"{problem}; use small letters, digits, dots, hyphens and underscores, 64 at most")
    if name == EMBEDDED:
        raise SettingsError(f"--name {name} is the one that is built in; choose another name")
    if order.country is not None:
        _check_country(order.country)
    for column in order.columns:
        if column not in _TOLD_COLUMNS:
            raise SettingsError(f"--columns {column}=…: no such column; known: {', '.join(_TOLD_COLUMNS)}")


def _check_country(country: str) -> None:
    code = country_code(country)
    if code != country.upper():
        remedy = f"write its two letters, {code}" if code else "write the two letters of ISO 3166-1, such as BF"
        raise SettingsError(f"--country {country!r} is no code of a country; {remedy}")


def _check_columns(order: Order, form: Form, title: str) -> None:
    """Refuse columns that a form has no use for, lest they be passed over unheard."""
    for column in order.columns:
        if column not in form.columns:
            known = f"of {form.name}, {', '.join(form.columns)} can be told" if form.columns else "leave --columns out"
            problem = f"--columns {column}=… does not apply to {title}, which is {form.name}"
            raise SettingsError(f"{problem}; {known}")


def _check_file(file: Path, address: str) -> None:
    if file.is_file():
        return
    if not address:
        raise SettingsError("the file is named by nothing; give its path, or an address of http or https")
    if file.is_dir():
        raise SettingsError(f"{address}: is a folder; name a file in it")
    if file.exists() or address == "-":
        raise SettingsError(f"{address}: is a pipe or device, which can be read but once; add a file in its place")
    raise SettingsError(f"{address}: there is no such file; give a file, or an address of http or https")


def _add(file: Path, address: str, title: str, name: str, order: Order) -> Added:
    skipped = 0

    def told(fault: Fault) -> None:
        nonlocal skipped
        skipped += 1
        order.told(fault)

    source = Source(file, title, name, told, order.columns, order.country and order.country.upper())
    form = form_of(source)
    _check_columns(order, form, title)
    source = replace(source, towns=NearestTowns(embedded_towns()), scratch=added_folder())
    path = added_folder() / f"{name}.sqlite"
    with draft_of(path) as draft:
        for entry in form.entries(source):
            draft.add(entry)
            if draft.count % _TOLD_EVERY == 0:
                order.progress("reading", draft.count, None)
        order.progress("indexing", draft.count, None)
        for place_id, line in draft.drop_repeated():
            source.fault(line or place_id, f"{place_id} is there already")
        if not draft.count:
            remedy = "is it the right file? see docs/gazetteers.md for what can be added"
            raise source.broken(f"holds no place that can be used; {skipped:,} rows were skipped", remedy)
        sha256 = _digest(file)
        about = {
            "fingerprint": f"{name} {LAYOUT}/{sha256[:16]}/{_settings_mark(order)}",
            "source": address, "form": form.name, "sha256": sha256, "size": str(file.stat().st_size),
            "added": date.today().isoformat(), "licence": order.licence or form.licence or "", "skipped": str(skipped),
        }  # fmt: skip
        draft.finish(about)
    forget_opened()
    return _described(path)


def _settings_mark(order: Order) -> str:
    """What of an order changes the places that come out."""
    told = repr((sorted(order.columns.items()), order.country and order.country.upper()))
    return hashlib.sha256(told.encode()).hexdigest()[:8]


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while piece := content.read(_READ_AT_ONCE):
            digest.update(piece)
    return digest.hexdigest()


def _described(path: Path) -> Added:
    try:
        store = Store(path, path.stem)
    except DataFileError as error:
        return Added(path.stem, path, problem=error.problem)
    told = store.about
    with closing(store):
        return Added(
            path.stem, path, told["source"], told["form"], told["sha256"], int(told["size"]), told["added"],
            told["licence"] or None, int(told["places"]), int(told["names"]), store.polygons(), int(told["skipped"]),
        )  # fmt: skip


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """A file for what is fetched, gone afterwards."""
    sweep(folder)
    path = fresh_draft(folder, "fetched")
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


__all__ = ["FORMS", "MOST_MEGABYTES", "Added", "Fault", "Order", "Step", "add", "added", "name_of", "remove"]
