"""Feeds in the record: how they stand, and each version of each entry taken in once, in one transaction."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from ascertain.intake.documents import Original
from ascertain.intake.fetching import Validators
from ascertain.intake.received import printable
from ascertain.intake.spools import spool
from ascertain.intake.watching import Standing, Version, Waiting
from ascertain.record.canonical import canonical
from ascertain.record.handfuls import handfuls
from ascertain.record.models import FeedEntry, FeedRow
from ascertain.record.services.receiving import take_in
from ascertain.record.writing import persistently, writing

_ENTRIES_AT_ONCE = 500


class RecordedFeeds:
    """The state of a watch in the record that is open (`intake.watching.FeedState`)."""

    def standings(self) -> Mapping[str, Standing]:
        """How each feed stands, by its name."""
        rows = persistently(lambda: list(FeedRow.objects.all()))
        return {row.name: _standing(row) for row in rows}

    def keep(self, standing: Standing) -> None:
        """Keep how a feed stands."""
        told = {
            "name": standing.feed,
            "etag": standing.validators.etag,
            "last_modified": standing.validators.last_modified,
            "failures": standing.failures,
            "due": standing.due,
            "polled": standing.polled,
            "problem": None if standing.problem is None else printable(standing.problem),
        }

        def note() -> None:
            with writing():
                FeedRow.objects.update_or_create(key=_sha256(standing.feed), defaults=told)

        persistently(note)

    def known(self, feed: str, identities: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """The digests of the versions that were taken or wait, by the identities of their entries."""
        digests: dict[str, set[str]] = defaultdict(set)
        for some in handfuls(identities, _ENTRIES_AT_ONCE):
            asked = {_sha256(feed, identity): identity for identity in some}
            for entry, digest in persistently(partial(_digests, list(asked))):
                digests[asked[entry]].add(digest)
        return {identity: frozenset(found) for identity, found in digests.items()}

    def take(self, version: Version, original: Original) -> None:
        """Take an original in for a version, once; both or neither."""

        def note() -> None:
            with writing():
                entry = _entry(version)
                if entry.receipt is None:
                    _taken(entry, original)

        persistently(note)

    def wait(self, waiting: Waiting, own: Original) -> None:
        """Keep a version that waits for its page; nothing is done where it is known."""
        content = zlib.compress(own.path.read_bytes())

        def note() -> None:
            with writing():
                entry = _entry(waiting.version)
                if entry.receipt is not None or entry.own is not None:
                    return
                entry.link, entry.characters = waiting.link, waiting.characters
                entry.title = None if waiting.title is None else printable(waiting.title)
                entry.tries, entry.due, entry.published = waiting.tries, waiting.due, waiting.published
                entry.own, entry.own_told = content, _told(own)
                entry.save()

        persistently(note)

    def waiting(self) -> Sequence[Waiting]:
        """All versions that wait, in order of arrival."""
        rows = FeedEntry.objects.filter(receipt=None, link__isnull=False, due__isnull=False)
        return [
            _waiting(row) for row in persistently(lambda: list(rows.select_related("feed").defer("own").order_by("pk")))
        ]

    def postpone(self, waiting: Waiting) -> None:
        """Keep anew when a version's page is due, and how often it failed."""

        def note() -> None:
            with writing():
                rows = FeedEntry.objects.filter(key=_key(waiting.version), receipt=None)
                rows.update(tries=waiting.tries, due=waiting.due)

        persistently(note)

    def give_up(self, version: Version, because: str) -> None:
        """Take in what the feed itself gives for a version that waits."""

        def note() -> None:
            with writing(), spool() as folder:
                entry = FeedEntry.objects.filter(key=_key(version), receipt=None, own__isnull=False).first()
                if entry is not None:
                    entry.problem = printable(because)
                    _taken(entry, _own(entry, folder / "entry"))

        persistently(note)


def _digests(entries: Sequence[str]) -> list[tuple[str, str]]:
    return list(FeedEntry.objects.filter(entry__in=entries).values_list("entry", "digest"))


def _entry(version: Version) -> FeedEntry:
    """The row of a version, which is made where there is none."""
    feed, _ = FeedRow.objects.get_or_create(key=_sha256(version.feed), defaults={"name": version.feed})
    told = {
        "entry": _sha256(version.feed, version.identity),
        "feed": feed,
        "identity": version.identity,
        "digest": version.digest,
    }
    return FeedEntry.objects.get_or_create(key=_key(version), defaults=told)[0]


def _taken(entry: FeedEntry, original: Original) -> None:
    """Take an original in for an entry, which no longer waits."""
    entry.receipt = take_in(original=original)
    entry.own = entry.own_told = entry.due = None
    entry.save()


def _told(own: Original) -> str:
    return canonical(
        {
            "name": printable(own.name),
            "address": printable(own.address),
            "media_type": own.media_type,
            "received": own.received.isoformat() if own.received else None,
            "headers": [[printable(name), printable(value)] for name, value in own.headers],
        }
    )


def _own(entry: FeedEntry, path: Path) -> Original:
    """What the feed gave for an entry, in a file."""
    path.write_bytes(zlib.decompress(bytes(entry.own or b"")))
    told = json.loads(entry.own_told or "{}")
    return Original(
        path=path,
        name=told["name"],
        address=told["address"],
        media_type=told["media_type"],
        received=dt.datetime.fromisoformat(told["received"]) if told["received"] else None,
        headers=tuple((name, value) for name, value in told["headers"]),
    )


def _standing(row: FeedRow) -> Standing:
    return Standing(row.name, Validators(row.etag, row.last_modified), row.failures, row.due, row.polled, row.problem)


def _waiting(row: FeedEntry) -> Waiting:
    assert row.link is not None
    assert row.due is not None
    version = Version(row.feed.name, row.identity, row.digest)
    return Waiting(version, row.link, row.title, row.characters, row.tries, row.due, row.published)


def _key(version: Version) -> str:
    return _sha256(version.feed, version.identity, version.digest)


def _sha256(*parts: str) -> str:
    return hashlib.sha256(canonical(list(parts)).encode()).hexdigest()
