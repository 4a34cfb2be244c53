"""The state of a watch in a folder: a database of one file, and the originals that were taken in beside it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ascertain.intake.documents import Original
from ascertain.intake.fetching import Validators
from ascertain.intake.watching.state import Standing, Version, Waiting

_SCHEMA = """
CREATE TABLE IF NOT EXISTS standing (
    feed TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, failures INTEGER NOT NULL, due TEXT, polled TEXT, problem TEXT
);
CREATE TABLE IF NOT EXISTS entry (
    feed TEXT, identity TEXT, digest TEXT,
    link TEXT, title TEXT, characters INTEGER, tries INTEGER, due TEXT, published TEXT,
    own TEXT, problem TEXT, taken TEXT,
    PRIMARY KEY (feed, identity, digest)
);
"""
_WAITS = "UPDATE entry SET link = ?, title = ?, characters = ?, tries = ?, due = ?, published = ?, own = ?"
_OF = "feed = ? AND identity = ? AND digest = ?"


class FolderState:
    """Keeps the state of a watch in a folder, where there is no record; a context manager.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, FolderState(Path(folder)) as state:
    ...     state.keep(Standing("https://example.org/feed", failures=2))
    ...     state.standings()["https://example.org/feed"].failures
    2
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._originals = folder / "originals"
        self._originals.mkdir(exist_ok=True)
        self._store = sqlite3.connect(folder / "watch.sqlite", isolation_level=None, timeout=30)
        self._store.executescript(_SCHEMA)

    def __enter__(self) -> FolderState:
        return self

    def __exit__(self, *_: object) -> None:
        self._store.close()

    def standings(self) -> Mapping[str, Standing]:
        """How each feed stands."""
        rows = self._store.execute("SELECT feed, etag, last_modified, failures, due, polled, problem FROM standing")
        return {
            feed: Standing(feed, Validators(etag, modified), failures, _moment(due), _moment(polled), problem)
            for feed, etag, modified, failures, due, polled, problem in rows
        }

    def keep(self, standing: Standing) -> None:
        """Keep how a feed stands."""
        names, times = standing.validators, (_written(standing.due), _written(standing.polled))
        row = (standing.feed, names.etag, names.last_modified, standing.failures, *times, standing.problem)
        self._store.execute("INSERT OR REPLACE INTO standing VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def known(self, feed: str, identities: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """The digests of the versions that are known."""
        wanted = frozenset(identities)
        found: dict[str, set[str]] = {}
        for identity, digest in self._store.execute("SELECT identity, digest FROM entry WHERE feed = ?", (feed,)):
            if identity in wanted:
                found.setdefault(identity, set()).add(digest)
        return {identity: frozenset(digests) for identity, digests in found.items()}

    def take(self, version: Version, original: Original) -> None:
        """Take an original in, once."""
        taken = self._put(original)
        with self._writing():
            self._begin(version)
            self._store.execute(
                f"UPDATE entry SET taken = ?, own = NULL, due = NULL WHERE {_OF} AND taken IS NULL",
                (taken, *dataclasses.astuple(version)),
            )

    def wait(self, waiting: Waiting, own: Original) -> None:
        """Keep a version that waits for its page."""
        kept = self._put(own)
        with self._writing():
            if self._begin(waiting.version):
                published = waiting.published.isoformat() if waiting.published else None
                told = (
                    waiting.link,
                    waiting.title,
                    waiting.characters,
                    waiting.tries,
                    _written(waiting.due),
                    published,
                )
                self._store.execute(
                    f"{_WAITS} WHERE {_OF}",
                    (*told, kept, *dataclasses.astuple(waiting.version)),
                )

    def waiting(self) -> Sequence[Waiting]:
        """All versions that wait, in the order that they came in."""
        rows = self._store.execute(
            "SELECT feed, identity, digest, link, title, characters, tries, due, published FROM entry"
            " WHERE own IS NOT NULL AND taken IS NULL ORDER BY rowid"
        )
        return [
            Waiting(
                Version(feed, identity, digest),
                link,
                title,
                characters,
                tries,
                dt.datetime.fromisoformat(due),
                dt.date.fromisoformat(published) if published else None,
            )
            for feed, identity, digest, link, title, characters, tries, due, published in rows
        ]

    def postpone(self, waiting: Waiting) -> None:
        """Keep anew when a page is due."""
        self._store.execute(
            f"UPDATE entry SET tries = ?, due = ? WHERE {_OF}",
            (waiting.tries, _written(waiting.due), *dataclasses.astuple(waiting.version)),
        )

    def give_up(self, version: Version, because: str) -> None:
        """Take in what the feed gives."""
        self._store.execute(
            f"UPDATE entry SET taken = own, own = NULL, due = NULL, problem = ? WHERE {_OF} AND taken IS NULL",
            (because, *dataclasses.astuple(version)),
        )

    def taken(self) -> Iterator[tuple[Version, Original]]:
        """What was taken in, in the order that it came."""
        rows = self._store.execute(
            "SELECT feed, identity, digest, taken FROM entry WHERE taken IS NOT NULL ORDER BY rowid"
        )
        for feed, identity, digest, taken in rows.fetchall():
            yield Version(feed, identity, digest), self._original(json.loads(taken))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._store.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._store.execute("ROLLBACK")
            raise
        self._store.execute("COMMIT")

    def _begin(self, version: Version) -> bool:
        """Whether a version is new; it is known from now on."""
        row = dataclasses.astuple(version)
        cursor = self._store.execute("INSERT OR IGNORE INTO entry (feed, identity, digest) VALUES (?, ?, ?)", row)
        return cursor.rowcount == 1

    def _put(self, original: Original) -> str:
        """Keep a copy of an original's file under its SHA-256, so that it is there before a row speaks of it."""
        digest = hashlib.sha256(original.path.read_bytes()).hexdigest()
        place = self._originals / digest
        if not place.exists():
            coming = place.with_suffix(f".{os.getpid()}")
            shutil.copyfile(original.path, coming)
            with coming.open("rb") as file:
                os.fsync(file.fileno())
            coming.replace(place)
        fields = {**dataclasses.asdict(original), "path": digest, "received": _written(original.received)}
        return json.dumps(fields)

    def _original(self, fields: Mapping[str, Any]) -> Original:
        headers = tuple((str(name), str(value)) for name, value in fields["headers"])
        return Original(
            path=self._originals / fields["path"],
            name=fields["name"],
            address=fields["address"],
            media_type=fields["media_type"],
            received=_moment(fields["received"]),
            headers=headers,
        )


def _written(moment: dt.datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(written: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(written) if written else None
