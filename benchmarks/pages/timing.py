"""How long pages take in a real browser: the first byte, the words, all of it, and maps."""

from __future__ import annotations

import re
import shutil
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import BrowserContext, Page, sync_playwright
from rich.table import Table

from ascertain.model import SettingsError
from pages.serving import add_people, desk, signed_in

_WHO = "timer"
# As on a machine without a graphics card: pages are drawn by the processor, and so are maps.
_DRAWING = ("--no-sandbox", "--enable-unsafe-swiftshader")
_SAMPLED = 40
_LOOKS_MS = 1500  # before each page, so that nothing of the one before is still being drawn or cleared away
_READ = """() => {
  const told = performance.getEntriesByType("navigation")[0];
  const words = performance.getEntriesByName("first-contentful-paint")[0];
  const maps = performance.getEntriesByName("map drawn");
  return {
    first_byte: told.responseStart,
    words: words.startTime,
    all: Math.max(told.loadEventEnd, words.startTime),
    map: maps.length ? maps[maps.length - 1].startTime : null,
  };
}"""
# What a key opens in place: when it is on the screen, and its map. What a frame puts off comes after its paint.
_WATCH = """() => {
  window.opened = null;
  const room = document.querySelector("#shown");
  window.addEventListener("keydown", ({ timeStamp }) => {
    performance.clearMarks("map drawn");
    const told = new MutationObserver(() => {
      if (!room.querySelector("h1")) return;
      told.disconnect();
      requestAnimationFrame(() => setTimeout(() => (window.opened = { from: timeStamp, to: performance.now() })));
    });
    told.observe(room, { childList: true });
  }, { capture: true, once: true });
}"""
_OPENED = """() => {
  const maps = performance.getEntriesByName("map drawn");
  return {
    all: window.opened.to - window.opened.from,
    map: maps.length ? maps[maps.length - 1].startTime - window.opened.from : null,
  };
}"""
_IS_OPEN = """() => window.opened
  && (!document.querySelector("#shown [data-map]") || performance.getEntriesByName("map drawn").length > 0)"""
_IS_DRAWN = """() => performance.getEntriesByType("navigation")[0].loadEventEnd > 0
  && performance.getEntriesByName("first-contentful-paint").length > 0
  && (!document.querySelector("[data-map]") || performance.getEntriesByName("map drawn").length > 0)"""


@dataclass(frozen=True, slots=True)
class Opening:
    """One page opened: milliseconds from when it was asked for."""

    all: float
    first_byte: float | None = None
    words: float | None = None
    map: float | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """A page, opened some times."""

    page: str
    openings: tuple[Opening, ...]

    def median(self, part: str) -> float | None:
        """The middle of what a part took."""
        told = self._of(part)
        return statistics.median(told) if told else None

    def worst(self, part: str) -> float | None:
        """The most that a part took."""
        return max(self._of(part), default=None)

    def _of(self, part: str) -> list[float]:
        return [value for opening in self.openings if (value := getattr(opening, part)) is not None]


@dataclass(frozen=True, slots=True)
class _There:
    """What a record holds, of which addresses are made."""

    incidents: tuple[str, ...]
    reports: tuple[str, ...]
    places: tuple[str, ...]
    publishers: tuple[str, ...]


_PAGES: Mapping[str, Callable[[_There], Sequence[str]]] = {
    "inbox": lambda _: ["/"],
    "inbox, further on": lambda _: [f"/?country={code}" for code in ("NG", "SD", "UA", "MM", "SY")],
    "inbox, a rare word": lambda there: [f"/?q={place}" for place in there.places],
    "inbox, a word in all": lambda _: ["/?q=people"],
    "incident": lambda there: [f"/incidents/{id}/" for id in there.incidents],
    "report": lambda there: [f"/report/{quote(id)}" for id in there.reports],
    "explore": lambda _: ["/explore/"],
    "explore, one place": lambda there: [f"/explore/?place={place}" for place in there.places],
    "conditions": lambda _: ["/conditions/"],
    "negotiations": lambda _: ["/negotiations/"],
    "reports": lambda _: ["/reports/"],
    "sources": lambda _: ["/sources/"],
    "source": lambda there: [f"/sources/one/?kind=publisher&name={quote(name)}" for name in there.publishers],
    "double coding": lambda _: ["/coding/"],
}


