"""What of an event is compared with other events: when, where, what kind, who, how many, in which words.

In: `Event`s. Out: `Features`, a row each of the table that pairs are made and scored on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ascertain.incidents.counts import size_of
from ascertain.incidents.entries import Telling, entries_of
from ascertain.incidents.events import Event
from ascertain.incidents.linking.model import LinkModel
from ascertain.model import Actor, EventClaim, Outcome, Place, When
from ascertain.places.names import fold

MOST_WORDS = 64
MANY_EVENTS = 4
ROUNDED_BY = 0.2
RARE_NAME_WEIGHT = 3
_LONGEST_DATED_DAYS = 366


class Features(NamedTuple):
    """A row of the table of events. Days count from 0001-01-01, distances are in km; what is not known is `None`.

    `unplaced` is the name of a place that no gazetteer tells where it is, and `rare_name` whether few reports hold it.
    `spots` are the words of streets and neighbourhoods, `hours` the parts of the
    day. `first_day` to `last_day` is when it happened, `published` when it was told; `blamed` are the
    perpetrators that are named, `doers` words for those that are not, `targets` what was hit;
    `killed_low` to `killed_high` and `injured_low` to `injured_high` the people harmed; `words` the words that tell
    most of it, in order of the alphabet, `tokens` the same, weighed, and `rare` the rare ones of them, as numbers.
    """

    event: str
    report: str
    main: bool
    told: bool
    first_day: int | None
    last_day: int | None
    published: int | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    country: str | None
    admin1: str | None
    unplaced: str | None
    rare_name: bool
    spots: list[str]
    hours: list[str]
    type: str
    family: str
    blamed: list[str]
    doers: list[str]
    targets: list[str]
    killed_low: int | None
    killed_high: int | None
    injured_low: int | None
    injured_high: int | None
    words: list[str]
    tokens: list[int]
    rare: list[int]


def features(events: Sequence[Event], model: LinkModel) -> Iterator[Features]:
    """The features of the events of one report, in order."""
    words = _words_of_each(events)
    return (_features(event, told, model) for event, told in zip(events, words, strict=True))


def _features(event: Event, words: Sequence[str], model: LinkModel) -> Features:
    claims = event.claims
    when = best_when(claims)
    first, last = _days(when)
    place = best_where(claims)
    located = place is not None and place.lat is not None
    unplaced = None if located else _unplaced(claims, model)
    kind = claims[0].type if claims else ""
    perpetrators = [actor for claim in claims for actor in claim.actors if actor.role == "perpetrator"]
    killed, injured = _size(event, "killed"), _size(event, "injured")
    hours = {model.hours[word.casefold()] for word in words if word.casefold() in model.hours}
    telling = sorted(words, key=lambda word: (-model.words.weight(word.casefold()), word))[:MOST_WORDS]
    return Features(
        event=event.id,
        report=event.report.id,
        main=event.main,
        told=bool(claims),
        first_day=first,
        last_day=last,
        published=_day(event.report.published),
        lat=place.lat if place and located else None,
        lon=place.lon if place and located else None,
        radius_km=(place.radius_km or 0.0) if place and located else None,
        country=place.country if place else None,
        admin1=fold(place.admin1) if place and place.admin1 else None,
        unplaced=unplaced,
        rare_name=unplaced is not None and _is_rare(unplaced, model),
        spots=_spots(claims, model),
        hours=sorted(hours),
        type=kind,
        family=model.family(kind),
        blamed=sorted({actor.id or fold(actor.text) for actor in perpetrators if _is_named(actor)}),
        doers=sorted({fold(actor.text) for actor in perpetrators if not _is_named(actor)} - model.nobody),
        targets=sorted({target.type for claim in claims for target in claim.targets}),
        killed_low=killed[0],
        killed_high=killed[1],
        injured_low=injured[0],
        injured_high=injured[1],
        words=sorted({word.casefold() for word in telling}),
        tokens=model.words.tokens(words),
        rare=model.words.rare(words),
    )


def best_when(claims: Sequence[EventClaim]) -> When | None:
    """The closest date that one of the claims gives: the shortest stretch of days, the first told of those."""
    dated = [claim.when for claim in claims if claim.when is not None and (claim.when.start or claim.when.end)]
    return min(dated, key=_stretch, default=None)


def best_where(claims: Sequence[EventClaim]) -> Place | None:
    """The most exact place that one of the claims gives, the first told of those."""
    known = [claim.where for claim in claims if claim.where is not None]
    return min(known, key=lambda place: place.radius_km if place.radius_km is not None else 1e6, default=None)


def _unplaced(claims: Sequence[EventClaim], model: LinkModel) -> str | None:
    """The name of the place that the claims name first, where it is not known where that is; without "village"."""
    names = [fold(claim.where.text).split() for claim in claims if claim.where is not None and claim.where.lat is None]
    bare = (" ".join(word for word in name if word not in model.plain) for name in names)
    return next((name for name in bare if name), None)


def _is_rare(name: str, model: LinkModel) -> bool:
    """Whether a word of a name stands in few reports."""
    return any(model.words.weight(word) >= RARE_NAME_WEIGHT for word in name.split())


def _spots(claims: Sequence[EventClaim], model: LinkModel) -> list[str]:
    """The words that name streets and neighbourhoods where the claims put the event."""
    names = {fold(c.where.text) for c in claims if c.where and c.where.precision in ("point", "neighbourhood")}
    return sorted({word for name in names for word in name.split()} - model.plain)


def _is_named(actor: Actor) -> bool:
    """Whether a party is named: the lexicon knows it, or two words of it have capitals."""
    return actor.id is not None or sum(word[:1].isupper() for word in actor.text.split()) > 1


def _size(event: Event, outcome: Outcome) -> tuple[int | None, int | None]:
    """How many people the report counts: the number it leads with, and the highest that it gives beside."""
    counted = [claim for claim in event.claims if any(figure.outcome == outcome for figure in claim.figures)]
    tellings = (Telling(event.report, claim, event.report.id, (), ()) for claim in counted)
    entries = [entry for telling in tellings for entry in entries_of(telling) if entry.outcome == outcome]
    size = size_of([entry for entry in entries if entry.group == "people"], "people")
    if size is None:
        return None, None
    if size.incomplete:
        return size.low, None
    if size.precision == "rounded" and size.low is not None and size.low == size.high:
        return round(size.low * (1 - ROUNDED_BY)), round(size.low * (1 + ROUNDED_BY))
    return size.low, size.high


def _stretch(when: When) -> int:
    return (when.end - when.start).days if when.start and when.end else _LONGEST_DATED_DAYS


def _days(when: When | None) -> tuple[int | None, int | None]:
    if when is None or _stretch(when) >= _LONGEST_DATED_DAYS:
        return None, None
    return _day(when.start), _day(when.end)


def _day(date: dt.date | None) -> int | None:
    return date.toordinal() if date else None


def _words_of_each(events: Sequence[Event]) -> list[list[str]]:
    """The words that tell each of a report's events: those of its own evidence; for the main one all words, or in a
    report of many events all that no other event's evidence holds."""
    return [_words(event, [other for other in events if other is not event]) for event in events]


def _words(event: Event, others: Sequence[Event]) -> list[str]:
    sketch = event.sketch
    if sketch is None:
        return []
    pairs = list(zip(sketch.words, sketch.at, strict=True))
    own = [word for word, at in pairs if at is not None and _holds(event, at)]
    if not event.main:
        return own
    if len(others) < MANY_EVENTS:
        return list(sketch.words)
    rest = [word for word, at in pairs if at is None or not any(_holds(other, at) for other in others)]
    return list(dict.fromkeys(own + rest))


def _holds(event: Event, at: int) -> bool:
    return any(start <= at < end for claim in event.claims for start, end in claim.evidence)
