"""Reports, people and notes that would take over the pages, in a real browser: all is shown, and nothing is obeyed."""

import datetime as dt
import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect, sync_playwright
from tests.desk.conftest import PASSWORD, ClientOf
from tests.record.made import MadeReader, line

from ascertain.model import (
    Actor,
    Attribution,
    ConditionClaim,
    EventClaim,
    Figure,
    Issue,
    NegotiationClaim,
    Place,
    Reading,
    RefusedError,
    Report,
    Target,
    When,
)
from ascertain.record.models import IncidentRow, ReportRow, SampleItem
from ascertain.record.models.people import Person
from ascertain.record.opening import Record, open_record
from ascertain.record.services import deciding
from ascertain.record.services.coding import code, draw_sample, settle
from ascertain.record.services.deciding import Seen
from ascertain.record.services.ingesting import IngestSettings, ingest
from ascertain.record.services.people import add_person
from ascertain.record.services.register import note_source
from ascertain.record.services.signing_in import make_token, sign_in
from ascertain.record.writing import writing

pytestmark = pytest.mark.browser
DRAWING = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
HIT = "window.__hit=1"
# Refusals that tests ask for, requests that the next one replaces, and maps drawn without a graphics card.
EXPECTED = ("status of 403", "status of 404", "status of 409", "htmx:afterRequest", "htmx:sendAbort", "GPU stall")
# Kinds of attempts as OWASP's cheat sheet on evading XSS filters lists them, written for these pages; by threes.
ATTEMPTS = (
    f"<script>{HIT}</script>",
    f'"><img src=x onerror={HIT}>',
    f"'><svg/onload={HIT}>",
    f"</script></title></textarea><script>{HIT}</script>",
    f'" autofocus onfocus="{HIT}" x="',
    f"' onmouseover='{HIT}' x='",
    f'<iframe srcdoc="<script>parent.{HIT}</script>"></iframe>',
    f'<a href=" &#106;ava\tscript:{HIT}">press</a>',
    f'<base href="//evil.invalid/"><form action="//evil.invalid"><button formaction="javascript:{HIT}">ok</button>',
    f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={HIT}&gt;">',
    f'<p hx-get="//evil.invalid/" hx-trigger="load" hx-on::load="{HIT}" data-opens="x">swap</p>',
    f'<link rel=stylesheet href=//evil.invalid/x.css><meta http-equiv=refresh content="0;url=javascript:{HIT}">',
    f"{{{{ {HIT} }}}}{{% include 'x' %}}${{{HIT}}}<%= {HIT} %>`{HIT}`",
    f"\uff1cscript\uff1e{HIT}\uff1c/script\uff1e\u2028<scr\u00adipt>{HIT}</scr\u00adipt>&lt;img onerror={HIT}&gt;",
    f"\u202e<script>{HIT}</script>\u2066gnp.exe\u202d",
    f"<style>@import '//evil.invalid/'; *{{display:none}}</style><details open ontoggle={HIT}>",
    "W" * 1500 + "<wbr onclick=x>" + "\u0628" * 800,
    "Z" + "\u0351\u0313\u0342" * 120 + f'<object data="javascript:{HIT}"><embed src="javascript:{HIT}">',
)
HOSTILE = tuple(" ".join(ATTEMPTS[at : at + 3]) for at in range(0, len(ATTEMPTS), 3))
ALL = " ".join(HOSTILE)[:1900]
IDS = tuple(f"h{at}\"><img src=x onerror={HIT}>'" for at in range(len(HOSTILE)))
DAY = dt.date(2024, 3, 5)
# What would be obeyed, and stands in the page as more than words.
OBEYED = """() => {
  const found = [...(window.__broken ?? [])];
  if (window.__hit !== undefined) found.push("ran");
  const acts = /^[\\s\\u0000-\\u0020]*(javascript|vbscript|data:text)/i;
  const leads = new Set(["href", "src", "action", "formaction", "xlink:href", "data", "srcdoc"]);
  const own = location.origin + "/static/";
  for (const one of document.querySelectorAll("*")) {
    const name = one.localName;
    for (const { name, value } of one.attributes) {
      const does = /^(on|hx-on)/i.test(name) || (leads.has(name) && acts.test(value));
      if (does) found.push(`${one.localName} ${name}=${value}`);
    }
    if (/^(iframe|object|embed|base|math|style|wbr)$/.test(name) || one.httpEquiv) found.push(name);
    if (name === "script" && one.type !== "application/json" && !one.src.startsWith(own)) found.push(name);
    if (/^(img|svg)$/.test(name) && !one.closest(".chart, .map")) found.push(one.outerHTML.slice(0, 80));
  }
  return found;
}"""
# Letters that turn around what follows stay among themselves: what keeps directions apart holds nothing but them.
TURNED = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (!/\\u202e/.test(text.data) || text.parentElement.closest("option, script, .chart")) continue;
    let room = text.parentElement;
    while (!/isolate|plaintext/.test(getComputedStyle(room).unicodeBidi)) room = room.parentElement;
    const after = room.textContent.slice(room.textContent.lastIndexOf("\\u202d") + 1).trim();
    const apart = room.localName === "bdi" || room.dir === "auto" || !after;
    if (!apart) found.push(`${room.localName}.${room.className}: ${after.slice(0, 60)}`);
  }
  return found;
}"""


class HostileReader(MadeReader):
    """Reads of each report that the attempt which it holds did it, was hit by it, and says so."""

    identity = "hostile 1"

    def reading(self, report: Report) -> Reading:
        at = IDS.index(report.id)
        return Reading(report=report.header, claims=tuple(claims(report.text, HOSTILE[at], at)))


def text_of(hostile: str, at: int) -> str:
    return (
        f"{hostile} killed {13 + at} people in {hostile} on 5 March 2024, {hostile} said.\n\n"
        f"They lack bread: {hostile}.\r\nTalks over {hostile} go on."
    )


def claims(text: str, hostile: str, at: int) -> Iterable[EventClaim | ConditionClaim | NegotiationClaim]:
    starts = [0]
    while len(starts) < 5:
        starts.append(text.index(hostile, starts[-1] + 1))
    actor, place, said, lacking, issue = ((start, start + len(hostile)) for start in starts)
    number, day = str(13 + at), text.index("5 March")
    where = Place(
        text=hostile,
        span=place,
        name=hostile,
        lat=31 + at / 4,
        lon=34.0,
        radius_km=3,
        precision="town",
        id=f"made:{at}",
        country="PS",
        admin1=hostile,
    )
    said_by = (Attribution(text=hostile, span=said, kind="witness"),)
    killed = text.index(f"{number} people")
    yield EventClaim(
        id="c1",
        type="attack",
        evidence=((0, said[1]),),
        when=When(start=DAY, end=DAY, precision="day", text="5 March", span=(day, day + 7)),
        where=where,
        figures=(
            Figure(outcome="killed", group="people", low=13 + at, high=13 + at, text=number, span=(killed, killed + 2)),
        ),
        actors=(Actor(role="perpetrator", text=hostile, span=actor, name=hostile, id=hostile),),
        targets=(Target(text=hostile, span=place, type="market"),),
        said_by=said_by,
    )
    yield ConditionClaim(id="c2", evidence=(lacking,), sector="food", severity=hostile, where=where, said_by=said_by)
    yield NegotiationClaim(
        id="c3",
        evidence=(issue,),
        actors=(Actor(role="party", text=hostile, span=actor, name=hostile, id=hostile),),
        issues=(Issue(text=hostile, span=issue),),
        status="ongoing",
        said_by=said_by,
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # The browser's driver runs a loop in this thread, in which Django would do nothing of its own accord.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        started = playwright.chromium.launch(executable_path=chromium, args=DRAWING)
        yield started
        started.close()


@pytest.fixture(scope="module")
def hostile_desk(filled_desk: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: ARG001
    """A file with a desk at which reports are hostile, and what people said of them too."""
    folder = tmp_path_factory.mktemp("hostile")
    path, reports = folder / "record.sqlite", folder / f"reports {HIT}.jsonl"
    shutil.copyfile(filled_desk, path)
    told = (
        line(id, text_of(text, at), title=text, publisher=text, published="2024-03-06", url=f"javascript:{HIT}//{text}")
        for at, (id, text) in enumerate(zip(IDS, HOSTILE, strict=True))
    )
    reports.write_text("".join(told), encoding="utf-8")
    record = open_record(str(path))
    ingest(record=record, sources=[str(reports)], settings=IngestSettings(reader=HostileReader(), workers=0))
    with writing():
        ReportRow.objects.filter(pk__in=IDS).update(author=ALL)
    say(standing())
    record.close()
    return path


@pytest.fixture
def desk(hostile_desk: Path, tmp_path: Path) -> Iterator[Record]:
    """A copy of that, open."""
    path = tmp_path / "record.sqlite"
    shutil.copyfile(hostile_desk, path)
    record = open_record(str(path))
    yield record
    record.close()


def standing() -> list[IncidentRow]:
    """The hostile incidents; some look so much alike that they are linked."""
    found = list(IncidentRow.objects.filter(gone=False, country="PS").order_by("pk"))
    assert len(found) >= 3
    return found


def say(incidents: list[IncidentRow]) -> None:
    """People say what reports say, wherever they may say something."""
    one, other = (Person.objects.get(username=name) for name in ("editor", "administrator"))
    long = add_person(name="Ж" * 149, role="reviewer", by=None)
    for row, text in zip(incidents, HOSTILE, strict=False):
        deciding.comment(person=one, seen=Seen(row.pk, row.version), text=text)
    first, second, *_rest = incidents
    deciding.correct(
        person=one,
        seen=Seen(first.pk, first.version),
        field="figures/killed/people",
        to={"low": 1, "best": None, "high": 99},
        reason=ALL,
    )
    deciding.assign(person=one, seen=Seen(second.pk, second.version), to=long)
    for field in ("name", "type", "note"):
        note_source(person=one, kind="publisher", source=HOSTILE[0], field=field, value=ALL)
    with pytest.raises(RefusedError):
        note_source(person=one, kind="publisher", source=HOSTILE[0], field="url", value=f"javascript:{HIT}")
    sample = draw_sample(
        person=other,
        name=ALL[:200],
        coders=[one, other],
        fields=["place", "party"],
        size=3,
        seed=1,
        among={"country": "PS"},
    )
    for item in SampleItem.objects.filter(sample=sample):
        code(person=one, item=item, typed={"place": HOSTILE[1], "party": HOSTILE[2]})
        code(person=other, item=item, typed={"place": HOSTILE[3], "party": HOSTILE[4]})
    settle(
        person=other, item=sample.items.order_by("pk")[0], typed={"place": HOSTILE[0], "party": ""}, reason=ALL[:900]
    )
    make_token(person=other, name=ALL[:200], decides=False)
    for text in HOSTILE:
        with pytest.raises(RefusedError):
            sign_in(name=text[:150], password=PASSWORD, address="127.0.0.1")


@pytest.fixture
def page(browser: Browser, served: str, client_of: ClientOf) -> Iterator[Page]:
    """A page of an administrator at that desk. At the end nothing was fetched from elsewhere, no script failed, no
    policy was broken, and no dialog was opened."""
    context = browser.new_context(base_url=served, viewport={"width": 1000, "height": 900})
    session = client_of("administrator").cookies["ascertain_session"].value
    context.add_cookies([{"name": "ascertain_session", "value": session, "url": served}])
    context.add_init_script(
        "addEventListener('securitypolicyviolation', event => (window.__broken ??= []).push("
        "`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`))"
    )
    opened, faults = context.new_page(), list[str]()
    opened.set_default_timeout(15_000)

    def refuse(dialog: Dialog) -> None:
        faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    opened.on("dialog", refuse)
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    opened.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    opened.on("request", lambda asked: faults.append(asked.url) if _is_elsewhere(asked.url, served) else None)
    opened.on("popup", lambda other: faults.append(f"opened {other.url}"))
    yield opened
    context.close()
    assert [fault for fault in faults if not any(known in fault for known in EXPECTED)] == []


def _is_elsewhere(url: str, base: str) -> bool:
    return urlsplit(url).scheme not in ("data", "blob") and not url.startswith(base)


def is_harmless(page: Page, shows: bool = True) -> None:
    """Nothing of what was tried came to be, and the page shows it as the words that it is."""
    assert page.evaluate(OBEYED) == [], page.url
    assert page.evaluate(TURNED) == [], page.url
    wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= seen, page.url
    assert (HIT in page.locator("body").inner_text()) or not shows, page.url


def test_inbox_and_incidents_obey_nothing(page: Page) -> None:
    hostile = standing()
    page.goto(f"/?q={quote(HOSTILE[0])}")
    is_harmless(page, shows=False)
    page.goto("/")
    page.wait_for_selector("[data-map][data-drawn]")
    for _ in hostile:
        page.locator("mark.words").first.hover()
        page.locator("[data-value]").first.hover()
        is_harmless(page)
        shown = page.locator("#shown .incident > p").first.inner_text()
        page.keyboard.press("j")
        expect(page.locator("#shown .incident > p").first).not_to_have_text(shown)
    page.goto(f"/incidents/{hostile[0].pk}/")
    page.wait_for_selector("[data-map][data-drawn]")
    page.locator("#shown [data-map] canvas").click()
    page.locator(".quote").first.focus()
    page.locator("mark.harm").first.dblclick()
    for key in ("c", "m", "s", "x", "g", "n"):
        page.keyboard.press(key)
        expect(page.locator("dialog[open]")).to_have_count(1)
        is_harmless(page)
        page.keyboard.press("Escape")
    page.keyboard.press("m")
    page.fill("#merge-q", HOSTILE[0][:100])
    page.wait_for_load_state("networkidle")
    is_harmless(page)
    page.keyboard.press("Escape")
    page.fill("#q", HIT)
    page.wait_for_load_state("networkidle")
    is_harmless(page)


def test_a_decision_that_comes_too_late_tells_what_was_said_and_obeys_nothing(page: Page) -> None:
    row = standing()[2]
    page.goto(f"/incidents/{row.pk}/")
    place = json.loads(row.value)["where"]
    deciding.correct(
        person=Person.objects.get(username="editor"),
        seen=Seen(row.pk, row.version),
        field="where",
        to={**place, "name": HOSTILE[4], "text": HOSTILE[4]},
        reason=ALL,
    )
    page.keyboard.press("x")
    page.fill("#reason-reject", HOSTILE[0])
    page.keyboard.press("Enter")
    expect(page.locator("#reject .answer")).to_contain_text("editor")
    expect(page.locator("#pulse .notice")).to_be_attached(timeout=12_000)
    is_harmless(page)


def test_explore_and_series_obey_nothing(page: Page) -> None:
    page.goto("/explore/")
    page.wait_for_selector("#map[data-drawn]")
    page.locator("#multiples").scroll_into_view_if_needed()
    page.wait_for_selector("#multiples .chart")
    is_harmless(page)
    page.get_by_text("More filters").click()
    for name in ("place", "party", "source"):
        page.locator(f"#{name}").press_sequentially("hit")
        page.wait_for_selector(f"#{name}s option", state="attached")
        is_harmless(page)
        page.fill(f"#{name}", "")
    page.fill("#place", HOSTILE[0])
    page.keyboard.press("Enter")
    expect(page.locator(".chips")).to_be_attached()
    is_harmless(page)
    page.select_option("#by", "party")
    page.wait_for_load_state("networkidle")
    page.locator("#map canvas").click()
    page.wait_for_timeout(300)
    is_harmless(page)
    for path in ("/conditions/", f"/conditions/?q={HIT}", "/negotiations/", f"/negotiations/?q={HIT}"):
        page.goto(path)
        for part in page.locator("details").all():
            part.evaluate("details => { details.open = true }")
        is_harmless(page)


def test_reports_and_sources_obey_nothing(page: Page) -> None:
    page.goto("/reports/")
    is_harmless(page)
    for id in IDS:
        page.goto(f"/report/{quote(id, safe='')}")
        page.locator("mark.words").first.hover()
        page.locator("[data-text]").focus()
        page.keyboard.press("ArrowRight")
        for part in page.locator("details").all():
            part.evaluate("details => { details.open = true }")
        is_harmless(page)
    for path in ("/sources/", "/sources/?kind=speaker", f"/sources/one/?kind=publisher&name={quote(HOSTILE[0])}"):
        page.goto(path)
        is_harmless(page)
    page.goto(f"/reports/?q={HIT}&publisher={quote(ALL[:500])}")
    is_harmless(page, shows=False)


def test_coding_people_and_signing_in_obey_nothing(page: Page) -> None:
    for path in ("/coding/", "/coding/1/", "/coding/1/1/", "/people/", "/tokens/"):
        page.goto(path)
        is_harmless(page)
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("/people/", "/coding/1/", "/"):
        page.goto(path)
        is_harmless(page)
    page.context.clear_cookies()
    page.goto(f"/sign-in/?next={quote(f'javascript:{HIT}')}")
    page.fill("#name", HOSTILE[1][:140])
    page.fill("#password", "not it")
    page.get_by_role("button", name="Sign in").click()
    is_harmless(page, shows=False)
    page.goto("/join/%22%3E%3Cscript%3E/")
    is_harmless(page, shows=False)
