"""Watching feeds from the command line: what is new goes into the record, and is read when there is time for it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from ascertain.cli.run_watcher import say
from ascertain.intake.fetching import Fetcher, FetchSettings
from ascertain.intake.received import SetAside
from ascertain.intake.watching import Failed, FeedList, New, Passed, Resting, Tiding, WatchSettings, feeds_in, watch
from ascertain.model import SettingsError
from ascertain.record.opening import Record, open_record
from ascertain.record.progress import Unwatched
from ascertain.record.services.feeds import RecordedFeeds
from ascertain.record.services.ingesting import IngestSettings, ingest

_NEW_AT_ONCE = 50
_PROXIES = ("http_proxy", "https_proxy", "all_proxy")


@dataclass(frozen=True, slots=True)
class Watched:
    """What a watch came to: entries taken in, and feeds, entries and lines of the list that failed."""

    new: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class WatchOrder:
    """What a person asks for.

    Attributes:
        fetching: how addresses are fetched.
        watching: how often, and what.
        ingesting: how what was taken in is read.
        once: ask what is due once, and end.
        quiet: tell only of what failed.
    """

    fetching: FetchSettings = field(default_factory=FetchSettings)
    watching: WatchSettings = field(default_factory=WatchSettings)
    ingesting: IngestSettings = field(default_factory=IngestSettings)
    once: bool = False
    quiet: bool = False


def watch_feeds(list_file: Path, target: str | None, order: WatchOrder) -> Watched:
    """Watch the feeds of an OPML file into a record, and tell on standard error what is new.

    Raises:
        InputError: the list cannot be read.
        SettingsError: it holds no feed, or an option cannot be followed.
        RecordError: the record cannot be opened or written.
    """
    console = Console(stderr=True, highlight=False)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service that is stopped ends as by Ctrl-C
    listed = feeds_in(list_file)
    fetcher = Fetcher(order.fetching)
    record = open_record(target)
    try:
        _tell_beginning(console, listed, order)
        teller = _Teller(console, record, order)
        tidings = watch(listed.feeds, RecordedFeeds(), fetcher=fetcher, settings=order.watching, once=order.once)
        return teller.tell(tidings, len(listed.set_aside))
    finally:
        record.close()


def _tell_beginning(console: Console, listed: FeedList, order: WatchOrder) -> None:
    """Tell what a person should know before it begins."""
    for aside in listed.set_aside:
        say(console, str(aside))
    if not listed.feeds:
        raise SettingsError("there is no feed in the list; give one exported by a feed reader")
    if order.quiet:
        return
    if order.fetching.contact is None:
        say(console, "publishers cannot reach you; name an address or page of yours by --contact or ASCERTAIN_CONTACT")
    if set(_PROXIES) & {name.lower() for name, value in os.environ.items() if value}:
        say(console, "a proxy is named by the environment and not used: names are resolved and checked here")


class _Teller:
    """Tells what happens, and has what was taken in read in between."""

    def __init__(self, console: Console, record: Record, order: WatchOrder) -> None:
        self._console, self._record, self._order = console, record, order
        self._unread = 0

    def tell(self, tidings: Iterable[Tiding], failed: int) -> Watched:
        """Tell all of it; what it came to."""
        new, self._unread = 0, 1  # what was left by a watch before
        for tiding in tidings:
            is_bad = isinstance(tiding, Failed | Passed)
            failed += is_bad
            if isinstance(tiding, New):
                new += 1
                self._unread += 1
            if is_bad or not (self._order.quiet or isinstance(tiding, Resting)):
                say(self._console, str(tiding))
            if isinstance(tiding, Resting) or self._unread >= _NEW_AT_ONCE:
                self._read()
        self._read()
        return Watched(new, failed)

    def _read(self) -> None:
        """Find, read and link what was taken in."""
        if not self._unread:
            return
        self._unread = 0
        progress = _Asides(lambda aside: say(self._console, str(aside)))
        done = ingest(record=self._record, sources=(), settings=self._order.ingesting, progress=progress)
        if done.reports and not self._order.quiet:
            say(self._console, f"{done.reports:,} new reports; {done.incidents:,} incidents changed")


class _Asides(Unwatched):
    """Tells only of what is set aside."""

    def __init__(self, tell: Callable[[SetAside], object]) -> None:
        self._tell = tell

    def aside(self, item: SetAside) -> None:
        """An item was set aside."""
        self._tell(item)
