"""A base map of one's own in a real browser, over the real server: it is drawn from its file, by parts."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Response, sync_playwright
from tests.desk.browser.test_scripts import DRAWING, one_tile
from tests.desk.conftest import ClientOf, serving_desk

from ascertain.desk.basemap import checked
from ascertain.record.opening import Record

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # The browser's driver runs a loop in this thread, in which Django would do nothing of its own accord.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        started = playwright.chromium.launch(executable_path=chromium, args=DRAWING)
        yield started
        started.close()


@pytest.fixture
def served(browser: Browser, desk: Record, tmp_path: Path) -> Iterator[str]:  # noqa: ARG001 -- its record is open
    """The address of a desk with a map of its own, of one tile."""
    own = tmp_path / "own.pmtiles"
    own.write_bytes(one_tile())
    with override_settings(BASE_MAP=str(checked(own))), serving_desk() as server:
        yield f"http://127.0.0.1:{server.effective_port}"


@pytest.mark.parametrize("path", ["/explore/", "/"])
def test_pages_draw_upon_the_map_that_the_desk_is_given(
    browser: Browser, served: str, client_of: ClientOf, path: str
) -> None:
    context = browser.new_context()
    session = client_of("reader").cookies["ascertain_session"].value
    context.add_cookies([{"name": "ascertain_session", "value": session, "url": served}])
    page, answers, faults = context.new_page(), list[Response](), list[str]()
    page.on("response", lambda answer: answers.append(answer))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(served + path)
    page.wait_for_selector("[data-map][data-drawn]")
    page.wait_for_load_state("networkidle")
    asked = [answer for answer in answers if answer.url.endswith("/base-map.pmtiles")]
    assert len(asked) >= 2  # its head, then the tile
    assert {answer.status for answer in asked} == {206}
    assert all(answer.url.startswith((served, "blob:", "data:")) for answer in answers)
    assert not any("countries" in answer.url for answer in answers)
    assert faults == []
    assert "OpenStreetMap" in (page.locator(".maplibregl-ctrl-attrib-inner").text_content() or "")
    context.close()
