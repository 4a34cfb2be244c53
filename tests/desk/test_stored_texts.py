"""What others write is shown and never obeyed: markup in every text that reports, readers and people can bring in."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from typing import TypedDict

import pytest
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RoutePattern
from django.utils.http import urlencode
from tests.record.made import line

from ascertain.model import (
    Actor,
    Attribution,
    Claim,
    ConditionClaim,
    EventClaim,
    Figure,
    Issue,
    NegotiationClaim,
    Place,
    Reading,
    Report,
    Span,
    Target,
    TollClaim,
    When,
)
from ascertain.record.models import IncidentRow, ReportRow, Sample
from ascertain.record.opening import Record
from ascertain.record.progress import Unwatched
from ascertain.record.services.indexing import index_missing
from ascertain.record.services.ingesting import IngestSettings, ingest
from ascertain.record.services.searching import index_reports

from .conftest import ClientOf, visitor

ACTS = re.compile(r"^\s*(javascript|data|vbscript):", re.IGNORECASE)
LEADS = ("href", "src", "action", "formaction", "srcdoc", "xlink:href", "poster", "background")
RUNS = ("iframe", "object", "embed", "base", "applet", "frame")
DAY = dt.date(2024, 3, 2)


def said(field: str) -> str:
    """Markup that would run, named for the field that it stands in; with what ends attributes, scripts and comments."""
    return f"</script>--><script>alert('{field}')</script>\"'><img src=x onerror=alert('{field}')>{{{{7*7}}}}"


class Page(HTMLParser):
    """A page as a browser reads it: its words, and what it would run: scripts that are not the desk's files, handlers,
    addresses that act."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.obeyed: list[str] = []
        self.feed(text)
        self.close()

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.words += told.values()
        is_data = told.get("type") == "application/json"
        if tag == "script" and not is_data and not told.get("src", "").startswith("/static/desk/"):
            self.obeyed.append(f"script {told}")
        if tag in RUNS or (tag == "meta" and "http-equiv" in told):
            self.obeyed.append(f"{tag} {told}")
        for name, value in told.items():
            leads = name in LEADS and not (tag == "link" and value == "data:,")
            if name.startswith("on") or name in ("style", "srcdoc") or (leads and ACTS.match(value)):
                self.obeyed.append(f"{tag} {name}={value}")


class About(TypedDict):
    """What all claims of a hostile report share."""

    evidence: tuple[Span, ...]
    when: When
    where: Place
    said_by: tuple[Attribution, ...]


class Hostile:
    """Reads every report as telling of all that can be told, each value in markup."""

    identity = "hostile 1"

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        return (Reading(report=report.header, claims=self.claims(report)) for report in reports)

    def claims(self, report: Report) -> tuple[Claim, ...]:
        words = (0, len(report.text))
        when = When(start=DAY, end=DAY, precision="day", text=said("when"), span=words)
        place = Place(
            text=said("place text"),
            span=words,
            name=said("place"),
            lat=9.5,
            lon=8.5,
            radius_km=2.0,
            precision="town",
            id=said("place id"),
            country="NG",
            admin1=said("admin1"),
        )
        figure = Figure(outcome="killed", group="people", low=3, high=4, text=said("figure"), span=words)
        by = (Attribution(text=said("speaker"), span=words, kind="official"),)
        parties = tuple(
            Actor(role=role, text=said(f"{role} text"), span=words, name=said(role), id=said(f"{role} id"))
            for role in ("perpetrator", "party", "mediator")
        )
        target = Target(text=said("target"), span=words, type="market", damage="hit")
        about = About(evidence=(words,), when=when, where=place, said_by=by)
        return (
            EventClaim(
                id="c1",
                type="attack",
                figures=(figure,),
                actors=parties,
                targets=(target,),
                means=(said("means"),),
                **about,
            ),
            TollClaim(id="c2", figures=(figure,), since=when, **about),
            ConditionClaim(id="c3", sector="food", severity=said("severity"), **about),
            NegotiationClaim(
                id="c4", actors=parties, issues=(Issue(text=said("issue"), span=words),), status="ongoing", **about
            ),
        )


@pytest.fixture
def hostile(desk: Record, tmp_path: Path) -> Record:
    """The record, with reports whose every value is markup."""
    path = tmp_path / "hostile.jsonl"
    rows = [
        line(
            id,
            f"{said('text')} Gunmen came. {said('more text')}" + "!" * at,
            title=said("title"),
            publisher=said("publisher"),
            author=said("author"),
            published="2024-03-03",
            language="en",
        )
        for at, id in enumerate(("h1", "h2"))
    ]
    path.write_text("".join(rows), encoding="utf-8")
    ingest(record=desk, sources=[str(path)], settings=IngestSettings(reader=Hostile(), workers=0))
    ReportRow.objects.filter(pk__in=("h1", "h2")).update(url="javascript:alert('url')")
    index_missing(progress=Unwatched())
    index_reports(progress=Unwatched())
    return desk


