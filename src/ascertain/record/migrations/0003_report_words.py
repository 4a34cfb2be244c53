"""The words of reports, by the means of each database; they follow from the reports and can be made again."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# No text is kept a second time: a report never changes, so what it is found by is only ever added.
_SQLITE = (
    "create table report_indexed (id integer primary key, report text not null unique)",
    "create virtual table report_words using fts5"
    "(words, content='', detail=none, tokenize='unicode61 remove_diacritics 0')",
)
_POSTGRESQL = (
    "create table report_indexed (id bigserial primary key, report text not null unique, words tsvector not null)",
    "create index report_words on report_indexed using gin (words)",
)


def make(apps: object, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 -- as Django calls it
    """Make the index, empty; it is filled when reports are linked, or the desk is started."""
    for statement in _SQLITE if editor.connection.vendor == "sqlite" else _POSTGRESQL:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """Makes the index of the words of reports."""

    dependencies = (("record", "0002_found_by"),)
    operations = (migrations.RunPython(make),)