# Where a page is opened from: a page of the desk, as by a click, and without one, which costs a process of its own.
_BEFORE = "/sources/"
_ALONE = ("inbox", "incident")


def measure(record: Path, times: int) -> list[Measured]:
    """Open each page so many times after once to warm up, as somebody who has been there before."""
    add_people(record, [_WHO])
    there = _found_in(record)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SettingsError("there is no chromium on the PATH; install Debian's package chromium")
    with desk(record) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_DRAWING)
        context = browser.new_context(viewport={"width": 1400, "height": 1000})
        _sign_in(context, address)
        page = context.new_page()
        opened_from = [(name, name, address + _BEFORE) for name in _PAGES]
        opened_from += [(f"{name}, in a tab of its own", name, "about:blank") for name in _ALONE]
        whole = [
            Measured(row, tuple(_openings(page, before, address, islice(cycle(_PAGES[name](there)), times + 1))))
            for row, name, before in opened_from
        ]
        page.goto(address)
        return [*whole, Measured("next incident", tuple(_steps(page, times)))]


def table(measured: Sequence[Measured]) -> Table:
    """A row a page: the median, and the worst beside."""
    made = Table("page", "first byte", "words", "all", "map", title="Milliseconds: median (worst)")
    for one in measured:
        made.add_row(one.page, *(_cell(one, part) for part in ("first_byte", "words", "all", "map")))
    return made


def scores(measured: Sequence[Measured]) -> dict[str, float | None]:
    """What the whole of each page took in the middle, by its name as floors.toml writes it."""
    return {re.sub(r"\W+", "_", one.page): one.median("all") for one in measured}


def _cell(one: Measured, part: str) -> str:
    middle, worst = one.median(part), one.worst(part)
    return f"{middle:,.0f} ({worst:,.0f})" if middle is not None and worst is not None else "–"


def _found_in(record: Path) -> _There:
    from ascertain.record.models import IncidentRow, ReportRow
    from ascertain.record.opening import open_record

    opened = open_record(str(record))
    rows = IncidentRow.objects.filter(gone=False).order_by("pk")
    step = max(1, rows.count() // _SAMPLED)
    sampled = list(rows.values_list("pk", "place")[::step])
    reports = ReportRow.objects.order_by("pk").values_list("pk", "publisher")[: _SAMPLED * step : step]
    found = _There(
        tuple(id for id, _ in sampled),
        tuple(id for id, _ in reports),
        tuple(dict.fromkeys(place for _, place in sampled if place)),
        tuple(dict.fromkeys(name for _, name in reports if name)),
    )
    opened.close()
    return found


def _sign_in(context: BrowserContext, address: str) -> None:
    client = signed_in(address, _WHO)
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in client.cookies.items()])


def _openings(page: Page, before: str, address: str, paths: Iterator[str]) -> Iterator[Opening]:
    for number, path in enumerate(paths):
        page.goto(before)
        page.wait_for_timeout(_LOOKS_MS)
        answer = page.goto(address + path)
        if answer is None or not answer.ok:
            raise SettingsError(f"{path}: the desk answered {answer.status if answer else 'nothing'}")
        page.wait_for_function(_IS_DRAWN)
        if number:
            yield Opening(**page.evaluate(_READ))


def _steps(page: Page, times: int) -> Iterator[Opening]:
    for number in range(times + 1):
        page.wait_for_timeout(_LOOKS_MS)
        page.evaluate(_WATCH)
        page.keyboard.press("j")
        page.wait_for_function(_IS_OPEN)
        if number:
            yield Opening(**page.evaluate(_OPENED))
