"""Decisions in a record: who may make them, what they change, and that nobody overwrites another unseen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import JsonValue
from tests.record.made import MadeReader, line, told

from ascertain.model import EventClaim, Incident, Passage, RefusedError, StaleError
from ascertain.record.models import ChainEntry, Decision, Forward, IncidentRow, IncidentVersion, Person
from ascertain.record.opening import Record
from ascertain.record.replay.decided import KINDS
from ascertain.record.roles import LEAST_ROLE
from ascertain.record.selectors.history import history, standing_id
from ascertain.record.services import deciding
from ascertain.record.services.deciding import Seen
from ascertain.record.services.ingesting import IngestSettings, ingest
from ascertain.record.services.people import add_person

SETTINGS = IngestSettings(reader=MadeReader(), workers=0)


@pytest.fixture(autouse=True)
def record(filled_record: Record) -> Record:
    """A record of three incidents, each told by one report."""
    return filled_record


@pytest.fixture
def amina(record: Record) -> Person:  # noqa: ARG001 -- the account is in it
    return add_person(name="amina", role="editor", by=None)


def of(report: str) -> IncidentRow:
    return IncidentRow.objects.get(gone=False, held__report=report)


def seen(row: IncidentRow) -> Seen:
    return Seen(row.pk, row.version)


def now(row: IncidentRow) -> Incident:
    return Incident.model_validate_json(IncidentRow.objects.get(pk=row.pk).value)


def killed(row: IncidentRow) -> tuple[int | None, int | None, int | None]:
    fresh = IncidentRow.objects.get(pk=row.pk)
    return fresh.killed_low, fresh.killed_best, fresh.killed_high


def test_accepting_is_kept_with_who_and_why(amina: Person) -> None:
    row = of("r1")
    deciding.accept(person=amina, seen=seen(row), reason="two papers agree")
    states = history(row.pk)
    assert [(state.by, state.reason) for state in states] == [(None, None), ("amina", "two papers agree")]
    assert IncidentRow.objects.get(pk=row.pk).status == "accepted"


def test_each_decision_and_each_state_is_chained(amina: Person) -> None:
    before = ChainEntry.objects.count()
    deciding.accept(person=amina, seen=seen(of("r1")))
    assert [entry.kind for entry in ChainEntry.objects.filter(seq__gt=before).order_by("seq")] == [
        "decision",
        "incident",
    ]


def test_merging_makes_one_incident_and_its_other_id_leads_to_it(amina: Person) -> None:
    one, other = of("r1"), of("r2")
    deciding.merge(person=amina, seen=[seen(one), seen(other)], reason="one attack")
    merged = of("r1")
    assert merged.pk == of("r2").pk
    gone = next(row for row in (one, other) if row.pk != merged.pk)
    assert standing_id(gone.pk) == merged.pk
    assert set(now(merged).reports) == {"r1", "r2"}
    assert history(gone.pk)[-1].incident is None


def test_undoing_a_merge_restores_both(amina: Person) -> None:
    one, other = of("r1"), of("r2")
    merge = deciding.merge(person=amina, seen=[seen(one), seen(other)])
    deciding.undo(person=amina, decision=merge.pk)
    assert (of("r1").pk, of("r2").pk) == (one.pk, other.pk)
    assert (now(one), now(other)) == (
        Incident.model_validate_json(one.value),
        Incident.model_validate_json(other.value),
    )
    assert not Forward.objects.exists()


def test_merge_then_split_restores_both(amina: Person) -> None:
    one, other = of("r1"), of("r2")
    deciding.merge(person=amina, seen=[seen(one), seen(other)])
    merged = of("r1")
    leaving = [f"r2/{held.claim}" for held in merged.held.filter(report="r2")]
    deciding.split(person=amina, seen=seen(merged), claims=leaving)
    assert (now(one), now(other)) == (
        Incident.model_validate_json(one.value),
        Incident.model_validate_json(other.value),
    )


def test_a_merge_holds_when_more_reports_come(record: Record, amina: Person, tmp_path: Path) -> None:
    deciding.merge(person=amina, seen=[seen(of("r1")), seen(of("r2"))])
    later = tmp_path / "later.jsonl"
    later.write_text(line("r4", told(22), published="2024-03-16") + line("r5", told(8), published="2024-03-16"))
    ingest(record=record, sources=[str(later)], settings=SETTINGS)
    assert of("r1").pk == of("r2").pk


def test_a_corrected_figure_holds_and_is_marked(amina: Person) -> None:
    row = of("r2")
    words = Passage(report="r2", span=(0, 27))
    to: JsonValue = {"low": 3, "best": 3, "high": 3}
    deciding.correct(person=amina, seen=seen(row), field="figures/killed/people", to=to, evidence=[words])
    assert killed(row) == (3, 3, 3)
    assert '"computed":{"best":5,"high":5,"low":5}' in IncidentRow.objects.get(pk=row.pk).state


@pytest.mark.parametrize(
    ("field", "to", "evidence", "reason", "said"),
    [
        ("type", "attack", [], "", "needs the words that say so, or a reason"),
        ("type", "attack", [Passage(report="r1", span=(0, 5))], "", "r1 is no report of"),
        ("type", "attack", [Passage(report="r2", span=(0, 5000))], "", "no words stand at 0 to 5000"),
        ("figures/killed/children", {"low": 9, "best": 9, "high": 9}, [], "a list", "a part exceeds its whole"),
    ],
)
def test_a_correction_that_cannot_be_changes_nothing(
    amina: Person, field: str, to: JsonValue, evidence: list[Passage], reason: str, said: str
) -> None:
    row, entries = of("r2"), ChainEntry.objects.count()
    with pytest.raises(Exception, match=said):
        deciding.correct(person=amina, seen=seen(row), field=field, to=to, evidence=evidence, reason=reason)
    assert (now(row).model_dump_json(), ChainEntry.objects.count()) == (row.value, entries)


def test_the_second_of_two_who_saw_the_same_is_told_what_the_first_did(amina: Person) -> None:
    omar = add_person(name="omar", role="reviewer", by=None)
    row = of("r1")
    deciding.reject(person=amina, seen=seen(row), reason="no such town")
    with pytest.raises(StaleError, match="has changed since you saw it: amina: reject"):
        deciding.accept(person=omar, seen=seen(row))
    assert IncidentRow.objects.get(pk=row.pk).status == "rejected"


def test_a_locked_incident_takes_no_correction_and_no_report(record: Record, amina: Person, tmp_path: Path) -> None:
    deciding.lock(person=amina, seen=seen(of("r1")))
    locked = of("r1")
    with pytest.raises(RefusedError, match="is locked"):
        deciding.correct(person=amina, seen=seen(locked), field="type", to="attack", reason="x")
    later = tmp_path / "later.jsonl"
    later.write_text(line("r4", told(22), published="2024-03-16", publisher="r4"))
    ingest(record=record, sources=[str(later)], settings=SETTINGS)
    assert now(locked).reports == ("r1",)
    deciding.unlock(person=amina, seen=seen(of("r1")))
    assert of("r4").pk == of("r1").pk


def test_what_was_decided_on_a_locked_incident_is_taken_back_once_it_is_unlocked(amina: Person) -> None:
    merge = deciding.merge(person=amina, seen=[seen(of("r1")), seen(of("r2"))])
    note = deciding.comment(person=amina, seen=seen(of("r1")), text="look at this")
    lock = deciding.lock(person=amina, seen=seen(of("r1")))
    locked = of("r1")
    with pytest.raises(RefusedError, match=f"{locked.pk} is locked; unlock it first"):
        deciding.undo(person=amina, decision=merge.pk)
    assert of("r1").pk == of("r2").pk
    assert of("r1").version == locked.version
    deciding.undo(person=amina, decision=note.pk)
    opened = deciding.undo(person=amina, decision=lock.pk)
    undone = deciding.undo(person=amina, decision=merge.pk)
    assert of("r1").pk != of("r2").pk
    deciding.lock(person=amina, seen=seen(of("r2")))
    with pytest.raises(RefusedError, match="is locked"):
        deciding.undo(person=amina, decision=undone.pk)
    assert opened.undoes is not None
    assert deciding.is_undone(opened.undoes)


def test_a_rejected_claim_is_made_nothing_of(amina: Person) -> None:
    row = of("r2")
    claim = row.held.get(report="r2").claim
    rejection = deciding.reject_claim(person=amina, report="r2", claim=claim, reason="it is a film")
    assert IncidentRow.objects.get(pk=row.pk).gone
    deciding.undo(person=amina, decision=rejection.pk)
    assert now(of("r2")) == Incident.model_validate_json(row.value)


def test_a_claim_that_was_missed_becomes_an_incident(amina: Person) -> None:
    missed = EventClaim(id="c1", type="abduction_forced_disappearance", evidence=((0, 20),))
    made = deciding.add_claim(person=amina, report="r3", claim=missed)
    row = IncidentRow.objects.get(gone=False, held__report="r3", held__claim=f"d{made.pk}")
    assert row.type == "abduction_forced_disappearance"
    deciding.undo(person=amina, decision=made.pk)
    assert IncidentRow.objects.get(pk=row.pk).gone


def test_a_sensitive_report_is_marked_and_the_mark_taken_back(amina: Person) -> None:
    mark = deciding.mark_report_sensitive(person=amina, report="r1", level="internal", reason="names a witness")
    assert deciding._report("r1").sensitivity == "internal"
    deciding.undo(person=amina, decision=mark.pk)
    assert deciding._report("r1").sensitivity == ""


@pytest.mark.parametrize("role", ["reader", "reviewer", "editor", "administrator"])
def test_a_role_may_do_what_the_table_says_and_no_more(role: str) -> None:
    person = add_person(name="sara", role=role, by=None)
    row = of("r1")
    acts: dict[str, Callable[[], Decision]] = {
        "accept": lambda: deciding.accept(person=person, seen=seen(of("r1"))),
        "reject": lambda: deciding.reject(person=person, seen=seen(of("r1")), reason="x"),
        "comment": lambda: deciding.comment(person=person, seen=seen(of("r1")), text="x"),
        "assign": lambda: deciding.assign(person=person, seen=seen(of("r1")), to=person),
        "mark_sensitive": lambda: deciding.mark_sensitive(person=person, seen=seen(of("r1")), level="partner"),
        "lock": lambda: deciding.lock(person=person, seen=seen(of("r1"))),
        "unlock": lambda: deciding.unlock(person=person, seen=seen(of("r1"))),
    }
    ranks = ["reader", "reviewer", "editor", "administrator"]
    for kind, act in acts.items():
        count = Decision.objects.count()
        if ranks.index(role) >= ranks.index(LEAST_ROLE[kind]):
            act()
        else:
            with pytest.raises(RefusedError, match="may not"):
                act()
        assert Decision.objects.count() - count == (ranks.index(role) >= ranks.index(LEAST_ROLE[kind]))
    assert IncidentVersion.objects.filter(incident=row.pk).exists()


def test_every_kind_of_decision_has_a_role() -> None:
    assert set(KINDS) <= LEAST_ROLE.keys()


def test_only_an_editor_undoes_what_another_decided(amina: Person) -> None:
    omar = add_person(name="omar", role="reviewer", by=None)
    made = deciding.accept(person=amina, seen=seen(of("r1")))
    with pytest.raises(RefusedError, match="may not undo of another's"):
        deciding.undo(person=omar, decision=made.pk)
    deciding.undo(person=amina, decision=made.pk)
    with pytest.raises(RefusedError, match="taken back already"):
        deciding.undo(person=amina, decision=made.pk)
    assert of("r1").status == "open"


def test_merging_what_is_not_there_is_refused(amina: Person) -> None:
    with pytest.raises(RefusedError, match="there is no incident i0"):
        deciding.merge(person=amina, seen=[seen(of("r1")), Seen("i0", 1)])
    with pytest.raises(RefusedError, match="name two or more"):
        deciding.merge(person=amina, seen=[seen(of("r1"))])
