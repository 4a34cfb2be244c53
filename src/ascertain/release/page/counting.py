"""What the page counts of the incidents, in one pass over them, and no more of them kept than it shows."""

from __future__ import annotations

import datetime as dt
import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar, get_args

from ascertain.model import Incident, Outcome, Place
from ascertain.model.claims import Group
from ascertain.release.charts import Range, Step, range_of, start_of

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
GROUPS: tuple[Group, ...] = get_args(Group)
GRAVEST, LATEST = 600, 400
MOST_SPOTS, MOST_AREAS = 250, 12
PANEL_STEPS: tuple[Step, ...] = ("week", "month", "year")
_Key = TypeVar("_Key", bound=tuple[Any, ...])
_NOBODY = Range()
_WIDEST_KM = 1000.0  # what is wider, such as a continent, is no place on a map
_WITHOUT_A_DAY = dt.date.min
Area = tuple[str | None, str | None]
Span = tuple[dt.date, dt.date]


class Spot(NamedTuple):
    """A place as it is drawn: its name (empty where it is not given), position, radius and area."""

    name: str
    lat: float
    lon: float
    radius_km: float
    country: str
    admin1: str


@dataclass(slots=True)
class Sum:
    """Ranges of different people added up as they come: the same as `charts.together` of all of them."""

    known: int = 0
    unknown: int = 0
    low: int = 0
    best: int = 0
    bests: int = 0
    top: int = 0
    open: bool = False

    def add(self, one: Range) -> None:
        """Count one range more."""
        if one.is_unknown:
            self.unknown += one.unknown or 1
            return
        self.known, self.unknown = self.known + 1, self.unknown + one.unknown
        self.low, self.top, self.open = self.low + one.floor, self.top + one.top, self.open or one.is_open
        if one.best is not None:
            self.best, self.bests = self.best + one.best, self.bests + 1

    def add_all(self, other: Sum) -> None:
        """Count what another has added up."""
        self.known, self.unknown = self.known + other.known, self.unknown + other.unknown
        self.low, self.best, self.top = self.low + other.low, self.best + other.best, self.top + other.top
        self.bests, self.open = self.bests + other.bests, self.open or other.open

    @property
    def range(self) -> Range:
        """All of it as one range.

        >>> sum = Sum()
        >>> for one in (Range(13, 15, 17), Range(2, 2, None), Range()):
        ...     sum.add(one)
        >>> sum.range
        Range(low=15, best=17, high=19, open=True, unknown=1)
        """
        if not self.known:
            return Range(unknown=self.unknown)
        best = self.best if self.bests == self.known else None
        nothing_above = self.open and self.top == self.low
        return Range(self.low, best, None if nothing_above else self.top, self.open and not nothing_above, self.unknown)


@dataclass(slots=True)
class Tally:
    """How many incidents, and how many people of each outcome."""

    incidents: int = 0
    people: defaultdict[Outcome, Sum] = field(default_factory=lambda: defaultdict(Sum))

    def add(self, figures: dict[Outcome, Range]) -> None:
        """Count one incident more."""
        self.incidents += 1
        for outcome, range in figures.items():
            self.people[outcome].add(range)

    def of(self, outcome: Outcome) -> Range:
        """The people of an outcome, all of whom are different."""
        return self.people[outcome].range if outcome in self.people else Range()


@dataclass(slots=True)
class Counted:
    """Everything that the page shows of the incidents; `days` are those that an incident may have happened on. `places`
    are all, without a radius, of which `reach` has the largest; `spots` and `killed_of_areas` are those that are drawn,
    once `look_closer` has counted them."""

    whole: Tally = field(default_factory=Tally)
    groups: defaultdict[tuple[Outcome, Group], Sum] = field(default_factory=lambda: defaultdict(Sum))
    in_group: Counter[tuple[Outcome, Group]] = field(default_factory=Counter)
    gradings: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    types: Counter[str] = field(default_factory=Counter)
    areas: defaultdict[Area, Tally] = field(default_factory=lambda: defaultdict(Tally))
    parties: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    places: Counter[Spot] = field(default_factory=Counter)
    spots: defaultdict[Spot, Tally] = field(default_factory=lambda: defaultdict(Tally))
    reach: dict[Spot, float] = field(default_factory=dict)
    days: defaultdict[Span, Tally] = field(default_factory=lambda: defaultdict(Tally))
    killed_of_areas: defaultdict[tuple[Area, Step, dt.date], Tally] = field(default_factory=lambda: defaultdict(Tally))
    sources: Counter[int] = field(default_factory=Counter)
    dates: Counter[str] = field(default_factory=Counter)
    precisions: Counter[str] = field(default_factory=Counter)
    nobody_named: int = 0
    shown: tuple[Incident, ...] = ()

    @property
    def period(self) -> Span | None:
        """The first and the last day on which an incident may have happened."""
        if not self.days:
            return None
        return min(start for start, _ in self.days), max(end for _, end in self.days)


def counted(incidents: Iterable[Incident]) -> Counted:
    """Count the incidents, and keep the gravest and the latest of them."""
    found = Counted()
    gravest: list[tuple[tuple[int, int, str], Incident]] = []
    latest: list[tuple[tuple[dt.date, str], Incident]] = []
    for incident in incidents:
        figures = dict(people_of(incident))
        _count(found, incident, figures)
        _keep(gravest, (*_gravity(figures), incident.id), incident, GRAVEST)
        _keep(latest, (_last_day(incident) or _WITHOUT_A_DAY, incident.id), incident, LATEST)
    kept = {incident.id: incident for _, incident in (*gravest, *latest)}
    found.shown = tuple(sorted(kept.values(), key=lambda one: (*(-part for part in gravity(one)), one.id)))
    return found


