"""One request and its answer: connected to an address that was checked, within a time, a size and no more.

The name is resolved once, here, and the connection goes to the address that came out: a name that is resolved again to
something else in between (DNS rebinding) gains nothing. Nothing is read from the environment: no proxy, no `.netrc`;
no cookie is kept.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpcore
import httpx

from ascertain.intake.fetching.addresses import AddressRules, Resolver, checked_addresses
from ascertain.intake.fetching.clock import Deadline
from ascertain.intake.fetching.errors import FetchError

_SECONDS_TO_CONNECT = 10.0
_AGAIN = "try again later"

Option = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer whose body is still to be read.

    Attributes:
        status: of the answer.
        headers: in order, as sent.
        address: that was connected to.
        body: the bytes as they came over the line, piece by piece.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    address: str
    body: Iterator[bytes]

    def header(self, name: str) -> str | None:
        """The last header of that name, in whatever case; `None` where there is none."""
        return next((value for key, value in reversed(self.headers) if key.lower() == name), None)


class _TimedStream(httpcore.NetworkStream):
    """A connection on which everything together must be done by a deadline, and only so many bytes may come."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._left(httpcore.ReadTimeout, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._left(httpcore.WriteTimeout, timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._left(httpcore.ConnectTimeout, timeout)
        return _TimedStream(self._inner.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    def _left(self, late: type[Exception], timeout: float | None) -> float:
        left = self._deadline.left()
        if not left:
            raise late("the time for the whole answer has run out")
        return left if timeout is None else min(left, timeout)


class _CheckedBackend(httpcore.NetworkBackend):
    """Connects to the addresses of a name that were checked, and to nothing else."""

    def __init__(self, rules: AddressRules, resolver: Resolver, deadline: Deadline, source: str) -> None:
        self._rules, self._resolver, self._deadline, self._source = rules, resolver, deadline, source
        self.address = ""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 (the deadline counts, not each step's time)
        local_address: str | None = None,
        socket_options: Iterable[Option] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = checked_addresses(
            host,
            port,
            rules=self._rules,
            resolver=self._resolver,
            seconds=min(_SECONDS_TO_CONNECT, self._deadline.left()),
            source=self._source,
        )
        return _TimedStream(self._first_of(addresses, port, local_address, socket_options), self._deadline)

    def _first_of(
        self, addresses: Sequence[str], port: int, local_address: str | None, options: Iterable[Option] | None
    ) -> httpcore.NetworkStream:
        last: Exception = httpcore.ConnectError("there is no address to connect to")
        for address in addresses:
            left = min(_SECONDS_TO_CONNECT, self._deadline.left())
            if not left:
                raise httpcore.ConnectTimeout("no server answered in time")
            try:
                stream = httpcore.SyncBackend().connect_tcp(address, port, left, local_address, options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as fault:
                last = fault
                continue
            self.address = address
            return stream
        raise last


@contextmanager
def asked(
    url: httpx.URL,
    headers: Sequence[tuple[str, str]],
    *,
    rules: AddressRules,
    resolver: Resolver,
    deadline: Deadline,
    source: str,
) -> Iterator[Answer]:
    """Ask for a URL by GET; the connection is closed at the end of the block.

    Args:
        url: of http or https, with a host.
        headers: to send, beside `Host`.
        rules: which addresses may be connected to.
        resolver: finds the addresses of a name.
        deadline: for all of it, from the name to the body's last byte.
        source: how messages name the address.

    Raises:
        RefusedError: the name leads to an address that we do not go to.
        FetchError: no answer, or none in time, or a broken one.
    """
    backend = _CheckedBackend(rules, resolver, deadline, source)
    sent = [(b"Host", url.netloc), *((name.encode("ascii"), value.encode("ascii")) for name, value in headers)]
    target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    pool = httpcore.ConnectionPool(ssl_context=_trust(), network_backend=backend)
    with _told(source), pool, pool.stream("GET", target, headers=sent) as response:
        received = tuple((_text(name), _text(value)) for name, value in response.headers)
        yield Answer(response.status, received, backend.address, response.iter_stream())


@contextmanager
def _told(source: str) -> Iterator[None]:
    """Errors of the connection as ours; those of the block's own work pass."""
    try:
        yield
    except httpcore.TimeoutException as fault:
        problem = f"the server took too long ({_reason(fault)})"
        raise FetchError(problem, source=source, remedy=_AGAIN, is_temporary=True) from fault
    except (httpcore.NetworkError, httpcore.ProtocolError) as fault:
        problem = f"no whole answer came ({_reason(fault)})"
        remedy = "check the address, or try again later"
        raise FetchError(problem, source=source, remedy=remedy, is_temporary=True) from fault


def _reason(fault: Exception) -> str:
    return str(fault) or type(fault).__name__


def _text(header: bytes) -> str:
    return header.decode("latin-1")


@cache
def _trust() -> ssl.SSLContext:
    """The certificates that are trusted: those that `SSL_CERT_FILE` or `SSL_CERT_DIR` names, else certifi's."""
    return httpx.create_ssl_context()
