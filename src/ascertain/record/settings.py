"""Django's settings for the record. The database is a stand-in until a record is opened."""

from __future__ import annotations

from typing import Any

INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "ascertain.record"]
AUTH_USER_MODEL = "record.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES: dict[str, dict[str, Any]] = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
LOGGING_CONFIG = None
