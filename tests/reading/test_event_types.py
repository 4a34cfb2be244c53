"""The type of an event: the most telling word decides, then the parties, then what was done to whom."""

import datetime as dt

import pytest

from ascertain.model import EventClaim, Report
from ascertain.reading import read_report

PUBLISHED = dt.date(2024, 6, 5)


def types(text: str) -> list[str]:
    reading = read_report(Report(id="r", text=text, published=PUBLISHED))
    return [claim.type for claim in reading.claims if isinstance(claim, EventClaim)]


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("Government warplanes bombed a market in Tal Rifaat on Monday.", "air_drone_strike"),
        ("Rebels shelled the port of Berbera on Monday, wounding three dockers.", "shelling_artillery_missile_attack"),
        ("A roadside bomb killed two farmers near Pattani on Monday.", "remote_explosive_landmine_ied"),
        ("A suicide bomber blew himself up at a mosque in Kandahar on Monday.", "suicide_bomb"),
        ("A hand grenade was thrown into a bar in Bujumbura on Monday, killing one.", "grenade"),
        ("A chlorine attack on the village of Saraqib on Monday made 20 people ill.", "chemical_weapon"),
        ("Soldiers clashed with guerrillas near Arauca on Monday.", "armed_clash"),
        ("Gunmen shot dead a teacher in Buenaventura on Monday.", "attack"),
        ("Militiamen raped three women near Bunia on Monday.", "sexual_violence"),
        ("Bandits kidnapped nine pupils in Zamfara on Monday.", "abduction_forced_disappearance"),
        ("A mob beat two men to death in Dhaka on Monday.", "mob_violence"),
        ("Hundreds of nurses marched through Lima on Monday.", "peaceful_protest"),
        ("Police fired tear gas at demonstrators in Tunis on Monday.", "protest_with_intervention"),
        (
            "Police opened fire on demonstrators in Conakry on Monday, killing two.",
            "excessive_force_against_protesters",
        ),
        ("Rioters torched two buses in Santiago on Monday.", "violent_demonstration"),
        ("Police arrested 40 opposition members in Kampala on Monday.", "arrests"),
        ("Rebels seized the town of Sake on Monday.", "non_state_actor_overtakes_territory"),
        ("Government forces recaptured the town of Palma on Monday.", "government_regains_territory"),
        ("The rebels withdrew from Jaffna on Monday without a fight.", "non_violent_transfer_of_territory"),
        ("The two armies exchanged 40 prisoners at the border on Monday.", "agreement"),
        ("Two hundred fighters surrendered in Basilan on Monday.", "change_to_group_activity"),
        ("Air defences shot down six drones over Odesa on Monday.", "disrupted_weapons_use"),
        ("The army set up a base in Kidal on Monday.", "headquarters_or_base_established"),
        ("Soldiers looted shops in Wau on Monday.", "looting_property_destruction"),
        ("Tanks advanced into the north of Khartoum on Monday.", "ground_advance"),
        ("Rescuers pulled four children from the rubble in Kherson on Monday.", "rescue"),
        ("An overloaded ferry capsized off Leyte on Monday, killing 12 people.", "accident"),
        ("An earthquake killed 12 people in Herat on Monday.", "natural_disaster"),
        ("Detectives arrested a man in Leeds on Monday who was charged with the murder of his wife.", "crime"),
    ],
)
def test_every_kind_of_event_is_reached(sentence: str, due: str) -> None:
    assert due in types(sentence)


@pytest.mark.parametrize("month", ["March", "May"])
def test_a_month_is_no_march(month: str) -> None:
    assert types(f"Gunmen attacked a village near Baringo on 14 {month} 2024, killing three villagers.") == ["attack"]


def test_the_thing_taken_tells_a_conquest_from_a_find() -> None:
    assert types("Rebels seized the town of Sake on Monday.") == ["non_state_actor_overtakes_territory"]
    assert types("Soldiers seized 14 rifles in Sake on Monday.") == ["disrupted_weapons_use"]


def test_an_explosion_at_a_rally_is_no_protest() -> None:
    found = types("Two explosions killed 11 people at a rally in Bukavu on Monday.")
    assert found == ["remote_explosive_landmine_ied"]


@pytest.mark.parametrize("army", ["Russian", "Ukrainian", "Israeli", "Syrian", "Ethiopian", "Turkish"])
def test_the_same_words_give_the_same_type_whoever_acts(army: str) -> None:
    found = types(f"{army} forces shelled a village near the border on Monday, killing four people.")
    assert found == ["shelling_artillery_missile_attack"]


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("Police arrested 14 opposition supporters in Harare ahead of the rally.", "arrests"),
        ("Air defences shot down 14 of 20 drones over Odesa overnight.", "disrupted_weapons_use"),
        ("The air force said it had destroyed 20 of 25 drones overnight near Port Sudan.", "disrupted_weapons_use"),
        ("A man stabbed his wife to death in Lyon after a quarrel on Monday.", "crime"),
        ("Her boyfriend beat her to death in Leeds on Monday, police said.", "crime"),
        ("A teenager was stabbed to death in a street in Malmo on Tuesday night.", "crime"),
        ("Guerrillas threatened to attack embassies in Lima.", "attack"),
        ("Insurgents beheaded a fisherman and abducted two girls in Macomia on Monday.", "attack"),
        ("A fire in the camp near Idlib on Sunday destroyed 40 tents and killed two toddlers.", "accident"),
        ("A car packed with explosives was driven into a convoy near Kabul on Monday, killing nine.", "suicide_bomb"),
        ("Militiamen traded machine-gun and rocket fire with troops in Tripoli on Monday.", "armed_clash"),
        ("Guards opened fire on demonstrators in Tunis on Monday, wounding 7.", "excessive_force_against_protesters"),
        ("Protesters torched a police post in Srinagar on Sunday.", "violent_demonstration"),
        ("Hundreds of demonstrators gathered in Tbilisi on Tuesday and dispersed peacefully.", "peaceful_protest"),
        ("Thousands rallied in Minsk on Sunday and 50 were arrested.", "protest_with_intervention"),
        ("The town of Palma was again under the control of the army on Monday.", "government_regains_territory"),
        ("Security forces freed 12 hostages in Kaduna on Monday.", "rescue"),
        ("Aid agencies called for the release of nine staff whom rebels seized in Goma on Monday.", None),
    ],
)
def test_what_was_done_and_by_whom_decides(sentence: str, due: str | None) -> None:
    assert types(sentence) == [due or "abduction_forced_disappearance"]


