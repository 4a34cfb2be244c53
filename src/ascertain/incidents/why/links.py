"""Why the reports of an incident are together, and what came close to being in it and is not.

In: an `Index` of the incident's events and those near it. Out: `Join`s and `NearMiss`es.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from ascertain.incidents.events import Event
from ascertain.incidents.lineage import Lineage
from ascertain.incidents.linking.divide import marks_between
from ascertain.incidents.linking.index import Index
from ascertain.incidents.linking.reasons import Reason, reasons
from ascertain.incidents.why.answer import Beside, Join, NearMiss, Parting, ReasonWhy
from ascertain.incidents.why.wording import in_one_line
from ascertain.model import Incident, Saying, saying

MOST_OTHERS = 3
MOST_NEAR = 5
# The least weight, in bits, of what came close.
CLOSE = -6.0
_NO_WORD = saying("no word of their own")

Pair = tuple[str, str]
FindIncidents = Callable[[Collection[Event]], Mapping[str, Incident]]


def joins(index: Index, own: Sequence[Event], lineage: Lineage) -> tuple[Join, ...]:
    """For each event the one most like it among the others, and why; in order of their reports' days.

    That a report is like its copies tells nothing, so others come first; for a copy what it is a copy of does.
    """
    origins = {event.id: lineage.origin(event.report.id) for event in own}
    ids = {event.id for event in own}
    weights: dict[str, dict[str, int]] = {id: {} for id in ids}
    pulls: dict[str, list[int]] = {id: [] for id in ids}
    for one, other, weight, pull in index.compared_with(ids):
        if other in ids:
            weights[one][other] = weights[other][one] = weight
            pulls[one].append(pull)
            pulls[other].append(pull)
    reports = {event.id: event.report.id for event in own}
    ranked = {id: sorted(near, key=_ranking(id, near, origins, reports)) for id, near in weights.items()}
    why = _reasons(index, [(id, others[0]) for id, others in ranked.items() if others], own)
    found = []
    for event in sorted(own, key=_age):
        near, order = weights[event.id], ranked[event.id]
        like = order[0] if order else None
        found.append(
            Join(
                event=event.id,
                report=event.report.id,
                like=like,
                bits=_bits(near[like]) if like else None,
                reasons=why[event.id, like] if like else (),
                others=tuple(
                    Beside(event=o, report=reports[o], bits=_bits(near[o])) for o in order[1 : 1 + MOST_OTHERS]
                ),
                compared=len(near),
                margin=_margin(pulls[event.id], len(own) - 1, index) if len(own) > 1 else None,
            )
        )
    return tuple(found)


def _ranking(
    id: str, near: Mapping[str, int], origins: Mapping[str, str], reports: Mapping[str, str]
) -> Callable[[str], tuple[bool, int, str]]:
    """By what the events near one are put in order."""
    if origins[id] != reports[id]:
        return lambda other: (reports[other] != origins[id], -near[other], other)
    return lambda other: (origins[other] == origins[id], -near[other], other)


def _age(event: Event) -> tuple[str, str]:
    return event.report.published.isoformat() if event.report.published else "9999", event.id


def _bits(thousandths: int) -> float:
    return round(thousandths / 1000, 1)


def _margin(pulls: Collection[int], number: int, index: Index) -> float:
    """By how many bits so many pairs pass the bound for joining, on average; those without a pull were not compared."""
    return round((sum(pulls) / 1000 + index.model.missing * (number - len(pulls))) / number, 1)


def _reasons(index: Index, pairs: Collection[Pair], events: Sequence[Event]) -> dict[Pair, tuple[ReasonWhy, ...]]:
    actors = [actor for event in events for claim in event.claims for actor in claim.actors]
    names = {actor.id: actor.name for actor in actors if actor.id and actor.name}
    found = reasons(index, pairs, names) if pairs else {}
    return {pair: _strongest_first(why) for pair, why in found.items()}


def _strongest_first(why: Sequence[Reason]) -> tuple[ReasonWhy, ...]:
    """What speaks for it before what speaks against it; what holds for any two events comes last."""
    ordered = [*sorted(why[:-1], key=lambda reason: -reason.bits), why[-1]]
    return tuple(ReasonWhy(text=reason.text, bits=reason.bits) for reason in ordered)


@dataclass(frozen=True, slots=True)
class Apart:
    """What speaks for and against two incidents being one: the reasons of their two events most alike, what these weigh
    in `bits`, and what kept the two apart."""

    bits: float
    reasons: tuple[ReasonWhy, ...]
    because: Saying


@dataclass
class _Rival:
    """Another incident (or event of no incident) while its pairs with this one are gathered."""

    incident: Incident | None
    events: dict[str, Event] = field(default_factory=dict)
    weights: dict[Pair, int] = field(default_factory=dict)
    pulls: list[int] = field(default_factory=list)
    told_by_one: dict[Pair, int] = field(default_factory=dict)

    @property
    def best(self) -> Pair:
        """The pair most alike; one of one report, which linking does not compare, only where there is no other."""
        pairs = self.weights or self.told_by_one
        return min(pairs, key=lambda pair: (-pairs[pair], pair))

    @property
    def weight(self) -> int:
        """What that pair weighs."""
        return (self.weights or self.told_by_one)[self.best]

    @property
    def size(self) -> int:
        """How many events it has: one from each of its reports."""
        return len(self.incident.reports) if self.incident else len(self.events)


def near_misses(
    index: Index, own: Sequence[Event], others: Sequence[Event], find: FindIncidents
) -> tuple[NearMiss, ...]:
    """The incidents with events that came close to this one's, the closest first."""
    ids = {event.id for event in own}
    compared = {(one, other): links for one, other, *links in index.compared_with(ids) if other not in ids}
    beside = _told_beside(own, others)
    weighed = {pair: weights[""] for pair, weights in index.weigh(beside).items()} if beside else {}
    rivals = _rivals(compared, weighed, {event.id: event for event in others}, find)
    close = [rival for rival in rivals if rival.weight >= 1000 * CLOSE]
    close.sort(key=lambda rival: (-rival.weight, rival.best))
    nearest = close[:MOST_NEAR]
    why = _reasons(index, [rival.best for rival in nearest], [*own, *others])
    return tuple(_near_miss(index, own, rival, why[rival.best]) for rival in nearest)


