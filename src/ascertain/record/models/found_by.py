"""What incidents are found and counted by. All of it follows from incidents and reports, and can be made again."""

from __future__ import annotations

from django.db import models

from ascertain.record.models.incidents import IncidentRow

PARTY, SOURCE, TARGET = "party", "source", "target"


class FigureRow(models.Model):
    """A figure of an incident as it stands, of one outcome and one group."""

    incident = models.ForeignKey(IncidentRow, on_delete=models.PROTECT, related_name="figures", db_index=False)
    outcome = models.CharField(max_length=20)
    group = models.CharField(max_length=20)
    low = models.IntegerField(null=True)
    best = models.IntegerField(null=True)
    high = models.IntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["incident", "outcome", "group"], name="figure_once"),)
        indexes = (models.Index(fields=["outcome", "group", "incident", "low", "best", "high"], name="figure_counted"),)


class TraitRow(models.Model):
    """Something by which incidents are found: a party's name, a publisher or speaker, a kind of target."""

    incident = models.ForeignKey(IncidentRow, on_delete=models.PROTECT, related_name="traits", db_index=False)
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=200)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["incident", "kind", "value"], name="trait_once"),)
        indexes = (models.Index(fields=["kind", "value", "incident"], name="trait_found"),)


class WordsRow(models.Model):
    """The words of an incident, as `record.words` folds them: its names, and its reports' titles and evidence."""

    incident = models.OneToOneField(IncidentRow, on_delete=models.PROTECT, related_name="words")
    words = models.TextField()
