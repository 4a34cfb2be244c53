"""Setting: which time and which place is an event's."""

from __future__ import annotations

from datetime import date

import pytest

from ascertain.model import EventClaim, Report
from ascertain.reading import read_report


def events(text: str) -> list[EventClaim]:
    reading = read_report(Report(id="r", text=text, published=date(2023, 5, 8)))
    return [claim for claim in reading.claims if isinstance(claim, EventClaim)]


def where(text: str) -> str | None:
    place = events(text)[0].where
    return place.text if place is not None else None


def when(text: str) -> date | None:
    time = events(text)[0].when
    return time.start if time is not None else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen killed nine herders at Tsolabari on Friday.", "Tsolabari"),
        ("Jets bombed Qarmalun on Friday, killing six villagers.", "Qarmalun"),
        ("A bomb killed two guards at the Halgan Hotel in Mogadishu.", "Halgan Hotel"),
        ("Gunmen killed two officers near Vumbasi, North Kivu.", "Vumbasi"),
        ("Airstrikes on Qarmal al-Dahr killed four civilians.", "Qarmal al-Dahr"),
        ("A strike on the Qarmal quarter of Raqqa killed seven.", "Qarmal quarter"),
    ],
)
def test_a_name_that_no_gazetteer_holds_is_a_place_where_the_sentence_says_so(text: str, expected: str) -> None:
    found = where(text)
    assert found is not None
    assert found.removeprefix("near ").removeprefix("the ") == expected


def test_an_unknown_place_takes_the_position_of_what_holds_it() -> None:
    place = events("A bomb killed two guards at the Halgan Hotel in Mogadishu.")[0].where
    assert place is not None
    assert place.lat == pytest.approx(2.04, abs=0.3)
    assert place.id is None


def test_a_known_person_is_no_place() -> None:
    assert where("A sniper shot dead nine-year-old Amira on Monday, her father said.") is None


def test_where_those_who_speak_are_is_not_where_it_happened() -> None:
    assert where("A shell killed two boys in Taiz, doctors at a hospital in Aden said.") == "Taiz"


def test_where_weapons_came_from_is_not_where_it_happened() -> None:
    assert where("Air defences shot down nine drones launched from Kursk, the air force said.") is None


def test_those_who_rule_in_a_capital_are_no_place() -> None:
    assert where("Gunmen killed two soldiers near Goma, and Kigali has denied that it backs them.") in (
        "Goma",
        "near Goma",
    )


def test_the_capital_of_a_dispatch_is_its_town() -> None:
    place = events("KAMPALA, May 8 (Wire) — Two bombs killed three people in the Ugandan capital on Monday.")[0].where
    assert place is not None
    assert place.text == "the Ugandan capital"
    assert place.lat == pytest.approx(0.32, abs=0.2)


def test_what_follows_happened_in_the_same_place() -> None:
    told = events("Police fired on a crowd in Kisumu, killing three people. More than 40 people were arrested.")
    assert [claim.where.text for claim in told if claim.where] == ["Kisumu"] * len(told)


def test_a_fragment_above_sets_day_and_place() -> None:
    told = events("Lubero, North Kivu, 2 May 2023.\n\nThree women were shot dead by armed men in their field.")
    assert told[0].when is not None
    assert told[0].when.start == date(2023, 5, 2)
    assert told[0].where is not None


def test_the_day_of_saying_is_not_the_day_of_the_event() -> None:
    assert when("Gunmen killed nine herders near Jos, police said on Sunday.") is None


def test_the_day_of_an_impersonal_report_is_the_day_of_the_event() -> None:
    assert when("On 3 May 2023 it was reported that two people were killed by shelling in Taiz.") == date(2023, 5, 3)


@pytest.mark.parametrize("verb", ["reported", "recorded", "documented"])
def test_the_day_that_a_chronicle_gives_is_the_day_of_the_event(verb: str) -> None:
    text = f"On 14 March 2017 local sources {verb} that seven villagers were killed in an air strike on Raqqa."
    assert when(text) == date(2017, 3, 14)


def test_the_same_day_is_that_of_the_event_before() -> None:
    told = events("On 3 May shelling killed two people in Taiz. On the same day a mine killed a driver in Mokha.")
    assert {claim.when.start for claim in told if claim.when} == {date(2023, 5, 3)}


def test_a_later_day_does_not_move_the_event() -> None:
    assert when("A grenade wounded a man in Bujumbura on 3 May 2023. He died two days later.") == date(2023, 5, 3)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Attackers who rode into the village of Nyamura killed 40 people in the worst raid in Mali.", "Nyamura"),
        ("General Ivanov told journalists in Khankala that 40 rebels died near Vedeno.", "near Vedeno"),
        ("Shells fell on Aleppo and 20 bodies reached the morgue at Idlib.", "Aleppo"),
        ("A jeweller was shot in his car, Ring Road, in Quetta.", "Ring Road"),
    ],
)
def test_where_it_happened_is_not_where_it_was_told_or_where_the_hurt_were_brought(text: str, where: str) -> None:
    claims = read_report(Report(id="s", text=text)).claims
    assert [claim.where.text for claim in claims if claim.where] == [where]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Fighters executed 69 men in Tillaberi, among them the mayor of Banibangou.", "Tillaberi"),
        ("Rockets fired from across the Durand Line landed in Dangam district, wounding two.", "Dangam district"),
        ("Shelling killed three people in Khartoum Bahri on Sunday.", "Bahri"),
        ("Ain al-Hilweh camp, Saida: a man lobbed a grenade at a checkpoint; two were injured.", "Ain al-Hilweh"),
        ("Soldiers in Adamawa took back Hong from the insurgents.", "Hong"),
        ("Four farmers were shot dead near Kipese, a colonel said at a news briefing in Beni.", "Kipese"),
    ],
)
def test_the_place_is_that_of_what_was_done(text: str, where: str) -> None:
    place = events(text)[0].where
    assert place is not None
    assert where in place.text


