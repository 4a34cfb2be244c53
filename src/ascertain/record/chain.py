"""The chain: appending to it, and its head.

In: rows that were just saved. Out: entries, each bound to the one before by its hash, so that a row that is altered,
missing or moved later shows (`services.verifying`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from ascertain.record.canonical import canonical, digest, moment, now
from ascertain.record.models.chain import Chained, ChainEntry

NOTHING = bytes(32)


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain stands: the number of its last entry, and that one's hash."""

    seq: int
    hash: bytes

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash.hex()}"


def head() -> Head:
    """The end of the chain; of an empty one, number 0 and a hash of zeros."""
    last = ChainEntry.objects.order_by("-seq").values_list("seq", "hash").first()
    return Head(0, NOTHING) if last is None else Head(last[0], bytes(last[1]))


def append(rows: Sequence[Chained]) -> None:
    """Append an entry for each row, in order, within the transaction of `writing` that saved them.

    Raises:
        RuntimeError: there is no such transaction.
    """
    if not rows:
        return
    if not connection.in_atomic_block:
        raise RuntimeError("the chain is appended to within the transaction that saves the rows")
    end, at = head(), moment(now())
    entries: list[ChainEntry] = []
    previous = end.hash
    for seq, row in enumerate(rows, end.seq + 1):
        entries.append(_entry(previous, seq, row.chained_as, str(row.pk), digest(row.chained_content()), at))
        previous = bytes(entries[-1].hash)
    ChainEntry.objects.bulk_create(entries)


def hash_of(previous: bytes, seq: int, kind: str, key: str, content: bytes, at: str) -> bytes:
    """What an entry's hash must be.

    >>> hash_of(NOTHING, 1, "report", "r1", bytes(32), "2026-03-01T09:00:00.000000+00:00").hex()[:12]
    '4dc75b1db792'
    """
    bound = canonical([previous.hex(), seq, kind, key, content.hex(), at])
    return hashlib.sha256(bound.encode()).digest()


def _entry(previous: bytes, seq: int, kind: str, key: str, content: bytes, at: str) -> ChainEntry:
    return ChainEntry(
        seq=seq,
        kind=kind,
        key=key,
        digest=content,
        at=at,
        previous=previous,
        hash=hash_of(previous, seq, kind, key, content, at),
    )
