"""How addresses are fetched, and what came of one: values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.metadata import version

from ascertain.intake.documents import Original
from ascertain.model import SettingsError

PRODUCT = "ascertain"


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How addresses are fetched.

    Attributes:
        contact: an e-mail address or page by which a publisher reaches those who run this; sent with each request.
        allow_private: private networks that may be asked, or `all`; none where not given.
        obeys_robots: whether robots.txt is asked before each page, and obeyed.
        bytes: the most that one body may hold, unpacked.
        seconds: for one address with its redirects, from the first name to the last byte; waiting for the host's
            turn does not count.
        header_bytes: the most that an answer's headers may hold.
        redirects: that are followed, each checked like the first address.
        spacing: the least seconds between two requests to a host.
        attempts: how often an address is asked for that cannot be had now.
        back_off: the seconds waited after the first of these, doubled after each other.
    """

    contact: str | None = None
    allow_private: tuple[str, ...] = ()
    obeys_robots: bool = True
    bytes: int = 100 << 20
    seconds: float = 120.0
    header_bytes: int = 64 << 10
    redirects: int = 5
    spacing: float = 3.0
    attempts: int = 1
    back_off: float = 5.0


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server named the version of a page by, so that it can be asked whether there is another.

    Attributes:
        etag: the `ETag` header, as sent.
        last_modified: the `Last-Modified` header, as sent.
    """

    etag: str | None = None
    last_modified: str | None = None

    def as_headers(self) -> tuple[tuple[str, str], ...]:
        """The headers that ask for the page only if it is another.

        >>> Validators(etag='"a7"').as_headers()
        (('If-None-Match', '"a7"'),)
        """
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return tuple((name, value) for name, value in given.items() if value is not None)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave.

    Attributes:
        original: the body in a file, with the final address and the server's headers; `None` where the page is the one
            that the validators name. Headers whose name begins with a colon are ours: `:requested`, the address
            that was asked for; `:server`, the address that was connected to; `:status`.
        validators: to ask with next time.
        moved_to: the address that it has moved to for good, if the server says so.
        fresh_for: the seconds for which the server says that it stays as it is.
    """

    original: Original | None
    validators: Validators = field(default_factory=Validators)
    moved_to: str | None = None
    fresh_for: float | None = None


def user_agent(contact: str | None) -> str:
    """What we call ourselves: the tool, its version, and how to reach those who run it.

    Raises:
        SettingsError: the contact cannot be sent.

    >>> user_agent("desk@example.org").partition(" ")[2]
    '(reads reports of armed conflict; contact: desk@example.org)'
    """
    if contact is not None and not (contact.isascii() and contact.isprintable() and contact.strip()):
        raise SettingsError("the contact is no plain text; give an e-mail address or the address of a page")
    return f"{PRODUCT}/{version(PRODUCT)} (reads reports of armed conflict; contact: {contact or 'none given'})"
