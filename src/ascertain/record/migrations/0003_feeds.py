"""Feeds that are watched, and the entries that were taken in from them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("record", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="FeedRow",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("etag", models.TextField(null=True)),
                ("last_modified", models.TextField(null=True)),
                ("failures", models.IntegerField(default=0)),
                ("due", models.DateTimeField(null=True)),
                ("polled", models.DateTimeField(null=True)),
                ("problem", models.TextField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="FeedEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("entry", models.CharField(db_index=True, max_length=64)),
                ("identity", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("title", models.TextField(null=True)),
                ("link", models.TextField(null=True)),
                ("characters", models.IntegerField(default=0)),
                ("tries", models.IntegerField(default=0)),
                ("due", models.DateTimeField(null=True)),
                ("own", models.BinaryField(null=True)),
                ("own_told", models.TextField(null=True)),
                ("problem", models.TextField(null=True)),
                (
                    "feed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="record.feedrow"
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="record.receipt",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("receipt", None)), fields=["id"], name="feed_entry_waiting")
                ],
            },
        ),
    ]
