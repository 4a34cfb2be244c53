"""What a verb tells of by what it is done to, by whom and where to."""

from __future__ import annotations

from datetime import date

import pytest

from ascertain.model import EventClaim, Report
from ascertain.reading import read_report


def types(text: str) -> list[str]:
    claims = read_report(Report(id="r", text=text, published=date(2017, 6, 5))).claims
    return [claim.type for claim in claims if isinstance(claim, EventClaim)]


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("M23 rebels took Bunagana.", "non_state_actor_overtakes_territory"),
        ("The Taliban seized Kunduz on Sunday.", "non_state_actor_overtakes_territory"),
        ("The army took back Konna from the Islamists.", "government_regains_territory"),
        ("Ethiopian federal forces captured Shire from the rebels.", "government_regains_territory"),
        ("Al Shabaab abandoned the town of El Bur.", "non_violent_transfer_of_territory"),
        ("Russian soldiers vacated their positions at Robotyne.", "non_violent_transfer_of_territory"),
        ("ISWAP fighters established a training camp near Kukawa.", "headquarters_or_base_established"),
        ("Chinese troops have built an outpost on the plateau at Doklam.", "headquarters_or_base_established"),
        ("The militia erected checkpoints along the Goma road.", "headquarters_or_base_established"),
        ("Haftar's forces moved towards Tripoli.", "ground_advance"),
        ("Houthi fighters are heading for Taiz.", "ground_advance"),
        ("Settlers uprooted 150 olive trees in Burin.", "looting_property_destruction"),
        ("Gunmen hijacked a truck near Bria.", "looting_property_destruction"),
        ("Firefighters pulled a girl alive from the rubble in Aleppo.", "rescue"),
        ("Soldiers found an IED on the road near Diapaga.", "disrupted_weapons_use"),
        ("The army found and destroyed two improvised explosive devices in Catatumbo.", "disrupted_weapons_use"),
        ("Gunmen snatched 35 students from their dormitory in Kebbi.", "abduction_forced_disappearance"),
        ("Armed men bundled an activist into a car in Dar es Salaam.", "abduction_forced_disappearance"),
        ("Police picked up three union leaders in Harare.", "arrests"),
        ("Police took eight activists into custody in Minsk.", "arrests"),
        ("Rebels captured a Jordanian pilot near Raqqa.", "abduction_forced_disappearance"),
        ("Gunmen made off with 200 cattle from Oursi.", "looting_property_destruction"),
        ("Unknown men set a church on fire in Niamey.", "looting_property_destruction"),
        ("Federal troops cleared Lalibela of rebel fighters.", "government_regains_territory"),
        ("Afghan forces abandoned their checkpoints in Shib Koh.", "non_violent_transfer_of_territory"),
        ("Troops seized 300 kg of explosives in Nairobi.", "disrupted_weapons_use"),
        ("A bridge collapsed in Morbi, killing 135.", "accident"),
        ("Twelve miners died when a shaft collapsed at a gold mine in Kolwezi.", "accident"),
    ],
)
def test_the_thing_that_a_verb_is_done_to_tells_what_it_means(sentence: str, due: str) -> None:
    assert types(sentence) == [due]


@pytest.mark.parametrize(
    "sentence",
    [
        "The charity set up a camp for refugees near Adré.",
        "The company opened a new headquarters in Nairobi on Monday.",
        "The minister moved towards a compromise in Lagos.",
        "Talks collapsed in Geneva on Monday.",
        "The chancellor came under fire from her own party in Berlin.",
        "The striker took Madrid by storm.",
    ],
)
def test_without_armed_people_or_a_thing_of_that_kind_nothing_is_told(sentence: str) -> None:
    assert types(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("Ethiopian forces seized a weapons cache of the Arakan Army in Kandahar on Sunday.", "disrupted_weapons_use"),
        ("Militiamen seized two coltan mines near Masisi.", "non_state_actor_overtakes_territory"),
        ("Herders destroyed farms and crops in Benue.", "looting_property_destruction"),
        ("Armed men broke into a clinic in Tigray and took away equipment.", "looting_property_destruction"),
        ("Pirates seized a cargo ship off Somalia.", "looting_property_destruction"),
    ],
)
def test_the_noun_itself_decides_before_what_it_counts(sentence: str, due: str) -> None:
    assert types(sentence) == [due]
