from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascertain.incidents.events import Event
from ascertain.incidents.linking.words import RARE_UP_TO, background
from ascertain.model import Place, Reading

from .records import WORDS, events, index_of, place, records, strike, told

HERE = place(15.0, 30.0)


def compared(*readings: Reading) -> set[tuple[str, str]]:
    """The pairs of events that are compared, by their ids."""
    reports = [events(reading) for reading in readings]
    index = index_of(reports)
    ids = [event.id for report in reports for event in report]
    return {(min(one, other), max(one, other)) for one, other, _, _ in index.compared_with(ids)}


def both(one: Place | None, other: Place | None, first: str | None = "2024-03-01", then: str | None = None) -> bool:
    """Whether strikes at two places, on a day or two days, are compared."""
    return bool(compared(told("r1", strike(first, one)), told("r2", strike(then or first, other))))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((14.999, 30.2), (15.001, 30.2)),
        ((15.2, 29.999), (15.2, 30.001)),
        ((14.98, 29.98), (15.02, 30.02)),
        ((-0.05, -0.05), (0.05, 0.05)),
        ((15.49, 30.0), (15.51, 30.0)),
    ],
)
def test_neighbours_over_the_border_of_a_grid_cell_are_compared(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    assert both(place(*one), place(*other))


@settings(max_examples=12, deadline=None)
@given(st.floats(-60, 60), st.floats(-179, 179), st.floats(-0.1, 0.1), st.floats(-0.1, 0.1))
def test_places_within_ten_kilometres_are_always_compared(lat: float, lon: float, north: float, east: float) -> None:
    assert both(place(lat, lon), place(lat + north, lon + east))


def test_far_places_are_not_compared() -> None:
    assert not both(HERE, place(16.0, 30.0))
    assert not both(HERE, place(15.0, 31.0))
    assert not both(HERE, place(-15.0, -30.0))


def test_a_strike_told_of_a_wide_place_is_compared_with_those_in_it() -> None:
    assert both(HERE, place(15.5, 30.5, radius_km=80))
    assert not both(HERE, place(18.0, 33.0, radius_km=80))


def test_a_strike_told_of_a_whole_region_is_not_compared_by_place() -> None:
    assert not both(HERE, place(15.0, 30.0, radius_km=180))


@pytest.mark.parametrize(("then", "expected"), [("2024-03-01", True), ("2024-03-02", True), ("2024-03-04", False)])
def test_a_strike_is_compared_with_those_of_that_day_and_the_next(then: str, expected: bool) -> None:
    assert both(HERE, HERE, "2024-03-01", then) is expected
    assert both(HERE, HERE, then, "2024-03-01") is expected


def test_a_strike_before_midnight_is_compared_with_one_after_it() -> None:
    assert both(HERE, HERE, "2023-12-31", "2024-01-01")
    assert both(HERE, HERE, "2024-02-29", "2024-03-01")


def test_an_undated_strike_may_have_been_on_the_days_before_it_was_published() -> None:
    known = told("r1", strike("2024-03-01", HERE))
    assert compared(known, told("r2", strike(None, HERE), published="2024-03-03"))
    assert not compared(known, told("r2", strike(None, HERE), published="2024-03-20"))
    assert not compared(known, told("r2", strike(None, HERE), published="2024-02-20"))


def test_undated_reports_that_share_two_rare_words_are_compared() -> None:
    assert compared(told("r1", strike(None, None), words=WORDS[:5]), told("r2", strike(None, None), words=WORDS[3:9]))


def test_one_shared_rare_word_is_not_enough() -> None:
    one, other = WORDS[:5], WORDS[4:9]
    assert not compared(told("r1", strike(None, None), words=one), told("r2", strike(None, None), words=other))


def test_common_words_are_not_enough() -> None:
    common = [word for word, count in background().counts.items() if count > RARE_UP_TO][:9]
    assert len(common) == 9
    assert not compared(told("r1", strike(None, None), words=common), told("r2", strike(None, None), words=common))


@pytest.mark.parametrize(("then", "expected"), [("2024-03-20", True), ("2024-05-01", False)])
def test_rare_words_count_within_a_month(then: str, expected: bool) -> None:
    one, other = strike("2024-03-01", HERE), strike(then, place(-20.0, 60.0))
    assert bool(compared(told("r1", one, words=WORDS), told("r2", other, words=WORDS))) is expected


def test_reports_that_claim_nothing_are_compared_by_their_words() -> None:
    assert compared(told("r1", words=WORDS), told("r2", words=WORDS)) == {("r1/", "r2/")}


def test_events_of_one_report_are_never_compared() -> None:
    one, other = strike("2024-03-01", HERE, id="c1", event_id="e1"), strike("2024-03-01", HERE, id="c2", event_id="e2")
    assert compared(told("r1", one, other, words=WORDS)) == set()


@settings(max_examples=10, deadline=None)
@given(records())
def test_each_pair_of_two_reports_is_compared_at_most_once(record: list[list[Event]]) -> None:
    ids = [event.id for report in record for event in report]
    found = [frozenset(pair[:2]) for pair in index_of(record).compared_with(ids)]
    assert len(found) == len(set(found))
    assert not set(found) & set(of_one_report(record))


def of_one_report(record: list[list[Event]]) -> Iterator[frozenset[str]]:
    for report in record:
        yield from (frozenset((one.id, other.id)) for one, other in itertools.combinations(report, 2))
