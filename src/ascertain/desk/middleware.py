"""What holds for every page: refusals are told, and nothing that is shown stays in a cache."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ascertain.desk.refusing import status_of
from ascertain.desk.views.errors import null_told
from ascertain.model import AscertainError

Answer = Callable[[HttpRequest], HttpResponse]


class refusals:  # noqa: N801 -- named in the settings as what it does
    """What a service refuses becomes an answer that says why and what to do."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the view does."""
        return self._answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The answer to a refusal; other errors go on."""
        status = status_of(error)
        if status is None or not isinstance(error, AscertainError):
            return None
        return render(request, "desk/refused.html", {"said": error.said, "status": status}, status=status)


def private_pages(answer: Answer) -> Answer:
    """Pages are for the one who asked: no cache keeps them."""

    def answered(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return answered


def no_nulls(answer: Answer) -> Answer:
    """A text with a null character in it is refused: no field takes one, and PostgreSQL knows none."""

    def answered(request: HttpRequest) -> HttpResponse:
        with suppress(RequestDataTooBig):  # the view that reads it says so
            _ = request.body  # kept for views that read it: after `POST` has read a form of several parts it is gone
        told = (
            request.path_info,
            *(text for part in (request.GET, request.POST) for pair in part.lists() for text in pair[1]),
        )
        return null_told(request) if any("\x00" in str(text) for text in told) else answer(request)

    return answered


def heads(answer: Answer) -> Answer:
    """What is asked for by HEAD is answered as by GET, without its content (RFC 9110, 9.3.2). Views know nothing of it,
    and not every server leaves the content out."""

    def answered(request: HttpRequest) -> HttpResponse:
        if request.method != "HEAD":
            return answer(request)
        request.method = "GET"
        response = answer(request)
        if response.streaming:
            response.streaming_content = ()  # type: ignore[attr-defined]
        else:
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response

    return answered
