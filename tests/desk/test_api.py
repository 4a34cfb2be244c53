"""The API: nothing without a token or a session, all of the record to read, and decisions by the desk's own rules."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ascertain.desk.api import LIMIT, api
from ascertain.record.models import Decision, IncidentRow, ReportRow
from ascertain.record.models.people import Person
from ascertain.record.services.people import close_account
from ascertain.record.services.signing_in import close_token, make_token, token_of

from .conftest import ClientOf, visitor

pytestmark = pytest.mark.usefixtures("desk")


def program(name: str = "reader", *, decides: bool = False) -> Client:
    secret = make_token(person=Person.objects.get(username=name), name="a script", decides=decides)
    client = visitor()
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    return client


_WITH = {"/api/source": "?kind=publisher&name=A"}


def addresses() -> list[str]:
    incident, report = IncidentRow.objects.order_by("pk")[0].pk, "r1"
    made = api.get_openapi_schema()["paths"]
    return [path.replace("{incident}", incident).replace("{report}", report) + _WITH.get(path, "") for path in made]


def accepted(**more: object) -> dict[str, object]:
    row = IncidentRow.objects.order_by("pk")[0]
    return {"kind": "accept", "incidents": [row.pk], "versions": [row.version], **more}


def post(client: Client, told: object, **more: object) -> tuple[int, dict[str, Any]]:
    answer = client.post("/api/decisions", json.dumps(told), content_type="application/json", **more)  # type: ignore[arg-type]
    return answer.status_code, answer.json()


def test_nothing_is_open() -> None:
    stranger = visitor()
    assert len(addresses()) > 9
    for address in addresses():
        for answer in (stranger.get(address), stranger.post(address), stranger.get(address, {"token": "wrong"})):
            assert answer.status_code in (401, 405), address
            assert answer.status_code == 405 or "token" in answer.json()["said"]


def test_all_can_be_read_with_a_token_and_by_who_is_signed_in(client_of: ClientOf) -> None:
    for client in (program(), client_of("reader")):
        for address in addresses():
            answer = client.get(address)
            assert answer.status_code == 200, address
            assert b"".join(answer) if answer.streaming else answer.content
            assert answer["Cache-Control"] == "no-store, private"


def test_a_token_that_was_ended_opens_nothing() -> None:
    client = program()
    assert client.get("/api/status").json()["reports"] == 3
    token = token_of(client.defaults["HTTP_AUTHORIZATION"].removeprefix("Bearer "))
    assert token is not None
    close_token(person=token.person, number=token.pk)
    assert client.get("/api/status").status_code == 401


def test_lists_come_page_by_page_and_whole() -> None:
    client, seen, after = program(), [], ""
    while after is not None:
        page = client.get("/api/incidents", {"limit": "2", "after": after}).json()
        seen += [item["id"] for item in page["items"]]
        after = page["next"]
    assert seen == sorted(IncidentRow.objects.values_list("pk", flat=True))
    assert client.get("/api/incidents", {"limit": 5000}).status_code == 422


def test_filters_are_those_of_explore() -> None:
    client = program()
    assert len(client.get("/api/incidents", {"country": "NG"}).json()["items"]) == 3
    assert client.get("/api/incidents", {"country": "SD"}).json() == {"items": [], "next": None}
    assert [r["id"] for r in client.get("/api/reports", {"q": "market"}).json()["items"]] == ["r1", "r2", "r3"]


def test_a_map_opens_by_its_address_alone() -> None:
    secret = program().defaults["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    answer = visitor().get("/api/incidents.geojson", {"token": secret})
    assert answer["Content-Type"] == "application/geo+json"
    told = json.loads(b"".join(answer))
    assert (told["type"], len(told["features"])) == ("FeatureCollection", 3)
    for feature in told["features"]:
        east, north = feature["geometry"]["coordinates"]
        assert -180 <= east <= 180
        assert -90 <= north <= 90
    assert visitor().get("/api/status", {"token": secret}).status_code == 401


def test_a_report_comes_with_its_text_and_its_bytes() -> None:
    client, row = program(), ReportRow.objects.get(pk="r1")
    assert client.get("/api/reports/r1").json()["text"] == row.text
    (claim,) = client.get("/api/reports/r1/claims").json()
    assert row.text[slice(*claim["evidence"][0])].startswith("market")
    assert b'"id": "r1"' in client.get("/api/reports/r1/original").getvalue()
    assert client.get("/api/reports/none").status_code == 404
    assert client.get("/api/incidents/none").status_code == 404


def test_decisions_are_made_by_the_desks_own_rules() -> None:
    assert post(program("reviewer"), accepted())[0] == 403  # may only read
    assert post(program("reader", decides=True), accepted())[0] == 403
    status, told = post(program("reviewer", decides=True), accepted())
    assert status == 201
    assert Decision.objects.get(pk=told["number"]).person.username == "reviewer"
    unseen = {**accepted(), "versions": []}
    status, said = post(program("editor", decides=True), unseen)
    assert (status, "'versions' needs one" in str(said["said"])) == (422, True)
    stale = {**accepted(), "versions": [1]}
    status, told = post(program("editor", decides=True), stale)
    assert status == 409
    assert "reviewer" in str(told["said"])
    assert post(program("editor", decides=True), {"kind": "dance"})[0] == 422
    assert Decision.objects.count() == 1
    items = program().get("/api/decisions").json()["items"]
    assert [(item["kind"], item["person"]) for item in items] == [("accept", "reviewer")]


def test_a_page_of_another_site_decides_nothing() -> None:
    client = visitor(strict=True)
    client.force_login(Person.objects.get(username="editor"))
    assert post(client, accepted())[0] in (401, 403)
    assert not Decision.objects.exists()


def test_tokens_are_made_shown_once_and_ended(client_of: ClientOf) -> None:
    client = client_of("reviewer")
    page = client.post(reverse("token_make"), {"name": "map", "decides": "yes"}).content.decode()
    secret = (
        page.split('value="')[-1] if 'id="secret"' not in page else page.split('id="secret"')[1].split('value="')[1]
    )
    token = token_of(secret.split('"')[0])
    assert token is not None
    assert token.decides
    assert secret not in client.get(reverse("tokens")).content.decode()
    assert client_of("reader").post(reverse("token_close", args=[token.pk])).status_code == 403
    assert client.post(reverse("token_close", args=[token.pk])).status_code == 302
    assert token_of(secret) is None
    assert client.post(reverse("token_make"), {"name": " "}).status_code == 400


def test_a_token_that_decides_is_not_taken_from_an_address() -> None:
    secret = program(decides=True).defaults["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    assert visitor().get("/api/incidents.geojson", {"token": secret}).status_code == 403


def test_what_the_api_is_like_is_told_only_to_who_may_come_in() -> None:
    assert visitor().get("/api/openapi.json").status_code == 401
    assert "/api/tolls" in program().get("/api/openapi.json").json()["paths"]


def test_a_large_body_is_refused() -> None:
    client = program("reviewer", decides=True)
    answer = client.post("/api/decisions", b" " * (3 << 20), content_type="application/json")
    assert answer.status_code == 413


def test_who_asks_too_often_is_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LIMIT, "most", 2)
    monkeypatch.setattr(LIMIT, "clock", lambda: 15.0)
    one, same, other = program(), program(), program("editor")
    assert [client.get("/api/status").status_code for client in (one, one, other, same)] == [200, 200, 200, 429]
    answer = one.get("/api/status")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "45")
    assert answer.json()["said"]


def test_an_account_that_was_closed_opens_nothing() -> None:
    client = program("reviewer")
    close_account(name="reviewer", by=None)
    assert client.get("/api/status").status_code == 401


SPAN = {"text": "Kaya", "span": [0, 4]}
IMPOSSIBLE = [
    ("figures/killed/people", {"best": 10**10}, "too many"),
    ("where", {**SPAN, "country": "Nigeria"}, "two letters"),
    ("where", {**SPAN, "radius_km": 1e300}, "half way round the Earth"),
]


@pytest.mark.parametrize(("field", "to", "said"), IMPOSSIBLE)
def test_what_cannot_be_is_refused(field: str, to: object, said: str) -> None:
    told = {**accepted(), "kind": "correct", "field": field, "to": to, "reason": "why"}
    status, answer = post(program("reviewer", decides=True), told)
    assert (status, said in str(answer["said"])) == (403, True)
    assert not Decision.objects.exists()


def test_a_claim_of_a_type_that_there_is_not_is_refused() -> None:
    claim = {"id": "c1", "kind": "event", "type": "weather", "evidence": [[0, 7]]}
    status, answer = post(program("reviewer", decides=True), {"kind": "add_claim", "report": "r1", "claim": claim})
    assert (status, "taxonomy" in str(answer["said"])) == (403, True)


def test_what_is_no_value_of_a_filter_is_refused_and_never_passed_over() -> None:
    client = program()
    for wrong in (
        "type=air_strike",
        "country=Nigeria",
        "from=yesterday",
        "to=0",
        "bbox=1,2,3",
        "bbox=3,14,15,4",
        "grading=x",
    ):
        assert client.get(f"/api/incidents?{wrong}").status_code == 422, wrong
        assert client.get(f"/api/incidents.geojson?{wrong}").status_code == 422, wrong
    assert len(client.get("/api/incidents?type=attack&type=crime&bbox=-180,-90,180,90").json()["items"]) == 3
    status, answer = post(program("reviewer", decides=True), {**accepted(), "verzions": [1]})
    assert (status, "verzions" in str(answer["said"])) == (422, True)


def test_a_form_is_no_decision() -> None:
    answer = program("reviewer", decides=True).post("/api/decisions", {"kind": "accept"})
    assert answer.status_code == 400
    assert answer.json()["said"]
