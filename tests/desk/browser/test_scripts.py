"""The pages' scripts in a real browser, on pages made up for them, under the desk's Content-Security-Policy."""

import gzip
import json
import re
import shutil
import struct
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from ascertain.desk.bundles import bundle

STATIC = Path(__file__).parents[3] / "src" / "ascertain" / "desk" / "static"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "form-action 'self'",
    )
)
KINDS = {".js": "text/javascript", ".css": "text/css", ".json": "application/json"}
DRAWING = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
PLACES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [34.245, 31.297]},
            "properties": {"id": "p1", "name": "Mesbah", "radius_km": 3},
        }
    ],
}


class Opened(Protocol):
    """Opens a page with that body."""

    def __call__(self, body: str, language: str = "en") -> Page: ...


class Pages(ThreadingHTTPServer):
    """Serves one page at `/`, its parts at `/part`, and the bundle; keeps what forms and scripts sent."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.body, self.language, self.sent = "", "en", list[tuple[str, str | None]]()


class _Answer(BaseHTTPRequestHandler):
    server: Pages

    def do_GET(self) -> None:
        self.server.sent.append((self.path, self.headers.get("X-CSRFToken")))
        if self.path.startswith("/static/"):
            file = STATIC / self.path.removeprefix("/static/")
            return self.answer(file.read_bytes(), KINDS[file.suffix])
        if self.path.startswith("/part"):
            return self.answer(b'<p id="part" data-said="Accepted">Swapped <b id="new">in</b></p>', "text/html")
        if self.path.endswith(".pmtiles"):
            return self.answer_range(one_tile())
        if self.path.startswith("/favicon"):
            return self.answer(b"", "image/x-icon")
        return self.answer(_page(self.server).encode(), "text/html; charset=utf-8")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def answer_range(self, whole: bytes) -> None:
        first, last = (int(number) for number in re.findall(r"\d+", self.headers["Range"]))
        part = whole[first : last + 1]
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {first}-{first + len(part) - 1}/{len(whole)}")
        self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        self.wfile.write(part)

    def log_message(self, *_: object) -> None:
        """Tests say nothing."""


def one_tile() -> bytes:
    """A PMTiles archive (version 3) of one tile with a square of land, made up."""
    outline = (9, 0, 0, 26, 8192, 0, 0, 8192, 8191, 0, 15)  # move to, three lines, close; steps in zigzag coding
    square = _field(2, _numbers(0, 0)) + _number(3, 3) + _field(4, _numbers(*outline))
    land = _field(1, b"earth") + _field(2, square) + _field(3, b"kind") + _field(4, _field(1, b"earth"))
    tile = gzip.compress(_field(3, land + _number(5, 4096) + _number(15, 2)))
    directory = gzip.compress(_numbers(1, 0, 1, len(tile), 1))
    about = gzip.compress(json.dumps({"vector_layers": [{"id": "earth", "fields": {}}]}).encode())
    starts = (127, 127 + len(directory), 127 + len(directory) + len(about))
    sections = struct.pack(
        "<8Q", starts[0], len(directory), starts[1], len(about), starts[2], 0, starts[2], len(tile)
    ) + struct.pack("<3Q", 1, 1, 1)
    whole_world = struct.pack("<4i", -1_800_000_000, -850_000_000, 1_800_000_000, 850_000_000)
    head = b"PMTiles\x03" + sections + bytes((1, 2, 2, 1, 0, 0)) + whole_world + bytes(9)
    return head + directory + about + tile


def _numbers(*numbers: int) -> bytes:
    return b"".join(_varint(number) for number in numbers)


def _varint(number: int) -> bytes:
    more = number >> 7
    return bytes((number & 127 | (128 if more else 0),)) + (_varint(more) if more else b"")


def _number(name: int, value: int) -> bytes:
    return _varint(name << 3) + _varint(value)


def _field(name: int, value: bytes) -> bytes:
    return _varint(name << 3 | 2) + _varint(len(value)) + value


def _page(pages: Pages) -> str:
    main = bundle("main")
    styles = "".join(f'<link rel="stylesheet" href="/static/{style}">' for style in main.styles)
    direction = "rtl" if pages.language == "ar" else "ltr"
    return (
        f'<!doctype html><html lang="{pages.language}" dir="{direction}"><head><meta charset="utf-8">'
        f'<meta name="csrf" content="token"><title>t</title>{styles}'
        f'<script type="module" src="/static/{main.script}"></script></head><body class="page"><main id="content">'
        f'{pages.body}</main><div id="said" class="said" role="status"></div></body></html>'
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=DRAWING)
        yield started
        started.close()


@pytest.fixture(scope="module")
def pages() -> Iterator[Pages]:
    server = Pages()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def opened(browser: Browser, pages: Pages) -> Iterator[Opened]:
    """Opens a page with that body; at the end no script may have failed and no policy been broken."""
    context = browser.new_context()
    faults: list[str] = []

    def open_page(body: str, language: str = "en") -> Page:
        pages.body, pages.language = body, language
        pages.sent.clear()
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.goto(f"http://127.0.0.1:{pages.server_port}/")
        return page

    yield open_page
    context.close()
    assert faults == []


pytestmark = pytest.mark.browser


def test_a_key_acts_unless_somebody_is_typing(opened: Opened) -> None:
    page = opened(
        '<a href="#taken" data-key="a">Accept <kbd>a</kbd></a><input id="q" data-key="/" aria-label="Search">'
    )
    page.keyboard.press("/")
    page.keyboard.type("a")
    assert page.input_value("#q") == "a"
    assert page.url.endswith("/")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    assert page.url.endswith("#taken")


def test_the_question_mark_lists_the_keys_and_can_turn_them_off(opened: Opened) -> None:
    page = opened('<a href="#taken" data-key="a">Accept <kbd>a</kbd></a>')
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="All keys")
    assert "Accept" in dialog.inner_text()
    dialog.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    assert page.url.endswith("/")


def test_j_and_k_move_in_the_items(opened: Opened) -> None:
    page = opened(
        '<ul data-items><li class="item here"><a href="#1">one</a></li><li class="item"><a href="#2">two</a></li></ul>'
    )
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "two"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent") == "one"


def test_letters_are_those_of_the_key_on_an_arabic_keyboard(opened: Opened) -> None:
    page = opened('<a href="#taken" data-key="a">قبول</a>', "ar")
    page.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'ش', code: 'KeyA', bubbles: true}))")
    assert page.url.endswith("#taken")


def test_values_and_words_light_each_other_up(opened: Opened) -> None:
    page = opened(
        '<p id="v" data-value="figures/killed">13</p><p id="o" data-value="figures/hurt">2</p>'
        '<mark id="w" class="words harm" data-asserts="figures/killed when">13 people</mark>'
    )
    page.hover("#w")
    assert page.locator(".lit").evaluate_all("all => all.map(one => one.id)") == ["v", "w"]
    page.mouse.move(0, 400)
    page.focus("#v")
    assert page.locator(".lit").evaluate_all("all => all.map(one => one.id)") == ["v", "w"]
    page.focus("#o")
    assert page.locator(".lit").evaluate_all("all => all.map(one => one.id)") == ["o"]


TEXT = "On 5 September 😀 at least 13 people were killed in Rafah.\nTwo homes in Mesbah were hit."
MARKED = (
    '<div id="t" class="reading" data-text data-words-to="#form" aria-label="Text">On 5 September 😀 at least '
    '<mark class="words harm" id="outer">13 <mark class="words harm" id="inner">people</mark><sup data-extra>99</sup>'
    "</mark> were killed in Rafah.\nTwo homes in <b id='last'>Mesbah</b> were hit.</div>"
    '<form id="form"><input name="start" data-words="start"><input name="end" data-words="end">'
    '<output data-words="text"></output><button data-words="needed">Mark</button></form>'
)


def _chosen(page: Page) -> tuple[str, str, str]:
    return (
        page.input_value("[name=start]"),
        page.input_value("[name=end]"),
        page.locator("[data-words=text]").inner_text(),
    )


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [("#inner", "#inner", "people"), ("#outer", "#last", "13 people were killed in Rafah.\nTwo homes in Mesbah")],
)
def test_chosen_words_are_told_in_code_points_of_the_text_as_it_came(
    opened: Opened, first: str, last: str, words: str
) -> None:
    page = opened(MARKED)
    assert page.locator("[data-words=needed]").is_disabled()
    page.evaluate(
        """([first, last]) => {
          const end = document.querySelector(last);
          getSelection().setBaseAndExtent(document.querySelector(first), 0, end, end.childNodes.length);
        }""",
        [first, last],
    )
    page.wait_for_selector("[data-words=needed]:enabled")
    start = TEXT.index(words)
    assert _chosen(page)[:2] == (str(start), str(start + len(words)))
    assert page.locator("[data-words=text]").text_content() == words


def test_words_are_chosen_by_keys_alone(opened: Opened) -> None:
    page = opened(MARKED)
    page.focus("#t")
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("[data-words=text]")).to_have_text("13 people")
    assert _chosen(page) == (str(TEXT.index("13")), str(TEXT.index(" were")), "13 people")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-words=text]")).not_to_have_text("13 people")
    assert int(page.input_value("[name=start]")) >= TEXT.index("Two")
    page.keyboard.press("Escape")
    expect(page.locator("[name=start]")).to_have_value("")
    assert _chosen(page) == ("", "", "")


TIMELINE = (
    '<form id="f"><input name="from"><input name="to"></form>'
    '<div id="brush" data-brush-form="#f" aria-label="Timeline"><svg width="300" height="40">'
    + "".join(
        f'<g data-start="2024-09-0{day}" data-end="2024-09-0{day + 1}"><title>{day}</title>'
        f'<rect x="{40 * day}" y="0" width="38" height="40"></rect></g>'
        for day in (1, 3, 5)
    )
    + "</svg></div>"
)


def test_a_span_is_brushed_by_pointer_and_by_keys(opened: Opened) -> None:
    page = opened(TIMELINE)
    box = page.locator("#brush").bounding_box()
    assert box is not None
    with page.expect_navigation():
        page.mouse.move(box["x"] + 210, box["y"] + 10)
        page.mouse.down()
        page.mouse.move(box["x"] + 130, box["y"] + 10)
        page.mouse.up()
    assert page.url.endswith("?from=2024-09-03&to=2024-09-06")
    page.focus("#brush")
    with page.expect_navigation():
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Shift+ArrowRight")
        page.keyboard.press("Enter")
    assert page.url.endswith("?from=2024-09-01&to=2024-09-04")


def test_a_swap_sends_the_token_says_what_happened_and_keeps_the_keyboard(opened: Opened, pages: Pages) -> None:
    page = opened('<p id="part"><button hx-post="/part" hx-target="#part" hx-swap="outerHTML">Accept</button></p>')
    page.get_by_role("button").press("Enter")
    page.wait_for_selector("#new")
    expect(page.locator("#said")).to_have_text("Accepted")
    assert ("/part", "token") in pages.sent
    assert page.evaluate("document.activeElement.id") == "part"


def test_a_map_is_drawn_with_the_bundle_alone_and_tells_which_place_was_chosen(opened: Opened, pages: Pages) -> None:
    page = opened(
        '<div id="m" class="map" data-map data-geojson="#places" aria-label="Where"></div>'
        '<ul><li data-place="p1">Mesbah</li></ul>'
        f'<script type="application/json" id="places">{json.dumps(PLACES)}</script>'
    )
    page.wait_for_selector("#m[data-drawn] canvas")
    page.evaluate("addEventListener('select', event => window.chosen = event.detail.id)")
    box = page.locator("#m canvas").bounding_box()
    assert box is not None
    for _ in range(20):
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        if page.evaluate("window.chosen"):
            break
        page.wait_for_timeout(300)
    assert page.evaluate("window.chosen") == "p1"
    assert page.locator("[data-place].here").count() == 1
    assert {path.split("/")[1] for path, _ in pages.sent} <= {"", "static", "favicon.ico"}


@pytest.mark.parametrize(("place", "is_land"), [((-30, 57), False), ((-175, -60), False), ((179.5, 68), True)])
def test_land_that_the_180th_meridian_cuts_is_whole_and_covers_no_sea(
    opened: Opened, place: tuple[float, float], is_land: bool
) -> None:
    point = {"type": "Feature", "geometry": {"type": "Point", "coordinates": place}, "properties": {"id": "p"}}
    page = opened(
        '<div id="m" class="map" data-map data-geojson="#places" aria-label="Where"></div>'
        f'<script type="application/json" id="places">{json.dumps({**PLACES, "features": [point]})}</script>'
    )
    page.wait_for_selector("#m[data-drawn] canvas")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(2000)
    page.wait_for_function(
        """name => {
          const drawn = document.querySelector("#m canvas"), flat = document.createElement("canvas").getContext("2d");
          flat.canvas.width = drawn.width;
          flat.canvas.height = drawn.height;
          flat.drawImage(drawn, 0, 0);
          const colour = flat.getImageData(drawn.width / 2 + 60, drawn.height / 2 - 60, 1, 1).data.slice(0, 3);
          flat.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name);
          return flat.fillStyle === "#" + [...colour].map((part) => part.toString(16).padStart(2, "0")).join("");
        }""",
        arg="--raised" if is_land else "--sunk",
        timeout=20_000,
    )


def test_a_map_of_ones_own_is_drawn_from_its_file_and_nothing_else(opened: Opened, pages: Pages) -> None:
    page = opened('<div id="m" class="map" data-map data-pmtiles="/own.pmtiles" aria-label="Where"></div>', "ar")
    with page.expect_response("**/own.pmtiles"):
        page.wait_for_selector("#m[data-drawn] canvas")
    page.wait_for_timeout(500)
    assert {path.split("/")[1] for path, _ in pages.sent} <= {"", "static", "own.pmtiles", "favicon.ico"}


def test_without_webgl_the_page_says_so_and_keeps_its_list(browser: Browser, pages: Pages) -> None:
    context = browser.new_context()
    context.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    pages.body, pages.language = '<div class="map" data-map aria-label="Where"></div><ul><li>Mesbah</li></ul>', "en"
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{pages.server_port}/")
    assert "cannot draw maps" in page.locator(".map .plain").inner_text()
    assert page.get_by_text("Mesbah").is_visible()
    context.close()
