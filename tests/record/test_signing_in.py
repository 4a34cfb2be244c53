"""How often somebody may try to sign in, on SQLite and on PostgreSQL, also where many tries come at once."""

import datetime as dt
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from ascertain.model import RefusedError
from ascertain.record.canonical import now
from ascertain.record.models.people import Person
from ascertain.record.models.signing_in import SignIn
from ascertain.record.services import signing_in
from ascertain.record.services.people import add_person
from ascertain.record.services.signing_in import sign_in

pytestmark = pytest.mark.usefixtures("record")
PASSWORD = "a long sentence to keep"


def account(name: str) -> Person:
    person = add_person(name=name, role="reader", by=None)
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    return person


def refusal(name: str, password: str = "wrong", address: str = "10.0.0.1") -> str:
    """Why somebody does not come in; empty where they do."""
    try:
        sign_in(name=name, password=password, address=address)
    except RefusedError as error:
        return str(error).partition(";")[0]
    return ""


def noted() -> Counter[str]:
    return Counter(SignIn.objects.values_list("outcome", flat=True))


def test_of_tries_at_once_no_more_are_answered_than_one_after_the_other() -> None:
    account("nour")
    ready = Barrier(14)

    def tries(_: int) -> str:
        ready.wait()
        try:
            return refusal("nour")
        finally:
            connection.close()

    with ThreadPoolExecutor(14) as at_once:
        told = Counter(at_once.map(tries, range(14)))
    assert told == {"name and password do not fit": 10, "too many tries were refused": 4}
    assert noted() == {"refused": 10, "limited": 1}
    assert refusal("nour", PASSWORD) == "too many tries were refused"


def test_who_comes_in_is_no_try_that_was_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_in, "_TRIES_OF_A_NAME", 2)
    account("nour")
    told = [refusal("nour", password) for password in ("wrong", PASSWORD, PASSWORD, "wrong", PASSWORD)]
    assert [bool(each) for each in told] == [True, False, False, True, True]


def test_what_is_not_looked_at_is_noted_once_in_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_in, "_TRIES_OF_A_NAME", 2)
    monkeypatch.setattr(signing_in, "_TRIES_OF_AN_ADDRESS", 3)
    for _ in range(5):
        refusal("nour")
    assert noted() == {"refused": 2, "limited": 1}
    for number in range(5):
        refusal(f"made-up-{number}", address="10.0.0.3")
    assert noted() == {"refused": 5, "limited": 2}
    assert refusal("another", address="10.0.0.2") == "name and password do not fit"
    SignIn.objects.update(at=now() - dt.timedelta(minutes=16))
    assert refusal("nour") == "name and password do not fit"
    assert noted() == {"refused": 7, "limited": 2}
