"""The policy of a record: another one renews every incident, and the history says so."""

from __future__ import annotations

from functools import partial

from ascertain.incidents.policies import policy_named
from ascertain.record.models import EventRow, RecordMark
from ascertain.record.progress import Progress
from ascertain.record.services.incidents import renew_stale
from ascertain.record.writing import persistently, writing


def adopt(*, policy: str, progress: Progress) -> int:
    """Let a policy choose the figures of the record from now on; how many incidents that changed.

    Safe to be broken off: the same again goes on.

    Args:
        policy: its name.
        progress: who is told.

    Raises:
        SettingsError: there is no policy of that name.
    """
    policy_named(policy)
    persistently(partial(_set, policy))
    return renew_stale(progress=progress, cause="policy")


def _set(policy: str) -> None:
    with writing():
        if RecordMark.objects.exclude(policy=policy).update(policy=policy):
            EventRow.objects.update(stale=True)
