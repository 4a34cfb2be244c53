"""Conditions and Negotiations: what is shown is what reports tell, by week and by day, and what downloads."""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.http import HttpResponseBase, StreamingHttpResponse
from tests.record.made import MadeReader, line

from ascertain.model import Actor, Attribution, Claim, ConditionClaim, Issue, NegotiationClaim, Place, Reading, Report
from ascertain.record.opening import Record
from ascertain.record.services.ingesting import IngestSettings, ingest

from .conftest import ClientOf

HOSTILE = "<script>alert(1)</script>"


class TalkingReader(MadeReader):
    """Reads claims that the text of a report is, as JSON."""

    def reading(self, report: Report) -> Reading:
        return Reading(report=report.header, claims=tuple(_claims(json.loads(report.text))))


def _claims(told: dict[str, str]) -> Iterable[Claim]:
    name = told.get("place", "Rafah")
    place = Place(text=name, span=(0, 1), name=name, id=f"made:{name}", country="PS")
    said = (Attribution(text=told.get("by", "UN"), span=(0, 1), kind="un"),)
    if "sector" in told:
        yield ConditionClaim(
            id="c1", evidence=((0, 1),), where=place, said_by=said, sector="food", severity=told["severity"]
        )
    if "status" in told:
        parties = [Actor(role="party", text=name, span=(0, 1), name=name, id=name) for name in ("North", "South")]
        yield NegotiationClaim.model_validate(
            {
                "id": "c2",
                "evidence": [[0, 1]],
                "said_by": said,
                "actors": parties,
                "issues": [Issue(text=told.get("issue", "a truce"), span=(0, 1))],
                "status": told["status"],
            }
        )


REPORTS = (
    ({"sector": "food", "severity": "IPC Phase 4"}, "2024-05-06"),
    ({"sector": "food", "severity": "dire", "place": HOSTILE, "by": "aid workers"}, "2024-05-14"),
    ({"status": "agreed"}, "2024-05-06"),
    ({"status": "rejected", "by": "the South", "issue": HOSTILE}, "2024-05-06"),
)


@pytest.fixture
def client_told(client_of: ClientOf, desk: Record, tmp_path: Path) -> ClientOf:
    """Browsers at a desk whose record holds conditions and talks."""
    take_told(desk, tmp_path)
    return client_of


def take_told(desk: Record, folder: Path) -> None:
    """Ingest the reports above."""
    for at, told in enumerate(REPORTS):
        take(desk, folder, told, f"s{at}")


def take(desk: Record, folder: Path, told: tuple[dict[str, str], str], id: str) -> None:
    """Ingest a report."""
    path = folder / f"{id}.jsonl"
    path.write_text(line(id, json.dumps(told[0]), published=told[1]), encoding="utf-8")
    ingest(record=desk, sources=[str(path)], settings=IngestSettings(reader=TalkingReader("talking 1"), workers=0))


def rows_of(response: HttpResponseBase) -> list[dict[str, str]]:
    assert isinstance(response, StreamingHttpResponse)
    return list(csv.DictReader(io.StringIO(response.getvalue().decode())))


def test_conditions_are_told_by_week_with_their_words(client_told: ClientOf) -> None:
    page = client_told("reader").get("/conditions/").content.decode()
    assert "IPC Phase 4" in page
    assert page.count("level-4") == 1
    assert page.count('class="level-unknown"') == 1
    assert "<script>alert" not in page


def test_talks_that_reports_disagree_about_have_no_state_but_both_dots(client_told: ClientOf) -> None:
    page = client_told("reader").get("/negotiations/").content.decode()
    assert "reports disagree" in page
    assert "is-agreed" in page
    assert "is-rejected" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("query", "weeks"),
    [
        ("", 2),
        ("sector=water", 0),
        ("country=PS", 2),
        ("country=SD", 0),
        ("q=rafah", 1),
        ("to=2024-05-12", 1),
        ("from=2024-05-13", 1),
        ("from=mistyped&page=x&sector=none", 2),
    ],
)
def test_weeks_that_are_asked_for_are_shown_and_download(client_told: ClientOf, query: str, weeks: int) -> None:
    client = client_told("reader")
    rows = rows_of(client.get(f"/conditions/weeks.csv?{query}"))
    assert len(rows) == weeks
    assert all(dt.date.fromisoformat(row["starts"]).weekday() == 0 for row in rows)
    page = client.get(f"/conditions/?{query}").content.decode()
    assert ("Nothing is told of this" in page) is (weeks == 0)


@pytest.mark.parametrize(
    ("query", "states"), [("", 2), ("q=north", 2), ("q=truce", 2), ("q=east", 0), ("status=agreed", 0)]
)
def test_talks_that_are_asked_for_download_round_by_round(client_told: ClientOf, query: str, states: int) -> None:
    rows = rows_of(client_told("reader").get(f"/negotiations/rounds.csv?{query}"))
    assert len(rows) == states
    assert {row["status"] for row in rows} <= {"agreed", "rejected"}


def marked(client: ClientOf, *reports: str) -> None:
    for report in reports:
        assert client("editor").post(f"/report-sensitive/{report}", {"level": "internal"}).status_code == 302


def test_what_only_marked_reports_tell_is_in_no_file_of_series(client_told: ClientOf) -> None:
    client = client_told("reader")
    weeks, rounds = rows_of(client.get("/conditions/weeks.csv")), rows_of(client.get("/negotiations/rounds.csv"))
    marked(client_told, "s0", "s3")
    assert rows_of(client.get("/conditions/weeks.csv")) == [week for week in weeks if "s0/" not in week["claims"]]
    states = rows_of(client.get("/negotiations/rounds.csv"))
    assert [row["status"] for row in states] == ["agreed"]
    assert "s3/" not in str(states)
    assert len(states) < len(rounds)
    for page in ("/conditions/", "/negotiations/"):
        told = client.get(page).content.decode()
        assert "1 report that tells of this is marked as sensitive" in told
    assert "IPC Phase 4" in client.get("/conditions/").content.decode()
    marked(client_told, "s1", "s2")
    assert rows_of(client.get("/conditions/weeks.csv")) == []
    assert rows_of(client.get("/negotiations/rounds.csv")) == []


def test_a_file_of_weeks_is_of_the_days_of_the_page(client_told: ClientOf, desk: Record, tmp_path: Path) -> None:
    take(desk, tmp_path, ({"sector": "food", "severity": "short", "place": "Kaya"}, "2025-05-06"), "late")
    client = client_told("reader")
    assert [row["words"] for row in rows_of(client.get("/conditions/weeks.csv"))] == ["short"]
    marked(client_told, "late")
    assert rows_of(client.get("/conditions/weeks.csv")) == []
    assert len(rows_of(client.get("/conditions/weeks.csv?from=2024-01-01"))) == 2


def test_a_record_without_any_says_so(client_of: ClientOf) -> None:
    for path in ("/conditions/", "/negotiations/"):
        page = client_of("reader").get(path)
        assert page.status_code == 200
        assert "Nothing is told of this" in page.content.decode()
