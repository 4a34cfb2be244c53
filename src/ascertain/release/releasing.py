"""Releasing: a state becomes a folder of files, redacted, described, summed and signed.

In: a state, and an order. Out: a new folder, which appears only when it is whole. Everything is gone through once and
by the handful, so that memory stays flat as the record grows; the same state and order give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from ascertain.intake.received import one_line
from ascertain.model import Claim, Reading, SettingsError
from ascertain.release import codebook
from ascertain.release.changes import ABOUT, Comparison, Previous, previous_in
from ascertain.release.forms import CsvSink, GeoJsonSink, GeoParquetSink, ParquetSink, Sink, Workbook
from ascertain.release.layouts import LeftOut, acled_row, ged_row
from ascertain.release.licensing import Licence, citation_file, cite_as, licence_for, licence_text
from ascertain.release.package import data_package
from ascertain.release.page import About, Changes, write_page
from ascertain.release.profiles import Profile, profile_named
from ascertain.release.pseudonyms import Pseudonym
from ascertain.release.publishers import Publishers
from ascertain.release.redaction import Redactor
from ascertain.release.signing import check_key, sign
from ascertain.release.state import Facts, State
from ascertain.release.sums import write_sums
from ascertain.release.tables import (
    LINES,
    TABLES,
    Column,
    Row,
    claim_figure_rows,
    claim_row,
    columns_of,
    condition_row,
    figure_rows,
    incident_row,
    negotiation_row,
    report_row,
    toll_rows,
)
from ascertain.taxonomy.layouts import LAYOUTS, layout_columns

_T = TypeVar("_T")
_AT_ONCE = 1000

Told = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: the profile, the title, who makes it, the terms (`None`: those of the profile), the last
    release of the same profile, the key to sign with, and the languages of the report page (none: no page)."""

    profile: str
    title: str = "Incidents of armed conflict as reported"
    by: str = "The authors of the record"
    licence: str | None = None
    previous: Path | None = None
    key: Path | None = None
    languages: tuple[str, ...] = ("en", "ar")


@dataclass(frozen=True, slots=True)
class Released:
    """What was written: the folder, its version, how many rows each table has, and how many incidents the profile
    holds back."""

    folder: Path
    version: str
    counts: dict[str, int]
    held_back: int


def release(state: State, order: Order, folder: Path, *, pseudonym: Pseudonym, tell: Told = str) -> Released:
    """Write a release into a folder that is new or empty.

    Args:
        state: what is released.
        order: what is asked for.
        folder: where to; it is filled only when everything is written.
        pseudonym: gives the pseudonyms.
        tell: is told each step.

    Raises:
        SettingsError: the order cannot be followed, or the folder holds something.
    """
    profile = profile_named(order.profile)
    licence = licence_for(profile.name, order.licence)
    previous = previous_in(order.previous, profile=profile.name) if order.previous else None
    if order.key is not None:
        check_key(order.key)
    folder = folder.resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SettingsError(f"{folder}: holds something already; name an empty folder, or a new one")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as room:
        part = Path(room) / "release"
        part.mkdir(mode=0o777 if profile.is_for_everybody else 0o700)
        redactor = Redactor(profile, state.facts, pseudonym)
        written = _Writing(part, Path(room), redactor, _version(redactor), order, previous, tell).do(state)
        _describe(part, state.facts, profile, licence, order, written)
        tell("summing up")
        write_sums(part)
        if order.key is not None:
            sign(part, order.key)
        with suppress(FileNotFoundError):
            folder.rmdir()
        part.rename(folder)  # never into a folder that another release made meanwhile
    return Released(folder, written.version, dict(written.counts), written.held_back)


def _version(redactor: Redactor) -> str:
    """A name of the release: the day of the state, digits that differ from state to state, and the profile."""
    facts = redactor.facts
    digits = (facts.head or redactor.name()).rpartition(":")[2].rpartition("-")[2][:8]
    return f"{facts.as_of.date().isoformat()}-{digits}-{redactor.profile.name}"


def handfuls(items: Iterable[_T], most: int) -> Iterator[list[_T]]:
    """The items in order, at most so many at a time."""
    rest = iter(items)
    while some := list(islice(rest, most)):
        yield some


