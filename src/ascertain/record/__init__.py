"""The record: reports, claims, incidents and decisions together, in a database.

In: originals of any form, readings and decisions. Out: what the record holds, now and on any day before, and whether it
is whole. `opening` opens a record, `services` change it (one transaction each), `selectors` read it, `chain` makes
alterations show. It is a Django app on SQLite or PostgreSQL; importing it starts Django with `record.settings`,
unless a settings module is named already.
"""

from __future__ import annotations

import os
import sys

_SETTINGS, _DESK = "ascertain.record.settings", "ascertain.desk.settings"


def _start_django() -> None:
    """Start Django, where it is to run with the record's own settings or the desk's; with others, whoever named them
    starts it, and where the desk's are being read, the desk does."""
    named = os.environ.setdefault("DJANGO_SETTINGS_MODULE", _SETTINGS)
    if named not in (_SETTINGS, _DESK) or (named == _DESK and _DESK in sys.modules):
        return
    import django
    from django.apps import apps

    if not (apps.ready or apps.loading):
        django.setup()


_start_django()
