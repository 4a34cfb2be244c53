"""States made of values, for the tests of releases."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from ascertain.model import (
    Actor,
    Attribution,
    ConditionClaim,
    ConditionWeek,
    EventClaim,
    Figure,
    Incident,
    IncidentActor,
    IncidentFigure,
    IncidentTarget,
    Issue,
    IssueTold,
    Negotiation,
    NegotiationClaim,
    Place,
    Reading,
    ReportHeader,
    Round,
    SeriesClaim,
    SeriesPlace,
    Target,
    TollClaim,
    TollPoint,
    TollSeries,
    When,
)
from ascertain.model.claims import AcledType
from ascertain.release.state import Facts, Standing

MOMENT = dt.datetime(2024, 3, 15, 12, tzinfo=dt.UTC)
DAY = dt.date(2024, 3, 4)
STRIKE = AcledType(event_type="Explosions/Remote violence", sub_event_type="Air/drone strike")


@dataclass(frozen=True)
class MadeState:
    """A state of values."""

    facts: Facts = field(
        default_factory=lambda: Facts(name="made", as_of=MOMENT, policy="ascertain", readers=("made 1",), head="7:ab")
    )
    standings: Iterable[Standing] = ()
    told: Iterable[Reading] = ()
    toll_series: Iterable[TollSeries] = ()
    weeks: Iterable[ConditionWeek] = ()
    talks: Iterable[Negotiation] = field(default=())

    def without(self, reports: Collection[str]) -> "MadeState":
        del reports
        return self

    def incidents(self) -> Iterator[Standing]:
        return iter(self.standings)

    def readings(self) -> Iterator[Reading]:
        return iter(self.told)

    def tolls(self) -> Iterator[TollSeries]:
        return iter(self.toll_series)

    def conditions(self) -> Iterator[ConditionWeek]:
        return iter(self.weeks)

    def negotiations(self) -> Iterator[Negotiation]:
        return iter(self.talks)


def place(words: str = "Djibo", **more: object) -> Place:
    told = {"lat": 14.1, "lon": -1.6, "radius_km": 5, "precision": "town", "id": "geonames:2361454", "country": "BF"}
    return Place.model_validate({"text": words, "span": (0, 5), "name": words, **told, **more})


def when(words: str | None = None, day: dt.date = DAY) -> When:
    return When(start=day, end=day, precision="day", text=words)


def incident(id: str = "i61c6ad363f8e", **more: object) -> Incident:
    fields: dict[str, object] = {
        "id": id,
        "type": "air_drone_strike",
        "acled": STRIKE,
        "when": when(),
        "where": place(),
        "figures": (
            IncidentFigure(outcome="killed", group="people", low=3, best=4, high=6),
            IncidentFigure(outcome="killed", group="civilians", low=1, best=2, high=2),
            IncidentFigure(outcome="injured", group="people", low=5, best=None, high=None),
        ),
        "actors": (
            IncidentActor(
                role="perpetrator",
                text="army",
                name="Military Forces of Israel",
                id="state:IL/forces",
                kind="state_forces",
            ),
            IncidentActor(role="target", text="residents", kind="civilians"),
        ),
        "means": ("aircraft",),
        "reports": ("r1",),
        "claims": ("r1/c1",),
        "primary_for": ("r1",),
        "sources": 2,
        "grading": "fair",
        "policy": "ascertain",
    }
    return Incident.model_validate({**fields, **more})


def plain_state() -> MadeState:
    """A state with one of everything, in which nothing is secret but plain words."""
    return secret_state("Amina Yusuf, 34", 14.103217, -1.598761)


def secret_state(secret: str, lat: float, lon: float, *, formula: str = "=1+1") -> MadeState:
    """A state in which a protected text stands in every field that holds words, and a home at an exact position."""
    home = place(secret, lat=lat, lon=lon, radius_km=0.1, precision="point", id=None, admin1=secret)
    span = (0, 5)
    claims = (
        EventClaim(
            id="c1",
            evidence=(span,),
            type="air_drone_strike",
            acled=STRIKE,
            plover="ASSAULT",
            when=when(secret),
            where=home,
            said_by=(Attribution(text=secret, span=span, kind="witness"),),
            actors=(Actor(role="target", text=secret, span=span, name=secret, kind="civilians"),),
            means=("aircraft", secret),
            targets=(Target(text=secret, span=span, type="residential"),),
            figures=(Figure(outcome="killed", group="people", low=1, high=1, text=secret, span=span),),
        ),
        EventClaim(id="c2", evidence=(span,), type="air_drone_strike", where=home),
        TollClaim(
            id="c3",
            evidence=(span,),
            since=when(secret),
            where=home,
            figures=(Figure(outcome="killed", group="people", low=9, text=secret, span=span),),
        ),
        ConditionClaim(id="c4", evidence=(span,), sector="food", severity=secret, where=home),
        NegotiationClaim(
            id="c5",
            evidence=(span,),
            issues=(Issue(text=secret, span=span),),
            plover=secret,
            status="ongoing",
            actors=(Actor(role="party", text=secret, span=span, name=secret),),
        ),
    )
    header = ReportHeader(
        id=secret,
        title=secret,
        published=DAY,
        publisher="Radio Tide",
        url=f"https://news.example/{secret}",
        language="en",
    )
    other = header.model_copy(update={"id": f"x {secret}", "publisher": secret, "url": f"https://{secret}.example/"})
    series_place = SeriesPlace(name=secret, text=secret, precision="point", admin1=secret)
    told = (SeriesClaim(claim=f"{secret}/c3", words=(secret,)),)
    it = incident(
        where=home,
        when=when(secret),
        reports=(secret,),
        claims=(f"{secret}/c1",),
        primary_for=(secret,),
        actors=(
            IncidentActor(role="target", text=secret, name=secret, kind="civilians"),
            IncidentActor(
                role="perpetrator",
                text="army",
                name="Military Forces of Israel",
                id="state:IL/forces",
                kind="state_forces",
            ),
        ),
        targets=(IncidentTarget(text=secret, type="residential"),),
        means=("aircraft", secret),
        evidence=({"report": secret, "span": span},),
    )
    formal = incident(id="i0b7c1d2e3f40", where=place(formula), reports=(secret,), claims=())
    withheld = incident(id="i00000000dead", where=place("Withheld"), reports=(f"x {secret}",), claims=())
    actor = IncidentActor(role="party", text=secret, name=secret)
    return MadeState(
        facts=Facts(
            name="made",
            as_of=MOMENT,
            policy="ascertain",
            readers=("made 1",),
            head="7:" + "ab" * 32,
            withheld={f"x {secret}": "internal"},
            noted={secret: {"sensitivity": "internal", "type": "person"}},
        ),
        standings=(Standing(formal), Standing(it, corrected=("where",)), Standing(withheld)),
        told=(Reading(report=header, claims=claims), Reading(report=other, claims=claims)),
        toll_series=(
            TollSeries(
                id="t1",
                place=series_place,
                outcome="killed",
                group="people",
                voice=secret,
                speakers=(secret,),
                since=when(secret),
                points=(TollPoint(date=DAY, low=9, reports=(secret,), claims=told),),
            ),
        ),
        weeks=(
            ConditionWeek(
                id="k1",
                place=series_place,
                sector="food",
                severities=(secret,),
                worst=secret,
                sources=1,
                reports=(secret,),
                claims=told,
            ),
        ),
        talks=(
            Negotiation(
                id="n1",
                parties=(actor,),
                mediators=(actor,),
                issues=(IssueTold(text=secret, claims=told),),
                rounds=(Round(date=DAY, places=(series_place,), mediators=(secret,), issues=(secret,), claims=told),),
                sources=1,
                reports=(secret,),
                claims=(f"{secret}/c5",),
            ),
        ),
    )
