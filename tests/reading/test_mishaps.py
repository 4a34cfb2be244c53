"""Fires, falls, collisions, quakes, robberies, escapes and deaths in cells; what courts hear of."""

from __future__ import annotations

from datetime import date

import pytest

from ascertain.model import EventClaim, Report
from ascertain.reading import read_report


def events(text: str) -> list[EventClaim]:
    claims = read_report(Report(id="r", text=text, published=date(2024, 6, 5))).claims
    return [claim for claim in claims if isinstance(claim, EventClaim)]


def types(text: str) -> list[str]:
    """The types of the events of a text, each once."""
    return list(dict.fromkeys(event.type for event in events(text)))


@pytest.mark.parametrize(
    "sentence",
    [
        "A ferry carrying 120 passengers sank off Zanzibar on Tuesday, leaving at least 31 people dead.",
        "At least 19 people drowned when an overcrowded boat capsized on Lake Volta on Sunday.",
        "A gold mine collapsed near Siguiri in Guinea on Saturday, killing 15 people.",
        "Nine miners were trapped underground after a shaft gave way in Zacatecas.",
        "A bus veered off a mountain road and plunged into a ravine in Nepal, killing 24 passengers.",
        "Twelve pilgrims were crushed to death in a stampede at a temple in Haridwar.",
        "A freight train derailed outside Larissa, injuring 40 people.",
        "A cyclist was killed on Monday when he was hit by a lorry in Camden.",
        "A pensioner died after being struck by a tram in Gdansk on Friday.",
        "Two students were knocked down and killed by a speeding minibus in Mombasa.",
        "A toddler died after falling from a third-floor balcony in Leeds.",
        "A window cleaner fell to his death from a tower block in Dubai on Thursday.",
        "A Spanish mountaineer plunged to his death on Nanga Parbat.",
        "A fire destroyed a textile warehouse in Karachi early on Monday.",
        "A blaze gutted a nightclub in Bangkok, killing 14 revellers.",
        "The town's only cinema was destroyed by fire on Saturday night.",
        "A mosque in Bradford was badly damaged in a fire on Wednesday.",
        "The old town hall caught fire on Sunday and burned to the ground.",
        "Six patients died when fire swept through a hospital ward in Baghdad.",
        "A hotel went up in flames in Nairobi, and three guests were injured.",
        "Police are treating a fire that gutted a furniture store in Cork as suspicious.",
        "A gas explosion flattened a block of flats in Magnitogorsk, killing 39 residents.",
        "An apartment building collapsed in Mumbai on Monday, killing 11 people.",
        "A light plane crashed into a field near Toowoomba, killing the pilot.",
        "A hit-and-run driver killed a nurse in Phoenix on Saturday.",
    ],
)
def test_what_nobody_meant_to_do_is_an_accident(sentence: str) -> None:
    assert events(sentence)[0].type == "accident"


@pytest.mark.parametrize(
    "sentence",
    [
        "A 6.4-magnitude earthquake struck central Croatia on Tuesday, killing seven people.",
        "The tremor jolted the town of Petrinja and injured 26 people.",
        "A cyclone slammed into the coast of Mozambique, killing 12 people and flattening hundreds of homes.",
        "A wildfire swept through the town of Mati in Greece on Monday, killing 104 people.",
        "Flash floods killed at least 40 people in eastern Kentucky.",
        "A landslide buried a village in Papua New Guinea on Friday, killing dozens.",
        "Two skiers were killed by an avalanche near Zermatt.",
        "A volcano erupted in Guatemala on Sunday, killing 25 people.",
        "A tornado ripped through Mayfield in Kentucky, killing 22 people.",
        "Three farm workers were struck by lightning and killed in Odisha.",
    ],
)
def test_what_nature_does_is_a_natural_disaster(sentence: str) -> None:
    assert events(sentence)[0].type == "natural_disaster"


@pytest.mark.parametrize(
    "sentence",
    [
        "Four masked robbers held up a bank in Marseille on Monday and made off with 200,000 euros.",
        "Thieves stole paintings worth 5 million euros from a museum in Rotterdam.",
        "Armed robbers burst into a jewellery shop in Antwerp and stole watches and rings.",
        "Burglars broke into a villa in Nice and stole gems worth two million euros.",
        "A man strangled his wife in Porto on Saturday, police said.",
    ],
)
def test_what_is_done_for_gain_or_in_private_is_crime(sentence: str) -> None:
    assert events(sentence)[0].type == "crime"


@pytest.mark.parametrize(
    "sentence",
    [
        "Police in Zagreb arrested a singer on suspicion of drunk driving on Sunday.",
        "The striker was arrested for driving under the influence in Malaga.",
    ],
)
def test_arrests_by_the_police_are_arrests(sentence: str) -> None:
    assert events(sentence)[0].type == "arrests"


