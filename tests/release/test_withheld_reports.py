"""What rests on a report that is marked as sensitive is told, without it, as the other reports tell it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import JsonValue
from tests.record.made import take_three

from ascertain.record.models import IncidentRow, Person
from ascertain.record.opening import Record, open_record
from ascertain.record.progress import Unwatched
from ascertain.record.services import deciding
from ascertain.record.services.people import add_person
from ascertain.record.writing import snapshot
from ascertain.release.from_record import RecordState
from ascertain.release.pseudonyms import pseudonyms
from ascertain.release.releasing import Order, release


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    record = open_record(str(tmp_path / "record.sqlite"))
    take_three(record)
    yield record
    record.close()


@pytest.fixture
def amina(record: Record) -> Person:  # noqa: ARG001 -- it must be open
    return add_person(name="amina", role="editor", by=None)


def joined(amina: Person) -> str:
    """One incident of what `r1` and `r2` tell, of which `r2` is for partners alone: it counts more dead."""
    first, second = (
        IncidentRow.objects.get(gone=False, held__report=report, held__claim="c1") for report in ("r1", "r2")
    )
    seen = tuple(deciding.Seen(row.pk, row.version) for row in (first, second))
    deciding.merge(person=amina, seen=seen)
    deciding.mark_report_sensitive(person=amina, report="r2", level="partner")
    return IncidentRow.objects.get(gone=False, held__report="r1").pk


def given(profile: str, folder: Path) -> dict[str, dict[str, Any]]:
    RecordState().check(Unwatched())
    with snapshot():
        done = release(RecordState(), Order(profile, languages=()), folder, pseudonym=pseudonyms(bytes(32)))
    lines = map(json.loads, (done.folder / "incidents.jsonl").read_text().splitlines())
    return {line["id"]: line for line in lines}


def test_an_incident_is_told_as_the_reports_tell_it_that_may_be_given(amina: Person, tmp_path: Path) -> None:
    before = given("public", tmp_path / "before")
    (alone,) = (each for each in before.values() if each["figures"][0]["best"] == 3)
    id = joined(amina)
    partly, whole = (given(profile, tmp_path / profile)[id] for profile in ("public", "partner"))
    assert whole["reports"] != partly["reports"]
    assert whole["figures"][0]["high"] > 3
    for field in ("figures", "where", "when", "sources", "grading", "reports", "claims", "primary_for"):
        assert partly[field] == alone[field], field
    assert partly["id"] == id
    assert partly["formerly"] == whole["formerly"]


def test_what_a_person_set_holds_when_some_reports_are_left_out(amina: Person, tmp_path: Path) -> None:
    id = joined(amina)
    row = IncidentRow.objects.get(pk=id)
    figure: dict[str, JsonValue] = {"low": 2, "best": 2, "high": 2}
    deciding.correct(
        person=amina, seen=deciding.Seen(id, row.version), field="figures/killed/people", to=figure, reason="a list"
    )
    assert given("public", tmp_path / "out")[id]["figures"] == [{"outcome": "killed", "group": "people", **figure}]


def test_a_locked_incident_that_rests_on_a_withheld_report_is_held_back(amina: Person, tmp_path: Path) -> None:
    id = joined(amina)
    row = IncidentRow.objects.get(pk=id)
    deciding.lock(person=amina, seen=deciding.Seen(id, row.version))
    assert id not in given("public", tmp_path / "public")
    assert id in given("partner", tmp_path / "partner")
