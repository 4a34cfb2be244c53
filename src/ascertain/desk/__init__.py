"""The desk: the web pages where people review, and the API.

In: the record, and what people do in a browser. Out: pages, and decisions, made by the services of `record`. Views are
thin: `selectors` say what a page shows, `record.services` change. Importing it starts Django with `desk.settings`,
unless a settings module is named already.
"""

from __future__ import annotations

import os

_SETTINGS = "ascertain.desk.settings"


def _start_django() -> None:
    """Start Django, where it is to run with the desk's own settings; with others, whoever named them starts it."""
    if os.environ.setdefault("DJANGO_SETTINGS_MODULE", _SETTINGS) != _SETTINGS:
        return
    import django
    from django.apps import apps

    if not (apps.ready or apps.loading):
        django.setup()


_start_django()
