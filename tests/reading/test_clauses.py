"""Clauses told of other events than the one above them, and counts that stand far from their event."""

import datetime as dt

import pytest

from ascertain.model import EventClaim, Report
from ascertain.reading import read_report

PUBLISHED = dt.date(2024, 6, 5)


def told(text: str) -> list[tuple[str | None, list[tuple[str, int | None]]]]:
    """Where each event of a text was, and its figures."""
    events: dict[str | None, tuple[str | None, list[tuple[str, int | None]]]] = {}
    for claim in read_report(Report(id="r", text=text, published=PUBLISHED)).claims:
        if isinstance(claim, EventClaim):
            where = claim.where.text if claim.where is not None else None
            events.setdefault(claim.event, (where, []))[1].extend((f.outcome, f.low) for f in claim.figures)
    return list(events.values())


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        (
            "Soldiers opened fire on students in the Hamdallaye area of Conakry, Guinea, on Thursday, killing 2 "
            "protesters, a local official said.",
            2,
        ),
        ("Police opened fire on marchers in Nairobi, Kenya, on Tuesday, killing three demonstrators.", 3),
        ("Death toll update: 11 soldiers are now known to have been killed in Wednesday's fighting in Sirte.", 11),
        ("Update: eight police officers are now known to have been killed in Monday's ambush near Ayacucho.", 8),
        (
            "Commission members concluded that a missile that struck a flat in Dnipro, Ukraine, on 14 January 2024 "
            "killed one civilian, district governor Olena Bondar said on Monday.",
            1,
        ),
        ("Officials raised the number of people left dead in the crackdown on 26 March in Rangoon to 11 from 7.", 11),
        ("Medics revised the death toll of the crackdown on 17 May in Homs upwards to 12; the figure was seven.", 12),
    ],
)
def test_the_count_of_one_event_is_read_however_far_it_stands(text: str, killed: int) -> None:
    ((_, figures),) = told(text)
    assert figures == [("killed", killed)]


@pytest.mark.parametrize(
    "text",
    [
        "A blast at a restaurant in North Kivu province on Thursday left one person dead. The attack came 51 days "
        "after an attack in Oicha killed 9 people.",
        "Gunmen shot one person dead in Azaz on Sunday. The attack came two days after a bombing in Oicha killed 9.",
        "The ambush in Arauca on Monday killed one soldier. It came a week after a bombing in Oicha killed 9 people.",
        "Gunmen killed one person in Zamfara on Monday, two days after an attack in Oicha left nine dead.",
    ],
)
def test_what_happened_days_before_is_an_event_of_its_own_with_its_own_place(text: str) -> None:
    (where, figures), before = told(text)
    assert where != "Oicha"
    assert figures == [("killed", 1)]
    assert before == ("Oicha", [("killed", 9)])


@pytest.mark.parametrize(
    "text",
    [
        "Rocket fire that hit a market in Grozny on Monday killed four, and hours later a second one that hit the "
        "pumping station killed eight.",
        "An air strike on a school in Grozny on Sunday killed four people, and a second strike hours later on a "
        "clinic killed eight.",
        "Gunmen ambushed a convoy in Grozny on Monday, killing four soldiers, and a second ambush hours later killed "
        "eight.",
    ],
)
def test_a_second_attack_in_the_sentence_has_its_own_count_and_the_place_of_the_first(text: str) -> None:
    assert told(text) == [("Grozny", [("killed", 4)]), ("Grozny", [("killed", 8)])]


@pytest.mark.parametrize(
    "text",
    [
        "The blast in Quetta killed 14 people and another 20 were wounded.",
        "In Quetta two officers were shot dead on Monday and a third was wounded.",
    ],
)
def test_another_victim_is_no_other_event(text: str) -> None:
    assert len(told(text)) == 1


def test_a_war_goes_on_where_no_day_is_given() -> None:
    reading = read_report(Report(id="r", text="The crackdown has killed at least 300 people.", published=PUBLISHED))
    assert [claim.kind for claim in reading.claims] == ["toll"]
