"""The addresses themselves: which are fetched at all, where a redirect leads, and what of them may be told."""

from __future__ import annotations

import base64
import re

import httpx

from ascertain.intake.fetching.errors import FetchError, RefusedError
from ascertain.intake.received import printable

Server = tuple[str, str, int]

_HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")
_LONGEST = 8192
_PORTS = {"http": 80, "https": 443}
_CHECK = "check the address in a browser"


def checked_url(address: str, *, source: str | None = None) -> httpx.URL:
    """The URL that an address is.

    Args:
        address: as given.
        source: how messages name it, where it is not what was asked for.

    Raises:
        RefusedError: it is none, or not one of http or https.

    >>> checked_url("file:///etc/passwd")
    Traceback (most recent call last):
    ...
    ascertain.intake.fetching.errors.RefusedError: file:///etc/passwd: not an address of http or https; \
write one that begins with https://
    """
    source, remedy = source or printable(address[:200]), "write one that begins with https://"
    if len(address) > _LONGEST:
        raise RefusedError(f"an address of more than {_LONGEST:,} characters", source=source, remedy=remedy)
    try:
        url = httpx.URL(address)
        host, port = url.raw_host.decode("ascii"), url.port
    except (httpx.InvalidURL, UnicodeError, ValueError) as fault:
        raise RefusedError(f"no address ({printable(str(fault))})", source=source, remedy=remedy) from None
    if url.scheme not in _PORTS or not host:
        raise RefusedError("not an address of http or https", source=source, remedy=remedy)
    if not _HOST.fullmatch(host) or (port is not None and not 0 < port < 1 << 16):
        raise RefusedError("no address (there is no such host or port)", source=source, remedy=remedy)
    return url


def redirected(url: httpx.URL, location: str | None, source: str) -> httpx.URL:
    """The URL that a redirect leads to; a name and password in it are left out.

    Raises:
        FetchError: the redirect names none.
        RefusedError: it names one that is not of http or https.
    """
    if location is None:
        raise FetchError("a redirect to nowhere", source=source, remedy=_CHECK)
    try:
        target = url.join(location.encode("latin-1").decode("utf-8", "replace"))
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise FetchError("a redirect to no address", source=source, remedy=_CHECK) from None
    return _without_userinfo(checked_url(str(target), source=source))


def without_credentials(url: httpx.URL) -> str:
    """The address without name, password and fragment: what may be told and kept.

    >>> without_credentials(httpx.URL("https://ana:secret@example.org/feed#top"))
    'https://example.org/feed'
    """
    return str(_without_userinfo(url).copy_with(fragment=None))


def _without_userinfo(url: httpx.URL) -> httpx.URL:
    return url.copy_with(username="", password="") if url.userinfo else url


def credentials_of(url: httpx.URL) -> dict[Server, str]:
    """The `Authorization` that an address gives with its name and password, for its own server only."""
    if not url.userinfo:
        return {}
    given = f"{url.username}:{url.password}".encode()
    return {server_of(url): f"Basic {base64.b64encode(given).decode('ascii')}"}


def server_of(url: httpx.URL) -> Server:
    """What credentials and robots.txt are bound to: scheme, host and port.

    >>> server_of(httpx.URL("https://example.org/a"))
    ('https', 'example.org', 443)
    """
    return url.scheme, url.host, url.port or _PORTS[url.scheme]


def robots_url(url: httpx.URL) -> httpx.URL:
    """Where the robots.txt of a URL's server lies.

    >>> str(robots_url(httpx.URL("https://ana:secret@example.org:8443/a?b#c")))
    'https://example.org:8443/robots.txt'
    """
    return _without_userinfo(url).copy_with(raw_path=b"/robots.txt", fragment=None)


def name_of(url: httpx.URL) -> str:
    """The last part of an address's path; its host where the path is bare.

    >>> name_of(httpx.URL("https://example.org/2024/rafah.html")), name_of(httpx.URL("https://example.org/"))
    ('rafah.html', 'example.org')
    """
    return url.path.rstrip("/").rpartition("/")[2] or url.host
