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
from ascertain.incidents.copies import Copies
from ascertain.incidents.speakers import in_full, introduced, voice
from ascertain.incidents.wordings import Numbers, Wording, likeness
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


@dataclass(frozen=True, slots=True)
class _Family:
    """A report and its copies, by rows; which of them is the origin, and the agency whose text they are, where one of
    them says so; the origin's word first."""

    rows: tuple[int, ...]
    origin: int
    agency: str | None

    @classmethod
    def of(cls, rows: Sequence[int], cards: Sequence[Card]) -> _Family:
        """The family of these rows."""
        ranked = sorted(rows, key=lambda row: cards[row].rank)
        credited = (cards[row].publishing or cards[row].credited for row in ranked)
        return cls(tuple(rows), ranked[0], next(filter(None, credited), None))


@dataclass(frozen=True)
class Lineage:
    """Who copied whom among some reports. `cards` has one for each report, `wordings` which of those in `known` its
    text is, -1 without words."""

    cards: tuple[Card, ...]
    known: Copies
    wordings: Numbers
    _rows: Mapping[str, int] = field(repr=False)

    @cached_property
    def _groups(self) -> Numbers:
        """For each report a number that it shares with its copies."""
        return self.known.groups_of(self.wordings)

    @cached_property
    def _sorted(self) -> tuple[Numbers, Numbers]:
        """The rows of the reports by their groups, and the group of each."""
        order = np.argsort(self._groups, kind="stable")
        return order, self._groups[order]

    @cached_property
    def _families(self) -> dict[int, _Family]:
        """The groups that were asked for."""
        return {}

    def _family(self, row: int) -> _Family:
        """The group of a report."""
        group = int(self._groups[row])
        if group not in self._families:
            order, groups = self._sorted
            begin, end = np.searchsorted(groups, [group, group + 1]).tolist()
            self._families[group] = _Family.of(order[begin:end].tolist(), self.cards)
        return self._families[group]

    def origin(self, report_id: str) -> str:
        """The id of the report that stands for this one and all its copies; its own where it is no copy.

        Raises:
            KeyError: no such report was traced.
        """
        return self.cards[self._family(self._rows[report_id]).origin].id

    def copies(self, report_id: str) -> tuple[str, ...]:
        """The ids of all reports that share the origin of this one, itself among them, in order."""
        return tuple(sorted(self.cards[row].id for row in self._family(self._rows[report_id]).rows))

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
        family = self._family(row)
        return f"agency:{family.agency}" if family.agency else f"report:{self.cards[family.origin].id}"

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
        family = self._family(row)
        said = [] if family.origin == row else [_of_copy(self, row, family.origin)]
        return (*said, _of_agency(self.cards[row], family.agency)) if family.agency else tuple(said)


def _of_copy(lineage: Lineage, row: int, origin: int) -> str:
    wordings = lineage.wordings[[row, origin]]
    alike = likeness(lineage.known.wording, wordings[:1], wordings[1:])
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

    Tracing some and then others gives what tracing all at once gives, in any order; what is known is not compared
    again. Ids are taken to be unique: a report that `known` holds is replaced, and all are traced anew. A reading
    without a sketch is nobody's copy.

    >>> from ascertain.incidents.sketch import sketch
    >>> from ascertain.model import Report
    >>> text = "Shells hit a market in Zarnek on Friday, killing 11 people and wounding 20, the mayor said."
    >>> reports = [Report(id="r1", text=text), Report(id="r2", text=f"ZARNEK (AFP) - {text}")]
    >>> made = trace(Reading(report=report.header, sketch=sketch(report)) for report in reports)
    >>> made.origin("r1"), made.reasons("r1")
    ('r2', ('100 % of its runs of words stand in r2', 'a copy of it is credited to the agency AFP'))
    """
    cards: list[Card] = []
    parts: list[Wording] = []
    for batch in _batches(readings):
        cards += map(Card.of, batch)
        parts.append(Wording.of([reading.sketch for reading in batch]))
    return traced(cards, Wording.joined(parts), known)


def _batches(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    rest = iter(readings)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def traced(cards: Sequence[Card], wording: Wording, known: Lineage | None = None) -> Lineage:
    """The lineage of reports of which these are the cards and the rows of wording, and of those of `known` with them;
    the last of an id counts."""
    before = known or Lineage((), Copies.none(), np.empty(0, dtype=np.int64), {})
    rows = dict(before._rows)
    rows.update((card.id, row) for row, card in enumerate(cards, len(before.cards)))
    if len(rows) < len(before.cards) + len(cards):
        return _replaced(before, cards, wording, rows)
    copies, wordings = before.known.plus(wording)
    return Lineage((*before.cards, *cards), copies, np.concatenate([before.wordings, wordings]), rows)


def _replaced(before: Lineage, cards: Sequence[Card], wording: Wording, rows: Mapping[str, int]) -> Lineage:
    """The lineage of the last report of each id, traced anew."""
    kept = np.array(sorted(rows.values()), dtype=np.int64)
    silent = Wording.of([None])
    known = Wording.joined([before.known.wording, silent]).of_rows(before.wordings)
    copies, wordings = Copies.none().plus(Wording.joined([known, wording]).of_rows(kept))
    both = (*before.cards, *cards)
    last = tuple(both[row] for row in kept.tolist())
    return Lineage(last, copies, wordings, {card.id: row for row, card in enumerate(last)})
