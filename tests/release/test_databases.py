"""The same record gives the same bytes, whichever database keeps it and however that orders letters."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import JsonValue
from tests.record.conftest import Server, server  # noqa: F401 -- a fixture
from tests.record.made import MadeReader, line, told

from ascertain.model import (
    Actor,
    Attribution,
    ConditionClaim,
    Figure,
    NegotiationClaim,
    Place,
    Reading,
    Report,
    TollClaim,
    When,
)
from ascertain.record.models import IncidentRow, ReportRow
from ascertain.record.opening import Record, open_record
from ascertain.record.progress import Unwatched
from ascertain.record.services.backing_up import back_up, restore
from ascertain.record.services.deciding import Seen, correct, mark_report_sensitive
from ascertain.record.services.ingesting import IngestSettings, ingest
from ascertain.record.services.people import add_person
from ascertain.record.services.register import note_source
from ascertain.record.writing import snapshot
from ascertain.release.from_record import RecordState, by_letters
from ascertain.release.pseudonyms import pseudonyms
from ascertain.release.releasing import Order, release

# ids that databases order differently by language: capitals, marks, letters of other scripts, digits in words
IDS = ("a1", "A2", "a-b", "ab", "B", "b", "é", "z", "Ω", "_x", "r10", "r9", "م", "e\u0301", "a b", "a_b", "Zz", "ä")


@dataclass(frozen=True)
class SeriesReader(MadeReader):
    """Reads in each report a toll, a condition and talks, too."""

    identity: str = "made of series"

    def reading(self, report: Report) -> Reading:
        reading = super().reading(report)
        place = Place(text="Kolobad", span=(0, 1), name="Kolobad", id="made:7", precision="town", country="NG")
        number = 100 + len(report.text)
        figure = Figure(outcome="killed", group="people", low=number, high=number, text="so many", span=(0, 1))
        who = (Attribution(text=f"the mayor of {report.id}", span=(0, 1), kind="official"),)
        since = When(start=report.published, end=report.published, precision="day")
        actors = tuple(Actor(role="party", text=name, name=name, span=(0, 1)) for name in ("Tide", report.id))
        more = (
            TollClaim(id="d1", evidence=((0, 1),), figures=(figure,), since=since, where=place, said_by=who),
            ConditionClaim(id="d2", evidence=((0, 1),), sector="food", severity=f"dire, says {report.id}", where=place),
            NegotiationClaim(id="d3", evidence=((0, 1),), actors=actors, status="ongoing", where=place),
        )
        return reading.model_copy(update={"claims": (*reading.claims, *more)})


def filled(record: Record, folder: Path) -> None:
    """Reports of many ids, and what people decided."""
    reports = (
        line(id, told(22 * (number // 2) + number % 2), published=f"2024-03-{5 + number:02}", publisher=f"Paper {id}")
        for number, id in enumerate(IDS)
    )
    path = folder / "reports.jsonl"
    path.write_text("".join(reports), encoding="utf-8")
    ingest(record=record, sources=[str(path)], settings=IngestSettings(reader=SeriesReader(), workers=0))
    amina = add_person(name="amina", role="editor", by=None)
    mark_report_sensitive(person=amina, report="Ω", level="internal")
    note_source(person=amina, kind="publisher", source="Paper é", field="sensitivity", value="internal")
    note_source(person=amina, kind="publisher", source="Paper z", field="type", value="newspaper")
    row = IncidentRow.objects.filter(gone=False).order_by("pk")[0]
    three: JsonValue = {"low": 3, "best": 3, "high": 3}
    correct(person=amina, seen=Seen(row.pk, row.version), field="figures/killed/people", to=three, reason="a list")


def targets(server: Server, folder: Path) -> Iterator[str]:  # noqa: F811 -- the fixture
    yield str(folder / "other.sqlite")
    yield server.bare_database()


def released(folder: Path, profile: str) -> dict[str, bytes]:
    RecordState().check(Unwatched())
    with snapshot():
        release(RecordState(), Order(profile, languages=()), folder, pseudonym=pseudonyms(bytes(32)))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("profile", ["public", "internal"])
def test_the_same_record_gives_the_same_bytes_on_each_database(
    profile: str,
    server: Server,  # noqa: F811 -- the fixture
    tmp_path: Path,
) -> None:
    first = open_record(str(tmp_path / "first.sqlite"))
    filled(first, tmp_path)
    back_up(path=tmp_path / "a.backup", progress=Unwatched())
    expected = released(tmp_path / "first", profile)
    name = RecordState().facts.name
    first.close()
    for number, target in enumerate(targets(server, tmp_path)):
        other = open_record(target)
        restore(path=tmp_path / "a.backup", progress=Unwatched())
        found = released(tmp_path / str(number), profile)
        assert found.keys() == expected.keys()
        assert [file for file in found if found[file] != expected[file]] == [], target
        assert RecordState().facts.name == name
        other.close()


def test_reports_are_in_the_order_of_code_points_whatever_language_a_database_orders_by(
    server: Server,  # noqa: F811 -- the fixture
) -> None:
    record = open_record(server.bare_database())
    assert 'COLLATE "C"' in str(ReportRow.objects.order_by(by_letters("pk")).query)
    record.close()


def test_what_is_compared_holds_something_of_everything(tmp_path: Path) -> None:
    record = open_record(str(tmp_path / "first.sqlite"))
    filled(record, tmp_path)
    rows = json.loads(released(tmp_path / "out", "internal")["release.json"])["rows"]
    record.close()
    assert all(rows[table] > 5 for table in ("incidents", "claims", "reports", "sources", "tolls", "negotiations"))
    assert rows["conditions"] > 1
