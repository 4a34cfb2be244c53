from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascertain.incidents.events import Event
from ascertain.incidents.linking.index import Index
from ascertain.incidents.linking.model import shipped
from ascertain.model import Reading

from .records import WORDS, events, groups, index_of, place, records, strike, told

HERE, THERE = place(15.0, 30.0), place(18.0, 33.0, name="Bel")


def about(id: str, *words: str, day: str = "2024-03-01", dead: int = 12) -> list[Event]:
    """A report of a strike on the town, told with these words."""
    return events(told(id, strike(day, HERE, dead), words=words, published="2024-03-02"))


@settings(max_examples=8, deadline=None)
@given(records(), st.randoms(use_true_random=False))
def test_adding_day_by_day_gives_what_building_anew_gives(record: list[list[Event]], chance: random.Random) -> None:
    anew = groups(index_of(record))
    grown = Index(shipped(), estimate=False)
    arriving = chance.sample(record, len(record))
    while arriving:
        today = 1 + chance.randrange(len(arriving))
        grown.add(arriving[:today])
        arriving = arriving[today:]
    assert groups(grown) == anew


def stories(chance: random.Random) -> list[list[Event]]:
    """Nine stories in six to ten reports each, two of them of one town and day."""
    made = []
    for story in range(9):
        town, day = (HERE, THERE, place(15.1, 30.1))[story % 3], f"2024-03-0{1 + story // 3}"
        for n in range(chance.randrange(6, 11)):
            words = [*chance.sample([f"story{story}x{k}" for k in range(8)], 5), *chance.sample(WORDS, 3), f"own{n}"]
            claim = strike(chance.choice([day, day, None]), chance.choice([town, town, None]), 3 + 5 * story)
            made.append(events(told(f"s{story}r{n}", claim, words=words, published="2024-03-04")))
    return made


def test_many_reports_in_parts_or_at_once_are_grouped_alike() -> None:
    chance = random.Random(3)
    record = stories(chance)
    grown = Index(shipped(), estimate=False)
    arriving = chance.sample(record, len(record))
    for at in range(0, len(record), 9):
        grown.add(arriving[at : at + 9])
    assert groups(grown) == groups(index_of(record))
    assert 9 <= len(groups(grown)) < len(record) / 2


def test_each_event_is_in_one_group_and_none_with_its_reports_others() -> None:
    two = [
        strike("2024-03-01", HERE, 12),
        strike("2024-03-01", HERE, 3, id="c2", event_id="e2", evidence=((300, 400),)),
    ]
    record = [events(told(f"r{n}", *two, words=WORDS)) for n in range(4)]
    found = groups(index_of(record))
    assert sorted(id for group in found for id in group) == sorted(event.id for report in record for event in report)
    assert all(len({id.split("/")[0] for id in group}) == len(group) for group in found)


def test_a_bridging_report_merges_two_groups() -> None:
    early, late = about("r1", *WORDS[:5]), events(told("r2", words=(*WORDS[5:], "sugar", "cobbler")))
    index = index_of([early, late])
    assert groups(index) == [("r1/c1",), ("r2/",)]
    index.add([about("r3", *WORDS, "sugar", "cobbler"), about("r4", *WORDS, "sugar", "cobbler")])
    assert groups(index) == [("r1/c1", "r2/", "r3/c1", "r4/c1")]


def test_a_report_that_has_nothing_to_do_with_them_leaves_groups_alone() -> None:
    index = index_of([about("r1", *WORDS), about("r2", *WORDS)])
    index.add([events(told("r3", strike("2021-07-07", THERE, 2), words=("kiln", "weir", "lodge", "plum")))])
    assert groups(index) == [("r1/c1", "r2/c1"), ("r3/c1",)]


def test_two_indexes_in_files_reopen(tmp_path: Path) -> None:
    first, second = (Index(shipped(), tmp_path / f"{name}.duckdb", estimate=False) for name in ("one", "two"))
    first.add([about("r1", *WORDS), about("r2", *WORDS)])
    second.add([about("s1", *WORDS)])
    first.close()
    second.close()
    first, second = (Index(shipped(), tmp_path / f"{name}.duckdb", estimate=False) for name in ("one", "two"))
    assert (groups(first), groups(second)) == ([("r1/c1", "r2/c1")], [("s1/c1",)])
    first.add([about("r3", *WORDS)])
    assert (groups(first), groups(second)) == ([("r1/c1", "r2/c1", "r3/c1")], [("s1/c1",)])
    first.close()
    second.close()


def test_an_addition_that_broke_off_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = Index(shipped(), tmp_path / "links.duckdb")
    index.add([about("r1", "market")])
    assert index.is_whole()
    monkeypatch.setattr(Index, "_gather", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        index.add([about("r2", "market")])
    index.close()
    assert not Index(shipped(), tmp_path / "links.duckdb").is_whole()


def test_an_event_comes_back_as_it_was_told_but_for_its_sketch() -> None:
    report = told("r1", strike("2024-03-01", HERE, 12), words=WORDS, published="2024-03-02")
    (event,) = events(report)
    ((back,),) = index_of([[event]]).told()
    assert (back.report, back.claims, back.main, back.sketch) == (event.report, event.claims, True, None)


def test_events_are_told_in_order_of_their_ids() -> None:
    index = index_of([about("r3", *WORDS), about("r1", *WORDS), events(told("r2", words=("kiln", "weir", "lodge")))])
    assert [[event.id for event in group] for group in index.told()] == [["r1/c1", "r3/c1"], ["r2/"]]


def test_what_the_comparisons_weigh_adds_up_to_the_pair() -> None:
    index = index_of([about("r1", *WORDS), about("r2", *WORDS[:6], dead=11)])
    ((one, other, weight, pull),) = index.compared_with(["r1/c1"])
    weighed = index.weigh([(one, other)])[(one, other)]
    assert weighed[""] == weight == pull + round(1000 * shipped().near_above)
    prior = weight - sum(weighed[each.name] for each in shipped().comparisons)
    assert prior == pytest.approx(-6630, abs=10)


def test_an_empty_index_has_no_groups_and_no_report_without_events_counts() -> None:
    index = index_of([])
    index.add([[]])
    assert (groups(index), list(index.told()), index.compared_with([])) == ([], [], [])


def test_words_with_signs_of_sql_and_surrogates_do_no_harm() -> None:
    odd = Reading.model_validate(
        told("r'1\"; drop table events; --", words=("o'clock", "\\", "%", "名前")).model_dump()
    )
    assert groups(index_of([events(odd)])) == [("r'1\"; drop table events; --/",)]
