import datetime as dt

import pytest

from ascertain.record import chain
from ascertain.record.models import ChainEntry, ReaderVersion
from ascertain.record.writing import writing

pytestmark = pytest.mark.usefixtures("record")
NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def version(name: str) -> ReaderVersion:
    return ReaderVersion.objects.create(identity=name, since=NOON)


def test_each_entry_is_bound_to_the_one_before() -> None:
    with writing():
        chain.append([version("a"), version("b")])
    with writing():
        chain.append([version("c")])
    entries = list(ChainEntry.objects.order_by("seq"))
    assert [entry.seq for entry in entries] == [1, 2, 3]
    assert [bytes(entry.previous) for entry in entries] == [chain.NOTHING, *(bytes(e.hash) for e in entries[:-1])]
    for e in entries:
        told = chain.hash_of(bytes(e.previous), e.seq, e.kind, e.key, bytes(e.digest), e.at)
        assert told == bytes(e.hash)
    assert str(chain.head()) == f"3:{bytes(entries[-1].hash).hex()}"


def test_the_chain_is_appended_to_only_where_rows_are_saved() -> None:
    with pytest.raises(RuntimeError, match="within the transaction"):
        chain.append([version("a")])


def test_a_row_is_chained_once() -> None:
    with writing():
        row = version("a")
        chain.append([row])
    with pytest.raises(Exception, match=r"(?i)unique"), writing():
        chain.append([row])
    assert chain.head().seq == 1
