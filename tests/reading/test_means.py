"""Means: the weapons that the words of a telling name."""

from __future__ import annotations

import pytest

from ascertain.reading.means import means_in


def named(text: str) -> tuple[str, ...]:
    return means_in(text, [(0, len(text))])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen threw a hand grenade into a shop.", ("grenade",)),
        ("Gunmen killed a teacher.", ("small_arms",)),
        ("A blast killed two people.", ("bomb",)),
        ("A roadside bomb went off.", ("ied",)),
        ("A suicide car bomber rammed the gate.", ("car_bomb",)),
        ("A warplane bombed the town.", ("aircraft",)),
        ("Tank fire killed a farmer.", ("tank",)),
        ("Police fired tear gas and rubber bullets.", ("tear_gas",)),
        ("They set fire to the church and beat the priest with sticks.", ("fire", "beating")),
        ("Troops entered the town without firing a shot.", ()),
    ],
)
def test_the_exact_word_wins_over_the_general_one(text: str, expected: tuple[str, ...]) -> None:
    assert named(text) == expected


def test_what_was_hit_is_no_means() -> None:
    text = "A missile hit two tanks."
    start = text.index("two tanks")
    assert means_in(text, [(0, len(text))], [(start, start + 9)]) == ("missile",)


def test_means_come_in_order_of_mention() -> None:
    assert named("Mortar fire and then drones killed six.") == ("mortar", "drone")


def test_a_pit_is_no_landmine_and_bearers_of_guns_name_no_means_beside_others() -> None:
    assert named("Gunmen killed four miners at a mine.") == ("small_arms",)
    assert named("The gunmen blew up two pylons.") == ("bomb",)
    assert named("Police fired tear gas shells.") == ("tear_gas",)
