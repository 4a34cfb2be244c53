"""Every address of the desk: who may open it, who may change what, and that no text of a report is ever obeyed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from ascertain.record.models import ChainEntry, IncidentClaim, IncidentRow, ReportRow
from ascertain.record.models.people import ROLES, Person
from ascertain.record.models.signing_in import Token
from ascertain.record.services.people import close_account

from .conftest import ClientOf, visitor

pytestmark = pytest.mark.usefixtures("desk")
STRANGER = "stranger"
SAID = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
ACTS = re.compile(r"^\s*(javascript|data|vbscript):", re.IGNORECASE)


@dataclass(frozen=True)
class Address:
    """What is expected of an address: the least role for reading it, and for what is sent to it; `None` where that is
    not answered at all."""

    reads: str | None
    sends: str | None = None
    args: tuple[object, ...] = ()
    asked: str = ""


INCIDENT, OTHER, REPORT = "{incident}", "{other}", "{report}"
EXPECTED = {
    "sign_in": Address(STRANGER, STRANGER),
    "sign_out": Address(None, "reader"),
    "join": Address(STRANGER, STRANGER, ("no-such-link",)),
    "set_language": Address(None, STRANGER),
    "inbox": Address("reader"),
    "incident": Address("reader", args=(INCIDENT,)),
    "incident_pulse": Address("reader", args=(INCIDENT,), asked="?version=0&url=javascript:alert(4)"),
    "incident_report": Address("reader", args=(INCIDENT, REPORT)),
    "incident_others": Address("reader", args=(INCIDENT,)),
    "incident_apart": Address("reader", args=(INCIDENT, OTHER)),
    "decide": Address(None, "reviewer", (INCIDENT, "accept")),
    "undo_last": Address(None, "reviewer"),
    "undo": Address(None, "reviewer", (1,)),
    "explore": Address("reader"),
    "explore_multiples": Address("reader"),
    "explore_points": Address("reader"),
    "explore_download": Address("reader", args=("csv",)),
    "explore_suggestions": Address("reader", args=("place",)),
    "conditions": Address("reader"),
    "conditions_file": Address("reader"),
    "negotiations": Address("reader"),
    "negotiations_file": Address("reader"),
    "reports": Address("reader"),
    "report": Address("reader", args=(REPORT,)),
    "report_original": Address("reader", args=(REPORT,)),
    "report_mark": Address(None, "reviewer", (REPORT,)),
    "report_reject": Address(None, "reviewer", (REPORT,)),
    "coding": Address("reader"),
    "coding_draw": Address(None, "editor"),
    "coding_sample": Address("reader", args=(1,)),
    "coding_next": Address("reviewer", args=(1,)),
    "coding_table": Address("reviewer", args=(1,)),
    "coding_item": Address("reviewer", "reviewer", (1, 1)),
    "coding_settle": Address(None, "reviewer", (1, 1)),
    "sources": Address("reader"),
    "source": Address("reader", asked="?kind=publisher&name=A"),
    "source_note": Address(None, "reviewer"),
    "people": Address("administrator"),
    "people_add": Address(None, "administrator"),
    "people_invite": Address(None, "administrator", ("reader",)),
    "people_role": Address(None, "administrator", ("reader",)),
    "tokens": Address("reader"),
    "token_make": Address(None, "reader"),
    "token_close": Address(None, "reader", (1,)),
    "api:openapi-json": Address("reader"),
    "api:status": Address("reader"),
    "api:incidents": Address("reader"),
    "api:incidents_geojson": Address("reader"),
    "api:incident": Address("reader", args=(INCIDENT,)),
    "api:versions": Address("reader", args=(INCIDENT,)),
    "api:incident_decisions": Address("reader", args=(INCIDENT,)),
    "api:reports": Address("reader"),
    "api:report": Address("reader", args=(REPORT,)),
    "api:claims": Address("reader", args=(REPORT,)),
    "api:original": Address("reader", args=(REPORT,)),
    "api:lineage": Address("reader", args=(REPORT,)),
    "api:decisions": Address("reader", "reviewer"),
    "api:make_decision": Address("reader", "reviewer"),
    "api:sources": Address("reader"),
    "api:source": Address("reader", asked="?kind=publisher&name=A"),
    "api:tolls": Address("reader"),
    "api:conditions": Address("reader"),
    "api:negotiations": Address("reader"),
    "api:api-root": Address(None),
}


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """The names of all addresses."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from names(pattern.url_patterns, space + inner)
        else:
            yield f"{space}{pattern.name}"