@dataclass
class _Writing:
    """Writes all tables and layouts into a folder; `room` is for what is needed meanwhile."""

    folder: Path
    room: Path
    redactor: Redactor
    version: str
    order: Order
    previous: Previous | None
    tell: Told
    counts: Counter[str] = field(default_factory=Counter)
    left_out: dict[str, Counter[str]] = field(default_factory=lambda: {layout: Counter() for layout in LAYOUTS})
    held_back: int = 0

    def do(self, state: State) -> _Writing:
        """Write everything."""
        with ExitStack() as ends:
            title = f"{self.order.title}, release {self.version}"
            self._book = Workbook(self.folder / "release.xlsx", title, self._explained(state.facts))
            ends.callback(self._book.drop)
            self._sinks = {table: self._sinks_of(table, ends) for table in TABLES}
            self._layouts = {
                layout: CsvSink(self.folder / f"{layout}.csv", _columns_of_layout(layout)) for layout in LAYOUTS
            }
            for sink in self._layouts.values():
                ends.callback(sink.drop)
            self._files = {
                name: ends.enter_context((self.folder / f"{name}.jsonl").open("w", encoding="utf-8", newline="\n"))
                for name in LINES
            }
            self._publishers = Publishers(self.room)
            ends.callback(self._publishers.close)
            self._comparison = Comparison(self.room, self.previous) if self.previous else None
            if self._comparison is not None:
                ends.callback(self._comparison.close)
            self.tell("writing reports and claims")
            self._write_readings(state)
            as_given = state.without(self.redactor.withheld)
            self.tell("writing incidents")
            self._write_incidents(as_given)
            self.tell("writing series")
            self._write_series(as_given)
            self._write_changes()
            self._close()
        return self

    def _explained(self, facts: Facts) -> list[tuple[str, str]]:
        return [
            (self.order.title, f"Release {self.version}; state as of {facts.as_of.isoformat()}"),
            (
                "how to read it",
                "Figures are ranges over what sources say, with a best number. Empty is unknown, not 0.",
            ),
            ("codes", "What every column and code means is in codebook.html; terms are in LICENCE."),
            *(("left out", told) for told in self.redactor.profile.left_out),
        ]

    def _sinks_of(self, table: str, ends: ExitStack) -> Sequence[Sink]:
        """What the rows of a table go to; whatever happens, the files are let go of at the end."""
        sinks = tuple(self._sinks_made(table))
        for sink in sinks:
            ends.callback(sink.drop)
        return sinks

    def _sinks_made(self, table: str) -> Iterator[Sink]:
        columns, path = columns_of(table), self.folder / table
        yield CsvSink(path.with_suffix(".csv"), columns, tagged=path.with_suffix(".hxl.csv"))
        yield self._book.sink(table, columns)
        if table == "incidents":
            yield GeoParquetSink(path.with_suffix(".parquet"), columns)
            yield GeoJsonSink(path.with_suffix(".geojson"), columns)
        else:
            yield ParquetSink(path.with_suffix(".parquet"), columns)

    def _add(self, table: str, rows: Sequence[Row]) -> None:
        self.counts[table] += len(rows)
        for sink in self._sinks[table]:
            sink.add(rows)

    def _write_lines(self, name: str, values: Iterable[BaseModel]) -> list[str]:
        lines = [one_line(value.model_dump_json()) for value in values]
        self._files[name].writelines(f"{line}\n" for line in lines)
        return lines

    # -- reports and claims

    def _write_readings(self, state: State) -> None:
        redactor = self.redactor
        given = (reading for reading in state.readings() if redactor.gives_report(reading.report.id))
        for some in handfuls(given, _AT_ONCE):
            readings = [
                reading.model_copy(
                    update={
                        "report": redactor.header(reading.report),
                        "claims": tuple(self._claims_of(reading)),
                        "sketch": None,
                    }
                )
                for reading in some
            ]
            self._publishers.add([(each.report.id, each.report.publisher) for each in readings])
            self._publishers.note({each.report.publisher for each in some}, redactor)
            self._write_lines("claims", readings)
            self._add("reports", list(map(report_row, readings)))
            told = [(each.report.id, claim) for each in readings for claim in each.claims]
            self._add("claims", [claim_row(report, claim) for report, claim in told])
            self._add("claim_figures", [row for report, claim in told for row in claim_figure_rows(report, claim)])
        self._add("sources", self._publishers.rows(redactor))

    def _claims_of(self, reading: Reading) -> Iterator[Claim]:
        for claim in reading.claims:
            if self.redactor.gives_claim(f"{reading.report.id}/{claim.id}"):
                yield self.redactor.claim(claim)

    # -- incidents

    def _write_incidents(self, state: State) -> None:
        for some in handfuls(state.incidents(), _AT_ONCE):
            given = [standing for standing in some if self.redactor.gives(standing)]
            self.held_back += len(some) - len(given)
            redacted = [self.redactor.standing(standing) for standing in given]
            incidents = [standing.incident for standing, _ in redacted]
            lines = self._write_lines("incidents", incidents)
            if self._comparison:
                told = zip(incidents, lines, strict=True)
                self._comparison.add([(each.id, line, each.formerly) for each, line in told])
            self._add("incidents", [incident_row(each, coarsened=moved) for each, moved in redacted])
            self._add("figures", [row for each in incidents for row in figure_rows(each)])
            publishers = self._publishers.of(incidents)
            as_of = self.redactor.facts.as_of
            acled = (acled_row(each, publishers=publishers[each.id], as_of=as_of) for each in incidents)
            self._add_layout("acled", acled)
            self._add_layout("ged", (ged_row(each, publishers=publishers[each.id]) for each in incidents))

    def _add_layout(self, layout: str, rows: Iterable[Row | LeftOut]) -> None:
        there: list[Row] = []
        for row in rows:
            if isinstance(row, LeftOut):
                self.left_out[layout][row.reason] += 1
            else:
                there.append(row)
        self.counts[layout] += len(there)
        self._layouts[layout].add(there)

    # -- series

    def _write_series(self, state: State) -> None:
        for toll in filter(None, map(self.redactor.toll, state.tolls())):  # one may hold the points of many years
            self._write_lines("tolls", [toll])
            self._add("tolls", list(toll_rows(toll)))
        for weeks in handfuls(filter(None, map(self.redactor.condition, state.conditions())), _AT_ONCE):
            self._write_lines("conditions", weeks)
            self._add("conditions", list(map(condition_row, weeks)))
        for talks in filter(None, map(self.redactor.negotiation, state.negotiations())):
            self._write_lines("negotiations", [talks])
            self._add("negotiations", [negotiation_row(talks)])

    def _write_changes(self) -> None:
        if self._comparison is None:
            return
        sink = CsvSink(self.folder / "changes.csv", columns_of("changes"))
        for rows in handfuls(self._comparison.rows(), _AT_ONCE):
            self.counts["changes"] += len(rows)
            sink.add(rows)
        sink.close()
        self._comparison.close()

    def _close(self) -> None:
        for sinks in (*self._sinks.values(), list(self._layouts.values())):
            for sink in sinks:
                sink.close()
        self.tell("writing the workbook")
        self._book.close()


