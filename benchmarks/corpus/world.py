"""The incidents of the made-up corpus: what really happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from corpus.tables import Kind, Town, kinds, parties, towns

Hour = Literal["morning", "evening", "night"]

FIRST_DAY = dt.date(2023, 1, 9)
DAYS = 150
IN_QUARTER, OUTSIDE, RISING, CONTESTED, LOOK_ALIKE = 0.4, 0.3, 0.45, 0.1, 0.22
SIDES = ("north", "south", "east", "west")


@dataclass(frozen=True, slots=True)
class Happened:
    """One incident as it was.

    `killed` is the number of dead that was known in the end, `early` the number known until `rises_after` days later.
    It lies in a `quarter` of the town, or `outside` it (kilometres and side), or neither is told. `like` names the
    incident that it was made to look like, `twin` one of the same day and town that a report tells apart from it, and
    `one_of_two` says that another of its kind struck the town that day.
    """

    id: str
    kind: Kind
    town: Town
    day: dt.date
    hour: Hour
    spot: tuple[str, ...]
    by: str
    group: str
    people: str
    killed: int
    injured: int
    children: int
    early: int
    rises_after: int
    contested: bool
    landmark: str
    quarter: str | None = None
    outside: tuple[int, str] | None = None
    like: str | None = None
    twin: str | None = None
    one_of_two: bool = False

    def toll(self, lag: int) -> int:
        """The number of dead known so many days later."""
        return self.early if lag < self.rises_after else self.killed


def happenings(count: int, random: Random) -> list[Happened]:
    """That many incidents, some of them made to look like the one before."""
    made: list[Happened] = []
    while len(made) < count:
        happened = _happened(f"e{len(made):05}", random)
        made.append(happened)
        if len(made) < count and random.random() < LOOK_ALIKE:
            alike = random.choice(LOOK_ALIKES)(happened, random)
            both = (alike.town, alike.day) == (happened.town, happened.day)
            made[-1] = replace(happened, one_of_two=both)
            made.append(replace(alike, id=f"e{len(made):05}", like=happened.id, one_of_two=both))
    return made


def _happened(name: str, random: Random) -> Happened:
    kind = random.choice(kinds())
    town = random.choice(towns())
    killed = _killed(random)
    rising = killed > 2 and random.random() < RISING
    where = random.random()
    return Happened(
        id=name,
        kind=kind,
        town=town,
        day=FIRST_DAY + dt.timedelta(random.randrange(DAYS)),
        hour=random.choice(("morning", "evening", "night")),
        spot=random.choice(kind.spots),
        by=random.choice(kind.doers),
        group=random.choice(parties()["groups"]),
        people=random.choice(kind.people),
        killed=killed,
        injured=random.choice((0, random.randint(2, 3 * killed + 6))),
        children=random.randint(2, max(2, killed // 3)) if killed > 5 and random.random() < 0.3 else 0,
        early=max(1, round(killed * random.uniform(0.4, 0.9))) if rising else killed,
        rises_after=random.choice((1, 1, 2, 3)) if rising else 0,
        contested=killed > 3 and random.random() < CONTESTED,
        landmark=f"{random.choice(parties()['landmark_names'])} {random.choice(parties()['landmarks'])}",
        quarter=random.choice(town.quarters) if where < IN_QUARTER else None,
        outside=(random.choice((5, 8, 12, 15, 25)), random.choice(SIDES)) if where > 1 - OUTSIDE else None,
    )


def _killed(random: Random) -> int:
    return min(150, max(1, round(random.lognormvariate(1.7, 0.9))))


def _next_day(other: Happened, random: Random) -> Happened:
    """The same town and kind a day later, elsewhere in it."""
    return replace(_elsewhere_in_town(other, random), day=other.day + dt.timedelta(1))


def _next_street(other: Happened, random: Random) -> Happened:
    """The same town, day and kind, in another quarter."""
    first, second = random.sample(other.town.quarters, 2)
    quarter = second if first == other.quarter else first
    return replace(_elsewhere_in_town(other, random), quarter=quarter, outside=None)


def _other_province(other: Happened, random: Random) -> Happened:
    """The same kind, day and figures, far away in the same country."""
    far = [t for t in towns() if t.country == other.town.country and t.province != other.town.province]
    town = random.choice(far)
    quarter = random.choice(town.quarters) if other.quarter else None
    return replace(other, town=town, quarter=quarter, landmark=_happened("", random).landmark)


def _double(other: Happened, random: Random) -> Happened:
    """A second one in the same town on the same day, which a report tells apart from the first."""
    hour: Hour = "evening" if other.hour == "morning" else "morning"
    return replace(_elsewhere_in_town(other, random), hour=hour, outside=other.outside, twin=other.id)


def _elsewhere_in_town(other: Happened, random: Random) -> Happened:
    fresh = _happened("", random)
    killed = fresh.killed + (fresh.killed == other.killed)
    spots = [spot for spot in other.kind.spots if spot != other.spot]
    return replace(
        fresh,
        kind=other.kind,
        town=other.town,
        day=other.day,
        by=random.choice(other.kind.doers),
        spot=random.choice(spots),
        people=random.choice(other.kind.people),
        killed=killed,
        early=killed,
        rises_after=0,
        children=min(fresh.children, killed - 1),
        quarter=None if other.outside else random.choice(other.town.quarters),
        outside=other.outside,
    )


LOOK_ALIKES: Sequence[Callable[[Happened, Random], Happened]] = (_next_day, _next_street, _other_province, _double)
