"""The page: for each report its maps, its text and its table of places, each leading to the others.

Nothing on it is loaded, sent or run: its policy lets in only the styles that it holds. Links within the page do the
work of a script: the words lead to the sign on the map, the sign back to the words, and what is chosen lights up
everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from importlib.resources import files
from itertools import groupby, pairwise
from textwrap import shorten

from ascertain.cli.reading_view import figures_told, visible, what
from ascertain.cli.report_map.drawing import SIGNS, Map, drawn, maps_of, told_in_short
from ascertain.cli.report_map.sites import ROLES, Naming, Site, sites_of, unplaced
from ascertain.model import Claim, Reading, Report
from ascertain.places.library import added

_FIRST_READ, _FIRST_WORDS = 400, 90
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_COLUMNS = (
    "as written",
    "place",
    "precision",
    "within",
    "country",
    "latitude, longitude",
    "in the report",
    "claims placed there",
)
_TITLES = ("Where it happened", "Other places of the report; the frame is the map above")
_SOURCES = (
    "Places: GeoNames (CC BY 4.0). Outlines: Natural Earth (public domain), thinned: a border or coast may be off by "
    "some kilometres. Borders are drawn by who holds the ground and are no verdict."
)
# Controls that no page may hold, and those that turn the order of what follows, shown as in a terminal.
_SHOWN = {
    **{code: visible(chr(code)) for code in (*range(9), *range(11, 32), *range(0x7F, 0xA0)) if chr(code) != "\r"},
    ord("\r"): None,
    **dict.fromkeys((0x202D, 0x202E, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\ufffd"),
}


def report_map(read: Iterable[tuple[Report, Reading]]) -> str:
    """The page for some reports, in their order.

    >>> report = Report(id="r1", text="Shells fell on Dnipro. <script>")
    >>> page = report_map([(report, Reading(report=report.header))])
    >>> "&lt;script&gt;" in page, "<script" in page, "Dnipro" in page
    (True, False, True)
    """
    sections = [_Section(number, report, reading) for number, (report, reading) in enumerate(read, start=1)]
    title = f"Places of {sections[0].title}" if len(sections) == 1 else f"Places of {len(sections)} reports"
    return "".join(_page(title, sections))


@dataclass(frozen=True)
class _Section:
    """One report on the page; `key` begins all ids in it."""

    number: int
    report: Report
    reading: Reading

    @property
    def key(self) -> str:
        return f"r{self.number}"

    @property
    def title(self) -> str:
        return visible(self.report.title or self.report.id)

    @cached_property
    def sites(self) -> tuple[Site, ...]:
        return sites_of(self.report, self.reading)

    def words_of(self, site: Site) -> str:
        """The id of the first words that name a place."""
        return f"{self.key}-w{site.namings[0].place.span[0]}"

    def end_of(self, site: Site) -> str:
        """Where the words of a place lead: to its sign, or to its row where it has none."""
        return f"{self.key}-{'p' if site.position else 't'}{site.number}"


def _page(title: str, sections: Sequence[_Section]) -> Iterator[str]:
    most = max((len(section.sites) for section in sections), default=0)
    style = files("ascertain.cli.report_map").joinpath("page.css").read_text(encoding="utf-8")
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{_words(title)}</title>\n<style>\n{style}{_lights(most)}</style>\n</head>\n<body>\n"
    )
    if len(sections) > 1:
        yield f"<h1>{_words(title)}</h1>\n"
        yield f'<nav aria-label="Reports"><ol>\n{"".join(_entry(section) for section in sections)}</ol></nav>\n'
    yield "<main>\n"
    for section in sections:
        yield from _section(section, "h2" if len(sections) > 1 else "h1")
    yield f"</main>\n<footer><p>{escape(_SOURCES)}{escape(_of_added())}</p></footer>\n</body>\n</html>\n"


def _entry(section: _Section) -> str:
    """A report in the list at the head of the page: its title, or its id and its first words."""
    words = "" if section.report.title else f" <span>{_words(_first_words(section.report.text))}</span>"
    return f'<li><a href="#{section.key}" dir="auto"><b>{_words(section.title)}</b>{words}</a></li>\n'


def _first_words(text: str) -> str:
    """The beginning of a report, as much as a line of a list may hold.

    >>> _first_words("KYIV, May 3 -- Shells fell\\non Dnipro.")
    'KYIV, May 3 -- Shells fell on Dnipro.'
    """
    return shorten(text[:_FIRST_READ], _FIRST_WORDS, placeholder=" …")


def _lights(most: int) -> str:
    """The styles by which all that tells of one place lights up together."""
    chosen = ":is(:hover, :focus-visible, :target)"
    return "".join(
        f".report:has(.s{number}{chosen}) .s{number} {{ --now: var(--lit); --ring: var(--ink); }}\n"
        for number in range(1, most + 1)
    )


def _of_added() -> str:
    """The gazetteers that were added, with their terms."""
    named = [f"{one.name}{f' ({one.licence})' if one.licence else ''}" for one in added()]
    return f" Added gazetteers: {', '.join(named)}." if named else ""


def _section(section: _Section, heading: str) -> Iterator[str]:
    report = section.report
    header = (report.id if report.title else None, report.publisher, report.published and str(report.published))
    beside = " · ".join(_words(part) for part in header if part)
    yield f'<section class="report" id="{section.key}" aria-labelledby="{section.key}-h">\n<header>'
    yield f'<{heading} id="{section.key}-h" dir="auto">{_words(section.title)}</{heading}>'
    yield f'<p class="beside" dir="auto">{beside}</p></header>\n<div class="columns">\n'
    yield from _maps(section)
    yield f'<div class="text" role="region" aria-label="Text of the report">\n{"".join(_text(section))}</div>\n</div>\n'
    yield from _table(section, "h3" if heading == "h2" else "h2")
    yield "</section>\n"


def _maps(section: _Section) -> Iterator[str]:
    yield '<div class="maps">\n'
    maps = maps_of(section.sites)
    if not maps:
        yield f'<p class="beside">{_nothing_to_draw(section)}</p>\n'
    for index, part in enumerate(maps):
        yield from _figure(section, part, index)
    roles = [role for role in ROLES if any(site.roles[0] == role for site in section.sites if site.position)]
    if maps:
        yield f'<ul class="key beside">{"".join(f"<li>{_mark(role)}{ROLES[role]}</li>" for role in roles)}'
        yield "<li>dashed disc: as far off as the place may be</li></ul>\n"
    yield "</div>\n"


def _nothing_to_draw(section: _Section) -> str:
    if section.sites:
        return "No place of this report is in the gazetteer, so that there is no map; the table has their names."
    return "This report names no place that was recognised."


def _figure(section: _Section, part: Map, index: int) -> Iterator[str]:
    happened = any("happened" in site.roles for site in section.sites if site.position)
    title = _TITLES[index] if happened or index else "Places of the report"
    yield "<figure>\n"
    yield f"<figcaption>{title}</figcaption>\n"
    yield "".join(_chosen(section, site) for site in part.sites)
    links = {site.number: section.words_of(site) for site in part.sites}
    yield from drawn(part, f"{section.key}-m{index}", f"{title}: {section.title}", links)
    yield "\n</figure>\n"


def _chosen(section: _Section, site: Site) -> str:
    """What shows when a place's words are followed: the place in a line, leading back to the words."""
    told = _words(told_in_short(site))
    return (
        f'<a class="chosen s{site.number}" id="{section.end_of(site)}" href="#{section.words_of(site)}">'
        f"<bdi>{told}</bdi>. <u>Back to the words</u></a>\n"
    )


