"""Words of violence that mean something else."""

import datetime as dt

import pytest

from ascertain.model import EventClaim, Report
from ascertain.reading import read_report

PUBLISHED = dt.date(2024, 6, 5)


@pytest.mark.parametrize(
    "text",
    [
        "The striker shot from 20 metres and the goalkeeper was beaten; the champions were never under attack.",
        "Shares in the drone maker exploded on Tuesday after investors cheered its quarterly sales.",
        "The film, shot in Ceuta, opens with a bombing scene that left the audience in silence.",
        "A price war between supermarkets in Lagos claimed its first victims on Monday.",
        "The average age of murder victims in Cape Town fell from 34 to 31 last year, according to a study.",
        "The visitors shot down the champions' hopes in Lagos on Sunday with two late strikes.",
        "The battle of 18 June 1815 left tens of thousands of men dead.",
        "Hurricane warnings were issued for Florida on Monday.",
        "The army trained with dummy bombs in Nevada on Tuesday.",
        "Forecasters said the hurricane would bring showers and gusts to the coast on Sunday.",
        "The film tells how a gunman killed 12 people in a school.",
        "On the highest difficulty of the console game your troops must bomb the bridge before the timer runs out.",
        "One in four nurses in Lima thinks of surrendering her licence, a survey finds.",
        "Police held a security drill in Nairobi on Monday in which gunmen seized forty hostages.",
    ],
)
def test_what_only_sounds_like_violence_is_no_claim(text: str) -> None:
    assert not read_report(Report(id="r", text=text, published=PUBLISHED)).claims


def test_a_bomb_at_a_match_is_an_event() -> None:
    text = "A bomb exploded outside the stadium in Maiduguri as fans left the match on Monday, killing five people."
    (claim,) = read_report(Report(id="r", text=text, published=PUBLISHED)).claims
    assert isinstance(claim, EventClaim)
    assert claim.figures[0].low == 5


@pytest.mark.parametrize(
    "text",
    [
        "The militia handed over the bodies of two hostages under the deal.",
        "The bodies of 12 soldiers were returned to their families on Monday.",
        "The M23 pulled out of talks in Luanda on Tuesday.",
        "Rebels withdrew from the peace process on Monday.",
        "The group handed over 12 prisoners to the Red Cross.",
    ],
)
def test_what_is_handed_back_or_left_without_giving_up_ground_is_no_event(text: str) -> None:
    claims = read_report(Report(id="r", text=text, published=PUBLISHED)).claims
    assert not [claim for claim in claims if isinstance(claim, EventClaim)]


@pytest.mark.parametrize(
    "text",
    [
        "The M23 pulled out of Walikale on Tuesday.",
        "The army withdrew from Babanusa after talks.",
        "The rebels handed over the town of Bria to peacekeepers.",
    ],
)
def test_ground_that_is_left_or_handed_over_is_an_event(text: str) -> None:
    (claim,) = read_report(Report(id="r", text=text, published=PUBLISHED)).claims
    assert getattr(claim, "type", None) == "non_violent_transfer_of_territory"


def test_an_office_that_is_taken_up_is_not_seized() -> None:
    claims = read_report(Report(id="r", text="Gunmen shot dead the mayor days after he took office.")).claims
    assert [getattr(claim, "type", None) for claim in claims] == ["attack"]
