"""Opening a record: making it where it is not there, bringing it up to date, refusing what this version cannot read."""

from __future__ import annotations

import os
import shutil
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from ascertain.model import RecordError
from ascertain.record.address import Address, address_of
from ascertain.record.canonical import now
from ascertain.record.models import RecordMark
from ascertain.record.private import private_folder
from ascertain.record.progress import Unwatched
from ascertain.record.services.indexing import index_missing

_LOCK = 0x617363657274  # "ascert": the advisory lock under which a PostgreSQL database is migrated


@dataclass(frozen=True, slots=True)
class Record:
    """A record that is open: all models speak to its database, in every thread, until another one is opened.

    Attributes:
        address: where it lies.
        name: what it was named when it was made.
    """

    address: Address
    name: str

    @property
    def derived(self) -> Path:
        """The folder for what is derived from it and can be made again, for its owner alone."""
        return private_folder(self.address.derived)

    def close(self) -> None:
        """Let go of the database; it is connected again when it is next asked for something."""
        connections.close_all()


def open_record(target: str | None = None, *, make: bool = True) -> Record:
    """Open a record, in place of the one that is open.

    Args:
        target: a file or the address of a database, as `address_of` takes it.
        make: make it where it is not there.

    Raises:
        SettingsError: the target names no record.
        RecordError: it cannot be opened, a newer version of Ascertain made it, or it is not there and not to be made.
    """
    address = address_of(target)
    _point_at(address, make=make)
    try:
        _bring_up_to_date(address, make=make)
        name = _name()
    except DatabaseError as error:
        raise RecordError(f"{address.shown}: cannot be opened ({_said(error)}); {_remedy(address)}") from error
    return Record(address, name)


@contextmanager
def whole_or_none(target: str | None) -> Iterator[None]:
    """Where what is done within fails, leave no file of a record that was not there before."""
    address = address_of(target)
    is_new = address.file is not None and not address.file.exists()
    try:
        yield
    except BaseException:
        if is_new and address.file is not None:
            connections.close_all()
            _remove(address.file, address.derived)
        raise


def _remove(file: Path, derived: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        file.with_name(f"{file.name}{suffix}").unlink(missing_ok=True)
    shutil.rmtree(derived, ignore_errors=True)


def _point_at(address: Address, *, make: bool) -> None:
    """Let Django speak to another database."""
    if address.file is not None:
        _prepare(address.file, make=make)
    connections.close_all()
    connections.settings["default"] = connections.configure_settings({"default": dict(address.database)})["default"]
    with suppress(AttributeError):  # this thread had no connection yet
        del connections["default"]


def _prepare(file: Path, *, make: bool) -> None:
    """See that the file is there, for its owner alone, or can be."""
    if file.exists():
        return
    if not make:
        raise RecordError(f"{file}: no record is there; make one with ascertain ingest, or name another by --record")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise RecordError(
            f"{file}: no record can be made there ({error.strerror}); name another place by --record"
        ) from error


def _bring_up_to_date(address: Address, *, make: bool) -> None:
    """Apply what migrations lack, alone.

    Raises:
        RecordError: it has some that this version does not know, or there is no record and none is to be made.
    """
    if not _is_behind(address, make=make):
        return
    with _alone(address):
        if _is_behind(address, make=make):
            call_command("migrate", verbosity=0, interactive=False)
            index_missing(progress=Unwatched())


def _is_behind(address: Address, *, make: bool) -> bool:
    executor = MigrationExecutor(connection)
    known, applied = executor.loader.disk_migrations, executor.loader.applied_migrations
    unknown = sorted(name for app, name in applied if (app, name) not in known and app == "record")
    if unknown:
        problem = f"{address.shown}: was made by a newer version of Ascertain (it has {unknown[-1]})"
        raise RecordError(f"{problem}; update this one: pip install --upgrade ascertain")
    if not make and not any(app == "record" for app, _ in applied):
        raise RecordError(
            f"{address.shown}: holds no record; make one with ascertain ingest, or name another by --record"
        )
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _name() -> str:
    """What the record is named; a new one gets its name here."""
    mark, _ = RecordMark.objects.get_or_create(id=1, defaults={"name": uuid.uuid4().hex, "made": now()})
    return mark.name


@contextmanager
def _alone(address: Address) -> Iterator[None]:
    """Keep other processes from bringing the same record up to date at the same time."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_lock(%s)", [_LOCK])
            try:
                yield
            finally:
                cursor.execute("select pg_advisory_unlock(%s)", [_LOCK])
        return
    if sys.platform == "win32":
        yield
        return
    import fcntl

    with (private_folder(address.derived) / "opening.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _said(error: DatabaseError) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _remedy(address: Address) -> str:
    if address.file is None:
        return "check that the server runs, and the address, user and password in --record or ASCERTAIN_DATABASE"
    return "check that it is a record, and the right to read and write it and its folder"
