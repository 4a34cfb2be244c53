"""Incidents: one thing that happened, put together from the claims about it.

In: readings. Out: `Incident`s, in order of id. Denied, planned, threatened and hypothetical events are no incidents;
tolls are never counted as one. Within a report, claims that name the same event are one incident; across reports, only
claims that agree on day, place, kind and count are joined, until pairs are scored.
"""

from ascertain.incidents.build import build

__all__ = ["build"]
