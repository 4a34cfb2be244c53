"""Totals: the number of those whom "the dead" and the like sum up."""

from __future__ import annotations

from datetime import date

import pytest

from ascertain.model import EventClaim, Report
from ascertain.reading import read_report


def figures(text: str) -> list[tuple[str, int | None, int | None]]:
    reading = read_report(Report(id="r", text=text, published=date(2023, 5, 8)))
    claims = [claim for claim in reading.claims if isinstance(claim, EventClaim)]
    return [(figure.outcome, figure.low, figure.high) for claim in claims for figure in claim.figures]


@pytest.mark.parametrize(
    ("text", "outcome", "low", "high"),
    [
        ("A bomb hit a bus near Qalat on Monday. Hospital staff said the dead numbered 16.", "killed", 16, 16),
        ("Shells fell on Aden on Monday. The dead numbered at least 40, medics said.", "killed", 40, None),
        ("Fatalities totalled 12 in the raid on Kiwanja on Monday, the army said.", "killed", 12, 12),
        ("Clashes shook Malakal on Monday; by nightfall the injured numbered 57.", "injured", 57, 57),
        ("A bomb hit a bus near Qalat on Monday. The wounded, 20 in all, were taken to hospital.", "injured", 20, 20),
        ("A bomb hit a bus in Cali. The injured, nine in total, were rushed to a clinic.", "injured", 9, 9),
    ],
)
def test_the_number_of_the_dead_or_hurt_may_stand_behind_them(
    text: str, outcome: str, low: int, high: int | None
) -> None:
    assert figures(text) == [(outcome, low, high)]


@pytest.mark.parametrize("who", ["injured", "wounded", "dead"])
def test_those_hurt_are_no_single_person(who: str) -> None:
    text = f"A bomb hit a bus near Qalat on Monday. The {who} were taken to the hospital in the town."
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("Three soldiers fell in an ambush near Tessalit on Monday.", 3),
        ("Two of our fighters fell in battle at Afrin on Monday, the group said.", 2),
        ("Rebels said ten of their men had fallen in the fighting for Laiza.", 10),
        ("Seven guardsmen fell in combat outside Huliaipole.", 7),
    ],
)
def test_those_who_fall_in_a_fight_are_killed(text: str, low: int) -> None:
    assert figures(text) == [("killed", low, low)]


@pytest.mark.parametrize(
    "text",
    [
        "The patrol fell into an ambush near Laiza on Monday.",
        "The town fell after days of fighting on Monday.",
        "Two villages fell in the fighting on Monday.",
        "The government fell amid fighting in the capital.",
    ],
)
def test_what_falls_otherwise_is_not_killed(text: str) -> None:
    assert figures(text) == []
