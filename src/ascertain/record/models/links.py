"""Links: what was found out about which events are one, and who copied whom. All of it can be made again."""

from __future__ import annotations

from django.db import models

from ascertain.record.models.reports import ReportRow


class EventRow(models.Model):
    """An event of a report, and the group that linking puts it in; decisions come after that.

    `claim` is the event's first claim, empty for a report that claims nothing. `group` and `heap` go by the least id of
    an event in them; what is in different heaps is never put together by linking. `stale` says that the incidents of
    the heap are yet to be renewed.
    """

    report = models.ForeignKey(ReportRow, on_delete=models.PROTECT, related_name="events", db_index=False)
    claim = models.CharField(max_length=40, default="")
    group = models.CharField(max_length=300)
    heap = models.CharField(max_length=300, db_index=True)
    stale = models.BooleanField(default=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["report", "claim"], name="event_once"),)
        indexes = (models.Index(fields=["heap"], name="event_stale", condition=models.Q(stale=True)),)

    @property
    def event(self) -> str:
        """The id of the event: `r1/c3`."""
        return f"{self.report_id}/{self.claim}"


class LineageRow(models.Model):
    """What lineage knows of a report: `card` (JSON) and the hashes of its wording, 32 bits each; and what came of that:
    the report that stands for all its copies, and the voice that it speaks in."""

    report = models.OneToOneField(ReportRow, on_delete=models.PROTECT, primary_key=True, related_name="lineage")
    card = models.TextField()
    runs = models.BinaryField()
    words = models.BinaryField()
    origin = models.CharField(max_length=255, null=True)
    voice = models.TextField(null=True)

    class Meta:
        indexes = (models.Index(fields=["origin", "report"], name="lineage_origin"),)