def send_all(client_of: ClientOf) -> Iterator[HttpResponseBase]:
    """Send markup in every field that a person can write in; the answers, of which some are refusals."""
    editor, reviewer, administrator = (client_of(name) for name in ("editor", "reviewer", "administrator"))
    yield visitor().post(reverse("sign_in"), {"name": said("signing in"), "password": said("password")})
    yield administrator.post(reverse("people_add"), {"name": said("person"), "role": said("role")})
    yield administrator.post(reverse("people_role", args=["reader"]), {"role": said("role")})
    yield editor.post(reverse("token_make"), {"name": said("token")})
    yield from noted(editor)
    yield from decided(editor)
    yield from marked(reviewer)
    yield from coded(editor, reviewer)


def noted(editor: Client) -> Iterator[HttpResponseBase]:
    """What is noted of a source."""
    about = {"kind": "publisher", "name_of": said("publisher")}
    for field in ("name", "type", "note", "url", "country", "sensitivity"):
        yield editor.post(reverse("source_note"), {**about, field: said(f"noted {field}")})
    yield editor.post(reverse("source_note"), {**about, "kind": said("kind"), "note": "x"})


def decided(editor: Client) -> Iterator[HttpResponseBase]:
    """What is decided of the incident that the reports tell of."""
    (id,) = IncidentRow.objects.filter(gone=False, place=said("place")).values_list("pk", flat=True)
    where = {"name": said("corrected place"), "lat": "9", "lon": "8", "at_country": "NG", "words": said("words")}
    forms: tuple[tuple[str, dict[str, str]], ...] = (
        ("comment", {}),
        ("correct", {"field": "where", **where}),
        ("correct", {"field": "where", **where, "at_country": said("country")}),
        ("correct", {"field": "where", **where, "lat": said("lat")}),
        ("correct", {"field": "actors", "keep": "0", "party_name": said("corrected party"), "words": said("words")}),
        ("correct", {"field": "when", "day_from": "2024-03-01", "words": said("corrected day")}),
        ("correct", {"field": "when", "day_from": said("day")}),
        ("correct", {"field": "type", "type": said("type")}),
        ("correct", {"field": "figures", "outcome": said("outcome"), "group": said("group"), "low": "1"}),
        ("correct", {"field": "figures", "outcome": "killed", "group": "people", "low": said("low")}),
        ("correct", {"field": said("field")}),
        ("assign", {"to": said("assignee")}),
        ("merge", {"with": said("with")}),
        ("split", {"claims": said("claims")}),
        ("lock", {}),
        ("unlock", {}),
        ("accept", {}),
        ("reject", {}),
    )
    for htmx in ("true", "false"):
        for at, (act, form) in enumerate(forms):
            version = IncidentRow.objects.get(pk=id).version
            told = {"version": version, "reason": said(f"reason to {act}"), **form}
            yield editor.post(reverse("decide", args=[id, act]), told, headers={"HX-Request": htmx} if at % 2 else {})
    yield editor.post(
        reverse("decide", args=[id, "accept"]), {"version": said("version")}, headers={"HX-Request": "true"}
    )
    yield editor.post(reverse("undo_last"))


def marked(reviewer: Client) -> Iterator[HttpResponseBase]:
    """Claims that are marked and rejected on the page of a report."""
    words = {"start": "0", "end": "20", "kind": "condition", "sector": "food", "reason": said("reason to mark")}
    for more in (
        {},
        {"where": said("where")},
        {"day": said("day")},
        {"sector": said("sector")},
        {"start": said("start")},
    ):
        yield reviewer.post(reverse("report_mark", args=["h1"]), {**words, **more})
    harm = {"kind": "event", "type": said("type"), "killed_low": said("killed")}
    yield reviewer.post(reverse("report_mark", args=["h1"]), {**words, **harm})
    yield reviewer.post(reverse("report_mark", args=["h1"]), {**words, **harm, "type": "attack"})
    for claim in ("c2", said("claim")):
        reason = {"claim": claim, "reason": said("reason to reject a claim")}
        yield reviewer.post(reverse("report_reject", args=["h2"]), reason)


