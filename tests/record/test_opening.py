"""Opening records: real files, a real server."""

import sqlite3
from pathlib import Path

import pytest
from django.db import connection

from ascertain.model import RecordError, SettingsError
from ascertain.record.models import RecordMark, ReportRow
from ascertain.record.opening import Record, open_record, whole_or_none

from .conftest import NewTarget, Server
from .made import take_three


def test_a_new_record_holds_nothing_and_has_a_name(record: Record) -> None:
    assert ReportRow.objects.count() == 0
    assert len(record.name) == 32


def test_a_record_keeps_its_name(record: Record, target: str) -> None:
    assert open_record(target).name == record.name


def test_one_process_can_go_from_record_to_record(new_target: NewTarget) -> None:
    one, other = new_target(), new_target()
    first = open_record(one)
    RecordMark.objects.filter(id=1).update(name="first")
    open_record(other)
    assert RecordMark.objects.get().name != "first"
    assert open_record(one).name == "first"
    first.close()


def test_a_bare_database_becomes_a_record(server: Server) -> None:
    open_record(server.bare_database())
    assert ReportRow.objects.count() == 0


@pytest.mark.usefixtures("record")
def test_a_record_of_a_newer_version_is_refused(target: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into django_migrations (app, name, applied) values ('record', '9999_later', current_timestamp)"
        )
    with pytest.raises(RecordError, match=r"made by a newer version of Ascertain.*9999_later.*update"):
        open_record(target)


def test_a_record_that_is_not_there_is_not_made_by_looking(tmp_path: Path, server: Server) -> None:
    with pytest.raises(RecordError, match="no record is there; make one with ascertain ingest"):
        open_record(str(tmp_path / "none.sqlite"), make=False)
    assert not list(tmp_path.iterdir())
    with pytest.raises(RecordError, match="holds no record"):
        open_record(server.bare_database(), make=False)


def test_a_file_that_is_no_record_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("these are notes, and no database, and longer than a page's head" * 10)
    with pytest.raises(RecordError, match=r"not a database.*check that it is a record"):
        open_record(str(path))
    assert path.read_text().startswith("these are notes")


def test_a_server_that_is_not_there_is_named_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"^postgresql://desk@.*/record: cannot be opened") as told:
        open_record(f"postgresql://desk:secret@/record?host={tmp_path}")
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("target", ["mysql://host/name", "", "postgresql://host"])
def test_what_is_no_address_is_refused(target: str) -> None:
    with pytest.raises(SettingsError):
        open_record(target)


def test_the_place_is_the_environments_where_none_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASCERTAIN_DATABASE", str(tmp_path / "mine" / "record.sqlite"))
    assert open_record().address.shown == str(tmp_path / "mine" / "record.sqlite")
    monkeypatch.delenv("ASCERTAIN_DATABASE")
    monkeypatch.setenv("ASCERTAIN_DATA", str(tmp_path / "data"))
    assert open_record().address.file == tmp_path / "data" / "record.sqlite"


def test_a_file_is_for_its_owner_alone_and_keeps_what_was_said_done(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    open_record(str(path))
    assert path.stat().st_mode & 0o077 == 0
    with connection.cursor() as cursor:
        told = {name: cursor.execute(f"pragma {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
        assert told == {"journal_mode": "wal", "synchronous": 2}
        assert cursor.execute("pragma foreign_keys").fetchone() == (1,)
    connection.close()
    with sqlite3.connect(path) as plain:
        assert plain.execute("select count(*) from record_reportrow").fetchone() == (0,)
    plain.close()


def test_what_is_derived_is_for_its_owner_alone_even_where_it_was_not(tmp_path: Path) -> None:
    record = open_record(str(tmp_path / "record.sqlite"))
    record.derived.chmod(0o755)
    take_three(record)
    files = list(record.derived.glob("*.duckdb"))
    assert files
    assert [path.stat().st_mode & 0o077 for path in (record.derived, *files)] == [0, 0]


def open_in_vain(path: Path) -> None:
    with whole_or_none(str(path)):
        assert open_record(str(path)).derived.is_dir()
        raise ValueError("in vain")


def test_what_fails_in_a_new_record_leaves_none(tmp_path: Path) -> None:
    path = tmp_path / "new.sqlite"
    with pytest.raises(ValueError, match="in vain"):
        open_in_vain(path)
    assert not list(tmp_path.iterdir())
    open_record(str(path)).close()
    with pytest.raises(ValueError, match="in vain"):
        open_in_vain(path)
    assert path.exists()
