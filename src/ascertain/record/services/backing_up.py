"""Backing up and restoring: the whole record in one file, with the SHA-256 of everything in it.

The file is a zip: `tables/<model>.jsonl`, a line for each row, in an order in which rows can be put in; and last
`manifest.json` with the count of rows and the SHA-256 of each table. It is written and read as a stream, and is the
same for SQLite and PostgreSQL, so that it moves a record from one to the other.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import uuid
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import BinaryField, Field, Model

from ascertain.model import RecordError
from ascertain.record.canonical import canonical
from ascertain.record.fields import ZippedText
from ascertain.record.handfuls import handfuls
from ascertain.record.models import BlobChunk, RecordMark
from ascertain.record.progress import Progress
from ascertain.record.writing import snapshot, writing

_FORMAT = 1
_MANIFEST = "manifest.json"
_ROWS_AT_ONCE = 500
_CHUNKS_AT_ONCE = 8
_CHARACTERS_AT_ONCE = 16 << 20
_UNREADABLE = (
    KeyError,
    TypeError,
    ValueError,
    EOFError,
    OSError,
    NotImplementedError,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup: how many rows, how many bytes, and the SHA-256 of the whole file."""

    rows: int
    bytes: int
    sha256: str


def back_up(*, path: Path, progress: Progress) -> BackedUp:
    """Write the record, as it is at one moment, to a file; the file takes its name when it is whole.

    Raises:
        RecordError: the file is there already.
        OSError: it cannot be written.
    """
    check_free(path)
    part = path.with_name(f"{path.name}.part")
    with snapshot(), part.open("wb") as file:
        part.chmod(0o600)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            progress.step("backing up", sum(model._default_manager.count() for model in _models()))
            tables = {name_of(model): _write_table(archive, model, progress) for model in _models()}
            manifest = {
                "format": _FORMAT,
                "ascertain": version("ascertain"),
                "migrations": _migrations(),
                "tables": tables,
            }
            archive.writestr(_MANIFEST, json.dumps(manifest, indent=2))
        file.flush()
        os.fsync(file.fileno())
    sha256 = _sha256_of(part)
    part.replace(path)
    return BackedUp(sum(table["rows"] for table in tables.values()), path.stat().st_size, sha256)


def check_free(path: Path) -> None:
    """Refuse to write over a file.

    Raises:
        RecordError: the file is there already.
    """
    if path.exists():
        raise RecordError(f"{path}: is there already; name another file, or remove it")


def restore(*, path: Path, progress: Progress) -> int:
    """Put a backup into the record that is open, which must be empty; how many rows it has. It is checked before.

    Raises:
        RecordError: the record is not empty, or the file is no backup, is damaged, or of another version.
    """
    with _archive(path) as archive:
        manifest = _manifest_of(archive, path)
        progress.step("checking the backup", sum(table["rows"] for table in manifest["tables"].values()))
        for model in _models():
            _check_table(archive, model, manifest, path, progress)
        progress.step("restoring", sum(table["rows"] for table in manifest["tables"].values()))
        with writing():
            _check_empty()
            for model in _models():
                _read_table(archive, model, progress)
            _renew_sequences()
            RecordMark.objects.update(name=uuid.uuid4().hex)
    return sum(table["rows"] for table in manifest["tables"].values())


def name_of(model: type[Model]) -> str:
    """What a model's table is called in a backup."""
    return f"tables/{model._meta.label_lower}.jsonl"


def _models() -> list[type[Model]]:
    """All tables of the record, those first that others refer to."""
    ordered: list[type[Model]] = []
    left = sorted(apps.get_app_config("record").get_models(include_auto_created=True), key=lambda m: m._meta.label)
    while left:
        free = [model for model in left if not (_referred(model) & set(left)) - {model}]
        ordered += free
        left = [model for model in left if model not in free]
    return ordered


def _referred(model: type[Model]) -> set[Any]:
    return {field.related_model for field in model._meta.concrete_fields if field.related_model is not None}