def coded(editor: Client, reviewer: Client) -> Iterator[HttpResponseBase]:
    """A sample that two code in words of their own, and that is settled."""
    form = {"name": said("sample"), "coders": ["reviewer", "editor"], "fields": ["type", "place", "party"], "size": "9"}
    for wrong in (
        {"type": said("type")},
        {"country": said("country")},
        {"fields": said("fields")},
        {"size": said("size")},
    ):
        yield editor.post(reverse("coding_draw"), {**form, **wrong})
    yield editor.post(reverse("coding_draw"), form)
    sample = Sample.objects.get()
    for browser, name in ((editor, "editor"), (reviewer, "reviewer")):
        for item in sample.items.order_by("place"):
            told = {"type": "attack", "place": said(f"place of {name}"), "party": said(f"party of {name}")}
            address = reverse("coding_item", args=[sample.pk, item.place])
            yield browser.post(address, {**told, "type": said("type")})
            yield browser.post(address, told)
    told = {"type": "attack", "place": said("settled place"), "party": "x", "reason": said("reason to settle")}
    yield editor.post(reverse("coding_settle", args=[sample.pk, 1]), told)


# What can be asked for in an address, on any page.
ASKED = (
    "q", "type", "country", "place", "party", "source", "from", "to", "bbox", "kind", "name", "publisher", "page",
    "status", "sector", "grading", "need", "mine", "after", "version", "url", "next", "sort", "step", "by", "outcome",
    "group", "changed", "token", "limit",
)  # fmt: skip
SOURCES = [{"kind": "publisher", "name": said("publisher")}, {"kind": "speaker", "name": said("speaker")}]


def addresses() -> Iterator[str]:
    """Every address that can be read, of every incident, report, sample and item that there is."""
    there: dict[str, list[object]] = {
        "incident": list(IncidentRow.objects.values_list("pk", flat=True)),
        "report": ["h1", "h2", "r1"],
        "form": ["csv", "geojson"],
        "number": list(Sample.objects.values_list("pk", flat=True)),
        "place": [1],
        "decision": [1],
        "kind": ["country", "place", "party", "source"],
    }
    for name, pattern in named(get_resolver().url_patterns):
        kinds = [there.get(kind, ["<img src=x onerror=alert(1)>"]) for kind in pattern.converters]
        for values in product(*kinds):
            yield reverse(name, kwargs=dict(zip(pattern.converters, values, strict=True)))


def named(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[tuple[str, RoutePattern]]:
    """The addresses of the desk by their names."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from named(one.url_patterns, f"{one.namespace}:")
        else:
            assert isinstance(one.pattern, RoutePattern)
            yield f"{space}{one.name}", one.pattern


def walked(browser: Client) -> Iterator[tuple[str, HttpResponseBase]]:
    """Every address as it is, as a part of a page, and asked for markup."""
    asked = [urlencode({name: said(f"asked {name}") for name in ASKED}), *map(urlencode, SOURCES)]
    for address in addresses():
        for query in ("", *asked):
            for headers in ({}, {"HX-Request": "true", "HX-Target": "explored"}):
                yield f"{address}?{query}", browser.get(f"{address}?{query}", headers=headers)


def words_obeying_nothing(where: str, answer: HttpResponseBase) -> str:
    """The words of an answer, in which a browser finds nothing to run."""
    assert answer.status_code < 500, where
    assert answer.headers["X-Content-Type-Options"] == "nosniff", where
    if not answer.headers.get("Content-Type", "text/html").startswith("text/html"):
        return ""
    assert "unsafe" not in answer.headers["Content-Security-Policy"], where
    assert isinstance(answer, HttpResponse), where
    page = Page(answer.content.decode())
    assert page.obeyed == [], where
    return "".join(page.words)


# What people and reports brought in, and where it is shown again.
SHOWN = {
    "text", "more text", "title", "publisher", "url", "place", "when", "perpetrator", "party", "mediator", "target",
    "figure", "issue", "severity", "speaker", "signing in", "token", "noted name", "noted type", "noted note",
    "corrected party", "corrected place", "reason to accept", "reason to comment", "reason to lock",
    "reason to correct", "reason to unlock", "reason to reject", "reason to mark", "reason to reject a claim",
    "reason to settle", "sample", "settled place", "place of editor", "place of reviewer", "party of editor",
    "party of reviewer", "asked q", "asked country", "asked place", "asked party", "asked source",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.usefixtures("hostile")
def test_texts_of_others_are_shown_and_never_obeyed(client_of: ClientOf) -> None:
    words = [words_obeying_nothing(f"answer {at}", answer) for at, answer in enumerate(send_all(client_of))]
    for name in ("administrator", "editor", "reviewer"):
        browser = client_of(name)
        if name == "editor":
            browser.cookies["ascertain_language"] = "ar"
        words += [words_obeying_nothing(where, answer) for where, answer in walked(browser)]
    shown = set(re.findall(r"alert\('([^']+)'\)", "".join(words)))
    assert shown >= SHOWN, SHOWN - shown
