"""Readings made directly, without texts: as many claims as wanted, for measuring how linking grows.

What is told of a day does not depend on how many days there are: more claims are more days, as in a record that grows.
The trouble is that of the corpus of texts: rising and rounded numbers, copies, loose times and places, tolls, other
events in passing, and look-alikes in one town. Readings come one by one; nothing is kept but the last weeks' incidents.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from ascertain.model import (
    Attribution,
    AttributionKind,
    Claim,
    EventClaim,
    Figure,
    Place,
    Reading,
    ReportHeader,
    Sketch,
    TollClaim,
    When,
)
from ascertain.taxonomy import event_type

FIRST_DAY = dt.date(2014, 1, 1)
INCIDENTS_A_DAY = 40
TOWNS, COUNTRIES = 1500, 40
MOST_REPORTS, TAIL = 40, 1.45
LOOK_ALIKE, COPY, PASSING, TOLL, SECOND, NO_DAY, NO_PLACE, VAGUE_PLACE = 0.15, 0.5, 0.12, 0.1, 0.35, 0.04, 0.05, 0.08
TYPES = (
    "air_drone_strike", "shelling_artillery_missile_attack", "remote_explosive_landmine_ied", "suicide_bomb", "attack",
    "armed_clash", "excessive_force_against_protesters", "grenade",
)  # fmt: skip
SPEAKERS: tuple[tuple[str, AttributionKind], ...] = (
    ("the health ministry", "official"), ("the governor", "official"), ("the army", "military"), ("medics", "medical"),
    ("residents", "resident"), ("witnesses", "witness"), ("the police", "official"), ("a rights group", "rights_group"),
)  # fmt: skip
VOCABULARY, WORDS, SHINGLES = 20_000, 30, 45
TAIL_SHARES = tuple(n**-TAIL for n in range(1, MOST_REPORTS + 1))
MIXER, BITS = 0x9E3779B1, 32


@dataclass(frozen=True, slots=True)
class _Town:
    number: int
    lat: float
    lon: float

    @property
    def country(self) -> int:
        return self.number % COUNTRIES


@dataclass(frozen=True, slots=True)
class _Event:
    """One incident of the truth."""

    number: int
    type: str
    town: _Town
    day: dt.date
    lat: float
    lon: float
    killed: int
    early: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Telling:
    """What one origin writes, and others copy."""

    lag: int
    speaker: tuple[str, AttributionKind]
    low: int | None
    high: int | None
    words: tuple[str, ...]
    shingles: tuple[int, ...]


def readings(*, seed: int, claims: int) -> Iterator[tuple[Reading, int]]:
    """Readings that hold at least so many claims together, each with the number of its main incident, day by day.

    >>> made = list(readings(seed=7, claims=500))
    >>> 500 <= sum(len(reading.claims) for reading, _ in made) < 520
    True
    """
    random = Random(seed)
    towns = [_Town(n, random.uniform(-30, 50), random.uniform(-80, 120)) for n in range(TOWNS)]
    shares = list(accumulate(1 / (n + 5) for n in range(TOWNS)))
    recent: deque[_Event] = deque(maxlen=INCIDENTS_A_DAY * 30)
    reports = told = number = 0
    while True:
        day = FIRST_DAY + dt.timedelta(number // INCIDENTS_A_DAY)
        town = towns[bisect(shares, random.random() * shares[-1])]
        event = _event(number, town, day, recent, random)
        for reading in _reports(event, recent, reports, random):
            yield reading, number
            reports += 1
            told += len(reading.claims)
            if told >= claims:
                return
        recent.append(event)
        number += 1


def report_id(number: int) -> str:
    """The id of the n-th report: ids tell nothing of what belongs together, nor in which order reports came.

    >>> report_id(0), report_id(1)
    ('r00000000', 'r9e3779b1')
    """
    return f"r{number * MIXER % (1 << BITS):08x}"


def report_number(name: str) -> int:
    """The number of a report by its id.

    >>> report_number(report_id(123456))
    123456
    """
    return int(name[1:], 16) * pow(MIXER, -1, 1 << BITS) % (1 << BITS)


def _event(number: int, town: _Town, day: dt.date, recent: deque[_Event], random: Random) -> _Event:
    """An incident; some are like the one before: its town, type and words, on this day."""
    like = recent[-1] if recent and random.random() < LOOK_ALIKE else None
    killed = max(1, round(random.lognormvariate(1.6, 0.9)))
    place = like.town if like else town
    words = like.words[:8] if like else ()
    return _Event(
        number=number,
        type=like.type if like else random.choice(TYPES),
        town=place,
        day=day,
        lat=place.lat + random.uniform(-0.03, 0.03),
        lon=place.lon + random.uniform(-0.03, 0.03),
        killed=killed,
        early=max(1, round(killed * random.choice((0.5, 0.8, 1, 1)))),
        words=(*words, f"Town{place.number}", *_words(random, 18 - len(words))),
    )


def _words(random: Random, count: int) -> tuple[str, ...]:
    """Words as a text holds them: common ones often."""
    return tuple(f"w{int(VOCABULARY ** random.random())}" for _ in range(count))


def _reports(event: _Event, recent: deque[_Event], first: int, random: Random) -> Iterator[Reading]:
    count = random.choices(range(1, MOST_REPORTS + 1), TAIL_SHARES)[0]
    tellings = [_telling(event, random) for _ in range(max(1, round(count * (1 - COPY))))]
    for index in range(count):
        copy = index >= len(tellings)
        telling = random.choice(tellings) if copy else tellings[index]
        yield _reading(event, telling, report_id(first + index), recent, random, copy=copy)


def _telling(event: _Event, random: Random) -> _Telling:
    lag = random.choice((0, 0, 0, 1, 1, 2, 4))
    number = event.early if lag < 2 else event.killed
    form = random.random()
    low, high = (
        (number, number) if form < 0.65 else (max(1, number - 1), None) if form < 0.9 else (number // 2 + 1, None)
    )
    told = tuple(dict.fromkeys((*event.words, *_words(random, WORDS - 18))))
    return _Telling(
        lag=lag,
        speaker=random.choice(SPEAKERS),
        low=low,
        high=high,
        words=told,
        shingles=tuple(sorted(random.getrandbits(BITS) for _ in range(SHINGLES))),
    )


def _reading(
    event: _Event, telling: _Telling, name: str, recent: deque[_Event], random: Random, *, copy: bool
) -> Reading:
    published = event.day + dt.timedelta(telling.lag + (copy and random.random() < 0.2))
    header = ReportHeader.model_construct(
        id=name, title=None, published=published, publisher=f"paper {random.randrange(200)}", url=None, language="en"
    )
    kept = len(telling.words) - (random.randrange(8) if copy else 0)
    sketch = Sketch.model_construct(
        words=telling.words[:kept],
        at=tuple(range(0, 6 * kept, 6)),
        shingles=telling.shingles[: SHINGLES - 8] if kept < len(telling.words) else telling.shingles,
    )
    said_by = (Attribution.model_construct(text=telling.speaker[0], span=(90, 105), kind=telling.speaker[1]),)
    main = _claim("c1", "e1", event, telling.low, telling.high, said_by, random)
    claims: list[Claim] = [main]
    if random.random() < SECOND:
        injured = _figure("injured", 3 * event.killed, 3 * event.killed, 160)
        claims.append(main.model_copy(update={"id": "c2", "evidence": ((130, 180),), "figures": (injured,)}))
    if recent and random.random() < PASSING:
        other = random.choice(recent)
        claims.append(_claim("c3", "e2", other, other.killed, other.killed, (), random, start=200))
    if random.random() < TOLL:
        figure = _figure("killed", 310, None, 320)
        claims.append(_toll(figure))
    return Reading.model_construct(report=header, claims=tuple(claims), sketch=sketch)


def _claim(
    name: str,
    event: str,
    truth: _Event,
    low: int | None,
    high: int | None,
    said_by: tuple[Attribution, ...],
    random: Random,
    start: int = 0,
) -> EventClaim:
    kind = event_type(truth.type)
    return EventClaim.model_construct(
        id=name,
        evidence=((start, start + 110),),
        said_by=said_by,
        when=_when(truth, random, start),
        where=_where(truth, random, start),
        confidence=0.95,
        event=event,
        type=truth.type,
        acled=kind.acled,
        plover=kind.plover,
        figures=(_figure("killed", low, high, start + 40),),
    )


def _toll(figure: Figure) -> TollClaim:
    return TollClaim.model_construct(id="c4", evidence=((300, 380),), confidence=0.9, figures=(figure,))


def _figure(outcome: str, low: int | None, high: int | None, at: int) -> Figure:
    text = str(low) if low == high else f"at least {low}"
    return Figure.model_construct(
        outcome=outcome, group="people", low=low, high=high, text=text, span=(at, at + len(text))
    )


def _when(event: _Event, random: Random, start: int) -> When | None:
    """The day; the night before it, a week, or nothing, now and then."""
    form = random.random()
    if form < NO_DAY:
        return None
    first = event.day - dt.timedelta(1 if form < 2 * NO_DAY else 6 if form < 3 * NO_DAY else 0)
    precision = "day" if first == event.day else "week" if form > 2 * NO_DAY else "span"
    return When.model_construct(
        start=first, end=event.day, precision=precision, text="on Tuesday", span=(start + 60, start + 70)
    )


def _where(event: _Event, random: Random, start: int) -> Place | None:
    """The spot, the town or its region; or nothing, now and then."""
    form = random.random()
    town = event.town
    if form < NO_PLACE:
        return None
    vague = form < NO_PLACE + VAGUE_PLACE
    exact = form > 0.6
    name = f"Region{town.number // 10}" if vague else f"Town{town.number}"
    return Place.model_construct(
        text=name,
        span=(start + 20, start + 28),
        name=name,
        lat=round(event.lat if exact else town.lat, 5),
        lon=round(event.lon if exact else town.lon, 5),
        radius_km=80.0 if vague else 1.5 if exact else 6.0,
        precision="region" if vague else "neighbourhood" if exact else "town",
        id=None if exact else f"geonames:{town.number + (10_000 if vague else 0)}",
        country=f"{chr(65 + town.country // 26)}{chr(65 + town.country % 26)}",
        admin1=f"{town.number // 10:02}",
    )
