"""Decisions: what people decided about the record, with reason and time. They are appended and never changed."""

from __future__ import annotations

from django.db import models

from ascertain.record.models.chain import Chained
from ascertain.record.models.reports import ReportRow


class Decision(Chained):
    """One decision. `subject` is JSON: the incidents, events or reports that it is about, by their ids; `value` is
    JSON: what was decided of them. `undoes` is the decision that this one takes back."""

    chained_as = "decision"

    kind = models.CharField(max_length=20)
    subject = models.TextField()
    value = models.TextField(default="null")
    person = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="decisions")
    at = models.DateTimeField(db_index=True)
    reason = models.TextField(default="")
    undoes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="undone_by")

    def chained_content(self) -> dict[str, object]:
        """All of it."""
        return {
            "kind": self.kind,
            "subject": self.subject,
            "value": self.value,
            "person": self.person_id,
            "at": self.at,
            "reason": self.reason,
            "undoes": self.undoes_id,
        }


class DecisionClaim(models.Model):
    """A claim that a decision names, so that the decision is found from the claim. `ties` marks those of
    decisions that name several: where one is looked at anew, the others are too."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="names")
    report = models.ForeignKey(ReportRow, on_delete=models.PROTECT, related_name="decided", db_index=False)
    claim = models.CharField(max_length=40, default="")
    ties = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["report", "claim", "decision"], name="named_once"),)
