"""Events that are no battle: crowds, crimes, accidents, weapons that were stopped."""

from __future__ import annotations

from datetime import date

import pytest

from ascertain.model import EventClaim, Report
from ascertain.reading import read_report


def types(text: str) -> list[str]:
    claims = read_report(Report(id="r", text=text, published=date(2024, 6, 5))).claims
    return [claim.type for claim in claims if isinstance(claim, EventClaim)]


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        (
            "Around 200 residents gathered in front of the governor's office in Basra to demand jobs.",
            "peaceful_protest",
        ),
        ("Hundreds of people turned out in Amman in solidarity with Gaza.", "peaceful_protest"),
        ("Inmates went on hunger strike in Turi prison, Ecuador.", "peaceful_protest"),
        ("Police fired water cannon at students demonstrating in Santiago.", "protest_with_intervention"),
        (
            "Two protesters died after police fired at a crowd in Juliaca.",
            "excessive_force_against_protesters",
        ),
        ("Protesters stormed the governor's office in Nasiriyah and set it ablaze.", "violent_demonstration"),
        (
            "Supporters of rival parties clashed with sticks and machetes in Freetown, injuring ten.",
            "mob_violence",
        ),
        ("Local residents in Kawangware stoned a suspect to death.", "mob_violence"),
        ("Two men were killed in a brawl outside a nightclub in Tbilisi.", "crime"),
        ("A drunk man shot and killed his neighbour in Chisinau over a parking dispute.", "crime"),
        ("A woman poisoned her husband in Patna, police said.", "crime"),
        ("A military helicopter crashed in Tarime, killing all four on board.", "accident"),
        ("A soldier was accidentally shot by a colleague while cleaning his weapon in Irbil.", "accident"),
        ("Five children drowned on Lake Kivu.", "accident"),
        ("The kidnapped priest was released in Jos after eight days.", "rescue"),
        ("Three abducted aid workers were set free in Kidal.", "rescue"),
        ("Helicopters fired on a village in Mopti, killing 3.", "air_drone_strike"),
        ("Houthi forces fired a ballistic missile at Marib.", "shelling_artillery_missile_attack"),
        ("Two female bombers detonated themselves in a market in Fotokol.", "suicide_bomb"),
        ("Gunmen opened fire on a Frontier Corps vehicle in Panjgur, killing two soldiers.", "armed_clash"),
        ("Afghan commandos killed 18 insurgents in Ghazni on Sunday night.", "armed_clash"),
        ("Militants opened fire on worshippers in Garissa, killing six.", "attack"),
    ],
)
def test_who_did_what_to_whom_tells_the_type(sentence: str, due: str) -> None:
    assert types(sentence) == [due]


@pytest.mark.parametrize(
    "sentence",
    [
        "Fans gathered in Lagos for the concert.",
        "We demand that the two students be freed.",
        "Landmines.",
        "The company collapsed in Nairobi last year.",
        "Investors pulled out $3 billion in Jakarta last week.",
    ],
)
def test_what_only_sounds_alike_is_no_event(sentence: str) -> None:
    assert types(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Kane shot wide before Saka fired home from close range.",
        "Tech shares plunged on Monday in New York.",
        "Historians believe that the emperor's army slaughtered tens of thousands in Merv.",
        "The museum displays a rifle used in the Battle of Isandlwana.",
        "The number of murders in Cape Town rose by 6 per cent last year, police figures show.",
        "Prosecutors asked for life in prison for the man who shot the mayor six years ago.",
        "She was shot in black and white by a famous photographer.",
        "The old bridge in Lyon was demolished to make way for a new one.",
        "Veterans laid wreaths on Friday to remember the 4,400 soldiers who died on the beaches of Normandy.",
        "North Korea paraded new rockets on Sunday.",
    ],
)
def test_sport_markets_memory_and_courts_tell_no_news(sentence: str) -> None:
    assert types(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("Tuareg rebels engaged Malian soldiers at Tinzaouaten.", "armed_clash"),
        ("Seven soldiers and twenty insurgents were killed near Tillabéri on Friday.", "armed_clash"),
        ("Six persons were killed in a barrel-bomb attack on Saraqib.", "air_drone_strike"),
        ("Students hurled petrol bombs at officers in Athens.", "violent_demonstration"),
        ("On 3 October 2016 the Taliban seized Kunduz.", "non_state_actor_overtakes_territory"),
    ],
)
def test_sides_hyphens_and_days_are_minded(sentence: str, due: str) -> None:
    assert types(sentence) == [due]
