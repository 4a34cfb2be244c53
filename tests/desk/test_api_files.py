"""The map that the API gives: opened by its address as QGIS does, whole or in parts, by a program that is not ours."""

import http.client
import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pyogrio
import pytest
from pyogrio.errors import DataSourceError

from ascertain.record.models import IncidentRow
from ascertain.record.models.people import Person
from ascertain.record.services.signing_in import make_token

from .conftest import visitor

MAP = "/api/incidents.geojson"
PARTS = ("0-9", "5-", "-7", "3-3", "0-99999999")


@pytest.fixture
def secret(desk: object) -> str:  # noqa: ARG001 -- its record is the one that is open
    return make_token(person=Person.objects.get(username="reader"), name="a map", decides=False)


@pytest.fixture
def options() -> Iterator[None]:
    """GDAL asks anew each time; what it is told for one test does not hold for the next."""
    pyogrio.set_gdal_config_options(
        {"CPL_VSIL_CURL_NON_CACHED": "/vsicurl/http://127.0.0.1", "GDAL_HTTP_MAX_RETRY": "0"}
    )
    yield
    names = ("CPL_VSIL_CURL_NON_CACHED", "GDAL_HTTP_MAX_RETRY", "GDAL_HTTP_HEADERS")
    pyogrio.set_gdal_config_options(dict.fromkeys(names))


@pytest.mark.usefixtures("options")
@pytest.mark.parametrize("prefix", ["/vsicurl/", "/vsicurl_streaming/", "GeoJSON:", ""])
def test_qgis_opens_the_map_by_its_address(prefix: str, served: str, secret: str) -> None:
    # QGIS hands an address to GDAL with /vsicurl/ before it (its provider for vectors, protocol HTTP).
    told = pyogrio.read_info(f"{prefix}{served}{MAP}?token={secret}", force_feature_count=True)
    assert (told["driver"], told["features"], told["geometry_type"]) == ("GeoJSON", 3, "Point")
    assert told["crs"] == "EPSG:4326"
    frame = pyogrio.read_dataframe(f"{prefix}{served}{MAP}?token={secret}&country=NG&bbox=-180,-90,180,90")
    assert sorted(frame["id"]) == sorted(IncidentRow.objects.values_list("pk", flat=True))


@pytest.mark.usefixtures("options")
def test_a_token_may_come_in_the_head_of_the_request(served: str, secret: str) -> None:
    pyogrio.set_gdal_config_options({"GDAL_HTTP_HEADERS": f"Authorization: Bearer {secret}"})
    assert pyogrio.read_info(f"/vsicurl/{served}{MAP}")["features"] == 3


@pytest.mark.filterwarnings("ignore:HTTP response code")  # GDAL warns before it fails
@pytest.mark.usefixtures("options")
def test_no_map_without_a_token(served: str) -> None:
    with pytest.raises(DataSourceError, match="401"):
        pyogrio.read_info(f"/vsicurl/{served}{MAP}?token=wrong")


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_what_stands_there_in_the_whole(part: str, secret: str) -> None:
    whole = visitor().get(MAP, {"token": secret})
    size = len(whole.content)
    assert whole.headers["Content-Length"] == str(size)
    answer = visitor().get(MAP, {"token": secret}, headers={"Range": f"bytes={part}"})
    first, last, of = map(int, answer.headers["Content-Range"].removeprefix("bytes ").replace("/", "-").split("-"))
    assert (answer.status_code, of) == (206, size)
    assert answer.content == whole.content[first : last + 1]
    assert answer.headers["ETag"] == whole.headers["ETag"]


@pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=-", "bytes=0-1,3-4", "lines=0-3", "bytes=a-b", "x"])
def test_what_is_no_part_is_answered_with_all(asked: str, secret: str) -> None:
    answer = visitor().get(MAP, {"token": secret}, headers={"Range": asked})
    assert answer.status_code == 200
    assert len(json.loads(answer.content)["features"]) == 3


def test_a_part_beyond_the_end_is_refused(secret: str) -> None:
    answer = visitor().get(MAP, {"token": secret}, headers={"Range": "bytes=9999999-"})
    assert (answer.status_code, answer.content) == (416, b"")
    assert answer.headers["Content-Range"].startswith("bytes */")


def test_parts_of_what_the_map_was_before_are_not_given(secret: str) -> None:
    before = visitor().get(MAP, {"token": secret}).headers["ETag"]
    row = IncidentRow.objects.order_by("pk")[0]
    browser = visitor()
    browser.force_login(Person.objects.get(username="editor"))
    told = {"kind": "mark_sensitive", "incidents": [row.pk], "versions": [row.version], "level": "internal"}
    assert browser.post("/api/decisions", json.dumps(told), content_type="application/json").status_code == 201
    asked = {"Range": "bytes=0-9", "If-Range": before}
    answer = visitor().get(MAP, {"token": secret}, headers=asked)
    assert answer.status_code == 200
    assert answer.headers["ETag"] != before
    assert row.pk not in {feature["id"] for feature in json.loads(answer.content)["features"]}


@pytest.mark.parametrize("path", ["/sign-in/", "/", MAP, "/api/status", "/static/desk/none.js", "/nothing/"])
def test_head_is_answered_as_get_without_its_content(path: str, served: str, secret: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(served).netloc, timeout=20)
    shown = {"Authorization": f"Bearer {secret}"}
    told = []
    for method in ("HEAD", "GET", "HEAD", "GET"):
        connection.request(method, path, headers=shown)
        answer = connection.getresponse()
        told.append((answer.status, answer.headers["Content-Type"], answer.headers["Content-Length"]))
        assert bool(answer.read()) == (method == "GET" and answer.headers["Content-Length"] != "0")
    connection.close()
    assert told[0] == told[2]
    assert told[0][:2] == told[1][:2]
