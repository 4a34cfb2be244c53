"""A page: everything that is known of a report before its claims are put together.

In: a report. Out: its sentences worth reading, parsed, with the words of the lexicon, times, places and parties in
each. Text in capitals is parsed in lower case with its names restored; offsets stay those of the text as given.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from ascertain.actors import PartyMention, find_parties_and_states
from ascertain.model import Report, Span
from ascertain.places import PlaceMention, find_places
from ascertain.places.written import is_written
from ascertain.reading.casing import in_capitals, readable
from ascertain.reading.chains import with_chains
from ascertain.reading.genres import of_other_genre
from ascertain.reading.headers import Header, headers
from ascertain.reading.homes import countries_of, homes, without_peoples
from ascertain.reading.layout import blocks
from ascertain.reading.leads import give_leads
from ascertain.reading.lexicon import Hit, hits
from ascertain.reading.names import names
from ascertain.reading.openings import of_dispatch, opening
from ascertain.reading.parse import Position, Sentence, parsed, put_plainly
from ascertain.reading.plain import Plain
from ascertain.reading.shorthand import Short, short_harms
from ascertain.reading.spots import TOWN, home, with_country, with_spots, without_persons
from ascertain.reading.words import word_set
from ascertain.times import TimeMention, find_times

_WORD = re.compile(r"\w+")


@dataclass(slots=True, eq=False)
class Line:
    """A sentence worth reading, with what was found in it."""

    sentence: Sentence
    hits: list[Hit] = field(default_factory=list)
    times: list[TimeMention] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    parties: list[PartyMention] = field(default_factory=list)
    states: list[PartyMention] = field(default_factory=list)
    names: frozenset[int] = frozenset()
    lead_times: tuple[TimeMention, ...] = ()
    lead_places: tuple[PlaceMention, ...] = ()

    @property
    def span(self) -> Span:
        """Where the sentence stands in the report's text."""
        return self.sentence.span


@dataclass(slots=True, eq=False)
class Page:
    """A report with its lines in order."""

    report: Report
    text: str
    lines: list[Line]


def page(report: Report) -> Page:
    """What is known of a report before its claims are put together."""
    return pages([report])[0]


