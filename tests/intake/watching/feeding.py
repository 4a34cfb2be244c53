"""Feeds and stories of our own making, and a watch of them on loopback."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from tests.intake.serving import SetClock

from ascertain.intake.apart import Apart
from ascertain.intake.documents import Original
from ascertain.intake.fetching import Fetcher, FetchSettings, Resolver
from ascertain.intake.fetching.addresses import looked_up
from ascertain.intake.forms import Found, find
from ascertain.intake.watching import Feed, FeedState, FolderState, Tiding, Version, WatchSettings, polling, watch

PARAGRAPH = "Two people were hurt in Goma when a shell hit a house near the lake, a doctor said on Tuesday. "


@dataclass(frozen=True)
class Item:
    """One entry of a feed: whole where it has a content, else summed up."""

    id: str | None
    title: str
    link: str | None = None
    content: str | None = None
    summary: str | None = None


def rss(items: Sequence[Item], title: str = "News of the lakes") -> bytes:
    """A feed in RSS 2.0."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{title}</title><!-- <item> in a comment is none -->\n"
        + "\n".join(map(_rss, items))
        + "\n</channel></rss>\n"
    ).encode()


def _rss(item: Item) -> str:
    told = [f"<title>{escape(item.title)}</title>"]
    if item.id:
        told.append(f'<guid isPermaLink="false">{escape(item.id)}</guid>')
    if item.link:
        told.append(f"<link>{escape(item.link)}</link>")
    if item.summary:
        told.append(f"<description>{escape(item.summary)}</description>")
    if item.content:
        told.append(f"<content:encoded><![CDATA[<p>{item.content}</p><!-- </item> -->]]></content:encoded>")
    return f"<item>{''.join(told)}<pubDate>Tue, 05 Mar 2024 09:00:00 GMT</pubDate></item>"


def atom(items: Sequence[Item]) -> bytes:
    """A feed in Atom."""
    entries = "".join(
        f"<entry><id>{item.id}</id><title>{escape(item.title)}</title><updated>2024-03-05T09:00:00Z</updated>"
        + (f"<link href={quoteattr(item.link)}/>" if item.link else "")
        + (f'<content type="html">{escape(item.content)}</content>' if item.content else "")
        + "</entry>"
        for item in items
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Lakes</title>{entries}</feed>'.encode()


def page(title: str, text: str = PARAGRAPH * 6) -> bytes:
    """A story on a page."""
    return (
        f"<!doctype html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        f"<p>{title}. {text}</p></article></body></html>"
    ).encode()


class InProcess(Apart):
    """Takes originals apart in this process."""

    def found(self, original: Original, room: Path) -> Iterator[Found]:
        yield from find(original, self._settings, room)


def take_apart_in_process() -> None:
    """From now on watches take originals apart in this process, where what that needs is loaded."""
    polling.Apart = InProcess  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as folder:
        for data in (rss([Item("1", "Goma", content=PARAGRAPH)]), page("Goma")):
            path = Path(folder, "original")
            path.write_bytes(data)
            list(InProcess().found(Original(path, "original", "original"), Path(folder)))


def fetcher(clock: SetClock | None = None, resolver: Resolver = looked_up, **settings: object) -> Fetcher:
    """One that may ask this machine, and does not dawdle."""
    more = {"spacing": 0.0, "seconds": 10.0, **settings}
    values = FetchSettings(allow_private=("127.0.0.1",), **more)  # type: ignore[arg-type]
    return Fetcher(values, clock=clock or SetClock(), resolver=resolver, chance=lambda: 0.0)


def watched(
    feeds: Sequence[str], state: FeedState, fetching: Fetcher | None = None, **settings: object
) -> list[Tiding]:
    """What is told when the feeds are watched once."""
    values = WatchSettings(**settings)  # type: ignore[arg-type]
    given = [Feed(feed) for feed in feeds]
    return list(watch(given, state, fetcher=fetching or fetcher(), settings=values, once=True, chance=lambda: 0.5))


def taken(state: FolderState) -> list[tuple[Version, Original]]:
    return list(state.taken())