def _columns_of_layout(layout: str) -> list[Column]:
    return [Column(each.name, "string", "", each.decided) for each in layout_columns(layout)]


def _describe(folder: Path, facts: Facts, profile: Profile, licence: Licence, order: Order, written: _Writing) -> None:
    """Write the codebook, the terms, how to cite it, and what the folder holds."""
    year, day = facts.as_of.year, facts.as_of.date().isoformat()
    cite = cite_as(title=order.title, by=order.by, version=written.version, year=year)
    told = codebook.Told(
        title=order.title,
        version=written.version,
        as_of=facts.as_of.astimezone(dt.UTC).isoformat(),
        profile=profile,
        policy=facts.policy,
        readers=written.redactor.readers(),
        head=facts.head,
        cite=cite,
        licence=licence.name,
        counts=written.counts,
        left_out=written.left_out,
    )
    about = {
        "name": written.redactor.name(),
        "version": written.version,
        "profile": profile.name,
        "as_of": told.as_of,
        "policy": facts.policy,
        "readers": written.redactor.readers(),
        "head": facts.head,
        "previous": written.previous.version if written.previous else None,
        "rows": dict(written.counts),
        "left_out_of_layouts": {layout: dict(sorted(some.items())) for layout, some in written.left_out.items()},
        "held_back": written.held_back if profile.words else None,
    }
    citation = citation_file(title=order.title, by=order.by, version=written.version, day=day, licence=licence)
    for name, text in {
        ABOUT: json.dumps(about, ensure_ascii=False, indent=2) + "\n",
        "codebook.md": codebook.as_markdown(told),
        "codebook.html": codebook.as_html(told),
        "LICENCE": licence_text(licence, cite),
        "CITATION.cff": citation,
    }.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    if order.languages:
        written.tell("drawing the report page")
        write_page(folder, _told_on_page(facts, profile, licence, order, written, cite), languages=order.languages)
    package = data_package(
        folder,
        name=f"ascertain-release-{written.version}",
        title=order.title,
        version=written.version,
        created=told.as_of,
        licence=licence,
        by=order.by,
    )
    (folder / "datapackage.json").write_text(package, encoding="utf-8", newline="\n")


def _told_on_page(
    facts: Facts, profile: Profile, licence: Licence, order: Order, written: _Writing, cite: str
) -> About:
    """What the report page tells beside the files that are written already."""
    return About(
        title=order.title,
        as_of=facts.as_of,
        profile=profile.name,
        reports=written.counts["reports"],
        policy=facts.policy,
        readers=written.redactor.readers(),
        left_out=profile.held_back,
        cite=cite,
        licence=licence.name,
        head=facts.head,
        changes=Changes(written.previous.version, written.counts["changes"]) if written.previous else None,
    )
