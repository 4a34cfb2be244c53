"""Receipts: what arrived, from where and when."""

from __future__ import annotations

import json

from django.db import models

from ascertain.record.models.blobs import Blob
from ascertain.record.models.chain import Chained

WAITING, FOUND, KNOWN = "waiting", "found", "known"


class Receipt(Chained):
    """One arrival of an original at one address; the same bytes at the same address again are no new arrival.

    `state` is `waiting` until all its documents are found; `known` where the same bytes were found in under another
    address already. `position` counts what was found so far, so that a finding that was broken off goes on from there.
    `within` is the receipt of what enclosed it, at `part`, `depth` deep.
    """

    chained_as = "receipt"

    key = models.CharField(max_length=64, unique=True)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="receipts")
    address = models.TextField()
    name = models.TextField()
    media_type = models.TextField(null=True)
    received = models.DateTimeField()
    headers = models.TextField(default="[]")
    within = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="enclosed")
    part = models.TextField(default="")
    depth = models.IntegerField(default=0)
    state = models.CharField(max_length=10, default=WAITING)
    position = models.BigIntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=["id"], name="receipt_waiting", condition=models.Q(state=WAITING)),)

    def headers_told(self) -> tuple[tuple[str, str], ...]:
        """What came with it, as pairs of name and value."""
        return tuple((name, value) for name, value in json.loads(self.headers))

    def chained_content(self) -> dict[str, object]:
        """All that was known at arrival."""
        return {
            "blob": self.blob_id,
            "address": self.address,
            "name": self.name,
            "media_type": self.media_type,
            "received": self.received,
            "headers": self.headers,
            "within": self.within_id,
            "part": self.part,
        }
