"""The record: reports, claims, incidents and decisions together, in a database.

In: originals of any form, readings and decisions. Out: what the record holds, now and on any day before, and whether it
is whole. `opening` opens a record, `services` change it (one transaction each), `selectors` read it, `chain` makes
alterations show. It is a Django app on SQLite or PostgreSQL; importing it starts Django with `record.settings`,
unless a settings module is named already.
"""

from __future__ import annotations

import os


def _start_django() -> None:
    """Start Django, where whoever imports this does not do so themselves."""
    if os.environ.get("DJANGO_SETTINGS_MODULE"):
        return
    os.environ["DJANGO_SETTINGS_MODULE"] = "ascertain.record.settings"
    import django

    django.setup()


_start_django()