def path_of(name: str) -> str:
    """The path of an address, of an incident and a report that there are."""
    incident, other = IncidentRow.objects.order_by("pk").values_list("pk", flat=True)[:2]
    there = {INCIDENT: incident, OTHER: other, REPORT: IncidentClaim.objects.filter(incident=incident)[0].report_id}
    args = [there.get(str(arg), arg) for arg in EXPECTED[name].args]
    return reverse(name, args=args) + EXPECTED[name].asked


def is_below(role: str, least: str) -> bool:
    order = (STRANGER, *ROLES)
    return order.index(role) < order.index(least)


def may_not_send(one: Address, role: str) -> bool:
    return one.sends is None or is_below(role, one.sends)


def client_for(role: str, client_of: ClientOf) -> Client:
    return visitor() if role == STRANGER else client_of(role)


def standing() -> tuple[object, ...]:
    """What differs once anything was decided, made or closed."""
    people = tuple(Person.objects.order_by("pk").values_list("role", "is_active"))
    return ChainEntry.objects.count(), people, Token.objects.count()


def test_every_address_is_in_the_table() -> None:
    assert set(names(get_resolver().url_patterns)) == set(EXPECTED)


@pytest.mark.parametrize("name", [name for name, one in EXPECTED.items() if one.reads != STRANGER])
def test_a_stranger_is_shown_nothing(name: str) -> None:
    answer = visitor().get(path_of(name))
    if answer.status_code == 302:
        assert answer.headers["Location"].startswith(reverse("sign_in"))
    else:
        assert answer.status_code in (401, 404, 405)


@pytest.mark.parametrize("name", [name for name, one in EXPECTED.items() if one.reads not in (STRANGER, None)])
@pytest.mark.parametrize("role", ROLES)
def test_each_role_reads_what_it_may_and_no_more(name: str, role: str, client_of: ClientOf) -> None:
    least = EXPECTED[name].reads
    answer = client_of(role).get(path_of(name))
    if least and is_below(role, least):
        assert answer.status_code in (403, 404)
    else:
        assert answer.status_code in ((200, 204, 302, 404) if name.startswith("coding_") else (200, 204))
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("name", "role"),
    [(name, role) for name, one in EXPECTED.items() for role in (STRANGER, *ROLES) if may_not_send(one, role)],
)
def test_who_may_not_changes_nothing(name: str, role: str, client_of: ClientOf) -> None:
    before = standing()
    answer = client_for(role, client_of).post(path_of(name), {"reason": "why"})
    assert standing() == before
    assert answer.status_code in (302, 400, 401, 403, 404, 405, 415, 422)


@pytest.mark.parametrize("name", [name for name, one in EXPECTED.items() if one.sends])
def test_forms_of_other_sites_are_refused(name: str) -> None:
    browser = visitor(strict=True)
    browser.force_login(Person.objects.get(username="administrator"))
    before = standing()
    assert browser.post(path_of(name), {"reason": "why", "role": "closed", "name": "x"}).status_code in (401, 403)
    assert standing() == before


def test_a_session_ends_when_the_account_is_closed(client_of: ClientOf) -> None:
    browser = client_of("reviewer")
    assert browser.get(reverse("inbox")).status_code == 200
    close_account(name="reviewer", by=None)
    assert browser.get(reverse("inbox")).status_code == 302


class Obeyed(HTMLParser):
    """Finds what a browser would run: scripts that are not the desk's files, handlers, addresses that act."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        is_data = told.get("type") == "application/json"
        if tag == "script" and not is_data and not told.get("src", "").startswith("/static/desk/"):
            self.found.append(f"script {told}")
        for name, value in told.items():
            is_icon = tag == "link" and value == "data:,"
            leads = name in ("href", "src", "action", "formaction") and not is_icon
            if name.startswith("on") or name == "style" or (leads and ACTS.match(value)):
                self.found.append(f"{tag} {name}={value}")


def test_texts_of_others_are_shown_and_never_obeyed(client_of: ClientOf) -> None:
    ReportRow.objects.update(title=SAID, publisher=SAID, author=SAID, url="javascript:alert(3)")
    row = IncidentRow.objects.order_by("pk")[0]
    IncidentRow.objects.filter(pk=row.pk).update(place=SAID, admin1=SAID)
    editor = client_of("editor")
    editor.post(reverse("token_make"), {"name": SAID})
    editor.post(reverse("source_note"), {"kind": "publisher", "name_of": SAID, "note": SAID})
    seen = 0
    for name, one in EXPECTED.items():
        if one.reads == "reader" and not name.startswith("api:"):
            answer = editor.get(path_of(name))
            if answer.headers["Content-Type"].startswith("text/html"):
                page = Obeyed()
                page.feed(answer.content.decode())
                assert page.found == [], name
                assert "unsafe" not in answer.headers["Content-Security-Policy"]
                seen += 1
    assert seen > 9
