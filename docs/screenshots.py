"""Takes docs/screens/, the pictures of the desk's pages: `python docs/screenshots.py [--png DIR] [PAGE...]`.

A temporary record is filled from `examples/`, with one report in Arabic besides, and a few people decide a little about
it; clocks stand, so that the same pages give the same pictures. Chromium takes each page in three widths, light and
dark, and docs/screens.md, which shows them, is written anew. All reports and people in them are invented.
"""

import argparse
import base64
import datetime as dt
import json
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from urllib.parse import quote

import ascertain.desk  # isort: skip # noqa: F401 -- starts Django before the record is imported

from django.core.wsgi import get_wsgi_application
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright
from pydantic import JsonValue
from waitress import create_server

from ascertain.record import canonical
from ascertain.record.models import IncidentClaim, IncidentRow, Receipt, Sample
from ascertain.record.models.people import Person
from ascertain.record.opening import Record, open_record
from ascertain.record.progress import Unwatched
from ascertain.record.services import deciding
from ascertain.record.services.coding import code, draw_sample
from ascertain.record.services.deciding import Seen
from ascertain.record.services.indexing import index_missing
from ascertain.record.services.ingesting import IngestSettings, ingest
from ascertain.record.services.people import add_person
from ascertain.record.services.register import note_source
from ascertain.record.services.signing_in import note_sign_in

ROOT = Path(__file__).parents[1]
SCREENS = ROOT / "docs" / "screens"
BEGINS = dt.datetime(2026, 11, 2, 8, 0, tzinfo=dt.UTC)
WIDTHS = {390: 844, 1000: 800, 1700: 1000}
HIGHEST = {390: 3200, 1000: 2000, 1700: 1700}
SCHEMES = ("light", "dark")
DRAWING = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
QUALITY = 0.6
SHARES = ("13%", "33%", "52%")
WIRE = "Synthetic wire story. Written for Ascertain; every event is invented"
# Where the second coder reads otherwise than the first, by the item's number.
OTHERWISE = {
    2: {"killed_high": ""},
    5: {"place": "Khan Younis"},
    9: {"type": "other", "day": ""},
}
IN_ARABIC = {
    "id": "synthetic-10-arabic",
    "title": "قصف يطال سوقًا في نيالا (نص مختلق)",
    "published": "2024-05-24",
    "publisher": "خبر مختلق كُتب لأجل Ascertain؛ كل ما فيه مختلق",
    "language": "ar",
    "text": "نيالا — قال مسعفون إن سبعة أشخاص على الأقل قُتلوا، بينهم طفلان، عندما سقطت قذائف على سوق في حي السكة "
    "صباح الخميس 23 مايو.\n\nوقال أحد السكان لـ “Radio Example” إن “الناس كانوا يشترون الخبز”. ولم تعلن أي جهة "
    "مسؤوليتها عن القصف (قوات الدعم السريع - RSF - تنفي ذلك).",
}


@dataclass(frozen=True)
class Shown:
    """A page: the name of its pictures, what is told of it, its address, who looks at it and in which language, and
    what they do before the picture is taken."""

    name: str
    told: str
    address: str
    who: str | None = "ines"
    language: str = "en"
    doing: Callable[[Page], None] | None = None


def light_up(page: Page) -> None:
    """As if the pointer were on the first figure, so that the words which say it are lit."""
    page.locator("[data-value^='figures/']").first.dispatch_event("pointerover")


def look_across(page: Page) -> None:
    """Charts that come when they are looked at are there."""
    page.locator("#multiples").scroll_into_view_if_needed()
    page.locator("#multiples .chart").first.wait_for()
    page.evaluate("scrollTo(0, 0)")


def pages(incident: str, sample: int, open_item: str) -> tuple[Shown, ...]:
    """The pages that are shown, of this incident, this sample, and this item that is still to be coded."""
    publisher = "/sources/one/?kind=publisher&name="
    return (
        Shown("sign-in", "Nothing is open without a sign-in", "/sign-in/", who=None),
        Shown("inbox", "Inbox: what waits, in order of need, and the first of it", "/"),
        Shown("incident", "Incident: values and the words that say so", f"/incidents/{incident}/", doing=light_up),
        Shown("report", "Report: the text as it came, and what was read in it", "/report/synthetic-01-wire"),
        Shown("explore", "Explore: map, timeline and table are one selection", "/explore/", doing=look_across),
        Shown("conditions", "Conditions: what people lacked, as reported", "/conditions/"),
        Shown("negotiations", "Negotiations: how talks went, as reported", "/negotiations/"),
        Shown("coding", "Double coding: samples, and how one is drawn", "/coding/", who="noor"),
        Shown("coding-item", "Double coding: an item, with nothing of what others read", open_item),
        Shown("coding-disagreements", "Double coding: agreement, and what is to be settled", f"/coding/{sample}/"),
        Shown("sources", "Sources: who said how much", "/sources/?kind=speaker"),
        Shown("source", "A source, and its entry in the register", publisher + quote(WIRE)),
        Shown("people", "People: accounts, roles, and who came in", "/people/", who="amal"),
        Shown("inbox-ar", "Inbox, in Arabic", "/", language="ar"),
        Shown("incident-ar", "Incident, in Arabic", f"/incidents/{incident}/", language="ar", doing=light_up),
        Shown("report-ar", "Report in Arabic, in Arabic", "/report/synthetic-10-arabic", language="ar"),
        Shown("explore-ar", "Explore, in Arabic", "/explore/", language="ar", doing=look_across),
    )


