"""The addresses of the desk; each page's module lists its own."""

from __future__ import annotations

from django.urls import path

from ascertain.desk.views import coding, explore, inbox, incident, people, report, series, signing_in, sources

urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("join/<str:secret>/", signing_in.join, name="join"),
    path("language/", signing_in.set_language, name="set_language"),
    *inbox.urls,
    *incident.urls,
    *explore.urls,
    *series.urls,
    *report.urls,
    *coding.urls,
    *sources.urls,
    *people.urls,
]
handler404 = "ascertain.desk.views.errors.not_found"
handler500 = "ascertain.desk.views.errors.failed"
