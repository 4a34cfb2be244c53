"""What a page says about itself: when it was published, by whom, where it stands, in which language.

The day of publication is taken only from where a page states it as such. A date that merely stands in the text, or in
the address of a picture, may be the day of what happened.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from htmldate import find_date
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.metadata import extract_metadata

_PUBLISHED = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "date.published",
    "publication_date", "publish_date", "publish-date", "published", "published_time", "pubdate",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date",
    "citation_publication_date", "citation_date", "article.published", "originalpublicationdate",
    "cxenseparse:recs:publishtime", "rnews:datepublished", "weibo:article:create_at", "date",
)  # fmt: skip
_ISO_DAY = re.compile(r"\s*((?:19|20)\d\d)[-/.]?(0[1-9]|1[0-2])[-/.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_DAY_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:[/_-]|$)")
_AMBIGUOUS = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])[/.-](0?[1-9]|1[0-2])[/.-]\d{2,4}(?!\d)")
_DATELINE = re.compile(
    r"(?:^|[\s_-])(?:date|pub-?date|published|publish-?date|publication-?date|post-?date|posted(?:-?on)?|entry-?date"
    r"|article-?date|news-?date|date-?time|timestamp|submitted|byline-?date|release-?date)(?:$|[\s_-])",
    re.I,
)
_ELSEWHERE = frozenset({"aside", "nav", "footer", "li"})
_OTHERS = re.compile(r"related|recent|sidebar|teaser|comment|recommend|popular|latest|also", re.I)
_LONGEST_DATELINE = 80
_MOST_DATELINES = 12
_EARLIEST = "1945-01-01"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says about itself; `None` where it says nothing."""

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    url: str | None = None
    language: str | None = None


def facts_of(tree: HtmlElement, address: str | None) -> Facts:
    """What a page says about itself.

    Args:
        tree: the page, with its scripts (some of them are data about it).
        address: where it came from, if that is a URL.
    """
    url = _canonical(tree, address)
    told = extract_metadata(tree, default_url=url, date_config=_NO_GUESSING)
    return Facts(
        title=told.title or None,
        author=told.author or None,
        publisher=told.sitename or None,
        published=_published(tree, url),
        url=url or address,
        language=_language(tree),
    )


_NO_GUESSING = {"extensive_search": False, "original_date": True}


def _published(tree: HtmlElement, url: str | None) -> dt.date | None:
    for days in (_days_in_meta(tree), _days_in_data(tree), _days_marked(tree)):
        day = next(days, None)
        if day is not None:
            return day
    return _day_in_address(url) or _day_of_dateline(tree)


def _days_in_meta(tree: HtmlElement) -> Iterator[dt.date]:
    told: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        told.setdefault(name.lower(), meta.get("content") or "")
    days = (_iso_day(told[name]) for name in _PUBLISHED if name in told)
    return (day for day in days if day is not None)


def _days_in_data(tree: HtmlElement) -> Iterator[dt.date]:
    """Days in JSON-LD, of whatever the page is about: the first `datePublished` that stands in it."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            day = _iso_day(_field(script.text or "", "datePublished"))
            if day is not None:
                yield day


def _field(data: str, name: str) -> str:
    """The first text of that name, however deep it stands."""
    try:
        waiting = [json.loads(data)]
    except (ValueError, RecursionError):
        return ""
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, dict):
            if isinstance(item.get(name), str):
                return str(item[name])
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
    return ""


def _days_marked(tree: HtmlElement) -> Iterator[dt.date]:
    for element in tree.iter("time", "span", "abbr", "div", "p"):
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None:
            day = _iso_day(element.get("datetime") or element.get("content") or element.get("title") or "")
            if day is not None:
                yield day


def _day_in_address(url: str | None) -> dt.date | None:
    found = _DAY_IN_ADDRESS.search(urlsplit(url).path) if url else None
    return _day(*found.groups()) if found else None


def _day_of_dateline(tree: HtmlElement) -> dt.date | None:
    """The one day that the page's datelines give; `None` where they differ, as those of other stories do."""
    days = set()
    for number, element in enumerate(_datelines(tree)):
        if number == _MOST_DATELINES:
            break
        day = _iso_day(element.get("datetime") or "") or written_day(" ".join("".join(element.itertext()).split()))
        if day is not None:
            days.add(day)
    return days.pop() if len(days) == 1 else None


def _datelines(tree: HtmlElement) -> Iterator[HtmlElement]:
    for element in tree.iter("time", "span", "div", "p", "small", "em", "abbr", "td"):
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if (element.tag == "time" or _DATELINE.search(names)) and not _is_elsewhere(element):
            yield element


def _is_elsewhere(element: HtmlElement) -> bool:
    return any(
        parent.tag in _ELSEWHERE or _OTHERS.search(f"{parent.get('class') or ''} {parent.get('id') or ''}")
        for parent in element.iterancestors()
    )


def written_day(words: str) -> dt.date | None:
    """The day that a line of few words gives; `None` where it gives none, or one that can be read in two ways.

    >>> written_day("Posted on Monday, May 13, 2024"), written_day("05/06/2024") is None
    (datetime.date(2024, 5, 13), True)
    """
    if not words or len(words) > _LONGEST_DATELINE or _AMBIGUOUS.search(words):
        return None
    span = etree.tostring(_span(words), encoding="unicode")
    written = find_date(
        f"<html><body>{span}</body></html>", extensive_search=False, original_date=True, min_date=_EARLIEST
    )
    return _iso_day(written or "")


def _span(words: str) -> etree._Element:
    span = etree.Element("span", {"class": "date"})
    span.text = words
    return span


def _iso_day(written: str) -> dt.date | None:
    found = _ISO_DAY.match(written)
    return _day(*found.groups()) if found else None


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _canonical(tree: HtmlElement, address: str | None) -> str | None:
    """The address that the page gives itself; an address of any other kind than the web's is none."""
    links = [link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    links += [meta.get("content") for meta in tree.iter("meta") if meta.get("property") == "og:url"]
    for link in filter(None, links):
        url: str = urljoin(address or "", link.strip())
        if is_web_address(url):
            return url
    return None


def is_web_address(url: str | None) -> bool:
    """Whether it is a URL of the web.

    >>> is_web_address("https://example.org/a"), is_web_address("javascript:alert(1)"), is_web_address("inbox/a.html")
    (True, False, False)
    """
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _language(tree: HtmlElement) -> str | None:
    declared = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    code = re.match(r"[a-z]{2}(?![a-z])", declared.strip().lower())
    return str(code[0]) if code else None
