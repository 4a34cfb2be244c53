"""Django's settings for the desk: those of the record, and what pages need. Nothing is open without a sign-in.

A team's server sets `ASCERTAIN_DESK_HOSTS` (names under which it is reached, behind TLS) and `ASCERTAIN_SECRET_KEY`;
without them the desk is for the machine that it runs on. `ASCERTAIN_BASE_MAP` names a base map of one's own.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from ascertain.record.settings import AUTH_USER_MODEL as AUTH_USER_MODEL
from ascertain.record.settings import DATABASES as DATABASES
from ascertain.record.settings import DEFAULT_AUTO_FIELD as DEFAULT_AUTO_FIELD
from ascertain.record.settings import INSTALLED_APPS as RECORD_APPS
from ascertain.record.settings import TIME_ZONE as TIME_ZONE
from ascertain.record.settings import USE_TZ as USE_TZ

_HERE = Path(__file__).parent
_HOSTS = [host for host in os.environ.get("ASCERTAIN_DESK_HOSTS", "").replace(",", " ").split() if host]
_TEAM = bool(_HOSTS)

DEBUG = False
ALLOWED_HOSTS = [*_HOSTS, "localhost", "127.0.0.1", "[::1]"]
SECRET_KEY = os.environ.get("ASCERTAIN_SECRET_KEY") or secrets.token_urlsafe(50)
BASE_MAP = os.environ.get("ASCERTAIN_BASE_MAP") or None
ROOT_URLCONF = "ascertain.desk.urls"

INSTALLED_APPS = [
    *RECORD_APPS,
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "ascertain.desk",
]
MIDDLEWARE = [
    "ascertain.desk.middleware.heads",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ascertain.desk.middleware.no_nulls",
    "ascertain.desk.middleware.refusals",
    "ascertain.desk.middleware.private_pages",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "ascertain.desk.pages.frame",
            ],
            "builtins": [
                "ascertain.desk.templatetags.bundles",
                "ascertain.desk.templatetags.naming",
                "django.templatetags.i18n",
            ],
        },
    }
]

LOGIN_URL = "sign_in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

SESSION_COOKIE_NAME = "ascertain_session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_SAVE_EVERY_REQUEST = False
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_COOKIE_NAME = "ascertain_csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = SECURE_HSTS_INCLUDE_SUBDOMAINS = _TEAM
SECURE_HSTS_PRELOAD = _TEAM
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _TEAM else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _TEAM else None
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in _HOSTS]
CSRF_FAILURE_VIEW = "ascertain.desk.views.errors.csrf_failed"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 << 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Scripts and styles are files of the desk's own; maps work in a worker, and draw pictures that they make themselves.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/desk/.+[-.][0-9A-Za-z_-]{8}\.\w+$"

USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ar", _("Arabic"))]
LANGUAGE_COOKIE_NAME = "ascertain_language"
LOCALE_PATHS = [str(_HERE / "locale")]
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"terminal": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django": {"handlers": ["terminal"], "level": "ERROR", "propagate": True},
        "waitress.queue": {"level": "ERROR"},  # that requests wait for a moment is no news
    },
}


def team_fault() -> str | None:
    """What a team's server lacks to run, and what to do."""
    if not _TEAM:
        return "ASCERTAIN_DESK_HOSTS is not set; name the hosts under which the desk is reached"
    if not os.environ.get("ASCERTAIN_SECRET_KEY"):
        return "ASCERTAIN_SECRET_KEY is not set; make one by python3 -c 'import secrets; print(secrets.token_hex(32))'"
    return None
