"""OPML, the form in which lists of feeds are passed on: outlines within outlines, of which some name a feed.

Source of the form: OPML 2.0, http://opml.org/spec2.opml. Entities and external references are refused (`defusedxml`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

from defusedxml import DefusedXmlException
from defusedxml.sax import parse

from ascertain.intake.fetching import RefusedError, checked_url, without_credentials
from ascertain.intake.received import SetAside, printable
from ascertain.model import InputError

_MOST_BYTES = 20 << 20
_MOST_OUTLINES = 100_000
_DEEPEST = 100
_LONGEST_TITLE = 300
_FEED_SCHEMES = {"feed://": "http://", "feed:https://": "https://", "feed:http://": "http://"}
_REMEDY = "export the list anew as OPML"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed to watch.

    Attributes:
        address: where it lies; it may hold a name and password, which are shown to nobody but its server.
        title: what the list calls it.
        folders: the outlines that it stands in, outermost first.
    """

    address: str
    title: str | None = None
    folders: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What it is known by: its address without name and password.

        >>> Feed("https://ana:secret@example.org/feed").name
        'https://example.org/feed'
        """
        return without_credentials(checked_url(self.address))


@dataclass(frozen=True, slots=True)
class FeedList:
    """What an OPML file holds: its feeds, each once, in its order, and what in it is no feed but should be."""

    feeds: tuple[Feed, ...]
    set_aside: tuple[SetAside, ...] = ()


def feeds_in(path: Path) -> FeedList:
    """The feeds of an OPML file.

    Raises:
        InputError: it cannot be read, is no OPML, or is one that could do harm.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "feeds.opml")
    ...     _ = path.write_text('<opml><body><outline text="Sahel"><outline xmlUrl="https://example.org/f"/></outline></body></opml>')
    ...     feeds_in(path).feeds
    (Feed(address='https://example.org/f', title=None, folders=('Sahel',)),)
    """
    source = printable(str(path))
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InputError(f"more than {_MOST_BYTES:,} bytes", source=source, remedy="split it")
        reading = _Outlines(source)
        with path.open("rb") as file:
            parse(file, reading)
    except OSError as error:
        problem = f"cannot be read: {error.strerror or error}"
        raise InputError(problem, source=source, remedy="check the file and the right to read it") from None
    except DefusedXmlException:
        problem = "XML that brings entities or another file with it, which can do harm"
        raise InputError(problem, source=source, remedy=_REMEDY) from None
    except (SAXException, ValueError, LookupError) as error:
        raise InputError(f"broken XML: {printable(str(error))[:200]}", source=source, remedy=_REMEDY) from None
    if not reading.is_opml:
        raise InputError("no OPML", source=source, remedy=_REMEDY)
    return FeedList(tuple(reading.feeds.values()), tuple(reading.set_aside))


class _Outlines(ContentHandler):
    """Gathers the feeds while the file streams by."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.feeds: dict[str, Feed] = {}
        self.set_aside: list[SetAside] = []
        self.is_opml = False
        self._source, self._outlines = source, 0
        self._folders: list[str | None] = []
        self._locator: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 (xml.sax's name)
        self._locator = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 (xml.sax's name)
        element = name.lower()
        self.is_opml = self.is_opml or element == "opml"
        if element != "outline":
            return
        given = {str(key).lower(): str(value).strip() for key, value in attrs.items()}
        self._outlines += 1
        title = (given.get("title") or given.get("text") or "")[:_LONGEST_TITLE] or None
        if len(self._folders) >= _DEEPEST or self._outlines > _MOST_OUTLINES:
            problem = f"more than {_MOST_OUTLINES:,} outlines, or more than {_DEEPEST} one in the other"
            raise InputError(problem, source=self._source, line=self._line, remedy=_REMEDY)
        if given.get("xmlurl"):
            self._add(given["xmlurl"], title)
        elif given.get("type", "").lower() in {"rss", "atom", "include"}:
            self._set_aside(*_without_address(given))
        self._folders.append(title)

    def endElement(self, name: str) -> None:  # noqa: N802 (xml.sax's name)
        if name.lower() == "outline":
            self._folders.pop()

    def _add(self, address: str, title: str | None) -> None:
        for scheme, meant in _FEED_SCHEMES.items():
            if address.lower().startswith(scheme):
                address = meant + address[len(scheme) :]
                break
        feed = Feed(address, title, tuple(folder for folder in self._folders if folder))
        try:
            self.feeds.setdefault(feed.name, feed)
        except RefusedError as error:
            self._set_aside(f"{error.source}: {error.problem}", error.remedy)

    def _set_aside(self, problem: str, remedy: str) -> None:
        self.set_aside.append(SetAside(self._source, self._line, printable(problem), remedy))

    @property
    def _line(self) -> int | None:
        return self._locator.getLineNumber() if self._locator else None


def _without_address(given: Mapping[str, str]) -> tuple[str, str]:
    """What is wrong with an outline that says that it is a feed and has no `xmlUrl`."""
    title = (given.get("title") or given.get("text") or "")[:_LONGEST_TITLE]
    if given["type"].lower() == "include":
        return f"{title!r} takes in another list, which is not followed", "download that list and give it too"
    return f"{title!r} is a feed without an xmlUrl", "write the feed's address into it, or take it out"
