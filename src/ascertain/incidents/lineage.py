"""Lineage: who copied whom, and who it is that says something first.

In: readings with their sketches. Out: a `Lineage`: the report that stands for all its copies, the voices of a claim,
and the reasons in words. Reports and statements that share an origin count once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

import numpy as np

from ascertain.incidents.agencies import agencies, agency_credited, agency_publishing, credits_in
from ascertain.incidents.copies import Wording, copies_among, likeness
from ascertain.incidents.speakers import in_full, introduced, voice
from ascertain.model import Attribution, Claim, Reading, Sketch

Rank = tuple[dt.date, bool, bool, int, str]

_BATCH = 4096


@dataclass(frozen=True, slots=True)
class Card:
    """What lineage keeps of a report: when and by whom it was published, whose text it says it is, how far it goes,
    where it names agencies, and the people who speak in it: the name of each, and whose voice that is."""

    id: str
    published: dt.date | None
    publishing: str | None
    credited: str | None
    length: int
    credits: tuple[tuple[int, str], ...]
    people: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, reading: Reading) -> Card:
        """The card of a report."""
        sketch = reading.sketch or Sketch()
        spoken = dict.fromkeys((s.text, _country(claim)) for claim in reading.claims for s in claim.said_by)
        people = dict.fromkeys(person for words, country in spoken if (person := introduced(words, country)))
        return cls(
            id=reading.report.id,
            published=reading.report.published,
            publishing=agency_publishing(reading.report),
            credited=agency_credited(sketch),
            length=max((at for at in sketch.at if at is not None), default=0),
            credits=credits_in(sketch),
            people=tuple(people),
        )

    @property
    def rank(self) -> Rank:
        """The origin is the first by this: the earliest published, else the agency's own, the longest, by id."""
        return (self.published or dt.date.max, self.publishing is None, self.credited is None, -self.length, self.id)


@dataclass(frozen=True)
class Lineage:
    """Who copied whom among some reports. `cards` and `wording` have one row a report, `groups` a number for each row
    that it shares with its copies."""

    cards: tuple[Card, ...]
    wording: Wording
    groups: tuple[int, ...]
    _rows: Mapping[str, int] = field(repr=False)

    @cached_property
    def _origins(self) -> Mapping[int, int]:
        """The row of the origin of each group."""
        first: dict[int, int] = {}
        for row, group in enumerate(self.groups):
            if group not in first or self.cards[row].rank < self.cards[first[group]].rank:
                first[group] = row
        return first

    @cached_property
    def _agencies(self) -> Mapping[int, str]:
        """The agency whose text the reports of a group are, where one of them says so; the origin's word first."""
        told: dict[int, tuple[Rank, str]] = {}
        for card, group in zip(self.cards, self.groups, strict=True):
            if agency := card.publishing or card.credited:
                told[group] = min(told.get(group, (card.rank, agency)), (card.rank, agency))
        return {group: agency for group, (_, agency) in told.items()}

    def origin(self, report_id: str) -> str:
        """The id of the report that stands for this one and all its copies; its own where it is no copy.

        Raises:
            KeyError: no such report was traced.
        """
        return self.cards[self._origins[self.groups[self._rows[report_id]]]].id

    def copies(self, report_id: str) -> tuple[str, ...]:
        """The ids of all reports that share the origin of this one, itself among them, in order."""
        group = self.groups[self._rows[report_id]]
        return self._members[group]

    @cached_property
    def _members(self) -> Mapping[int, tuple[str, ...]]:
        found: dict[int, list[str]] = {}
        for card, group in zip(self.cards, self.groups, strict=True):
            found.setdefault(group, []).append(card.id)
        return {group: tuple(sorted(ids)) for group, ids in found.items()}

    def voices(self, report_id: str, claim: Claim) -> tuple[str, ...]:
        """Who originally says what a claim asserts, sorted, each once.

        A speaker with a name, an office or a party is one voice in whatever report. People without a name ("residents")
        are a voice of their report's origin. Without a speaker the origin speaks: the agency whose text it is, else
        the report.

        Raises:
            KeyError: no such report was traced.
        """
        row = self._rows[report_id]
        own = self._own_voice(row)
        return original_voices(self.cards[row], own, claim)

    def _own_voice(self, row: int) -> str:
        group = self.groups[row]
        agency = self._agencies.get(group)
        return f"agency:{agency}" if agency else f"report:{self.cards[self._origins[group]].id}"

    def speaks_as(self, report_id: str) -> str:
        """The voice of a report where it names no speaker: the agency whose text it is, else its origin's.

        Raises:
            KeyError: no such report was traced.
        """
        return self._own_voice(self._rows[report_id])

    def reasons(self, report_id: str) -> tuple[str, ...]:
        """Why a report counts as a copy, or as an agency's text, in words; empty where it counts for itself.

        Raises:
            KeyError: no such report was traced.
        """
        row = self._rows[report_id]
        group = self.groups[row]
        origin = self._origins[group]
        said = [] if origin == row else [_of_copy(self, row, origin)]
        agency = self._agencies.get(group)
        return (*said, _of_agency(self.cards[row], agency)) if agency else tuple(said)


