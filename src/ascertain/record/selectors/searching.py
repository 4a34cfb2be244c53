"""Searching: incidents and reports by words, in any script."""

from __future__ import annotations

from typing import Literal

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from ascertain.record.models import IncidentRow, ReportRow
from ascertain.record.models.search import INCIDENT, REPORT
from ascertain.record.words import words_asked

MOST_FOUND = 5000
_FIND = {
    "sqlite": (
        "select key from record_search where kind = %s and id in (select rowid from record_search_words"
        " where record_search_words match %s) order by id desc limit %s"
    ),
    "postgresql": "select key from record_search where kind = %s and words @@ %s::tsquery order by id desc limit %s",
}


def found_incidents(query: str) -> QuerySet[IncidentRow]:
    """The incidents that hold all words of a query, the last one as far as it was typed; where the query holds no word,
    all. Of many, the `MOST_FOUND` that changed last.

    >>> found_incidents("...").query.where.children
    []
    """
    return (
        IncidentRow.objects.filter(pk__in=_keys(INCIDENT, query)) if words_asked(query) else IncidentRow.objects.all()
    )


def found_reports(query: str) -> QuerySet[ReportRow]:
    """The reports that hold all words of a query, likewise."""
    return ReportRow.objects.filter(pk__in=_keys(REPORT, query)) if words_asked(query) else ReportRow.objects.all()


def keys_found(kind: Literal["i", "r"], query: str, *, most: int = MOST_FOUND) -> list[str]:
    """The ids of what holds all words of a query, the newest first."""
    words = words_asked(query)
    if not words:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_FIND[connection.vendor], [kind, _asked(words), most])
        return [key for (key,) in cursor.fetchall()]


def _keys(kind: str, query: str) -> RawSQL:
    return RawSQL(f"({_FIND[connection.vendor]})", [kind, _asked(words_asked(query)), MOST_FOUND])


def _asked(words: tuple[str, ...]) -> str:
    """The words as the database asks for them: each whole, the last one also as the beginning of another."""
    if connection.vendor == "sqlite":
        return " ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}"*'])
    return " & ".join([*(f"'{word}'" for word in words[:-1]), f"'{words[-1]}':*"])
