"""Which of a name's senses a report means: by its country, its other places, the kind the words say, and population.

One name has one sense in a report, so that a report of one district does not spread over three continents.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from ascertain.model import PlacePrecision
from ascertain.places.gazetteer import Sense
from ascertain.places.geometry import distance_km
from ascertain.places.recognise import Found

_KIND_BONUS: Mapping[tuple[PlacePrecision, PlacePrecision], float] = {
    ("region", "region"): 3.0,
    ("district", "district"): 3.0,
    ("district", "region"): 1.0,
    ("region", "district"): 1.0,
    ("town", "town"): 2.0,
    ("neighbourhood", "neighbourhood"): 3.0,
    ("neighbourhood", "town"): 0.8,
    ("point", "point"): 3.0,
    ("district", "town"): 0.5,
}


def resolve(
    names: Sequence[Found], containers: Mapping[int, int], nations: Mapping[str, int], country: str | None
) -> dict[int, Sense]:
    """The sense of each name that has one, by its index; `containers` tells which name another lies in."""
    weights = _countries(names, nations, country)
    first = _choose(names, containers, weights, {})
    for index, sense in first.items():
        if sense.country and sense.kind != "country" and names[index].weight > 4:
            weights[sense.country] += 0.6
    return _choose(names, containers, weights, first)


def _countries(names: Sequence[Found], nations: Mapping[str, int], country: str | None) -> Counter[str]:
    """How much the report speaks of each country."""
    weights: Counter[str] = Counter()
    for nation, times in nations.items():
        weights[nation] += 0.7 * min(times, 4)  # type: ignore[assignment]
    for name in names:
        if not name.senses or name.near:
            continue
        if name.senses[0].kind == "country" and name.senses[0].country:
            weights[name.senses[0].country] += 1
        owners = {sense.country for sense in name.senses if sense.kind != "town" or sense.population > 1000}
        if len(owners) == 1 and (owner := owners.pop()):
            weights[owner] += 0.8  # type: ignore[assignment]
    if country:
        weights[country] = 3 + max(weights.values(), default=0)
    return weights


def _choose(
    names: Sequence[Found], containers: Mapping[int, int], weights: Counter[str], before: Mapping[int, Sense]
) -> dict[int, Sense]:
    """The best sense of each name: contained uses vote first, then the name's every use follows."""
    top = max(weights.values(), default=0) or 1
    spots: dict[str, set[tuple[float, float]]] = defaultdict(set)
    for index, sense in before.items():
        if sense.kind not in ("country", "region"):
            spots[names[index].key].add((sense.lat, sense.lon))
    chosen: dict[int, Sense] = {}
    votes: dict[str, Counter[Sense]] = defaultdict(Counter)
    for index, name in enumerate(names):
        holder = before.get(containers.get(index, -1))
        anchors = [spot for key, group in spots.items() if key != name.key for spot in group]
        for sense in name.senses:
            if name.near and not (sense.country and weights[sense.country]):
                continue
            score = _prior(sense) + 3 * weights[sense.country or ""] / top
            score += _kind_bonus(name, sense) + _holder_bonus(sense, holder) + _nearness(sense, anchors)
            votes[name.key][sense] = max(votes[name.key][sense], score)  # type: ignore[assignment]
    for index, name in enumerate(names):
        if votes[name.key]:
            chosen[index] = max(votes[name.key].items(), key=lambda item: (item[1], item[0].population, item[0].id))[0]
    return chosen


def _prior(sense: Sense) -> float:
    own = 0.8 if sense.main else 0.0
    if sense.kind == "country":
        return 6.0 + own
    if sense.kind == "town":
        return 0.9 * math.log10(sense.population + 10) + own
    return (5.5 if sense.id.startswith("ascertain:") else 3.8) + own


def _kind_bonus(name: Found, sense: Sense) -> float:
    if name.kind is None:
        return 0.0
    return _KIND_BONUS.get((name.kind, sense.kind), -1.0)


def _holder_bonus(sense: Sense, holder: Sense | None) -> float:
    if holder is None or holder.id == sense.id:
        return 0.0
    inside = distance_km((sense.lat, sense.lon), (holder.lat, holder.lon)) <= 1.2 * holder.radius_km + 15
    same = holder.country is None or sense.country == holder.country
    divided = holder.kind != "region" or holder.admin1 is None or holder.admin1 == sense.admin1
    return 4.0 if inside and same and divided else -2.0


def _nearness(sense: Sense, anchors: Sequence[tuple[float, float]]) -> float:
    if not anchors or sense.kind in ("country", "region"):
        return 0.0
    nearest = min(distance_km((sense.lat, sense.lon), anchor) for anchor in anchors)
    return 1.5 if nearest < 60 else 0.9 if nearest < 200 else 0.3 if nearest < 600 else 0.0
