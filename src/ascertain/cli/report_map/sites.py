"""Sites: the places of one report, each with all the words that name it, what it does, and the claims placed there.

In: a report and its reading. Out: `Site`s, those where something happened first, then in the order of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ascertain.model import Claim, Place, Reading, Report, Span
from ascertain.places import find_places

ROLES: Mapping[str, str] = {
    "happened": "where it happened",
    "dateline": "where the report is from",
    "speaker": "where the speaker is",
    "origin": "where people came from",
    "destination": "where people went",
    "stands_for": "stands for those who rule there",
    "mention": "named only",
}


@dataclass(frozen=True, slots=True)
class Naming:
    """Words that name a place, and what they do there: a key of `ROLES`."""

    place: Place
    role: str
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """A place of the report: where it is is that of all its namings; `number` counts from 1."""

    number: int
    namings: tuple[Naming, ...]

    @property
    def place(self) -> Place:
        """The place as first named."""
        return self.namings[0].place

    @property
    def position(self) -> tuple[float, float] | None:
        """Latitude and longitude; `None` where the place is not resolved."""
        place = self.place
        return None if place.lat is None or place.lon is None else (place.lat, place.lon)

    @property
    def roles(self) -> tuple[str, ...]:
        """What it does in the report, the weightiest first."""
        return tuple(role for role in ROLES if any(naming.role == role for naming in self.namings))

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims that are placed there."""
        return tuple({claim.id: claim for naming in self.namings for claim in naming.claims}.values())

    @property
    def name(self) -> str:
        """The gazetteer's name, else the report's words."""
        return self.place.name or self.place.text


def sites_of(report: Report, reading: Reading) -> tuple[Site, ...]:
    """The places of a report.

    >>> report = Report(id="r", text="KYIV, Ukraine - Shells fell on Dnipro.")
    >>> [(site.place.text, site.roles) for site in sites_of(report, Reading(report=report.header))]
    [('KYIV', ('dateline',)), ('Ukraine', ('dateline',)), ('Dnipro', ('mention',))]
    """
    groups: dict[tuple[object, ...], list[Naming]] = {}
    for naming in _namings(report, reading.claims):
        groups.setdefault(_identity(naming.place), []).append(naming)
    ordered = sorted(groups.values(), key=lambda group: all(naming.role != "happened" for naming in group))
    return tuple(Site(number, tuple(group)) for number, group in enumerate(ordered, start=1))


def _namings(report: Report, claims: Iterable[Claim]) -> list[Naming]:
    """All words that name a place, in the order of the text and apart from each other; those of claims go before."""
    placed: dict[Span, list[Claim]] = {}
    for claim in claims:
        if claim.where is not None:
            placed.setdefault(claim.where.span, []).append(claim)
    known = [Naming(place, "happened", tuple(found)) for found in placed.values() if (place := found[0].where)]
    named = [Naming(mention.place, mention.role) for mention in find_places(report.text) if mention.role != "name_part"]
    kept: list[Naming] = []
    for naming in (*sorted(known, key=_length, reverse=True), *named):
        if not any(_overlap(naming.place.span, other.place.span) for other in kept):
            kept.append(naming)
    return sorted(kept, key=lambda naming: naming.place.span)


def _length(naming: Naming) -> int:
    start, end = naming.place.span
    return end - start


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _identity(place: Place) -> tuple[object, ...]:
    if place.lat is None:
        return (place.text.casefold(),)
    return place.name or place.text.casefold(), place.lat, place.lon, place.radius_km


def unplaced(claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims for which the report gives no place."""
    return (claim for claim in claims if claim.where is None)
