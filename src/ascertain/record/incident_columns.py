"""Columns of an incident: what of its value and state lists sort and search by."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from ascertain.model import Incident

# What people decided that lists ask for, as `state_of` and the columns name it.
STATE_COLUMNS = ("status", "locked", "sensitivity")


def columns_of(incident: Incident) -> dict[str, object]:
    """The columns of `IncidentRow` that repeat an incident's value, and what each must hold."""
    where, when = incident.where, incident.when
    killed = next((f for f in incident.figures if (f.outcome, f.group) == ("killed", "people")), None)
    return {
        "type": incident.type,
        "start": when.start if when else None,
        "end": when.end if when else None,
        "country": where.country if where else None,
        "admin1": where.admin1 if where else None,
        "place": (where.name or where.text) if where else None,
        "lat": where.lat if where else None,
        "lon": where.lon if where else None,
        "killed_low": killed.low if killed else None,
        "killed_best": killed.best if killed else None,
        "killed_high": killed.high if killed else None,
        "grading": incident.grading,
        "sources": incident.sources,
        "reports_count": len(incident.reports),
        "claims_count": len(incident.claims),
    }


def columns_of_state(state: Mapping[str, JsonValue]) -> dict[str, object]:
    """The columns that repeat an incident's state, but for whose it is to review."""
    return {name: state[name] for name in STATE_COLUMNS}
