"""An incident as the desk shows it: its values with what each source says, and the words that say so."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from ascertain.desk.selectors.passages import Mark, Passage, passages
from ascertain.desk.showing import worded
from ascertain.incidents.entries import Entry
from ascertain.incidents.events import Event, stories_of
from ascertain.incidents.grading import grade
from ascertain.incidents.ledger import ledger
from ascertain.incidents.lineage import Lineage
from ascertain.incidents.policies import DEFAULT, POLICIES
from ascertain.incidents.why.answer import FigureWhy
from ascertain.incidents.why.counts import figures_explained
from ascertain.incidents.why.sources import Names, names_of
from ascertain.model import Claim, EventClaim, Incident, IncidentFigure, Saying, Span
from ascertain.record.models import IncidentClaim, IncidentRow, ReportRow
from ascertain.record.selectors.readings import readings_of
from ascertain.record.services.tracing import KeptLineage
from ascertain.release.charts import Range, Said, TollAt, TollLine, range_of

_MOST_REPORTS = 60
_MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class Chosen:
    """Why a number of a figure is what it is: `bound` is low, best, high, or "out" for a count that is left out."""

    bound: str
    value: int | None
    because: Saying


@dataclass(frozen=True, slots=True)
class FigureShown:
    """A figure with what each independent source says of it; `name` is what the page calls it, and `chosen` tells why
    its numbers are what they are."""

    name: str
    outcome: str
    group: str
    range: Range
    said: tuple[Said, ...]
    computed: Range | None = None
    is_corrected: bool = False
    chosen: tuple[Chosen, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """A party in its role, and how many independent sources name it."""

    name: str
    text: str
    role: str
    sources: int
    asserts: str


@dataclass(frozen=True, slots=True)
class CopyShown:
    """A report that says what another said before it."""

    report: str
    publisher: str | None
    published: dt.date | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one report says: its passages, who is quoted, and who copied it. `claims` are the ids of the claims that
    leave together, should the incident be split."""

    report: str
    title: str | None
    publisher: str | None
    published: dt.date | None
    url: str | None
    language: str | None
    passages: tuple[Passage, ...]
    speakers: tuple[str, ...]
    claims: tuple[str, ...]
    copies: tuple[CopyShown, ...] = ()
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """A report's whole text, as one passage."""

    title: str | None
    language: str | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """All of an incident that its page shows but its history and what is near it."""

    incident: Incident
    version: int
    since: dt.datetime
    status: str
    locked: bool
    changed: bool
    assigned_to: str | None
    sensitivity: str
    figures: tuple[FigureShown, ...]
    tolls: tuple[TollLine, ...]
    ledger: tuple[Entry, ...]
    parties: tuple[Party, ...]
    reasons: tuple[Saying, ...]
    evidence: tuple[Evidence, ...]
    reports: int
    corrected: Mapping[str, object]
    names: Names

    @property
    def claims(self) -> Iterator[Evidence]:
        """What may leave on its own."""
        return (one for one in self.evidence if one.claims)


def shown(row: IncidentRow) -> Shown:
    """An incident as it stands, from its row; some eight queries, however many reports it has."""
    incident = Incident.model_validate_json(row.value)
    state = json.loads(row.state)
    held = _held(row.pk)
    events = [event for event in _events(held) if _is_held(event, held)]
    lineage = cast(Lineage, KeptLineage.of(held))
    names = names_of(events, lineage)
    entries = ledger(events, lineage, names.of)
    corrected = {each["field"]: each["computed"] for each in state.get("corrections", ())}
    evidence = tuple(_evidence(events, incident, lineage))
    return Shown(
        incident=incident,
        version=row.version,
        since=row.since,
        status=row.status,
        locked=row.locked,
        changed=row.changed,
        assigned_to=state.get("assigned_to"),
        sensitivity=row.sensitivity,
        figures=tuple(_figures(incident, entries, names, corrected)),
        tolls=_tolls(entries, names),
        ledger=tuple(sorted(entries, key=_oldest)),
        parties=tuple(_parties(incident, events, lineage)),
        reasons=grade(events, lineage, names.of).reasons,
        evidence=evidence,
        reports=len(held),
        corrected=corrected,
        names=names,
    )


def source_names(shown: Shown, entry: Entry) -> str:
    """Who says what an entry of the ledger counts."""
    return ", ".join(worded(shown.names.of(source)) for source in entry.sources)