@pytest.mark.parametrize(
    "sentence",
    [
        "Two inmates escaped from a prison in Tallahassee on Sunday.",
        "A drug lord hanged himself in his cell in Medellin on Tuesday, hours after his arrest.",
        "A remand prisoner committed suicide in a jail in Pune on Monday.",
        "Nearly 200 inmates broke out of a jail in Butembo.",
        "A former mayor was found dead in his prison cell in Palermo.",
    ],
)
def test_escapes_and_deaths_in_cells_are_other(sentence: str) -> None:
    assert events(sentence)[0].type == "other"


@pytest.mark.parametrize(
    "sentence",
    [
        "A teenager was stabbed to death outside a school in Croydon on Friday.",
        "A gunman opened fire at a school in Kazan on Tuesday, killing seven pupils.",
        "A former student shot dead three classmates at a college in Tampere.",
        "A sacked driver shot and killed his manager at a depot in Dallas.",
        "A Lyon man has been charged with the murder of his two sisters, who were found dead on Sunday.",
        "A man was convicted on Tuesday of the 1998 murder of Elena Petrova in Plovdiv.",
        "A Nebraska woman has been charged in the 1984 slayings of two students at a motel in Lincoln.",
        "A judge sentenced the man who killed five people at a newspaper office in Annapolis to life in prison.",
        "A jury found Peter Novak guilty of murdering Jana Kralova in May 2012.",
    ],
)
def test_killings_are_told_also_where_a_court_hears_of_them(sentence: str) -> None:
    assert events(sentence)[0].type in ("attack", "crime")
    assert any(figure.outcome == "killed" for figure in events(sentence)[0].figures)


def test_what_somebody_is_convicted_of_happened_when_it_is_told_to_have() -> None:
    claim = events("A man was convicted on Tuesday of the 1998 murder of Elena Petrova in Plovdiv.")[0]
    assert (claim.modality, claim.when and str(claim.when.start)) == ("asserted", "1998-01-01")


def test_the_fire_of_guns_is_no_blaze() -> None:
    for sentence in (
        "Tank fire destroyed two houses in Rafah on Monday.",
        "Two farmers were hit by helicopter fire near Sinjar.",
        "Rebel fire killed three soldiers outside Bria on Friday.",
    ):
        assert all(claim.type != "accident" for claim in events(sentence))


def test_a_fire_that_an_attack_sparks_is_part_of_it() -> None:
    text = "Rockets hit a market in Kharkiv on Sunday, killing four people. The fire destroyed 20 stalls."
    assert [claim.type for claim in events(text)] == ["shelling_artillery_missile_attack"]


def test_prisoners_whom_attackers_set_free_make_no_event_of_their_own() -> None:
    text = "Gunmen attacked the prison in Kuje on Tuesday, killing two cooks; 600 inmates escaped."
    assert [claim.type for claim in events(text)] == ["attack"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Road deaths fell from 310 to 280 last year.",
        "The actress died at home in Madrid at the age of 91.",
        "A court in Graz sentenced a man of 40 to 15 years in prison for killing his former wife.",
        "The minister came under fire over the price of bread.",
        "The champion escaped from a bunker on the last hole.",
        "Shares in the insurer fell sharply after the quake killed its chances of a merger.",
    ],
)
def test_figures_of_speech_and_quiet_deaths_are_none(sentence: str) -> None:
    assert events(sentence) == []


def test_a_month_s_name_before_an_event_is_no_march() -> None:
    text = "He received a life sentence for a March 2015 shooting spree in a Tbilisi courthouse that left three dead."
    assert "peaceful_protest" not in [claim.type for claim in events(text)]


def test_a_driver_who_fled_is_in_an_accident_whatever_the_charge() -> None:
    text = "A Bonn man has been charged with murder in a hit-and-run that killed a woman outside a store."
    assert [claim.type for claim in events(text)] == ["accident"]


@pytest.mark.parametrize(
    "text",
    [
        "A bus full of travellers hit a landmine near Goma on Monday.",
        "A police pick-up hit a landmine in Fada Ngourma on Monday.",
        "A truck ran over a mine near Kidal on Monday, killing four.",
        "A tractor drove over an explosive device in Marib on Monday, killing the driver.",
        "A parked car exploded in Bunia on Monday, killing two people.",
        "The explosion of a parked car in Kabul on Monday killed two people.",
    ],
)
def test_a_vehicle_that_hits_a_mine_or_blows_up_is_no_accident(text: str) -> None:
    assert types(text) == ["remote_explosive_landmine_ied"]


def test_what_collapses_after_a_strike_is_of_the_strike() -> None:
    assert types("An air strike hit a school in Idlib. The building collapsed, a neighbour said.") == [
        "air_drone_strike"
    ]
    assert types("Rebels shelled Aden. A building collapsed in Cairo, killing six.")[-1] == "accident"


def test_the_weapons_that_armed_groups_seize_are_loot() -> None:
    assert types("Rebels seized weapons from the barracks in Sake.") == ["looting_property_destruction"]
    assert types("Police seized weapons in a house in Lagos.") == ["disrupted_weapons_use"]
    assert types(
        "Rebels ambushed an army patrol near Gao, killing six soldiers. The attackers seized weapons and withdrew."
    ) == ["armed_clash"]
