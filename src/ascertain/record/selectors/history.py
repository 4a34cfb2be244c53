"""History: every state that an incident had and why it changed, and the record as it stood on any day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, OuterRef, QuerySet, Subquery

from ascertain.model import Incident, SettingsError, saying
from ascertain.record.models import Decision, Forward, IncidentRow, IncidentVersion

_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class State:
    """A state of an incident: its number, from when it held, why it came about, and the incident; `None` where from
    then on there is none. `by` and `reason` are of the decision, where one made it."""

    number: int
    since: dt.datetime
    cause: str
    incident: Incident | None
    by: str | None = None
    reason: str | None = None


def standing_id(incident: str) -> str:
    """The id under which an incident stands today, from any that it ever had.

    Raises:
        SettingsError: there never was one of that id.
    """
    seen = {incident}
    while forward := Forward.objects.filter(pk=incident).first():
        if forward.to_id in seen:
            break
        incident = forward.to_id
        seen.add(incident)
    if not IncidentRow.objects.filter(pk=incident).exists():
        raise SettingsError(saying("{incident}: no incident has that id", incident=incident))
    return incident


def history(incident: str) -> tuple[State, ...]:
    """All states of an incident, the first one first."""
    versions = list(IncidentVersion.objects.filter(incident=incident).order_by("number"))
    decisions = {
        row.pk: row
        for row in Decision.objects.filter(pk__in=filter(None, map(_decision, versions))).select_related("person")
    }
    return tuple(_state(version, decisions.get(_decision(version) or 0)) for version in versions)


def incidents_as_of(moment: dt.datetime | None = None) -> Iterator[Incident]:
    """The incidents of the record as it stood at a moment, or as it stands, in order of their ids.

    Args:
        moment: with its time zone; what came about at it counts.
    """
    for value in _values_as_of(moment).iterator(chunk_size=_AT_ONCE):
        yield Incident.model_validate_json(value)


def end_of(day: dt.date) -> dt.datetime:
    """The last moment of a day, in UTC.

    >>> end_of(dt.date(2026, 3, 1)).isoformat()
    '2026-03-01T23:59:59.999999+00:00'
    """
    return dt.datetime.combine(day, dt.time.max, tzinfo=dt.UTC)


def _values_as_of(moment: dt.datetime | None) -> QuerySet[IncidentRow, str]:
    if moment is None:
        return IncidentRow.objects.filter(gone=False).order_by("pk").values_list("value", flat=True)
    then = IncidentVersion.objects.filter(incident=OuterRef("pk"), since__lte=moment).order_by("-number")
    told = IncidentRow.objects.filter(first_seen__lte=moment).annotate(then=Subquery(then.values("value")[:1]))
    return told.exclude(then=None).exclude(then="").order_by("pk").values_list(F("then"), flat=True)


def _decision(version: IncidentVersion) -> int | None:
    word, _, number = version.cause.partition(" ")
    return int(number) if word == "decision" else None


def _state(version: IncidentVersion, decision: Decision | None) -> State:
    incident = Incident.model_validate_json(version.value) if version.value else None
    cause = version.cause if decision is None else f"{version.cause}: {decision.kind.replace('_', ' ')}"
    by = decision.person.username if decision else None
    return State(version.number, version.since, cause, incident, by, (decision.reason or None) if decision else None)
