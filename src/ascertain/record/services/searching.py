"""Keeping up what reports are found by. It is no part of the record and can be made again: backups leave it out, and
what is missing, because a process was killed or the record restored, is made up for by the next call."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.db import connection

from ascertain.record.handfuls import handfuls
from ascertain.record.models import ReportRow
from ascertain.record.progress import Progress
from ascertain.record.words import searchable
from ascertain.record.writing import persistently, writing

_AT_ONCE = 200
_LONGEST_TEXT = 200_000
_MISSING = (
    "select t.id from {} t left join report_indexed i on i.report = t.id where i.id is null order by t.added, t.id"
)


def index_reports(*, progress: Progress) -> int:
    """Index the words of reports that are not indexed; how many they were."""
    missing = persistently(_missing)
    if missing:
        progress.step("indexing reports", len(missing))
    for some in handfuls(missing, _AT_ONCE):
        persistently(partial(_index, some), on_wait=progress.away)
        progress.advance(len(some))
    return len(missing)


def _missing() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_MISSING.format(ReportRow._meta.db_table))
        return [report for (report,) in cursor.fetchall()]


def _index(reports: Sequence[str]) -> None:
    told = {row.pk: _words(row) for row in ReportRow.objects.filter(pk__in=reports)}
    with writing(), connection.cursor() as cursor:
        for report in reports:
            if connection.vendor == "postgresql":
                cursor.execute(
                    "insert into report_indexed (report, words) values (%s, to_tsvector('simple', %s))"
                    " on conflict do nothing",
                    [report, told[report]],
                )
                continue
            cursor.execute("insert or ignore into report_indexed (report) values (%s)", [report])
            if cursor.rowcount:
                cursor.execute(
                    "insert into report_words (rowid, words) select id, %s from report_indexed where report = %s",
                    [told[report], report],
                )


def _words(row: ReportRow) -> str:
    told = (row.pk, row.title, row.publisher, row.author, row.url, row.text[:_LONGEST_TEXT])
    return " ".join(dict.fromkeys(searchable(*(text for text in told if text)).split()))
