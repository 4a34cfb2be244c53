"""What a clause stands in that makes its event no news."""

import datetime as dt

import pytest

from ascertain.model import Report
from ascertain.reading import read_report

PUBLISHED = dt.date(2024, 6, 5)


def _claims(text: str) -> tuple[str, ...]:
    return tuple(claim.kind for claim in read_report(Report(id="r", text=text, published=PUBLISHED)).claims)


@pytest.mark.parametrize(
    "text",
    [
        "The novel tells of a nurse in Osh whose brother is killed by a soldier.",
        "In the second episode, gunmen take forty hostages in a bank in Bogotá.",
        "A court in Kigali sentenced a farmer to 20 years in prison for killing two neighbours.",
        "The new law bans shooting at boars within 300 metres of a village.",
        "Hippos kill about 500 people a year in Africa, the museum says.",
        "The siege of the town in 1812 cost 4,000 people their lives; many were killed by shells.",
        "The city laid flowers on Monday, 40 years after the bombing in which nine people were killed.",
        "The violinist Ana Petrova died of cancer in Plovdiv on Monday.",
        "The sculptor Ibrahim Sow, 81, died on Friday in Dakar.",
        "The state rescued the shipyard in Gdynia on Tuesday with a loan.",
        "Ministers clashed in Lusaka on Friday over the reform of pensions.",
        "The dollar took a beating in Ankara on Wednesday.",
        "The army of Chile will buy 12 howitzers from a maker in Seoul, the ministry said on Monday.",
    ],
)
def test_what_is_told_in_another_frame_is_no_claim(text: str) -> None:
    assert not _claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "The novelist Daria Kos was killed by a sniper in Kramatorsk on Tuesday.",
        "A missile struck the museum in Kupiansk on Monday, killing a guard.",
        "Gunmen attacked a football match in Owerri on Sunday and killed two players.",
        "Militants killed a judge and wounded two guards in Quetta on Monday.",
        "Thousands marched in Tbilisi on Saturday against the bill.",
        "On the anniversary of the coup, police shot two students dead in Khartoum.",
        "Two soldiers were killed on Monday in an ambush near Djibo, five years after the war began.",
    ],
)
def test_an_event_beside_such_words_stays_a_claim(text: str) -> None:
    assert "event" in _claims(text)


def test_a_day_long_past_is_recorded_and_a_year_long_past_is_remembered() -> None:
    def claims(text: str) -> int:
        return len(read_report(Report(id="r", text=text, published=dt.date(2024, 1, 1))).claims)

    assert claims("12 March 1991: Shining Path gunmen killed three peasants in Ayacucho.") == 1
    assert claims("In 1991 Shining Path gunmen killed three peasants in Ayacucho.") == 0
    assert claims("On 6 June 1944 gunners killed three peasants in Normandy.") == 0


def test_what_talks_are_about_is_no_event() -> None:
    text = "Talks in Cairo remained deadlocked over the withdrawal of Israeli forces and the release of hostages."
    assert [claim.kind for claim in read_report(Report(id="r", text=text)).claims] == ["negotiation"]


def test_what_a_court_jails_somebody_for_is_no_event() -> None:
    text = "A court in Koblenz jailed a colonel for killing 27 prisoners in Damascus."
    assert read_report(Report(id="r", text=text)).claims == ()
