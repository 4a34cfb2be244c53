"""Blind double coding: a sample of incidents that two people code without seeing each other's work, and what came of
their disagreements."""

from __future__ import annotations

from django.db import models

from ascertain.record.models.chain import Chained
from ascertain.record.models.incidents import IncidentRow
from ascertain.record.models.people import Person


class Sample(models.Model):
    """Incidents that are to be coded twice: drawn by chance from `seed` among those that `filter` (a query string of
    the inbox) finds; `fields` is JSON: which values are coded."""

    name = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="samples")
    at = models.DateTimeField()
    seed = models.IntegerField()
    filter = models.TextField(default="")
    fields = models.TextField()
    coders = models.ManyToManyField(Person, related_name="coded_samples")


class SampleItem(models.Model):
    """One incident of a sample, in the state that it had when the sample was drawn."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="items")
    incident = models.ForeignKey(IncidentRow, on_delete=models.PROTECT, related_name="sampled")
    version = models.IntegerField()
    place = models.IntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["sample", "incident"], name="sampled_once"),)


class Coding(Chained):
    """What one person coded of one item: `values` is JSON, by field; a later one takes the place of an earlier one. A
    `settled` one is what was agreed after the disagreement was seen."""

    chained_as = "coding"

    item = models.ForeignKey(SampleItem, on_delete=models.PROTECT, related_name="codings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="codings")
    at = models.DateTimeField()
    values = models.TextField()
    settled = models.BooleanField(default=False)
    reason = models.TextField(default="")

    def chained_content(self) -> dict[str, object]:
        """All of it."""
        return {
            "item": self.item_id,
            "person": self.person_id,
            "at": self.at,
            "values": self.values,
            "settled": self.settled,
            "reason": self.reason,
        }