def test_the_day_on_which_a_count_rose_is_not_the_day_of_the_event() -> None:
    assert when("The death toll from a missile strike on a flat in Odesa rose to 40 on Monday.") is None


def test_an_event_does_not_take_the_place_of_the_next_one() -> None:
    told = events(
        "A missile hit a house in Dnipro on Saturday. Nine people were killed in Sunday's attack on a bus. "
        "In the Kherson region shelling wounded two women."
    )
    assert [claim.where.text for claim in told if claim.where][1] == "Dnipro"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "Divers searching the wreck hit by a missile on 28 April recovered two more bodies on Sunday.",
            date(2023, 4, 28),
        ),
        (
            "The military on Sunday lowered the number of soldiers killed in Friday's ambush in Mir Ali to six.",
            date(2023, 5, 5),
        ),
        ("Nine bodies were found on Sunday at the scene of the attack on 30 April in Barsalogho.", date(2023, 4, 30)),
        (
            "Rescuers digging at the site of the air raid on 2 May in Chernihiv found more bodies on Saturday.",
            date(2023, 5, 2),
        ),
        ("The toll from the bombing in Quetta on Friday was raised to 31 on Sunday.", date(2023, 5, 5)),
    ],
)
def test_the_day_of_the_event_stands_before_the_day_on_which_something_else_was_done(text: str, day: date) -> None:
    assert when(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "Amnesty said in a report released on Friday that soldiers killed nine people in Ngarbuh on 14 February.",
            date(2023, 2, 14),
        ),
        (
            "A video posted on Friday shows gunmen shooting two herders dead in Plateau state on Wednesday.",
            date(2023, 5, 3),
        ),
        (
            "The union said in a statement issued on Sunday that 12 people were killed in an air strike on 4 May.",
            date(2023, 5, 4),
        ),
    ],
)
def test_the_day_on_which_an_account_came_out_is_not_the_day_of_the_event(text: str, day: date) -> None:
    assert when(text) == day


def test_what_is_announced_is_dated_by_the_statement_that_announces_it() -> None:
    assert when("Two rebel groups announced a merger in a video issued on Thursday.") == date(2023, 5, 4)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "Clashes broke out in Baidoa on Saturday; eight fighters were killed, the commissioner said.",
            date(2023, 5, 6),
        ),
        (
            "Shells struck the market in El Fasher on Sunday; the doctors' union put the number of dead at 23.",
            date(2023, 5, 7),
        ),
        (
            "Survivors describe how, on 3 March, fighters shot between 250 and 300 men at the roadside.",
            date(2023, 3, 3),
        ),
    ],
)
def test_a_day_in_what_is_said_is_not_the_day_of_saying(text: str, day: date) -> None:
    assert when(text) == day


def test_a_day_right_behind_the_verb_of_saying_is_the_day_of_saying() -> None:
    assert when("Africa Command said on Monday it killed five militants in a strike near Jilib.") is None
    assert when("Investigators said Saturday's shelling of Toretsk killed five people.") == date(2023, 5, 6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels shelled a bus station in Qarmacoas last Thursday, killing 15.", "Qarmacoas"),
        ("Gunmen killed four farmers in Zurmanko Tuesday.", "Zurmanko"),
        ("Troops raided Koundjouma Friday, killing six villagers.", "Koundjouma"),
        ("A grenade went off near Halgan Sunday night, wounding two guards.", "near Halgan"),
    ],
)
def test_a_day_may_stand_right_behind_a_place(text: str, expected: str) -> None:
    found = where(text)
    assert found is not None
    assert found.removeprefix("near ") == expected.removeprefix("near ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Artillery fire 25 kilometres south of Kutum today claimed two lives.", "25 kilometres south of Kutum"),
        ("The toll of the attack 15 km west of Ansongo climbed to ten.", "15 km west of Ansongo"),
        ("People wounded in the strike some 5 km east of Gao have since died, a nurse said.", "some 5 km east of Gao"),
    ],
)
def test_so_far_from_a_town_nobody_rules(text: str, expected: str) -> None:
    assert where(text) == expected


def test_who_reports_it_behind_a_comma_does_not_speak_where_it_happened() -> None:
    assert where("Two died in fighting near a police station in Ghazni, Reuters reported.") == "Ghazni"
    assert where("One died in a blast at an office in Donetsk region, the Monitor group said.") == "Donetsk region"
    assert where("A policeman in Gao, northern Mali, said 14 soldiers were killed in Tessit.") == "Tessit"


@pytest.mark.parametrize(
    "text",
    [
        "Attacks on a mosque in Natiaboani and a church in Essakane killed at least 27 people on Sunday.",
        "Shelling of a school in Sumy and a clinic in Zhovtivka killed four people on Monday.",
        "Bombs at a market in Jolo and a chapel in Tubigan Ilaya wounded six people on Sunday.",
        "An ambush near Kidal and a raid on the camp in Tin Aghlass killed 12 soldiers on Tuesday.",
    ],
)
def test_a_place_listed_with_another_does_not_take_its_position(text: str) -> None:
    place = events(text)[0].where
    assert place is not None
    assert place.lat is None
