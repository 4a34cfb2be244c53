"""Keeping the search index up: words of incidents with the transaction that changes them, those of reports after it.

What is missing, because a process was killed or the record restored, is found and made up for by `catch_up`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from django.db import connection

from ascertain.model import Claim, Incident
from ascertain.record.handfuls import handfuls
from ascertain.record.models import IncidentClaim, IncidentRow, ReportRow
from ascertain.record.models.search import INCIDENT, REPORT
from ascertain.record.progress import Progress, Unwatched
from ascertain.record.selectors.readings import readings_of
from ascertain.record.words import joined
from ascertain.record.writing import persistently, writing
from ascertain.taxonomy import event_types

_AT_ONCE = 300
_KEYS_AT_ONCE = 500
_LONGEST_TEXT = 200_000


def catch_up(*, progress: Progress | None = None) -> int:
    """Put what the index lacks into it; how many incidents and reports that was."""
    told, count = progress or Unwatched(), 0
    for kind, keep in ((INCIDENT, _incident_words), (REPORT, _report_words)):
        missing = persistently(lambda kind=kind: _missing(kind))  # type: ignore[misc]
        if missing:
            told.step("indexing words", len(missing))
        for keys in handfuls(missing, _AT_ONCE):
            persistently(lambda kind=kind, keys=keys, keep=keep: _keep(kind, keys, keep(keys)))  # type: ignore[misc]
            told.advance(len(keys))
        count += len(missing)
    return count


def keep_words(incidents: Collection[str]) -> None:
    """Keep the words of incidents that were changed, within the transaction that changes them."""
    for some in handfuls(sorted(incidents), _AT_ONCE):
        _keep(INCIDENT, some, _incident_words(some))


def _missing(kind: str) -> list[str]:
    table, where = (
        (IncidentRow._meta.db_table, "not t.gone and") if kind == INCIDENT else (ReportRow._meta.db_table, "")
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"select t.id from {table} t left join record_search s on s.kind = %s and s.key = t.id"
            f" where {where} s.id is null order by t.id",
            [kind],
        )
        return [key for (key,) in cursor.fetchall()]


def _keep(kind: str, keys: Sequence[str], words: Mapping[str, str]) -> None:
    """Put words in place of those that are kept of these keys; what has none any more is let go."""
    with writing():
        _WRITERS[connection.vendor](kind, keys, words)


def _keep_in_sqlite(kind: str, keys: Sequence[str], words: Mapping[str, str]) -> None:
    with connection.cursor() as cursor:
        for some in handfuls(keys, _KEYS_AT_ONCE):
            marks = ", ".join(["%s"] * len(some))
            cursor.execute(f"select id, words from record_search where kind = %s and key in ({marks})", [kind, *some])
            old = cursor.fetchall()
            cursor.executemany(
                "insert into record_search_words(record_search_words, rowid, words) values ('delete', %s, %s)", old
            )
            cursor.execute(f"delete from record_search where kind = %s and key in ({marks})", [kind, *some])
        for key in keys:
            if key in words:
                cursor.execute(
                    "insert into record_search (kind, key, words) values (%s, %s, %s) returning id",
                    [kind, key, words[key]],
                )
                (row,) = cursor.fetchone()
                cursor.execute("insert into record_search_words (rowid, words) values (%s, %s)", [row, words[key]])


def _keep_in_postgresql(kind: str, keys: Sequence[str], words: Mapping[str, str]) -> None:
    with connection.cursor() as cursor:
        gone = [key for key in keys if key not in words]
        cursor.execute("delete from record_search where kind = %s and key = any(%s)", [kind, gone])
        cursor.executemany(
            "insert into record_search (kind, key, words) values (%s, %s, array_to_tsvector(%s::text[]))"
            " on conflict (kind, key) do update set words = excluded.words",
            [(kind, key, told.split()) for key, told in words.items()],
        )


_WRITERS = {"sqlite": _keep_in_sqlite, "postgresql": _keep_in_postgresql}


def _report_words(reports: Sequence[str]) -> dict[str, str]:
    rows = ReportRow.objects.filter(pk__in=reports)
    return {
        row.pk: joined([row.pk, row.title, row.publisher, row.author, row.url, row.text[:_LONGEST_TEXT]])
        for row in rows
    }


def _incident_words(incidents: Sequence[str]) -> dict[str, str]:
    """What an incident is found by: its values; of its reports titles, publishers and the words that claim it."""
    rows = IncidentRow.objects.filter(pk__in=incidents, gone=False).values_list("pk", "value")
    values = {pk: Incident.model_validate_json(value) for pk, value in rows}
    held: dict[str, dict[str, set[str]]] = {}
    for incident, report, claim in IncidentClaim.objects.filter(incident__in=list(values)).values_list(
        "incident_id", "report_id", "claim"
    ):
        held.setdefault(incident, {}).setdefault(report, set()).add(claim)
    told = _told_in({report for reports in held.values() for report in reports})
    return {pk: joined([*_of_value(value), *_of_reports(held.get(pk, {}), told)]) for pk, value in values.items()}


def _of_value(value: Incident) -> Iterator[str | None]:
    yield from (value.id, value.type.replace("_", " "))
    if (known := event_types().get(value.type)) and known.acled:
        yield from (known.acled.event_type, known.acled.sub_event_type)
    if value.where:
        yield from (value.where.text, value.where.name, value.where.admin1, value.where.country)
    for actor in value.actors:
        yield from (actor.text, actor.name)
    yield from (target.text for target in value.targets)


_Report = tuple[ReportRow, Mapping[str, Claim]]


def _told_in(reports: Collection[str]) -> dict[str, _Report]:
    rows = {
        row.pk: row for some in handfuls(sorted(reports), _AT_ONCE) for row in ReportRow.objects.filter(pk__in=some)
    }
    claims = {
        reading.report.id: {claim.id: claim for claim in reading.claims}
        for reading in readings_of(reports, with_sketches=False)
    }
    return {id: (row, claims.get(id, {})) for id, row in rows.items()}


def _of_reports(held: Mapping[str, Iterable[str]], told: Mapping[str, _Report]) -> Iterator[str | None]:
    for report, claims in sorted(held.items()):
        row, known = told[report]
        yield from (row.title, row.publisher)
        for claim in sorted(claims):
            if claim in known:
                yield from (row.text[start:end] for start, end in known[claim].evidence)
