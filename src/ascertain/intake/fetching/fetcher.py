"""Fetch what lies at an address, as a good guest: asked of robots.txt, spaced, bounded, retried with patience."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from ascertain.intake.documents import Original
from ascertain.intake.fetching.addresses import AddressRules, Resolver, looked_up
from ascertain.intake.fetching.clock import Clock, Deadline, WallClock
from ascertain.intake.fetching.connecting import Answer, asked
from ascertain.intake.fetching.decoding import ACCEPTED, Unpacking, UnpackingError
from ascertain.intake.fetching.errors import FetchError, RefusedError
from ascertain.intake.fetching.pacing import Pacing, any_chance, backed_off, retry_after
from ascertain.intake.fetching.robots import ALL_ALLOWED, MOST_BYTES, NONE_ALLOWED, Robots, robots_from
from ascertain.intake.fetching.settings import PRODUCT, Fetched, FetchSettings, Validators, user_agent
from ascertain.intake.fetching.urls import (
    Server,
    checked_url,
    credentials_of,
    name_of,
    redirected,
    robots_url,
    server_of,
    without_credentials,
)
from ascertain.intake.received import printable

_MOVED = frozenset({301, 302, 303, 307, 308})
_MOVED_FOR_GOOD = frozenset({301, 308})
_TEMPORARY = frozenset({408, 421, 425, 429})
_ROBOTS_KEPT = 24 * 3600.0
_UNREACHED_KEPT = 300.0
_ROBOTS_SECONDS = 20.0
_PATIENCE = 330.0
_BY_HAND = "save the page by hand and take in the file"
_MEANINGS = {
    401: " (it wants a name and password)",
    403: " (it does not let us read it)",
    404: " (there is no such page)",
    410: " (the page is gone for good)",
    429: " (we ask too often)",
    451: " (the law forbids it to be shown)",
    503: " (it is overloaded)",
}


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a server's robots.txt says, until when that holds, and why it could not be reached, if it could not."""

    robots: Robots
    until: dt.datetime
    unreached: FetchError | None = None


@dataclass(slots=True)
class _Journey:
    """One address on its way through its redirects.

    Attributes:
        asked_for: the address as messages name it.
        url: where it is now.
        seconds: that are left for it.
        hops: redirects so far.
        moved_to: where it has moved to for good.
        is_for_good: whether all redirects so far were for good.
        credentials: what to show to which server.
    """

    asked_for: str
    url: httpx.URL
    seconds: float
    hops: int = 0
    moved_to: str | None = None
    is_for_good: bool = True
    credentials: Mapping[Server, str] = field(default_factory=dict)


