"""Releases of records and of runs, and states that are refused with what is to be mended."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.record.made import take_three
from tests.release.searching import found_in

from ascertain.model import ConditionClaim, EventClaim, Figure, NegotiationClaim, TollClaim
from ascertain.record.models import EventRow, IncidentRow, RecordMark
from ascertain.record.opening import Record, open_record
from ascertain.record.progress import Unwatched
from ascertain.record.selectors.readings import readings_of
from ascertain.record.services import deciding
from ascertain.record.services.ingesting import IngestSettings, ingest
from ascertain.record.services.people import add_person
from ascertain.record.writing import snapshot
from ascertain.release.from_record import RecordState
from ascertain.release.pseudonyms import pseudonyms
from ascertain.release.releasing import Order, release
from ascertain.release.state import BadStateError


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    record = open_record(str(tmp_path / "record.sqlite"))
    take_three(record)
    yield record
    record.close()


def to_mend() -> str:
    with pytest.raises(BadStateError) as caught:
        RecordState().check(Unwatched())
    return "\n".join(caught.value.to_mend)


@pytest.mark.usefixtures("record")
def test_a_record_is_released_and_again_gives_the_same_bytes(tmp_path: Path) -> None:
    written = []
    for name in ("one", "two"):
        RecordState().check(Unwatched())
        with snapshot():
            done = release(
                RecordState(), Order("public", languages=()), tmp_path / name, pseudonym=pseudonyms(bytes(32))
            )
        written.append({path.name: path.read_bytes() for path in done.folder.rglob("*") if path.is_file()})
    assert written[0] == written[1]
    assert done.counts["incidents"] == 3
    about = json.loads(written[0]["release.json"])
    assert about["head"].count(":") == 1
    assert about["readers"] == ["made 1"]


@pytest.mark.usefixtures("record")
def test_rejected_incidents_are_left_out() -> None:
    IncidentRow.objects.filter(pk=IncidentRow.objects.all()[0].pk).update(status="rejected")
    assert (len(list(RecordState().incidents())), RecordState().facts.rejected) == (2, 1)


@pytest.mark.usefixtures("record")
def test_a_policy_that_was_changed_half_way_is_refused() -> None:
    RecordMark.objects.update(policy="ucdp")
    EventRow.objects.filter(pk=EventRow.objects.all()[0].pk).update(stale=True)
    told = to_mend()
    assert "3 incidents do not have policy ucdp" in told
    assert "finish with ascertain ingest --policy ucdp" in told
    assert "1 events changed since" in told


@pytest.mark.usefixtures("record")
def test_a_locked_incident_with_a_broken_claim_is_refused() -> None:
    row = IncidentRow.objects.order_by("pk").first()
    assert row is not None
    value = json.loads(row.value)
    row.value, row.locked = json.dumps({**value, "claims": [*value["claims"], "r1/c99"]}), True
    row.save()
    told = to_mend()
    assert f"incident {row.pk} is locked and rests on r1/c99" in told
    assert "unlock it" in told


def test_what_verify_finds_is_refused(record: Record, tmp_path: Path) -> None:
    record.close()
    with closing(sqlite3.connect(tmp_path / "record.sqlite")) as database:
        database.execute("update record_incidentversion set cause = 'nothing'")
        database.commit()
    assert "altered" in to_mend()


def test_a_place_that_a_person_named_in_a_claim_stays_in(record: Record, tmp_path: Path) -> None:
    """Its id and position stay; the name may be anything that a person wrote beside them."""
    amina = add_person(name="amina", role="editor", by=None)
    (reading,) = readings_of(["r3"])
    where = reading.claims[0].where
    assert where is not None
    named = where.model_copy(update={"name": "the house of Zhuqvé Xūwj"})
    said: dict[str, Any] = {"evidence": ((0, 9),), "where": named}
    count = Figure(outcome="killed", group="people", low=9, text="nine", span=(0, 4))
    for claim in (
        EventClaim(id="x", type="attack", figures=(count,), **said),
        TollClaim(id="x", figures=(count,), **said),
        ConditionClaim(id="x", sector="food", **said),
        NegotiationClaim(id="x", status="ongoing", **said),
    ):
        deciding.add_claim(person=amina, report="r3", claim=claim)
    deciding.reject_claim(person=amina, report="r3", claim="c1", reason="told better by what was added")
    ingest(record=record, sources=[], settings=IngestSettings(workers=0))
    RecordState().check(Unwatched())
    for profile, there in (("public", False), ("partner", False), ("internal", True)):
        with snapshot():
            done = release(
                RecordState(), Order(profile, languages=()), tmp_path / profile, pseudonym=pseudonyms(bytes(32))
            )
        assert (done.counts["tolls"], done.counts["conditions"], done.counts["negotiations"]) == (1, 1, 1)
        found = {name.partition(".")[0] for name, _ in found_in(done.folder, "Zhuqvé Xūwj")}
        assert found.issuperset({"incidents", "claims", "tolls", "conditions"}) == there
        assert bool(found) == there
