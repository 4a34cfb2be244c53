"""The copies of a report are found by it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0003_report_words")]
    operations = [
        migrations.AddIndex(
            model_name="lineagerow",
            index=models.Index(fields=["origin", "report"], name="lineage_origin"),
        ),
    ]
