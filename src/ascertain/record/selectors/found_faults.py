"""Faults of the record, and how they are looked for where rows may be damaged in any way."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from django.db import connection

from ascertain.intake.received import printable

_T = TypeVar("_T")
UNREADABLE = (AttributeError, KeyError, OverflowError, TypeError, ValueError, zlib.error)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was written: what it is (`report r1`), and what is wrong with it."""

    what: str
    problem: str

    def __str__(self) -> str:
        return printable(f"{self.what}: {self.problem}")


def one_by_one(
    some: Sequence[_T], faults_of: Callable[[Sequence[_T]], Iterator[Fault]], name: Callable[[_T], str]
) -> Iterator[Fault]:
    """The faults of some rows; where they cannot be read together, each by itself, so that it is known which one."""
    try:
        yield from list(faults_of(some))
    except UNREADABLE:
        if len(some) == 1:
            yield Fault(name(some[0]), "altered: it cannot be read")
        else:
            for one in some:
                yield from one_by_one([one], faults_of, name)


@contextmanager
def any_text() -> Iterator[None]:
    """Read texts that are no UTF-8 too, which SQLite lets into a column: such a text is like no other one."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    before = connection.connection.text_factory
    connection.connection.text_factory = _text
    try:
        yield
    finally:
        if connection.connection is not None:
            connection.connection.text_factory = before


def _text(data: bytes) -> str:
    return data.decode(errors="surrogateescape")
