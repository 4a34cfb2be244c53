"""How often somebody may ask the API: counted exactly, each for themselves, whichever threads answer."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.http import HttpRequest

from ascertain.desk.api_limits import PerMinute
from ascertain.record.models.people import Person
from ascertain.record.models.signing_in import Token

PEOPLE, MOST = 8, 150


@pytest.fixture
def restless() -> Iterator[None]:
    """Threads that take turns as often as can be."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def request_of(person: int, *, by_token: bool = True) -> HttpRequest:
    request = HttpRequest()
    request.auth = Token(person_id=person) if by_token else Person(pk=person)  # type: ignore[attr-defined]
    return request


@pytest.mark.usefixtures("restless")
def test_threads_count_each_for_themselves_and_miss_none() -> None:
    limit, start = PerMinute(MOST, clock=lambda: 90.0), Barrier(PEOPLE * 2)

    def asked(person: int) -> list[bool]:
        start.wait()
        return [limit.allow_request(request_of(person)) for _ in range(MOST // 2)]

    with ThreadPoolExecutor(PEOPLE * 2) as threads:
        told = list(threads.map(asked, [*range(PEOPLE), *range(PEOPLE)]))
    assert all(map(all, told))
    assert [limit.allow_request(request_of(person)) for person in range(PEOPLE)] == [False] * PEOPLE


def test_all_tokens_and_browsers_of_one_person_count_together() -> None:
    limit = PerMinute(2, clock=lambda: 90.0)
    asked = [limit.allow_request(request_of(1, by_token=by)) for by in (True, False, True)]
    assert asked == [True, True, False]
    assert limit.allow_request(request_of(2))


def test_who_was_refused_may_ask_again_in_the_next_minute() -> None:
    now = [119.0]
    limit = PerMinute(1, clock=lambda: now[0])
    assert [limit.allow_request(request_of(1)) for _ in range(2)] == [True, False]
    assert limit.wait() == 1.0
    now[0] += limit.wait()
    assert limit.allow_request(request_of(1))
