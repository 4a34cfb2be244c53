"""Pages for what went wrong: what is so, and what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- as Django calls it
    """There is no such page."""
    said = _("There is nothing at this address. It may have been mistyped, or the record was replaced.")
    return _told(request, said, 404)


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of the desk."""
    said = _("The desk made a mistake; it was written to its log. Nothing that was decided before is lost. Try again.")
    return _told(request, said, 500)


def null_told(request: HttpRequest) -> HttpResponse:
    """A null character was sent."""
    return _told(request, _("A text holds a null character, which no field takes. Leave it out."), 400)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- as Django calls it
    """A form that was not made by this desk, or too long ago."""
    said = _("This form was opened too long ago, or by another page. Open the page again and repeat what you did.")
    return render(request, "desk/refused.html", {"said": said, "status": 403}, status=403)


def _told(request: HttpRequest, said: str, status: int) -> HttpResponse:
    """What is so: to a program as the API tells it, to a person as a page."""
    if request.path_info.startswith(reverse("api:api-root")):
        return JsonResponse({"said": said}, status=status)
    return render(request, "desk/refused.html", {"said": said, "status": status}, status=status)
