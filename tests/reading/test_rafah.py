"""Every fact that a careful reader finds in one report, where the report is at hand (it is not part of the project)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ascertain.model import Claim, ConditionClaim, EventClaim, NegotiationClaim, Report, TollClaim
from ascertain.reading import read_report

FOLDER = Path(os.environ.get("ASCERTAIN_REPORTS", Path(__file__).parents[3] / "shared" / "reports"))
FILE = FOLDER / "rafah.txt"
pytestmark = pytest.mark.skipif(not FILE.exists(), reason=f"{FILE} is not there; set ASCERTAIN_REPORTS to its folder")


@pytest.fixture(scope="module")
def claims() -> tuple[Claim, ...]:
    return read_report(Report(id="rafah", text=FILE.read_text("utf-8"))).claims


@pytest.fixture(scope="module")
def events(claims: tuple[Claim, ...]) -> list[EventClaim]:
    return [claim for claim in claims if isinstance(claim, EventClaim)]


def test_the_strike_and_who_says_so(events: list[EventClaim]) -> None:
    (strike,) = (e for e in events if any(f.outcome == "killed" for f in e.figures))
    assert (strike.type, [s.kind for s in strike.said_by]) == ("air_drone_strike", ["medical"])
    assert [(f.group, f.low, f.high, f.part_of) for f in strike.figures] == [
        ("people", 13, None, None),
        ("children", 1, None, 0),
    ]
    assert strike.where is not None
    assert strike.where.text.startswith("Mesbah")
    assert [(t.type, t.count) for t in strike.targets] == [("residential", 2)]


def test_people_are_trapped(events: list[EventClaim]) -> None:
    assert any(f.outcome == "trapped" for event in events for f in event.figures)


def test_both_homes_were_destroyed_says_the_reporter_where_nothing_is_placed(
    claims: tuple[Claim, ...], events: list[EventClaim]
) -> None:
    (account,) = (e for e in events if any(s.kind == "journalist" for s in e.said_by))
    assert [(t.type, t.count, t.damage) for t in account.targets] == [("residential", 2, "destroyed")]
    assert all(claim.where is None or "Balah" not in claim.where.text for claim in claims)


def test_the_advance_and_what_residents_heard(events: list[EventClaim]) -> None:
    advance = next(e for e in events if e.type == "ground_advance" and "tank" in e.means)
    assert {"aircraft", "artillery"} <= set(advance.means)
    assert advance.where is not None
    assert advance.where.text == "northwest Rafah"
    assert any(s.kind == "resident" for e in events for s in e.said_by)


def test_shortages_talks_and_the_toll(claims: tuple[Claim, ...]) -> None:
    assert [(c.sector, c.severity) for c in claims if isinstance(c, ConditionClaim)] == [("general", "severe")]
    (talks,) = (c for c in claims if isinstance(c, NegotiationClaim))
    assert {a.text for a in talks.actors if a.role == "mediator"} == {"United States", "Qatar", "Egypt"}
    assert {a.text for a in talks.actors if a.role == "party"} == {"Israel", "Hamas"}
    assert (len(talks.issues), talks.status) == (2, "impasse")
    (toll,) = (c for c in claims if isinstance(c, TollClaim))
    assert [(f.outcome, f.low) for f in toll.figures] == [("killed", 1000), ("displaced", 1000)]
