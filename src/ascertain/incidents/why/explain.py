"""The answer put together from its parts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ascertain.incidents.entries import Entry
from ascertain.incidents.events import Event, stories_of
from ascertain.incidents.figures import reconcile
from ascertain.incidents.grading import grade
from ascertain.incidents.ledger import ledger
from ascertain.incidents.lineage import Lineage, trace
from ascertain.incidents.linking.index import Index
from ascertain.incidents.linking.model import shipped
from ascertain.incidents.policies import DEFAULT, POLICIES, Policy
from ascertain.incidents.why.answer import GradingWhy, Join, NearMiss, Why
from ascertain.incidents.why.counts import figures_explained, ledger_told
from ascertain.incidents.why.links import joins, near_misses
from ascertain.incidents.why.record import Neighbourhood, Results
from ascertain.incidents.why.sources import carriers_of, names_of, sources_of
from ascertain.model import Incident, Span


def explain(asked: str, folder: Path) -> Why:
    """What the incident of an id rests on; an id that leads to another incident is followed.

    Raises:
        SettingsError: the folder holds no results, or no incident has the id.
        InputError: a line of the results is damaged.
        DataFileError: the file of the run's parameters has a fault.
    """
    results = Results(folder)
    incident = results.incident(asked)
    around = results.around(incident)
    lineage = trace([r for r in around.readings if not results.apart or r.report.id in incident.reports])
    names = names_of(around.own, lineage)
    entries = ledger(around.own, lineage, names.of)
    policy = POLICIES.get(incident.policy or DEFAULT, POLICIES[DEFAULT])
    graded = grade(around.own, lineage, names.of)
    joined, near = ((), ()) if results.apart else _linked(results, around, lineage)
    return Why(
        asked=asked,
        incident=incident,
        sources=sources_of(around.own, lineage, names),
        reports=carriers_of(around.own, lineage),
        figures=figures_explained(entries, policy),
        ledger=ledger_told(entries, names, _evidence(around)),
        grading=GradingWhy(grade=graded.grading, because=graded.reasons),
        joins=joined,
        near_misses=near,
        notes=tuple(_notes(asked, incident, entries, policy, results)),
    )


def _evidence(around: Neighbourhood) -> dict[str, tuple[Span, ...]]:
    """The evidence of each claim, by its id with its report's before it."""
    return {
        f"{reading.report.id}/{claim.id}": claim.evidence for reading in around.readings for claim in reading.claims
    }


def _linked(results: Results, around: Neighbourhood, lineage: Lineage) -> tuple[tuple[Join, ...], tuple[NearMiss, ...]]:
    known = results.model()
    index = Index((known or shipped()).counting(around.words), estimate=known is None)
    index.add(map(stories_of, around.readings))
    own = {event.id for event in around.own}
    others: Sequence[Event] = [e for reading in around.readings for e in stories_of(reading) if e.id not in own]
    found = joins(index, around.own, lineage), near_misses(index, around.own, others, results.incidents_of)
    index.close()
    return found


def _notes(asked: str, incident: Incident, entries: Sequence[Entry], policy: Policy, results: Results) -> list[str]:
    """What a reader of the answer should know besides."""
    notes = []
    if asked != incident.id:
        notes.append(f"{asked} leads here: that incident has become part of {incident.id}")
    if results.apart:
        notes.append("the run kept each report's incidents to itself (--apart): nothing was joined or compared")
    if reconcile(entries, policy) != incident.figures:
        notes.append("the results were made by another version, which came to other figures than the ledger does now")
    return notes
