"""Incidents: as they stand, each state that they had, which claims they hold, and where ids lead that moved on."""

from __future__ import annotations

from django.db import models

from ascertain.record.models.chain import Chained
from ascertain.record.models.reports import ReportRow

OPEN, ACCEPTED, REJECTED = "open", "accepted", "rejected"
# What the inbox filters by and counts: in its index, so that neither has to look at the rows.
_ASKED_FOR = ("status", "needs", "grading", "type", "country", "start", "end", "assigned_to", "since")


class IncidentRow(models.Model):
    """An incident as it stands. `value` is JSON in the exchange format, `state` is JSON: what people decided beside it
    (`replay.values.state_of`); columns repeat what lists sort and search by.

    `gone` marks one that is no more: its claims are in another (see `Forward`), or none of them stands. `killed_low` to
    `killed_high` are of all people. `need` is its place in the order of need, `needs` why, a bit each (`needs.BITS`),
    and `waiting` whether it is for a reviewer to look at: open, or changed by reports since it was accepted or rejected
    (`changed`). `decided_by` is the decision that did so, when it had `decided_sources` independent sources.
    """

    id = models.CharField(max_length=40, primary_key=True)
    version = models.IntegerField()
    since = models.DateTimeField()
    first_seen = models.DateTimeField()
    value = models.TextField()
    gone = models.BooleanField(default=False)
    type = models.CharField(max_length=60)
    start = models.DateField(null=True)
    end = models.DateField(null=True)
    country = models.CharField(max_length=2, null=True)
    admin1 = models.TextField(null=True)
    place = models.TextField(null=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    killed_low = models.IntegerField(null=True)
    killed_best = models.IntegerField(null=True)
    killed_high = models.IntegerField(null=True)
    grading = models.CharField(max_length=20)
    sources = models.IntegerField()
    reports_count = models.IntegerField()
    claims_count = models.IntegerField()
    status = models.CharField(max_length=20, default=OPEN)
    locked = models.BooleanField(default=False)
    sensitivity = models.CharField(max_length=20, default="")
    assigned_to = models.ForeignKey("Person", on_delete=models.PROTECT, null=True, related_name="assigned")
    state = models.TextField(default="{}")
    need = models.IntegerField(default=0)
    needs = models.IntegerField(default=0)
    waiting = models.BooleanField(default=True)
    changed = models.BooleanField(default=False)
    decided_by = models.BigIntegerField(null=True)
    decided_sources = models.IntegerField(default=0)

    class Meta:
        indexes = (
            models.Index(fields=["gone", "status", "since"], name="incident_since"),
            models.Index(fields=["gone", "start"], name="incident_start"),
            models.Index(fields=["gone", "-need", "id"], name="incident_need"),
            models.Index(
                fields=["gone", "status", "waiting", "needs", "grading", "type", "country"], name="incident_counted"
            ),
            models.Index(fields=["gone", "country", "admin1"], name="incident_area"),
            models.Index(
                fields=["gone", "waiting", "-need", "id", *_ASKED_FOR],
                name="incident_inbox",
            ),
        )


class IncidentVersion(Chained):
    """A state that an incident had from `since` on; its `id` is `<incident>@<number>`. `value` is JSON, empty where
    the incident is no more from then on; `state` is as in `IncidentRow`. `cause` says why it changed: `reports`,
    `decision 12`, `reread`, `policy`.
    """

    chained_as = "incident"

    id = models.CharField(max_length=60, primary_key=True)
    incident = models.ForeignKey(IncidentRow, on_delete=models.PROTECT, related_name="versions", db_index=False)
    number = models.IntegerField()
    since = models.DateTimeField(db_index=True)
    value = models.TextField()
    state = models.TextField(default="{}")
    cause = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["incident", "number"], name="state_once"),)

    def chained_content(self) -> dict[str, object]:
        """All of it."""
        return {"since": self.since, "value": self.value, "state": self.state, "cause": self.cause}


class IncidentClaim(models.Model):
    """Which incident holds a claim; `claim` is empty where the report claims nothing and is in it all the same."""

    incident = models.ForeignKey(IncidentRow, on_delete=models.PROTECT, related_name="held")
    report = models.ForeignKey(ReportRow, on_delete=models.PROTECT, related_name="held_in", db_index=False)
    claim = models.CharField(max_length=40, default="")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["report", "claim"], name="held_once"),)


class Forward(models.Model):
    """Where the id of an incident leads that has become part of another. It may lead on from there."""

    id = models.CharField(max_length=40, primary_key=True)
    to = models.ForeignKey(IncidentRow, on_delete=models.PROTECT, related_name="formerly")
    since = models.DateTimeField()
