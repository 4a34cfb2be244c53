"""Decisions, replayed on what the reader and the linker found."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue
from tests.incidents.made import event as claim
from tests.incidents.made import figure

from ascertain.incidents.build import incident_of
from ascertain.incidents.events import Event, events_of
from ascertain.incidents.ids import id_of
from ascertain.incidents.lineage import trace
from ascertain.model import Incident, Reading, RecordError, ReportHeader, Sketch
from ascertain.record.replay.amending import amended
from ascertain.record.replay.decided import Decided, Kind, Subject, standing
from ascertain.record.replay.grouping import Group, regrouped, ties
from ascertain.record.replay.matching import named_as_before
from ascertain.record.replay.values import about, check_parts, corrected, finished

AT = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)


def told(report: str, *words: str) -> Event:
    header = ReportHeader(id=report)
    sketch = Sketch(words=words, at=tuple(range(len(words))))
    return Event(header, (claim(figure("two", 2, 2)),), True, sketch)


def group(*reports: str) -> Group:
    return tuple(told(report) for report in reports)


def decided(number: int, kind: Kind, *events: Group, value: JsonValue = None, decision: int | None = None) -> Decided:
    subject = Subject(
        incidents=tuple(id_of(members[0]) for members in events),
        events=tuple(tuple(each.id for each in members) for members in events),
        decision=decision,
    )
    return Decided(number, kind, subject, value, "amina", AT)


def names(groups: tuple[Group, ...]) -> list[list[str]]:
    return [[event.report.id for event in members] for members in groups]


def incident(members: Group) -> Incident:
    return incident_of(members, trace([Reading(report=each.report, claims=each.claims) for each in members]))


@st.composite
def partitions(draw: st.DrawFn) -> tuple[Group, ...]:
    sizes = draw(st.lists(st.integers(1, 4), min_size=2, max_size=5))
    number = iter(range(sum(sizes)))
    return tuple(group(*(f"r{next(number)}" for _ in range(size))) for size in sizes)


@given(partitions(), st.data())
def test_merge_then_split_restores(groups: tuple[Group, ...], data: st.DataObject) -> None:
    one, other = data.draw(st.permutations(groups).map(lambda some: some[:2]))
    merge, split = decided(1, "merge", one, other), decided(2, "split", other, one)
    assert len(regrouped(groups, [merge])) == len(groups) - 1
    assert regrouped(groups, [merge, split]) == regrouped(groups, [])


@given(partitions(), st.data())
def test_split_then_merge_restores(groups: tuple[Group, ...], data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([members for members in groups if len(members) > 1] or [group("x", "y")]))
    groups = groups if whole in groups else (*groups, whole)
    cut = data.draw(st.integers(1, len(whole) - 1))
    split, merge = decided(1, "split", whole[:cut], whole[cut:]), decided(2, "merge", whole[:cut], whole[cut:])
    assert len(regrouped(groups, [split])) == len(groups) + 1
    assert regrouped(groups, [split, merge]) == regrouped(groups, [])


@given(partitions(), st.randoms())
def test_decisions_about_other_events_may_come_in_any_order(groups: tuple[Group, ...], chance: random.Random) -> None:
    made = [
        decided(n, "split", members[:1], members[1:]) if len(members) > 1 else decided(n, "lock", members)
        for n, members in enumerate(groups, 1)
    ]
    mixed = list(made)
    chance.shuffle(mixed)
    assert regrouped(groups, made) == regrouped(groups, mixed)


@given(partitions(), st.data())
def test_no_event_is_lost_or_doubled(groups: tuple[Group, ...], data: st.DataObject) -> None:
    kinds: list[Kind] = ["merge", "split", "lock"]
    made = []
    for number in range(1, data.draw(st.integers(1, 5)) + 1):
        one, other = data.draw(st.permutations(groups).map(lambda some: some[:2]))
        made.append(decided(number, data.draw(st.sampled_from(kinds)), one, other))
    after = regrouped(groups, made)
    assert sorted(each.id for members in after for each in members) == sorted(e.id for g in groups for e in g)


def test_what_comes_later_goes_with_those_that_the_linker_puts_it_with() -> None:
    one, other = group("a1", "a2"), group("b1")
    merge = decided(1, "merge", one, other)
    assert names(regrouped([group("a1", "a2", "a3"), other], [merge])) == [["a1", "a2", "a3", "b1"]]


def test_what_comes_to_a_split_incident_goes_to_the_side_whose_words_it_shares() -> None:
    bank, market = told("a1", "bank", "robbers", "street"), told("b1", "market", "bomb", "stalls")
    split = decided(1, "split", (market,), (bank,))
    later = told("c1", "bomb", "stalls", "blast"), told("d1", "bank", "street"), told("e1", "else")
    assert names(regrouped([(bank, market, *later)], [split])) == [["a1", "d1", "e1"], ["b1", "c1"]]


def test_a_locked_incident_keeps_its_events() -> None:
    lock, unlock = decided(1, "lock", group("a1", "a2")), decided(2, "unlock", group("a1", "a2"))
    later = [group("a1", "a2", "a3"), group("b1")]
    assert names(regrouped(later, [lock])) == [["a1", "a2"], ["a3"], ["b1"]]
    assert names(regrouped([group("a1", "a3"), group("a2")], [lock])) == [["a1", "a2"], ["a3"]]
    assert names(regrouped(later, [lock, unlock])) == [["a1", "a2", "a3"], ["b1"]]


def test_an_undone_decision_has_no_effect_until_its_undoing_is_undone() -> None:
    merge = decided(1, "merge", group("a1"), group("b1"))
    undo, redo = decided(2, "undo", decision=1), decided(3, "undo", decision=2)
    groups = [group("a1"), group("b1")]
    effects = [len(regrouped(groups, standing(made))) for made in ([merge], [merge, undo], [merge, undo, redo])]
    assert effects == [1, 2, 1]


def test_what_a_decision_ties_is_looked_at_together() -> None:
    assert ties([decided(1, "merge", group("a1"), group("b1")), decided(2, "accept", group("c1"))]) == (
        frozenset({"a1/c1", "b1/c1"}),
    )


def test_a_correction_holds_and_the_computed_value_stays_beside_it() -> None:
    members = group("a1", "b1")
    to: JsonValue = {"low": 3, "best": 3, "high": 4}
    set_by_hand = decided(1, "correct", members, value={"field": "figures/killed/people", "to": to})
    result = finished(incident(members), [set_by_hand])
    assert [(each.low, each.best, each.high) for each in result.incident.figures] == [(3, 3, 4)]
    assert result.corrections[0].computed == {"low": 2, "best": 2, "high": 2}
    later = decided(2, "correct", members, value={"field": "figures/killed/people", "to": None})
    assert finished(incident(members), [set_by_hand, later]).incident.figures == ()


def test_a_locked_incident_keeps_its_values() -> None:
    members, grown = group("a1"), group("a1", "b1")
    kept = incident(members)
    lock = decided(1, "lock", members, value=kept.model_dump(mode="json"))
    result = finished(incident(grown), [lock])
    assert (result.locked, result.incident.reports) == (True, ("a1",))


def test_what_a_person_decides_of_an_incident_stays_with_it_when_it_grows_or_is_merged() -> None:
    accept = decided(1, "accept", group("b1"))
    events = {"a1/c1", "b1/c1"}
    assert about(group("a1", "b1"), [accept], events.__contains__) == [accept]
    assert about(group("a1"), [accept], events.__contains__) == []


def test_a_decision_follows_what_is_left_of_the_incident() -> None:
    reject = decided(1, "reject", group("a1", "b1"))
    left = {"b1/c1", "c1/c1"}
    assert about(group("b1"), [reject], left.__contains__) == [reject]
    assert about(group("c1"), [reject], left.__contains__) == []


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("weather", "fair", "no field 'weather'"),
        ("figures/killed", 3, "name a figure as"),
        ("figures/killed/people", {"low": 4, "best": 3, "high": 5}, "is false"),
        ("figures/killed/people", 4, "a figure has low, best and high"),
        ("type", "picnic", "no type 'picnic'"),
        ("means", ["spoon"], "no code 'spoon'"),
        ("when", {"start": "yesterday"}, "cannot be"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_what_could(field: str, value: JsonValue, said: str) -> None:
    with pytest.raises(RecordError, match=said):
        corrected(incident(group("a1")), field, value)


def test_a_part_may_not_exceed_its_whole() -> None:
    part: JsonValue = {"low": 5, "best": 5, "high": 5}
    with pytest.raises(RecordError, match="a part exceeds its whole: 5 children killed, of 2 people at most"):
        check_parts(corrected(incident(group("a1")), "figures/killed/children", part))


def test_the_type_brings_the_words_of_acled_along() -> None:
    after = corrected(incident(group("a1")), "type", "air_drone_strike")
    assert after.acled is not None
    assert after.acled.sub_event_type == "Air/drone strike"


def test_claims_are_added_and_rejected() -> None:
    first, second = claim(figure("two", 2, 2)), claim(figure("six", 6, 6), id="c2", event="e2")
    reading = Reading(report=ReportHeader(id="r1"), claims=(first, second))
    wrong = Decided(1, "reject_claim", Subject(report="r1", claim="c1"), None, "amina", AT)
    elsewhere = Decided(2, "reject_claim", Subject(report="r2", claim="c2"), None, "amina", AT)
    missed = Decided(3, "add_claim", Subject(report="r1"), first.model_dump(mode="json"), "amina", AT)
    after = amended(reading, [wrong, elsewhere, missed])
    assert [each.id for each in after.claims] == ["c2", "d3"]
    assert [each.id for each in events_of(after)] == ["r1/c2", "r1/d3"]


def test_claims_of_a_new_reading_have_the_ids_of_those_on_the_same_words() -> None:
    old = [claim(id="c1", evidence=((0, 40),)), claim(id="c2", evidence=((50, 90),))]
    new = [
        claim(id="c1", evidence=((48, 90),)),
        claim(id="c2", evidence=((100, 140),)),
        claim(id="c3", evidence=((0, 40),)),
    ]
    assert [each.id for each in named_as_before(new, old, used=["c3"])] == ["c2", "c4", "c1"]


def test_claims_of_two_kinds_on_the_same_words_are_not_taken_for_one() -> None:
    old = [claim(id="c1", type="attack", evidence=((0, 40),)), claim(id="c2", type="crime", evidence=((0, 40),))]
    assert [each.id for each in named_as_before(list(reversed(old)), old)] == ["c2", "c1"]
