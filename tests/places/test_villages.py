"""Names that only an added gazetteer holds are places where words leave room for one, in a report of their country."""

from collections.abc import Iterator

import pytest

from ascertain.places import find_places, library
from ascertain.places.gazetteer import forget_opened
from ascertain.places.library import Order

from . import made

ROWS = (
    made.dump_row(900000001, "Zibaretekko", 14.31, -1.62),
    made.dump_row(900000002, "Koumadougou", 14.2, -1.5),
    made.dump_row(900000003, "Deh Nabala", 14.1, -1.4, alternates="ZBT,Hope"),
    made.dump_row(900000004, "Ibrahim", 14.0, -1.3),
    made.dump_row(900000005, "March", 13.9, -1.2),
    made.dump_row(900000006, "Hospital", 13.8, -1.1),
    made.dump_row(900000007, "Velmira Hospital", 13.7, -1.0, code="S.HSP"),
    made.dump_row(900000008, "Qarnazhivka", 49.1, 36.2, country="UA", admin1="07"),
    made.dump_row(900000010, "Tibaganru", 13.1, -1.9),
    made.dump_row(900000011, "Tibaganru", 11.1, 1.1),
    made.dump_row(900000009, "Sourakuy", 13.6, -1.1, population=1400),
)


@pytest.fixture(autouse=True, scope="module")
def _dump(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("villages")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASCERTAIN_DATA", str(folder / "data"))
        library.add(str(made.dump(folder, ROWS)), Order())
        yield
    forget_opened()


def of_dump(text: str, country: str | None = None) -> list[str]:
    """The words that are put at a place of the dump."""
    places = (mention.place for mention in find_places(text, country=country))
    return [place.text for place in places if place.id and place.id.startswith("geonames:9000")]


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen killed five people in Zibaretekko on Monday, officials in Burkina Faso said.",
        "Burkinabe soldiers were hit by a blast inside Zibaretekko.",
        "Residents of Zibaretekko buried nine people, the Burkinabe army said.",
        "Rebels in Burkina Faso said that they controlled Zibaretekko.",
        "Three shells fell on Zibaretekko, a Burkinabe officer said.",
        "Families fled from Zibaretekko at night, officials in Burkina Faso said.",
        "ZIBARETEKKO, March 3 (Wire) - Two people were killed in Burkina Faso, officials said.",
        "Zibaretekko was shelled for a third day, the Burkinabe army said.",
        "Zibaretekko, a village in the north of Burkina Faso, was quiet.",
        "Burkinabe police said that a bomb went off at Zibaretekko's main market.",
        "The governor said that Zibaretekko had fallen to the rebels, who hold half of Burkina Faso.",
        "Some 400 families from Zibaretekko have reached camps in Burkina Faso.",
        "Djibo is under siege. Two traders were killed in Zibaretekko.",
    ],
)
def test_a_bare_name_is_a_place_in_a_report_of_its_country(text: str) -> None:
    assert [name.casefold() for name in of_dump(text)] == ["zibaretekko"]


def test_members_of_a_list_are_places_with_its_first() -> None:
    text = "The army of Burkina Faso bombed Koumadougou, Zibaretekko and Deh Nabala."
    assert of_dump(text) == ["Koumadougou", "Zibaretekko", "Deh Nabala"]


def test_the_country_may_be_told_beside_the_text() -> None:
    text = "Two traders were shot dead in Zibaretekko. A convoy left Qarnazhivka."
    assert of_dump(text, country="BF") == ["Zibaretekko"]
    assert of_dump(text, country="UA") == ["Qarnazhivka"]


@pytest.mark.parametrize("country", ["Paraguay", "Ukraine", "Peru"])
def test_it_is_none_in_a_report_of_another_country(country: str) -> None:
    assert not of_dump(f"Gunmen killed five people in Zibaretekko and Sourakuy on Monday, officials in {country} said.")


@pytest.mark.parametrize(
    "text",
    [
        "Five people were killed in March, officials in Burkina Faso said.",
        "There is still hope in Burkina Faso. In Hope they trust.",
        "Two men died in Ibrahim's house, officials in Burkina Faso said.",
        "Two men died in Zibaretekko's house, officials in Burkina Faso said.",
        "Officials in Burkina Faso said that troops had attacked Ibrahim at dawn.",
        "According to Zibaretekko, Burkina Faso is at war.",
        "Police arrested Zibaretekko in Burkina Faso.",
        "Moussa Zibaretekko was shot in Burkina Faso. Few had trust in Zibaretekko.",
        "Doru Deh Nabala was shot in Burkina Faso. Few had trust in Deh Nabala.",
        "The Zibaretekko Foundation said that two were killed in Burkina Faso.",
        "Fighters in the Zibaretekko militia fled, the army of Burkina Faso said.",
        "Rebels of the ZBT were active in ZBT, the army of Burkina Faso said.",
        "The body of Zibaretekko was found in Burkina Faso.",
        "He was put in Hospital, officials in Burkina Faso said.",
    ],
)
def test_people_words_and_organisations_of_a_villages_name_are_no_places(text: str) -> None:
    assert not of_dump(text)


def test_a_given_name_is_a_village_only_after_the_surest_words() -> None:
    assert of_dump("Five people were killed near a well in Ibrahim, officials in Burkina Faso said.") == ["Ibrahim"]


def test_a_longer_name_is_not_cut_short_at_a_village() -> None:
    text = "Five people died in Tolminu Zibaretekko, officials in Burkina Faso said."
    assert not of_dump(text)
    assert "Tolminu Zibaretekko" in {mention.place.text for mention in find_places(text)}


def test_a_name_that_says_its_kind_needs_no_word_before_it_but_the_country() -> None:
    text = "Velmira Hospital took in nine wounded, officials in {} said."
    assert of_dump(text.format("Burkina Faso")) == ["Velmira Hospital"]
    assert not of_dump(text.format("Paraguay"))


def test_a_village_that_is_told_as_one_is_found_at_its_other_uses() -> None:
    text = "Gunmen entered the village of Zibaretekko, Burkina Faso. Since then Zibaretekko has been empty."
    assert of_dump(text) == ["Zibaretekko", "Zibaretekko"]


def test_a_name_in_another_country_keeps_its_words_as_an_unknown_place_does() -> None:
    text = "Gunmen killed five people in Zibaretekko on Monday, officials in Peru said."
    assert [mention.place.text for mention in find_places(text) if mention.place.lat is None] == ["Zibaretekko"]


def test_of_villages_of_one_name_that_lie_apart_the_one_near_the_other_places_is_meant_or_none() -> None:
    text = "Gunmen killed five people in Tibaganru, officials in Burkina Faso said."
    places = [mention.place for mention in find_places(text)]
    assert [(place.text, place.lat) for place in places if place.country is None] == [("Tibaganru", None)]
    near = find_places(f"{text} The wounded were brought to Kongoussi.")
    assert "geonames:900000010" in {mention.place.id for mention in near}
