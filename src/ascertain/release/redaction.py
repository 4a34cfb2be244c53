"""Redaction: values as a profile lets them be given.

In: values of a state. Out: the same types, without what the profile leaves out; `None` for series of which nothing is
left. Words survive where they are a code, or a name of the lexicon or the gazetteer, or where the profile gives words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import TypedDict
from urllib.parse import urlsplit

from ascertain.actors import parties
from ascertain.actors.nations import nations, units
from ascertain.incidents.agencies import agencies
from ascertain.incidents.policies import POLICIES
from ascertain.incidents.series.severity import word_of
from ascertain.incidents.speakers import bodies, voice
from ascertain.model import (
    Actor,
    Attribution,
    Claim,
    ConditionClaim,
    ConditionWeek,
    EventClaim,
    Figure,
    Incident,
    IncidentActor,
    IncidentTarget,
    Negotiation,
    NegotiationClaim,
    Place,
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
from ascertain.release.profiles import Profile
from ascertain.release.pseudonyms import Pseudonym
from ascertain.release.state import Facts, Standing
from ascertain.taxonomy import event_types, means

_COUNTRY = re.compile(r"[A-Z]{2}")
_ADMIN1 = re.compile(r"[A-Z0-9]{1,3}")
_CLAIM = re.compile(r"[cd][0-9]+")
_BY_HAND = re.compile(r"(?:.*/)?d[0-9]+", re.DOTALL)
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_INCIDENT = re.compile(r"i[0-9a-f]{12}")
_WEEK = re.compile(r"[0-9]{4}-W[0-9]{2}")
_SERIES = ("t", "k", "n")
_WIDE = ("district", "region", "country")
_GAZETTEER = re.compile(r"[a-z0-9][a-z0-9-]*:[A-Za-z0-9_./-]+")
_PATH = re.compile(r"[/\\]")
_SITE = re.compile(r"[a-z0-9.-]+\.[a-z]{2,}")
KM_PER_DEGREE = 111.32


@dataclass(frozen=True, slots=True)
class Redactor:
    """Redacts by a profile; `facts` says which reports and publishers are sensitive."""

    profile: Profile
    facts: Facts
    pseudonym: Pseudonym
    _marked: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        publishers = ((name, noted.get("sensitivity", "")) for name, noted in self.facts.noted.items())
        levels = (*publishers, *self.facts.speakers.items())
        marked = _names_of({name for name, level in levels if level not in self.profile.given})
        object.__setattr__(self, "_marked", marked)

    # -- what is given at all

    def gives(self, standing: Standing) -> bool:
        """Whether an incident is given: by its own mark, and by one of its reports at least."""
        if standing.sensitivity not in self.profile.given:
            return False
        return any(map(self.gives_report, standing.incident.reports)) or not standing.incident.reports

    @property
    def withheld(self) -> frozenset[str]:
        """The reports of which nothing may be given."""
        return frozenset(report for report in self.facts.withheld if not self.gives_report(report))

    def gives_report(self, report: str) -> bool:
        """Whether what a report says may be given."""
        return self.facts.withheld.get(report, "") in self.profile.given

    def gives_claim(self, claim: str) -> bool:
        """Whether a claim (`r1/c3`) may be given: not where it tells of an incident that people marked."""
        return self.facts.withheld_claims.get(claim, "") in self.profile.given

    # -- the state as a whole

    def name(self) -> str:
        """What tells this state from others; that of a run is made of the ids of its reports."""
        return self.facts.name if self.profile.words else self.pseudonym("m", self.facts.name)

    def readers(self) -> tuple[str, ...]:
        """What has read, without the paths of somebody's files."""
        if self.profile.words:
            return self.facts.readers
        return tuple(
            ", ".join("a file" if _PATH.search(part) else part for part in reader.split(", "))
            for reader in self.facts.readers
        )

    # -- names

    def incident_id(self, id: str) -> str:
        """The id of an incident; one that ascertain did not make may hold words."""
        return id if self.profile.words or _INCIDENT.fullmatch(id) else self.pseudonym("i", id)

    def series_id(self, id: str) -> str:
        """The id of a series: it is made of the place and of who speaks, and could be made again by trying names."""
        return id if self.profile.words else self.pseudonym(id[0] if id[:1] in _SERIES else "x", id)

    def report_id(self, report: str) -> str:
        """The id under which a report goes."""
        return report if self.profile.words else self.pseudonym("r", report)

    def claim_id(self, claim: str) -> str:
        """A claim's full id (`r1/c3`), its report by the id under which it goes."""
        report, _, own = claim.rpartition("/")
        return f"{self.report_id(report)}/{self.own_id(own)}"

    def own_id(self, claim: str) -> str:
        """A claim's id within its report; one that ascertain did not make may hold words."""
        return claim if self.profile.words or _CLAIM.fullmatch(claim) else self.pseudonym("c", claim)

    def publisher(self, name: str | None) -> str | None:
        """Who published: their name, or a pseudonym where people marked them."""
        if name is None:
            return None
        marked = self.facts.noted.get(name, {}).get("sensitivity", "")
        return name if marked in self.profile.given or self.profile.sources else self.pseudonym("s", name)

    def voice(self, name: str | None, speakers: Iterable[str] = ()) -> str | None:
        """Who counts: a known body by its name, all others, and those that people marked, by a pseudonym.

        Args:
            name: as lineage knows them, or the publisher's.
            speakers: the reports' words for them.
        """
        if name is None or self.profile.words:
            return name
        marked = name in self._marked or any(words in self._marked for words in speakers)
        return name if _is_body(name) and not marked else self.pseudonym("s", name)

    def country_of_source(self, code: str | None) -> str | None:
        """The country of a source, by its two letters; whatever was noted where words are given."""
        return code if code is None or self.profile.words or _COUNTRY.fullmatch(code) else None

    def kind_of_source(self, words: str | None) -> str | None:
        """What kind of source somebody is: a word of the list, or whatever was noted where words are given."""
        return words if self.profile.words or words in self.profile.source_kinds else None

    # -- reports

    def header(self, header: ReportHeader) -> ReportHeader:
        """The metadata of a report that is given."""
        if self.profile.words:
            return header
        publisher = self.publisher(header.publisher)
        open_source = publisher == header.publisher
        language = header.language if header.language and _LANGUAGE.fullmatch(header.language) else None
        return ReportHeader(
            id=self.report_id(header.id),
            published=header.published,
            publisher=publisher,
            url=self._address(header.url) if open_source else None,
            language=language,
        )

    def _address(self, url: str | None) -> str | None:
        if url is None or self.profile.addresses == "none":
            return None
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").lower()
        except ValueError:
            return None
        if parts.scheme not in ("http", "https"):  # a file's address tells whose computer it lay on
            return None
        if self.profile.addresses == "whole":
            return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        return f"{parts.scheme}://{host}/" if _SITE.fullmatch(host) else None

    # -- incidents

    def standing(self, standing: Standing) -> tuple[Standing, bool]:
        """An incident with its state, and whether its place was coarsened."""
        told = standing.incident
        if standing.place_by_hand and told.where is not None and not self.profile.words:
            told = told.model_copy(update={"where": told.where.model_copy(update={"name": None})})
        incident, coarsened = self.incident(told)
        return replace(standing, incident=incident), coarsened

    def incident(self, incident: Incident) -> tuple[Incident, bool]:
        """An incident, and whether its place was coarsened."""
        where, coarsened = self.place(incident.where, {target.type for target in incident.targets})
        if self.profile.words:
            return incident.model_copy(update={"where": where}), coarsened
        update = {
            "id": self.incident_id(incident.id),
            "type": _event_type(incident.type),
            "acled": _acled(incident.type),
            "when": _when(incident.when),
            "where": where,
            "actors": _once(_incident_actor(actor) for actor in incident.actors),
            "targets": tuple(
                IncidentTarget(text=each.type, type=each.type, count=each.count, damage=each.damage)
                for each in incident.targets
            ),
            "means": _means(incident.means),
            "reports": tuple(map(self.report_id, incident.reports)),
            "claims": tuple(map(self.claim_id, incident.claims)),
            "evidence": tuple(
                each.model_copy(update={"report": self.report_id(each.report)}) for each in incident.evidence
            ),
            "primary_for": tuple(map(self.report_id, incident.primary_for)),
            "policy": incident.policy if incident.policy in POLICIES else None,
            "formerly": tuple(map(self.incident_id, incident.formerly)),
        }
        return incident.model_copy(update=update), coarsened

    # -- places

    def place(self, place: Place | None, targets: Iterable[str]) -> tuple[Place | None, bool]:
        """A place, coarsened where the profile says so, and whether it was.

        Args:
            place: as it is known.
            targets: the kinds of targets that were hit there.
        """
        if place is None:
            return None, False
        protected = bool(self.profile.protected_targets.intersection(targets))
        cell = self.profile.protected_cell if protected else self.profile.exact_cell
        if cell and self._is_exact(place):
            return _coarsened(place, cell, keeps_name=self.profile.words), True
        return (place if self.profile.words else _named(place)), False

    def _is_exact(self, place: Place) -> bool:
        """Whether it may be a house: by what is known of it, or because no gazetteer vouches that it is a town."""
        known = place.radius_km is not None and place.radius_km < self.profile.exact_radius_km
        return known or place.precision in self.profile.exact_precisions or (place.lat is not None and _bare(place))

    # -- claims

    def claim(self, claim: Claim) -> Claim:
        """A claim of a report that is given."""
        where, _ = self.place(claim.where, self.profile.protected_targets)  # another claim may tell what was hit
        if self.profile.words:
            return claim.model_copy(update={"where": where})
        if where is not None and by_hand(claim.id):
            where = where.model_copy(update={"text": "", "name": None})
        update: dict[str, object] = {
            "id": self.own_id(claim.id),
            "said_by": tuple(Attribution(text=said.kind, span=said.span, kind=said.kind) for said in claim.said_by),
            "when": _when(claim.when),
            "where": where,
        }
        match claim:
            case EventClaim():
                update |= {
                    "type": _event_type(claim.type),
                    "acled": _acled(claim.type),
                    "plover": event_types()[claim.type].plover if claim.type in event_types() else None,
                    "event": claim.event if claim.event and re.fullmatch(r"e\d+", claim.event) else None,
                    "actors": tuple(map(_actor, claim.actors)),
                    "means": _means(claim.means),
                    "targets": tuple(map(_target, claim.targets)),
                    "figures": tuple(map(_figure, claim.figures)),
                }
            case TollClaim():
                update |= {"figures": tuple(map(_figure, claim.figures)), "since": _when(claim.since)}
            case ConditionClaim():
                update |= {"severity": None}
            case NegotiationClaim():
                update |= {"actors": tuple(map(_actor, claim.actors)), "issues": (), "plover": None}
        return claim.model_copy(update=update)

    # -- series

    def toll(self, series: TollSeries) -> TollSeries | None:
        """A series of tolls, without the points that only withheld reports tell."""
        if self.profile.words:
            return series
        points = tuple(point for point in series.points if any(map(self.gives_report, point.reports)))
        if not points:
            return None
        whole = len(points) == len(series.points)
        return series.model_copy(
            update={
                "id": self.series_id(series.id),
                "place": self._series_place(series.place, (claim for point in series.points for claim in point.claims)),
                "voice": self.voice(series.voice, series.speakers),
                "speakers": (),
                "since": _when(series.since),
                "points": tuple(self._point(point, compared=whole) for point in points),
            }
        )

    def _point(self, point: TollPoint, *, compared: bool) -> TollPoint:
        """A point; where others are withheld, without what compares it with them."""
        update: dict[str, object] = {
            "reports": tuple(map(self.report_id, point.reports)),
            "claims": self._claims(point.claims),
        }
        return point.model_copy(update=update if compared else {**update, "growth": None, "revised_down": False})

    def condition(self, week: ConditionWeek) -> ConditionWeek | None:
        """A week of a condition, unless only withheld reports tell of it."""
        if self.profile.words:
            return week
        given = [self.gives_report(report) for report in week.reports]
        if not any(given):
            return None
        worst = word_of(week.worst, week.sector) if week.worst and week.scale and all(given) else None
        return week.model_copy(
            update={
                "id": self.series_id(week.id),
                "place": self._series_place(week.place, week.claims),
                "week": week.week if week.week and _WEEK.fullmatch(week.week) else None,
                "severities": (),
                "worst": worst[0] if worst else None,
                "scale": worst[1] if worst else None,
                "reports": tuple(map(self.report_id, week.reports)),
                "claims": self._claims(week.claims),
            }
        )

    def negotiation(self, talks: Negotiation) -> Negotiation | None:
        """A negotiation, without the days that only withheld reports tell of."""
        if self.profile.words:
            return talks
        rounds = tuple(each for each in map(self._round, talks.rounds) if each is not None)
        if not any(map(self.gives_report, talks.reports)) or (talks.rounds and not rounds):
            return None
        if not all(map(self.gives_report, talks.reports)):
            talks = _told_by(talks, rounds)
        return talks.model_copy(
            update={
                "id": self.series_id(talks.id),
                "parties": _once(map(_incident_actor, talks.parties)),
                "mediators": _once(map(_incident_actor, talks.mediators)),
                "issues": (),
                "rounds": rounds,
                "reports": tuple(map(self.report_id, talks.reports)),
                "claims": tuple(map(self.claim_id, talks.claims)),
            }
        )

    def _round(self, told: Round) -> Round | None:
        if not any(self._gives_claim_of_report(each.claim) for each in told.claims):
            return None
        places = (self._series_place(place, told.claims) for place in told.places)
        statuses = (
            each.model_copy(update={"claims": tuple(map(self.claim_id, each.claims))})
            for each in told.statuses
            if any(map(self._gives_claim_of_report, each.claims))
        )
        return told.model_copy(
            update={
                "places": tuple(place for place in places if place is not None),
                "statuses": tuple(statuses),
                "mediators": (),
                "issues": (),
                "claims": self._claims(told.claims),
            }
        )

    def _gives_claim_of_report(self, claim: str) -> bool:
        return self.gives_report(claim.rpartition("/")[0])

    def _series_place(self, place: SeriesPlace | None, claims: Iterable[SeriesClaim]) -> SeriesPlace | None:
        if place is None:
            return None
        known = _known(place.id, _GAZETTEER) and place.precision not in self.profile.exact_precisions
        named = known and not any(by_hand(each.claim) for each in claims)
        return SeriesPlace(
            id=place.id if known else None,
            name=place.name if named else None,
            precision=place.precision,
            **_area(place),
        )

    def _claims(self, claims: Sequence[SeriesClaim]) -> tuple[SeriesClaim, ...]:
        return tuple(SeriesClaim(claim=self.claim_id(each.claim), modality=each.modality) for each in claims)