def whole_text(row: IncidentRow, report: str) -> Whole | None:
    """The whole text of a report of an incident, with the words marked that assert its values; `None` where it is no
    report of it."""
    held, found = _held(row.pk), ReportRow.objects.filter(pk=report).first()
    if found is None or report not in held:
        return None
    events = [event for event in _events({report: held[report]}) if _is_held(event, held)]
    parties = _party_names(Incident.model_validate_json(row.value))
    marks = [mark for event in events for mark in marks_of(event.claims, parties)]
    return Whole(found.title, found.language, passages(found.text, [(0, len(found.text))], marks))


def told_by_reports(incident: str) -> list[tuple[Event, bool]]:
    """The events that the reports of an incident tell of, the oldest reports first, and whether it holds each."""
    held = _held(incident)
    events = sorted(_events(held), key=lambda event: str(event.report.published or "9999"))
    return [(event, _is_held(event, held)) for event in events]


def _held(incident: str) -> dict[str, set[str]]:
    """The claims that the incident holds, by report."""
    found: dict[str, set[str]] = {}
    for report, claim in IncidentClaim.objects.filter(incident=incident).values_list("report_id", "claim"):
        found.setdefault(report, set()).add(claim)
    return found


def _events(held: Mapping[str, set[str]]) -> Iterator[Event]:
    silent = [report for report, claims in held.items() if "" in claims]
    for reports, with_sketches in ((held.keys() - set(silent), False), (silent, True)):
        for reading in readings_of(list(reports), with_sketches=with_sketches):
            yield from stories_of(reading)


def _is_held(event: Event, held: Mapping[str, set[str]]) -> bool:
    return not held[event.report.id].isdisjoint([claim.id for claim in event.claims] or [""])


def _figures(
    incident: Incident, entries: Sequence[Entry], names: Names, corrected: Mapping[str, object]
) -> Iterator[FigureShown]:
    keys = [(figure.outcome, figure.group) for figure in incident.figures]
    policy = POLICIES.get(incident.policy or DEFAULT, POLICIES[DEFAULT])
    why = {(each.outcome, each.group): each for each in figures_explained(entries, policy)}
    counts = {entry.id: entry for entry in entries}
    for figure in incident.figures:
        name = f"figures/{figure.outcome}/{figure.group}"
        computed = corrected.get(name)
        yield FigureShown(
            name=name,
            outcome=figure.outcome,
            group=figure.group,
            range=range_of(figure),
            said=tuple(_said(figure, entries, names)),
            computed=Range(**computed) if isinstance(computed, dict) else None,
            is_corrected=name in corrected,
            chosen=tuple(_chosen(why.get((figure.outcome, figure.group)), counts)),
        )
    for name, computed in corrected.items():
        kind, _, rest = name.partition("/")
        outcome, _, group = rest.partition("/")
        if kind == "figures" and (outcome, group) not in keys:
            told = Range(**computed) if isinstance(computed, dict) else None
            yield FigureShown(name, outcome, group, Range(), (), told, True)


def _chosen(why: FigureWhy | None, counts: Mapping[str, Entry]) -> Iterator[Chosen]:
    if why is None:
        return
    for bound, told in (("low", why.low), ("best", why.best), ("high", why.high)):
        yield Chosen(bound, told.value, told.because)
    for left in why.left_out:
        entry = counts[left.entry]
        yield Chosen("out", entry.value if entry.value is not None else entry.low, left.because)


def _said(figure: IncidentFigure, entries: Iterable[Entry], names: Names) -> Iterator[Said]:
    """What each independent source says now, each once."""
    told: set[str] = set()
    current = [entry for entry in entries if entry.state == "current" and entry.outcome == figure.outcome]
    for entry in _whole(entry for entry in current if entry.group == figure.group):
        for source in entry.sources:
            if source not in told:
                told.add(source)
                yield Said(worded(names.of(source)), entry.low, entry.high)


def _whole(entries: Iterable[Entry]) -> list[Entry]:
    """What sources count: who counts all of them is not shown with counts of some ("three more bodies"), and a count of
    a group ("five children") stands for all only where nobody counts all."""
    told = list(entries)
    own = [entry for entry in told if any(figure.group == entry.group for figure in entry.figures)]
    told = own or told
    counting_all = {source for entry in told if not entry.incomplete for source in entry.sources}
    return [entry for entry in told if not entry.incomplete or not counting_all.intersection(entry.sources)]


