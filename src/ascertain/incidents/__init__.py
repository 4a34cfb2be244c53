"""Incidents: one thing that happened, put together from the claims about it.

In: readings. Out: `Incident`s, in order of their first event's id. Denied, planned, threatened and hypothetical events
are no incidents; tolls are never counted as one. Within a report, claims that name the same event are one (`events`);
across reports, events are linked by what they tell (`linking`, docs/linking.md). Copies and speakers count once
(`lineage`), figures are reconciled by a named policy (`ledger`, `policies`), and support is graded (`grading`).
"""

from ascertain.incidents.build import build

__all__ = ["build"]
