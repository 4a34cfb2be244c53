"""Searching reports by words, in any script; incidents are found by `finding`."""

from __future__ import annotations

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from ascertain.record.models import ReportRow
from ascertain.record.words import rows_of_words

MOST_FOUND = 5000
_SQLITE = (
    "select report from report_indexed where id in"
    " (select rowid from report_words where report_words match %s order by rowid desc limit %s)"
)
_POSTGRESQL = "select report from report_indexed where words @@ to_tsquery('simple', %s) order by id desc limit %s"


def reports_with_words(asked: str) -> QuerySet[ReportRow]:
    """The reports that hold all the words asked for, of which each may go on; of many the `MOST_FOUND` that came last.
    Where nothing is asked for that is a word, all reports."""
    words = list(dict.fromkeys(word for row in rows_of_words(asked) for word in row))
    if not words:
        return ReportRow.objects.all()
    is_sqlite = connection.vendor == "sqlite"
    query = " ".join(f'"{word}" *' for word in words) if is_sqlite else " & ".join(f"{word}:*" for word in words)
    return ReportRow.objects.filter(pk__in=RawSQL(_SQLITE if is_sqlite else _POSTGRESQL, [query, MOST_FOUND]))
