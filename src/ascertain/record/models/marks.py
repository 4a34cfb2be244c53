"""Marks: which record this is, by what policy it counts, and by what parameters its reports are linked."""

from __future__ import annotations

from django.db import models

from ascertain.pipeline.run import DEFAULT_POLICY
from ascertain.record.fields import ZippedText


class RecordMark(models.Model):
    """The one row that says which record this is: `name` is made up when the record is, and again when it is restored
    from a backup, so that what was derived from another record is never taken for its own. `policy` is the policy by
    which the figures of its incidents are chosen (`docs/figures.md`)."""

    name = models.CharField(max_length=32)
    made = models.DateTimeField()
    policy = models.CharField(max_length=40, default=DEFAULT_POLICY)


class LinkParameters(models.Model):
    """The parameters by which the record's reports are linked, as estimated from them (`docs/linking.md`); `words` is
    JSON: how common each word was then, in `reports` reports. The newest are in force. `rereading` says that incidents
    are yet to be brought up to date with a new version of the reader, for which these were estimated."""

    since = models.DateTimeField()
    reports = models.BigIntegerField()
    toml = models.TextField()
    words = ZippedText()
    rereading = models.BooleanField(default=False)
