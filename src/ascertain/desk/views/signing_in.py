"""Signing in and out, the link that opens an account, and the language of the pages."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from ascertain.desk.pages import person_of
from ascertain.model import RefusedError
from ascertain.record.models.people import Person
from ascertain.record.models.signing_in import OUT
from ascertain.record.services import signing_in as services

_BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page to sign in."""
    told = {"name": request.POST.get("name", ""), "next": request.POST.get("next") or request.GET.get("next", "")}
    if request.method != "POST":
        return render(request, "desk/sign_in.html", told)
    try:
        person = services.sign_in(
            name=told["name"], password=request.POST.get("password", ""), address=address_of(request)
        )
    except RefusedError as error:
        return render(request, "desk/sign_in.html", {**told, "said": error.said}, status=403)
    return _come_in(request, person, told["next"])


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    person = person_of(request)
    services.note_sign_in(name=person.username, person=person, outcome=OUT, address=address_of(request))
    logout(request)
    return redirect("sign_in")


@login_not_required
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """The page that an invitation leads to: choose a password, and come in."""
    invitation = services.invited(secret)
    if invitation is None:
        raise RefusedError(services.LINK_ENDED)
    told: dict[str, object] = {"person": invitation.person}
    if request.method != "POST":
        return render(request, "desk/join.html", told)
    password = request.POST.get("password", "")
    try:
        if password != request.POST.get("again", ""):
            raise RefusedError(_("the two passwords differ; write the same one twice"))
        person = services.join(secret=secret, password=password, address=address_of(request))
    except RefusedError as error:
        return render(request, "desk/join.html", {**told, "said": error.said}, status=403)
    return _come_in(request, person, "")


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Show the pages in another language from now on."""
    response = HttpResponseRedirect(_safe(request, request.POST.get("next", "")))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 24 * 3600,
            secure=bool(settings.SESSION_COOKIE_SECURE),
            httponly=True,
            samesite="Lax",
        )
    return response


def address_of(request: HttpRequest) -> str:
    """Where a request came from; behind a team's proxy, where that says."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


def _come_in(request: HttpRequest, person: Person, to: str) -> HttpResponse:
    login(request, person, backend=_BACKEND)
    return HttpResponseRedirect(_safe(request, to))


def _safe(request: HttpRequest, to: str) -> str:
    """Where to go next: only to a page of this desk."""
    fits = url_has_allowed_host_and_scheme(to, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return to if fits else "/"
