"""What reports say of those killed in the incidents that are drawn with a dot for each number."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ascertain.incidents.events import HAPPENED
from ascertain.model import EventClaim, Figure, Incident, Reading

_MOST = 40


@dataclass(frozen=True, slots=True)
class KilledTold:
    """How many people were killed, as one report says; its publisher and day are `None` where they are not known."""

    publisher: str | None
    published: dt.date | None
    low: int | None
    high: int | None


def killed_told(
    incidents: Sequence[Incident], readings: Callable[[Collection[str]], Iterable[Reading]]
) -> Mapping[str, tuple[KilledTold, ...]]:
    """What reports say of each incident, the earliest first; without those that give no number of all the killed.

    Args:
        incidents: a few.
        readings: what the reports of some ids say.
    """
    incident_of = {claim: incident.id for incident in incidents for claim in incident.claims}
    found: defaultdict[str, list[KilledTold]] = defaultdict(list)
    for reading in readings({report for incident in incidents for report in incident.reports}):
        told: defaultdict[str, list[tuple[int | None, int | None]]] = defaultdict(list)
        for claim in reading.claims:
            incident = incident_of.get(f"{reading.report.id}/{claim.id}")
            if incident is not None and isinstance(claim, EventClaim) and claim.modality in HAPPENED:
                told[incident] += _counts(claim.figures)
        for incident, counts in told.items():
            if counts:
                low, high = max(counts, key=lambda bounds: (max(bounds[0] or 0, bounds[1] or 0), bounds[0] or 0))
                found[incident].append(KilledTold(reading.report.publisher, reading.report.published, low, high))
    return {id: tuple(sorted(said, key=_order))[:_MOST] for id, said in found.items()}


def _order(told: KilledTold) -> tuple[object, ...]:
    return told.published or dt.date.max, told.publisher or "", told.low or 0, told.high or 0


def _counts(figures: Sequence[Figure]) -> Iterator[tuple[int | None, int | None]]:
    """The bounds of each count of all people killed; those told side by side are one count.

    >>> five = Figure(outcome="killed", group="combatants", low=5, high=5, text="five soldiers", span=(0, 13))
    >>> twelve = Figure(outcome="killed", group="people", low=12, text="12 rebels", span=(18, 27), adds_to=0)
    >>> list(_counts((five, twelve))), list(_counts((five,)))
    ([(17, None)], [])
    """
    beside: defaultdict[int, list[Figure]] = defaultdict(list)
    for at, figure in enumerate(figures):
        if figure.outcome == "killed" and figure.part_of is None:
            beside[at if figure.adds_to is None else figure.adds_to].append(figure)
    for parts in beside.values():
        lows = [figure.low for figure in parts if figure.low is not None]
        highs = [figure.high for figure in parts if figure.high is not None]
        if (len(parts) > 1 or parts[0].group == "people") and (lows or highs):
            yield sum(lows) if lows else None, sum(highs) if len(highs) == len(parts) else None
