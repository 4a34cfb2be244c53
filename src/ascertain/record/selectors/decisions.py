"""Decisions as replay takes them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from typing import cast

from django.db.models import Q

from ascertain.record.handfuls import handfuls
from ascertain.record.models import Decision, DecisionClaim
from ascertain.record.replay.decided import KINDS, Decided, Kind, Subject, standing

_KEYS_AT_ONCE = 500


def standing_about(reports: Collection[str], *, kinds: Collection[str] = KINDS) -> tuple[Decided, ...]:
    """The decisions that stand and name a claim of one of these reports, in order.

    Args:
        reports: ids of reports.
        kinds: of which kinds.
    """
    found: dict[int, Decision] = {}
    for some in handfuls(sorted(reports), _KEYS_AT_ONCE):
        named = DecisionClaim.objects.filter(report__in=some).values("decision")
        found.update((row.pk, row) for row in _rows(Q(pk__in=named, kind__in=kinds)))
    return standing(map(decided, _with_undos(found)))


def decisions_about(incidents: Collection[str]) -> list[Decision]:
    """Every decision that names one of these incidents, and every one that takes back such a one, in order."""
    held = DecisionClaim.objects.filter(report__held_in__incident__in=incidents).values("decision")
    rows = {row.pk: row for row in _rows(Q(pk__in=held))}
    about = {pk: row for pk, row in rows.items() if set(decided(row).subject.incidents) & set(incidents)}
    return sorted(_with_undos(about), key=lambda row: row.pk)


def decided(row: Decision) -> Decided:
    """A decision as replay takes it."""
    return Decided(
        number=row.pk,
        kind=cast(Kind, row.kind),
        subject=Subject.model_validate_json(row.subject),
        value=json.loads(row.value),
        person=row.person.username,
        at=row.at,
        reason=row.reason,
    )


def _with_undos(found: dict[int, Decision]) -> Iterable[Decision]:
    """The decisions, with all that take them back, and those that take these back."""
    known, newest = dict(found), set(found)
    while newest:
        undos = {row.pk: row for some in handfuls(sorted(newest), _KEYS_AT_ONCE) for row in _rows(Q(undoes__in=some))}
        newest = undos.keys() - known.keys()
        known.update(undos)
    return known.values()


def _rows(where: Q) -> Iterator[Decision]:
    return Decision.objects.filter(where).select_related("person").iterator()