def kept_apart(index: Index, own: Sequence[Event], others: Sequence[Event]) -> Apart:
    """What keeps another incident apart from this one, however far off it is.

    Args:
        index: holds the events of both; they need not have been compared.
        own: the events of this incident, one at least.
        others: those of the other.
    """
    pairs = [(one, other) for one in own for other in others]
    between = [(one.id, other.id) for one, other in pairs if one.report.id != other.report.id]
    weighed = index.weigh(between or [(one.id, other.id) for one, other in pairs])
    best = min(weighed, key=lambda pair: (-weighed[pair][""], pair))
    both = sorted({event.report.id for event in own} & {event.report.id for event in others})
    because = (
        _told_as_two(both) if both else saying("all in all their reports are not alike enough to be of one incident")
    )
    return Apart(_bits(weighed[best][""]), _reasons(index, [best], [*own, *others])[best], because)


def _told_beside(own: Sequence[Event], others: Sequence[Event]) -> list[Pair]:
    """Pairs of an event of the incident and another that the same report tells of."""
    told = {event.report.id: event.id for event in own}
    return [(told[other.report.id], other.id) for other in others if other.report.id in told]


def _rivals(
    compared: Mapping[Pair, Sequence[int]], beside: Mapping[Pair, int], others: Mapping[str, Event], find: FindIncidents
) -> list[_Rival]:
    near = sorted({other for _, other in (*compared, *beside)})
    incidents = find([others[id] for id in near])
    rivals: dict[str, _Rival] = {}
    for id in near:
        incident = incidents.get(id)
        rival = rivals.setdefault(incident.id if incident else id, _Rival(incident))
        rival.events[id] = others[id]
    of = {id: rival for rival in rivals.values() for id in rival.events}
    for pair, (weight, pull) in compared.items():
        of[pair[1]].weights[pair] = weight
        of[pair[1]].pulls.append(pull)
    for pair, weight in beside.items():
        of[pair[1]].told_by_one[pair] = weight
    return list(rivals.values())


def _near_miss(index: Index, own: Sequence[Event], rival: _Rival, why: tuple[ReasonWhy, ...]) -> NearMiss:
    one, other = rival.best
    margin = _margin(rival.pulls, len(own) * rival.size, index)
    parting, because, marks = _parting(index, own, rival, margin)
    return NearMiss(
        incident=rival.incident.id if rival.incident else None,
        what=in_one_line(rival.incident) if rival.incident else _unclaimed(rival),
        event=other,
        like=one,
        bits=_bits(rival.weight),
        margin=margin,
        reasons=why,
        parting=parting,
        because=because,
        marks=marks,
    )


def _unclaimed(rival: _Rival) -> str:
    (event,) = rival.events.values()
    return f"report {event.report.id}, in which no event is claimed"


Parted = tuple[Parting, Saying, tuple[tuple[str, ...], tuple[str, ...]]]


def _parting(index: Index, own: Sequence[Event], rival: _Rival, margin: float) -> Parted:
    """What kept two incidents apart: one report that tells both; words that divide them; else their weight."""
    both = sorted({event.report.id for event in own} & _reports(rival))
    if both:
        return "one_report", _told_as_two(both), ((), ())
    if margin > 0 and (marks := _marks(index, own, rival)):
        here, there = (tuple(repr(word) for word in side[:4]) or _NO_WORD for side in marks)
        return "words", saying("their words divide them: {here} here, {there} there", here=here, there=there), marks
    if margin <= 0:
        return "weight", _falls_short(margin), ((), ())
    return "weight", saying("the events that they were compared by first are not alike enough"), ((), ())


def _falls_short(margin: float) -> Saying:
    return saying("on average all their pairs fall {bits} bits short of being joined", bits=f"{-margin:.1f}")


def _told_as_two(reports: Sequence[str]) -> Saying:
    if len(reports) == 1:
        return saying("report {name} tells of both as two events", name=reports[0])
    told, more = saying("reports {names} tell of both as two events", names=tuple(reports[:3])), len(reports) - 3
    return saying("{told} ({more} more do)", told=told, more=more) if more > 0 else told


def _reports(rival: _Rival) -> set[str]:
    return {*(rival.incident.reports if rival.incident else ()), *(event.report.id for event in rival.events.values())}


def _marks(index: Index, own: Sequence[Event], rival: _Rival) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    features = index.features_of({*(event.id for event in own), *rival.events})
    return marks_between(
        [features[event.id].words for event in own], [features[id].words for id in sorted(rival.events)]
    )
