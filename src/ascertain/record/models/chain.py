"""The chain: an entry for each row that was appended, each entry bound to the one before it by its hash."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ChainEntry(models.Model):
    """One link of the chain: which row, and the digest of what it said.

    `hash` is the SHA-256 of the canonical JSON of `[previous, seq, kind, key, digest, at]`; `previous` is the hash of
    the entry before, 32 zero bytes for the first.
    """

    seq = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=20)
    key = models.TextField()
    digest = models.BinaryField(max_length=32)
    at = models.CharField(max_length=32)
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "key"], name="chained_once"),)


class Chained(models.Model):
    """A row that the chain vouches for, from when it is appended. Only what `chained_content` tells is bound: a column
    that may change later is not in it."""

    chained_as: ClassVar[str]

    class Meta:
        abstract = True

    def chained_content(self) -> dict[str, object]:
        """What of the row may never change."""
        raise NotImplementedError
