"""A number alone is of the people told before it, or of those who were attacked."""

from datetime import date

import pytest

from ascertain.model import Report
from ascertain.reading import read_report


def figures(text: str) -> list[tuple[str, str, int | None]]:
    """Outcome, group and low bound of the figures."""
    claims = read_report(Report(id="bare", text=text, published=date(2024, 6, 5))).claims
    return [(f.outcome, f.group, f.low) for claim in claims for f in getattr(claim, "figures", ())]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Police opened fire on demonstrators in Tripoli, wounding seven.", ("injured", "protesters", 7)),
        ("Rebels ambushed soldiers near Goma, killing 12.", ("killed", "security_forces", 12)),
        ("Militants shot dead four soldiers in Sinai and wounded two.", ("injured", "security_forces", 2)),
        ("Three villagers were killed in Baringo, one was injured.", ("injured", "civilians", 1)),
        ("Three policemen and two civilians were killed in Kandahar, eleven wounded.", ("injured", "people", 11)),
        (
            "Fourteen soldiers died in combat with guerrillas on Basilan; the rebels said they had lost five.",
            ("killed", "combatants", 5),
        ),
        ("Soldiers stormed the camp near Juba; the army lost 12 men in the battle.", ("killed", "security_forces", 12)),
        ("A convoy was hit near Chintalnar: 76 CRPF men killed, 7 wounded.", ("injured", "security_forces", 7)),
    ],
)
def test_a_bare_number_takes_a_group(text: str, due: tuple[str, str, int]) -> None:
    assert due in figures(text)


@pytest.mark.parametrize(
    "text",
    [
        "At least 61 people were killed in Hpakant, many of them cooks.",
        "Over 100 people were killed in Aleppo, the great majority of them on Friday.",
        "Eleven people, most of them women, were killed in Kaduna.",
    ],
)
def test_a_share_of_a_whole_is_no_figure(text: str) -> None:
    assert len(figures(text)) == 1


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Three soldiers were hit by shrapnel near Kupiansk.", ("injured", "security_forces", 3)),
        ("A teacher lost an arm when a mine exploded near Bal'ad.", ("injured", "people", 1)),
        ("There were no victims among the population in the shelling of Zouko.", ("killed", "people", 0)),
        ("Their deaths brought to 79 the number of people killed since the coup.", ("killed", "people", 79)),
    ],
)
def test_harm_in_other_words(text: str, due: tuple[str, str, int]) -> None:
    assert due in figures(text)


def test_the_number_of_people_killed_is_no_count() -> None:
    assert figures("The number of people killed in the attack on Bunia is not known.") == []
