"""Feeds that are watched: how each stands, and which of its entries the record has."""

from __future__ import annotations

from django.db import models

from ascertain.record.models.receipts import Receipt


class FeedRow(models.Model):
    """How a watched feed stands (`intake.watching.Standing`). `key` is the SHA-256 of its name, which may be long."""

    key = models.CharField(max_length=64, primary_key=True)
    name = models.TextField()
    etag = models.TextField(null=True)
    last_modified = models.TextField(null=True)
    failures = models.IntegerField(default=0)
    due = models.DateTimeField(null=True)
    polled = models.DateTimeField(null=True)
    problem = models.TextField(null=True)


class FeedEntry(models.Model):
    """One version of an entry of a feed.

    It was taken in where it has a receipt; until then it waits for its page, at `link`, and keeps in `own` (compressed)
    what the feed itself gives for it, with `own_told`, JSON of where that came from. `key` is the SHA-256 of feed,
    identity and digest, `entry` that of feed and identity. `problem` says why what the feed gives was taken in place of
    the page.
    """

    key = models.CharField(max_length=64, unique=True)
    entry = models.CharField(max_length=64, db_index=True)
    feed = models.ForeignKey(FeedRow, on_delete=models.PROTECT, related_name="entries")
    identity = models.TextField()
    digest = models.CharField(max_length=64)
    title = models.TextField(null=True)
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, null=True, related_name="entries")
    link = models.TextField(null=True)
    characters = models.IntegerField(default=0)
    tries = models.IntegerField(default=0)
    due = models.DateTimeField(null=True)
    published = models.DateField(null=True)
    own = models.BinaryField(null=True)
    own_told = models.TextField(null=True)
    problem = models.TextField(null=True)

    class Meta:
        indexes = (models.Index(fields=["id"], name="feed_entry_waiting", condition=models.Q(receipt=None)),)