def pages(reports: Sequence[Report]) -> list[Page]:
    """The pages of reports in order; their sentences are parsed together, which takes less time."""
    drafts = [_draft(report) for report in reports]
    sentences = iter(parsed([put for draft in drafts for put in draft.put]))
    return [_page(draft, list(islice(sentences, len(draft.put)))) for draft in drafts]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A report before it is parsed: its sentences worth reading with their hits, and as they are to be parsed."""

    report: Report
    positions: list[Position]
    hits: list[list[Hit]] = field(default_factory=list)
    put: list[tuple[Position, Plain]] = field(default_factory=list)
    times: Sequence[TimeMention] = ()
    dispatched: Sequence[Span] = ()
    places: Sequence[PlaceMention] = ()
    parties: Sequence[PartyMention] = ()
    states: Sequence[PartyMention] = ()
    headers: Sequence[Span] = ()
    home: str | None = None


def _draft(report: Report) -> _Draft:
    text = report.text
    parts = blocks(text)
    positions = [
        Position(span, number, order, block.heading)
        for number, block in enumerate(parts)
        for order, span in enumerate(block.sentences)
    ]
    capitals = in_capitals(text)
    short = [] if capitals else short_harms(text)
    other = of_other_genre(text, [block.span for block in parts])
    gated = [(at, found) for at, found in _gate(positions, hits(_lower(text), short)) if not _lies_in(at.span, other)]
    if not gated:
        return _Draft(report, positions)
    openings = _openings(text, gated, capitals=capitals)
    times: Sequence[TimeMention] = find_times(text, report.published)
    parties, states = find_parties_and_states(
        text, on=_era(times, report.published), countries=lambda: countries_of(find_places(text))
    )
    parties = _without(parties, short)
    spoken_for = homes(text, parties)
    places: Sequence[PlaceMention] = without_peoples(text, find_places(text, homes=spoken_for))
    spans = [*(party.span for party in parties), *(place.place.span for place in places)] if capitals else []
    heads: list[Header] = []
    if not capitals:
        places = with_chains(text, places, [*(p.span for p in parties), *(t.span for t in times)])
        heads = headers(text, times, places, parties, report.published)
        places = _merged(places, [place for head in heads for place in head.places])
        times = sorted([*times, *(time for head in heads for time in head.times)], key=lambda time: time.span)
    put = put_plainly(
        readable(text, spans) if capitals else text,
        [position for position, _ in gated],
        [time.span for time in times],
        openings,
        names(text, parties, places),
        short,
    )
    opened = {head.span[0] for head in heads}
    dispatched = [span for span in openings.values() if of_dispatch(text, span) and span[0] not in opened]
    found = [known for _, known in gated]
    return _Draft(
        report,
        positions,
        found,
        put,
        times,
        dispatched,
        places,
        parties,
        states,
        [head.span for head in heads],
        home(places, spoken_for),
    )


def _era(times: Sequence[TimeMention], published: dt.date | None) -> dt.date | None:
    """The day by which the kinds of parties go: the last one told, where a text tells of days long past."""
    days = [t.start for t in times if t.role == "date" and t.precision == "day" and t.start is not None]
    last = max(days, default=None)
    return last if last is not None and (published is None or last < published) else published


def _page(draft: _Draft, sentences: Sequence[Sentence]) -> Page:
    text = draft.report.text
    lines = [Line(sentence, found) for sentence, found in zip(sentences, draft.hits, strict=True)]
    told = [time for time in draft.times if not any(a <= time.span[0] < b for a, b in draft.dispatched)]
    _share(lines, "times", told)
    _share(lines, "places", draft.places)
    _share_positions(lines, text, draft.places)
    _share(lines, "parties", draft.parties)
    _share(lines, "states", draft.states)
    give_leads(lines, draft.positions, draft.times, draft.places, draft.headers)
    dateline = next((p for p in draft.places if p.role == "dateline" and p.fineness >= TOWN), None)
    for line in lines:
        line.places = without_persons(line.sentence, with_country(with_spots(line, text, dateline), draft.home))
        line.names = frozenset(_tokens_of_names(line))
    return Page(draft.report, text, lines)


def _without(parties: tuple[PartyMention, ...], short: Sequence[Short]) -> tuple[PartyMention, ...]:
    """The parties, without words of harm cut short that are written like one ("3 KIA")."""
    if not short:
        return parties
    taken = {span[0] for span, _ in short}
    return tuple(party for party in parties if party.span[0] not in taken)


def _merged(places: Sequence[PlaceMention], new: Sequence[PlaceMention]) -> Sequence[PlaceMention]:
    """The places in order, without those that a new one takes in."""
    if not new:
        return places
    spans = [mention.place.span for mention in new]
    kept = [p for p in places if not any(a < p.place.span[1] and p.place.span[0] < b for a, b in spans)]
    return sorted([*kept, *new], key=lambda mention: mention.place.span)


def _openings(text: str, gated: list[tuple[Position, list[Hit]]], *, capitals: bool) -> dict[Span, Span]:
    """The openings of sentences, by the spans of the sentences; one that holds a word of the lexicon is none."""
    found: dict[Span, Span] = {}
    for position, known in gated:
        span = opening(text, position.span, capitals=capitals)
        if span is not None and not any(hit.start < span[1] and _tells(hit) for hit in known):
            found[position.span] = span
    return found


def _tells(hit: Hit) -> bool:
    """Whether a word tells of an event by itself; "strip" of "Gaza Strip" does not, nor "the attack" of one before."""
    return any(entry.type not in ("same", "object") for entry in hit.entries)


def _lower(text: str) -> str:
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _gate(places: list[Position], found: list[Hit]) -> list[tuple[Position, list[Hit]]]:
    """The sentences that hold a word of the lexicon, with their hits."""
    starts = [position.span[0] for position in places]
    gated: dict[int, list[Hit]] = {}
    for hit in found:
        index = bisect_right(starts, hit.start) - 1
        if index >= 0 and hit.end <= places[index].span[1]:
            gated.setdefault(index, []).append(hit)
    return [(places[index], found) for index, found in sorted(gated.items())]


def _lies_in(span: Span, stretches: Sequence[Span]) -> bool:
    return any(start <= span[0] < end for start, end in stretches)


def _share(lines: list[Line], name: str, mentions: Iterable[TimeMention | PlaceMention | PartyMention]) -> None:
    """Give each mention to the line that holds it."""
    starts = [line.span[0] for line in lines]
    for mention in mentions:
        start, end = mention.place.span if isinstance(mention, PlaceMention) else mention.span
        index = bisect_right(starts, start) - 1
        if index >= 0 and end <= lines[index].span[1]:
            getattr(lines[index], name).append(mention)


def _share_positions(lines: list[Line], text: str, places: Iterable[PlaceMention]) -> None:
    """Give a position in figures that stands alone to the line before it: "Four killed. Coordinates: 31.2, 34.2"."""
    ends = [line.span[1] for line in lines]
    for mention in places:
        start = mention.place.span[0]
        index = bisect_right(ends, start) - 1
        if index < 0 or not is_written(mention.place) or any(a <= start < b for a, b in (line.span for line in lines)):
            continue
        between = text[ends[index] : start]
        if between.count("\n\n") == 0 and {*_WORD.findall(between.lower())} <= word_set("setting", "before_positions"):
            lines[index].places.append(mention)


def _tokens_of_names(line: Line) -> Iterator[int]:
    """Tokens inside the names of places, parties and dates: they name no person."""
    spans = [mention.span for mention in (*line.parties, *line.states)] + [time.span for time in line.times]
    for span in spans:
        yield from line.sentence.tokens_in(span)
    for place in line.places:
        if place.place.lat is not None or place.role != "mention":
            yield from line.sentence.tokens_in(place.place.span)
