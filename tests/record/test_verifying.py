"""Verifying: whatever is altered, missing, put in or moved past the services is found and named."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from ascertain.model import SettingsError
from ascertain.record import chain
from ascertain.record.models import ChainEntry
from ascertain.record.opening import Record
from ascertain.record.progress import Unwatched
from ascertain.record.selectors.verifying import chained_models, faults
from ascertain.record.services.ingesting import IngestSettings, ingest

from .made import MadeReader, line, lines


@pytest.fixture(autouse=True)
def filled(record: Record, tmp_path: Path) -> Record:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(lines(6)) + "{broken\n" + line("other", "A calm day."))
    ingest(record=record, sources=[str(path)], settings=IngestSettings(reader=MadeReader(), workers=0))
    return record


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
        "update record_claimrow set value = replace(value, '\"low\":2', '\"low\":9') where reading_id = 'n2@1'"
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
