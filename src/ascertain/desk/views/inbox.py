"""The inbox, with the incident that is most in need beside it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from ascertain.desk.pages import person_of
from ascertain.desk.selectors.inbox import FACETS, Inbox, asked_in, inbox
from ascertain.desk.views.incident_shown import shown_of
from ascertain.record.selectors.searching import reports_with_words

_REPORTS = 5


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The page with the first incident, or the list alone where a search or a filter swaps it."""
    asked = asked_in(request.GET, person_of(request).pk)
    if request.headers.get("HX-Request") == "true":
        return render(request, "desk/inbox/list.html", list_of(inbox(asked)))
    found = inbox(asked)
    shown = shown_of(request, found.items[0].id, found) if found.items else {"shown": None}
    return render(request, "desk/inbox/page.html", {**list_of(found), **shown})


def list_of(found: Inbox, here: str | None = None) -> dict[str, object]:
    """What the list shows."""
    asked = found.asked
    matching = reports_with_words(asked.words).order_by("-added").values("pk", "title", "publisher")
    return {
        "inbox": found,
        "asked": asked,
        "kept": {name: getattr(asked, name) for name in FACETS if getattr(asked, name)},
        "reports_found": matching[:_REPORTS] if asked.words else (),
        "here": here or (found.items[0].id if found.items else None),
    }


urls = [path("", page, name="inbox")]
