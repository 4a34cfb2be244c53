"""What the desk does not take: other methods, bodies that are too large.

And what others take of it: its map, opened by a program that is not the desk's.
"""

from collections.abc import Iterator
from pathlib import Path

import pyogrio
import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from ascertain.record.models import ChainEntry
from ascertain.record.models.people import Person
from ascertain.record.models.signing_in import Token
from ascertain.record.services.signing_in import make_token

from .conftest import ClientOf, visitor

MADE = {"IntConverter": 1, "PathConverter": "any", "StringConverter": "any"}
LARGE = "x" * (3 << 20)


def addresses(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """A path of every address of the desk."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, f"{one.namespace}:" if one.namespace else space)
        else:
            made = {name: MADE[type(kind).__name__] for name, kind in one.pattern.converters.items()}
            yield reverse(f"{space}{one.name}", kwargs=made)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
@pytest.mark.usefixtures("desk")
def test_no_address_takes_another_method(method: str, client_of: ClientOf) -> None:
    browser = client_of("administrator")
    paths = list(addresses(get_resolver().url_patterns))
    assert len(paths) > 40
    taken = [path for path in paths if getattr(browser, method)(path).status_code != 405]
    assert [path for path in taken if path != reverse("api:api-root")] == []


@pytest.mark.parametrize("address", ["/sign-in/", "/tokens/make/", "/sources/note/", "/report-mark/r1"])
def test_a_form_that_is_too_large_is_refused(address: str, client_of: ClientOf) -> None:
    before = ChainEntry.objects.count(), Token.objects.count()
    assert client_of("editor").post(address, {"name": LARGE, "reason": LARGE}).status_code in (400, 413)
    form = f"name={LARGE}"
    sent = client_of("editor").post(address, form, content_type="application/x-www-form-urlencoded")
    assert sent.status_code in (400, 413)
    assert (ChainEntry.objects.count(), Token.objects.count()) == before


@pytest.mark.usefixtures("desk")
def test_another_program_opens_the_map(tmp_path: Path) -> None:
    secret = make_token(person=Person.objects.get(username="reader"), name="a map", decides=False)
    path = tmp_path / "incidents.geojson"
    path.write_bytes(b"".join(visitor().get("/api/incidents.geojson", {"token": secret})))
    told = pyogrio.read_info(path)
    assert (told["driver"], told["features"], told["geometry_type"]) == ("GeoJSON", 3, "Point")
    assert told["crs"] == "EPSG:4326"
