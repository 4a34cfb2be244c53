"""The API: who may ask, what is answered, and what is refused with which remedy."""

import json
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from ascertain.desk.api.routes import api
from ascertain.record.models import Decision, IncidentRow, ReportRow
from ascertain.record.models.people import Person
from ascertain.record.services import deciding
from ascertain.record.services.deciding import Seen
from ascertain.record.services.people import close_account
from ascertain.record.services.signing_in import close_token, make_token

from .conftest import ClientOf, visitor

pytestmark = pytest.mark.usefixtures("desk")
LISTS = ("reports", "claims", "incidents", "decisions", "tolls", "conditions", "negotiations", "sources", "counts")


@pytest.fixture(autouse=True)
def nobody_asked_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def program(name: str, *, decides: bool = False) -> Client:
    """A program that shows a token of somebody, and has no cookie."""
    secret = make_token(person=Person.objects.get(username=name), name="test", decides=decides)
    return Client(enforce_csrf_checks=True, SERVER_NAME="127.0.0.1", headers={"Authorization": f"Bearer {secret}"})


def post(client: Client, **line: object) -> tuple[int, dict[str, Any]]:
    answer = client.post("/api/decisions", json.dumps(line), content_type="application/json")
    return answer.status_code, answer.json()


@pytest.mark.parametrize("name", [*LISTS, "openapi.json", "incidents.geojson"])
def test_nothing_is_open_without_a_token(name: str) -> None:
    answer = visitor().get(f"/api/{name}")
    assert answer.status_code == HTTPStatus.UNAUTHORIZED
    assert "tokens" in answer.json()["remedy"]
    wrong = visitor().get(f"/api/{name}", headers={"Authorization": "Bearer nothing"})
    assert wrong.status_code == HTTPStatus.UNAUTHORIZED


@pytest.mark.parametrize("name", [*LISTS, "openapi.json", "incidents.geojson"])
def test_everybody_who_may_sign_in_may_read_and_no_cache_keeps_it(name: str) -> None:
    answer = program("reader").get(f"/api/{name}")
    assert answer.status_code == HTTPStatus.OK
    assert "no-store" in answer.headers["Cache-Control"]


def test_lists_are_read_part_by_part() -> None:
    reader, found, after = program("reader"), [], ""
    while after is not None:
        part = reader.get("/api/incidents", {"limit": 1, "after": after}).json()
        found += [item["id"] for item in part["items"]]
        after = part["next"]
    assert found == sorted(IncidentRow.objects.filter(gone=False).values_list("pk", flat=True))


def test_a_report_comes_with_its_text_its_claims_and_where_it_came_from() -> None:
    reader = program("reader")
    row = ReportRow.objects.order_by("pk")[0]
    told = reader.get(f"/api/report/{row.pk}").json()
    assert told["text"] == row.text == reader.get(f"/api/report-text/{row.pk}").content.decode()
    assert told["claims"]
    assert told["arrivals"][0]["sha256"] == row.receipt.blob_id
    original = reader.get(f"/api/report-original/{row.pk}")
    assert original.headers["Content-Type"] == "application/octet-stream"
    assert original.headers["Content-Disposition"].startswith("attachment")
    assert reader.get(f"/api/report-lineage/{row.pk}").json()["report"] == row.pk


def test_an_incident_comes_with_its_versions_and_decisions() -> None:
    row = IncidentRow.objects.filter(gone=False).order_by("pk")[0]
    deciding.comment(person=Person.objects.get(username="reviewer"), seen=Seen(row.pk, row.version), text="look again")
    reader = program("reader")
    assert reader.get(f"/api/incidents/{row.pk}").json()["incident"]["id"] == row.pk
    assert reader.get(f"/api/incidents/{row.pk}/versions").json()[0]["number"] == 1
    assert reader.get(f"/api/incidents/{row.pk}/decisions").json()["items"][0]["reason"] == "look again"
    assert reader.get("/api/incidents/i0").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    "query", ["type=nonsense", "from=2024-02-30", "limit=0", "limit=501", "bbox=1,2,3", "bbox=0,9,0,1", "country=xx1"]
)
def test_what_cannot_be_followed_is_refused_not_left_out(query: str) -> None:
    answer = program("reader").get(f"/api/incidents?{query}")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answer.json()["problem"]
    assert answer.json()["remedy"]


def test_a_decision_is_made_as_at_the_desk_and_refused_where_somebody_was_quicker() -> None:
    row = IncidentRow.objects.filter(gone=False).order_by("pk")[0]
    reviewer = program("reviewer", decides=True)
    line = {"kind": "reject", "incidents": [row.pk], "versions": [row.version], "reason": "no such thing"}
    status, told = post(reviewer, **line)
    assert status == HTTPStatus.CREATED
    assert Decision.objects.get(pk=told["number"]).person.username == "reviewer"
    status, told = post(reviewer, **line)
    assert status == HTTPStatus.CONFLICT
    assert told["remedy"]


