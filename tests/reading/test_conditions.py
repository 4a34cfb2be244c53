import re
import time

import pytest

from ascertain.model import ConditionClaim, Report
from ascertain.reading import read_report
from ascertain.reading.conditions import Condition, conditions
from ascertain.reading.layout import blocks
from ascertain.reading.lexicon import Entry, Hit
from ascertain.reading.page import Line
from ascertain.reading.parse import Position, parse
from ascertain.reading.words import table


def lines_of(text: str) -> list[Line]:
    positions = [
        Position(span, number, order, block.heading)
        for number, block in enumerate(blocks(text))
        for order, span in enumerate(block.sentences)
    ]
    lines = [Line(sentence) for sentence in parse(text, positions)]
    for line in lines:
        start, end = line.span
        for words in table("conditions")["gate"]:
            for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text[start:end].lower()):
                hit = Hit(start + found.start(), start + found.end(), (Entry(words, "condition"),))
                line.hits.append(hit)
    return lines


def told(text: str) -> set[tuple[str, str | None]]:
    return {(c.sector, c.severity) for line in lines_of(text) for c in conditions(line, text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The population is facing severe shortages of essential supplies and services.", {("general", "severe")}),
        ("There is no clean water and little food in the camp.", {("water", None), ("food", None)}),
        ("The clinic is running out of fuel.", {("fuel", None)}),
        ("Hospitals cannot function without fuel.", {("health", None), ("fuel", None)}),
        ("The power has been out since Tuesday.", {("electricity", None)}),
        ("Markets are empty and the price of flour has tripled.", {("food", None)}),
        ("Aid convoys have not been let in.", {("access", None)}),
        ("No convoy has reached the town since March.", {("access", None)}),
        ("Schools remain closed across the province.", {("education", None)}),
        ("The internet was cut on Friday night.", {("communications", None)}),
        (
            "Women report harassment at checkpoints, and there are explosive remnants in the fields.",
            {("protection", None)},
        ),
        ("Hundreds of families sleep in the open.", {("shelter", None)}),
        ("Thousands live in overcrowded camps.", {("displacement", None)}),
        ("Cholera is spreading, with an acute shortage of medicines.", {("health", "acute")}),
        ("The humanitarian situation in the valley is catastrophic.", {("general", "catastrophic")}),
        ("Food, water and fuel shortages are growing.", {("food", None), ("water", None), ("fuel", None)}),
        ("The strike left three districts without electricity.", {("electricity", None)}),
        ("Residents have no access to electricity or health care.", {("electricity", None), ("health", None)}),
        ("People are starving.", {("food", None)}),
    ],
)
def test_a_lack_is_told_with_its_sector_and_severity(text: str, expected: set[tuple[str, str | None]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The water minister said that food was distributed.",
        "No shortage of fuel was reported.",
        "The hospital was hit by two shells.",
        "The ministry said it lacks evidence.",
        "Aid helped to avert famine.",
        "Prisoners went on hunger strike.",
        "Troops short of ammunition withdrew.",
        "He died without a word about the water.",
        "The food market was hit without warning.",
    ],
)
def test_mention_damage_and_denied_lack_are_no_condition(text: str) -> None:
    assert told(text) == set()


def test_a_sector_is_told_once_a_line_and_points_at_the_word_of_lack() -> None:
    text = "There are shortages of flour and bread, and no food has come."
    (line,) = lines_of(text)
    (found,) = conditions(line, text)
    assert found == Condition(line.sentence.low.index("shortages"), "food", None)


def test_a_line_that_an_event_opened_tells_its_conditions_too() -> None:
    text = "There is no water."
    (line,) = lines_of(text)
    line.hits.clear()
    assert [found.sector for found in conditions(line, text)] == ["water"]


def test_severity_quotes_the_report() -> None:
    text = "Aid groups warned of a SEVERE lack of food, clean water and medicine."
    assert told(text) == {("food", "severe"), ("water", "severe"), ("health", "severe")}


def test_a_line_with_nothing_to_find_costs_little() -> None:
    text = "The army shelled the village on Monday, killing three people and wounding nine."
    (line,) = lines_of(text)
    start = time.perf_counter()
    for _ in range(1000):
        conditions(line, text)
    assert time.perf_counter() - start < 0.03


def test_gate_words_are_lower_case_and_no_common_thing_alone_opens_it() -> None:
    gate = table("conditions")["gate"]
    assert all(words == words.lower() for words in gate)
    assert not {"food", "water", "health", "no", "without", "power", "aid"} & set(gate)


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("Only 8 of the 22 bakeries in Aleppo are operating.", "food"),
        ("No more than 12 of 36 hospitals function.", "health"),
        ("Displaced families in Goma are sleeping in churches.", "shelter"),
        ("Patients sleep in the corridors.", "health"),
        ("Electricity and mains water still off.", "water"),
        ("The agency halted food deliveries to the north.", "food"),
        ("The only hospital in Sebba is saturated.", "health"),
        ("Prices of cassava and sugar have doubled in Bangui.", "food"),
    ],
)
def test_what_works_in_part_or_where_people_sleep_is_a_condition(text: str, sector: str) -> None:
    assert sector in {found for found, _ in told(text)}


