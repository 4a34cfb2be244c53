"""A site on loopback that answers as it is told, and keeps what it was asked."""

from __future__ import annotations

import datetime as dt
import gzip
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Page:
    """What a path answers with."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def gzipped(cls, body: bytes, **headers: str) -> Page:
        return cls(gzip.compress(body), headers={"Content-Encoding": "gzip", **headers})


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class RawPage:
    """A page that writes to the connection itself, head and all."""

    write: Callable[[BaseHTTPRequestHandler], object]


Answer = Page | RawPage | Callable[[Asked], Page]


class Site:
    """A server with pages; a page may also be one that writes to the connection itself, or a function that gives it."""

    def __init__(self, pages: Mapping[str, Answer] | None = None) -> None:
        self.pages = dict(pages or {})
        self.asked: list[Asked] = []
        self.port = 0

    def url(self, path: str = "/", host: str = LOOPBACK) -> str:
        return f"http://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, but for robots.txt."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        asked = Asked(handler.path, dict(handler.headers.items()))
        self.asked.append(asked)
        page = self.pages.get(handler.path, Page(status=404))
        if isinstance(page, RawPage):
            with suppress(OSError):
                page.write(handler)
            handler.close_connection = True
            return
        self._send(handler, page if isinstance(page, Page) else page(asked))

    def _send(self, handler: BaseHTTPRequestHandler, page: Page) -> None:
        handler.send_response(page.status)
        for name, value in page.headers.items():
            handler.send_header(name, value)
        if "Content-Length" not in page.headers and page.status != 304:
            handler.send_header("Content-Length", str(len(page.body)))
        handler.end_headers()
        with suppress(OSError):
            handler.wfile.write(page.body)


@contextmanager
def serving(site: Site, address: str = LOOPBACK, *, certificate: Path | None = None) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.answer(self)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:
            pass

    with Server((address, 0), Handler) as server:
        site.port = server.server_address[1]
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()


def names(**addresses: Sequence[str]) -> Callable[[str, int], Sequence[str]]:
    """A resolver that knows these names (`_` for a dot) and no other."""
    known = {name.replace("_", "."): found for name, found in addresses.items()}

    def look_up(host: str, _: int) -> Sequence[str]:
        if host not in known:
            raise OSError(f"no such name: {host}")
        return known[host]

    return look_up


class SetClock:
    """A clock that only sleeping moves."""

    def __init__(self, now: dt.datetime = dt.datetime(2024, 3, 5, 12, tzinfo=dt.UTC)) -> None:
        self.time = now
        self.slept: list[float] = []

    def now(self) -> dt.datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += dt.timedelta(seconds=seconds)
