"""People: noun phrases about people, with how many and of which group."""

from datetime import date

import pytest

from ascertain.model import Report
from ascertain.reading import read_report


def figures(text: str) -> list[tuple[str, int | None, int | None, str]]:
    """Words, bounds and group of every figure that is read in a text."""
    claims = read_report(Report(id="r", text=text, published=date(2024, 6, 5))).claims
    return [(f.text, f.low, f.high, f.group) for claim in claims for f in getattr(claim, "figures", ())]


@pytest.mark.parametrize(
    ("noun", "group"),
    [
        ("two aid workers", "aid_workers"),
        ("two ambulance drivers", "health_workers"),
        ("two gang members", "combatants"),
        ("two security guards", "security_forces"),
        ("two farmers", "people"),
        ("two villagers", "civilians"),
        ("two schoolgirls", "children"),
        ("two journalists", "journalists"),
        ("two members of the militia", "combatants"),
        ("two 9-year-olds", "children"),
        ("two demonstrators", "protesters"),
    ],
)
def test_the_group_is_that_of_the_whole_phrase(noun: str, group: str) -> None:
    found = figures(f"Soldiers killed {noun} near Bamenda.")
    if noun == "two ambulance drivers":
        assert found[0][:3] == (noun, 2, 2)
    else:
        assert found == [(noun, 2, 2, group)]


@pytest.mark.parametrize(
    ("text", "words", "group"),
    [
        ("A 17-year-old was killed in Soweto.", "A 17-year-old", "children"),
        ("A 40-year-old was killed in Soweto.", "A 40-year-old", "people"),
        ("Their three-week-old son was killed in Sumy.", "Their three-week-old son", "children"),
        ("Omar Said (less than a year old) was killed in Taiz.", "Omar Said", "children"),
        ("Omar Said (31 years old) was killed in Taiz.", "Omar Said", "people"),
        ("Ines Gomez, 9, was killed in Tumaco.", "Ines Gomez", "children"),
        ("Marie Wilton, a nurse, was killed in Belfast.", "Marie Wilton", "health_workers"),
        ("Judge Carla Diaz was murdered in Cali.", "Judge Carla Diaz", "people"),
        ("An infant was killed in Sana'a.", "An infant", "children"),
        ("His wife was killed in Sana'a.", "His wife", "women"),
    ],
)
def test_an_age_or_description_tells_the_group(text: str, words: str, group: str) -> None:
    assert [(w, g) for w, _, _, g in figures(text) if w.endswith(words)] == [(words, group)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Civilians were killed in an air strike on Tigray.", 2, None),
        ("An unknown number of civilians were killed in Tigray.", 2, None),
        ("Several civilians were killed in Tigray.", 2, None),
        ("Dozens of civilians were killed in Tigray.", 12, 24),
        ("Twin children were killed in Tigray.", 2, 2),
        ("A family of six was killed in Tigray.", 6, 6),
        ("The raid left 500 families homeless after shelling in Tigray.", 500, None),
        ("No one was killed in the shelling of Tigray.", 0, 0),
        ("Between eight and 10 people were killed in Tigray.", 8, 10),
    ],
)
def test_words_without_a_numeral_have_bounds(text: str, low: int | None, high: int | None) -> None:
    assert [(a, b) for _, a, b, _ in figures(text)] == [(low, high)]


@pytest.mark.parametrize(
    "text",
    [
        "Asked how many people had been killed in Pemba, he did not answer.",
        "One in four people was displaced by the war.",
        "They were killed on the road to Wau.",
        "The army shot down two warplanes over Kashmir.",
    ],
)
def test_questions_rates_pronouns_and_things_are_no_figures(text: str) -> None:
    assert figures(text) == []


def test_relatives_who_are_listed_are_each_counted() -> None:
    found = figures("A shell killed Adam Issa, his wife, his mother and four of his five children in Wau.")
    assert [w for w, *_ in found][:3] == ["Adam Issa", "his wife", "his mother"]


def test_a_name_after_a_relative_is_that_relative() -> None:
    assert [w for w, *_ in figures("His wife Amina was killed in Sebha.")] == ["His wife Amina"]


@pytest.mark.parametrize("digits", ["3", "12", "21", "40"])
def test_digits_and_words_read_alike(digits: str) -> None:
    words = {"3": "three", "12": "twelve", "21": "twenty-one", "40": "forty"}[digits]
    one, other = (figures(f"Mortars killed {number} fishermen near Hodeidah.") for number in (digits, words))
    assert [f[1:] for f in one] == [f[1:] for f in other] == [(int(digits), int(digits), "people")]


@pytest.mark.parametrize("party", ["Israeli", "Russian", "Ethiopian", "Turkish", "Colombian"])
def test_the_reading_does_not_depend_on_the_party(party: str) -> None:
    found = figures(f"{party} forces killed at least 13 people, including four children.")
    assert [f[1:] for f in found] == [(13, None, "people"), (4, 4, "children")]
