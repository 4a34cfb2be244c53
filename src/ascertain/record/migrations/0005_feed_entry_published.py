"""The day of publication of an entry that waits for its page."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("record", "0004_decision_claims"),
    ]

    operations = [
        migrations.AddField(
            model_name="feedentry",
            name="published",
            field=models.DateField(null=True),
        ),
    ]
