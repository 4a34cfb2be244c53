"""Coming in: who may, who is refused, and what is kept of it."""

import datetime as dt

import pytest
from django.contrib.auth.hashers import make_password
from django.urls import get_resolver, reverse

from ascertain.desk.serving import first_page
from ascertain.model import RefusedError
from ascertain.record.canonical import now
from ascertain.record.models.people import Person
from ascertain.record.models.signing_in import Invitation, SignIn
from ascertain.record.services.people import add_person, close_account, set_role
from ascertain.record.services.signing_in import close_token, invite, make_token, token_of

from .conftest import PASSWORD, ClientOf, visitor

pytestmark = pytest.mark.usefixtures("desk")
OPEN_TO_ALL = {"sign_in", "join", "set_language"}


def test_every_page_needs_a_sign_in() -> None:
    seen = 0
    for name in sorted(name for name in get_resolver().reverse_dict if isinstance(name, str)):
        if name in OPEN_TO_ALL:
            continue
        ((_, parameters),) = get_resolver().reverse_dict.getlist(name)[0][0][:1]
        answer = visitor().get(reverse(name, kwargs=dict.fromkeys(parameters, "1")))
        assert answer.status_code in (302, 401), name
        seen += 1
    assert seen > 4


def test_a_link_opens_an_account_once() -> None:
    secret = invite(person=add_person(name="nour", role="reviewer", by=None), by=None)
    client, link = visitor(), reverse("join", args=[secret])
    assert client.get(link).status_code == 200
    weak = client.post(link, {"password": "short", "again": "short"})
    assert weak.status_code == 403
    assert "too short" in weak.content.decode()
    assert client.post(link, {"password": PASSWORD, "again": "another one"}).status_code == 403
    assert client.post(link, {"password": PASSWORD, "again": PASSWORD}).status_code == 302
    assert client.session["_auth_user_id"] == str(Person.objects.get(username="nour").pk)
    assert visitor().get(link).status_code == 403
    again = visitor().post(reverse("sign_in"), {"name": "nour", "password": PASSWORD})
    assert again.status_code == 302


def test_a_link_runs_out_and_a_later_one_ends_it() -> None:
    person = add_person(name="nour", role="reader", by=None)
    first, second = invite(person=person, by=None), invite(person=person, by=None)
    assert visitor().get(reverse("join", args=[first])).status_code == 403
    assert visitor().get(reverse("join", args=[second])).status_code == 200
    Invitation.objects.update(until=now() - dt.timedelta(seconds=1))
    assert visitor().get(reverse("join", args=[second])).status_code == 403


def test_the_first_link_holds_when_the_desk_is_started_again_until_one_is_used() -> None:
    Person.objects.filter(role="administrator").update(password=make_password(None))
    first, again = first_page(), first_page()
    assert first != again
    assert [visitor().get(link).status_code for link in (first, again)] == [200, 200]
    assert visitor().post(first, {"password": PASSWORD, "again": PASSWORD}).status_code == 302
    assert visitor().get(again).status_code == 403
    assert first_page() == "/"


def test_a_closed_account_is_out_at_once(client_of: ClientOf) -> None:
    client = client_of("administrator")
    assert client.get(reverse("people")).status_code == 200
    add_person(name="other", role="administrator", by=None)
    close_account(name="administrator", by=None)
    assert client.get(reverse("people")).status_code == 302


def test_wrong_passwords_are_noted_and_limited() -> None:
    client, page = visitor(), reverse("sign_in")
    for _ in range(10):
        assert client.post(page, {"name": "editor", "password": "wrong"}).status_code == 403
    limited = client.post(page, {"name": "editor", "password": PASSWORD})
    assert limited.status_code == 403
    assert "too many tries" in limited.content.decode().casefold()
    assert client.post(page, {"name": "reader", "password": PASSWORD}).status_code == 302
    assert list(SignIn.objects.order_by("pk").values_list("outcome", flat=True)) == ["refused"] * 10 + ["limited", "in"]


@pytest.mark.parametrize("to", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(to: str) -> None:
    answer = visitor().post(reverse("sign_in"), {"name": "reader", "password": PASSWORD, "next": to})
    assert answer["Location"] == "/"


def test_a_form_of_another_page_is_refused() -> None:
    client = visitor(strict=True)
    assert client.post(reverse("sign_in"), {"name": "reader", "password": PASSWORD}).status_code == 403


@pytest.mark.parametrize("role", ["reader", "reviewer", "editor"])
def test_only_administrators_see_people(client_of: ClientOf, role: str) -> None:
    client = client_of(role)
    assert client.get(reverse("people")).status_code == 403
    assert client.post(reverse("people_add"), {"name": "x", "role": "administrator"}).status_code == 403
    assert client.post(reverse("people_role", args=[role]), {"role": "administrator"}).status_code == 403
    assert client.post(reverse("people_invite", args=["administrator"])).status_code == 403
    assert Person.objects.get(username=role).role == role


def test_an_administrator_adds_people_and_gives_roles(client_of: ClientOf) -> None:
    client = client_of("administrator")
    page = client.post(reverse("people_add"), {"name": "nour", "role": "reviewer"}).content.decode()
    assert "/join/" in page
    assert client.post(reverse("people_role", args=["nour"]), {"role": "editor"}).status_code == 302
    assert Person.objects.get(username="nour").role == "editor"
    last = client.post(reverse("people_role", args=["administrator"]), {"role": "reader"})
    assert last.status_code == 403
    assert "last administrator" in last.content.decode()


def test_pages_are_not_kept_and_run_no_script_of_others(client_of: ClientOf) -> None:
    answer = client_of("administrator").get(reverse("people"))
    assert answer["Cache-Control"] == "no-store, private"
    rules = answer["Content-Security-Policy"]
    assert "unsafe" not in rules
    assert "default-src 'none'" in rules
    assert answer["X-Frame-Options"] == "DENY"
    assert " style=" not in answer.content.decode()
    assert " on" + "click=" not in answer.content.decode()


def test_the_pages_speak_arabic(client_of: ClientOf) -> None:
    client = client_of("administrator")
    client.post(reverse("set_language"), {"language": "ar", "next": reverse("people")})
    page = client.get(reverse("people")).content.decode()
    assert 'lang="ar" dir="rtl"' in page
    assert "الأشخاص" in page


def test_a_token_acts_for_its_person_until_it_is_closed() -> None:
    person = Person.objects.get(username="reviewer")
    secret = make_token(person=person, name="map of the week", decides=False)
    token = token_of(secret)
    assert token is not None
    assert token.person == person
    with pytest.raises(RefusedError):
        close_token(person=Person.objects.get(username="reader"), number=token.pk)
    close_token(person=person, number=token.pk)
    assert token_of(secret) is None
    assert token_of("another") is None


def test_what_opened_a_closed_account_opens_it_no_more_when_it_is_open_again(client_of: ClientOf) -> None:
    person = Person.objects.get(username="reviewer")
    session, token = client_of("reviewer"), make_token(person=person, name="a script", decides=True)
    link = reverse("join", args=[invite(person=person, by=None)])
    close_account(name="reviewer", by=None)
    set_role(name="reviewer", role="reviewer", by=None)
    assert session.get("/").status_code == 302
    assert token_of(token) is None
    assert visitor().get(link).status_code == 403
    assert visitor().post(reverse("sign_in"), {"name": "reviewer", "password": PASSWORD}).status_code == 403
