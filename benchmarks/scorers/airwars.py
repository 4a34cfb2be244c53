"""Airwars' assessments: figures, date, damage and place of the one incident that a narrative is about.

Each narrative is taken apart from the others; what counts is the incident that names it in `primary_for`. The answers
hold bounds of civilians killed and injured, so the incident's figure of `people` is compared, else that of
`civilians`; its highest is `high`, else `best`, else `low`; its lowest `low`, else `best`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import asin, cos, radians, sin, sqrt
from typing import Any, NamedTuple

from ascertain.model import Incident, Reading, Report
from scorers.passages import around
from scorers.tally import Outcome, Sheet, hit, overlap

GROUPS = ("people", "civilians")
TARGET_TYPES = {
    "Residential": "residential",
    "Apartment Building": "residential",
    "IDP or Refugee Camp": "displacement_site",
    "Education": "school",
    "Healthcare": "healthcare",
    "Hospital": "healthcare",
    "Water": "water",
    "Religious": "religious",
}
RADII_KM = (1, 5, 20)
EARTH_RADIUS_KM = 6371.0


class Bounds(NamedTuple):
    """The lowest and the highest number of people that an incident's figure gives; `None` where it gives none."""

    lowest: int | None = None
    highest: int | None = None


def bounds(incident: Incident | None, outcome: str, groups: Sequence[str]) -> Bounds:
    """The bounds of the incident's figure of that outcome and the first of the groups that has one."""
    figures = {f.group: f for f in incident.figures if f.outcome == outcome} if incident else {}
    figure = next((figures[group] for group in groups if group in figures), None)
    if figure is None:
        return Bounds()
    return Bounds(
        lowest=_first(figure.low, figure.best),
        highest=_first(figure.high, figure.best, figure.low),
    )


def primary(report: str, incidents: Iterable[Incident]) -> Incident | None:
    """The incident that is the report's main one."""
    return next((incident for incident in incidents if report in incident.primary_for), None)


def kilometres(one: Sequence[float], other: Sequence[float]) -> float:
    """Great-circle distance of two (lat, lon) in degrees.

    >>> round(kilometres((0, 0), (0, 1)))
    111
    """
    (lat1, lon1), (lat2, lon2) = (tuple(map(radians, point[:2])) for point in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))


def score(report: Report, reading: Reading, incidents: Sequence[Incident], answer: Mapping[str, Any]) -> Outcome:
    """Score the report's main incident against Airwars' assessment of it."""
    return _Narrative(report, reading, incidents, answer).score()


