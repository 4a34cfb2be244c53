"""The policy by which the figures of a record's incidents are chosen."""

from __future__ import annotations

from ascertain.record.models import RecordMark


def policy_in_force() -> str:
    """The name of the policy (docs/figures.md)."""
    return RecordMark.objects.get(id=1).policy
