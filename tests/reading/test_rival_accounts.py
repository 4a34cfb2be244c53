"""Rival accounts: what several speakers tell of one event, each a claim with its speaker."""

import datetime as dt

import pytest

from ascertain.model import EventClaim, Report
from ascertain.reading import read_report


def voices(text: str) -> list[tuple[list[str], str, list[int | None]]]:
    """Speakers, modality and lowest counts of each claim of the one event of a text."""
    claims = read_report(Report(id="r", text=text, published=dt.date(2024, 6, 5))).claims
    told = [claim for claim in claims if isinstance(claim, EventClaim)]
    assert len({claim.event for claim in told}) == 1
    return [([s.text for s in c.said_by], c.modality, [f.low for f in c.figures]) for c in told]


@pytest.mark.parametrize(
    ("text", "speakers", "count"),
    [
        (
            "Gunmen killed 40 people in Diffa on Monday by the government's count, and 61 according to local sources.",
            ["local sources"],
            61,
        ),
        (
            "The raid on Tessit left 12 dead, according to the army, and 20 according to a local hospital.",
            ["local hospital"],
            20,
        ),
        (
            "Bandits killed 30 people in Zamfara, police said, while villagers told a paper it was nearer 70.",
            ["villagers"],
            70,
        ),
        (
            "A bomb exploded in Kano on Monday. Police said 12 people were killed; a hospital gave seventeen dead.",
            ["hospital"],
            17,
        ),
        (
            "Militants raided a village in Sokoto. The governor said five farmers were killed, while residents"
            " said eight had died.",
            ["residents"],
            8,
        ),
        (
            "Troops and rebels fought near Sittwe. The army said it had killed 30 rebels; the rebels said they"
            " had lost five.",
            ["rebels"],
            5,
        ),
    ],
)
def test_each_count_of_one_sentence_is_of_its_own_speaker(text: str, speakers: list[str], count: int) -> None:
    last = voices(text)[-1]
    assert last == (speakers, "asserted", [count])


@pytest.mark.parametrize(
    ("words", "speaker", "count"),
    [
        ("A rescue official told the BBC it was closer to thirty.", "rescue official", 30),
        ("The number was nearer to twenty, a nurse said.", "nurse", 20),
    ],
)
def test_a_sentence_without_harm_counts_those_killed_in_the_one_before(words: str, speaker: str, count: int) -> None:
    text = f"A bomb went off in a mosque in Quetta on Tuesday, killing 12. {words}"
    assert voices(text)[-1] == ([speaker], "asserted", [count])


@pytest.mark.parametrize(
    ("words", "speakers", "how"),
    [
        ("The Houthis said no such thing happened.", ["Houthis"], "denied"),
        ("Damascus called the report an absolute lie.", ["Damascus"], "denied"),
        ("The junta says it knows nothing of it.", ["junta"], "denied"),
        ("Islamic State said it did it.", ["Islamic State"], "asserted"),
        ("Nobody has owned up to it, but suspicion falls on al Qaeda.", [], "alleged"),
    ],
)
def test_who_owns_or_disowns_an_event_goes_on_about_it(words: str, speakers: list[str], how: str) -> None:
    assert voices(f"A car bomb killed six people in Taiz on Sunday. {words}")[-1] == (speakers, how, [])


def test_what_one_speaker_tells_in_two_clauses_is_one_claim() -> None:
    text = "Police said gunmen killed nine people in Jos on Monday and that three others were injured."
    assert voices(text) == [(["Police"], "asserted", [9, 3])]
