"""Every address of the desk: who may open it and who may not, and who may change what."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.db.models import Model
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from ascertain.desk.acts import ACTS
from ascertain.record.models import ChainEntry, Decision, IncidentClaim, IncidentRow, Sample, SampleItem
from ascertain.record.models.people import ROLES, Person
from ascertain.record.models.signing_in import Invitation, Token
from ascertain.record.roles import LEAST_ROLE
from ascertain.record.services import deciding
from ascertain.record.services.coding import code, draw_sample
from ascertain.record.services.deciding import Seen
from ascertain.record.services.people import close_account
from ascertain.record.services.signing_in import invite, make_token

from .conftest import PASSWORD, ClientOf, visitor

pytestmark = pytest.mark.usefixtures("desk")
STRANGER = "stranger"


@dataclass(frozen=True)
class Address:
    """What is expected of an address: the least role for reading it, and for what is sent to it; `None` where that is
    not answered at all. `form` is a change that is well-formed, `after` names what has to be there before (`FIRST`)."""

    reads: str | None
    sends: str | None = None
    args: tuple[object, ...] = ()
    asked: str = ""
    form: Mapping[str, object] | None = None
    after: str = ""


INCIDENT, OTHER, REPORT, VERSION, SAMPLE, LINK, TOKEN, DECISION = (
    "{incident}", "{other}", "{report}", "{version}", "{sample}", "{link}", "{token}", "{decision}",
)  # fmt: skip
DRAWN = {"name": "March", "coders": ["reviewer", "editor"], "fields": ["type", "place"], "size": "2"}
CODED = {"type": "attack", "place": "Kaka"}
DECIDED = {"kind": "accept", "incidents": [INCIDENT], "versions": [VERSION]}
EXPECTED = {
    "sign_in": Address(STRANGER, STRANGER, form={"name": "reader", "password": PASSWORD}),
    "sign_out": Address(None, "reader"),
    "join": Address(
        STRANGER, STRANGER, (LINK,), form={"password": "wholly another one", "again": "wholly another one"}
    ),
    "set_language": Address(None, STRANGER, form={"language": "ar"}),
    "inbox": Address("reader"),
    "incident": Address("reader", args=(INCIDENT,)),
    "incident_pulse": Address("reader", args=(INCIDENT,), asked="?version=0&url=javascript:alert(4)"),
    "incident_report": Address("reader", args=(INCIDENT, REPORT)),
    "incident_others": Address("reader", args=(INCIDENT,)),
    "incident_apart": Address("reader", args=(INCIDENT, OTHER)),
    "decide": Address(None, "reviewer", (INCIDENT, "accept"), form={"version": VERSION}),
    "undo_last": Address(None, "reviewer", after="decision"),
    "undo": Address(None, "reviewer", (DECISION,), after="decision"),
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
    "report_mark": Address(
        None, "reviewer", (REPORT,), form={"start": "0", "end": "7", "kind": "condition", "sector": "food"}
    ),
    "report_reject": Address(None, "reviewer", (REPORT,), form={"claim": "c1", "reason": "why"}),
    "report_sensitive": Address(None, "editor", (REPORT,), form={"level": "internal", "reason": "why"}),
    "report_undo": Address(None, "reviewer", (REPORT,), form={"decision": DECISION}, after="decision"),
    "coding": Address("reader"),
    "coding_draw": Address(None, "editor", form=DRAWN),
    "coding_sample": Address("reader", args=(SAMPLE,), after="sample"),
    "coding_next": Address("reviewer", args=(SAMPLE,), after="sample"),
    "coding_table": Address("reviewer", args=(SAMPLE,), after="coded sample"),
    "coding_item": Address("reviewer", "reviewer", (SAMPLE, 1), form=CODED, after="sample"),
    "coding_settle": Address(None, "reviewer", (SAMPLE, 1), form={**CODED, "reason": "why"}, after="coded sample"),
    "sources": Address("reader"),
    "source": Address("reader", asked="?kind=publisher&name=A"),
    "source_note": Address(None, "reviewer", form={"kind": "publisher", "name_of": "r1", "note": "a paper"}),
    "people": Address("administrator"),
    "people_add": Address(None, "administrator", form={"name": "newcomer", "role": "reader"}),
    "people_invite": Address(None, "administrator", ("reader",)),
    "people_role": Address(None, "administrator", ("reader",), form={"role": "reviewer"}),
    "tokens": Address("reader"),
    "token_make": Address(None, "reader", form={"name": "a map"}),
    "base_map": Address("reader"),
    "token_close": Address(None, "reader", (TOKEN,), after="token"),
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
    "api:decisions": Address("reader", "reviewer", form=DECIDED),
    "api:make_decision": Address("reader", "reviewer", form=DECIDED),
    "api:sources": Address("reader"),
    "api:source": Address("reader", asked="?kind=publisher&name=A"),
    "api:tolls": Address("reader"),
    "api:conditions": Address("reader"),
    "api:negotiations": Address("reader"),
    "api:api-root": Address(None),
}


def a_decision(browser: Client, role: str) -> None:
    """Something that was decided: in this browser, or where its role may not decide, by somebody else."""
    if is_below(role, "reviewer"):
        seen = Seen(there()[INCIDENT], there()[VERSION])
        deciding.accept(person=Person.objects.get(username="reviewer"), seen=seen)
    else:
        send(browser, "decide")


def a_sample(browser: Client, role: str) -> None:  # noqa: ARG001
    """A sample that this role codes, if it may."""
    first = "reviewer" if is_below(role, "reviewer") else role
    second = "reviewer" if first == "editor" else "editor"
    coders = list(Person.objects.filter(username__in=(first, second)))
    editor = Person.objects.get(username="editor")
    draw_sample(person=editor, name="March", coders=coders, fields=["type", "place"], size=2, seed=1)


def a_coded_sample(browser: Client, role: str) -> None:
    """A sample of which both have coded all, each in words of their own."""
    a_sample(browser, role)
    for item in SampleItem.objects.all():
        for coder in item.sample.coders.all():
            code(person=coder, item=item, typed={"type": "attack", "place": coder.username})


def a_token(browser: Client, role: str) -> None:  # noqa: ARG001
    """A token of one's own."""
    if role != STRANGER:
        make_token(person=Person.objects.get(username=role), name="a map", decides=False)


