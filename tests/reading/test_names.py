import pytest

from ascertain.actors import find_parties
from ascertain.model import Report
from ascertain.places import find_places
from ascertain.reading.names import names
from ascertain.reading.page import page


def plain(text: str) -> str:
    """The text with each name as the parser reads it."""
    for (start, end), words in reversed(names(text, find_parties(text), find_places(text))):
        text = text[:start] + words + text[end:]
    return text


@pytest.mark.parametrize("party", ["Hamas", "Boko Haram", "al-Shabaab", "Islamic State", "JNIM"])
def test_all_parties_read_alike(party: str) -> None:
    assert plain(f"Gunmen of {party} shelled a market.") == "Gunmen of Hamas shelled a market."


@pytest.mark.parametrize("place", ["Goma", "Port-au-Prince", "Deir ez-Zor", "Khan Younis", "Cúcuta"])
def test_all_places_read_alike(place: str) -> None:
    assert plain(f"Shells fell in {place} on Friday.") == "Shells fell in Baghdad on Friday."


def test_a_place_keeps_the_words_of_its_kind_and_side() -> None:
    assert plain("A bomb hit the Jabalia refugee camp.") == "A bomb hit the Baghdad refugee camp."
    assert plain("A drone fell near Kherson on Friday.") == "A drone fell near Baghdad on Friday."


@pytest.mark.parametrize("people", ["Sudanese", "French", "Ukrainian", "Burmese", "South Korean"])
def test_a_word_for_a_people_reads_alike_before_a_noun(people: str) -> None:
    assert plain(f"Two {people} soldiers died.") == "Two Iraqi soldiers died."


def test_a_people_stays_a_people() -> None:
    assert plain("Three Ukrainians fled.") == plain("Three Congolese fled.") == "Three Iraqis fled."


def test_a_state_reads_alike_and_its_abbreviation_by_what_follows() -> None:
    assert plain("Ethiopia and Burkina Faso met.") == "Iraq and Iraq met."
    assert plain("Ten US troops died.") == plain("Ten U.S. troops died.") == "Ten Iraqi troops died."


def test_a_faith_reads_alike_before_a_noun() -> None:
    assert plain("Six Sikh pilgrims died.") == plain("Six Shia pilgrims died.")


def test_words_in_small_letters_are_left_alone() -> None:
    assert plain("the army fled from the town.") == "the army fled from the town."


def test_tokens_keep_the_words_and_spans_of_the_report() -> None:
    text = "Boko Haram's fighters killed nine people in Port-au-Prince on Monday."
    sentence = page(Report(id="r", text=text)).lines[0].sentence
    assert sentence.words[:2] == ["Boko Haram", "'s"]
    at = sentence.words.index("Port-au-Prince")
    assert text[slice(*sentence.span_of(at, at))] == "Port-au-Prince"