def _of_copy(lineage: Lineage, row: int, origin: int) -> str:
    alike = likeness(lineage.wording, np.array([row]), np.array([origin]))
    ours, theirs = round(100 * float(alike.first[0])), round(100 * float(alike.second[0]))
    other, when = lineage.cards[origin], _days_between(lineage.cards[row], lineage.cards[origin])
    if max(ours, theirs) < 20:
        return f"it is a copy of a copy of {other.id}{when}: the wording changed step by step"
    if ours >= theirs:
        return f"{ours} % of its runs of words stand in {other.id}{when}"
    return f"it holds {theirs} % of the runs of words of {other.id}{when}"


def _days_between(copy: Card, origin: Card) -> str:
    if copy.published is None or origin.published is None:
        return ""
    days = (copy.published - origin.published).days
    return ", published the same day" if days == 0 else f", published {days} day{'s' if days > 1 else ''} before"


def _of_agency(card: Card, agency: str) -> str:
    name = agencies().titles[agency]
    if card.publishing == agency:
        return f"its publisher is the agency {name}"
    if card.credited == agency:
        return f"it gives the agency {name} as its source, in its first line or at its end"
    return f"a copy of it is credited to the agency {name}"


def original_voices(card: Card, own: str, claim: Claim) -> tuple[str, ...]:
    """Who originally says what a claim asserts, sorted, each once; `own` is the voice of its report."""
    if not claim.said_by:
        return (own,)
    teller = _listener(card, claim) or own
    return tuple(sorted({_voice(card, speaker, claim, teller) for speaker in claim.said_by}))


def _listener(card: Card, claim: Claim) -> str | None:
    """The agency that the words of a claim name: "a resident told AFP"."""
    within = (agency for at, agency in card.credits if any(a <= at < b for a, b in claim.evidence))
    agency = next(within, None)
    return f"agency:{agency}" if agency else None


def _voice(card: Card, speaker: Attribution, claim: Claim, teller: str) -> str:
    named = voice(speaker.text, _country(claim))
    if named is None:
        plain = " ".join(speaker.text.casefold().split())
        return f"{teller}: {plain}"
    return in_full(named, card.people)


def _country(claim: Claim) -> str | None:
    return claim.where.country if claim.where is not None else None


def trace(readings: Iterable[Reading], known: Lineage | None = None) -> Lineage:
    """The lineage of some reports, and of those of `known` with them.

    Tracing some and then others gives what tracing all at once gives, in any order. Ids are taken to be unique: a
    report that `known` holds is replaced. A reading without a sketch is nobody's copy.

    >>> from ascertain.incidents.sketch import sketch
    >>> from ascertain.model import Report
    >>> text = "Shells hit a market in Zarnek on Friday, killing 11 people and wounding 20, the mayor said."
    >>> reports = [Report(id="r1", text=text), Report(id="r2", text=f"ZARNEK (AFP) - {text}")]
    >>> made = trace(Reading(report=report.header, sketch=sketch(report)) for report in reports)
    >>> made.origin("r1"), made.reasons("r1")
    ('r2', ('100 % of its runs of words stand in r2', 'a copy of it is credited to the agency AFP'))
    """
    cards = list(known.cards) if known is not None else []
    parts = [known.wording] if known is not None else []
    for batch in _batches(readings):
        cards += map(Card.of, batch)
        parts.append(Wording.of([reading.sketch for reading in batch]))
    wording = Wording.joined(parts)
    return traced(cards, wording)


def _batches(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    rest = iter(readings)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def traced(cards: Sequence[Card], wording: Wording) -> Lineage:
    """The lineage of reports of which these are the cards and the rows of wording; the last of an id counts."""
    last = {card.id: row for row, card in enumerate(cards)}
    if len(last) < len(cards):
        kept = sorted(last.values())
        cards, wording = [cards[row] for row in kept], wording.of_rows(np.array(kept, dtype=np.int64))
        last = {card.id: row for row, card in enumerate(cards)}
    return Lineage(tuple(cards), wording, tuple(copies_among(wording).tolist()), last)
