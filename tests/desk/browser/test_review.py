"""A review in a real browser, over a real record: by keyboard alone, by two at once, and in Arabic."""

import json
import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.desk.browser.conftest import held
from tests.desk.conftest import ClientOf

from ascertain.record.models import Decision, IncidentRow, Person
from ascertain.record.services import deciding
from ascertain.record.services.deciding import Seen

pytestmark = pytest.mark.browser
DRAWING = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
LOOKS = [("light", "en", 1700), ("light", "ar", 1000), ("dark", "en", 390)]
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
def opened(browser: Browser, served: str, client_of: ClientOf) -> Iterator[Opened]:
    """Opens a page as somebody; at the end no script may have failed and no policy been broken."""
    faults: list[str] = []
    contexts = []

    def open_page(name: str, path: str = "/", scheme: str = "light", language: str = "en", width: int = 1400) -> Page:
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 1000})  # type: ignore[arg-type]
        contexts.append(context)
        session = client_of(name).cookies["ascertain_session"].value
        for cookie, value in (("ascertain_session", session), ("ascertain_language", language)):
            context.add_cookies([{"name": cookie, "value": value, "url": served}])
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.goto(served + path)
        page.wait_for_selector("main h1")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [fault for fault in faults if "409" not in fault and "422" not in fault] == []


def order() -> list[IncidentRow]:
    return list(IncidentRow.objects.filter(gone=False).order_by("-need", "pk"))


def title(page: Page) -> str:
    return page.locator("#shown h1").inner_text()


def at(page: Page, row: IncidentRow) -> None:
    """The page shows that incident."""
    expect(page.locator("#shown .incident > p").first).to_contain_text(row.pk)


def decided() -> list[str]:
    return list(Decision.objects.order_by("pk").values_list("kind", flat=True))


def test_a_whole_review_by_keyboard_alone(opened: Opened) -> None:
    first, second, third = order()
    page = opened("reviewer")
    at(page, first)
    page.keyboard.press("j")
    at(page, second)
    page.keyboard.press("k")
    at(page, first)
    page.keyboard.press("a")
    at(page, second)
    assert page.locator(".item.done").count() == 1
    page.keyboard.press("x")
    page.keyboard.press("Tab")
    page.locator("#reason-reject").focus()
    page.keyboard.type("told of elsewhere")
    page.keyboard.press("Enter")
    at(page, third)
    page.keyboard.press("u")
    at(page, second)
    expect(page.locator("#said")).to_contain_text("Taken back: Rejected")
    assert page.locator(".item.done").count() == 1
    page.keyboard.press("n")
    page.keyboard.type("Ask the author")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".log")).to_contain_text("Ask the author")
    page.keyboard.press("/")
    page.keyboard.type(third.place or "")
    expect(page.locator("[data-incident]")).to_have_count(1)
    assert decided() == ["accept", "reject", "undo", "comment"]


def test_a_correction_is_made_on_the_words(opened: Opened) -> None:
    first = order()[0]
    page = opened("reviewer")
    words = page.locator("mark.harm[data-asserts='figures/killed/people']").first
    words.dblclick()
    page.keyboard.press("c")
    expect(page.locator("[data-words-shown]")).to_have_text(words.inner_text())
    assert page.input_value("#low") == words.inner_text()
    page.fill("#low", "1")
    page.fill("#best", "")
    page.fill("#high", "99")
    page.keyboard.press("Enter")
    expect(page.locator(".figure").first).to_contain_text("computed:")
    value = IncidentRow.objects.get(pk=first.pk)
    assert (value.killed_low, value.killed_high) == (1, 99)


def test_two_at_one_incident_see_each_other_and_overwrite_nothing(opened: Opened) -> None:
    first = order()[0]
    one, other = opened("reviewer"), opened("editor", f"/incidents/{first.pk}/")
    expect(other.locator("#pulse")).to_contain_text("reviewer", timeout=15_000)
    other.keyboard.press("x")
    other.fill("#reason-reject", "not in this war")
    one.keyboard.press("a")
    expect(one.locator("#shown .incident > p").first).not_to_contain_text(first.pk)
    other.locator("#reject button.main").click()
    expect(other.locator("#reject .answer")).to_contain_text("reviewer")
    assert other.input_value("#reason-reject") == "not in this war"
    assert decided() == ["accept"]
    other.get_by_label("I have seen what changed").check()
    other.locator("#reject button.main").click()
    expect(other.locator("dialog[open]")).to_have_count(0)
    assert decided() == ["accept", "reject"]


def test_merge_split_and_undo(opened: Opened) -> None:
    second = order()[1]
    page = opened("reviewer")
    page.keyboard.press("m")
    page.fill("#merge-q", second.place or "")
    page.locator("#others input").first.check()
    page.locator("#merge button.main").click()
    expect(page.locator(".evidence article")).to_have_count(2)
    page.keyboard.press("s")
    page.locator("#split input[name=claims]").last.check()
    page.locator("#split button.main").click()
    expect(page.locator(".evidence article")).to_have_count(1)
    page.keyboard.press("u")
    expect(page.locator(".evidence article")).to_have_count(2)
    assert decided() == ["merge", "split", "undo"]


