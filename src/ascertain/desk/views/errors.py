"""Pages for what went wrong: what is so, and what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- as Django calls it
    """There is no such page."""
    said = _("There is nothing at this address. It may have been mistyped, or the record was replaced.")
    return render(request, "desk/refused.html", {"said": said, "status": 404}, status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of the desk."""
    said = _("The desk made a mistake; it was written to its log. Nothing that was decided before is lost. Try again.")
    return render(request, "desk/refused.html", {"said": said, "status": 500}, status=500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- as Django calls it
    """A form that was not made by this desk, or too long ago."""
    said = _("This form was opened too long ago, or by another page. Open the page again and repeat what you did.")
    return render(request, "desk/refused.html", {"said": said, "status": 403}, status=403)
