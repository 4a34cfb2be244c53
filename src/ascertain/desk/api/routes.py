"""The addresses of the API: nothing is open without a token or a session, and each may ask so often."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.urls import URLPattern, path, re_path
from ninja import NinjaAPI
from ninja.throttling import AuthRateThrottle

from ascertain.desk.api.answers import not_there, tell_faults
from ascertain.desk.api.deciding import record
from ascertain.desk.api.signing_in import BySession, ByToken

RATE = "600/m"

api = NinjaAPI(
    title="Ascertain",
    version="1",
    description="A record of reports, claims and incidents, each value with its evidence. See docs/api.md.",
    auth=[ByToken(), BySession()],
    throttle=[AuthRateThrottle(RATE)],
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
)
tell_faults(api)


@api.get("/openapi.json", include_in_schema=False)
def openapi(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 -- as ninja calls it
    """What the API takes and gives, as OpenAPI."""
    return dict(api.get_openapi_schema(path_prefix="/api/"))


api.add_router("", record)


def _open(patterns: list[URLPattern]) -> list[URLPattern]:
    """The addresses without the desk's own sign-in: the API asks for it itself, and answers in JSON."""
    for pattern in patterns:
        login_not_required(pattern.callback)
    return patterns


urls = [
    path("api/", (_open(api.urls[0]), *api.urls[1:])),
    re_path(r"^api/", not_there, name="api_not_there"),
]
