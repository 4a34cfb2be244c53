"""The copies of a report are found by it, and the few reports that are marked as sensitive without reading all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0003_report_words")]
    operations = [
        migrations.AddIndex(
            model_name="lineagerow",
            index=models.Index(fields=["origin", "report"], name="lineage_origin"),
        ),
        migrations.AddIndex(
            model_name="reportrow",
            index=models.Index(condition=~models.Q(sensitivity=""), fields=["id"], name="report_marked"),
        ),
    ]
