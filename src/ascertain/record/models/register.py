"""The register of sources: what people know about publishers and speakers."""

from __future__ import annotations

from django.db import models

from ascertain.record.models.chain import Chained
from ascertain.record.models.people import Person


class SourceNote(Chained):
    """What a person noted about a source; the last note about a `field` holds.

    `kind` says whether `source` is a `publisher` or a `speaker`, by the name that reports give; `field` is `name`,
    `type`, `country`, `url`, `sensitivity` or `note`.
    """

    chained_as = "source"

    kind = models.CharField(max_length=10)
    source = models.TextField()
    field = models.CharField(max_length=20)
    value = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="source_notes")
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["kind", "source"], name="source_noted"),)

    def chained_content(self) -> dict[str, object]:
        """All of it."""
        return {
            "kind": self.kind,
            "source": self.source,
            "field": self.field,
            "value": self.value,
            "person": self.person_id,
            "at": self.at,
        }
