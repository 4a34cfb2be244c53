"""The record as it stood on any day: incidents, readings and decisions of then, whatever came later."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from tests.record.made import SECOND, MadeReader

from ascertain.model import Incident, Reading, SettingsError
from ascertain.record.models import Decision, IncidentRow, IncidentVersion, Person, ReadingRow, Reread
from ascertain.record.opening import Record
from ascertain.record.progress import Unwatched
from ascertain.record.selectors.exporting import export_record
from ascertain.record.selectors.history import end_of, history, incidents_as_of, standing_id
from ascertain.record.selectors.readings import readings_as_of
from ascertain.record.services import deciding, rereading
from ascertain.record.services.deciding import Seen
from ascertain.record.services.people import add_person

FIRST = dt.date(2024, 4, 1)


@pytest.fixture(autouse=True)
def record(filled_record: Record) -> Record:
    """A record of three incidents, all of it from the first day."""
    on_day(0)
    return filled_record


@pytest.fixture
def amina(record: Record) -> Person:  # noqa: ARG001 -- the account is in it
    return add_person(name="amina", role="editor", by=None)


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


def on_day(number: int) -> None:
    """Let all that came about just now have come about at noon of a day."""
    noon = dt.datetime.combine(day(number), dt.time(12), tzinfo=dt.UTC)
    today = dt.datetime(2024, 12, 31, tzinfo=dt.UTC)
    for model, field in (
        (IncidentVersion, "since"),
        (IncidentRow, "since"),
        (IncidentRow, "first_seen"),
        (ReadingRow, "at"),
        (Decision, "at"),
        (Reread, "at"),
    ):
        model._default_manager.filter(**{f"{field}__gt": today}).update(**{field: noon})


def then(number: int) -> list[Incident]:
    return list(incidents_as_of(end_of(day(number))))


def read_then(number: int) -> list[Reading]:
    return list(readings_as_of(end_of(day(number))))


def of(report: str) -> IncidentRow:
    return IncidentRow.objects.filter(gone=False, type="attack").get(held__report=report)


def seen(report: str) -> Seen:
    return Seen(of(report).pk, of(report).version)


def test_before_anything_came_there_was_nothing() -> None:
    assert (then(-1), read_then(-1)) == ([], [])


def test_what_stands_is_what_stood_on_the_last_day() -> None:
    assert then(0) == list(incidents_as_of())
    assert read_then(0) == list(readings_as_of())


def test_a_merge_is_seen_from_its_day_on_and_its_undoing_too(amina: Person) -> None:
    apart = then(0)
    one, other = of("r1").pk, of("r2").pk
    merge = deciding.merge(person=amina, seen=[seen("r1"), seen("r2")])
    on_day(1)
    deciding.undo(person=amina, decision=merge.pk)
    on_day(2)
    assert [len(then(number)) for number in range(3)] == [3, 2, 3]
    assert then(0) == apart == then(2)
    gone = [[state.incident is None for state in history(id)] for id in (one, other)]
    assert sorted(gone) == [[False, False, False], [False, True, False]]
    assert (standing_id(one), standing_id(other)) == (one, other)


def test_a_claim_that_was_rejected_later_was_there_before(amina: Person) -> None:
    claim = of("r2").held.get(report="r2").claim
    rejection = deciding.reject_claim(person=amina, report="r2", claim=claim, reason="a film")
    on_day(1)
    deciding.undo(person=amina, decision=rejection.pk)
    on_day(2)
    assert [[len(reading.claims) for reading in read_then(number)] for number in range(3)] == [
        [1, 1, 1],
        [1, 0, 1],
        [1, 1, 1],
    ]


def test_a_reading_counts_from_when_it_took_effect(record: Record) -> None:
    def turn_to(reader: MadeReader, staged_on: int, applied_on: int) -> None:
        rereading.stage(reader=reader, workers=0, progress=Unwatched())
        on_day(staged_on)
        rereading.apply(record=record, progress=Unwatched())
        on_day(applied_on)

    first = read_then(0)
    turn_to(SECOND, 1, 3)
    second = list(readings_as_of())
    turn_to(MadeReader(), 4, 5)
    assert [read_then(number) for number in range(6)] == [first, first, first, second, second, first]
    assert [len(then(number)) for number in range(6)] == [3, 3, 3, 3, 3, 3]
    assert then(0) == then(5) != then(3)


def test_an_export_of_a_day_names_only_claims_that_were_there_then(amina: Person, tmp_path: Path) -> None:
    deciding.merge(person=amina, seen=[seen("r1"), seen("r2")])
    on_day(1)
    for number, incidents in ((0, 3), (1, 2)):
        folder = tmp_path / str(number)
        done = export_record(folder=folder, moment=end_of(day(number)), progress=Unwatched())
        assert (done.readings, done.incidents) == (3, incidents)
        told = [json.loads(line) for line in (folder / "claims.jsonl").read_text().splitlines()]
        there = {f"{line['report']['id']}/{claim['id']}" for line in told for claim in line["claims"]}
        named = [json.loads(line)["claims"] for line in (folder / "incidents.jsonl").read_text().splitlines()]
        assert {claim for claims in named for claim in claims} <= there


def test_an_id_that_never_was_is_told() -> None:
    with pytest.raises(SettingsError, match="i0: no incident has that id"):
        standing_id("i0")
