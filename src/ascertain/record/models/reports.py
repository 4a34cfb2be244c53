"""Reports: documents as they were found in what arrived."""

from __future__ import annotations

from django.db import models

from ascertain.model import Report
from ascertain.record.fields import ZippedText
from ascertain.record.models.chain import Chained
from ascertain.record.models.receipts import Receipt

WAITING, READ, SET_ASIDE = "waiting", "read", "set aside"


class ReportRow(Chained):
    """A report. `text` is what offsets of claims count in; `pages` is JSON: the span of the text on each page.

    `state` is `waiting` until it is read, `set aside` where the reader failed on it. `sensitivity` is empty unless a
    decision says otherwise; it is no part of what was received.
    """

    chained_as = "report"

    id = models.CharField(max_length=255, primary_key=True)
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="reports")
    part = models.TextField(default="")
    text = ZippedText()
    text_sha256 = models.CharField(max_length=64)
    title = models.TextField(null=True)
    published = models.DateField(null=True)
    publisher = models.TextField(null=True)
    author = models.TextField(null=True)
    url = models.TextField(null=True)
    language = models.TextField(null=True)
    pages = models.TextField(default="[]")
    added = models.DateTimeField()
    state = models.CharField(max_length=10, default=WAITING)
    sensitivity = models.CharField(max_length=20, default="")

    class Meta:
        indexes = (
            models.Index(fields=["id"], name="report_waiting", condition=models.Q(state=WAITING)),
            models.Index(fields=["published"], name="report_published"),
            models.Index(fields=["id"], name="report_marked", condition=~models.Q(sensitivity="")),
        )

    def chained_content(self) -> dict[str, object]:
        """All that was received, the text by its SHA-256."""
        return {
            "receipt": self.receipt_id,
            "part": self.part,
            "text": self.text_sha256,
            "title": self.title,
            "published": self.published,
            "publisher": self.publisher,
            "author": self.author,
            "url": self.url,
            "language": self.language,
            "pages": self.pages,
        }

    def as_report(self) -> Report:
        """The report as readers take it."""
        return Report(
            id=self.id,
            text=self.text,
            title=self.title,
            published=self.published,
            publisher=self.publisher,
            url=self.url,
            language=self.language,
        )
