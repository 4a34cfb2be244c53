"""The desk as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages and API; what they keep lies in the record."""

    name = "ascertain.desk"
    label = "desk"
