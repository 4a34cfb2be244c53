"""The ledger of an incident: every source's figures, and which of them stand.

In: the events of an incident, and the lineage of their reports. Out: `Entry`s in order of id, each with its state:
`current`, `superseded` by a later figure of the same source, a `copy` of what the source has said before, a `part` of a
whole, or a cumulative `toll`. Neither the order of the events nor a copy of a report changes what stands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from ascertain.incidents.counts import Size, size_of
from ascertain.incidents.entries import Entry, Standing, Telling, entries_of, in_words, toll_entries
from ascertain.incidents.events import Event
from ascertain.incidents.voices import Lineage
from ascertain.model import EventClaim, ReportHeader, Saying, TollClaim, saying

# How lineages call a report that speaks for itself, before its id.
_ITSELF = ("", "report ", "report:")


def ledger(events: Iterable[Event], lineage: Lineage, call: Callable[[str], str] = in_words) -> tuple[Entry, ...]:
    """The entries of one incident, each in its state; `call` puts a source in the words of the reasons.

    Cumulative tolls that reports give beside it are kept in the ledger and count for nothing.
    """
    told = sorted(events, key=lambda event: event.id)
    publishers = {event.report.id: event.report.publisher for event in told}
    found: dict[str, Entry] = {}
    for event in told:
        for claim in event.claims:
            for entry in entries_of(_telling(event.report, claim, lineage, publishers)):
                found.setdefault(entry.id, entry)
        for toll in event.tolls:
            for entry in toll_entries(_telling(event.report, toll, lineage, publishers)):
                found.setdefault(entry.id, entry)
    return tuple(sorted(_standing(list(found.values()), call), key=lambda entry: entry.id))


def _telling(
    report: ReportHeader, claim: EventClaim | TollClaim, lineage: Lineage, publishers: dict[str, str | None]
) -> Telling:
    """The claim with its sources: the voices, but that a report which speaks for itself is its publisher's."""
    origin, voices = lineage.origin(report.id), lineage.voices(report.id, claim)
    publisher = publishers.get(origin)
    speaks_for_itself = not claim.said_by and set(voices) <= {f"{sort}{origin}" for sort in _ITSELF}
    sources = (f"publisher:{publisher}",) if speaks_for_itself and publisher else voices
    return Telling(report, claim, origin, voices, sources)


@dataclass(frozen=True, slots=True)
class _Word:
    """What one source says in one report of one outcome and group."""

    source: str
    report: str
    origin: str
    published: dt.date | None
    size: Size
    entries: tuple[Entry, ...]

    @property
    def lead(self) -> Entry:
        """The entry that leads in it."""
        return self.size.lead

    @property
    def tells(self) -> tuple[object, ...]:
        """What it says, told apart from when and where."""
        return self.size.low, self.size.best, self.size.high, self.size.precision


def _standing(entries: Sequence[Entry], call: Callable[[str], str]) -> list[Entry]:
    """The entries with what became of each: it falls when each of its sources has said something since."""
    if len({entry.report for entry in entries}) < 2:
        return list(entries)
    marks: dict[str, dict[str, Standing]] = {}
    for words in _by_source(entries):
        for entry, source, standing in _successions(words, call):
            marks.setdefault(entry.id, {})[source] = standing
    return [_marked(entry, marks.get(entry.id, {})) for entry in entries]


def _by_source(entries: Sequence[Entry]) -> list[list[_Word]]:
    """What each source says of each outcome and group, oldest first."""
    told: dict[tuple[str, str, str], dict[str, list[Entry]]] = {}
    for entry in entries:
        if entry.state != "toll":
            for source in entry.sources:
                told.setdefault((source, entry.outcome, entry.group), {}).setdefault(entry.report, []).append(entry)
    return [_ordered([w for some in reports.values() if (w := _word(key[0], some))]) for key, reports in told.items()]


def _word(source: str, entries: Sequence[Entry]) -> _Word | None:
    size = size_of(entries, entries[0].group)
    first = entries[0]
    return None if size is None else _Word(source, first.report, first.origin, first.published, size, tuple(entries))


def _ordered(words: Sequence[_Word]) -> list[_Word]:
    """Oldest first; a copy is as old as what it copies; of one day the higher comes later, as tolls rise."""
    first: dict[tuple[object, ...], dt.date] = {}
    for word in words:
        key, day = (word.origin, word.tells), word.published or dt.date.min
        first[key] = min(first.get(key, day), day)

    def age(word: _Word) -> tuple[object, ...]:
        day = first[word.origin, word.tells]
        return day, not word.size.vague, word.size.best or 0, _text(word.tells), word.origin != word.report, word.report

    return sorted(words, key=age)


def _text(values: Iterable[object]) -> str:
    return " ".join(map(str, values))


def _successions(words: Sequence[_Word], call: Callable[[str], str]) -> Iterable[tuple[Entry, str, Standing]]:
    """What a later word of a source makes of an earlier one, or an earlier of a later."""
    standing: list[_Word] = []
    for word in words:
        if not standing:
            standing = [word]
        elif why := _repeats(word, standing[0], call(word.source)):
            yield from ((entry, word.source, ("copy", standing[0].lead.id, why)) for entry in word.entries)
            standing.append(word)
        else:
            why = _succeeds(word, standing[0], call(word.source))
            fallen = [entry for earlier in standing for entry in earlier.entries]
            yield from ((entry, word.source, ("superseded", word.lead.id, why)) for entry in fallen)
            standing = [word]


def _repeats(word: _Word, earlier: _Word, source: str) -> Saying | None:
    """Why a later word of a source adds nothing to its earlier one, or `None` where it says something else."""
    if word.tells == earlier.tells:
        return saying("says what {source} had already said in report {report}", source=source, report=earlier.report)
    new, old = word.size.best, earlier.size.best
    weaker = word.size.vague and not earlier.size.vague
    fewer = new is not None and old is not None and new < old and not earlier.size.vague
    minimum = new == old and earlier.size.precision == "exact" and word.size.precision == "bounded"
    if weaker or minimum or (fewer and (word.size.high is None or word.size.incomplete)) or word.size.rounds(old):
        return saying(
            "says no more than {source} had already said in report {report}", source=source, report=earlier.report
        )
    return None


def _succeeds(word: _Word, earlier: _Word, source: str) -> Saying:
    if word.published and earlier.published and word.published > earlier.published:
        return saying(
            "a later figure of the same source, {source}, in report {report} of {day}",
            source=source,
            report=word.report,
            day=word.published.isoformat(),
        )
    if word.size.best == earlier.size.best:
        return saying(
            "the same number again of the same source, {source}, told in other words in report {report}",
            source=source,
            report=word.report,
        )
    return saying(
        "the higher of two figures of the same source, {source}, with no date to tell them apart", source=source
    )


def _marked(entry: Entry, marks: dict[str, Standing]) -> Entry:
    """The entry in its state; one of several voices stands as long as one of them stands by it."""
    if not marks or len(marks) < len(set(entry.sources)):
        return entry
    state, by, why = min(marks.values(), key=lambda mark: (mark[0] != "superseded", mark[1] or "", mark[2] or ""))
    return replace(entry, state=state, by=by, why=why)
