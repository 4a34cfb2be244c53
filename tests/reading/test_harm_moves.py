"""People on the move, and people led away, told without a word of flight or abduction."""

from __future__ import annotations

from datetime import date

import pytest

from ascertain.model import EventClaim, Report, TollClaim
from ascertain.reading import read_report


def displaced(text: str) -> list[int | None]:
    claims = read_report(Report(id="t", text=text, published=date(2024, 6, 5))).claims
    return [
        figure.low if figure.low is not None else figure.high
        for claim in claims
        if isinstance(claim, (EventClaim, TollClaim))
        for figure in claim.figures
        if figure.outcome == "displaced"
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("58,940 people have crossed the Lurio into Nampula province since 8 February.", 58940),
        ("Nearly 200,000 people have left South Waziristan since 15 October.", 200000),
        ("More than 4,000 families have crossed the border into Chad since fighting began in April.", 4001),
        ("Aid workers in Mweso say some 85,000 have walked past them since the first of October.", 85000),
        ("The war has driven more than two million people from their homes.", 2000001),
    ],
)
def test_people_who_leave_in_numbers_are_displaced(text: str, count: int) -> None:
    assert displaced(text) == [count]


@pytest.mark.parametrize(
    "text",
    [
        "Some 3,000 tourists have left Kenya since January.",
        "Around 20,000 fans left the stadium after a bomb threat on Sunday.",
        "Two people have left the camp since the attack on Monday.",
        "More than 400 members have left the party since the killing of its founder in May.",
    ],
)
def test_travellers_crowds_and_members_who_leave_are_not_displaced(text: str) -> None:
    assert displaced(text) == []


def abducted(text: str) -> list[tuple[str, str]]:
    claims = read_report(Report(id="t", text=text, published=date(2024, 6, 5))).claims
    return [
        (claim.type, figure.text)
        for claim in claims
        if isinstance(claim, EventClaim)
        for figure in claim.figures
        if figure.outcome == "abducted"
    ]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Police then drove 17 students away in patrol cars.", "17 students"),
        ("Gunmen took the priest from his house in Kaduna on Sunday.", "the priest"),
        ("Two teachers were taken from their school in Jolo by armed men on 3 May.", "Two teachers"),
        ("Soldiers dragged three youths out of their beds in Nabi Saleh on Tuesday.", "three youths"),
        ("Four brothers from Yengija were led off by militiamen on 1 September.", "Four brothers"),
    ],
)
def test_people_led_away_from_where_they_live_are_abducted(text: str, who: str) -> None:
    assert abducted(text) == [("abduction_forced_disappearance", who)]


@pytest.mark.parametrize(
    "text",
    [
        "The wounded were taken from the market to hospital in Kabul.",
        "Rescuers pulled a girl from the ruins of a house in Aleppo on Friday.",
        "Raiders drove off some 1,200 head of cattle near Pibor on Sunday.",
        "The ferry took off 443 sick on 6 April.",
        "The army took the village from the rebels on Friday.",
    ],
)
def test_patients_cattle_and_villages_are_not_abducted(text: str) -> None:
    assert abducted(text) == []


def test_people_led_away_in_a_sentence_of_its_own_are_an_event_of_its_own() -> None:
    text = "On 3 May police in Iguala opened fire on a bus. Four people died there. Police then drove 17 students away."
    claims = read_report(Report(id="t", text=text, published=date(2024, 6, 5))).claims
    assert [claim.type for claim in claims if isinstance(claim, EventClaim)][-1] == "abduction_forced_disappearance"
    assert abducted(text) == [("abduction_forced_disappearance", "17 students")]
