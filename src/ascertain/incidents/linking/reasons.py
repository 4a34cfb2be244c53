"""Why two events are taken for one, or for two: what each comparison says of the pair, in words and in bits.

In: an `Index` that holds the events, and pairs of their ids. Out: `Reason`s. The words are those of the level that the
pair came out at (`says` of `model.toml`), with the pair's own values beside them.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from ascertain.incidents.linking.features import Features
from ascertain.incidents.linking.index import Index
from ascertain.incidents.linking.model import LinkModel
from ascertain.incidents.linking.scores import reason
from ascertain.model import Saying, saying

MOST_SHARED_WORDS = 5
_EARTH_KM = 12742.0


@dataclass(frozen=True, slots=True)
class Reason:
    """What speaks for one event (`bits` above 0) or against it (below), in words; one bit doubles the odds."""

    text: Saying
    bits: float


def reasons(
    index: Index, pairs: Iterable[tuple[str, str]], names: Mapping[str, str] = MappingProxyType({})
) -> dict[tuple[str, str], tuple[Reason, ...]]:
    """The reasons of each pair of events, in order of the comparisons; what is not known is no reason.

    The last is what holds for any two events of the record. Together they weigh what the pair does. `names` are those
    of parties, by id.
    """
    weights = index.weigh(pairs)
    features = index.features_of({event for pair in weights for event in pair})
    return {
        (one, other): tuple(_reasons(index.model, weighed, _Pair(features[one], features[other], index.model, names)))
        for (one, other), weighed in weights.items()
    }


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two events, with what it takes to put what they have in words."""

    one: Features
    other: Features
    model: LinkModel
    names: Mapping[str, str]


def _reasons(model: LinkModel, weights: Mapping[str, int], pair: _Pair) -> Iterator[Reason]:
    for comparison in model.comparisons:
        level = reason(comparison, weights[comparison.name])
        if level is not None:
            before, beside = _VALUES.get(comparison.name, _no_values)(pair)
            told = Saying(level.says, level.says, {})
            told = saying("{before}, {told}", before=before, told=told) if before else told
            told = saying("{name} ({beside})", name=told, beside=beside) if beside else told
            yield Reason(told, round(level.weight, 1))
    prior = math.log2(model.prior / (1 - model.prior))
    yield Reason(saying("any two events of this record, before they are compared"), round(prior, 1))


# What a pair has in one respect: words that go before those of the level, and words beside them.
Values = tuple[str, str]


def _no_values(_: _Pair) -> Values:
    return "", ""


def _when(pair: _Pair) -> Values:
    return "", _each(_days(pair.one), _days(pair.other))


def _days(event: Features) -> Saying:
    """The days in words: "2024-03-04", "2024-03-04 to 2024-03-06", "no day told, published 2024-03-05"."""
    if event.first_day is None and event.last_day is None:
        if event.published:
            return saying("no day told, published {day}", day=_day(event.published))
        return saying("no day told")
    if event.first_day is None or event.last_day is None:
        if event.first_day is None:
            return saying("until {day}", day=_day(event.last_day))
        return saying("from {day}", day=_day(event.first_day))
    if event.first_day == event.last_day:
        return Saying(_day(event.first_day))
    return saying("{low} to {high}", low=_day(event.first_day), high=_day(event.last_day))


def _day(number: int | None) -> str:
    return dt.date.fromordinal(number).isoformat() if number else ""


def _where(pair: _Pair) -> Values:
    one, other = pair.one, pair.other
    km = kilometres(one, other)
    if km is None and one.unplaced and other.unplaced:
        return "", _each(one.unplaced, other.unplaced)
    if km is None:
        return "", _each(*filter(None, (one.country, other.country)))
    return (
        saying("{km} km apart", km=f"{km:.{0 if km >= 10 or km < 0.05 else 1}f}"),
        saying("each known within {here} and {there} km", here=f"{one.radius_km:.0f}", there=f"{other.radius_km:.0f}"),
    )


def kilometres(one: Features, other: Features) -> float | None:
    """How far apart two events are; `None` where that is not known of both."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    north = math.radians(other.lat - one.lat) / 2
    east = math.radians(other.lon - one.lon) / 2
    flat = math.cos(math.radians(one.lat)) * math.cos(math.radians(other.lat)) * math.sin(east) ** 2
    return _EARTH_KM * math.asin(math.sqrt(min(1.0, math.sin(north) ** 2 + flat)))


def _spots(pair: _Pair) -> Values:
    return "", _shared(pair.one.spots, pair.other.spots)


def _hours(pair: _Pair) -> Values:
    return "", _shared(pair.one.hours, pair.other.hours)


def _kind(pair: _Pair) -> Values:
    return "", _each(*(_kind_told(event.type) for event in (pair.one, pair.other)))


def _blamed(pair: _Pair) -> Values:
    one, other = ([*(pair.names.get(id, id) for id in event.blamed), *event.doers] for event in (pair.one, pair.other))
    return "", _shared(one, other)


def _targets(pair: _Pair) -> Values:
    return "", _shared([_code(type) for type in pair.one.targets], [_code(type) for type in pair.other.targets])


def _shared(one: Sequence[str], other: Sequence[str]) -> str:
    """What both have; where that is nothing, what each has."""
    both = tuple(sorted(set(one) & set(other)))
    if both:
        return saying("{names}", names=both)
    return saying("{one}; {other}", one=tuple(one), other=tuple(other))


def _each(*told: str) -> str:
    """What each has, once where that is the same."""
    one, *others = dict.fromkeys(told) or ("",)
    return saying("{one}; {other}", one=one, other=others[0]) if others else one


def _killed(pair: _Pair) -> Values:
    one, other = pair.one, pair.other
    told, again = in_bounds(one.killed_low, one.killed_high), in_bounds(other.killed_low, other.killed_high)
    return saying("{told} against {again} killed", told=told, again=again), ""


def _injured(pair: _Pair) -> Values:
    one, other = pair.one, pair.other
    told, again = in_bounds(one.injured_low, one.injured_high), in_bounds(other.injured_low, other.injured_high)
    return saying("{told} against {again} injured", told=told, again=again), ""


def in_bounds(low: int | None, high: int | None) -> Saying:
    """Bounds in words.

    >>> in_bounds(13, None), in_bounds(8, 10), in_bounds(None, 10), in_bounds(4, 4)
    ('at least 13', '8 to 10', 'up to 10', '4')
    """
    if low is None:
        return saying("an unknown number") if high is None else saying("up to {high}", high=high)
    if high is None:
        return saying("at least {low}", low=low)
    return Saying(str(low)) if low == high else saying("{low} to {high}", low=low, high=high)


def _words(pair: _Pair) -> Values:
    """The words that both have, the most telling first; they are stems, as words are compared by their stems."""
    weight = pair.model.words.weight
    both = sorted(set(pair.one.words) & set(pair.other.words), key=lambda word: (-weight(word), word))
    return "", saying("{names}", names=tuple([word for word in both if weight(word)][:MOST_SHARED_WORDS]))


def _kind_told(type: str) -> Saying:
    return _code(type) if type else saying("nothing claimed")


def _code(code: str) -> Saying:
    """A code as words, which those who show it may have words of their own for."""
    return Saying(code.replace("_", " "), "{code}", {"code": code})


_VALUES: Mapping[str, Callable[[_Pair], Values]] = {
    "when": _when,
    "where": _where,
    "spot": _spots,
    "hour": _hours,
    "kind": _kind,
    "blamed": _blamed,
    "targets": _targets,
    "killed": _killed,
    "killed_here": _killed,
    "injured": _injured,
    "words": _words,
    "words_here": _words,
}
