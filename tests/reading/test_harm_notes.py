"""Harm in notes without verbs is read by the order of the words."""

from datetime import date

import pytest

from ascertain.model import Report
from ascertain.reading import read_report


def figures(text: str) -> list[tuple[str, str, int | None, str]]:
    """Outcome, group, low bound and words of the figures of a note."""
    claims = read_report(Report(id="note", text=text, published=date(2023, 6, 5))).claims
    return [(f.outcome, f.group, f.low, f.text) for claim in claims for f in getattr(claim, "figures", ())]


@pytest.mark.parametrize(
    ("note", "due"),
    [
        (
            "Fatalities: 9 (5 civilians, 4 soldiers).",
            [
                ("killed", "people", 9, "9"),
                ("killed", "civilians", 5, "5 civilians"),
                ("killed", "security_forces", 4, "4 soldiers"),
            ],
        ),
        (
            "Shoot-out in Villagrán. Dead: 5. Injured: 2.",
            [("killed", "people", 5, "5"), ("injured", "people", 2, "2")],
        ),
        (
            "21 Oct 2013: mine under a minibus near Kulp. Seven village guards and the driver killed.",
            [("killed", "security_forces", 7, "Seven village guards"), ("killed", "people", 1, "the driver")],
        ),
        ("Communal clash, Riyom. 17 killed both sides, 40 houses burnt.", [("killed", "people", 17, "17")]),
        ("Bus attacked near Kandhkot, driver and conductor wounded.", [("injured", "people", 1, "conductor")]),
        ("Ambush at Buni Yadi: 3 ISWAP killed.", [("killed", "combatants", 3, "3 ISWAP")]),
    ],
)
def test_harm_is_told_without_verbs(note: str, due: list[tuple[str, str, int, str]]) -> None:
    assert set(due) <= set(figures(note))


@pytest.mark.parametrize(
    "text",
    ["One in four Malians is displaced.", "Kenya's under-21 footballers were beaten in Kampala."],
)
def test_numbers_that_count_nobody_are_no_figures(text: str) -> None:
    assert not [figure for figure in figures(text) if figure[2] and figure[2] > 2]
