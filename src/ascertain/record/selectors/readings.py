"""Readings as the other rooms know them: a report's header, its claims in force, and its sketch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from functools import partial

from django.db.models import QuerySet

from ascertain.model import Reading
from ascertain.record.canonical import canonical
from ascertain.record.handfuls import handfuls
from ascertain.record.models import ClaimRow, ReadingRow, ReportRow, Reread
from ascertain.record.models.readings import IN_FORCE, STAGED
from ascertain.record.replay.amending import AMENDING, amended
from ascertain.record.selectors.decisions import standing_about
from ascertain.record.writing import persistently

_READINGS_AT_ONCE = 500
_HEADER = ("title", "published", "publisher", "url", "language")


def readings_of(
    reports: Collection[str], *, with_sketches: bool = True, as_read: bool = False, staged: bool = False
) -> Iterator[Reading]:
    """The readings in force of these reports, in order of their ids; of one that is not read there is none.

    Args:
        reports: ids of reports.
        with_sketches: also what is kept of their wording, which takes most of the time.
        as_read: as the reader read them, without the claims that people added and with those that they rejected.
        staged: where a reading is staged, that one.
    """
    for some in handfuls(sorted(reports), _READINGS_AT_ONCE):
        readings = persistently(partial(_readings, some, with_sketches, staged))
        decisions = () if as_read else persistently(partial(standing_about, some, kinds=AMENDING))
        yield from (amended(reading, decisions) for reading in readings)


def readings_as_of(moment: dt.datetime | None = None) -> Iterator[Reading]:
    """The readings of all reports as they were in force at a moment, or are in force, in order of the reports' ids.

    Args:
        moment: with its time zone; what came about at it counts.
    """
    reports = ReportRow.objects.order_by("pk").values_list("pk", flat=True).iterator(_READINGS_AT_ONCE)
    for some in handfuls(reports, _READINGS_AT_ONCE):
        if moment is None:
            yield from readings_of(some)
            continue
        readings = _of_rows(_in_force_at(some, moment), with_sketches=True)
        decisions = standing_about(some, kinds=AMENDING, until=moment)
        yield from (amended(reading, decisions) for reading in readings)


def _in_force_at(reports: Sequence[str], moment: dt.datetime) -> QuerySet[ReadingRow]:
    """The readings of these reports that were in force: of each the first, or that of the last reread."""
    rereads = list(Reread.objects.filter(at__lte=moment).order_by("pk").values_list("version_id", "at"))
    rows = ReadingRow.objects.filter(report__in=reports, at__lte=moment).order_by("at", "pk")
    found: dict[str, str] = {}
    taken: dict[str, int] = {}
    for id, report, version, at in rows.values_list("pk", "report_id", "version_id", "at"):
        last = max((n for n, (its, then) in enumerate(rereads, 1) if its == version and at <= then), default=0)
        if report not in found or last > taken[report]:
            found[report], taken[report] = id, last
    return ReadingRow.objects.filter(pk__in=found.values())


def _readings(reports: Sequence[str], with_sketches: bool, staged: bool) -> list[Reading]:
    if staged:
        wanted = set(ReadingRow.objects.filter(report__in=reports, state=STAGED).values_list("report_id", flat=True))
        others = [report for report in reports if report not in wanted]
        found = [*_in_state(sorted(wanted), STAGED, with_sketches), *_in_state(others, IN_FORCE, with_sketches)]
        return sorted(found, key=lambda reading: reading.report.id)
    return _in_state(reports, IN_FORCE, with_sketches)


def _in_state(reports: Sequence[str], state: str, with_sketches: bool) -> list[Reading]:
    return _of_rows(ReadingRow.objects.filter(report__in=reports, state=state), with_sketches=with_sketches)


def _of_rows(found: QuerySet[ReadingRow], *, with_sketches: bool) -> list[Reading]:
    fields = ["pk", "report_id", *(f"report__{name}" for name in _HEADER), *(["sketch"] if with_sketches else [])]
    rows = list(found.order_by("report_id").values(*fields))
    claims = _claims([row["pk"] for row in rows])
    return [
        Reading.model_validate_json(_line(row, claims.get(row["pk"], ()), row.get("sketch") or "null")) for row in rows
    ]


def _line(row: dict[str, object], claims: Sequence[str], sketch: object) -> str:
    header = canonical({"id": row["report_id"], **{name: row[f"report__{name}"] for name in _HEADER}})
    return f'{{"report":{header},"claims":[{",".join(claims)}],"sketch":{sketch}}}'


def _claims(readings: Sequence[str]) -> dict[str, list[str]]:
    """The claims of each reading, as JSON, in the order in which they were read."""
    found: dict[str, list[str]] = {}
    rows = ClaimRow.objects.filter(reading__in=readings).order_by("pk").values_list("reading_id", "value")
    for reading, value in rows:
        found.setdefault(reading, []).append(value)
    return found
