"""Rereading: a new reader changes nothing until it takes effect; what it would change is told before that."""

from __future__ import annotations

import pytest
from tests.record.made import SECOND, MadeReader, SecondReader

from ascertain.model import Incident, IncidentFigure, Reading, Report
from ascertain.record.models import ChainEntry, IncidentRow, IncidentVersion, Person, ReadingRow, Reread
from ascertain.record.models.readings import DISCARDED, IN_FORCE, REPLACED, STAGED
from ascertain.record.opening import Record
from ascertain.record.progress import Unwatched
from ascertain.record.selectors.readings import readings_of
from ascertain.record.selectors.verifying import faults
from ascertain.record.services import deciding, rereading
from ascertain.record.services.deciding import Seen
from ascertain.record.services.difference import Difference, difference
from ascertain.record.services.people import add_person

THREE = ("r1", "r2", "r3")


class Broken(MadeReader):
    """Cannot read `r2`."""

    def reading(self, report: Report) -> Reading:
        if report.id == "r2":
            raise ValueError("a fault")
        return SECOND.reading(report)


@pytest.fixture(autouse=True)
def record(filled_record: Record) -> Record:
    """A record of three incidents, each told by one report."""
    return filled_record


@pytest.fixture
def amina(record: Record) -> Person:  # noqa: ARG001 -- the account is in it
    return add_person(name="amina", role="editor", by=None)


def stage(reader: MadeReader = SECOND) -> int:
    return rereading.stage(reader=reader, workers=0, progress=Unwatched())


def apply(record: Record) -> int:
    return rereading.apply(record=record, progress=Unwatched())


def of(report: str) -> IncidentRow:
    return IncidentRow.objects.filter(gone=False, type="attack").get(held__report=report)


def seen(report: str) -> Seen:
    row = of(report)
    return Seen(row.pk, row.version)


def standing() -> dict[str, Incident]:
    rows = IncidentRow.objects.filter(gone=False).order_by("pk")
    return {row.pk: Incident.model_validate_json(row.value) for row in rows}


def states() -> dict[str, str]:
    return dict(ReadingRow.objects.order_by("pk").values_list("pk", "state"))


def killed(report: str) -> int | None:
    return of(report).killed_best


def test_staged_readings_change_nothing() -> None:
    before, read = standing(), list(readings_of(THREE))
    assert stage() == 3
    assert (standing(), list(readings_of(THREE))) == (before, read)
    assert list(states().values()).count(STAGED) == 3


def test_the_difference_is_told_before_it_takes_effect() -> None:
    first, missed = of("r1").pk, of("r2").pk
    stage()
    told = difference()
    assert (told.readings, told.unchanged, told.changed, told.gone) == (3, 1, (first,), (missed,))
    assert len(told.appeared) == 1
    (moved,) = told.moved
    assert (moved.incident, moved.outcome, moved.group, moved.by) == (first, "killed", "people", 1)
    assert isinstance(moved.before, IncidentFigure)
    assert isinstance(moved.after, IncidentFigure)
    assert (moved.before.best, moved.after.best) == (3, 4)


def test_what_takes_effect_is_what_was_told(record: Record) -> None:
    before = standing()
    stage()
    told = difference()
    assert apply(record) == 3
    after = standing()
    assert tuple(sorted(after.keys() - before.keys())) == told.appeared
    assert tuple(sorted(before.keys() - after.keys())) == told.gone
    assert tuple(sorted(id for id in before.keys() & after.keys() if before[id] != after[id])) == told.changed
    assert difference() == Difference(0, len(after), (), (), (), (), ())
    assert set(IncidentVersion.objects.filter(number=2).values_list("cause", flat=True)) == {"reread"}
    assert not list(faults(progress=Unwatched()))


def test_claims_on_the_same_words_keep_their_ids() -> None:
    stage()
    third = next(iter(readings_of(["r3"], staged=True)))
    assert [claim.id for claim in third.claims] == ["c2", "c1"]  # the attack, which comes second now, was c1


def test_decisions_stay_with_what_they_were_about(record: Record, amina: Person) -> None:
    deciding.merge(person=amina, seen=[seen("r1"), seen("r3")], reason="one raid")
    deciding.correct(
        person=amina, seen=seen("r1"), field="figures/killed/people", to={"low": 8, "best": 8, "high": 8}, reason="list"
    )
    one = of("r1").pk
    stage()
    apply(record)
    assert (of("r1").pk, of("r3").pk, killed("r1")) == (one, one, 8)


def test_a_decision_of_whose_claims_none_is_left_is_named_and_comes_back_with_them(
    record: Record, amina: Person
) -> None:
    rejection = deciding.reject(person=amina, seen=seen("r2"), reason="a film")
    row = of("r2").pk
    stage()
    assert difference().left_over == (rejection.pk,)
    apply(record)
    assert IncidentRow.objects.get(pk=row).gone
    assert stage(MadeReader()) == 3
    apply(record)
    again = IncidentRow.objects.get(pk=row)
    assert (again.gone, again.status) == (False, "rejected")


def test_discarded_readings_are_not_read_again() -> None:
    stage()
    assert rereading.discard() == 3
    entries = ChainEntry.objects.count()
    assert set(states().values()) == {IN_FORCE, DISCARDED}
    assert stage() == 3
    assert ChainEntry.objects.count() == entries


def test_a_version_takes_the_place_of_another_that_is_staged(record: Record) -> None:
    stage()
    assert stage(SecondReader("made 3")) == 3
    assert list(states().values()).count(DISCARDED) == 3
    apply(record)
    assert list(states().values()).count(REPLACED) == 3
    assert Reread.objects.get().version.identity == "made 3"


def test_a_report_that_the_new_reader_fails_on_keeps_its_reading(record: Record) -> None:
    assert stage(Broken("broken 2")) == 2
    apply(record)
    assert killed("r2") == 5
    assert killed("r1") == 4


def test_back_to_the_version_before_restores_the_incidents(record: Record) -> None:
    before = standing()
    stage()
    apply(record)
    stage(MadeReader())
    apply(record)
    assert standing() == before