def stop_the_clock() -> None:
    """From now on each look at the record's clock is a minute after the last, beginning at `BEGINS`."""
    minutes, clock = count(), canonical.now

    def now() -> dt.datetime:
        return BEGINS + dt.timedelta(minutes=next(minutes))

    for module in list(sys.modules.values()):
        if getattr(module, "now", None) is clock:
            vars(module)["now"] = now


def fill(record: Record, folder: Path) -> None:
    """Take in the examples and the report in Arabic, and let a few people decide a little."""
    arabic = folder / "arabic.jsonl"
    arabic.write_text(json.dumps(IN_ARABIC, ensure_ascii=False) + "\n", encoding="utf-8")
    sources = [str(ROOT / "examples"), str(arabic)]
    ingest(record=record, sources=sources, settings=IngestSettings(workers=0))
    for receipt in Receipt.objects.all():  # where they lie on this machine is of no matter
        Receipt.objects.filter(pk=receipt.pk).update(address=f"/home/ines/reports/{receipt.name}")
    index_missing(progress=Unwatched())
    for name, role in (("amal", "administrator"), ("noor", "editor"), ("ines", "reviewer"), ("tomas", "reviewer")):
        note_sign_in(name=name, person=add_person(name=name, role=role, by=None), outcome="in", address="127.0.0.1")
    note_sign_in(name="tomas", person=None, outcome="refused", address="127.0.0.1")
    add_person(name="guest", role="reader", by=None)
    decide()
    draw_and_code()


def decide() -> None:
    """What the people decide: accepted, rejected, assigned, corrected; and what they note of a source."""
    ines, tomas = person("ines"), person("tomas")
    deciding.accept(person=tomas, seen=seen("synthetic-07-post"))
    deciding.reject(person=tomas, seen=seen("synthetic-08-answer"), reason="told of in a written answer only, no day")
    deciding.assign(person=tomas, seen=seen("synthetic-03-coder"), to=ines)
    strike = "synthetic-02-update"
    deciding.comment(person=tomas, seen=seen(strike), text="The civil defence counts bodies found on Friday, too.")
    children: JsonValue = {"low": 5, "best": 5, "high": None}
    deciding.correct(
        person=ines,
        seen=seen(strike),
        field="figures/killed/children",
        to=children,
        reason="The words are “among the dead”; there may be more",
    )
    for field, value in (("type", "news agency"), ("country", "PS"), ("note", "Its desk answers questions by e-mail.")):
        note_source(person=ines, kind="publisher", source=WIRE, field=field, value=value)


def draw_and_code() -> None:
    """Two samples: of one both have coded all and differ on some, in the other an item waits for `ines`."""
    coders = [person("ines"), person("tomas")]
    fields = ["type", "day", "place", "killed_low", "killed_high"]
    draw = partial(draw_sample, person=person("noor"), coders=coders, fields=fields)
    done = draw(name="All of 2024, first round", size=12, seed=41)
    draw(name="Second round", size=4, seed=7)
    for place, item in enumerate(done.items.order_by("place")):
        row = IncidentRow.objects.get(pk=item.incident_id)
        typed = {
            "type": row.type,
            "day": str(row.start or ""),
            "place": row.place or "",
            "killed_low": _typed(row.killed_low),
            "killed_high": _typed(row.killed_high),
        }
        code(person=coders[0], item=item, typed=typed)
        code(person=coders[1], item=item, typed={**typed, **OTHERWISE.get(place, {})})


def _typed(number: int | None) -> str:
    return "" if number is None else str(number)


def person(name: str) -> Person:
    """Somebody by their name."""
    return Person.objects.get(username=name)


def incident_of(report: str) -> str:
    """The incident that a report is first about: the one of most of those that it tells of with killed people."""
    held = IncidentClaim.objects.filter(report_id=report).values_list("incident_id", flat=True)
    return (
        IncidentRow.objects.filter(pk__in=list(held), gone=False).order_by("-reports_count", "-killed_low", "pk")[0].pk
    )


