"""From claims to incidents."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from ascertain.incidents.events import Event, events_of, stories_of
from ascertain.incidents.figures import reconcile
from ascertain.incidents.grading import grade
from ascertain.incidents.ids import name
from ascertain.incidents.ledger import ledger
from ascertain.incidents.lineage import Lineage, trace
from ascertain.incidents.linking.features import best_when, best_where
from ascertain.incidents.linking.index import Index
from ascertain.incidents.linking.model import LinkModel, shipped
from ascertain.incidents.policies import DEFAULT, policy_named
from ascertain.incidents.voices import Lineage as Told
from ascertain.incidents.voices import behind
from ascertain.model import (
    EventClaim,
    Incident,
    IncidentActor,
    IncidentTarget,
    Passage,
    Reading,
)


def build(
    readings: Iterable[Reading],
    *,
    lineage: Lineage | None = None,
    apart: bool = False,
    policy: str = DEFAULT,
    model: LinkModel | None = None,
    issued: Collection[str] = (),
    on_model: Callable[[LinkModel], object] | None = None,
) -> Iterator[Incident]:
    """The incidents that the readings tell of, in order of their first event's id, whatever the order of the readings.

    Args:
        readings: what was read; gone through twice, so an iterator is kept whole.
        lineage: who copied whom among the readings; without it, it is traced.
        apart: keep each report's incidents to itself.
        policy: the name of the policy that chooses their figures.
        model: by what parameters reports are linked; without it those that come with the package.
        issued: ids of incidents that were given out before; they stay.
        on_model: is given the parameters as they were estimated from these readings.

    Raises:
        SettingsError: there is no policy of that name.
    """
    if apart:
        for reading in readings:
            alone = trace([reading])
            yield from (incident_of((event,), alone, issued, policy) for event in events_of(reading))
        return
    readings = tuple(readings) if isinstance(readings, Iterator) else readings
    known = lineage or trace(readings)
    counted = counting(model or shipped(), readings)
    claiming: set[str] = set()

    def stories() -> Iterator[tuple[Event, ...]]:
        for reading in readings:
            if reading.claims:
                claiming.add(reading.report.id)
            yield stories_of(reading)

    with (
        TemporaryDirectory(prefix="ascertain-links-") as folder,
        closing(Index(counted, Path(folder) / "links.duckdb")) as index,
    ):
        index.add(stories())
        if on_model is not None:
            on_model(index.model)
        told = (group for group in index.told() if is_told(group, known, claiming))
        yield from (incident_of(group, known, issued, policy) for group in told)


def counting(model: LinkModel, readings: Iterable[Reading]) -> LinkModel:
    """The model with the words of these readings counted in."""
    sketches = (reading.sketch for reading in readings if reading.sketch is not None)
    return model.counting(model.words.plus((word.casefold() for word in sketch.words) for sketch in sketches))


def is_told(group: Sequence[Event], lineage: Told, claiming: Collection[str]) -> bool:
    """Whether a group is an incident: something is claimed to have happened, or several reports that claim nothing at
    all, and are no copies of one, tell one story. Reports that only deny, plan or sum up found none; `claiming` are
    those that claim anything."""
    if any(event.claims for event in group):
        return True
    return len(behind(group, lineage)) > 1 and not any(event.report.id in claiming for event in group)


def incident_of(group: Sequence[Event], lineage: Told, issued: Collection[str] = (), policy: str = DEFAULT) -> Incident:
    """The incident that a group of events is.

    Args:
        group: the events, in order of their ids.
        lineage: who copied whom among their reports.
        issued: ids of incidents that were given out before.
        policy: the name of the policy that chooses its figures.
    """
    claims = [claim for event in group for claim in event.claims]
    main = max(claims, key=lambda claim: (claim.modality == "asserted", claim.confidence), default=None)
    id, formerly = name(group, issued)
    ids = tuple(f"{event.report.id}/{claim.id}" for event in group for claim in event.claims)
    return Incident(
        id=id,
        type=main.type if main else "other",
        acled=main.acled if main else None,
        when=best_when(claims),
        where=best_where(claims),
        figures=reconcile(ledger(group, lineage), policy_named(policy)),
        actors=_actors(claims),
        targets=_targets(claims),
        means=tuple(dict.fromkeys(means for claim in claims for means in claim.means)),
        reports=tuple(dict.fromkeys(event.report.id for event in group)),
        claims=ids,
        evidence=_openings(group),
        primary_for=tuple(event.report.id for event in group if event.main),
        sources=len(behind(group, lineage)),
        grading=grade(group, lineage).grading,
        policy=policy,
        formerly=formerly,
    )


def _openings(group: Sequence[Event]) -> tuple[Passage, ...]:
    """The opening sentences of the reports that claim nothing: what shows that they tell of it."""
    silent = [(event.report.id, event.sketch) for event in group if not event.claims]
    return tuple(Passage(report=id, span=sketch.opening) for id, sketch in silent if sketch and sketch.opening)


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
