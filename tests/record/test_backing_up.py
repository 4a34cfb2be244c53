"""Backups: one file that holds everything, is checked, and moves a record between databases."""

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from ascertain.model import RecordError
from ascertain.record import chain
from ascertain.record.models import Blob, IncidentRow, Person, RecordMark, ReportRow
from ascertain.record.opening import Record, open_record
from ascertain.record.progress import Unwatched
from ascertain.record.selectors.verifying import faults
from ascertain.record.services.backing_up import back_up, restore
from ascertain.record.services.ingesting import IngestSettings, ingest
from ascertain.record.services.keeping import content_of
from ascertain.record.services.people import add_person

from .conftest import NewTarget, Server
from .made import MadeReader, line, lines

SETTINGS = IngestSettings(reader=MadeReader(), workers=0)
WATCH = Unwatched()


@pytest.fixture
def filled(record: Record, tmp_path: Path) -> Record:
    (tmp_path / "a.jsonl").write_text(
        "".join(lines(40)) + "{broken\n" + line("c", "A \u0645\u062f\u064a\u0646\u0629 \U0001f642")
    )
    (tmp_path / "large.txt").write_text("A long day. " * 300_000)
    amal = add_person(name="amal", role="editor", by=None)
    amal.set_password("a password of hers")
    amal.save()
    ingest(record=record, sources=[str(tmp_path / "a.jsonl"), str(tmp_path / "large.txt")], settings=SETTINGS)
    return record


def everything() -> dict[str, list[dict[str, object]]]:
    """All rows of all tables, but the name of the record."""
    models = [model for model in apps.get_app_config("record").get_models() if model is not RecordMark]
    rows = {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}
    return {
        name: [{k: bytes(v) if isinstance(v, memoryview) else v for k, v in row.items()} for row in some]
        for name, some in rows.items()
    }


def other_targets(tmp_path: Path, server: Server) -> Iterator[str]:
    yield str(tmp_path / "other.sqlite")
    yield server.new_database()


def test_a_backup_brings_everything_back_on_either_database(filled: Record, tmp_path: Path, server: Server) -> None:
    before, head = everything(), chain.head()
    done = back_up(path=tmp_path / "a.backup", progress=WATCH)
    assert done.rows > 100
    for target in other_targets(tmp_path, server):
        other = open_record(target)
        restore(path=tmp_path / "a.backup", progress=WATCH)
        assert everything() == before
        assert chain.head() == head
        assert list(faults(progress=WATCH)) == []
        assert open_record(target).name not in (filled.name, other.name)
        assert Person.objects.get().check_password("a password of hers")
        assert all(b"".join(content_of(blob)) for blob in Blob.objects.all())


@pytest.mark.usefixtures("filled")
def test_a_restored_record_goes_on(new_target: NewTarget, tmp_path: Path) -> None:
    back_up(path=tmp_path / "a.backup", progress=WATCH)
    target = new_target()
    open_record(target)
    restore(path=tmp_path / "a.backup", progress=WATCH)
    other = open_record(target)
    reports, incidents = ReportRow.objects.count(), IncidentRow.objects.count()
    (tmp_path / "b.jsonl").write_text("".join(list(lines(44))[40:]))
    ingest(record=other, sources=[str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl")], settings=SETTINGS)
    assert ReportRow.objects.count() == reports + 4
    assert IncidentRow.objects.count() > incidents
    assert list(faults(progress=WATCH)) == []


@pytest.mark.usefixtures("filled")
def test_a_record_that_holds_something_is_not_restored_into(tmp_path: Path) -> None:
    back_up(path=tmp_path / "a.backup", progress=WATCH)
    before = everything()
    with pytest.raises(RecordError, match="the record is not empty"):
        restore(path=tmp_path / "a.backup", progress=WATCH)
    assert everything() == before


@pytest.mark.usefixtures("filled")
def test_a_backup_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.backup").write_text("mine")
    with pytest.raises(RecordError, match="is there already"):
        back_up(path=tmp_path / "a.backup", progress=WATCH)
    assert (tmp_path / "a.backup").read_text() == "mine"


@pytest.mark.usefixtures("filled")
def test_a_damaged_backup_is_refused_and_nothing_restored(new_target: NewTarget, tmp_path: Path) -> None:
    whole = tmp_path / "a.backup"
    back_up(path=whole, progress=WATCH)
    data = whole.read_bytes()
    spoilt = {
        "cut": data[: len(data) // 2],
        "changed": data[: len(data) // 3] + bytes([data[len(data) // 3] ^ 1]) + data[len(data) // 3 + 1 :],
        "other": b"no zip at all",
    }
    open_record(new_target())
    for name, content in spoilt.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(RecordError, match="take another backup"):
            restore(path=tmp_path / name, progress=WATCH)
    assert not any(rows for rows in everything().values())


@pytest.mark.usefixtures("filled")
def test_a_row_changed_in_a_backup_shows(new_target: NewTarget, tmp_path: Path) -> None:
    back_up(path=tmp_path / "a.backup", progress=WATCH)
    with zipfile.ZipFile(tmp_path / "a.backup") as archive, zipfile.ZipFile(tmp_path / "b.backup", "w") as other:
        for name in archive.namelist():
            content = archive.read(name)
            other.writestr(name, content.replace(b"Paper 1", b"Paper 2") if "reportrow" in name else content)
    open_record(new_target())
    with pytest.raises(RecordError, match=r"reportrow.jsonl is not what was written"):
        restore(path=tmp_path / "b.backup", progress=WATCH)


@pytest.mark.usefixtures("filled")
def test_a_backup_of_a_newer_version_is_refused(new_target: NewTarget, tmp_path: Path) -> None:
    back_up(path=tmp_path / "a.backup", progress=WATCH)
    shutil.copyfile(tmp_path / "a.backup", tmp_path / "b.backup")
    with zipfile.ZipFile(tmp_path / "a.backup") as archive:
        manifest = json.loads(archive.read("manifest.json"))
        members = {name: archive.read(name) for name in archive.namelist() if name != "manifest.json"}
    manifest["migrations"].append("9999_later")
    with zipfile.ZipFile(tmp_path / "b.backup", "w") as other:
        for name, content in {**members, "manifest.json": json.dumps(manifest).encode()}.items():
            other.writestr(name, content)
    open_record(new_target())
    with pytest.raises(RecordError, match="newer version of Ascertain"):
        restore(path=tmp_path / "b.backup", progress=WATCH)


@pytest.mark.usefixtures("filled")
def test_a_backup_whose_compressed_bytes_were_damaged_is_refused(tmp_path: Path, new_target: NewTarget) -> None:
    path = tmp_path / "a.backup"
    back_up(path=path, progress=WATCH)
    with zipfile.ZipFile(path) as archive:
        told = archive.getinfo("tables/record.blobchunk.jsonl")
    content = bytearray(path.read_bytes())
    start = told.header_offset + 30 + len(told.filename) + 20
    content[start : start + 200] = b"\xff" * 200
    path.write_bytes(content)
    open_record(new_target())
    with pytest.raises(RecordError, match="take another backup"):
        restore(path=path, progress=WATCH)
