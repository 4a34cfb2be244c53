"""What was set aside: items that could not be taken in or read, with the reason and what to do about it."""

from __future__ import annotations

from django.db import models

from ascertain.record.models.chain import Chained
from ascertain.record.models.receipts import Receipt
from ascertain.record.models.reports import ReportRow


class SetAsideRow(Chained):
    """One item that was set aside: an original that could not be received (no `receipt`), a part of one that could not
    be taken in, or a report that the reader failed on (`report`). `retried` says when it was taken up again, and
    `mended` that this went well. `key` makes it one row however often the same happens."""

    chained_as = "set_aside"

    key = models.CharField(max_length=64, unique=True)
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, null=True, related_name="set_aside")
    report = models.ForeignKey(ReportRow, on_delete=models.PROTECT, null=True, related_name="set_aside")
    source = models.TextField()
    line = models.BigIntegerField(null=True)
    problem = models.TextField()
    remedy = models.TextField()
    at = models.DateTimeField()
    retried = models.DateTimeField(null=True)
    mended = models.BooleanField(default=False)

    def chained_content(self) -> dict[str, object]:
        """What was set aside, and why."""
        return {
            "receipt": self.receipt_id,
            "report": self.report_id,
            "source": self.source,
            "line": self.line,
            "problem": self.problem,
            "remedy": self.remedy,
            "at": self.at,
        }
