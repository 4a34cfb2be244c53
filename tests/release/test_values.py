"""Laws of ranges and of adding them up."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.release.drawings import ranges

from ascertain.release.charts import Range, Step, buckets_between, scale_for, start_of, step_for, together
from ascertain.release.charts.scales import STEPS, Days, day_ticks

few = settings(max_examples=80, deadline=None)
days = st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31))


@few
@given(st.lists(ranges(), max_size=6))
def test_a_sum_is_a_range_and_its_order_changes_nothing(given_ranges: list[Range]) -> None:
    whole = together(given_ranges)
    assert whole == together(reversed(given_ranges))
    assert whole.floor == sum(one.floor for one in given_ranges)
    assert whole.top == sum(one.top for one in given_ranges) or whole.is_open
    assert whole.is_open == any(one.is_open for one in given_ranges)


@few
@given(st.lists(ranges(), max_size=6))
def test_what_has_no_number_is_counted_and_never_taken_for_none(given_ranges: list[Range]) -> None:
    unknown = sum(one.unknown or one.is_unknown for one in given_ranges)
    assert together(given_ranges).unknown == unknown


def test_the_sum_of_a_best_number_and_of_none_has_no_best_number() -> None:
    assert together([Range(1, 2, 3), Range(1, None, 3)]).best is None


def test_bounds_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="is false"):
        Range(17, 15, 13)


@few
@given(st.lists(ranges(), max_size=5))
def test_a_scale_begins_at_zero_and_holds_all(given_ranges: list[Range]) -> None:
    scale = scale_for(given_ranges)
    assert scale.ticks[0] == 0
    assert scale.ticks[-1] == scale.limit
    assert all(one.top <= scale.limit for one in given_ranges)
    assert len(scale.ticks) <= 6


@few
@given(days, st.integers(0, 4000), st.sampled_from(STEPS))
def test_buckets_hold_each_day_once(first: dt.date, lasting: int, step: Step) -> None:
    last = first + dt.timedelta(days=lasting)
    found = list(buckets_between(first, last, step))
    assert found[0][0] <= first
    assert found[-1][1] >= last
    for (_, end), (start, _) in pairwise(found):
        assert start - end == dt.timedelta(days=1)
    assert all(start_of(day, step) == start for start, end in found for day in (start, end))


@few
@given(days, st.integers(0, 9000))
def test_an_axis_has_some_days_and_not_many(first: dt.date, lasting: int) -> None:
    last = first + dt.timedelta(days=lasting)
    step, ticks = day_ticks(Days(first, last))
    assert step in STEPS
    assert 1 <= len(ticks) <= 6
    assert all(first <= day <= last for day in ticks)
    assert len(list(buckets_between(first, last, step_for(first, last)))) <= 122
