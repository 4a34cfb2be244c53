"""A state made up for the tests of the page: incidents at invented numbers, of every grading and many forms."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from ascertain.model import (
    ConditionWeek,
    EventClaim,
    Figure,
    Incident,
    IncidentActor,
    IncidentFigure,
    Negotiation,
    Place,
    Reading,
    ReportHeader,
    Round,
    SeriesClaim,
    SeriesPlace,
    StatusTold,
    TollPoint,
    TollSeries,
    When,
)
from ascertain.release.page.told import About, Changed, Changes, Publisher

FIRST = dt.date(2024, 1, 3)
PLACES = (
    ("Rafah", 31.28, 34.25, 3.0, "PS", "GZ", "town"),
    ("Khan Younis", 31.34, 34.30, 5.0, "PS", "GZ", "town"),
    ("Jabalia", 31.53, 34.48, 2.0, "PS", "GZ", "town"),
    ("El Fasher", 13.63, 25.35, 6.0, "SD", "55", "town"),
    ("Nyala", 12.05, 24.88, 6.0, "SD", "49", "town"),
    ("Kherson", 46.64, 32.61, 7.0, "UA", "08", "town"),
    ("Kharkiv", 49.99, 36.23, 15.0, "UA", "07", "town"),
    ("Idlib", 35.93, 36.63, 60.0, "SY", "12", "region"),
    ("Sudan", 15.0, 30.0, 900.0, "SD", None, "country"),
)
PARTIES = ("Israeli forces", "Rapid Support Forces", "Russian forces", "Sudanese Armed Forces", "Unknown gunmen")
GRADINGS = ("confirmed", "fair", "weak", "contested", "single_source")
TYPES = ("air_drone_strike", "shelling_artillery_missile_attack", "attack", "armed_clash")

ABOUT = About(
    title="Harm to people in four conflicts, as reported",
    as_of=dt.datetime(2026, 11, 22, 22, 25, tzinfo=dt.UTC),
    profile="public",
    reports=640,
    publishers=tuple(Publisher(name, 60 - at * 7) for at, name in enumerate(("Agency One", "The Post", "Medics' net"))),
    readers=("rules-en 1.0",),
    not_counted=(("rejected", 4), ("withheld", 2)),
    left_out=("words", "addresses", "exact_cell", "protected_cell"),
    cite="The Example Record (2026). Harm to people in four conflicts, version 3. Example Foundation.",
    licence="CC BY 4.0",
    head="1234:9f3c0d",
    changes=Changes(
        "version 2",
        3,
        (Changed("i0001", "changed"), Changed("i0002", "merged", "the same as i0001"), Changed("x9", "withdrawn")),
    ),
)


@dataclass(frozen=True)
class Made:
    """A state of so many incidents, the same for the same number."""

    number: int = 120
    about: About = ABOUT
    more: tuple[Incident, ...] = ()
    series: bool = True
    made: tuple[Incident, ...] = field(default=(), repr=False)

    def incidents(self) -> Iterator[Incident]:
        """Those made up, then those given."""
        chance = random.Random(7)
        for at in range(self.number):
            yield incident(at, chance)
        yield from self.more

    def tolls(self) -> Iterable[TollSeries]:
        """Two rival counts, and one of words only."""
        return (
            tuple(toll(voice, start) for voice, start in (("Ministry", 900), ("Monitor", 1400))) if self.series else ()
        )

    def conditions(self) -> Iterable[ConditionWeek]:
        """Weeks of hunger and thirst."""
        return (
            tuple(condition(week, sector) for week in range(9) for sector in ("food", "water")) if self.series else ()
        )

    def negotiations(self) -> Iterable[Negotiation]:
        """One round of talks on which reports disagree."""
        return (talks(),) if self.series else ()

    def readings(self, reports: Collection[str]) -> Iterable[Reading]:
        """What papers say of the one claim that all incidents have."""
        return (reading(name, killed) for name, killed in (("The Post", 14), ("Agency One", 17)) if "r1" in reports)


def incident(at: int, chance: random.Random) -> Incident:
    """One of them."""
    name, lat, lon, radius, country, admin1, precision = chance.choice(PLACES)
    start = FIRST + dt.timedelta(days=chance.randrange(300))
    end = start + dt.timedelta(days=chance.choice((0, 0, 0, 1, 30)))
    grading = chance.choice(GRADINGS)
    return Incident(
        id=f"i{at:04}",
        type=chance.choice(TYPES),
        when=None if chance.random() < 0.05 else When(start=start, end=end, precision="span" if end > start else "day"),
        where=Place(
            text=name,
            span=(0, 0),
            name=name,
            lat=lat + chance.choice((0, 0.02, -0.03)),
            lon=lon,
            radius_km=radius,
            country=country,
            admin1=admin1,
            precision=precision,  # type: ignore[arg-type]
        ),
        figures=tuple(figures(chance)),
        actors=(IncidentActor(role="perpetrator", text="they", name=chance.choice(PARTIES)),)
        if chance.random() < 0.8
        else (),
        reports=("r1", "r2"),
        claims=("r1/c1",),
        sources=1 if grading == "single_source" else chance.randrange(2, 6),
        grading=grading,  # type: ignore[arg-type]
        policy="ascertain",
    )


def figures(chance: random.Random) -> Iterator[IncidentFigure]:
    """Ranges of every form: open, closed, of words only, and parts."""
    low = chance.randrange(1, 30)
    form = chance.randrange(4)
    if form == 0:
        yield IncidentFigure(outcome="killed", group="people", low=low)
    elif form == 1:
        yield IncidentFigure(outcome="killed", group="people", low=low, best=low + 2, high=low + 6)
        yield IncidentFigure(outcome="killed", group="children", low=1)
    elif form == 2:
        yield IncidentFigure(outcome="killed", group="people")
    if chance.random() < 0.6:
        yield IncidentFigure(outcome="injured", group="people", low=low * 2, best=low * 2, high=low * 3)


def reading(publisher: str, killed: int) -> Reading:
    """A report of so many killed."""
    figure = Figure(outcome="killed", group="people", low=killed, high=killed, text="", span=(0, 1))
    claim = EventClaim(id="c1", type="attack", evidence=((0, 9),), figures=(figure,))
    return Reading(report=ReportHeader(id="r1", publisher=publisher, published=FIRST), claims=(claim,))


def toll(voice: str, start: int) -> TollSeries:
    """A count that grows."""
    points = tuple(
        TollPoint(
            date=FIRST + dt.timedelta(days=30 * month),
            low=start + 90 * month,
            high=start + 90 * month + 40,
            reports=("r1",),
            claims=(SeriesClaim(claim="r1/c9"),),
        )
        for month in range(6)
    )
    place = SeriesPlace(name="Gaza Strip", country="PS")
    return TollSeries(id=f"t-{voice}", place=place, outcome="killed", group="people", voice=voice, points=points)


def condition(week: int, sector: str) -> ConditionWeek:
    """What was told of one week."""
    scaled = sector == "food" and week % 2
    return ConditionWeek(
        id=f"c-{week}-{sector}",
        place=SeriesPlace(name="Gaza Strip", country="PS"),
        sector=sector,  # type: ignore[arg-type]
        starts=dt.date(2024, 1, 1) + dt.timedelta(weeks=week),
        severities=("IPC Phase 4",) if scaled else ("severe",),
        worst="IPC Phase 4" if scaled else None,
        scale="IPC acute food insecurity" if scaled else None,
        sources=2,
        reports=("r1",),
        claims=(SeriesClaim(claim="r1/c8"),),
    )


def talks() -> Negotiation:
    """Talks that go on, and stop, as some say."""
    told = (("ongoing",), ("progress", "impasse"), ("agreed",))
    rounds = tuple(
        Round(
            date=FIRST + dt.timedelta(days=9 * at),
            statuses=tuple(StatusTold(status=status, sources=1, claims=("r1/c7",)) for status in statuses),  # type: ignore[arg-type]
            claims=(SeriesClaim(claim="r1/c7"),),
        )
        for at, statuses in zip(count(), told, strict=False)
    )
    return Negotiation(
        id="n1",
        parties=(IncidentActor(role="party", text="Israel"), IncidentActor(role="party", text="Hamas")),
        mediators=(IncidentActor(role="mediator", text="Qatar"),),
        start=FIRST,
        end=FIRST + dt.timedelta(days=18),
        status="agreed",
        rounds=rounds,
        sources=3,
        reports=("r1",),
        claims=("r1/c7",),
    )


def empty() -> Made:
    """A state in which there is nothing yet."""
    return Made(0, replace(ABOUT, reports=0, publishers=(), changes=None), series=False)
