"""Tokens: what programs show to act for a person. Each is shown once, when it is made."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from ascertain.desk.pages import person_of
from ascertain.model import RefusedError
from ascertain.record.models.signing_in import Token
from ascertain.record.services import signing_in as services


@require_safe
def tokens(request: HttpRequest) -> HttpResponse:
    """One's own tokens."""
    return _tokens(request)


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make one, and show it."""
    name, decides = request.POST.get("name", ""), request.POST.get("decides") == "yes"
    try:
        secret = services.make_token(person=person_of(request), name=name, decides=decides)
    except RefusedError as error:
        return _tokens(request, said=error.said, status=400)
    return _tokens(request, secret=secret)


@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    """End one."""
    services.close_token(person=person_of(request), number=number)
    return redirect("tokens")


def _tokens(request: HttpRequest, *, secret: str = "", said: str = "", status: int = 200) -> HttpResponse:
    own = Token.objects.filter(person=person_of(request), closed=None).order_by("-pk")
    return render(request, "desk/tokens.html", {"tokens": own, "secret": secret, "said": said}, status=status)


urls = [
    path("tokens/", tokens, name="tokens"),
    path("tokens/make/", make, name="token_make"),
    path("tokens/<int:number>/close/", close, name="token_close"),
]
