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
