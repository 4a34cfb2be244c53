"""What phrases without a name say of people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascertain.actors import describe
from ascertain.actors.nations import nations
from ascertain.actors.people import people_nouns

ADJECTIVES = sorted(word.lstrip("=") for nation in nations().values() for word in nation.adjectives)


@pytest.mark.parametrize(
    ("words", "kind", "armed", "group"),
    [
        ("suspected militants", "rebel_group", True, "combatants"),
        ("unidentified gunmen", "militia", True, "combatants"),
        ("bandits", "militia", True, "combatants"),
        ("armed men", "militia", True, "combatants"),
        ("armed herders", "militia", True, "combatants"),
        ("herders", "civilians", False, "people"),
        ("a 17-year-old student", "other", False, "children"),
        ("a 17-year-old", "civilians", False, "children"),
        ("her daughter, 8", "civilians", False, "children"),
        ("15 of them children", "civilians", False, "children"),
        ("two of whom were soldiers", "state_forces", True, "security_forces"),
        ("including children", "civilians", False, "children"),
        ("villagers", "civilians", False, "civilians"),
        ("settlers", "civilians", False, "civilians"),
        ("three police officers", "police", True, "security_forces"),
        ("a soldier", "state_forces", True, "security_forces"),
        ("rebel fighters", "rebel_group", True, "combatants"),
        ("gang members", "militia", True, "combatants"),
        ("former soldiers", "other", False, "people"),
        ("ex-soldiers", "other", False, "people"),
        ("a local militia", "militia", True, None),
        ("the army", "state_forces", True, None),
        ("students", "other", False, "people"),
        ("nurses", "civilians", False, "health_workers"),
        ("reporters", "civilians", False, "journalists"),
        ("aid workers", "civilians", False, "aid_workers"),
        ("a 12-year-old boy", "civilians", False, "children"),
        ("female journalists", "civilians", False, "women"),
        ("elderly residents", "civilians", False, "elderly"),
        ("protesters", "protesters", False, "protesters"),
        ("two Syrians", "other", False, "people"),
        ("a Colombian", "other", False, "people"),
        ("PALESTINIANS", "other", False, "people"),
        ("members of the security forces", "state_forces", True, "security_forces"),
        ("dozens of troops", "state_forces", True, "security_forces"),
        ("a group of armed men", "militia", True, "combatants"),
        ("at least 13 people", "other", False, "people"),
        ("as many as 40 civilians", "civilians", False, "civilians"),
        ("60 to 70 militants", "rebel_group", True, "combatants"),
        ("38 of its fighters", "rebel_group", True, "combatants"),
        ("Seventeen of our soldiers", "state_forces", True, "security_forces"),
        ("a family of six", "other", False, "people"),
        ("three children and their mother", "civilians", False, "children"),
        ("journalist Amina Yusuf, 34", "civilians", False, "journalists"),
        ("Dr. Adnan al-Khatib", "other", False, "people"),
        ("COLONEL JUAN PEREZ", "state_forces", True, "security_forces"),
        ("UN peacekeepers", "external_forces", True, "security_forces"),
        ("foreign troops", "external_forces", True, "security_forces"),
    ],
)
def test_a_phrase_says(words: str, kind: str, armed: bool, group: str | None) -> None:
    description = describe(words)
    assert description is not None
    assert (description.kind, description.armed, description.group) == (kind, armed, group)


@pytest.mark.parametrize(
    "words", ["the old bridge", "a police station", "POLICE STATION", "two homes", "poles", "", "of", "12"]
)
def test_a_phrase_without_people_says_nothing(words: str) -> None:
    assert describe(words) is None


@given(st.sampled_from(ADJECTIVES), st.sampled_from(ADJECTIVES), st.sampled_from(sorted(people_nouns())))
def test_swapping_two_peoples_changes_nothing(one: str, other: str, noun: str) -> None:
    assert describe(f"five {one} {noun}") == describe(f"five {other} {noun}")


@given(st.sampled_from(sorted(people_nouns())))
def test_a_description_is_that_of_its_noun(noun: str) -> None:
    description = describe(f"the {noun}")
    assert description is not None
    known = people_nouns()[noun]
    if description.head == noun:
        assert (description.kind, description.armed) == (known.kind, known.armed)


@given(st.text())
def test_any_text_may_be_described(words: str) -> None:
    description = describe(words)
    assert description is None or description.head


def test_the_table_is_broad() -> None:
    assert len(people_nouns()) > 2000


def test_adjectives_joined_before_one_noun_are_of_that_noun() -> None:
    for first in ("French", "Syrian", "Ukrainian", "Sudanese"):
        described = describe(f"{first} and Kurdish fighters")
        assert described is not None
        assert described.head == "fighters"
