"""Canonical JSON, and digests of it: the same value gives the same bytes on every machine and database."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence


def canonical(value: object) -> str:
    """A value as JSON, its keys sorted and nothing but what is needed between them.

    >>> canonical({"b": [1, 2.5], "a": dt.date(2026, 3, 1)})
    '{"a":"2026-03-01","b":[1,2.5]}'
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_told)


def digest(value: Mapping[str, object] | Sequence[object]) -> bytes:
    """The SHA-256 of a value's canonical JSON.

    >>> digest({"a": 1}).hex()[:12]
    '015abd7f5cc5'
    """
    return hashlib.sha256(canonical(value).encode()).digest()


def moment(at: dt.datetime) -> str:
    """A time as the record writes it: in UTC, to the microsecond.

    >>> moment(dt.datetime(2026, 3, 1, 12, tzinfo=dt.timezone(dt.timedelta(hours=3))))
    '2026-03-01T09:00:00.000000+00:00'
    """
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")


def now() -> dt.datetime:
    """The time, in UTC."""
    return dt.datetime.now(dt.UTC)


def _told(value: object) -> str:
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    raise TypeError(f"{type(value).__name__} has no canonical JSON")
