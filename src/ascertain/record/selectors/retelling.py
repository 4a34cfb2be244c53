"""Incidents as some of their reports tell them: put together anew from these reports' claims alone.

What people corrected holds as they set it. A locked incident is what a person saw who knew all its reports, and is not
told by some of them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from pydantic import JsonValue

from ascertain.incidents.build import incident_of, is_told
from ascertain.incidents.events import Event, stories_of
from ascertain.model import Incident
from ascertain.record.replay.decided import marks
from ascertain.record.replay.values import corrected
from ascertain.record.selectors.policy import policy_in_force
from ascertain.record.selectors.readings import readings_of
from ascertain.record.services.tracing import KeptLineage

Corrections = Sequence[tuple[str, JsonValue]]


def corrections_of(state: str) -> Corrections:
    """The fields that people corrected, and what they set them to, of an incident's state as its row holds it."""
    return [(str(each["field"]), each["holds"]) for each in json.loads(state).get("corrections", ())]


def told_without(incidents: Sequence[tuple[Incident, Corrections]], reports: Collection[str]) -> dict[str, Incident]:
    """Incidents as their other reports tell them, by id; those that these found none of are left out.

    Args:
        incidents: each with the fields that people corrected and what they set them to.
        reports: those that are left out.
    """
    events = _events([incident for incident, _ in incidents], reports)
    lineage = KeptLineage.of({event.report.id for told in events.values() for event in told})
    policy = policy_in_force()
    found: dict[str, Incident] = {}
    for incident, corrections in incidents:
        group = events[incident.id]
        if not group or not is_told(group, lineage, claiming=()):
            continue
        made = incident_of(group, lineage, policy=policy)
        made = made.model_copy(update={"id": incident.id, "formerly": incident.formerly})
        for field, value in corrections:
            made = corrected(made, field, value)
        found[incident.id] = made
    return found


def _events(incidents: Sequence[Incident], without: Collection[str]) -> dict[str, list[Event]]:
    """The events of each incident that the reports which are left tell of, in order of their ids."""
    asked = {report for each in incidents for report in each.reports if report not in without}
    speaking = {claim.rpartition("/")[0] for each in incidents for claim in each.claims}
    told: dict[str, tuple[Event, ...]] = {}
    for reports, with_sketches in ((asked & speaking, False), (asked - speaking, True)):
        for reading in readings_of(reports, with_sketches=with_sketches):
            told[reading.report.id] = stories_of(reading)
    return {
        each.id: sorted(
            (
                event
                for report in each.reports
                for event in told.get(report, ())
                if not event.claims or not marks(event).isdisjoint(each.claims)
            ),
            key=lambda event: event.id,
        )
        for each in incidents
    }
