"""What incidents are found and counted by, and an index of their words by the means of each database."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Sums and maps of many incidents are read from an index alone: with SQLite the rows have long values in them.
_SQLITE = (
    'create index incident_shown on record_incidentrow (gone, start, "end", status, type, grading, country, admin1,'
    " place, lat, lon, killed_low, killed_best, killed_high, sources, sensitivity, id)",
    "create virtual table incident_words using fts5(words, content='record_wordsrow', content_rowid='id',"
    " tokenize='unicode61 remove_diacritics 0')",
    "create trigger incident_words_in after insert on record_wordsrow begin"
    " insert into incident_words(rowid, words) values (new.id, new.words); end",
    "create trigger incident_words_out after delete on record_wordsrow begin"
    " insert into incident_words(incident_words, rowid, words) values ('delete', old.id, old.words); end",
    "create trigger incident_words_anew after update on record_wordsrow begin"
    " insert into incident_words(incident_words, rowid, words) values ('delete', old.id, old.words);"
    " insert into incident_words(rowid, words) values (new.id, new.words); end",
)
_POSTGRESQL = ("create index incident_words on record_wordsrow using gin (to_tsvector('simple', words))",)


def _incident(name: str) -> "models.ForeignKey[object, object]":
    return models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name=name, to="record.incidentrow"
    )


def index_words(apps: object, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 -- as Django calls it
    for statement in _SQLITE if editor.connection.vendor == "sqlite" else _POSTGRESQL:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="FigureRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("outcome", models.CharField(max_length=20)),
                ("group", models.CharField(max_length=20)),
                ("low", models.IntegerField(null=True)),
                ("best", models.IntegerField(null=True)),
                ("high", models.IntegerField(null=True)),
                ("incident", _incident("figures")),
            ],
        ),
        migrations.CreateModel(
            name="TraitRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("value", models.CharField(max_length=200)),
                ("incident", _incident("traits")),
            ],
        ),
        migrations.CreateModel(
            name="WordsRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField()),
                (
                    "incident",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="words", to="record.incidentrow"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="figurerow",
            index=models.Index(fields=["outcome", "group", "incident", "low", "best", "high"], name="figure_counted"),
        ),
        migrations.AddConstraint(
            model_name="figurerow",
            constraint=models.UniqueConstraint(fields=("incident", "outcome", "group"), name="figure_once"),
        ),
        migrations.AddIndex(
            model_name="traitrow",
            index=models.Index(fields=["kind", "value", "incident"], name="trait_found"),
        ),
        migrations.AddConstraint(
            model_name="traitrow",
            constraint=models.UniqueConstraint(fields=("incident", "kind", "value"), name="trait_once"),
        ),
        migrations.RunPython(index_words),
    ]