def _write_table(archive: zipfile.ZipFile, model: type[Model], progress: Progress) -> dict[str, Any]:
    count, whole = 0, hashlib.sha256()
    at_once = _CHUNKS_AT_ONCE if model is BlobChunk else _ROWS_AT_ONCE
    rows = model._default_manager.order_by("pk").iterator(at_once)
    with archive.open(name_of(model), "w", force_zip64=True) as file:
        for some in handfuls(rows, at_once):
            data = "".join(_line(row) for row in some).encode()
            whole.update(data)
            file.write(data)
            count += len(some)
            progress.advance(len(some))
    return {"rows": count, "sha256": whole.hexdigest()}


def _line(row: Model) -> str:
    values = {field.attname: _told(field, getattr(row, field.attname)) for field in row._meta.concrete_fields}
    return f"{canonical(values)}\n"


def _told(field: Field[Any, Any], value: Any) -> object:
    if value is not None and isinstance(field, BinaryField):
        return base64.b64encode(bytes(value)).decode()
    return value


def _check_table(
    archive: zipfile.ZipFile, model: type[Model], manifest: dict[str, Any], path: Path, progress: Progress
) -> None:
    told = manifest["tables"].get(name_of(model))
    count, whole = 0, hashlib.sha256()
    try:
        with archive.open(name_of(model)) as file:
            for line in file:
                whole.update(line)
                count += 1
                if count % _ROWS_AT_ONCE == 0:
                    progress.advance(_ROWS_AT_ONCE)
    except _UNREADABLE as error:
        raise _damaged(path, f"{name_of(model)} cannot be read") from error
    if told is None or (told["rows"], told["sha256"]) != (count, whole.hexdigest()):
        raise _damaged(path, f"{name_of(model)} is not what was written")


def _read_table(archive: zipfile.ZipFile, model: type[Model], progress: Progress) -> None:
    with archive.open(name_of(model)) as file:
        for lines in handfuls(file, _ROWS_AT_ONCE, weight=len, heaviest=_CHARACTERS_AT_ONCE):
            rows = [model(**_values(model, json.loads(line))) for line in lines]
            model._default_manager.bulk_create(rows)
            progress.advance(len(rows))


def _values(model: type[Model], told: dict[str, Any]) -> dict[str, Any]:
    """The values of a row; a field that came after the backup has its default."""
    known = {field.attname: field for field in model._meta.concrete_fields}
    return {name: _value(known[name], value) for name, value in told.items() if name in known}


def _value(field: Field[Any, Any], told: Any) -> Any:
    if told is not None and isinstance(field, BinaryField):
        return base64.b64decode(told)
    return told if told is None or isinstance(field, ZippedText) else field.to_python(told)


def _check_empty() -> None:
    full = [model for model in _models() if model is not RecordMark and model._default_manager.exists()]
    if full:
        held = ", ".join(sorted(str(model._meta.verbose_name) for model in full)[:3])
        raise RecordError(f"the record is not empty (it has {held}); restore into a new one, named by --record")
    RecordMark.objects.all().delete()


def _renew_sequences() -> None:
    """Let new rows be numbered after those that were put in."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(sql)


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        raise _damaged(path, "is no backup, or was cut short") from error
    with archive:
        yield archive


def _manifest_of(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(archive.read(_MANIFEST))
        unknown = sorted(set(manifest["migrations"]) - set(_migrations()))
    except _UNREADABLE as error:
        raise _damaged(path, "is no backup of a record") from error
    if unknown:
        problem = f"{path}: was made by a newer version of Ascertain (it has {unknown[-1]})"
        raise RecordError(f"{problem}; update this one: pip install --upgrade ascertain")
    return dict(manifest)


def _migrations() -> list[str]:
    return sorted(name for app, name in MigrationRecorder(connection).applied_migrations() if app == "record")


def _damaged(path: Path, problem: str) -> RecordError:
    return RecordError(f"{path}: {problem}; take another backup")


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
