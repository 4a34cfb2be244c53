"""The search index, as each database has it."""

from collections.abc import Callable, Mapping, Sequence

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from ascertain.record.models.search import DROPPED, MADE


def _running(statements: Mapping[str, Sequence[str]]) -> Callable[[Apps, BaseDatabaseSchemaEditor], None]:
    def run(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 -- as Django calls it
        for statement in statements[editor.connection.vendor]:
            editor.execute(statement, params=None)

    return run


class Migration(migrations.Migration):
    """Makes the index, empty; it is filled when the record is next opened to be changed or shown."""

    dependencies = (("record", "0001_initial"),)
    operations = (migrations.RunPython(_running(MADE), _running(DROPPED)),)