def look_closer(found: Counted, incidents: Iterable[Incident]) -> None:
    """Count the people of what is drawn, in a second pass: of the places with most incidents, each within the largest
    radius that one of them has, and of the areas with most killed over time. Of a long record all would be too much."""
    most = sorted(found.places, key=lambda spot: (-found.places[spot], spot))[:MOST_SPOTS]
    drawn = {spot: spot._replace(radius_km=found.reach[spot]) for spot in most}
    areas = frozenset(largest_areas(found, "killed")[:MOST_AREAS])
    for incident in incidents:
        figures = dict(people_of(incident))
        spot = _spot_of(incident.where)
        if spot is not None and spot in drawn:
            found.spots[drawn[spot]].add(figures)
        if area_of(incident.where) in areas:
            _count_over_time(found, incident, figures)


def largest_areas(found: Counted, outcome: Outcome) -> list[Area]:
    """The known areas in which people were counted, those with most of them first."""
    told = [area for area, tally in found.areas.items() if area[0] and outcome in tally.people]
    return sorted(told, key=lambda area: (-found.areas[area].of(outcome).top, area[0] or "", area[1] or ""))


def _keep(heap: list[tuple[_Key, Incident]], key: _Key, incident: Incident, most: int) -> None:
    """Keep the incidents with the highest keys; no two keys are the same, as each ends with an id."""
    if len(heap) < most:
        heapq.heappush(heap, (key, incident))
    elif key > heap[0][0]:
        heapq.heapreplace(heap, (key, incident))


def gravity(incident: Incident) -> tuple[int, int]:
    """How many people were killed, then injured, as far as anybody says: what the table is in the order of."""
    return _gravity(dict(people_of(incident)))


def _gravity(people: dict[Outcome, Range]) -> tuple[int, int]:
    killed, injured = people.get("killed", _NOBODY), people.get("injured", _NOBODY)
    return killed.top, injured.top


def people_of(incident: Incident) -> Iterator[tuple[Outcome, Range]]:
    """How many people of each outcome: where only groups are counted, at least as many as the largest of them."""
    outcomes = dict.fromkeys(figure.outcome for figure in incident.figures)
    for outcome in outcomes:
        ranges = {one.group: range_of(one) for one in incident.figures if one.outcome == outcome}
        largest = max(one.floor for one in ranges.values())
        yield outcome, ranges.get("people") or (Range(largest) if largest else Range())


def _count(found: Counted, incident: Incident, figures: dict[Outcome, Range]) -> None:
    found.whole.add(figures)
    found.gradings[incident.grading].add(figures)
    found.types[incident.type] += 1
    found.sources[incident.sources] += 1
    for figure in incident.figures:
        if figure.group != "people":
            found.groups[figure.outcome, figure.group].add(range_of(figure))
            found.in_group[figure.outcome, figure.group] += 1
    _count_place(found, incident.where, figures)
    _count_days(found, incident, figures)
    named = blamed(incident)
    for name in named:
        found.parties[name].add(figures)
    found.nobody_named += not named


def blamed(incident: Incident) -> tuple[str, ...]:
    """The parties that sources say did it, each once."""
    return tuple(dict.fromkeys(actor.name or actor.text for actor in incident.actors if actor.role == "perpetrator"))


def area_of(place: Place | None) -> Area:
    """The country and its first division; (None, None) where no report tells."""
    return (place.country, place.admin1) if place and place.country else (None, None)


def _count_place(found: Counted, place: Place | None, figures: dict[Outcome, Range]) -> None:
    found.areas[area_of(place)].add(figures)
    located = place is not None and place.lat is not None and place.lon is not None
    found.precisions[(place and located and place.precision) or "unknown"] += 1
    spot = _spot_of(place)
    if place is not None and spot is not None:
        found.places[spot] += 1
        found.reach[spot] = max(place.radius_km or 0.0, found.reach.get(spot, 0.0))


def _spot_of(place: Place | None) -> Spot | None:
    """Where a place is drawn, without its radius; `None` for one that is not."""
    if place is None or place.lat is None or place.lon is None or place.precision == "country":
        return None
    if (place.radius_km or 0.0) > _WIDEST_KM:
        return None
    return Spot(place.name or place.text, place.lat, place.lon, 0.0, place.country or "", place.admin1 or "")


def _last_day(incident: Incident) -> dt.date | None:
    return (incident.when.end or incident.when.start) if incident.when else None


def span_of(incident: Incident) -> Span | None:
    """The days on which it may have happened, None where an end of them is not known."""
    when = incident.when
    return (when.start, when.end) if when and when.start and when.end else None


def _count_days(found: Counted, incident: Incident, figures: dict[Outcome, Range]) -> None:
    span = span_of(incident)
    if span is None:
        found.dates["unknown"] += 1
        return
    found.dates["day" if span[0] == span[1] else "days"] += 1
    found.days[span].add(figures)


def _count_over_time(found: Counted, incident: Incident, figures: dict[Outcome, Range]) -> None:
    span = span_of(incident)
    if span is None:
        return
    killed: dict[Outcome, Range] = {outcome: range for outcome, range in figures.items() if outcome == "killed"}
    for step in PANEL_STEPS:
        start = start_of(span[0], step)
        if start == start_of(span[1], step):
            found.killed_of_areas[area_of(incident.where), step, start].add(killed)
