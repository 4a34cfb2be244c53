"""Finding incidents by words, in any script."""

from __future__ import annotations

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from ascertain.record.models import IncidentRow, WordsRow
from ascertain.record.words import rows_of_words

_SQLITE = "select rowid from incident_words where incident_words match %s"
_ENOUGH = "select count(*) from (select 1 from incident_words where incident_words match %s limit %s)"
_POSTGRESQL = "select id from record_wordsrow where to_tsvector('simple', words) @@ to_tsquery('simple', %s)"


_COMMON = 5000  # from so many incidents on, reading incidents in their order finds a page of them sooner


def with_words(incidents: QuerySet[IncidentRow], asked: str) -> QuerySet[IncidentRow]:
    """Those of the incidents that have all the words asked for, in names, titles or evidence; the last word of each row
    may go on. Where nothing is asked for that is a word, all of them."""
    rows = rows_of_words(asked)
    if not rows:
        return incidents
    is_sqlite = connection.vendor == "sqlite"
    query = _for_sqlite(rows) if is_sqlite else _for_postgresql(rows)
    found = WordsRow.objects.filter(pk__in=RawSQL(_SQLITE if is_sqlite else _POSTGRESQL, [query]))
    if is_sqlite and _is_common(query):
        return incidents.filter(Exists(found.filter(incident=OuterRef("pk"))), gone__in=[False])
    return incidents.filter(pk__in=found.values("incident"))


def _is_common(query: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_ENOUGH, [query, _COMMON])
        return bool(cursor.fetchone()[0] == _COMMON)


def _for_sqlite(rows: list[list[str]]) -> str:
    return " AND ".join(f'"{" ".join(row)}" *' for row in rows)


def _for_postgresql(rows: list[list[str]]) -> str:
    return " & ".join(f"({' <-> '.join(row)}:*)" for row in rows)
