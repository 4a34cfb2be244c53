"""Counts over a period are tolls; the count of one event is its figure."""

import datetime as dt

import pytest

from ascertain.model import Report, TollClaim
from ascertain.reading import read_report

PUBLISHED = dt.date(2024, 6, 5)


def tolls(text: str) -> list[TollClaim]:
    reading = read_report(Report(id="r", text=text, published=PUBLISHED))
    return [claim for claim in reading.claims if isinstance(claim, TollClaim)]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("since 15 April 2023", dt.date(2023, 4, 15), dt.date(2023, 4, 15)),
        ("since March 2015", dt.date(2015, 3, 1), dt.date(2015, 3, 31)),
    ],
)
def test_a_toll_starts_with_the_first_day_or_month_of_its_period(words: str, start: dt.date, end: dt.date) -> None:
    (claim,) = tolls(f"More than 8,000 people have been killed in the region {words}, the ministry said.")
    assert claim.since is not None
    assert (claim.since.start, claim.since.end) == (start, end)


def test_the_deadliest_attack_of_the_year_is_no_toll() -> None:
    assert not tolls(
        "Forty people were killed in the market of Jos on Monday in the deadliest attack so far this year."
    )


def test_harm_over_a_span_of_days_is_a_toll() -> None:
    assert tolls("Between 2 and 16 May, 90 people were killed in and around Bunia, community leaders said.")


def test_a_count_up_to_a_day_of_the_year_is_a_toll() -> None:
    assert tolls("The minister said that 29 guards were killed in Chiapas up to 30 November this year.")


def test_a_closed_span_is_no_start() -> None:
    (claim,) = tolls("Between 2 and 16 May, 90 people were killed in and around Bunia, community leaders said.")
    assert claim.since is None


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Some 40,000 people have died since Calderon sent in the army in late 2006.", dt.date(2006, 9, 1)),
        ("Since rebels entered Goma on 27 January at least 900 people have been killed.", dt.date(2024, 1, 27)),
        ("At least 312 soldiers were killed since the offensive resumed on 8 February.", dt.date(2024, 2, 8)),
    ],
)
def test_a_clause_may_tell_what_a_toll_goes_on_from(text: str, start: dt.date) -> None:
    (claim,) = tolls(text)
    assert claim.since is not None
    assert claim.since.start == start


def test_counts_of_one_sentence_by_one_speaker_are_one_toll() -> None:
    text = "The governor says 19 people have been killed, 128 wounded and 121,000 displaced since 6 May."
    (claim,) = tolls(text)
    assert [figure.low for figure in claim.figures] == [19, 128, 121000]


@pytest.mark.parametrize(
    "text",
    [
        "The war has claimed at least 1,500 lives.",
        "An estimated 600 people died in the Tigray war.",
        "The insurgency has left 400 dead in Cabo Delgado.",
        "At least 27 soldiers have been killed in Balochistan this month.",
        "In 2023, 4,229 people were killed in attacks in Burkina Faso.",
        "Since the coup, 5,350 civilians have been killed and 27,000 people arrested.",
        "Around 1.1 million people remain displaced in Cabo Delgado.",
        "The number of displaced people in Myanmar has risen to 3.5 million.",
        "The Ministry of Health in Gaza put the death toll at 41,595.",
    ],
)
def test_wars_periods_lasting_states_and_counts_beyond_one_event_are_tolls(text: str) -> None:
    assert tolls(text)


@pytest.mark.parametrize(
    "text",
    [
        "Seventeen people died on the spot and nine in hospital, of whom two have since died.",
        "Dozens have been killed in Jabalia after jets hit a block near the market this afternoon.",
        "Twelve people were killed on Monday when a bomb exploded in Kabul.",
        "The death toll from Tuesday's strike rose to 31.",
        "Gunmen killed 14 villagers in Zamfara in March.",
    ],
)
def test_one_event_is_no_toll(text: str) -> None:
    assert not tolls(text)


@pytest.mark.parametrize(
    "text",
    [
        "The monitor lists 1,140 civilians killed in Aleppo in 2016.",
        "The network compiled 640 deaths in custody in 2021.",
        "Nearly 900 soldiers have died in the eight-month campaign in Nagorno-Karabakh.",
        "Some 400 students were killed in the revolution in Bangladesh.",
        "Over the reporting period 88 civilians were killed and 140 injured in Ituri.",
    ],
)
def test_a_count_kept_over_a_period_or_a_campaign_is_a_toll(text: str) -> None:
    assert tolls(text)


@pytest.mark.parametrize(
    "text",
    [
        "Three villagers were shot dead on Monday in a campaign of raids near Jos.",
        "The notice lists 12 people killed in the blast on Friday.",
        "Three people were killed in campaign violence in Kano on Sunday.",
    ],
)
def test_a_list_or_a_campaign_of_one_day_is_no_toll(text: str) -> None:
    assert not tolls(text)


def test_a_start_told_with_a_month_and_a_day_is_the_day() -> None:
    (claim,) = tolls("Some 2,100 people have been killed since the collapse of the January truce on 18 March, he said.")
    assert claim.since is not None
    assert claim.since.start == dt.date(2024, 3, 18)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("At least 2.3 million people are internally displaced across Chad, the ministry said.", 2_300_000, None),
        ("Some 310,000 people are displaced in Ituri.", 310_000, 310_000),
        ("Kachin hosts 92,000 internally displaced persons.", 92_000, 92_000),
        ("The agency recorded 1,240 newly displaced households in Cabo Delgado.", 1_240, None),
        ("The war has displaced 12 million people and pushed millions into famine.", 12_000_000, 12_000_000),
    ],
)
def test_a_standing_number_of_displaced_people_is_a_toll(text: str, low: int, high: int | None) -> None:
    (claim,) = tolls(text)
    assert [(f.outcome, f.low, f.high) for f in claim.figures] == [("displaced", low, high)]


@pytest.mark.parametrize(
    "text", ["Shelling of the camp killed 12 displaced people.", "Two displaced families are living with relatives."]
)
def test_people_who_are_displaced_besides_are_no_toll(text: str) -> None:
    assert not tolls(text)
