"""Sources: publishers and speakers, what they said, how often others agree, and what people note of them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from ascertain.desk.access import for_role
from ascertain.desk.pages import person_of
from ascertain.desk.selectors.kept import kept
from ascertain.model import RefusedError
from ascertain.record.selectors import sources as told
from ascertain.record.services.register import FIELDS, KINDS, note_source, noted

_publishers, _speakers = kept(20)(told.publishers), kept(20)(told.speakers)
_compared, _statements = kept(50)(told.compared), kept(50)(told.statements)


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """The sources by how much the record has of them."""
    kind = request.GET.get("kind") if request.GET.get("kind") in KINDS else KINDS[0]
    words = request.GET.get("q", "").strip()
    lines = _publishers(words) if kind == "publisher" else _speakers(words)
    shown = {"lines": lines, "kind": kind, "words": words, "most": told.A_PAGE}
    return render(request, "desk/sources/list.html", shown)


@require_safe
def source(request: HttpRequest) -> HttpResponse:
    """One source."""
    return _source(request, request.GET.get("kind", ""), request.GET.get("name", ""))


@require_POST
@for_role("reviewer")
def note(request: HttpRequest) -> HttpResponse:
    """Note what was changed in the register."""
    kind, name = request.POST.get("kind", ""), request.POST.get("name_of", "")
    try:
        for field in FIELDS:
            if field in request.POST:
                note_source(
                    person=person_of(request), kind=kind, source=name, field=field, value=request.POST.get(field, "")
                )
    except RefusedError as error:
        return _source(request, kind, name, said=error.said)
    return redirect(f"{reverse('source')}?{urlencode({'kind': kind, 'name': name})}")


def _source(request: HttpRequest, kind: str, name: str, said: str = "") -> HttpResponse:
    if kind not in KINDS or not name:
        raise Http404
    shown = {
        "kind": kind,
        "name": name,
        "register": noted(kind, name),
        "notes": told.notes_on(kind, name),
        "incidents": told.incidents_of(name),
        "compared": _compared(kind, name),
        "statements": _statements(kind, name),
        "said": said,
    }
    return render(request, "desk/sources/one.html", shown, status=400 if said else 200)


urls = [
    path("sources/", sources, name="sources"),
    path("sources/one/", source, name="source"),
    path("sources/note/", note, name="source_note"),
]
