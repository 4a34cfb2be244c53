"""From claims to incidents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from ascertain.incidents.events import Event, events_of
from ascertain.incidents.figures import reconcile
from ascertain.incidents.grading import grade
from ascertain.incidents.ledger import ledger
from ascertain.incidents.lineage import Lineage, trace
from ascertain.incidents.policies import DEFAULT, POLICIES
from ascertain.model import (
    EventClaim,
    Incident,
    IncidentActor,
    IncidentTarget,
    Place,
    Reading,
    When,
)


def build(readings: Iterable[Reading], *, apart: bool = False) -> tuple[Incident, ...]:
    """The incidents that the readings tell of.

    `apart` keeps each report's incidents to itself. The result does not depend on the order of the readings.
    """
    groups: dict[object, list[Event]] = {}
    known = list(readings)
    lineage = trace(known)
    for reading in known:
        for event in events_of(reading):
            key = (reading.report.id, event.claims[0].id) if apart else _key(event)
            groups.setdefault(key, []).append(event)
    made = [_incident(sorted(group, key=lambda event: event.report.id), lineage) for group in groups.values()]
    return tuple(sorted(made, key=lambda incident: incident.id))


def _key(event: Event) -> object:
    """Events of different reports with the same key are one; an event that says too little has a key of its own."""
    first = event.claims[0]
    killed = next((f for c in event.claims for f in c.figures if f.outcome == "killed" and f.part_of is None), None)
    if first.when is None or first.when.start is None or first.when.precision != "day" or first.where is None:
        return event.report.id, first.id
    if first.where.id is None or first.where.precision in ("region", "country") or killed is None:
        return event.report.id, first.id
    return first.type, first.when.start, first.where.id, killed.low, killed.high


def _incident(group: Sequence[Event], lineage: Lineage) -> Incident:
    claims = [claim for event in group for claim in event.claims]
    main = max(claims, key=lambda claim: (claim.modality == "asserted", claim.confidence))
    ids = tuple(f"{event.report.id}/{claim.id}" for event in group for claim in event.claims)
    return Incident(
        id="i" + hashlib.sha256("\n".join(ids).encode()).hexdigest()[:12],
        type=main.type,
        acled=main.acled,
        when=_when(claims),
        where=_where(claims),
        figures=reconcile(ledger(group, lineage), POLICIES[DEFAULT]),
        actors=_actors(claims),
        targets=_targets(claims),
        means=tuple(dict.fromkeys(means for claim in claims for means in claim.means)),
        reports=tuple(dict.fromkeys(event.report.id for event in group)),
        claims=ids,
        primary_for=tuple(event.report.id for event in group if event.main),
        sources=_sources(group, lineage),
        grading=grade(group, lineage).grading,
        policy=DEFAULT,
    )


def _when(claims: Sequence[EventClaim]) -> When | None:
    return next((c.when for c in claims if c.when is not None and c.when.start is not None), None)


def _where(claims: Sequence[EventClaim]) -> Place | None:
    known = [claim.where for claim in claims if claim.where is not None]
    return min(known, key=lambda place: place.radius_km if place.radius_km is not None else 1e6, default=None)


def _actors(claims: Sequence[EventClaim]) -> tuple[IncidentActor, ...]:
    kept: dict[tuple[str, str], IncidentActor] = {}
    for claim in claims:
        for actor in claim.actors:
            key = (actor.role, actor.id or actor.text.lower())
            kept.setdefault(key, IncidentActor(**actor.model_dump(exclude={"span"})))
    return tuple(kept.values())


def _targets(claims: Sequence[EventClaim]) -> tuple[IncidentTarget, ...]:
    order = (None, "hit", "damaged", "destroyed")
    kept: dict[tuple[str, int | None], IncidentTarget] = {}
    for claim in claims:
        for target in claim.targets:
            key = (target.type, target.count)
            old = kept.get(key)
            if old is None or order.index(target.damage) > order.index(old.damage):
                kept[key] = IncidentTarget(**target.model_dump(exclude={"span"}))
    return tuple(kept.values())


def _sources(group: Sequence[Event], lineage: Lineage) -> int:
    """Who says so, each voice once: speakers that the reports name, and reports that speak for themselves."""
    voices = {voice for event in group for claim in event.claims for voice in lineage.voices(event.report.id, claim)}
    return max(1, len(voices))