def test_a_token_that_reads_decides_nothing_nor_does_a_reader() -> None:
    row = IncidentRow.objects.filter(gone=False).order_by("pk")[0]
    line = {"kind": "accept", "incidents": [row.pk]}
    assert post(program("reviewer"), **line)[0] == HTTPStatus.FORBIDDEN
    assert post(program("reader", decides=True), **line)[0] == HTTPStatus.FORBIDDEN
    assert post(program("reviewer", decides=True), kind="lock", incidents=[row.pk])[0] == HTTPStatus.FORBIDDEN
    assert not Decision.objects.exists()


def test_a_decision_that_cannot_be_made_says_why() -> None:
    reviewer = program("reviewer", decides=True)
    assert post(reviewer, kind="no such kind")[0] == HTTPStatus.UNPROCESSABLE_ENTITY
    assert post(reviewer, kind="accept")[0] == HTTPStatus.UNPROCESSABLE_ENTITY
    assert reviewer.post("/api/decisions", {"kind": "accept"}).status_code == HTTPStatus.UNSUPPORTED_MEDIA_TYPE


def test_a_session_decides_only_with_the_desks_own_csrf_token() -> None:
    row = IncidentRow.objects.filter(gone=False).order_by("pk")[0]
    browser = visitor(strict=True)
    browser.force_login(Person.objects.get(username="reviewer"))
    line = json.dumps({"kind": "accept", "incidents": [row.pk]})
    refused = browser.post("/api/decisions", line, content_type="application/json")
    assert refused.status_code == HTTPStatus.FORBIDDEN
    browser.get(reverse("tokens"))
    headers = {"X-CSRFToken": browser.cookies["ascertain_csrf"].value}
    made = browser.post("/api/decisions", line, content_type="application/json", headers=headers)
    assert made.status_code == HTTPStatus.CREATED


def test_a_token_ends_when_it_or_its_owners_account_is_closed() -> None:
    person = Person.objects.get(username="reviewer")
    first, second = program("reviewer"), program("reviewer")
    close_token(person=person, number=person.tokens.earliest("pk").pk)
    assert first.get("/api/counts").status_code == HTTPStatus.UNAUTHORIZED
    assert second.get("/api/counts").status_code == HTTPStatus.OK
    close_account(name="reviewer", by=None)
    assert second.get("/api/counts").status_code == HTTPStatus.UNAUTHORIZED


def test_a_token_in_the_address_opens_the_map_alone_and_only_if_it_reads() -> None:
    person = Person.objects.get(username="reader")
    reads, decides = (make_token(person=person, name="map", decides=decides) for decides in (False, True))
    told = visitor().get("/api/incidents.geojson", {"token": reads})
    assert told.headers["Content-Type"] == "application/geo+json"
    assert json.loads(told.getvalue())["features"]
    assert visitor().get("/api/incidents.geojson", {"token": decides}).status_code == HTTPStatus.FORBIDDEN
    assert visitor().get("/api/incidents", {"token": reads}).status_code == HTTPStatus.UNAUTHORIZED


def test_what_is_marked_is_there_for_those_signed_in_and_not_on_maps() -> None:
    row = IncidentRow.objects.filter(gone=False).order_by("pk")[0]
    editor = Person.objects.get(username="editor")
    deciding.mark_sensitive(person=editor, seen=Seen(row.pk, row.version), level="internal", reason="")
    reader = program("reader")
    assert reader.get(f"/api/incidents/{row.pk}").json()["sensitivity"] == "internal"
    assert row.pk not in reader.get("/api/incidents.geojson").getvalue().decode()


def test_who_asks_too_often_is_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    throttle = api.throttle[0]
    monkeypatch.setattr(throttle, "num_requests", 2)
    reader = program("reader")
    assert [reader.get("/api/counts").status_code for _ in range(3)] == [200, 200, 429]
    assert int(reader.get("/api/counts").headers["Retry-After"]) > 0


def test_a_large_body_is_refused() -> None:
    reviewer = program("reviewer", decides=True)
    answer = reviewer.post("/api/decisions", b" " * (3 << 20), content_type="application/json")
    assert answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def test_an_address_that_is_none_is_told_in_json() -> None:
    answer = visitor().get("/api/nothing")
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert "openapi.json" in answer.json()["remedy"]


def test_a_token_is_shown_once_and_closed_on_the_page(client_of: ClientOf) -> None:
    browser = client_of("reader")
    made = browser.post(reverse("token_make"), {"name": "notebook"})
    secret = made.content.decode().partition('id="secret"')[2].partition('value="')[2].partition('"')[0]
    assert len(secret) > 40
    page = browser.get(reverse("tokens")).content.decode()
    assert "notebook" in page
    assert secret not in page
    number = Person.objects.get(username="reader").tokens.get().pk
    assert client_of("reviewer").post(reverse("token_close", args=[number])).status_code == HTTPStatus.FORBIDDEN
    browser.post(reverse("token_close", args=[number]))
    headers = {"Authorization": f"Bearer {secret}"}
    assert visitor().get("/api/counts", headers=headers).status_code == HTTPStatus.UNAUTHORIZED
