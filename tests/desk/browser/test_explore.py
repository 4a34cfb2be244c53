"""Explore, Conditions and Negotiations in a real browser, over a real record: map and timeline filter each other."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.desk.browser.conftest import held
from tests.desk.conftest import ClientOf, serving_desk
from tests.desk.test_series import take_told

from ascertain.record.models import IncidentRow
from ascertain.record.opening import Record
from ascertain.record.writing import writing

pytestmark = pytest.mark.browser
DRAWING = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
LOOKS = [("light", "en", 1400), ("dark", "ar", 390)]
Opened = Callable[..., Page]


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
    """The address of a desk with three incidents, in March, April and May, far from each other; it is told of
    conditions and talks too."""
    take_told(desk, tmp_path)
    with writing():
        for at, row in enumerate(IncidentRow.objects.filter(gone=False, type="attack").order_by("pk")):
            day, place = f"2024-0{3 + at}-05", ("Nyala", "Odesa", "Tabqa")[at]
            position = {"lat": (12.0, 46.5, 35.8)[at], "lon": (24.9, 30.7, 38.5)[at]}
            rows = IncidentRow.objects.filter(pk=row.pk)
            rows.update(start=day, end=day, place=place, killed_low=3, killed_best=4, killed_high=6, **position)
    with serving_desk() as server:
        yield f"http://127.0.0.1:{server.effective_port}"


@pytest.fixture
def opened(browser: Browser, served: str, client_of: ClientOf) -> Iterator[Opened]:
    """Opens a page as a reader; at the end no script may have failed and no policy been broken."""
    session = client_of("reader").cookies["ascertain_session"].value
    faults: list[str] = []
    contexts = []

    def open_page(path: str, scheme: str = "light", language: str = "en", width: int = 1400) -> Page:
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 1000})  # type: ignore[arg-type]
        contexts.append(context)
        for name, value in (("ascertain_session", session), ("ascertain_language", language)):
            context.add_cookies([{"name": name, "value": value, "url": served}])
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.goto(served + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [fault for fault in faults if "404" not in fault] == []


def rows(page: Page) -> list[str]:
    return page.locator("tr[data-place] td:nth-of-type(2) > bdi").all_inner_texts()


def test_map_and_timeline_filter_each_other_by_keys(opened: Opened) -> None:
    page = opened("/explore/?step=month&sort=start")
    page.wait_for_selector("#map[data-drawn]")
    assert rows(page) == ["Nyala", "Odesa", "Tabqa"]
    timeline = page.get_by_role("group", name="Timeline: choose days")
    timeline.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("from=2024-03-01.*to=2024-04-30"))
    expect(page.locator("tr[data-place]")).to_have_count(2)
    expect(page.locator("#map")).to_have_attribute("data-geojson", re.compile("to=2024-04-30"))
    page.locator("#bbox").evaluate(
        "field => { field.value = '20,0,30,20'; field.dispatchEvent(new Event('change', {bubbles: true})) }"
    )
    page.wait_for_url(re.compile("bbox=20"))
    expect(page.locator("tr[data-place]")).to_have_count(1)
    assert rows(page) == ["Nyala"]
    page.reload()
    assert rows(page) == ["Nyala"]
    page.get_by_role("link", name=re.compile("Part of the map")).click()
    expect(page.locator("tr[data-place]")).to_have_count(2)


def test_moving_the_map_narrows_the_table(opened: Opened) -> None:
    page = opened("/explore/")
    page.wait_for_selector("#map[data-drawn]")
    page.locator("#map canvas").focus()
    for _ in range(4):
        page.keyboard.press("Equal")
        page.wait_for_timeout(400)
    page.wait_for_url(re.compile("bbox="))
    expect(page.locator("tr[data-place]")).not_to_have_count(3)


def test_days_are_chosen_by_dragging(opened: Opened) -> None:
    page = opened("/explore/?step=month")
    bars = page.locator("[data-brush-form] .bucket .hit")
    first, last = bars.nth(1).bounding_box(), bars.nth(2).bounding_box()
    assert first is not None
    assert last is not None
    page.mouse.move(first["x"] + 5, first["y"] + 20)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] - 5, last["y"] + 20, steps=4)
    page.mouse.up()
    page.wait_for_url(re.compile("from=2024-04-01.*to=2024-05-31"))
    expect(page.locator("tr[data-place]")).to_have_count(2)


def test_charts_side_by_side_come_when_they_are_looked_at(opened: Opened) -> None:
    page = opened("/explore/")
    page.locator("#multiples").scroll_into_view_if_needed()
    expect(page.locator("#multiples .chart-multiples .name")).to_have_count(3)
    page.select_option("#by", "type")
    page.wait_for_url(re.compile("by=type"))
    page.locator("#multiples").scroll_into_view_if_needed()
    expect(page.locator("#multiples .chart-multiples .name")).to_have_count(1)


def test_a_field_offers_the_names_that_there_are(opened: Opened) -> None:
    page = opened("/explore/")
    page.get_by_text("More filters").click()
    page.get_by_label("Place").press_sequentially("Nya")
    expect(page.locator("#places option")).to_have_count(1)


def test_offering_names_does_not_call_off_what_was_asked_for(opened: Opened) -> None:
    page = opened("/explore/")
    page.get_by_text("More filters").click()
    page.route(re.compile(r"/explore/\?"), held)
    with page.expect_response("**/explore/suggestions/place/?place=Nyala"):
        page.fill("#place", "Nyala")
        page.keyboard.press("Enter")
    expect(page.locator(".chips")).to_contain_text("Nyala")
    assert rows(page) == ["Nyala"]


@pytest.mark.parametrize(("scheme", "language", "width"), LOOKS)
@pytest.mark.parametrize("path", ["/explore/", "/explore/?q=earthquake", "/conditions/", "/negotiations/"])
def test_axe_finds_no_fault(opened: Opened, path: str, scheme: str, language: str, width: int) -> None:
    page = opened(path, scheme, language, width)
    page.wait_for_load_state("networkidle")
    if page.locator("#multiples").count():
        page.locator("#multiples").scroll_into_view_if_needed()
        page.wait_for_selector("#multiples .chart")
    for part in page.locator("details").all():
        part.evaluate("details => { details.open = true }")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found] == []
    wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= seen
