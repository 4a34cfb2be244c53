"""The search index: words of incidents and reports. It is no model of Django's, as it is made otherwise on each
database and can be made again from the record; so backups leave it out.

`record_search` has a row for each incident and report: `id`, `kind`, `key`, and the `words`. On SQLite an FTS5 table
over it, `record_search_words`, finds rows by words; on PostgreSQL the column `words` is a `tsvector` with a GIN index.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

INCIDENT, REPORT = "i", "r"

# What the migration makes, and how it is taken away.
MADE: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "sqlite": (
            "create table record_search (id integer primary key, kind text not null, key text not null,"
            " words text not null, unique (kind, key))",
            "create virtual table record_search_words using fts5"
            "(words, content='record_search', content_rowid='id', prefix='2 3 4', detail=none,"
            " tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* Co'\")",
        ),
        "postgresql": (
            "create table record_search (id bigserial primary key, kind text not null, key text not null,"
            " words tsvector not null, unique (kind, key))",
            "create index record_search_words on record_search using gin (words)",
        ),
    }
)
DROPPED: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "sqlite": ("drop table record_search_words", "drop table record_search"),
        "postgresql": ("drop table record_search",),
    }
)
