"""Values that no field takes: whatever is typed into an address or a form, the desk says so and does not fail."""

from collections.abc import Mapping

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from ascertain.record.models import IncidentRow, Sample
from ascertain.record.models.people import Person
from ascertain.record.services.coding import draw_sample

from .conftest import ClientOf

pytestmark = pytest.mark.slow
# A digit that is no decimal one, more digits than are turned into a number, more than a database holds, what PostgreSQL
# knows no text with, a day that there is not, half of a sign.
ODD = (
    "²",
    "9" * 5000,
    "9" * 19,
    "99999999999",
    "-1",
    "a\x00b",
    "2024-02-30",
    "\ud800".encode("utf-8", "surrogatepass"),
    "",
)
ASKED = (
    "q", "type", "country", "place", "party", "source", "from", "to", "bbox", "kind", "name", "publisher", "page",
    "status", "sector", "grading", "need", "mine", "after", "version", "sort", "step", "by", "outcome", "group",
    "changed", "next",
)  # fmt: skip
READ: Mapping[str, tuple[str, ...]] = {
    "inbox": (),
    "incident": ("{incident}",),
    "incident_pulse": ("{incident}",),
    "incident_others": ("{incident}",),
    "explore": (),
    "explore_multiples": (),
    "explore_points": (),
    "explore_download": ("csv",),
    "explore_suggestions": ("place",),
    "conditions": (),
    "conditions_file": (),
    "negotiations": (),
    "negotiations_file": (),
    "reports": (),
    "coding": (),
    "sources": (),
    "source": (),
    "api:incidents": (),
    "api:incidents_geojson": (),
    "api:reports": (),
    "api:decisions": (),
    "api:sources": (),
    "api:source": (),
    "api:tolls": (),
    "api:conditions": (),
    "api:incident": ("{odd}",),
    "api:versions": ("{odd}",),
    "api:report": ("{odd}",),
    "api:lineage": ("{odd}",),
}
PLACE = {"field": "where", "name": "x", "lat": "1", "lon": "1", "radius_km": "1", "at_country": "NG", "reason": "why"}
FIGURE = {
    "field": "figures",
    "outcome": "killed",
    "group": "people",
    "low": "1",
    "best": "1",
    "high": "1",
    "reason": "why",
}
MARK = {
    "start": "0",
    "end": "7",
    "kind": "event",
    "type": "attack",
    "killed_low": "1",
    "killed_high": "2",
    "reason": "why",
}
SENT: Mapping[str, tuple[tuple[str, ...], Mapping[str, str]]] = {
    "sign_in": ((), {"name": "reader", "password": "x", "next": "/"}),
    "people_add": ((), {"name": "newcomer", "role": "reader"}),
    "people_role": (("reader",), {"role": "reader"}),
    "token_make": ((), {"name": "a map"}),
    "source_note": ((), {"kind": "publisher", "name_of": "r1", "name": "x", "type": "x", "note": "x", "url": ""}),
    "decide accept": (("{incident}", "accept"), {"version": "{version}", "reason": "x"}),
    "decide comment": (("{incident}", "comment"), {"version": "{version}", "reason": "x"}),
    "decide merge": (("{incident}", "merge"), {"version": "{version}", "with": "x@1"}),
    "decide split": (("{incident}", "split"), {"version": "{version}", "claims": "r1/c1"}),
    "decide assign": (("{incident}", "assign"), {"version": "{version}", "to": "editor"}),
    "decide place": (("{incident}", "correct"), {"version": "{version}", **PLACE}),
    "decide figure": (("{incident}", "correct"), {"version": "{version}", **FIGURE}),
    "decide evidence": (
        ("{incident}", "correct"),
        {"version": "{version}", **FIGURE, "report": "r1", "start": "0", "end": "3", "words": "x"},
    ),
    "decide day": (
        ("{incident}", "correct"),
        {"version": "{version}", "field": "when", "day_from": "2024-03-01", "day_to": "2024-03-01", "reason": "why"},
    ),
    "decide party": (
        ("{incident}", "correct"),
        {"version": "{version}", "field": "actors", "keep": "0", "party_name": "x", "role": "party", "reason": "why"},
    ),
    "report_mark": (("r1",), {**MARK, "day": "2024-03-01", "where": ""}),
    "report_reject": (("r1",), {"claim": "c1", "reason": "why"}),
    "coding_draw": (
        (),
        {
            "name": "x",
            "coders": "reviewer",
            "fields": "type",
            "size": "2",
            "seed": "1",
            "type": "",
            "country": "",
            "from": "",
            "to": "",
        },
    ),
    "coding_item": (("{sample}", "1"), {"type": "attack", "day": "2024-03-01", "place": "x", "killed_low": "1"}),
    "coding_settle": (("{sample}", "1"), {"type": "attack", "day": "2024-03-01", "place": "x", "reason": "why"}),
}


@pytest.fixture
def browser(client_of: ClientOf) -> Client:
    """One in which an administrator is signed in, who codes a sample."""
    coders = list(Person.objects.filter(username__in=("administrator", "editor")))
    fields = ["type", "day", "place", "killed_low"]
    editor = Person.objects.get(username="editor")
    draw_sample(person=editor, name="March", coders=coders, fields=fields, size=2, seed=1)
    made = client_of("administrator")
    made.raise_request_exception = False
    return made


def filled(text: str, odd: str = "") -> str:
    row = IncidentRow.objects.filter(gone=False).order_by("pk")[0]
    known = {
        "{incident}": row.pk,
        "{version}": str(row.version),
        "{sample}": str(Sample.objects.order_by("pk")[0].pk),
        "{odd}": odd,
    }
    return known.get(text, text)


@pytest.mark.parametrize("path", ["/", "/explore/", "/api/incidents", "/nothing/", "/api/nothing"])
def test_a_null_character_is_refused_everywhere(path: str, browser: Client) -> None:
    for answer in (browser.get(path, {"x": "a\x00"}), browser.get(f"{path}\x00"), browser.post(path, {"x": "\x00"})):
        assert answer.status_code == 400
        assert answer.headers["Content-Type"].startswith("application/json" if "api" in path else "text/html")


@pytest.mark.parametrize("name", READ)
def test_nothing_in_an_address_makes_a_page_fail(name: str, browser: Client) -> None:
    failed = []
    for odd in ODD:
        text = odd if isinstance(odd, str) else "x"
        path = reverse(name, args=[filled(arg, text.replace("/", "") or "x") for arg in READ[name]])
        for asked in ASKED:
            if browser.get(f"{path}?{urlencode({asked: odd})}").status_code >= 500:
                failed.append((asked, odd[:12]))
    assert failed == []


@pytest.mark.parametrize("name", SENT)
def test_nothing_in_a_form_makes_the_desk_fail(name: str, browser: Client) -> None:
    args, form = SENT[name]
    failed = []
    for field in form:
        for odd in ODD:
            path = reverse(name.partition(" ")[0], args=[filled(arg) for arg in args])
            told = {key: filled(value) for key, value in form.items()}
            body = urlencode(
                {**told, field: odd, **({"coders": ["editor", "reviewer"]} if "coders" in form else {})}, True
            )
            answer = browser.post(path, body, content_type="application/x-www-form-urlencoded")
            if answer.status_code >= 500:
                failed.append((field, odd[:12]))
    assert failed == []
