from __future__ import annotations

import random

import pytest

from ascertain.incidents.events import Event
from ascertain.incidents.linking.estimate import LEAST_PAIRS
from ascertain.incidents.linking.index import Index
from ascertain.incidents.linking.model import LinkModel, shipped

from .records import WORDS, events, place, strike, told

TOWNS = [(15.0, 30.0), (18.0, 33.0), (12.0, 25.0), (10.0, 28.0), (20.0, 31.0), (13.0, 22.0), (9.0, 33.0), (16.0, 36.0)]


def strikes(number: int, towns: int, days: int) -> list[list[Event]]:
    """Reports of a strike each, spread over so many towns and days."""
    chance = random.Random(f"{number} {towns} {days}")
    made = []
    for n in range(number):
        claim = strike(
            f"2024-{1 + chance.randrange(days) // 28:02}-{1 + chance.randrange(days) % 28:02}",
            place(*chance.choice(TOWNS[:towns])),
            chance.choice([1, 2, 3, 5, 8]),
        )
        made.append(events(told(f"r{n}", claim, words=[f"w{n}x{k}" for k in range(5)])))
    return made


def estimated(record: list[list[Event]]) -> LinkModel:
    index = Index(shipped())
    index.add(record)
    return index.model


def weight(model: LinkModel, comparison: str, says: str) -> float:
    (found,) = [
        level.weight
        for each in model.comparisons
        if each.name == comparison
        for level in each.levels
        if level.says == says
    ]
    return found


@pytest.fixture(scope="module")
def siege() -> LinkModel:
    """One town, hit hundreds of times in three days."""
    return estimated(strikes(300, towns=1, days=3))


@pytest.fixture(scope="module")
def quiet() -> LinkModel:
    """A country where strikes are months and towns apart."""
    return estimated(strikes(300, towns=8, days=330))


def test_same_day_same_town_weighs_less_in_a_siege(siege: LinkModel, quiet: LinkModel) -> None:
    assert siege.prior != quiet.prior
    for comparison, says in (("when", "same day"), ("where", "within both radii")):
        assert weight(siege, comparison, says) < weight(quiet, comparison, says) - 1


def test_how_often_one_event_agrees_is_left_as_it_is(siege: LinkModel) -> None:
    assert [[level.m for level in c.levels] for c in siege.comparisons] == [
        [level.m for level in c.levels] for c in shipped().comparisons
    ]


def test_what_is_not_known_stays_without_a_weight(siege: LinkModel) -> None:
    assert [[level.m is None for level in c.levels] for c in siege.comparisons] == [
        [level.u is None for level in c.levels] for c in siege.comparisons
    ]


def test_shares_are_above_nothing_and_below_all(siege: LinkModel, quiet: LinkModel) -> None:
    for model in (siege, quiet):
        assert 0 < model.prior < 1
        assert all(0 < level.u < 1 for c in model.comparisons for level in c.levels if level.u is not None)


def test_too_few_pairs_leave_the_shipped_values() -> None:
    few = strikes(10, towns=2, days=3)
    assert len(few) * (len(few) - 1) / 2 < LEAST_PAIRS
    assert estimated(few) == shipped()


def test_no_events_leave_the_shipped_values() -> None:
    assert estimated([]) == shipped()


def test_the_order_of_arrival_does_not_matter() -> None:
    record = strikes(40, towns=3, days=9)
    shuffled = random.Random(7).sample(record, len(record))
    assert estimated(record) == estimated(shuffled) != shipped()


def test_reports_that_come_later_change_nothing() -> None:
    record = strikes(40, towns=3, days=9)
    index = Index(shipped())
    index.add(record[:30])
    first = index.model
    index.add(record[30:])
    assert index.model == first


def test_a_record_that_is_taken_as_it_is_is_not_estimated() -> None:
    index = Index(shipped(), estimate=False)
    index.add(strikes(40, towns=1, days=1))
    assert index.model == shipped()


def test_copies_of_one_story_do_not_make_its_agreement_chance() -> None:
    apart = strikes(60, towns=8, days=330)
    story = [events(told(f"s{n}", strike("2024-05-05", place(15, 30), 12), words=WORDS)) for n in range(8)]
    assert weight(estimated(apart + story), "when", "same day") > weight(estimated(apart), "when", "same day") - 1
