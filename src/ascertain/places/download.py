"""Fetching a file over http or https, into a file of one's own, with a limit on its size."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import IO
from urllib.parse import SplitResult, quote, unquote, urlsplit

from ascertain.model import DataFileError

SCHEMES = ("http", "https")
_PLAIN = "".join(map(chr, range(33, 127)))  # what an address may hold as it is
_CHUNK = 1 << 18
_PATIENCE_SECONDS = 60.0

Progress = Callable[[int, int | None], None]


class _StayOnTheWeb(urllib.request.HTTPRedirectHandler):
    """Follows a redirect to http and https only."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:  # fmt: skip
        if urlsplit(newurl).scheme not in SCHEMES:
            raise urllib.error.URLError(f"it leads to {newurl[:200]}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def is_address(source: str) -> bool:
    """Whether a source is an address rather than a file's name.

    >>> is_address("https://example.org/BF.zip"), is_address("BF.zip")
    (True, False)
    """
    return "://" in source


def name_in(address: str) -> str:
    """The name of the file that an address leads to.

    Raises:
        DataFileError: it is no address.

    >>> name_in("https://example.org/dump/BF.zip?x=1")
    'BF.zip'
    """
    return PurePosixPath(unquote(_parts(address).path)).name or "download"


def _parts(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError as error:
        remedy = "write it as https://example.org/BF.zip"
        raise DataFileError(f"is no address ({error})", source=address, remedy=remedy) from None


def download(address: str, to: Path, *, most_bytes: int, progress: Progress) -> None:
    """Fetch a file; `progress` hears how many bytes have come, and how many there are where that is told.

    Raises:
        DataFileError: the address is no http or https, cannot be reached, holds too much, or broke off.
    """
    if _parts(address).scheme not in SCHEMES:
        raise DataFileError("is no address of http or https", source=address, remedy="download it, and add the file")
    opener = urllib.request.build_opener(_StayOnTheWeb)
    wanted = quote(address, safe=_PLAIN)
    request = urllib.request.Request(wanted, headers={"User-Agent": "ascertain", "Accept-Encoding": "identity"})
    try:
        with opener.open(request, timeout=_PATIENCE_SECONDS) as answer, to.open("wb") as file:
            _copy(address, answer, file, most_bytes, progress)
    except urllib.error.HTTPError as error:
        problem = f"cannot be fetched ({error.code} {error.reason})"
        raise DataFileError(problem, source=address, remedy="check the address, or try again later") from error
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
        reason = getattr(error, "reason", error)
        raise DataFileError(f"cannot be fetched ({reason})", source=address, remedy="try again later") from error


def _copy(address: str, answer: http.client.HTTPResponse, file: IO[bytes], most_bytes: int, progress: Progress) -> None:
    told = answer.headers.get("Content-Length", "")
    expected = int(told) if told.isdigit() else None
    come = 0
    while come <= most_bytes and (expected is None or expected <= most_bytes):
        chunk = answer.read(_CHUNK)
        if not chunk:
            break
        file.write(chunk)
        come += len(chunk)
        progress(come, expected)
    else:
        limit = f"{most_bytes / 1e6:,.0f} MB"
        raise DataFileError(f"holds more than {limit}", source=address, remedy="raise the limit by --max-megabytes")
    if expected is not None and come < expected:
        problem = f"broke off after {come:,} of {expected:,} bytes"
        raise DataFileError(problem, source=address, remedy="try again")
