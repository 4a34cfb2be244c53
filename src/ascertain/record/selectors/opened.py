"""An incident with all that it rests on, as it is opened to be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ascertain.record.models import ClaimRow, Forward, IncidentClaim, IncidentRow, IncidentVersion, ReportRow
from ascertain.record.models.readings import IN_FORCE

_REPORTS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Held:
    """A claim that an incident holds: its name (`r1/c3`), and the claim as JSON."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Opened:
    """An incident as it stands, its versions, its reports without their texts, and its claims, in order."""

    incident: IncidentRow
    versions: tuple[IncidentVersion, ...]
    reports: tuple[ReportRow, ...]
    claims: tuple[Held, ...]


def opened(incident: str) -> Opened | None:
    """The incident with this id, or that this id leads to; `None` where there never was one."""
    row = IncidentRow.objects.filter(pk=_led_to(incident)).first()
    if row is None:
        return None
    held = sorted(IncidentClaim.objects.filter(incident=row).values_list("report_id", "claim"))
    reports = list(dict.fromkeys(report for report, _ in held))
    return Opened(
        row,
        tuple(row.versions.order_by("number")),
        tuple(
            row for some in _some(reports) for row in ReportRow.objects.filter(pk__in=some).defer("text").order_by("pk")
        ),
        tuple(_claims(held, reports)),
    )


def _led_to(incident: str) -> str:
    """Where an id leads, from one to the next."""
    seen: set[str] = set()
    while incident not in seen:
        seen.add(incident)
        incident = Forward.objects.filter(pk=incident).values_list("to_id", flat=True).first() or incident
    return incident


def _claims(held: Sequence[tuple[str, str]], reports: Sequence[str]) -> list[Held]:
    asked = set(held)
    found: dict[tuple[str, str], str] = {}
    for some in _some(reports):
        rows = ClaimRow.objects.filter(reading__report__in=some, reading__state=IN_FORCE)
        for report, claim, value in rows.values_list("reading__report_id", "claim", "value"):
            if (report, claim) in asked:
                found[report, claim] = value
    return [Held(f"{report}/{claim}", found[report, claim]) for report, claim in held if (report, claim) in found]


def _some(reports: Sequence[str]) -> list[Sequence[str]]:
    return [reports[at : at + _REPORTS_AT_ONCE] for at in range(0, len(reports), _REPORTS_AT_ONCE)]
