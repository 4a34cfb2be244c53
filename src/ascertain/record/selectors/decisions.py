"""Decisions as replay takes them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator
from typing import cast

from django.db.models import Q, QuerySet

from ascertain.record.handfuls import handfuls
from ascertain.record.models import Decision, DecisionClaim
from ascertain.record.replay.decided import KINDS, Decided, Kind, Subject, standing

_KEYS_AT_ONCE = 500


def standing_about(
    reports: Collection[str], *, kinds: Collection[str] = KINDS, until: dt.datetime | None = None
) -> tuple[Decided, ...]:
    """The decisions that stand and name a claim of one of these reports, in order.

    Args:
        reports: ids of reports.
        kinds: of which kinds.
        until: those that stood at that moment.
    """
    found: dict[int, Decision] = {}
    for some in handfuls(sorted(reports), _KEYS_AT_ONCE):
        named = DecisionClaim.objects.filter(report__in=some).values("decision")
        found.update((row.pk, row) for row in _rows(Q(pk__in=named, kind__in=kinds)))
    return standing(decided(row) for row in _with_undos(found) if until is None or row.at <= until)


def level_of(report: str) -> str:
    """Who may be given a report, as people marked it: `partner` or `internal`, empty for everybody."""
    marked = standing_about([report], kinds=("mark_sensitive",))
    levels = [str(each.value) for each in marked if each.subject.report == report]
    return levels[-1] if levels else ""


def decisions_about(incidents: Collection[str]) -> list[Decision]:
    """Every decision that names one of these incidents, and every one that takes back such a one, in order."""
    held = DecisionClaim.objects.filter(report__held_in__incident__in=incidents).values("decision")
    rows = {row.pk: row for row in _rows(Q(pk__in=held))}
    about = {pk: row for pk, row in rows.items() if set(decided(row).subject.incidents) & set(incidents)}
    return sorted(_with_undos(about), key=lambda row: row.pk)


def decisions_on(report: str) -> list[Decision]:
    """Every decision on a report itself or on a single claim of it, and every one that takes back such a one, in
    order."""
    named = DecisionClaim.objects.filter(report=report).values("decision")
    about = {row.pk: row for row in _rows(Q(pk__in=named)) if subject_of(row).report == report}
    return sorted(_with_undos(about), key=lambda row: row.pk)


def subject_of(row: Decision) -> Subject:
    """What a decision is about; of one that takes another back, what that one is about."""
    while row.undoes is not None:
        row = row.undoes
    return Subject.model_validate_json(row.subject)


def all_decisions() -> Iterator[Decision]:
    """Every decision, in order."""
    return Decision.objects.select_related("person").order_by("pk").iterator()


def decisions_numbered(numbers: Collection[int]) -> Iterator[Decided]:
    """The decisions of these numbers, in order."""
    for some in handfuls(sorted(numbers), _KEYS_AT_ONCE):
        yield from (decided(row) for row in _rows(Q(pk__in=some)).order_by("pk"))


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


def _rows(where: Q) -> QuerySet[Decision]:
    return Decision.objects.filter(where).select_related("person")