class _Narrative:
    """One narrative while it is scored."""

    def __init__(
        self, report: Report, reading: Reading, incidents: Sequence[Incident], answer: Mapping[str, Any]
    ) -> None:
        self.report, self.answer = report, answer
        self.incident = primary(report.id, incidents)
        self.others = [incident for incident in incidents if incident is not self.incident]
        self.sheet = Sheet(report.id)
        ours = set(self.incident.claims) if self.incident else set()
        spans = [s for claim in reading.claims if f"{report.id}/{claim.id}" in ours for s in claim.evidence]
        self.passages = around(report.text, spans)

    def score(self) -> Outcome:
        self.killed()
        self.injured()
        self.children()
        self.date()
        self.infrastructure()
        self.distance()
        return self.sheet.outcome()

    def killed(self) -> None:
        got = bounds(self.incident, "killed", GROUPS)
        if self.answer["killed"] is None:
            unclaimed = not got.lowest
            self.sheet.add("no_death_claimed", hit(unclaimed))
            if not unclaimed:
                self.wrong("death_claimed", None, got)
            return
        due = Bounds(*self.answer["killed"])
        self.sheet.add("killed_highest", hit(got.highest == due.highest))
        self.sheet.add("killed_both", hit(got == due))
        if got.highest != due.highest:
            self.wrong(f"killed_highest.{self.miss('killed', GROUPS, got.highest, due.highest)}", due, got)
        elif got != due:
            self.wrong("killed_lowest", due, got)

    def injured(self) -> None:
        if self.answer["injured"] is None:
            return
        due, got = Bounds(*self.answer["injured"]), bounds(self.incident, "injured", GROUPS)
        right = (got.highest or 0) == due.highest
        kind = "convention" if self.answer.get("injured_convention") else "counted"
        self.sheet.add("injured_highest", hit(right))
        self.sheet.add(f"injured_highest_{kind}", hit(right))
        if not right:
            self.wrong(f"injured_{kind}.{self.miss('injured', GROUPS, got.highest, due.highest)}", due, got)

    def children(self) -> None:
        due = (self.answer.get("killed_breakdown") or {}).get("children")
        if not due:
            return
        got = bounds(self.incident, "killed", ("children",))
        self.sheet.add("children_killed", hit(got.highest == due[1]))
        if got.highest != due[1]:
            miss = self.miss("killed", ("children",), got.highest, due[1])
            self.wrong(f"children_killed.{miss}", Bounds(*due), got)

    def date(self) -> None:
        due = self.answer.get("date")
        if not due:
            return
        when = self.incident.when if self.incident else None
        got = (str(when.start), str(when.end)) if when else (None, None)
        right = got == (due["start"], due["end"])
        self.sheet.add("date", hit(right))
        self.sheet.add("date_start", hit(got[0] == due["start"]))
        if not right:
            kind = "wrong" if when else "none"
            self.wrong(f"date.{kind}", f"{due['start']}..{due['end']}", f"{got[0]}..{got[1]}")

    def infrastructure(self) -> None:
        due = {TARGET_TYPES[name] for name in self.answer.get("infrastructure") or () if name in TARGET_TYPES}
        if not due:
            return
        targets = self.incident.targets if self.incident else ()
        got = {target.type for target in targets} & set(TARGET_TYPES.values())
        self.sheet.add("infrastructure", overlap(got, due))
        for kind in sorted(got | due):
            self.sheet.add(f"infrastructure_{kind}", overlap(got & {kind}, due & {kind}))
            if (kind in got) != (kind in due):
                miss = "extra" if kind in got else "missed"
                told = "; ".join(f"{target.type}: {target.text}" for target in targets) or "no targets"
                self.wrong(f"infrastructure_{miss}.{kind}", ", ".join(sorted(due)), told)

    def distance(self) -> None:
        points = self.answer.get("points") or ()
        if not points:
            return
        where = self.incident.where if self.incident else None
        if where is None or where.lat is None or where.lon is None:
            far = None
        else:
            far = min(kilometres((where.lat, where.lon), point) for point in points)
            self.sheet.measure("distance_km", far)
            self.sheet.measure("radius_km", where.radius_km or 0)
            self.sheet.add("within_radius", hit(far <= (where.radius_km or 0)))
            if far > (where.radius_km or 0):
                got = f"{where.text} ({where.name}, {where.precision}, {where.radius_km} km), {far:.1f} km off"
                self.wrong("place.beyond_radius", self.answer.get("location"), got)
        for radius in RADII_KM:
            self.sheet.add(f"within_{radius}_km", hit(far is not None and far <= radius))
        if far is None or far > RADII_KM[-1]:
            got = "no place" if where is None else f"{where.text} ({where.name}, {where.lat}, {where.lon})"
            self.wrong("place.none" if far is None else "place.far", self.answer.get("location"), got)

    def miss(self, outcome: str, groups: Sequence[str], got: int | None, due: int | None) -> str:
        """How a number was missed; `elsewhere`: another incident of the report has it."""
        if any(bounds(other, outcome, groups).highest == due for other in self.others):
            return "elsewhere"
        if got is None or due is None:
            return "none"
        return "too_low" if got < due else "too_high"

    def wrong(self, kind: str, expected: object, got: object) -> None:
        figures = self.incident.figures if self.incident else ()
        told = "; ".join(f"{f.outcome} {f.group} {f.low}/{f.best}/{f.high}" for f in figures)
        incident = f"{self.incident.type}: {told or 'no figures'}" if self.incident else "no incident"
        self.sheet.wrong(kind, expected, f"{got} [{incident}]", self.passages, self.report.text)


def _first(*numbers: int | None) -> int | None:
    return next((number for number in numbers if number is not None), None)
