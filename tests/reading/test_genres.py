"""Genres: what a quiz, game, review, obituary, example or exercise says was done, was not done."""

from __future__ import annotations

import pytest

from ascertain.model import Report
from ascertain.reading import read_report

OTHER = (
    "Quiz: in which year did gunmen attack the Indian parliament, killing nine?",
    'Example: "Gunmen killed five farmers in Benue on Monday" should be coded as attack.',
    "Exercise Silent Lion: rebels seize the airfield and kill six; Blue Force counterattacks at dawn.",
    "Exercise note: at 0900 a truck bomb explodes at the gate, 12 dead.",
    "Level 7: rescue the hostages in Mosul and blow up the bridge. Difficulty: hard.",
    '"The Crossing" (Channel 4, 9 p.m.). In part two the rebels hang the governor and burn a village.',
    "Obituary: the colonel, who was wounded in Aden and taken prisoner twice, loved roses.",
    "The game lets you defend Aleppo. Militants kill 20 villagers if you are late.",
    "Code armed clash when at least one soldier is killed on each side.",
    "Imagine a drone hitting the market in Kharkiv: forty dead, and no ambulance.",
    "Weather for pilots, Bunia: lightning strikes likely, the usual bombardment of hail.",
)
REPORTS = (
    "Karachi cinema: three dead, 12 hurt in grenade attack.",
    "Market – two killed by mortar in Donetsk.",
    "Weather: floods killed 12 in Beira on Monday.",
    "Lesson learned: on 4 May a convoy was ambushed near Gao and two soldiers were killed.",
    "The game reserve's rangers were ambushed near Garamba on Friday; three were killed.",
    "The film had just begun when a bomb exploded in the cinema in Baghdad, killing 14 people.",
    "A bomb exploded at the war museum in Tripoli on Friday, killing two guards.",
)


@pytest.mark.parametrize("text", OTHER)
def test_texts_of_another_genre_hold_no_claims(text: str) -> None:
    assert read_report(Report(id="r", text=text)).claims == ()


@pytest.mark.parametrize("text", REPORTS)
def test_reports_of_what_was_done_at_such_places_are_read(text: str) -> None:
    assert read_report(Report(id="r", text=text)).claims