def _mark(role: str) -> str:
    """A role's sign, for the key and the table; the words stand beside it."""
    return (
        f'<svg class="is-{role}" viewBox="-8 -8 16 16" aria-hidden="true"><path class="form" d="{SIGNS[role]}"/></svg>'
    )


def _text(section: _Section) -> Iterator[str]:
    """The text by lines; what is evidence is marked, and places lead to the map."""
    text = section.report.text
    begun = gap = False
    start = 0
    for line in text.split("\n"):
        if line.strip():
            kind = ' class="gap"' if gap and begun else ""
            yield f'<p dir="auto"{kind}>{_line(section, start, start + len(line))}</p>\n'
            begun, gap = True, False
        else:
            gap = True
        start += len(line) + 1


def _line(section: _Section, start: int, end: int) -> str:
    evidence = [
        span for claim in section.reading.claims for span in claim.evidence if span[0] < end and span[1] > start
    ]
    named = {
        naming.place.span: (site, naming)
        for site in section.sites
        for naming in site.namings
        if naming.place.span[0] < end and naming.place.span[1] > start
    }
    edges = sorted({start, end, *(min(end, max(start, at)) for span in (*evidence, *named) for at in span)})
    pieces = []
    for left, right in pairwise(edges):
        is_evidence = any(span[0] <= left < span[1] for span in evidence)
        name = next((span for span in named if span[0] <= left < span[1]), None)
        words = _words(section.report.text[left:right])
        linked = _link(section, *named[name], words, is_first=left == name[0]) if name else words
        pieces.append((is_evidence, linked))
    runs = ((inside, "".join(piece for _, piece in run)) for inside, run in groupby(pieces, key=lambda pair: pair[0]))
    return "".join(f"<mark>{run}</mark>" if inside else run for inside, run in runs)


