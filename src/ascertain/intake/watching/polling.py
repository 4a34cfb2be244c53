"""Watch feeds: ask those that are due, hand on what is new, and go on after any interruption where it was.

Nothing is kept here that matters: what was handed on and what waits is the state's, and each entry is handed on in one
step of it. How a feed's server names its version is kept only after all its entries were handed on or wait, so that a
watch that is killed in between is given them again, and knows those it has.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ascertain.intake.apart import Apart
from ascertain.intake.documents import Document, Limits, Original
from ascertain.intake.fetching import Fetched, Fetcher, FetchError, Validators, backed_off, checked_url
from ascertain.intake.fetching.pacing import LONGEST, any_chance
from ascertain.intake.settings import Settings
from ascertain.intake.spools import spool
from ascertain.intake.watching.entries import Entries, Entry, entries_in, source_of
from ascertain.intake.watching.opml import Feed
from ascertain.intake.watching.state import FeedState, Standing, Version, Waiting
from ascertain.intake.watching.tidings import Failed, Moved, New, NoPage, Passed, Polled, Resting, Tiding
from ascertain.model import InputError

_PATIENCE = 300.0
_LONGEST_NAP = 60.0  # clocks are set, and machines sleep
_LONGEST_REST = 3600.0


@dataclass(frozen=True, slots=True)
class WatchSettings:
    """How feeds are watched.

    Attributes:
        interval: seconds between two polls of a feed, less or more by a chance tenth; longer where its server says
            that it stays fresh for longer, and doubled with each failure, up to a day.
        pages: whether the page of an entry is fetched where the feed seems to give a summary, always, or never.
        page_tries: how often a page is tried before what the feed gives is taken in its place.
        page_interval: seconds until a page is tried again, doubled with each failure.
        feed_bytes: the most that a feed may hold.
        limits: on what a feed or page may ask for when it is read.
    """

    interval: float = 1800.0
    pages: Literal["needed", "always", "never"] = "needed"
    page_tries: int = 4
    page_interval: float = 900.0
    feed_bytes: int = 20 << 20
    limits: Limits = field(default_factory=lambda: Limits(parts=10_000, seconds=30.0))


def watch(
    feeds: Iterable[Feed],
    state: FeedState,
    *,
    fetcher: Fetcher,
    settings: WatchSettings | None = None,
    once: bool = False,
    chance: Callable[[], float] = any_chance,
) -> Iterator[Tiding]:
    """Watch feeds and hand on what is new, for ever or once; tells what happens as it happens.

    Args:
        feeds: to watch.
        state: keeps what was handed on and how the feeds stand.
        fetcher: fetches feeds and pages; its clock is the watch's.
        settings: how often, and what.
        once: ask each feed that is due and fetch each page that is due, once, and end.
        chance: a number from nought up to one, evenly.

    Raises:
        OSError: there is no room for what is fetched.
    """
    settings = settings or WatchSettings()
    with (
        spool() as folder,
        Apart(Settings(limits=settings.limits)) as apart,
    ):
        yield from _Watch(tuple(feeds), state, fetcher, settings, apart, folder, chance).tidings(once=once)


@dataclass(frozen=True, slots=True)
class _Task:
    """A feed to ask or a page to fetch: of which host, and since when it is due."""

    host: str
    due: dt.datetime
    of: Feed | Waiting


class _Watch:
    """The watch at work."""

    def __init__(
        self,
        feeds: tuple[Feed, ...],
        state: FeedState,
        fetcher: Fetcher,
        settings: WatchSettings,
        apart: Apart,
        folder: Path,
        chance: Callable[[], float],
    ) -> None:
        self._state, self._fetcher, self._settings = state, fetcher, settings
        self._apart, self._chance = apart, chance
        self._fetched_folder, self._apart_folder = folder / "fetched", folder / "apart"
        for each in (self._fetched_folder, self._apart_folder):
            each.mkdir()
        self._begun = fetcher.clock.now()
        standings = state.standings()
        self._standings = {feed.name: standings.get(feed.name, Standing(feed.name)) for feed in feeds}
        polls = [self._poll_of(feed) for feed in feeds]
        pages = [_page_of(waiting) for waiting in state.waiting() if waiting.version.feed in self._standings]
        self._tasks: dict[Feed | Version, _Task] = {_key(task): task for task in [*polls, *pages]}

    def tidings(self, *, once: bool) -> Iterator[Tiding]:
        """What happens, for ever or once."""
        done: set[Feed | Version] = set()
        is_resting = False
        while True:
            task = self._ready(done)
            if task is not None and (wait := self._fetcher.pacing.seconds_until(task.host)):
                self._fetcher.clock.sleep(min(wait, _LONGEST_NAP))  # then something else may be due that need not wait
            elif task is not None:
                is_resting = False
                if once:
                    done.add(_key(task))
                yield from self._polled(task.of) if isinstance(task.of, Feed) else self._fetched(task.of)
            elif once:
                return
            elif not is_resting:
                is_resting = True
                yield Resting(self._fetcher.clock.now() + dt.timedelta(seconds=self._until_due()))
            else:
                self._fetcher.clock.sleep(min(_LONGEST_NAP, self._until_due()))

    def _ready(self, without: set[Feed | Version]) -> _Task | None:
        """The task whose host can be asked soonest, of those that are due; of these the one that is due the longest."""
        now, waits = self._fetcher.clock.now(), self._fetcher.pacing.seconds_until
        ready = [
            (wait, task.due, number)
            for number, (key, task) in enumerate(self._tasks.items())
            if task.due <= now and key not in without and (wait := waits(task.host)) <= _PATIENCE
        ]
        return list(self._tasks.values())[min(ready)[2]] if ready else None

    def _until_due(self) -> float:
        """The seconds until something is due; at most an hour, and an hour where nothing is watched."""
        now, waits = self._fetcher.clock.now(), self._fetcher.pacing.seconds_until
        soonest = (max((task.due - now).total_seconds(), waits(task.host)) for task in self._tasks.values())
        return min(_LONGEST_REST, max(1.0, min(soonest, default=_LONGEST_REST)))

    def _poll_of(self, feed: Feed) -> _Task:
        return _Task(checked_url(feed.address).host, self._standings[feed.name].due or self._begun, feed)

    # A feed.

    def _polled(self, feed: Feed) -> Iterator[Tiding]:
        """Ask a feed, and hand on what is new in it."""
        with self._room(self._fetched_folder) as room:
            try:
                fetched, entries = self._gathered(feed, room)
            except OSError:
                raise
            except Exception as error:  # noqa: BLE001 - one bad feed spoils only itself
                yield self._failed(feed, error)
                return
            if fetched.moved_to is not None and fetched.moved_to != feed.name:
                yield Moved(feed.name, fetched.moved_to)
            taken = waiting = 0
            for tiding in self._handed_on(entries, room) if entries else ():
                taken, waiting = taken + isinstance(tiding, New), waiting + isinstance(tiding, Waiting)
                if not isinstance(tiding, Waiting):
                    yield tiding
            standing = self._kept_well(feed, fetched, is_whole=entries is None or entries.is_whole)
            yield Polled(feed.name, taken, waiting, entries is not None, standing.due or self._begun)

    def _gathered(self, feed: Feed, room: Path) -> tuple[Fetched, Entries | None]:
        """What a feed's server gives, and the entries in it; `None` where it is as it was."""
        unless = self._standings[feed.name].validators
        fetched = self._fetcher.fetch(feed.address, room, unless=unless, most=self._settings.feed_bytes)
        if fetched.original is None:
            return fetched, None
        with self._room(self._apart_folder) as enclosed:
            return fetched, entries_in(fetched.original, feed.name, self._apart, enclosed)

    def _handed_on(self, entries: Entries, room: Path) -> Iterator[Tiding | Waiting]:
        """Hand on the entries that are new, oldest first."""
        feed = entries.entries[0].version.feed if entries.entries else ""
        known = self._state.known(feed, sorted({entry.version.identity for entry in entries.entries}))
        for aside in entries.set_aside:
            yield Passed(feed or entries.original.address, aside.problem, aside.remedy)
        fresh = {entry.version: entry for entry in reversed(entries.entries)}
        for version, entry in fresh.items():
            digests = known.get(version.identity, frozenset())
            if version.digest not in digests:
                yield self._new(entries, entry, room, is_revised=bool(digests))

    def _new(self, entries: Entries, entry: Entry, room: Path, *, is_revised: bool) -> Tiding | Waiting:
        """Take in an entry, or keep it until its page is fetched."""
        own, title, link = entries.own(entry, room), entry.document.title, entry.link
        wants_page = {"always": True, "never": False, "needed": entry.is_summary}[self._settings.pages]
        if link is None or not wants_page:
            self._state.take(entry.version, own)
            if entry.aside is not None:
                return Passed(entry.version.feed, entry.aside.problem, entry.aside.remedy)
            return New(entry.version, title, link or entries.original.address, "feed", is_revised)
        now = self._fetcher.clock.now()
        text, published = entry.document.text, entry.document.published
        waiting = Waiting(entry.version, link, title, len(text), 0, now, published)
        self._state.wait(waiting, own)
        self._set(_page_of(waiting))
        return waiting

    def _kept_well(self, feed: Feed, fetched: Fetched, *, is_whole: bool) -> Standing:
        """Keep that a feed was had; where it is had whole, only another version is asked for from now on."""
        least = min(max(self._settings.interval, fetched.fresh_for or 0.0), LONGEST)
        standing = Standing(feed.name, fetched.validators if is_whole else Validators())
        return self._kept(feed, standing, least * (0.9 + 0.2 * self._chance()))

    def _failed(self, feed: Feed, error: Exception) -> Tiding:
        """Keep that a feed could not be had, and ask later and later."""
        before, asked = self._standings[feed.name], error.retry_after if isinstance(error, FetchError) else None
        problem, remedy = f"broken: {type(error).__name__}: {error}", "look at it in a browser"
        if isinstance(error, InputError):
            problem, remedy = error.problem, error.remedy
        failures = before.failures + 1
        seconds = backed_off(failures, base=self._settings.interval, asked=asked, chance=self._chance)
        standing = self._kept(feed, dataclasses.replace(before, failures=failures, problem=problem), seconds)
        return Failed(feed.name, problem, remedy, failures, standing.due or self._begun)

    def _kept(self, feed: Feed, standing: Standing, seconds: float) -> Standing:
        now = self._fetcher.clock.now()
        kept = dataclasses.replace(standing, polled=now, due=now + dt.timedelta(seconds=seconds))
        self._state.keep(kept)
        self._standings[feed.name] = kept
        self._set(self._poll_of(feed))
        return kept

    # A page.

    def _fetched(self, waiting: Waiting) -> Iterator[Tiding]:
        """Fetch the page of an entry, and hand it on; what the feed gives, if there is none or no more in it."""
        with self._room(self._fetched_folder) as room:
            try:
                original = self._page(waiting, room)
            except OSError:
                raise
            except Exception as error:  # noqa: BLE001 - one bad page spoils only itself
                yield from self._without_page(waiting, error)
                return
            sourced = dataclasses.replace(original, headers=(*source_of(waiting.version, waiting), *original.headers))
            self._state.take(waiting.version, sourced)
        del self._tasks[waiting.version]
        yield New(waiting.version, waiting.title, original.address, "page")

    def _page(self, waiting: Waiting, room: Path) -> Original:
        """The page of an entry.

        Raises:
            InputError: there is none, or less in it than in the feed, as where it asks for a password.
        """
        original = self._fetcher.fetch(waiting.link, room).original
        assert original is not None
        with self._room(self._apart_folder) as enclosed:
            found = self._apart.found(original, enclosed)
            characters = max((len(item.text) for item in found if isinstance(item, Document)), default=0)
        if characters < waiting.characters:
            raise InputError("there is less text in it than in the feed", source=waiting.link, remedy="look at it")
        return original

    def _without_page(self, waiting: Waiting, error: Exception) -> Iterator[Tiding]:
        problem = error.problem if isinstance(error, InputError) else f"broken: {type(error).__name__}: {error}"
        tries = waiting.tries + 1
        if isinstance(error, FetchError) and error.is_temporary and tries < self._settings.page_tries:
            base, asked = self._settings.page_interval, error.retry_after
            seconds = backed_off(tries, base=base, asked=asked, chance=self._chance)
            due = self._fetcher.clock.now() + dt.timedelta(seconds=seconds)
            later = dataclasses.replace(waiting, tries=tries, due=due)
            self._state.postpone(later)
            self._set(_page_of(later))
            yield NoPage(waiting.version, waiting.link, problem, due)
            return
        self._state.give_up(waiting.version, problem)
        del self._tasks[waiting.version]
        yield NoPage(waiting.version, waiting.link, problem, None)
        yield New(waiting.version, waiting.title, waiting.link, "feed")

    def _set(self, task: _Task) -> None:
        self._tasks[_key(task)] = task

    @contextmanager
    def _room(self, folder: Path) -> Iterator[Path]:
        """A folder within a folder, for one task."""
        room = Path(tempfile.mkdtemp(dir=folder))
        try:
            yield room
        finally:
            shutil.rmtree(room, ignore_errors=True)


def _key(task: _Task) -> Feed | Version:
    return task.of if isinstance(task.of, Feed) else task.of.version


def _page_of(waiting: Waiting) -> _Task:
    return _Task(checked_url(waiting.link).host, waiting.due, waiting)
