"""The countries that parties and peoples speak for."""

from __future__ import annotations

import pytest

from ascertain.model import Report
from ascertain.reading import read_report


def country_of(text: str) -> str | None:
    where = read_report(Report(id="r", text=text)).claims[0].where
    assert where is not None
    return where.country


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Somali forces killed ten al-Shabaab fighters in Wardhagli on Sunday.", "SO"),
        ("Murle youth killed four Dinka herders in Wernyolo on Friday.", "SS"),
        ("Koglweogo militiamen killed 12 villagers in Tangourba.", "BF"),
        ("Meitei gunmen shot dead two Kuki farmers in Thangbuh.", "IN"),
    ],
)
def test_parties_and_peoples_tell_the_country_of_an_unknown_place(text: str, country: str) -> None:
    assert country_of(text) == country


@pytest.mark.parametrize("place", ["Salar", "Birr"])
def test_a_small_town_on_another_continent_is_not_meant(place: str) -> None:
    assert country_of(f"Kenyan police said gunmen killed two teachers in {place} on Monday.") in ("KE", None)


def test_jets_say_nothing_about_the_country_that_they_strike() -> None:
    assert country_of("French jets bombed Tinzaouatane on Monday, killing six fighters.") != "FR"


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Gunmen killed one miner in a raid on Tuesday in Tibu, medics said.", "CO"),
        ("Two soldiers were killed in fighting in Tal Afar on Wednesday.", "IQ"),
    ],
)
def test_a_place_that_bears_the_name_of_a_people_does_not_speak_for_that_people(text: str, country: str) -> None:
    assert country_of(text) == country