@cache
def _body_names() -> frozenset[str]:
    return frozenset(body for body, _ in bodies().values())


def _told_by(talks: Negotiation, rounds: Sequence[Round]) -> Negotiation:
    """Talks as these rounds alone tell of them."""
    days = sorted(each.date for each in rounds if each.date is not None)
    told = {(each.date, status.status) for each in rounds for status in each.statuses}
    held = (talks.status_on, talks.status) in told
    return talks.model_copy(
        update={
            "start": days[0] if days else None,
            "end": days[-1] if days else None,
            "status": talks.status if held else None,
            "status_on": talks.status_on if held else None,
        }
    )


def _is_body(voice: str) -> bool:
    """Whether a voice is an agency, a party or state of the lexicon, or a public body of a country.

    >>> _is_body("health ministry/PS"), _is_body("state:IL/forces"), _is_body("adam lindo")
    (True, True, False)
    """
    body, _, country = voice.partition("/")
    if body in _body_names() and _COUNTRY.fullmatch(country):
        return True
    kind, _, name = voice.partition(":")
    return party_name(voice) is not None or (kind == "agency" and name in agencies().titles)


def _names_of(marked: Collection[str]) -> frozenset[str]:
    """The names of some, and the voices that lineage knows them by."""
    voices = (voice(name) for name in marked)
    return frozenset((*marked, *(" ".join(name.split()) for name in marked), *filter(None, voices)))


