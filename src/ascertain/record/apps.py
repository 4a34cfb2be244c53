"""The record as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """The record."""

    name = "ascertain.record"
    label = "record"
    verbose_name = "Record"