@pytest.mark.parametrize("text", ["There were no hospitals hit in the raid.", "No water was found on the planet."])
def test_a_denied_event_is_no_lack(text: str) -> None:
    assert told(text) == set()


def sectors_read(text: str) -> set[str]:
    return {
        claim.sector for claim in read_report(Report(id="r", text=text)).claims if isinstance(claim, ConditionClaim)
    }


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("The price of a 50-kilogram sack of sorghum in El Fasher has risen fivefold since April.", "food"),
        ("Bread is three times more expensive than before the fighting in Goma.", "food"),
        ("Warehouses in Tigray stand empty, the agency said.", "food"),
        ("About 4.2 million people are in IPC phase 4, the ministry said.", "food"),
        ("Mothers in Mariupol melted snow to drink.", "water"),
        ("Petrol stations in Gonaives have run dry.", "fuel"),
        ("People in Marib are burning furniture to keep warm.", "fuel"),
        ("Authorities in Manipur extended the suspension of mobile internet for five days.", "communications"),
        ("Electricity has not been restored to 40,000 homes in Kherson.", "electricity"),
        ("The ICRC said its teams still had no safe passage into the neighbourhood.", "access"),
        ("Hundreds of families spent the night on the beach in Palma.", "shelter"),
        ("Some 450,000 children are unable to attend class in the Anglophone regions.", "education"),
        ("Patients are sharing beds at Al Nao hospital.", "health"),
        ("The health centre at Kitshanga no longer has any medicine.", "health"),
        ("Nurses in Sanaa have not been paid for eight months.", "general"),
        ("Teachers and doctors in Aden have gone without salaries since September.", "general"),
    ],
)
def test_a_lack_is_read_from_a_whole_report(text: str, sector: str) -> None:
    assert sector in sectors_read(text)


@pytest.mark.parametrize(
    "text",
    [
        "A bomb by the roadside killed two soldiers on the beach road.",
        "The ransom has not been paid, the family said.",
        "The rebels could not plant the bomb.",
        "The minister was left in the dark about the talks.",
        "He was granted leave without pay after the raid.",
        "The warehouses were shelled at dawn.",
        "The army said its stocks of missiles were full.",
    ],
)
def test_words_that_only_look_like_a_lack_tell_no_condition(text: str) -> None:
    assert not sectors_read(text)


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Most of northern Darfur is in IPC Phase 4, aid agencies said on Monday.", "ipc phase 4"),
        ("Kismayo district faces emergency (IPC 4) food insecurity.", "ipc 4"),
        ("Parts of Baidoa are classified as IPC 3+, the cluster said.", "ipc 3+"),
        ("Families in Torit are in Phase 4 of the IPC scale; acute malnutrition is rising.", "phase 4"),
        ("About 20,000 people in Al Fasher face catastrophe, IPC Phase 5.", "ipc phase 5"),
    ],
)
def test_a_phase_of_the_scale_of_hunger_is_the_severity_and_no_place(text: str, severity: str) -> None:
    found = [claim for claim in read_report(Report(id="r1", text=text)).claims if isinstance(claim, ConditionClaim)]
    assert [(claim.sector, claim.severity) for claim in found] == [("food", severity)]
    assert found[0].where is not None
    assert "Phase" not in found[0].where.text


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("Cholera has killed 1,200 people since August in Kassala, the health ministry reported.", "health"),
        ("Hunger killed 13 children in Dilling last month.", "food"),
        ("Fuel shortages have hit hospitals in Aden.", "fuel"),
        ("A blackout hit Port-au-Prince on Monday.", "electricity"),
        ("No humanitarian aid has entered Rakhine since October.", "access"),
    ],
)
def test_what_hits_or_kills_without_anybody_s_doing_is_a_condition_and_no_event(text: str, sector: str) -> None:
    claims = read_report(Report(id="r", text=text)).claims
    assert [(claim.kind, getattr(claim, "sector", None)) for claim in claims] == [("condition", sector)]


def test_what_goes_off_is_an_event_and_no_danger_that_people_live_with() -> None:
    (claim,) = read_report(Report(id="r", text="Unexploded shells killed two boys in Deraa.")).claims
    assert (claim.kind, getattr(claim, "type", None)) == ("event", "remote_explosive_landmine_ied")