def _tolls(entries: Iterable[Entry], names: Names) -> tuple[TollLine, ...]:
    """How each source's count of the dead went on; nothing where there is but one day."""
    points: dict[str, dict[dt.date, TollAt]] = {}
    killed = [entry for entry in entries if (entry.outcome, entry.group) == ("killed", "people")]
    for entry in sorted(_whole(entry for entry in killed if entry.state != "toll"), key=_oldest):
        if entry.published:
            for source in entry.sources:
                points.setdefault(source, {})[entry.published] = TollAt(entry.published, entry.low, entry.high)
    if len({day for days in points.values() for day in days}) < 2:
        return ()
    longest = sorted(points.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:_MOST_LINES]
    return tuple(TollLine(worded(names.of(source)), tuple(days.values())) for source, days in longest)


def _oldest(entry: Entry) -> tuple[str, str]:
    return entry.published.isoformat() if entry.published else "9999", entry.id


def _parties(incident: Incident, events: Sequence[Event], lineage: Lineage) -> Iterator[Party]:
    voices: dict[str, set[str]] = {}
    for event in events:
        for claim in event.claims:
            for actor in claim.actors:
                voices.setdefault(actor.id or actor.text.casefold(), set()).update(
                    lineage.voices(event.report.id, claim)
                )
    for at, party in enumerate(incident.actors):
        sources = voices.get(party.id or party.text.casefold(), set())
        yield Party(party.name or party.text, party.text, party.role, len(sources), f"actors/{at}")


def _evidence(events: Sequence[Event], incident: Incident, lineage: Lineage) -> Iterator[Evidence]:
    """What each report says, the oldest first; copies stand with what they copy."""
    ordered = sorted(events, key=lambda event: (str(event.report.published or "9999"), event.id))
    ids = {event.report.id for event in ordered}
    copies: dict[str, list[Event]] = {}
    for event in ordered:
        origin = lineage.origin(event.report.id)
        if origin != event.report.id and origin in ids:
            copies.setdefault(origin, []).append(event)
    copied = {id(event) for several in copies.values() for event in several}
    originals = [event for event in ordered if id(event) not in copied][:_MOST_REPORTS]
    texts = dict(ReportRow.objects.filter(pk__in={e.report.id for e in originals}).values_list("pk", "text"))
    parties = _party_names(incident)
    for event in originals:
        told = {copy.report.id: copy for copy in copies.get(event.report.id, ())}
        yield _told(event, texts[event.report.id], parties, list(told.values()))


def _party_names(incident: Incident) -> dict[str, str]:
    """What the page calls each party, by its id and by its words."""
    return {key: f"actors/{at}" for at, a in enumerate(incident.actors) for key in (a.id, a.text.casefold()) if key}


def _told(event: Event, text: str, parties: Mapping[str, str], copies: Sequence[Event]) -> Evidence:
    report = event.report
    spans: list[Span] = [span for claim in event.claims for span in claim.evidence]
    if not event.claims and event.sketch and event.sketch.opening:
        spans = [event.sketch.opening]
    speakers = dict.fromkeys(" ".join(said.text.split()) for claim in event.claims for said in claim.said_by)
    return Evidence(
        report=report.id,
        title=report.title,
        publisher=report.publisher,
        published=report.published,
        url=report.url if report.url and report.url.startswith(("http://", "https://")) else None,
        language=report.language,
        passages=passages(text, spans, marks_of(event.claims, parties)),
        speakers=tuple(speakers),
        claims=tuple(f"{report.id}/{claim.id}" for claim in event.claims) or (f"{report.id}/",),
        copies=tuple(CopyShown(c.report.id, c.report.publisher, c.report.published, c.report.url) for c in copies),
        denied=any(claim.modality == "alleged" for claim in event.claims),
    )


def marks_of(claims: Iterable[Claim], parties: Mapping[str, str]) -> Iterator[Mark]:
    """The words of claims that assert values, as the page names these."""
    for claim in claims:
        if claim.when and claim.when.span:
            yield Mark(claim.when.span, "when", "time")
        if claim.where:
            yield Mark(claim.where.span, "where", "place")
        if not isinstance(claim, EventClaim):
            continue
        for figure in claim.figures:
            yield Mark(figure.span, f"figures/{figure.outcome}/{figure.group}", "harm")
        for target in claim.targets:
            yield Mark(target.span, "targets", "harm")
        for actor in claim.actors:
            yield Mark(actor.span, parties.get(actor.id or "", parties.get(actor.text.casefold(), "actors")), "party")
