"""What the API answers, and what it says where something was not done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ninja import Schema
from pydantic import JsonValue

from ascertain.model import Incident


class Fault(Schema):
    """Why something was not done, and what to do."""

    said: str


class Counted(Schema):
    """What the record holds."""

    reports: int
    claims: int
    incidents: int
    decisions: int
    set_aside: int
    originals_waiting: int
    reports_waiting: int


class CorrectionTold(Schema):
    """A value that a person set: what is computed, what holds, and by which decision."""

    field: str
    computed: JsonValue
    holds: JsonValue
    decision: int


class StateTold(Schema):
    """What people decided beside an incident's values."""

    status: str = "open"
    locked: bool = False
    sensitivity: str = ""
    assigned_to: str | None = None
    corrections: tuple[CorrectionTold, ...] = ()


class IncidentTold(Schema):
    """An incident as it stands: `incident` is in the exchange format, `state` what people decided beside it."""

    id: str
    version: int
    since: dt.datetime
    gone: bool
    incident: Incident
    state: StateTold


class IncidentPage(Schema):
    """A page of incidents, in order of their ids."""

    items: list[IncidentTold]
    next: str | None


class VersionTold(Schema):
    """A state that an incident had; `incident` is null where it was no more from then on."""

    number: int
    since: dt.datetime
    cause: str
    incident: Incident | None
    state: StateTold


class ReportTold(Schema):
    """A report without its text."""

    id: str
    title: str | None
    published: dt.date | None
    publisher: str | None
    author: str | None
    url: str | None
    language: str | None
    state: str
    sensitivity: str
    added: dt.datetime


class ReportPage(Schema):
    """A page of reports, in order of their ids."""

    items: list[ReportTold]
    next: str | None


class ReportWhole(ReportTold):
    """A report with its text; offsets of claims count in that, in Unicode code points."""

    text: str


class DecisionPage(Schema):
    """A page of decisions, as lines in the form of `ascertain decisions --json`."""

    items: list[dict[str, Any]]
    next: str | None


class DecisionMade(Schema):
    """The number of the decision that was made."""

    number: int


class SourceTold(Schema):
    """A source, and how much the record has of it."""

    kind: str
    name: str
    incidents: int
    reports: int


FAULTS: Mapping[int, type[Fault]] = MappingProxyType(dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), Fault))