def test_an_incident_is_marked_as_sensitive_by_a_key_and_no_longer(opened: Opened) -> None:
    first = order()[0]
    page = opened("editor")
    page.keyboard.press("p")
    expect(page.locator("#sensitive select")).to_be_focused()
    assert Axe().run(page).violations_count == 0
    page.select_option("#sensitive select", "internal")
    page.fill("#reason-sensitive", "names a witness")
    page.keyboard.press("Enter")
    expect(page.locator("#shown .incident > p").first).to_contain_text("sensitive: nobody outside")
    assert IncidentRow.objects.get(pk=first.pk).sensitivity == "internal"
    expect(page.locator(".log")).to_contain_text("names a witness")
    page.keyboard.press("u")
    expect(page.locator("#said")).to_contain_text("Taken back: Marked who may be given it")
    expect(page.locator("#shown .incident > p").first).not_to_contain_text("sensitive")
    assert decided() == ["mark_sensitive", "undo"]


def test_what_is_decided_on_a_report_is_decided_and_taken_back_by_keys(opened: Opened) -> None:
    page = opened("editor", "/report/r1")
    claims = page.locator("article.card")
    page.locator("[data-text]").focus()
    page.keyboard.press("ArrowRight")
    page.select_option("#type", "attack")
    page.locator("#mark button.main").click()
    expect(page.locator("p[role=status]")).to_have_text("Claim kept")
    expect(claims).to_have_count(2)
    page.keyboard.press("u")
    expect(page.locator("p[role=status]")).to_contain_text("Taken back: Claim kept")
    expect(claims).to_have_count(1)
    page.keyboard.press("p")
    page.keyboard.press("Tab")
    page.select_option("#level", "partner")
    page.keyboard.press("Control+Enter")
    expect(page.locator("p.note").first).to_contain_text("sensitive: partners")
    assert Axe().run(page).violations_count == 0
    page.get_by_role("button", name="Take back marked").click()
    expect(page.locator("p.note").first).not_to_contain_text("sensitive")
    assert decided() == ["add_claim", "undo", "mark_sensitive", "undo"]


def test_enter_in_the_search_leads_to_what_is_found(opened: Opened) -> None:
    _first, _second, third = order()
    page = opened("reviewer")
    page.keyboard.press("/")
    page.keyboard.type(third.place or "")
    page.keyboard.press("Enter")
    found = page.locator(".items a")
    expect(found).to_have_count(1)
    expect(found).to_be_focused()
    page.wait_for_timeout(600)  # longer than the search waits for more to be typed
    expect(found).to_be_focused()
    page.keyboard.press("Enter")
    at(page, third)
    page.keyboard.press("/")
    page.keyboard.type("nowhere at all")
    page.keyboard.press("Enter")
    expect(found).to_have_count(0)
    expect(page.locator("#q")).to_be_focused()


def test_offering_parties_does_not_call_off_what_was_asked_for(opened: Opened) -> None:
    page = opened("reviewer")
    page.locator("#narrow summary").click()
    page.route(re.compile(r"//[^/]+/\?"), held)
    with page.expect_response("**/explore/suggestions/party/?party=nobody"):
        page.fill("#party", "nobody")
        page.keyboard.press("Tab")
    expect(page.locator(".items a")).to_have_count(0)


def test_near_misses_are_compared_by_their_number_and_merged_by_a_key(opened: Opened) -> None:
    first, *others = order()
    told, editor = json.loads(first.value), Person.objects.get(username="editor")
    for field in ("where", "when"):
        for row in others:
            seen = Seen(row.pk, IncidentRow.objects.get(pk=row.pk).version)
            deciding.correct(person=editor, seen=seen, field=field, to=told[field], reason="seen on film")
    page = opened("reviewer", f"/incidents/{first.pk}/")
    near, compared = page.locator(".near > li"), page.locator(".near details[open]")
    expect(near).to_have_count(2)
    page.keyboard.press("y")
    page.keyboard.press("1")
    expect(compared).to_contain_text("any two events of this record")
    page.keyboard.press("2")
    expect(near.nth(1).locator("details[open]")).to_contain_text("any two events of this record")
    expect(compared).to_have_count(1)
    assert Axe().run(page).violations_count == 0
    same = near.nth(1).get_attribute("data-place")
    page.keyboard.press("y")
    expect(page.locator(".evidence article")).to_have_count(2)
    assert decided()[-1] == "merge"
    subject = json.loads(Decision.objects.latest("pk").subject)
    assert subject["incidents"] == [first.pk, same]


def test_the_map_is_drawn_without_a_network(opened: Opened) -> None:
    page = opened("reader")
    page.wait_for_selector("[data-map][data-drawn]", timeout=30_000)


def test_the_map_stays_and_shows_the_next_places(opened: Opened) -> None:
    page = opened("reader")
    page.wait_for_selector("#shown [data-map][data-idle] canvas", timeout=30_000)
    page.locator("#shown canvas").evaluate("canvas => (canvas.dataset.first = '')")
    before = title(page)
    page.keyboard.press("j")
    expect(page.locator("#shown h1")).not_to_have_text(before)
    page.wait_for_selector("#shown [data-map][data-idle] canvas[data-first]", timeout=30_000)
    page.evaluate("addEventListener('select', ({ detail }) => window.chosen = detail.id)")
    page.locator("#shown canvas").click()
    places = json.loads(page.locator("#places-data").text_content() or "")
    assert page.evaluate("window.chosen") == places["features"][0]["properties"]["id"]


@pytest.mark.parametrize(("scheme", "language", "width"), LOOKS)
def test_nothing_keeps_anybody_out(opened: Opened, scheme: str, language: str, width: int) -> None:
    page = opened("reviewer", scheme=scheme, language=language, width=width)
    assert page.evaluate("document.dir") == ("rtl" if language == "ar" else "ltr")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for key in ("", "c", "m"):
        if key:
            page.keyboard.press(key)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        page.keyboard.press("Escape")
