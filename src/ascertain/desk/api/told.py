"""What is answered: values of the exchange format, with what the record knows about them."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel

from ascertain.model import (
    Claim,
    ConditionWeek,
    Incident,
    Negotiation,
    ReportHeader,
    TollSeries,
)
from ascertain.record.decision_line import DecisionLine
from ascertain.record.models import IncidentRow, LineageRow, ReportRow
from ascertain.record.models.receipts import Receipt


class ReportTold(BaseModel):
    """A report without its text: `added` is when the record got it; `sensitivity` is empty, `partner` or `internal`."""

    report: ReportHeader
    author: str | None
    added: dt.datetime
    state: str
    sensitivity: str

    @classmethod
    def of(cls, row: ReportRow) -> ReportTold:
        """A report of the record."""
        header = ReportHeader.model_construct(**{name: getattr(row, name) for name in ReportHeader.model_fields})
        return cls(report=header, author=row.author, added=row.added, state=row.state, sensitivity=row.sensitivity)


class Arrival(BaseModel):
    """How something came into the record: from which address, when, and the SHA-256 of its bytes."""

    address: str
    name: str
    media_type: str | None
    received: dt.datetime
    sha256: str
    size: int

    @classmethod
    def of(cls, row: Receipt) -> Arrival:
        """A receipt of the record."""
        return cls(
            address=row.address,
            name=row.name,
            media_type=row.media_type,
            received=row.received,
            sha256=row.blob_id,
            size=row.blob.size,
        )


class OneReport(ReportTold):
    """A report with its text, in which spans count code points, its claims, the incidents that it is in (`null` for
    claims that are in none), and its arrivals: of what it was found in, and of all that this was enclosed in."""

    text: str
    claims: tuple[Claim, ...]
    incidents: tuple[str, ...]
    arrivals: tuple[Arrival, ...]


class Lineage(BaseModel):
    """Who told it first: the report that stands for all copies of this one, the voice that they speak in, and the
    copies, of very many the first five hundred."""

    report: str
    origin: str | None
    voice: str | None
    copies: tuple[str, ...]

    @classmethod
    def of(cls, row: LineageRow, most: int) -> Lineage:
        """What lineage knows of a report."""
        copies = LineageRow.objects.filter(origin=row.pk).exclude(pk=row.pk).order_by("pk")
        return cls(
            report=row.pk,
            origin=row.origin,
            voice=row.voice,
            copies=tuple(copies.values_list("pk", flat=True)[:most]),
        )


class ClaimTold(BaseModel):
    """A claim, and the report that makes it."""

    report: str
    claim: Claim


class IncidentTold(BaseModel):
    """An incident as it stands, and what people decided of it. `version` goes with decisions on it; `gone` says that it
    is no more: then `incident` is what it was last."""

    id: str
    version: int
    since: dt.datetime
    first_seen: dt.datetime
    status: str
    locked: bool
    sensitivity: str
    assigned_to: str | None
    gone: bool
    incident: Incident | None

    @classmethod
    def of(cls, row: IncidentRow) -> IncidentTold:
        """An incident of the record, taken with `assigned_to`."""
        return cls(
            id=row.pk,
            version=row.version,
            since=row.since,
            first_seen=row.first_seen,
            status=row.status,
            locked=row.locked,
            sensitivity=row.sensitivity,
            assigned_to=row.assigned_to.username if row.assigned_to else None,
            gone=row.gone,
            incident=Incident.model_validate_json(row.value) if row.value else None,
        )


class VersionTold(BaseModel):
    """A state that an incident had, from `since` on, and why; `incident` is `null` where from then on there is none."""

    number: int
    since: dt.datetime
    cause: str
    by: str | None
    reason: str | None
    incident: Incident | None


class SourceLine(BaseModel):
    """A source: in how many incidents it is heard, and of a publisher how many reports are its own."""

    kind: str
    name: str
    incidents: int
    reports: int
    first: dt.date | None
    last: dt.date | None


class Noted(BaseModel):
    """What somebody noted about a source."""

    field: str
    value: str
    by: str
    at: dt.datetime


class SourceTold(BaseModel):
    """A source, and how often its number of people killed fits what independent others say: of `compared` incidents in
    which both give one, in `fits` the ranges share a number."""

    kind: str
    name: str
    incidents: int
    compared: int
    fits: int
    notes: tuple[Noted, ...]


class CountsTold(BaseModel):
    """What the record holds."""

    reports: int
    claims: int
    incidents: int
    decisions: int
    set_aside: int
    originals_waiting: int
    reports_waiting: int


class Made(BaseModel):
    """The number of a decision that was made."""

    number: int


class Reports(BaseModel):
    """A part of the reports; `next` is the `after` of the next part, `null` at the end."""

    items: list[ReportTold]
    next: str | None = None


class Claims(BaseModel):
    """A part of the claims; `next` is the `after` of the next part, `null` at the end."""

    items: list[ClaimTold]
    next: str | None = None


class Incidents(BaseModel):
    """A part of the incidents; `next` is the `after` of the next part, `null` at the end."""

    items: list[IncidentTold]
    next: str | None = None


class Decisions(BaseModel):
    """A part of the decisions; `next` is the `after` of the next part, not there at the end."""

    items: list[DecisionLine]
    next: int | None = None


class Tolls(BaseModel):
    """A part of the running totals; `next` is the `after` of the next part, `null` at the end."""

    items: list[TollSeries]
    next: int | None = None


class Weeks(BaseModel):
    """A part of the weeks of conditions; `next` is the `after` of the next part, `null` at the end."""

    items: list[ConditionWeek]
    next: int | None = None


class Talks(BaseModel):
    """A part of the negotiations; `next` is the `after` of the next part, `null` at the end."""

    items: list[Negotiation]
    next: int | None = None
