"""Blind double coding: drawing a sample, coding it, and what two people agree on."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ascertain.desk.access import for_role
from ascertain.desk.pages import has_role, person_of
from ascertain.desk.selectors.coding import coding_page, samples_page, sheet
from ascertain.desk.selectors.downloads import line_of_csv
from ascertain.desk.typed import whole_number
from ascertain.model import RefusedError
from ascertain.record.coded import FIELDS, read_day
from ascertain.record.models import Sample, SampleItem
from ascertain.record.models.people import Person
from ascertain.record.selectors.coding import next_item, own_values, reports_of
from ascertain.record.services import coding as services
from ascertain.taxonomy import event_types

_CONDITIONS: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "country": ("country", str),
    "type": ("type", str),
    "from": ("start__gte", read_day),
    "to": ("start__lte", read_day),
}


@require_safe
def samples(request: HttpRequest) -> HttpResponse:
    """The samples, and a form to draw another one."""
    return _samples(request)


@require_POST
@for_role("editor")
def draw(request: HttpRequest) -> HttpResponse:
    """Draw a sample."""
    told = request.POST
    seed = whole_number(told.get("seed", ""))
    try:
        sample = services.draw_sample(
            person=person_of(request),
            name=told.get("name", ""),
            coders=list(Person.objects.filter(username__in=told.getlist("coders"), is_active=True)),
            fields=told.getlist("fields"),
            size=whole_number(told.get("size", "")) or 0,
            seed=secrets.randbelow(2**31) if seed is None else seed,
            among={column: read(told[name]) for name, (column, read) in _CONDITIONS.items() if told.get(name)},
        )
    except RefusedError as error:
        return _samples(request, said=error.said)
    return redirect("coding_sample", sample.pk)


@require_safe
def sample(request: HttpRequest, number: int) -> HttpResponse:
    """How far a sample is; and, for whom it is no longer blind, how well the two agree and on what not."""
    found = get_object_or_404(Sample, pk=number)
    page = coding_page(found, person_of(request), edits=has_role(request, "editor"))
    return render(request, "desk/coding/sample.html", {"page": page, "sample": found, "types": sorted(event_types())})


@require_safe
@for_role("reviewer")
def go_on(request: HttpRequest, number: int) -> HttpResponse:
    """The next item that is to be coded, or the sample where none is left."""
    found = get_object_or_404(Sample, pk=number)
    item = next_item(found, person_of(request))
    return redirect("coding_item", number, item.place) if item else redirect("coding_sample", number)


@require_http_methods(["GET", "HEAD", "POST"])
@for_role("reviewer")
def item(request: HttpRequest, number: int, place: int) -> HttpResponse:
    """The reports of an item, and a form for what they say; nothing of what the reader or the other coder read."""
    found = get_object_or_404(SampleItem.objects.select_related("sample"), sample=number, place=place)
    person = person_of(request)
    if not found.sample.coders.filter(pk=person.pk).exists():
        raise RefusedError(services.not_a_coder(person))
    typed = {field: request.POST.get(field, "") for field in json.loads(found.sample.fields)}
    said = ""
    if request.method == "POST":
        try:
            services.code(person=person, item=found, typed=typed)
            return redirect("coding_next", number)
        except RefusedError as error:
            said = error.said
    else:
        known = own_values(found, person)
        typed = {field: "" if known.get(field) is None else str(known[field]) for field in typed}
    told = {"item": found, "reports": reports_of(found), "typed": typed, "said": said, "types": sorted(event_types())}
    return render(
        request, "desk/coding/item.html", {**told, "count": found.sample.items.count()}, status=400 if said else 200
    )


@require_POST
@for_role("reviewer")
def settle(request: HttpRequest, number: int, place: int) -> HttpResponse:
    """Keep what was agreed on an item."""
    found = get_object_or_404(SampleItem.objects.select_related("sample"), sample=number, place=place)
    typed = {field: request.POST.get(field, "") for field in json.loads(found.sample.fields)}
    services.settle(person=person_of(request), item=found, typed=typed, reason=request.POST.get("reason", ""))
    return redirect("coding_sample", number)


@require_safe
@for_role("reviewer")
def table(request: HttpRequest, number: int) -> HttpResponse:
    """All that was coded, a line each, as CSV; for those alone for whom the sample is no longer blind."""
    found = get_object_or_404(Sample, pk=number)
    if not coding_page(found, person_of(request), edits=has_role(request, "editor")).is_open:
        raise Http404
    response = HttpResponse(map(line_of_csv, sheet(found)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="sample-{found.pk}.csv"'
    return response


def _samples(request: HttpRequest, said: str = "") -> HttpResponse:
    coders = Person.objects.filter(is_active=True).exclude(role="reader").order_by("username")
    told = {"samples": samples_page(person_of(request)), "coders": coders, "fields": list(FIELDS), "said": said}
    told["types"] = sorted(event_types())
    return render(request, "desk/coding/samples.html", told, status=400 if said else 200)


urls = [
    path("coding/", samples, name="coding"),
    path("coding/draw/", draw, name="coding_draw"),
    path("coding/<int:number>/", sample, name="coding_sample"),
    path("coding/<int:number>/next/", go_on, name="coding_next"),
    path("coding/<int:number>/table.csv", table, name="coding_table"),
    path("coding/<int:number>/<int:place>/", item, name="coding_item"),
    path("coding/<int:number>/<int:place>/settle/", settle, name="coding_settle"),
]
