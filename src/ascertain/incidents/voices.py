"""Voices: who tells of an event, in each report of it.

In: events and the lineage of their reports. Out: each claim with its original voices, and the voices behind an
incident: the one count of its sources, by which it is graded too. Where a report names somebody who tells of the event,
what it adds in its own voice counts for them: a paper that quotes the police is one source, not two. A report that
claims nothing is nobody's voice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from ascertain.incidents.events import Event
from ascertain.model import Claim, EventClaim


class Lineage(Protocol):
    """Who copied whom, and who says a thing first."""

    def origin(self, report_id: str, /) -> str:
        """The report that stands for all its copies."""

    def voices(self, report_id: str, claim: Claim, /) -> tuple[str, ...]:
        """Who originally says it, each once; an origin of its own for a report that speaks for itself."""


@dataclass(frozen=True, slots=True)
class Apart:
    """The lineage of reports of which nothing is known: none is a copy, and speakers are told apart by their words.

    >>> Apart().origin("r1")
    'r1'
    """

    def origin(self, report_id: str) -> str:
        """The report itself."""
        return report_id

    def voices(self, report_id: str, claim: Claim) -> tuple[str, ...]:
        """The speakers whom the claim names, or the report."""
        return tuple(sorted({_plain(speaker.text) for speaker in claim.said_by})) or (f"report {report_id}",)


def _plain(words: str) -> str:
    return " ".join(words.casefold().split()).removeprefix("the ")


def heard(events: Iterable[Event], lineage: Lineage) -> Iterator[tuple[Event, EventClaim, tuple[str, ...]]]:
    """The claims of the events of one incident, each with the voices that it counts for.

    >>> from ascertain.model import Attribution, ReportHeader
    >>> police = Attribution(text="police", span=(0, 6), kind="official")
    >>> quoted = EventClaim(id="c1", type="attack", evidence=((0, 9),), said_by=(police,))
    >>> told = (quoted, EventClaim(id="c2", type="attack", evidence=((9, 20),)))
    >>> [voices for _, _, voices in heard([Event(ReportHeader(id="r1"), told)], Apart())]
    [('police',), ('police',)]
    """
    told = [(event, claim, voices) for event in events for claim, voices in _heard(event, lineage)]
    meant = _meant({voice for _, _, voices in told for voice in voices})
    for event, claim, voices in told:
        yield event, claim, tuple(sorted({one for voice in voices for one in meant.get(voice, (voice,))}))


def _meant(voices: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Of the voices of one incident those that are others: an agency that quotes people is no source beside them, and a
    surname is the one person's whose name it ends.

    >>> _meant(["agency:afp", "agency:afp: medics", "nuru", "jemal nuru"])
    {'agency:afp': ('agency:afp: medics',), 'nuru': ('jemal nuru',)}
    """
    quoted: dict[str, list[str]] = {}
    named: dict[str, list[str]] = {}
    for voice in sorted(voices):
        if voice.startswith("agency:") and ": " in voice:
            quoted.setdefault(voice.partition(": ")[0], []).append(voice)
        elif " " in voice and not {":", "/"} & {*voice}:
            named.setdefault(voice.rpartition(" ")[2], []).append(voice)
    agencies = {voice: tuple(people) for voice, people in quoted.items() if voice in voices}
    return agencies | {name: tuple(full) for name, full in named.items() if name in voices and len(full) == 1}


def _heard(event: Event, lineage: Lineage) -> Iterator[tuple[EventClaim, tuple[str, ...]]]:
    """The claims of one report's event; those without a speaker count for the speakers of the others."""
    of_each = [(claim, lineage.voices(event.report.id, claim)) for claim in event.claims]
    named = tuple(sorted({voice for claim, voices in of_each if claim.said_by for voice in voices}))
    for claim, voices in of_each:
        yield claim, voices if claim.said_by or not named else named


def behind(events: Iterable[Event], lineage: Lineage) -> dict[str, tuple[str, ...]]:
    """The voices behind an incident in order, each with the reports that carry it; where nothing at all is claimed,
    each report speaks for itself or its origin."""
    events = tuple(events)
    carried: dict[str, set[str]] = {}
    for event, _, voices in heard(events, lineage):
        for voice in voices:
            carried.setdefault(voice, set()).add(event.report.id)
    if not carried:
        for event in events:
            carried.setdefault(f"report:{lineage.origin(event.report.id)}", set()).add(event.report.id)
    return {voice: tuple(sorted(carried[voice])) for voice in sorted(carried)}
