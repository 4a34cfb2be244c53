"""Readings: what a version of a reader read in a report, and its claims."""

from __future__ import annotations

from django.db import models

from ascertain.record.fields import ZippedText
from ascertain.record.models.chain import Chained
from ascertain.record.models.reports import ReportRow

STAGED, IN_FORCE, REPLACED, DISCARDED = "staged", "in force", "replaced", "discarded"


class ReaderVersion(Chained):
    """A reader with all that its readings depend on; `settings` is JSON."""

    chained_as = "reader"

    identity = models.TextField()
    settings = models.TextField(default="{}")
    since = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["identity", "settings"], name="version_once"),)

    def chained_content(self) -> dict[str, object]:
        """All of it."""
        return {"identity": self.identity, "settings": self.settings, "since": self.since}


class ReadingRow(Chained):
    """The reading of a report by one version of a reader; its `id` is `<report>@<version>`.

    One reading a report is in force; a newer one is staged until it takes effect, and older ones are kept. `sketch` is
    JSON: what is kept of the wording. `claims_sha256` is over the claims as they were read, in order. `linked` says
    that the incidents of its claims are written.
    """

    chained_as = "reading"

    id = models.CharField(max_length=280, primary_key=True)
    report = models.ForeignKey(ReportRow, on_delete=models.PROTECT, related_name="readings")
    version = models.ForeignKey(ReaderVersion, on_delete=models.PROTECT, related_name="readings")
    at = models.DateTimeField()
    sketch = ZippedText()
    claims_count = models.IntegerField()
    claims_sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, default=IN_FORCE)
    linked = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["report"], name="one_in_force", condition=models.Q(state=IN_FORCE)),
        )
        indexes = (
            # not `state` first: SQLite would take it for the way to the few readings of some reports, and read all
            models.Index(fields=["claims_count", "state"], name="reading_counted"),
            models.Index(fields=["linked", "state", "report"], name="reading_unlinked"),
        )

    def chained_content(self) -> dict[str, object]:
        """What was read, the claims by their SHA-256."""
        return {"at": self.at, "count": self.claims_count, "claims": self.claims_sha256}


class Reread(Chained):
    """That all staged readings of a version were put in force at a time. The reading of a report that was in force at a
    moment is its first one, or that of the last reread before the moment which it has a reading for."""

    chained_as = "reread"

    version = models.ForeignKey(ReaderVersion, on_delete=models.PROTECT, related_name="rereads")
    at = models.DateTimeField()

    def chained_content(self) -> dict[str, object]:
        """All of it."""
        return {"version": self.version_id, "at": self.at}


class ClaimRow(models.Model):
    """A claim of a reading: `claim` is its id within the report (`c3`), `value` the claim as JSON in the exchange
    format; the other columns repeat what is asked for."""

    reading = models.ForeignKey(ReadingRow, on_delete=models.PROTECT, related_name="claims", db_index=False)
    claim = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    type = models.CharField(max_length=60, null=True)
    day = models.DateField(null=True)
    value = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["reading", "claim"], name="claim_once"),)
