"""The inbox: incidents in order of need, filters that agree with their counts, and pages by key."""

import datetime as dt

import pytest
from django.http import QueryDict
from tests.desk.conftest import ClientOf

from ascertain.desk.selectors.inbox import ALL, Asked, asked_in, beside, beside_in, inbox
from ascertain.record.models import IncidentRow, Person
from ascertain.record.needs import Standing, need_columns
from ascertain.record.opening import Record
from ascertain.record.services.deciding import Seen, accept, undo
from ascertain.record.writing import writing

pytestmark = pytest.mark.usefixtures("desk")


def ids(asked: Asked) -> list[str]:
    return [item.id for item in inbox(asked).items]


def graded(place: int, grading: str, killed: int) -> IncidentRow:
    """An incident of the three with another grading and toll, ranked anew."""
    row = IncidentRow.objects.order_by("pk")[place]
    columns = need_columns(Standing(grading, killed=killed))
    with writing():
        IncidentRow.objects.filter(pk=row.pk).update(
            grading=grading, killed_low=0, killed_best=None, killed_high=killed, **columns
        )
    return row


def test_the_contested_come_before_the_large_and_these_before_others() -> None:
    large, contested = graded(0, "fair", 40), graded(1, "contested", 1)
    other = IncidentRow.objects.exclude(pk__in=[large.pk, contested.pk]).get()
    assert ids(Asked()) == [contested.pk, large.pk, other.pk]
    assert ids(Asked(need="large")) == [large.pk]
    assert beside(Asked(), large.pk) == (contested.pk, other.pk)
    assert beside(Asked(), other.pk)[1] == contested.pk


def test_who_stands_beside_is_told_from_the_page_as_from_the_record(monkeypatch: pytest.MonkeyPatch) -> None:
    for asked in (Asked(), Asked(words="zzzz")):
        for most in (1, 2, 3):
            monkeypatch.setattr("ascertain.desk.selectors.inbox.A_PAGE", most)
            shown = inbox(asked)
            for row in IncidentRow.objects.all():
                before, after = beside(asked, row.pk)
                assert beside_in(shown, row.pk) == (before, after)


def test_a_word_of_most_incidents_finds_the_same_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(words="killed")
    rare = inbox(asked)
    assert rare.items
    monkeypatch.setattr("ascertain.record.selectors.finding._COMMON", 1)
    common = inbox(Asked(words="killed", first=dt.date(1900, 1, 1)))
    assert [item.id for item in common.items] == [item.id for item in rare.items]
    assert common.total == rare.total


def test_each_count_is_what_its_filter_shows() -> None:
    graded(0, "contested", 40)
    graded(1, "fair", 2)
    shown = inbox(Asked())
    for facet in shown.facets:
        for value, count in facet.values:
            assert len(ids(asked_in(QueryDict(f"{facet.name}={value}"), 1))) == count, (facet.name, value)
    for status, count in shown.statuses:
        assert len(ids(Asked(status=status))) == count


def test_what_is_accepted_waits_no_more_and_does_again_when_that_is_taken_back() -> None:
    row, reviewer = IncidentRow.objects.order_by("pk")[0], Person.objects.get(username="reviewer")
    made = accept(person=reviewer, seen=Seen(row.pk, row.version))
    assert row.pk not in ids(Asked())
    assert row.pk in ids(Asked(status="accepted"))
    assert row.pk in ids(Asked(status=ALL))
    undo(person=reviewer, decision=made.pk)
    assert row.pk in ids(Asked())


def test_pages_by_key_show_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ascertain.desk.selectors.inbox.A_PAGE", 2)
    first = inbox(Asked())
    assert first.more is not None
    need, _, id = first.more.partition(".")
    second = inbox(Asked(after=(int(need), id)))
    together = [item.id for page in (first, second) for item in page.items]
    assert sorted(together) == sorted(IncidentRow.objects.values_list("pk", flat=True))


def test_places_days_and_words_narrow_it() -> None:
    row = IncidentRow.objects.order_by("pk")[0]
    assert row.place is not None
    assert row.start is not None
    assert ids(Asked(place=row.place.upper())) == [row.pk]
    assert ids(Asked(words=row.place[:5].lower())) == [row.pk]
    assert ids(Asked(first=row.start, last=row.start)) == [row.pk]
    assert ids(Asked(changed=dt.date(2999, 1, 1))) == []


def test_the_page_shows_the_first_and_an_odd_address_shows_all(client_of: ClientOf) -> None:
    client = client_of("reader")
    page = client.get("/?need=nothing&after=x&from=yesterday&type=weather")
    assert page.status_code == 200
    assert page.content.decode().count("data-incident=") == 3
    assert client.get("/", headers={"HX-Request": "true"}).content.decode().lstrip().startswith('<div id="list"')


def test_where_nothing_is_left_the_page_says_what_to_do(client_of: ClientOf) -> None:
    page = client_of("reviewer").get("/?q=zzzz").content.decode()
    assert "Nothing fits what you ask for" in page


def test_it_takes_the_same_queries_however_many_there_are(desk: Record, client_of: ClientOf) -> None:  # noqa: ARG001
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of("reviewer")
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    assert len(asked) < 50