class Fetcher:
    """Fetches addresses into files, politely and safely; keeps robots.txt and the spacing of each host.

    >>> fetcher = Fetcher(FetchSettings(contact="desk@example.org"))
    >>> fetcher.fetch("http://127.0.0.1/feed.xml", Path(tempfile.gettempdir()))
    Traceback (most recent call last):
    ...
    ascertain.intake.fetching.errors.RefusedError: http://127.0.0.1/feed.xml: 127.0.0.1 leads to 127.0.0.1, which is \
this machine (127.0.0.0/8); if that server is meant, allow it with --allow-private 127.0.0.1
    """

    def __init__(
        self,
        settings: FetchSettings | None = None,
        *,
        clock: Clock | None = None,
        resolver: Resolver = looked_up,
        chance: Callable[[], float] = any_chance,
    ) -> None:
        """A fetcher with its own memory of hosts.

        Raises:
            SettingsError: a setting that cannot be followed.
        """
        self.settings = settings or FetchSettings()
        self.clock = clock or WallClock()
        self.pacing = Pacing(self.clock, seconds=self.settings.spacing)
        self._rules = AddressRules.allowing(self.settings.allow_private)
        self._agent = user_agent(self.settings.contact)
        self._resolver, self._chance = resolver, chance
        self._robots: dict[Server, _Kept] = {}

    def fetch(self, address: str, room: Path, *, unless: Validators | None = None, most: int | None = None) -> Fetched:
        """Fetch an address into a new file in a folder.

        Args:
            address: of http or https. A name and password in it are sent to that server alone, and told to nobody.
            room: the folder for the file.
            unless: fetch nothing if the page is still the one that these name.
            most: bytes that the body may hold, unpacked, where the settings do not count.

        Raises:
            RefusedError: the address, its server or robots.txt forbids it.
            FetchError: the server did not give it, or gave more than the settings allow.
        """
        attempt = 1
        while True:
            try:
                return self._fetched(address, room, unless or Validators(), most or self.settings.bytes)
            except FetchError as error:
                if attempt >= self.settings.attempts or not error.is_temporary or (error.retry_after or 0) > _PATIENCE:
                    raise
                base = self.settings.back_off
                self.clock.sleep(backed_off(attempt, base=base, asked=error.retry_after, chance=self._chance))
            attempt += 1
            self._robots = {server: kept for server, kept in self._robots.items() if kept.unreached is None}

    def _fetched(self, address: str, room: Path, unless: Validators, most: int) -> Fetched:
        url = checked_url(address)
        told = printable(without_credentials(url))
        journey = _Journey(told, url, self.settings.seconds, credentials=credentials_of(url))
        with _file_in(room) as path:
            while True:
                self._ask_robots(journey)
                with self._answer(journey, unless) as answer:
                    if not self._moves_on(journey, answer):
                        return self._kept(journey, answer, path, unless, most)

    @contextmanager
    def _answer(self, journey: _Journey, unless: Validators = Validators()) -> Iterator[Answer]:  # noqa: B008 (frozen)
        """The answer of the server that a journey is at, when it is that server's turn."""
        self._wait_for(journey)
        deadline = Deadline(journey.seconds)
        with asked(
            journey.url,
            self._headers(journey, unless),
            rules=self._rules,
            resolver=self._resolver,
            deadline=deadline,
            source=journey.asked_for,
        ) as answer:
            size = sum(len(name) + len(value) + 4 for name, value in answer.headers)
            if size > self.settings.header_bytes:
                problem = f"headers of more than {self.settings.header_bytes:,} bytes"
                raise FetchError(problem, source=journey.asked_for, remedy=_BY_HAND)
            yield answer
        journey.seconds = deadline.left()

    def _wait_for(self, journey: _Journey) -> None:
        left = self.pacing.seconds_until(journey.url.host)
        if left > _PATIENCE:
            problem = f"{journey.url.host} asked to be left alone for {left:,.0f} seconds more"
            raise FetchError(
                problem, source=journey.asked_for, remedy="try again later", is_temporary=True, retry_after=left
            )
        self.pacing.wait(journey.url.host)

    def _headers(self, journey: _Journey, unless: Validators) -> list[tuple[str, str]]:
        headers = [("User-Agent", self._agent), ("Accept", "*/*"), ("Accept-Encoding", ACCEPTED)]
        key = journey.credentials.get(server_of(journey.url))
        shown = [] if key is None else [("Authorization", key)]
        return [*headers, ("Connection", "close"), *unless.as_headers(), *shown]

    def _moves_on(self, journey: _Journey, answer: Answer) -> bool:
        """Whether the answer sends us on to another address, which the journey then is at."""
        if answer.status not in _MOVED:
            return False
        journey.hops += 1
        if journey.hops > self.settings.redirects:
            problem, remedy = f"more than {self.settings.redirects} redirects", "check the address in a browser"
            raise FetchError(problem, source=journey.asked_for, remedy=remedy, status=answer.status)
        journey.url = redirected(journey.url, answer.header("location"), journey.asked_for)
        journey.is_for_good = journey.is_for_good and answer.status in _MOVED_FOR_GOOD
        if journey.is_for_good:
            journey.moved_to = without_credentials(journey.url)
        return True

    def _kept(self, journey: _Journey, answer: Answer, path: Path, unless: Validators, most: int) -> Fetched:
        """What the last answer of a journey brings."""
        now, fresh_for = self.clock.now(), _max_age(answer.header("cache-control"))
        if answer.status == 304 and unless.as_headers():
            path.unlink()
            return Fetched(None, unless, journey.moved_to, fresh_for)
        if answer.status != 200:
            raise self._refusal(journey, answer, now)
        _write(answer, path, most, journey.asked_for)
        ours = ((":requested", journey.asked_for), (":server", answer.address), (":status", str(answer.status)))
        original = Original(
            path=path,
            name=name_of(journey.url),
            address=without_credentials(journey.url),
            media_type=answer.header("content-type"),
            received=now,
            headers=(*ours, *answer.headers),
        )
        validators = Validators(_sendable(answer.header("etag")), _sendable(answer.header("last-modified")))
        return Fetched(original, validators, journey.moved_to, fresh_for)

    def _refusal(self, journey: _Journey, answer: Answer, now: dt.datetime) -> FetchError:
        """The error of an answer that brings nothing; a host that asks to be left alone is left alone."""
        is_temporary = answer.status in _TEMPORARY or answer.status >= 500
        pause = retry_after(answer.header("retry-after"), now) if is_temporary else None
        if pause is not None:
            self.pacing.hold(journey.url.host, pause)
        return FetchError(
            f"the server answered {answer.status}{_MEANINGS.get(answer.status, '')}",
            source=journey.asked_for,
            remedy="try again later" if is_temporary else "check the address in a browser",
            is_temporary=is_temporary,
            status=answer.status,
            retry_after=pause,
        )

    def _ask_robots(self, journey: _Journey) -> None:
        """Go on only if the robots.txt of the server that a journey is at lets the page be read.

        Raises:
            RefusedError: it does not, or cannot be read now.
        """
        if not self.settings.obeys_robots:
            return
        kept = self._robots_of(journey)
        if kept.robots.allows(journey.url.raw_path.decode("ascii")):
            self.pacing.set_delay(journey.url.host, kept.robots.crawl_delay)
            return
        raise _robots_refusal(journey, kept.unreached)

    def _robots_of(self, journey: _Journey) -> _Kept:
        """What the robots.txt of the server says to us; kept for a day.

        A server that has none, or answers 4xx, lets all be read; one that cannot be reached, or answers 5xx or 429,
        nothing, but for what it let be read when it was reached last (RFC 9309, 2.3.1 and 2.4).
        """
        server, now = server_of(journey.url), self.clock.now()
        kept = self._robots.get(server)
        if kept is None or kept.until <= now:
            earlier, kept = kept, self._fetched_robots(journey, now)
            if kept.unreached is not None and earlier is not None and earlier.unreached is None:
                kept = _Kept(earlier.robots, kept.until)
            self._robots[server] = kept
        return kept

    def _fetched_robots(self, page: _Journey, now: dt.datetime) -> _Kept:
        until = now + dt.timedelta(seconds=_ROBOTS_KEPT)
        journey = _Journey(page.asked_for, robots_url(page.url), min(_ROBOTS_SECONDS, self.settings.seconds))
        try:
            return _Kept(robots_from(self._robots_bytes(journey), PRODUCT), until)
        except FetchError as error:
            if isinstance(error, RefusedError) and journey.hops == 0:
                raise  # the server itself is one that we do not go to
            if error.is_temporary:
                return _Kept(NONE_ALLOWED, now + dt.timedelta(seconds=_UNREACHED_KEPT), error)
            return _Kept(ALL_ALLOWED, until)

    def _robots_bytes(self, journey: _Journey) -> bytes:
        while True:
            with self._answer(journey) as answer:
                if self._moves_on(journey, answer):
                    continue
                if answer.status != 200:
                    raise self._refusal(journey, answer, self.clock.now())
                return _beginning(answer, MOST_BYTES, journey.asked_for)