def _link(section: _Section, site: Site, naming: Naming, words: str, *, is_first: bool) -> str:
    own = f' id="{section.key}-w{naming.place.span[0]}"' if is_first else ""
    return (
        f'<a class="place is-{naming.role} s{site.number}"{own} href="#{section.end_of(site)}" '
        f'title="{_words(told_in_short(site))}">{words}</a>'
    )


def _table(section: _Section, heading: str) -> Iterator[str]:
    if section.sites:
        yield f'<{heading} class="part" id="{section.key}-places">Places</{heading}>\n'
        yield f'<table role="table" aria-labelledby="{section.key}-places">\n'
        heads = "".join(f'<th role="columnheader" scope="col">{name}</th>' for name in _COLUMNS)
        yield f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>\n<tbody role="rowgroup">\n'
        for site in section.sites:
            yield _row(section, site)
        yield "</tbody>\n</table>\n"
    nowhere = [_claim(claim) for claim in unplaced(section.reading.claims)]
    if nowhere:
        yield f'<{heading} class="part">Claims for which the report gives no place</{heading}>\n'
        yield f'<ul class="claims">{"".join(nowhere)}</ul>\n'


def _row(section: _Section, site: Site) -> str:
    own = f' id="{section.end_of(site)}"' if site.position is None else ""
    head, *cells = zip(_COLUMNS, _cells(section, site), strict=True)
    told = "".join(
        f'<td role="cell" data-label="{label}"><div>{cell}</div></td>' if cell else '<td role="cell"></td>'
        for label, cell in cells
    )
    return f'<tr role="row" class="s{site.number}"{own}><th role="rowheader" scope="row">{head[1]}</th>{told}</tr>\n'


def _cells(section: _Section, site: Site) -> tuple[str, ...]:
    place = site.place
    claims = "".join(_claim(claim) for claim in site.claims)
    return (
        ", ".join(_named(section, site)),
        f'<a href="#{section.end_of(site)}"><bdi>{_words(site.name)}</bdi></a>' if site.position else "not found",
        place.precision or "",
        "" if place.radius_km is None else f"{place.radius_km:g} km",
        place.country or "",
        "" if site.position is None else f"{place.lat:.4f}, {place.lon:.4f}",
        "<br>".join(f"{_mark(role)}{ROLES[role]}" for role in site.roles),
        f'<ul class="claims">{claims}</ul>' if claims else "",
    )


def _named(section: _Section, site: Site) -> Iterator[str]:
    """Each way the report writes the name, leading to where it first does."""
    spellings: dict[str, int] = {}
    for naming in site.namings:
        spellings.setdefault(naming.place.text, naming.place.span[0])
    for text, start in spellings.items():
        yield f'<a href="#{section.key}-w{start}"><bdi>{_words(text)}</bdi></a>'


def _claim(claim: Claim) -> str:
    told = [next(what(claim)), *figures_told(getattr(claim, "figures", ()))]
    if claim.modality != "asserted":
        told.append(claim.modality)
    return f"<li>{_words(claim.id)}: {_words(', '.join(told))}</li>"


def _words(text: str) -> str:
    """Text for the page: it stays text, whatever it holds."""
    return escape(text.translate(_SHOWN))