@lru_cache(maxsize=4096)
def party_name(id: str | None) -> str | None:
    """The lexicon's name of a party or of a body of a state, by its id; `None` where the lexicon has no such id.

    >>> party_name("state:IL/forces"), party_name("party:rsf"), party_name("party:amina-yusuf"), party_name(None)
    ('Military Forces of Israel', 'Rapid Support Forces', None, None)
    """
    if id is None:
        return None
    code, _, unit = id.removeprefix("state:").partition("/")
    if id.startswith("state:") and code in nations() and unit in units():
        return units()[unit].name(nations()[code])
    return _party_names().get(id)


@cache
def _party_names() -> dict[str, str]:
    return {party.id: party.name for party in parties()}


def by_hand(claim: str) -> bool:
    """Whether a person added the claim with this id (`d12`, `r1/d12`), and so may have written its place's name.

    >>> by_hand("r1/d12"), by_hand("d12"), by_hand("r1/c3"), by_hand("r1/d12/c3")
    (True, True, False, False)
    """
    return bool(_BY_HAND.fullmatch(claim))


def _event_type(code: str) -> str:
    return code if code in event_types() else "other"


def _acled(code: str) -> object:
    return event_types()[_event_type(code)].acled


def _means(codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(code for code in codes if code in means())


def _when(when: When | None) -> When | None:
    return None if when is None else When(start=when.start, end=when.end, precision=when.precision)


def _known(id: str | None, pattern: re.Pattern[str]) -> bool:
    return id is not None and bool(pattern.fullmatch(id))


def _bare(place: Place) -> bool:
    """Whether no gazetteer vouches for a position, or nothing tells how exact it is."""
    return not _known(place.id, _GAZETTEER) or (place.precision is None and place.radius_km is None)


class _Area(TypedDict):
    country: str | None
    admin1: str | None


def _area(place: Place | SeriesPlace) -> _Area:
    return {
        "country": place.country if place.country and _COUNTRY.fullmatch(place.country) else None,
        "admin1": place.admin1 if place.admin1 and _ADMIN1.fullmatch(place.admin1) else None,
    }


def _named(place: Place) -> Place:
    """A place without the report's words: its name only where a gazetteer has it."""
    known = _known(place.id, _GAZETTEER)
    name = place.name if known else None
    return Place(
        text=name or "",
        span=(0, 0),
        name=name,
        lat=place.lat,
        lon=place.lon,
        radius_km=place.radius_km,
        precision=place.precision,
        id=place.id if known else None,
        **_area(place),
    )


def _coarsened(place: Place, cell: float, *, keeps_name: bool) -> Place:
    """A place moved to the centre of its cell, with a radius that still holds it wherever in the cell it was: nothing
    that is given depends on more than the cell."""
    text = place.text if keeps_name else ""
    if place.lat is None or place.lon is None:
        return Place(text=text, span=(0, 0), **_area(place))
    lat, lon = cell_centre(place.lat, cell, 90), cell_centre(place.lon, cell, 180)
    wide = math.cos(math.radians(max(abs(lat) - cell / 2, 0.0)))
    reach = math.hypot(cell / 2, cell / 2 * wide) * KM_PER_DEGREE
    radius = math.ceil(10 * (reach + (place.radius_km or 0.0))) / 10
    precision = place.precision if place.precision in _WIDE else "district"
    return Place(text=text, span=(0, 0), lat=lat, lon=lon, radius_km=radius, precision=precision, **_area(place))


def cell_centre(degrees: float, cell: float, limit: float) -> float:
    """The middle of the cell that a latitude or longitude lies in.

    >>> cell_centre(31.34018, 0.1, 90), cell_centre(-1.6, 0.05, 180), cell_centre(90, 0.1, 90)
    (31.35, -1.575, 89.95)
    """
    number = math.floor((degrees + limit) / cell + 1e-9)
    last = round(2 * limit / cell) - 1
    return round((min(number, last) + 0.5) * cell - limit, 6)


def _incident_actor(actor: IncidentActor) -> IncidentActor:
    name = party_name(actor.id)
    return IncidentActor(
        role=actor.role, text=name or actor.kind, name=name, id=actor.id if name else None, kind=actor.kind
    )


def _actor(actor: Actor) -> Actor:
    name = party_name(actor.id)
    return actor.model_copy(update={"text": name or actor.kind, "name": name, "id": actor.id if name else None})


def _target(target: Target) -> Target:
    return target.model_copy(update={"text": target.type})


def _figure(figure: Figure) -> Figure:
    return figure.model_copy(update={"text": ""})


def _once(actors: Iterable[IncidentActor]) -> tuple[IncidentActor, ...]:
    return tuple(dict.fromkeys(actors))
