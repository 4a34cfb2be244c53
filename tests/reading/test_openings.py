"""Openings: datelines and labels are no part of the sentence that they open."""

import pytest

from ascertain.model import Report
from ascertain.reading import read_report
from ascertain.reading.openings import of_dispatch, opening


@pytest.mark.parametrize(
    ("text", "proper"),
    [
        ("KHARTOUM, May 30 (Wire) - Gunmen stormed a base.", "Gunmen stormed a base."),
        ("TIKRIT, Iraq — A bomb killed four.", "A bomb killed four."),
        ("Goma – Two aid workers were shot dead.", "Two aid workers were shot dead."),
        ("5 Aug 2022: Clashes in the old town.", "Clashes in the old town."),
        ("Written answer by the Minister: We regret the attack.", "We regret the attack."),
        ("West Hills, 15–21 August: Settlers beat a shepherd.", "Settlers beat a shepherd."),
        ("4 March 2019 – a bus hit a mine.", "a bus hit a mine."),
    ],
)
def test_what_stands_before_the_dash_or_colon_is_left_out(text: str, proper: str) -> None:
    span = opening(text, (0, len(text)), capitals=False)
    assert span is not None
    assert text[span[1] :] == proper


@pytest.mark.parametrize(
    "text",
    [
        "Hezbollah – which denied it – fired rockets.",
        "Two men were killed - one of them a teacher.",
        "He had one wish: Peace.",
        "The self-defence group fled.",
    ],
)
def test_an_aside_or_a_clause_is_no_opening(text: str) -> None:
    assert opening(text, (0, len(text)), capitals=False) is None


def test_in_capitals_only_a_dash_after_a_date_opens() -> None:
    dated = "QUITO, 3 FEB 89 (WIRE) -- [TEXT] REBELS BURNED A BUS."
    assert opening(dated, (0, len(dated)), capitals=True) == (0, dated.index("REBELS"))
    assert opening("HE ADDED: REBELS BURNED A BUS.", (0, 30), capitals=True) is None


def test_the_day_of_a_dispatch_is_not_that_of_the_event() -> None:
    assert of_dispatch("LIMA, May 3 — ", (0, 14))
    assert not of_dispatch("3 May 1999: ", (0, 12))


def test_the_subject_after_a_dateline_acts() -> None:
    text = "TIKRIT, Iraq (Wire) — Gunmen attacked a checkpoint and killed four soldiers."
    claims = read_report(Report(id="r", text=text)).claims
    assert [a.text for claim in claims for a in getattr(claim, "actors", ()) if a.role == "perpetrator"] == ["Gunmen"]


def test_a_dateline_with_a_word_that_may_be_a_verb_is_left_out_of_the_sentence() -> None:
    text = "RAFAH, Gaza Strip — At least nine people, three of them children, were killed in a strike on Wednesday."
    (claim,) = read_report(Report(id="r", text=text)).claims
    assert [(f.group, f.low) for f in getattr(claim, "figures", ())] == [("people", 9), ("children", 3)]
