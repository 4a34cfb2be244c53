"""Which report ids came by already, kept on disk so that memory does not grow with the input."""

from __future__ import annotations

import sqlite3
from types import TracebackType


class SeenIds:
    """The ids of a run and where each stood first; a context manager that leaves nothing behind.

    >>> with SeenIds() as seen:
    ...     seen.first_place_of("r1", "a.jsonl:1"), seen.first_place_of("r1", "b.jsonl:7")
    (None, 'a.jsonl:1')
    """

    def __init__(self) -> None:
        self._store = sqlite3.connect("", isolation_level=None)
        self._store.execute("CREATE TABLE seen (id TEXT PRIMARY KEY, place TEXT) WITHOUT ROWID")
        self._store.execute("BEGIN")

    def first_place_of(self, report_id: str, place: str) -> str | None:
        """Where the id stood before; `None` when it is new, and then `place` is kept as its first."""
        row = self._store.execute("SELECT place FROM seen WHERE id = ?", (report_id,)).fetchone()
        if row is not None:
            return str(row[0])
        self._store.execute("INSERT INTO seen VALUES (?, ?)", (report_id, place))
        return None

    def holds(self, report_id: str) -> bool:
        """Whether the id came by."""
        return self._store.execute("SELECT 1 FROM seen WHERE id = ?", (report_id,)).fetchone() is not None

    def __enter__(self) -> SeenIds:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._store.close()
