"""Addresses as sources, over real connections."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.intake.serving import Page, Site, serving
from tests.intake.watching.feeding import page

from ascertain.intake.documents import Original
from ascertain.intake.received import SetAside
from ascertain.model import SettingsError
from ascertain.record.services.sources import AN_ADDRESS, check_sources, originals_in

HERE = dataclasses.replace(AN_ADDRESS, allow_private=("127.0.0.1",), spacing=0.0, attempts=1)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(Site({"/story": Page(page("Goma"), headers={"Content-Type": "text/html"})})) as begun:
        yield begun


def test_an_address_is_fetched_with_what_its_server_says(site: Site, tmp_path: Path) -> None:
    (original,) = originals_in([site.url("/story")], tmp_path, fetching=HERE)
    assert isinstance(original, Original)
    assert original.path.read_bytes() == page("Goma")
    assert (original.address, original.media_type) == (site.url("/story"), "text/html")


def test_an_address_that_cannot_be_had_is_set_aside_and_the_rest_is_taken(site: Site, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Two people were hurt.")
    addresses = [site.url("/nowhere"), "http://10.0.0.8/", "https://", site.url("/story")]
    found = list(originals_in([*addresses, str(tmp_path / "a.txt")], tmp_path, fetching=HERE))
    assert [type(each) for each in found] == [SetAside, SetAside, SetAside, Original, Original]
    assert all(aside.remedy for aside in found if isinstance(aside, SetAside))


def test_a_private_server_is_not_asked_unless_allowed(site: Site, tmp_path: Path) -> None:
    (aside,) = originals_in([site.url("/story")], tmp_path)
    assert isinstance(aside, SetAside)
    assert "--allow-private" in aside.remedy
    assert not site.asked


def test_a_network_that_cannot_be_allowed_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="--allow-private"):
        list(originals_in([], tmp_path, fetching=dataclasses.replace(HERE, allow_private=("here",))))


@pytest.mark.parametrize("given", ["ftp://example.org/a", "file:///etc/hosts", "gopher://example.org", "S3://a/b"])
def test_addresses_are_sources_and_those_of_other_schemes_are_refused(given: str) -> None:
    check_sources(["https://example.org/a", "HTTP://EXAMPLE.ORG"])
    with pytest.raises(SettingsError, match="only http and https are fetched"):
        check_sources([given])


def test_what_is_never_asked_is_not_offered_to_be_allowed(tmp_path: Path) -> None:
    (aside,) = originals_in(["http://169.254.169.254/latest/"], tmp_path)
    assert isinstance(aside, SetAside)
    assert aside.remedy == "it is never asked; leave it out"
