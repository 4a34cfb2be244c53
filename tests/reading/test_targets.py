"""Targets: what an attack's words govern is a target; where it happened is not."""

from __future__ import annotations

from datetime import date

import pytest

from ascertain.model import EventClaim, Report, Target
from ascertain.reading import read_report


def hit(text: str) -> list[Target]:
    reading = read_report(Report(id="r", text=text, published=date(2023, 5, 8)))
    return [t for claim in reading.claims if isinstance(claim, EventClaim) for t in claim.targets]


def told(text: str) -> list[tuple[str, str, int | None, str | None]]:
    return [(t.text, t.type, t.count, t.damage) for t in hit(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells hit a market in Taiz, killing four people.", [("market", "market", 1, "hit")]),
        (
            "At least six people were killed in an air strike on a house belonging to the Haile family in Adwa.",
            [("house", "residential", 1, "hit")],
        ),
        (
            "Three people were wounded when a raid by Sudanese warplanes on the hospital collapsed its roof.",
            [("hospital", "healthcare", 1, "hit")],
        ),
        ("Guerrillas dynamited two power pylons near Jaffna.", [("two power pylons", "energy", 2, "destroyed")]),
        ("Gunmen set fire to 12 houses and a church in Plateau.", [("12 houses", "residential", 12, "damaged")]),
        ("Rebels shot down two helicopters over Bago on Friday.", [("two helicopters", "military", 2, "destroyed")]),
    ],
)
def test_the_object_of_an_attack_is_a_target(text: str, expected: list[tuple[object, ...]]) -> None:
    found = told(text)
    assert [(t[1], t[2]) for t in found][: len(expected)] == [(e[1], e[2]) for e in expected]


@pytest.mark.parametrize(
    "text",
    [
        "Two people were killed in an air strike in Dagahaley refugee camp on Monday.",
        "A drone strike on the road between Mekelle and Adigrat killed a driver.",
        "A shell fell near the school in Bakhmut, wounding a man.",
        "A policeman was shot dead outside his home in Derry.",
        "A wounded fighter died in hospital in Sittwe after the clash.",
    ],
)
def test_where_it_happened_is_no_target(text: str) -> None:
    assert told(text) == []


def test_a_camp_that_was_itself_attacked_is_a_target() -> None:
    assert [t.type for t in hit("Mortar shells hit a camp for displaced families near Goma, killing nine people.")] == [
        "displacement_site"
    ]


def test_a_house_in_a_camp_is_the_target_and_the_camp_is_not() -> None:
    text = "An air strike hit a three-storey house in the Ein el-Hilweh refugee camp, killing eight people."
    assert [(t.type, t.count) for t in hit(text)] == [("residential", 1)]


def test_storeys_are_not_counted_as_buildings() -> None:
    assert [t.count for t in hit("A missile hit a 12-storey building in Kharkiv, killing two people.")] == [1]


def test_those_killed_at_home_by_explosives_tell_of_the_house() -> None:
    assert [t.type for t in hit("Five members of a family were killed in an air strike in their home in Saada.")] == [
        "residential"
    ]


def test_whose_a_thing_is_decides_its_kind() -> None:
    assert [t.type for t in hit("Gunmen attacked the office of a relief agency in Wau and killed a guard.")] == ["aid"]
    assert [t.type for t in hit("Gunmen attacked a police post in Rask and killed a guard.")] == ["government"]
    assert [t.type for t in hit("The jets bombed rebel camps near Sirte, killing nine fighters.")] == ["military"]


def test_the_building_told_of_again_is_the_same_kind() -> None:
    text = "A jet bombed a house in Mosul, killing nine people. The building was destroyed in the strike."
    assert {t.type for t in hit(text)} == {"residential"}


def test_a_target_quotes_its_words() -> None:
    text = "Rockets struck a crowded market and two schools in Sloviansk, killing three people."
    assert all(text[slice(*t.span)] == t.text for t in hit(text))


@pytest.mark.parametrize(("one", "other"), [("Israeli", "Syrian"), ("Russian", "Ukrainian")])
def test_targets_do_not_depend_on_who_attacks(one: str, other: str) -> None:
    text = "{} forces shelled an apartment block and a clinic on Tuesday, killing seven people."
    assert [t.type for t in hit(text.format(one))] == [t.type for t in hit(text.format(other))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Two houses and a church were set ablaze in Kauru on Sunday.",
            [("Two houses", "residential", 2, "damaged"), ("church", "religious", 1, "damaged")],
        ),
        ("Three trucks were set on fire in Cauca by ELN rebels.", [("Three trucks", "vehicle", 3, "damaged")]),
        ("Raiders set ablaze 14 huts in Jonglei.", [("14 huts", "residential", 14, "damaged")]),
        ("Rioters burned down the governor's office in Osh.", [("governor's office", "government", 1, "destroyed")]),
        (
            "Four police stations were torched in Kano on Friday.",
            [("Four police stations", "government", 4, "damaged")],
        ),
        ("Ten shops were looted in Goma.", [("Ten shops", "commercial", 10, "hit")]),
    ],
)
def test_what_burns_is_damaged_unless_it_burns_down(text: str, expected: list[tuple[object, ...]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A lorry hit a landmine near Baidoa, killing six people.",
        "Their car drove over an anti-tank mine outside Kherson, killing three.",
        "Five soldiers died when their vehicle struck an improvised explosive device near Djibo.",
        "A minibus ran over a mine in Helmand, killing eleven passengers.",
        "A bomb went off under the pickup of an elder in Anbar, killing him.",
        "Gunmen stopped two buses near Nakuru and shot six passengers dead.",
    ],
)
def test_a_vehicle_that_meets_a_mine_or_gunmen_is_hit(text: str) -> None:
    assert [(t.type, t.damage) for t in hit(text)] == [("vehicle", "hit")]


def test_all_of_a_list_is_hit() -> None:
    found = told("Shelling damaged a school, two clinics and 14 homes in Stepanakert.")
    assert [(kind, count) for _, kind, count, _ in found] == [("school", 1), ("healthcare", 2), ("residential", 14)]


@pytest.mark.parametrize(
    "text",
    ["Three people were killed by gunfire in the city centre of Bangui.", "Troops shot two men in the port of Barawe."],
)
def test_the_middle_of_a_town_and_a_port_town_are_where(text: str) -> None:
    assert told(text) == []