@pytest.mark.parametrize("doer", ["A man", "Her husband", "Soldiers", "Militants"])
def test_only_who_is_armed_by_name_makes_no_crime_of_a_private_killing(doer: str) -> None:
    private = doer in ("A man", "Her husband")
    (found,) = types(f"{doer} stabbed a shopkeeper to death in Quetta on Monday after a quarrel.")
    assert (found == "crime") == private


def test_who_kills_in_private_is_no_militia() -> None:
    text = "A man stabbed his wife to death in Leeds after a quarrel on Monday."
    (claim,) = read_report(Report(id="r", text=text, published=PUBLISHED)).claims
    assert isinstance(claim, EventClaim)
    assert {actor.kind for actor in claim.actors} <= {"other"}


def test_who_marches_in_peace_is_a_party() -> None:
    text = "Thousands of people marched peacefully through Khartoum on Sunday demanding civilian rule."
    (claim,) = read_report(Report(id="r", text=text, published=PUBLISHED)).claims
    assert isinstance(claim, EventClaim)
    assert [(actor.role, actor.kind) for actor in claim.actors] == [("party", "protesters")]


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("Kuki and Meitei villagers clashed in Imphal, leaving four dead.", "mob_violence"),
        ("Residents of two districts clashed in Conakry over a stolen motorbike.", "mob_violence"),
        ("Eight people died on both sides in fighting between Nuer and Dinka youths.", "mob_violence"),
        ("Herders and farmers exchanged gunfire in Plateau, killing two.", "armed_clash"),
        ("The army and the guerrillas clashed in Putumayo, killing two.", "armed_clash"),
        ("The two armies traded mortar fire near Sake, killing two civilians.", "armed_clash"),
        (
            "Insurgents attacked an army base in Bulo Marer; 54 soldiers and 3 civilians were killed.",
            "armed_clash",
        ),
    ],
)
def test_a_fight_is_armed_unless_unarmed_people_have_it(sentence: str, due: str) -> None:
    assert types(sentence) == [due]


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("Police fired tear gas shells to disperse protesters in Srinagar.", "protest_with_intervention"),
        ("Gunmen attacked a coltan mine in Rubaya, killing five miners.", "attack"),
        ("Gunmen shot dead four coal miners at a mine in Duki.", "attack"),
        ("Residents demonstrated in Lagos over the planned demolition of a market.", "peaceful_protest"),
        ("Students barricaded a road in Dhaka to demand safe buses.", "peaceful_protest"),
        ("Two children were killed when a shell hit their home in Aleppo.", "shelling_artillery_missile_attack"),
        ("A drone crashed into an oil refinery in Ryazan, starting a fire.", "air_drone_strike"),
        ("A light aircraft crashed into a hillside near Nazca, killing all 20 on board.", "accident"),
        ("Boko Haram fighters killed three hostages in Gwoza.", "attack"),
    ],
)
def test_words_mean_what_the_company_they_keep_makes_of_them(sentence: str, due: str) -> None:
    assert types(sentence) == [due]


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("Mali's army entered Kidal on Saturday.", "government_regains_territory"),
        ("Rebel fighters entered Bambari on Saturday.", "non_state_actor_overtakes_territory"),
        ("Israeli troops entered Lebanon on Tuesday.", "ground_advance"),
        ("Police entered the village of Beit Ummar and arrested six men.", "arrests"),
        ("Fighters entered Misterei at dawn and killed 28 men.", "attack"),
        ("Boko Haram has been pushed out of the town of Gwoza.", "government_regains_territory"),
    ],
)
def test_a_town_that_is_entered_is_taken_unless_more_is_told(sentence: str, due: str) -> None:
    assert types(sentence) == [due]


@pytest.mark.parametrize(
    "text",
    [
        "An attack on an army patrol in Shwebo on Monday cost the lives of six soldiers.",
        "Four policemen were killed in an attack on a checkpoint near Quetta.",
        "Nine soldiers died when a military outpost in Labgoy was stormed at dawn.",
    ],
)
def test_an_attack_on_forces_is_a_clash_whoever_attacked(text: str) -> None:
    assert types(text) == ["armed_clash"]


@pytest.mark.parametrize(
    "text",
    [
        "An attacker detonated a vest packed with explosives at a restaurant in Lyman, killing two.",
        "A girl with explosives strapped to her body blew up in a market in Maiduguri.",
        "A bomber on foot set off explosives at a checkpoint in Kabul, killing three.",
    ],
)
def test_who_wears_the_explosives_is_a_suicide_bomber(text: str) -> None:
    assert types(text) == ["suicide_bomb"]
