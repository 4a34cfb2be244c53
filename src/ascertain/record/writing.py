"""Writing to the record: one writer at a time, all or nothing, and patience while the database is away.

In: a piece of work that finds out by itself what of it is done. Out: the work, done once, or an error that says what to
mend. Every transaction that writes goes through `writing`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection, transaction

from ascertain.model import RecordError

T = TypeVar("T")

_WRITERS = 0x7772697465  # "write": the advisory lock that a writer holds on PostgreSQL
_PATIENCE_SECONDS = 120.0
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.1, 5.0
# What databases say where waiting does not help: full disks, a file that may not be written or is damaged.
_LASTING = ("is full", "readonly", "read-only", "malformed", "disk i/o error", "no space", "not a database", "too big")

Listener = Callable[[str], object]


@contextmanager
def writing() -> Iterator[None]:
    """A transaction that no other writer's runs beside: what it reads stays true until it is done.

    SQLite has one writer at a time anyway; on PostgreSQL an advisory lock makes it so. Keep it short.
    """
    with transaction.atomic(savepoint=False):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_xact_lock(%s)", [_WRITERS])
        yield


def persistently(work: Callable[[], T], *, patience_seconds: float | None = None, on_wait: Listener | None = None) -> T:
    """Do a piece of work, again and again while the database is away or busy.

    Within a transaction it is done once: the whole of the transaction is what is done again.

    Args:
        work: may be done several times, also where it was done already but the answer was lost.
        patience_seconds: how long to go on trying; two minutes where not given.
        on_wait: is told what the database says, before each pause.

    Raises:
        RecordError: the database stays away, or says what waiting does not mend.
    """
    if connection.in_atomic_block:
        return work()
    until = time.monotonic() + (_PATIENCE_SECONDS if patience_seconds is None else patience_seconds)
    pause = _FIRST_PAUSE_SECONDS
    while True:
        try:
            return work()
        except (OperationalError, InterfaceError) as error:
            said = " ".join(str(error).split()) or type(error).__name__
            if any(sign in said.casefold() for sign in _LASTING):
                raise RecordError(f"the record cannot be written ({said}); make room or mend it, and go on") from error
            if time.monotonic() + pause > until:
                raise RecordError(f"the record's database does not answer ({said}); go on when it is back") from error
            if on_wait is not None:
                on_wait(said)
            connection.close()
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)


@contextmanager
def snapshot() -> Iterator[None]:
    """Read everything as it is at one moment, and let others write meanwhile."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("begin")
        try:
            yield
        finally:
            cursor.execute("rollback")
