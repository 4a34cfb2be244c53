"""Marks: which record this is, and by what parameters its reports are linked."""

from __future__ import annotations

from django.db import models

from ascertain.record.fields import ZippedText


class RecordMark(models.Model):
    """The one row that says which record this is: `name` is made up when the record is, and again when it is restored
    from a backup, so that what was derived from another record is never taken for its own."""

    name = models.CharField(max_length=32)
    made = models.DateTimeField()


class LinkParameters(models.Model):
    """The parameters by which the record's reports are linked, as estimated from them (`docs/linking.md`); `words` is
    JSON: how common each word was then, in `reports` reports. The newest are in force."""

    since = models.DateTimeField()
    reports = models.BigIntegerField()
    toml = models.TextField()
    words = ZippedText()
