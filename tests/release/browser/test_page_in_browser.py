"""The report page in a real browser, opened as a file without a network."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.release.page_state import Made, empty

from ascertain.release.page import report_page

pytestmark = pytest.mark.browser
Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for language in ("en", "ar"):
        (folder / f"{language}.html").write_text(report_page(Made(40), language=language).html, encoding="utf-8")
    (folder / "empty.html").write_text(report_page(empty()).html, encoding="utf-8")
    return folder


@pytest.fixture
def opened(browser: Browser, files: Path) -> Iterator[Opened]:
    """Opens a page; at the end it may have asked for nothing, broken no policy and failed nowhere."""
    faults: list[str] = []
    contexts = []

    def open_page(name: str = "en", after: str = "", **more: object) -> Page:
        context = browser.new_context(offline=True, **more)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
        page.on("request", lambda sent: faults.append(sent.url) if not sent.url.startswith("file:") else None)
        page.goto(f"{(files / name).as_uri()}.html{after}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def shown(page: Page) -> int:
    return page.locator("[data-incidents] tbody tr:visible").count()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["en", "ar", "empty"])
def test_axe_finds_nothing(browser: Browser, files: Path, name: str, scheme: str) -> None:
    context = browser.new_context(offline=True, bypass_csp=True, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{(files / name).as_uri()}.html")
    found = Axe().run(page)
    context.close()
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [320, 390, 820, 1280])
@pytest.mark.parametrize("name", ["en", "ar"])
def test_nothing_is_wider_than_the_screen(opened: Opened, name: str, width: int) -> None:
    page = opened(name, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_without_a_script_everything_is_there_but_the_filter(opened: Opened) -> None:
    page = opened(java_script_enabled=False)
    assert shown(page) == 40
    expect(page.locator("form.filter")).to_be_hidden()


def test_filters_leave_rows_out_and_stay_in_the_address(opened: Opened) -> None:
    page = opened()
    page.select_option("select[name=grading]", "contested")
    some = shown(page)
    assert 0 < some < 40
    expect(page.locator("[role=status]")).to_have_text(f"Shown: {some} of 40")
    assert page.evaluate("location.hash") == "#?grading=contested"
    assert shown(opened(after="#?grading=contested")) == some
    page.click("form.filter button")
    assert shown(page) == 40


def test_a_bar_and_a_ring_choose_rows_of_the_table(opened: Opened) -> None:
    page = opened()
    bar = page.locator("#figure-timeline-killed .bucket[data-brush]").first
    bar.dispatch_event("click")
    assert 0 < shown(page) < 40
    bar.dispatch_event("click")
    assert shown(page) == 40
    page.locator("#figure-map .ring").first.dispatch_event("click")
    assert 0 < shown(page) < 40


def test_a_table_sorts_by_number_and_says_so(opened: Opened) -> None:
    page = opened()
    head = page.locator("[data-incidents] thead th").nth(5)
    head.locator("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    keys = page.eval_on_selector_all("[data-incidents] tbody tr", "rows => rows.map(r => +r.cells[5].dataset.key)")
    assert keys == sorted(keys, reverse=True)


def test_on_paper_the_filter_is_gone_and_the_heads_are_words(opened: Opened) -> None:
    page = opened()
    page.emulate_media(media="print")
    expect(page.locator("form.filter")).to_be_hidden()
    expect(page.locator("nav")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("thead button").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("thead button").count() > 5