FIRST: Mapping[str, Callable[[Client, str], None]] = {
    "": lambda browser, role: None,  # noqa: ARG005 -- nothing has to be there
    "decision": a_decision,
    "sample": a_sample,
    "coded sample": a_coded_sample,
    "token": a_token,
}


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """The names of all addresses."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from names(pattern.url_patterns, space + inner)
        else:
            yield f"{space}{pattern.name}"


def there() -> dict[str, Any]:
    """What the places of addresses and forms stand for."""
    incident = IncidentRow.objects.filter(gone=False, claims_count__gt=0).order_by("-claims_count", "pk")[0]

    def last(model: type[Model]) -> int:
        return model._default_manager.order_by("pk").values_list("pk", flat=True).last() or 1

    return {
        INCIDENT: incident.pk,
        OTHER: IncidentRow.objects.filter(gone=False).exclude(pk=incident.pk)[0].pk,
        VERSION: incident.version,
        REPORT: IncidentClaim.objects.filter(incident=incident)[0].report_id,
        SAMPLE: last(Sample),
        TOKEN: last(Token),
        DECISION: last(Decision),
        LINK: "no-such-link",
    }


def path_of(name: str, **more: str) -> str:
    """The path of an address, of things that there are."""
    known = there() | {f"{{{place}}}": value for place, value in more.items()}
    args = [known.get(str(arg), arg) for arg in EXPECTED[name].args]
    return reverse(name, args=args) + EXPECTED[name].asked


def form_of(name: str) -> dict[str, Any]:
    """The well-formed change of an address."""
    known = there()

    def filled(value: Any) -> Any:
        return [filled(one) for one in value] if isinstance(value, list) else known.get(value, value)

    return {field: filled(value) for field, value in (EXPECTED[name].form or {}).items()}


def send(browser: Client, name: str, **more: str) -> HttpResponseBase:
    """Send the well-formed change of an address."""
    kind = {"content_type": "application/json"} if name.startswith("api:") else {}
    return browser.post(path_of(name, **more), form_of(name), **kind)  # type: ignore[arg-type]


def is_refused(answer: HttpResponseBase) -> bool:
    """Whether somebody was told that they may not, or asked to sign in first."""
    return answer.status_code in (401, 403) or "?next=" in answer.headers.get("Location", "")


def is_below(role: str, least: str) -> bool:
    order = (STRANGER, *ROLES)
    return order.index(role) < order.index(least)


def may_not_send(one: Address, role: str) -> bool:
    return one.sends is None or is_below(role, one.sends)


def client_for(role: str, client_of: ClientOf) -> Client:
    return visitor() if role == STRANGER else client_of(role)


def standing() -> tuple[object, ...]:
    """What differs once anything was decided, made or closed."""
    people = tuple(Person.objects.order_by("pk").values_list("role", "is_active", "password"))
    tokens = Token.objects.filter(closed=None).count()
    return ChainEntry.objects.count(), people, tokens, Invitation.objects.count(), Sample.objects.count()


def in_browser(browser: Client) -> tuple[object, ...]:
    """Who is signed in in a browser, and in which language it is shown pages."""
    return browser.session.get("_auth_user_id"), str(browser.cookies.get("ascertain_language", ""))


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
    browser, one = client_of(role), EXPECTED[name]
    FIRST[one.after](browser, role)
    answer = browser.get(path_of(name))
    if one.reads and is_below(role, one.reads):
        assert answer.status_code == 403
    else:
        assert not is_refused(answer)
        # Where a sample goes on is told by a redirect; this desk has no base map of its own.
        assert answer.status_code in {"coding_next": (302,), "base_map": (404,)}.get(name, (200, 204))
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("name", "role"),
    [(name, role) for name, one in EXPECTED.items() for role in (STRANGER, *ROLES) if not may_not_send(one, role)],
)
def test_who_may_changes_what_is_sent(name: str, role: str, client_of: ClientOf) -> None:
    browser, one = client_for(role, client_of), EXPECTED[name]
    FIRST[one.after](browser, role)
    link = invite(person=Person.objects.get(username="reader"), by=None)
    before, shown = standing(), in_browser(browser)
    answer = send(browser, name, link=link)
    assert not is_refused(answer)
    assert answer.status_code in (200, 201, 204, 302)
    if role == one.sends:
        assert (standing(), in_browser(browser)) != (before, shown)


@pytest.mark.parametrize(
    ("name", "role"),
    [(name, role) for name, one in EXPECTED.items() for role in (STRANGER, *ROLES) if may_not_send(one, role)],
)
def test_who_may_not_changes_nothing(name: str, role: str, client_of: ClientOf) -> None:
    browser, one = client_for(role, client_of), EXPECTED[name]
    FIRST[one.after](browser, role)
    before = standing()
    malformed, answer = browser.post(path_of(name), {"reason": "why"}), send(browser, name)
    assert is_refused(answer) or answer.status_code == (404 if name == "api:api-root" else 405)
    assert malformed.status_code == (
        400 if name.startswith("api:") and answer.status_code == 403 else answer.status_code
    )
    assert standing() == before


@pytest.mark.parametrize("name", [name for name, one in EXPECTED.items() if one.sends])
def test_forms_of_other_sites_are_refused(name: str) -> None:
    browser = visitor(strict=True)
    browser.force_login(Person.objects.get(username="administrator"))
    FIRST[EXPECTED[name].after](browser, "reader")
    before = standing()
    for answer in (browser.post(path_of(name), {"reason": "why", "role": "closed"}), send(browser, name)):
        assert answer.status_code == 403
    assert standing() == before


DECIDING: Mapping[str, Mapping[str, object]] = {
    "accept": {},
    "reject": {"reason": "why"},
    "correct": {"field": "type", "type": "armed_clash", "reason": "why"},
    "merge": {"with": "{other}@1"},
    "split": {"claims": "r1/c1"},
    "lock": {},
    "unlock": {},
    "assign": {"to": "editor"},
    "comment": {"reason": "words"},
    "mark_sensitive": {"level": "internal", "reason": "why"},
}


def ready_for(act: str) -> dict[str, object]:
    """The well-formed change of an act, on an incident that there is, after what it takes was done."""
    editor, (one, other, *_) = Person.objects.get(username="editor"), IncidentRow.objects.order_by("pk")
    if act == "unlock":
        deciding.lock(person=editor, seen=Seen(one.pk, one.version))
    if act == "split":
        deciding.merge(person=editor, seen=[Seen(one.pk, one.version), Seen(other.pk, other.version)])
    others = IncidentRow.objects.filter(gone=False).exclude(pk=there()[INCIDENT])
    form = {name: str(value).format(other=others[0].pk) for name, value in DECIDING[act].items()}
    return {**form, "version": there()[VERSION]}


def test_every_act_is_in_the_table() -> None:
    assert set(DECIDING) == set(ACTS)


@pytest.mark.parametrize("act", DECIDING)
@pytest.mark.parametrize("role", ROLES)
def test_each_role_decides_what_it_may_and_no_more(act: str, role: str, client_of: ClientOf) -> None:
    form = ready_for(act)
    before = standing()
    answer = client_of(role).post(reverse("decide", args=[there()[INCIDENT], act]), form)
    may = not is_below(role, LEAST_ROLE[act])
    assert answer.status_code == (302 if may else 403)
    assert (standing() != before) == may


def test_a_session_ends_when_the_account_is_closed(client_of: ClientOf) -> None:
    browser = client_of("reviewer")
    assert browser.get(reverse("inbox")).status_code == 200
    close_account(name="reviewer", by=None)
    assert browser.get(reverse("inbox")).status_code == 302