def seen(report: str) -> Seen:
    """That incident, as it stands."""
    row = IncidentRow.objects.get(pk=incident_of(report))
    return Seen(row.pk, row.version)


@contextmanager
def served() -> Iterator[str]:
    """The address of the desk of the record that is open."""
    server = create_server(get_wsgi_application(), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=10)


def session_of(name: str) -> str:
    """A session of somebody who signed in."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(person(name))
    return client.cookies["ascertain_session"].value


def take(browser: Browser, desk: str, shown: Shown, width: int, scheme: str) -> bytes:
    """A picture of a page, as PNG."""
    context = browser.new_context(
        viewport={"width": width, "height": WIDTHS[width]},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    cookies = {"ascertain_language": shown.language}
    if shown.who:
        cookies["ascertain_session"] = session_of(shown.who)
    context.add_cookies([{"name": name, "value": value, "url": desk} for name, value in cookies.items()])
    page = context.new_page()
    page.goto(desk + shown.address, wait_until="networkidle")
    if page.locator("[data-map]").count():
        page.locator("[data-map][data-drawn]").first.wait_for(timeout=60_000)
    if shown.doing:
        shown.doing(page)
    page.wait_for_load_state("networkidle")
    if page.locator("#said").inner_text():
        page.locator("#said").evaluate("said => { said.textContent = '' }")
    high = min(page.evaluate("document.documentElement.scrollHeight"), HIGHEST[width])
    page.set_viewport_size(
        {"width": width, "height": max(high, WIDTHS[width])}
    )  # what sticks to its foot is at the foot
    page.wait_for_timeout(300)
    if page.locator("[data-map]").count():
        page.locator("[data-map][data-idle]").first.wait_for(timeout=60_000)
    taken = page.screenshot(animations="disabled")
    context.close()
    return taken


def as_webp(browser: Browser, png: bytes) -> bytes:
    """The same picture in few bytes, by the browser's own encoder."""
    page = browser.new_page()
    address = "data:image/png;base64," + base64.b64encode(png).decode()
    made = page.evaluate(
        """async ([address, quality]) => {
          const picture = new Image();
          picture.src = address;
          await picture.decode();
          const canvas = document.createElement("canvas");
          [canvas.width, canvas.height] = [picture.width, picture.height];
          canvas.getContext("2d").drawImage(picture, 0, 0);
          return canvas.toDataURL("image/webp", quality);
        }""",
        [address, QUALITY],
    )
    page.close()
    return base64.b64decode(made.partition(",")[2])


def told_of(all_pages: tuple[Shown, ...]) -> str:
    """docs/screens.md."""
    lines = [
        "# The desk, page by page",
        "",
        "Each page on a phone, a small and a wide screen, light and dark; long pages are cut. Taken by",
        "`python docs/screenshots.py` from the [examples](../examples/README.md) and a report in Arabic; all invented.",
    ]
    for shown in all_pages:
        lines += ["", f"## {shown.told}"]
        for scheme in SCHEMES:
            pictures = (
                f'<img src="screens/{shown.name}-{width}-{scheme}.webp" width="{share}" '
                f'alt="{shown.told}; {width} px, {scheme}">'
                for width, share in zip(WIDTHS, SHARES, strict=True)
            )
            lines += ["", *pictures]
    return "\n".join(lines) + "\n"


def main(wanted: set[str], also: Path | None) -> None:
    """Take the pictures of the pages that are wanted, of all where none is named; as PNG into `also` too."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as folder:
        record = open_record(str(Path(folder) / "record.sqlite"))
        stop_the_clock()
        fill(record, Path(folder))
        second = Sample.objects.get(name="Second round").pk
        all_pages = pages(incident_of("synthetic-02-update"), second - 1, f"/coding/{second}/1/")
        SCREENS.mkdir(exist_ok=True)
        with sync_playwright() as playwright, served() as desk:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's driver runs a loop in this thread
            browser = playwright.chromium.launch(executable_path=chromium, args=DRAWING)
            for shown in all_pages:
                if wanted and shown.name not in wanted:
                    continue
                for width in WIDTHS:
                    for scheme in SCHEMES:
                        file = SCREENS / f"{shown.name}-{width}-{scheme}.webp"
                        png = take(browser, desk, shown, width, scheme)
                        file.write_bytes(as_webp(browser, png))
                        if also:
                            (also / file.with_suffix(".png").name).write_bytes(png)
                print(shown.name)
            browser.close()
        record.close()
    (ROOT / "docs" / "screens.md").write_text(told_of(all_pages), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", metavar="PAGE", help="its name, as in docs/screens; none for all")
    parser.add_argument("--png", type=Path, metavar="DIR", help="a folder for the pictures as they were taken")
    given = parser.parse_args()
    main(set(given.pages), given.png)
