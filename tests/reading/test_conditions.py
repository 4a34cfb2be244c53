import re
import time

import pytest

from ascertain.reading.conditions import Condition, conditions
from ascertain.reading.layout import blocks
from ascertain.reading.lexicon import Entry, Hit
from ascertain.reading.page import Line
from ascertain.reading.parse import Position, parse
from ascertain.reading.words import table


def lines_of(text):
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


def told(text):
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
def test_a_lack_is_told_with_its_sector_and_severity(text, expected):
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
def test_mention_damage_and_denied_lack_are_no_condition(text):
    assert told(text) == set()


def test_a_sector_is_told_once_a_line_and_points_at_the_word_of_lack():
    text = "There are shortages of flour and bread, and no food has come."
    (line,) = lines_of(text)
    (found,) = conditions(line, text)
    assert found == Condition(line.sentence.low.index("shortages"), "food", None)


def test_a_line_that_an_event_opened_tells_its_conditions_too():
    text = "There is no water."
    (line,) = lines_of(text)
    line.hits.clear()
    assert [found.sector for found in conditions(line, text)] == ["water"]


def test_severity_quotes_the_report():
    text = "Aid groups warned of a SEVERE lack of food, clean water and medicine."
    assert told(text) == {("food", "severe"), ("water", "severe"), ("health", "severe")}


def test_a_line_with_nothing_to_find_costs_little():
    text = "The army shelled the village on Monday, killing three people and wounding nine."
    (line,) = lines_of(text)
    start = time.perf_counter()
    for _ in range(1000):
        conditions(line, text)
    assert time.perf_counter() - start < 0.03


def test_gate_words_are_lower_case_and_no_common_thing_alone_opens_it():
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
def test_what_works_in_part_or_where_people_sleep_is_a_condition(text, sector):
    assert sector in {found for found, _ in told(text)}


@pytest.mark.parametrize("text", ["There were no hospitals hit in the raid.", "No water was found on the planet."])
def test_a_denied_event_is_no_lack(text):
    assert told(text) == set()
