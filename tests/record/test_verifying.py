"""Verifying: whatever is altered, missing, put in or moved past the services is found and named."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import connection

from ascertain.model import SettingsError
from ascertain.record import chain
from ascertain.record.models import ChainEntry, IncidentRow, Person
from ascertain.record.opening import Record, open_record
from ascertain.record.progress import Unwatched
from ascertain.record.selectors.verifying import chained_models, faults
from ascertain.record.services.deciding import Seen, accept, mark_report_sensitive
from ascertain.record.services.ingesting import IngestSettings, ingest
from ascertain.record.services.people import add_person, close_account, set_role

from .conftest import CopyOf
from .made import MadeReader, line, told


def six(target: str) -> None:
    """A record of six reports on three attacks, one without any, and a line that is broken."""
    record = open_record(target)
    attacks = (0, 1, 44, 45, 88, 89)
    reports = (line(f"n{number}", told(attack), published="2024-03-15") for number, attack in enumerate(attacks))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl"
        path.write_text("".join(reports) + "{broken\n" + line("other", "A calm day."))
        ingest(record=record, sources=[str(path)], settings=IngestSettings(reader=MadeReader(), workers=0))
    record.close()


@pytest.fixture(autouse=True)
def filled(copy_of: CopyOf) -> Iterator[Record]:
    opened = open_record(copy_of(six))
    yield opened
    opened.close()


def found(known_head: str | None = None) -> list[str]:
    return [str(fault) for fault in faults(progress=Unwatched(), known_head=known_head)]


def do(*statements: str) -> None:
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)


def test_a_record_as_it_was_written_has_no_fault() -> None:
    assert found() == []
    assert found(str(chain.head())) == []


def test_every_kind_of_row_is_in_the_chain() -> None:
    kinds = set(ChainEntry.objects.values_list("kind", flat=True))
    assert kinds == {"receipt", "report", "set_aside", "reader", "reading", "incident"}
    assert kinds <= chained_models().keys()


ALTERED: dict[str, Callable[[], None]] = {
    "report n1: altered": lambda: do("update record_reportrow set publisher = 'Paper 9' where id = 'n1'"),
    "report n1: its text was altered": lambda: do(
        "update record_reportrow set text = (select text from record_reportrow where id = 'n2') where id = 'n1'"
    ),
    "reading n2@1: its claims were altered": lambda: do(
        "update record_claimrow set value = replace(value, '\"low\":5', '\"low\":9') where reading_id = 'n2@1'"
    ),
    "reading n2@1: it has 0 claims where 1 were read": lambda: do(
        "delete from record_claimrow where reading_id = 'n2@1'"
    ),
    "receipt 1: altered": lambda: do("update record_receipt set address = 'elsewhere' where id = 1"),
    "set_aside 1: altered": lambda: do("update record_setasiderow set problem = 'none' where id = 1"),
    "set_aside 1: missing": lambda: do("delete from record_setasiderow where id = 1"),
    "reader 2: is in no entry of the chain: put in by another way": lambda: do(
        "insert into record_readerversion (id, identity, settings, since) values (2, 'x', '{}', current_timestamp)"
    ),
    "entry 3 of the chain: missing from the chain": lambda: do("delete from record_chainentry where seq = 3"),
    "entries 3 to 4 of the chain: missing from the chain": lambda: do(
        "delete from record_chainentry where seq in (3, 4)"
    ),
}


@pytest.mark.parametrize("told", ALTERED)
def test_what_was_altered_is_named(told: str) -> None:
    ALTERED[told]()
    assert told in found()


@pytest.mark.parametrize("column", ["claim = 'c9'", "kind = 'toll'", "type = 'protest'", "day = '2024-03-30'"])
def test_a_column_of_a_claim_that_was_altered_is_named(column: str) -> None:
    do(f"update record_claimrow set {column} where reading_id = 'n2@1'")
    assert "reading n2@1: its claims were altered" in found()


def test_an_altered_entry_is_named() -> None:
    entry = ChainEntry.objects.get(seq=2)
    do("update record_chainentry set at = '2020-01-01' where seq = 2")
    assert found() == [f"entry 2 of the chain ({entry.kind} {entry.key}): altered"]


def test_entries_that_changed_places_are_named() -> None:
    do(
        "update record_chainentry set seq = 1000 where seq = 2",
        "update record_chainentry set seq = 2 where seq = 3",
        "update record_chainentry set seq = 3 where seq = 1000",
    )
    told = found()
    assert any(fault.startswith("entry 2 of the chain") for fault in told)
    assert any(fault.startswith("entry 3 of the chain") for fault in told)


def test_an_incident_that_is_not_as_its_last_version_is_named() -> None:
    do("update record_incidentrow set value = replace(value, '\"sources\":1', '\"sources\":5')")
    assert any("is not as its version 1" in fault for fault in found())


COLUMNS = {
    "type": "'protest'",
    "start": "null",
    "country": "'FR'",
    "lat": "1.5",
    "killed_best": "900",
    "grading": "'confirmed'",
    "sources": "77",
    "claims_count": "77",
    "status": "'rejected'",
    "locked": "true",
    "sensitivity": "'internal'",
}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_of_an_incident_that_was_altered_is_named(column: str) -> None:
    id = IncidentRow.objects.order_by("pk")[0].pk
    do(f"update record_incidentrow set {column} = {COLUMNS[column]} where id = '{id}'")
    assert found() == [f"incident {id}: its column {column} is not as its version 1"]


@pytest.mark.parametrize("change", ["gone = true", "version = 2", "since = '2020-01-01'", "first_seen = '2020-01-01'"])
def test_an_incident_that_stands_otherwise_than_its_versions_say_is_named(change: str) -> None:
    id = IncidentRow.objects.order_by("pk")[0].pk
    do(f"update record_incidentrow set {change} where id = '{id}'")
    assert f"incident {id}: is not as its version 1" in found()


def test_a_claim_that_an_incident_lost_or_was_given_is_named() -> None:
    one, other = IncidentRow.objects.filter(held__report__in=["n0", "n2"]).order_by("held__report")
    do("delete from record_incidentclaim where report_id = 'n4'")
    do(f"update record_incidentclaim set incident_id = '{other.pk}' where report_id = 'n0'")
    told = found()
    assert f"incident {one.pk}: does not hold n0/c1, which its version 1 does" in told
    assert f"incident {other.pk}: holds n0/c1, which its version 1 does not" in told
    assert any("does not hold n4/c1" in fault for fault in told)
    assert len(told) == 3


def test_an_incident_that_was_deleted_is_named() -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL does not let an incident go that has versions")
    id = IncidentRow.objects.order_by("pk")[0].pk
    do(
        "pragma foreign_keys = off",
        f"delete from record_incidentclaim where incident_id = '{id}'",
        f"delete from record_incidentrow where id = '{id}'",
    )
    assert found() == [f"incident {id}: missing"]


def test_an_incident_that_was_put_in_is_named() -> None:
    row = IncidentRow.objects.order_by("pk")[0]
    row.pk = "i000000000000"
    row.save(force_insert=True)
    assert found() == ["incident i000000000000: has no version: put in by another way"]


def test_what_is_put_in_for_what_is_deleted_is_named() -> None:
    do("delete from record_setasiderow", "update record_chainentry set key = 'x' where kind = 'reader'")
    assert {"set_aside 1: missing", "reader 1: is in no entry of the chain: put in by another way"} <= set(found())


def ana() -> Person:
    return add_person(name="ana", role="administrator", by=None)


PEOPLE = {
    "role = 'reader'": "has a role that nobody gave: reader",
    "is_active = false": "has a role that nobody gave: administrator, closed",
    "username = 'bo'": "is not named ana, as when a role was given last",
}


@pytest.mark.parametrize("change", PEOPLE)
def test_a_person_who_is_not_what_they_were_made_is_named(change: str) -> None:
    person = ana()
    assert found() == []
    do(f"update record_person set {change}")
    name = "bo" if "bo" in change else "ana"
    assert found() == [f"person {person.pk} ({name}): {PEOPLE[change]}"]


def test_a_person_who_was_put_in_is_named() -> None:
    person = Person.objects.create_user("eve", role="administrator")
    assert found() == [f"person {person.pk} (eve): was given no role: put in by another way"]


def test_roles_that_were_given_and_accounts_that_were_closed_are_no_faults() -> None:
    ana()
    add_person(name="bo", role="reader", by=None)
    set_role(name="bo", role="editor", by=None)
    close_account(name="bo", by=None)
    assert found() == []
    set_role(name="bo", role="reviewer", by=None)
    assert found() == []


def test_a_report_whose_sensitivity_nobody_decided_is_named() -> None:
    person = ana()
    mark_report_sensitive(person=person, report="n0", level="internal")
    mark_report_sensitive(person=person, report="n1", level="partner")
    assert found() == []
    do("update record_reportrow set sensitivity = '' where id = 'n0'")
    do("update record_reportrow set sensitivity = 'partner' where id = 'n2'")
    assert found() == [
        "report n0: is marked 'for everybody', which nobody decided",
        "report n2: is marked 'partner', which nobody decided",
    ]


def test_a_decision_that_is_not_found_by_its_claims_is_named() -> None:
    incident = IncidentRow.objects.order_by("pk")[0]
    made = accept(person=ana(), seen=Seen(incident.pk, incident.version))
    assert found() == []
    do("delete from record_decisionclaim")
    assert found() == [f"decision {made.pk}: the claims that it is found by were altered"]


@pytest.mark.parametrize(
    ("table", "column", "named"),
    [
        ("reportrow", "title", "report n0: altered"),
        ("reportrow", "published", "report n0: altered"),
        ("incidentrow", "value", ": is not as its version 1"),
        ("incidentrow", "place", ": its column place is not as its version 1"),
        ("incidentversion", "value", ": altered"),
        ("chainentry", "key", "entry 1 of the chain"),
        ("claimrow", "value", "reading n0@1: altered"),
        ("receipt", "address", "receipt 1: altered"),
        ("blob", "sha256", "blob "),
        ("incidentclaim", "claim", "which its version 1 does not"),
    ],
)
def test_a_text_that_is_none_is_named_and_the_rest_looked_at(table: str, column: str, named: str) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL takes no such text")
    do(
        "pragma foreign_keys = off",
        f"update record_{table} set {column} = cast(x'68ff69' as text) where rowid = "
        f"(select min(rowid) from record_{table})",
        "update record_readerversion set identity = 'x'",
    )
    told = found()
    assert any(named in fault for fault in told)
    assert "reader 1: altered" in told
    "\n".join(told).encode()


@pytest.mark.parametrize(
    ("sql", "problem"),
    [
        ("delete from record_blobchunk", "missing"),
        ("update record_blobchunk set content = (select text from record_reportrow where id = 'n1')", "altered"),
        ("update record_blobchunk set content = (select hash from record_chainentry where seq = 1)", "altered"),
    ],
)
def test_a_blob_that_is_not_what_it_was_is_named(sql: str, problem: str) -> None:
    do(sql)
    (fault,) = found()
    assert fault.startswith("blob ")
    assert fault.endswith(problem)


def test_a_tail_that_was_cut_off_shows_by_a_head_that_was_noted() -> None:
    head = str(chain.head())
    last = ChainEntry.objects.order_by("-seq")[0]
    do(f"delete from record_chainentry where seq = {last.seq}")
    assert any("is missing: the chain was cut off before it" in fault for fault in found(head))


def test_a_chain_that_was_written_anew_shows_by_a_head_that_was_noted() -> None:
    seq, _, told = str(chain.head()).partition(":")
    assert any("written anew" in fault for fault in found(f"{seq}:{told[::-1]}"))


@pytest.mark.parametrize("head", ["", "x", "12", "1:abc"])
def test_a_head_that_is_none_is_refused(head: str) -> None:
    with pytest.raises(SettingsError, match="is no head of a chain"):
        found(head)


def test_a_blob_that_was_deleted_with_its_chunks_is_missing() -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL does not let a blob go that a receipt has")
    do("pragma foreign_keys = off", "delete from record_blobchunk", "delete from record_blob")
    (fault,) = found()
    assert fault.startswith("blob ")
    assert fault.endswith(": missing")


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("update record_reportrow set text = 'loose' where id = 'n1'", "report n1: altered"),
        ("update record_reportrow set published = 'loose' where id = 'n1'", "report n1: altered"),
        ("update record_chainentry set hash = 'loose' where seq = 2", "entry 2 of the chain"),
        ("update record_blobchunk set content = 'loose'", "blob "),
    ],
)
def test_a_cell_of_another_type_is_the_fault_of_its_row_alone(sql: str, named: str) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL takes no such cell")
    do(sql, "update record_receipt set address = 'elsewhere' where id = 1")
    told = found()
    assert any(fault.startswith(named) for fault in told)
    assert "receipt 1: altered" in told
    assert not any(fault.startswith("report n2") for fault in told)
