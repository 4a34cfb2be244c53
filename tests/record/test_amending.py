"""Amending: what people add to a reading or strike from it is compared with other reports at the next linking."""

import shutil

import pytest

from ascertain.model import EventClaim
from ascertain.record.models import EventRow, IncidentClaim, Person
from ascertain.record.opening import Record
from ascertain.record.progress import Unwatched
from ascertain.record.selectors.readings import readings_of
from ascertain.record.selectors.verifying import faults
from ascertain.record.services import deciding
from ascertain.record.services.linking import link
from ascertain.record.services.people import add_person


@pytest.fixture(autouse=True)
def record(filled_record: Record) -> Record:
    return filled_record


@pytest.fixture
def amina() -> Person:
    return add_person(name="amina", role="editor", by=None)


def linked(record: Record) -> dict[str, set[str]]:
    """The claims that are in one incident, by the first of them, after all is linked."""
    link(record=record, progress=Unwatched())
    assert list(faults(progress=Unwatched())) == []
    held: dict[str, set[str]] = {}
    for incident, report, claim in IncidentClaim.objects.values_list("incident_id", "report_id", "claim"):
        held.setdefault(incident, set()).add(f"{report}/{claim}")
    return {min(claims): claims for claims in held.values()}


def groups() -> list[tuple[str, str, str, str]]:
    return list(EventRow.objects.order_by("report", "claim").values_list("report", "claim", "group", "heap"))


def claim_of(report: str) -> EventClaim:
    (reading,) = readings_of([report])
    (claim,) = reading.claims
    assert isinstance(claim, EventClaim)
    return claim


def test_a_claim_that_was_added_joins_what_other_reports_tell(record: Record, amina: Person) -> None:
    before = linked(record)
    made = deciding.add_claim(person=amina, report="r3", claim=claim_of("r1"))
    assert linked(record)["r1/c1"] == {"r1/c1", f"r3/d{made.pk}"}
    deciding.undo(person=amina, decision=made.pk)
    assert linked(record) == before


def test_a_claim_that_was_struck_holds_nothing_together(record: Record, amina: Person) -> None:
    made = [deciding.add_claim(person=amina, report=report, claim=claim_of("r1")) for report in ("r2", "r3")]
    together = linked(record)
    assert together["r1/c1"] == {"r1/c1", *(f"{report}/d{n.pk}" for report, n in zip(("r2", "r3"), made, strict=True))}
    struck = deciding.reject_claim(person=amina, report="r1", claim="c1", reason="a film")
    apart = linked(record)
    assert "r1/c1" not in apart
    deciding.undo(person=amina, decision=struck.pk)
    assert linked(record) == together


def test_an_index_that_was_lost_gives_the_groups_that_were_kept(record: Record, amina: Person) -> None:
    deciding.add_claim(person=amina, report="r3", claim=claim_of("r1"))
    deciding.reject_claim(person=amina, report="r2", claim="c1", reason="a film")
    linked(record)
    kept = groups()
    shutil.rmtree(record.derived)
    deciding.add_claim(person=amina, report="r2", claim=EventClaim(id="c1", type="attack", evidence=((0, 9),)))
    linked(record)
    assert [row for row in groups() if row[0] != "r2"] == [row for row in kept if row[0] != "r2"]
