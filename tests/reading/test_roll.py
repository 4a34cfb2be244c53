"""Rolls of victims: those listed by name are told one by one."""

from ascertain.model import Report
from ascertain.reading import read_report


def named(text: str) -> list[tuple[str, str, int | None]]:
    """Words, group and whole of every person killed whom the text names."""
    claims = read_report(Report(id="r", text=text)).claims
    return [(f.text, f.group, f.part_of) for c in claims for f in getattr(c, "figures", ()) if f.outcome == "killed"]


def test_names_after_the_colon_of_a_roll_are_victims_and_the_places_before_it_are_not() -> None:
    text = (
        "Killed on 8 May by a bomb in the Reading Rooms of Enniskillen, County Fermanagh: William Marsh, 74; "
        "Ann Goult, 49; and Edward Ross, 5."
    )
    assert named(text) == [
        ("William Marsh", "people", None),
        ("Ann Goult", "people", None),
        ("Edward Ross", "children", None),
    ]


def test_a_count_before_names_is_their_whole() -> None:
    found = named("A strike killed three brothers, Ali Omar (12), Sami Omar (9) and Hadi Omar (4), in Taiz.")
    assert [name for name, _, _ in found] == ["three brothers", "Ali Omar", "Sami Omar", "Hadi Omar"]
    assert [whole for _, _, whole in found] == [None, 0, 0, 0]


def test_who_survived_is_on_no_roll() -> None:
    assert named("Those who survived were Ali Omar (12), Sami Omar (9) and Hadi Omar (4).") == []


def test_who_tells_of_the_dead_is_not_among_them() -> None:
    found = named("Rami Saleh said that a strike killed Ali Omar (12), Sami Omar (9) and Hadi Omar (4) in Taiz.")
    assert "Rami Saleh" not in [name for name, _, _ in found]
    assert len(found) == 3


def groups(text: str) -> dict[str, str]:
    """The group of everybody killed in a text, by the words."""
    return {words: group for words, group, _ in named(text)}


def test_sons_and_daughters_named_are_children_and_part_of_the_count() -> None:
    text = "A barrel bomb killed Rana Darwish and her two sons, Karim Darwish and Fadi Darwish, in Douma."
    assert named(text) == [
        ("Rana Darwish", "people", None),
        ("her two sons", "children", None),
        ("Karim Darwish", "children", 1),
        ("Fadi Darwish", "children", 1),
    ]


def test_sons_of_whom_one_is_grown_up_are_no_children_without_an_age() -> None:
    text = "Ahmed Noor was killed with his three sons: Bilal Noor (31), Sami Noor and Omar Noor (9), near Hodeidah."
    found = groups(text)
    assert found["his three sons"] == "people"
    assert (found["Bilal Noor"], found["Sami Noor"], found["Omar Noor"]) == ("men", "people", "children")


def test_a_grown_up_son_is_no_child() -> None:
    found = groups("A mine killed a herder and his son, 35-year-old Idris Deng, outside Abyei.")
    assert found["his son, 35-year-old Idris Deng"] == "men"


def test_a_relative_and_the_name_behind_are_one_person() -> None:
    found = named("A shell killed his mother-in-law, 54-year-old Olena Bondar, in Kherson.")
    assert found == [("his mother-in-law, 54-year-old Olena Bondar", "women", None)]


def test_a_doctor_among_daughters_is_no_child() -> None:
    found = groups("A strike killed Huda Amari and her two daughters, Dr Mona Amari and Rima Amari, in Sanaa.")
    assert found["Rima Amari"] == "children"
    assert "children" not in [group for words, group in found.items() if "Mona" in words]


def test_one_of_several_and_the_name_behind_are_one_person() -> None:
    found = named("One of the pupils, Ivan Koval, 9, was killed by a shell in Kharkiv.")
    assert [(group, part) for _, group, part in found] == [("children", None)]
    found = named("Two men were shot dead, while one of the wounded teachers, Grace Achieng, died in Wajir.")
    assert len(found) == 2


def test_a_counted_noun_after_and_is_told_beside_the_name_before_it() -> None:
    text = "Petro Koval's 6-year-old son Ivan Koval and two daughters Olena Koval and Maria Koval died in the shelling."
    assert [(words, group) for words, group, part in named(text) if part is None] == [
        ("Petro Koval's 6-year-old son Ivan Koval", "children"),
        ("two daughters", "children"),
    ]
