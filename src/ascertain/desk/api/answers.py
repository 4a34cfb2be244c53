"""What went wrong, as JSON: what is so, and what to do."""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from pydantic import BaseModel

from ascertain.model import RefusedError, SettingsError, StaleError

_LOG = logging.getLogger("django.request")
_SIGN_IN = "send a token as 'Authorization: Bearer …'; tokens are made on the desk's page of tokens"


class Fault(BaseModel):
    """Why a request was not followed: `problem` is what is so, `remedy` what to do."""

    problem: str
    remedy: str


class UnfitError(RefusedError):
    """What was sent cannot be followed, whoever sends it."""


def refused(said: object, status: int) -> HttpResponse:
    """An answer from an error's message, whose remedy stands after the first semicolon."""
    problem, _, remedy = str(said).partition("; ")
    return _answer(Fault(problem=problem, remedy=remedy or "see docs/api.md"), status)


@login_not_required
def not_there(request: HttpRequest) -> HttpResponse:
    """There is no such address in the API."""
    return refused(f"there is nothing at {request.path}; /api/openapi.json lists what there is", 404)


def tell_faults(api: NinjaAPI) -> None:
    """Have an API answer every error as a `Fault`."""
    for kind, answer in _ANSWERS:
        api.add_exception_handler(kind, _handler(answer))


def _handler(answer: Callable[[Exception], HttpResponse]) -> Callable[[HttpRequest, Exception], HttpResponse]:
    return lambda request, error: answer(error)  # noqa: ARG005 -- as ninja calls it


def _unfit(error: Exception) -> HttpResponse:
    assert isinstance(error, ValidationError)
    first = error.errors[0]
    where = ".".join(str(part) for part in first["loc"])
    return refused(f"{where}: {first['msg']}; /api/openapi.json says what is taken", 422)


def _by_http(error: Exception) -> HttpResponse:
    assert isinstance(error, HttpError)
    return refused(error, error.status_code)


def _throttled(error: Exception) -> HttpResponse:
    wait = getattr(error, "wait", None)
    seconds = max(1, math.ceil(wait)) if wait else 60
    response = refused(f"too many requests of late; wait {seconds} seconds", 429)
    response.headers["Retry-After"] = str(seconds)
    return response


def _nobody(error: Exception) -> HttpResponse:  # noqa: ARG001 -- as ninja calls it
    response = refused(f"it is not known who asks; {_SIGN_IN}", 401)
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _failed(error: Exception) -> HttpResponse:
    _LOG.error("the API made a mistake", exc_info=error)
    return refused("the desk made a mistake, which is in its log; try again", 500)


_ANSWERS: tuple[tuple[type[Exception], Callable[[Exception], HttpResponse]], ...] = (
    (AuthenticationError, _nobody),
    (Throttled, _throttled),
    (HttpError, _by_http),
    (ValidationError, _unfit),
    (Http404, lambda error: refused(f"{error}; look for it in the list" if str(error) else "not found", 404)),
    (RequestDataTooBig, lambda _: refused("the request is larger than 2 MiB; send less at once", 413)),
    (UnfitError, lambda error: refused(error, 422)),
    (StaleError, lambda error: refused(error, 409)),
    (RefusedError, lambda error: refused(error, 403)),
    (SettingsError, lambda error: refused(error, 404)),
    (Exception, _failed),
)


def _answer(fault: Fault, status: int) -> HttpResponse:
    body = json.dumps(fault.model_dump(), ensure_ascii=False)
    return HttpResponse(body, status=status, content_type="application/json; charset=utf-8")
