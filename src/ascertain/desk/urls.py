"""The addresses of the desk; each page's module lists its own."""

from __future__ import annotations

from typing import Any

from django.urls import path

from ascertain.desk.api import api
from ascertain.desk.views import (
    basemap,
    coding,
    deciding,
    explore,
    inbox,
    incident,
    people,
    report,
    series,
    signing_in,
    sources,
    tokens,
)


def _with_its_own_guard(urls: tuple[Any, ...]) -> tuple[Any, ...]:
    """The addresses of the API, whose views let nobody in without a token or a session by themselves."""
    for pattern in urls[0]:
        pattern.callback.login_required = False
    return urls


urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("join/<str:secret>/", signing_in.join, name="join"),
    path("language/", signing_in.set_language, name="set_language"),
    *inbox.urls,
    *incident.urls,
    *deciding.urls,
    *explore.urls,
    *series.urls,
    *report.urls,
    *coding.urls,
    *sources.urls,
    *people.urls,
    *tokens.urls,
    *basemap.urls,
    path("api/", _with_its_own_guard(api.urls)),
]
handler404 = "ascertain.desk.views.errors.not_found"
handler500 = "ascertain.desk.views.errors.failed"
