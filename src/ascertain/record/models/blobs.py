"""Blobs: the bytes of originals, kept once under their SHA-256, in compressed chunks."""

from __future__ import annotations

from django.db import models

CHUNK = 1 << 20


class Blob(models.Model):
    """Bytes as they were received. `whole` once all chunks are in."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    whole = models.BooleanField(default=False)


class BlobChunk(models.Model):
    """A mebibyte of a blob, or what is left at its end, compressed (zlib)."""

    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="chunks", db_index=False)
    number = models.IntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["blob", "number"], name="chunk_once"),)
