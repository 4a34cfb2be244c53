"""The copies of a report are found by it, and the readings of a few reports, and marked reports, without reading all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0003_report_words")]
    operations = [
        migrations.RemoveIndex(model_name="readingrow", name="reading_count"),
        migrations.AddIndex(
            model_name="readingrow",
            index=models.Index(fields=["claims_count", "state"], name="reading_counted"),
        ),
        migrations.AddIndex(
            model_name="lineagerow",
            index=models.Index(fields=["origin", "report"], name="lineage_origin"),
        ),
        migrations.AddIndex(
            model_name="reportrow",
            index=models.Index(condition=~models.Q(sensitivity=""), fields=["id"], name="report_marked"),
        ),
    ]
