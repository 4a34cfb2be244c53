"""Laws of charts over time: bars from zero, one scale, days that can be brushed, disagreements seen."""

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.release.drawings import day, of_class, percent, ranges, weeks

from ascertain.release.charts import (
    ConditionCell,
    ConditionRow,
    Panel,
    Range,
    RoundTold,
    Step,
    TollAt,
    TollLine,
    buckets_between,
    condition_weeks,
    date_span,
    negotiation_rounds,
    small_multiples,
    start_of,
    timeline,
    toll_lines,
    words_of,
)

ENGLISH = words_of("en")
few = settings(max_examples=40, deadline=None)


@few
@given(st.lists(ranges(), min_size=1, max_size=12))
def test_every_bar_stands_on_zero(given_ranges: list[Range]) -> None:
    svg = timeline(weeks(*given_ranges), "week", ENGLISH, title="Reported killed")
    bars, reaches = of_class(svg, "bar"), of_class(svg, "reach")
    assert len(bars) == sum(not one.is_unknown for one in given_ranges)
    for bar, reach in zip(bars, reaches, strict=True):
        assert float(bar.get("y", "")) + float(bar.get("height", "")) == pytest.approx(158, abs=0.02)
        top = float(reach.get("y", "")) + float(reach.get("height", ""))
        assert top == pytest.approx(float(bar.get("y", "")), abs=0.02)


def test_each_bucket_tells_its_days_for_brushing() -> None:
    found = of_class(timeline(weeks(Range(1, 1, 1), Range()), "week", ENGLISH, title="Killed"), "bucket")
    told = [(one.get("data-brush"), one.get("data-start"), one.get("data-end")) for one in found]
    assert told == [("", "2024-09-02", "2024-09-08"), ("", "2024-09-09", "2024-09-15")]


def test_incidents_without_a_number_are_marked_under_the_bar() -> None:
    buckets = weeks(Range(1, 1, 1), Range(1, 1, 1, unknown=2), Range(unknown=1))
    assert len(of_class(timeline(buckets, "week", ENGLISH, title="Killed"), "unknown-mark")) == 2


def test_small_multiples_are_of_one_scale() -> None:
    panels = [Panel("Rafah", weeks(Range(10, 10, 10))), Panel("El Fasher", weeks(Range(5, 5, 5)))]
    large, small = of_class(small_multiples(panels, ENGLISH, title="Killed by place"), "bar")
    assert float(large.get("height", "")) == pytest.approx(2 * float(small.get("height", "")))


def test_a_panel_tells_its_sum_as_a_range() -> None:
    svg = small_multiples([Panel("Rafah", weeks(Range(1, 2, 3), Range(4, None, None)))], ENGLISH, title="Killed")
    assert "5 – 7 or more" in svg


def test_nothing_told_is_said_in_words() -> None:
    assert "Nothing is told." in timeline((), "week", ENGLISH, title="Killed")
    assert "Nothing is told." in toll_lines([TollLine("Ministry", (TollAt(day(0)),))], ENGLISH, title="Killed")


def test_every_count_of_every_source_has_its_sign() -> None:
    lines = [
        TollLine("Ministry", (TollAt(day(0), 1, 1), TollAt(day(1), 3))),
        TollLine("Agency", (TollAt(day(1), None, 9), TollAt(day(2), 2, 4), TollAt(day(3)))),
    ]
    svg = toll_lines(lines, ENGLISH, title="Killed, as each source counts")
    assert len(of_class(svg, "sign")) == 4
    assert len(of_class(svg, "upright")) == 2
    assert len(of_class(svg, "line-1")) == len(of_class(svg, "line-2")) == 1


def test_reports_that_disagree_about_talks_stand_side_by_side() -> None:
    told = [RoundTold(day(0), "agreed"), RoundTold(day(0), "rejected"), RoundTold(day(1), "agreed", "denied")]
    svg = negotiation_rounds(told, ENGLISH, title="Talks")
    assert len(of_class(svg, "joined")) == 1
    assert len(of_class(svg, "outcome")) == 2
    assert len(of_class(svg, "denied")) == 1


def test_a_word_of_no_scale_is_an_outline_and_an_untold_week_is_empty() -> None:
    cells = (ConditionCell(day(0), "Phase 4", 4), ConditionCell(day(3), "dire"))
    svg = condition_weeks([ConditionRow("Gaza City", cells)], ENGLISH, title="Food")
    assert len(of_class(svg, "level")) == len(of_class(svg, "level-unknown")) == 1
    assert len(of_class(svg, "week")) == 2


def test_an_end_that_nobody_knows_fades_out_on_its_side() -> None:
    known, later, earlier = (
        date_span(start, end, ENGLISH) for start, end in ((day(0), day(1)), (day(0), None), (None, day(0)))
    )
    assert not of_class(known, "fade")
    for svg, forwards in ((later, True), (earlier, False)):
        (bar,) = of_class(svg, "bar")
        assert all((percent(fade, "x") >= percent(bar, "x")) is forwards for fade in of_class(svg, "fade"))
    assert "date not known" in date_span(None, None, ENGLISH)


@few
@given(st.integers(1, 400))
def test_no_mark_lies_outside(lasting: int) -> None:
    buckets = weeks(*[Range(at, None, None) for at in range(lasting)])
    svg = timeline(buckets, "week", ENGLISH, title="Killed")
    assert all(0 <= float(place) <= 100 for place in re.findall(r'="(-?[\d.]+)%"', svg))
    assert dt.date.fromisoformat(of_class(svg, "bucket")[-1].get("data-start", "")) == day(lasting - 1)


@pytest.mark.parametrize("at", [dt.date.min, dt.date.max])
@pytest.mark.parametrize("step", ["day", "week", "month", "year"])
def test_charts_hold_the_first_and_the_last_day_of_the_calendar(at: dt.date, step: Step) -> None:
    assert len(list(buckets_between(at, at, step))) == 1
    assert "<svg" in date_span(at, None, ENGLISH)
    assert "<svg" in negotiation_rounds([RoundTold(at, "agreed")], ENGLISH, title="Talks")
    cell = ConditionCell(start_of(at, "week"))
    assert "<svg" in condition_weeks([ConditionRow("Rafah", (cell,))], ENGLISH, title="Food")


@pytest.mark.parametrize("count", [1, 2, 12])
def test_a_lone_day_is_a_bar_and_no_wall(count: int) -> None:
    svg = timeline(weeks(*[Range(3, 4, 6)] * count), "week", ENGLISH, title="Reported killed")
    hits, bars = of_class(svg, "hit"), of_class(svg, "bar")
    for hit, bar in zip(hits, bars, strict=True):
        assert 0 < percent(bar, "width") <= 0.2 * 96 + 0.1
        middle = percent(hit, "x") + percent(hit, "width") / 2
        assert percent(bar, "x") + percent(bar, "width") / 2 == pytest.approx(middle, abs=0.02)