def _robots_refusal(journey: _Journey, unreached: FetchError | None) -> FetchError:
    """Why a page may not be read: robots.txt says so, or cannot be read now, or its server gives no answer at all."""
    if unreached is None:
        problem, remedy = "the publisher's robots.txt does not let it be read", f"ask the publisher, or {_BY_HAND}"
        return RefusedError(problem, source=journey.asked_for, remedy=remedy)
    problem, kind = unreached.problem, FetchError
    if unreached.status is not None:
        problem = f"{robots_url(journey.url)} cannot be read now ({problem}), so nothing may be (RFC 9309)"
        kind = RefusedError
    return kind(
        problem,
        source=journey.asked_for,
        remedy=unreached.remedy,
        is_temporary=True,
        status=unreached.status,
        retry_after=unreached.retry_after,
    )


def _max_age(value: str | None) -> float | None:
    """The seconds of a `Cache-Control`'s `max-age`."""
    for part in (value or "").split(","):
        name, _, seconds = part.strip().partition("=")
        if name.lower() == "max-age" and seconds.isascii() and seconds.isdigit():
            return float(seconds[:9])
    return None


def _sendable(value: str | None) -> str | None:
    """A header's value if it can be sent back as it came."""
    return value if value and value.isascii() and value.isprintable() and len(value) < 1024 else None


def _write(answer: Answer, path: Path, most: int, source: str) -> None:
    error = FetchError(f"more than {most:,} bytes", source=source, remedy=f"{_BY_HAND}, if it is what you want")
    told = answer.header("content-length") or ""
    if told.isascii() and told.isdigit() and int(told[:18]) > most:
        raise error
    written = 0
    with path.open("wb") as file:
        for piece in _pieces(answer, source):
            written += len(piece)
            if written > most:
                raise error
            file.write(piece)


def _beginning(answer: Answer, most: int, source: str) -> bytes:
    """The first bytes of a body; the rest is not waited for."""
    held = bytearray()
    for piece in _pieces(answer, source):
        held += piece
        if len(held) >= most:
            break
    return bytes(held[:most])


def _pieces(answer: Answer, source: str) -> Iterator[bytes]:
    """The body, unpacked."""
    try:
        unpacking = Unpacking(answer.header("content-encoding") or "")
        for data in answer.body:
            yield from unpacking.pieces(data)
        unpacking.finish()
    except UnpackingError as fault:
        remedy = f"try again later, or {_BY_HAND}"
        raise FetchError(str(fault), source=source, remedy=remedy) from None


@contextmanager
def _file_in(room: Path) -> Iterator[Path]:
    """A new file in a folder, which goes again if the block fails."""
    handle, name = tempfile.mkstemp(prefix="fetched-", dir=room)
    os.close(handle)
    path = Path(name)
    try:
        yield path
    except BaseException:
        path.unlink(missing_ok=True)
        raise
