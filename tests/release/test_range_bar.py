"""Laws of range bars: from zero, low ≤ best ≤ high, a dot for each source, never a bare total."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.release.drawings import of_class, percent, ranges

from ascertain.release.charts import Range, Said, range_bar, scale_for, told_range, words_of

ENGLISH, ARABIC = words_of("en"), words_of("ar")
few = settings(max_examples=60, deadline=None)


@few
@given(ranges())
def test_a_bar_begins_at_zero_and_its_marks_are_in_order(figure: Range) -> None:
    svg = range_bar(figure, scale_for([figure]), ENGLISH)
    if figure.is_unknown:
        assert of_class(svg, "unknown-line")
        assert not of_class(svg, "bar")
        return
    (bar,), (reach,) = of_class(svg, "bar"), of_class(svg, "reach")
    assert percent(bar, "x") == 2
    assert percent(reach, "x") == pytest.approx(percent(bar, "x", "width"), abs=0.02)
    for best in of_class(svg, "best"):
        assert percent(reach, "x") - 0.02 <= percent(best, "x1") <= percent(reach, "x", "width") + 0.02


@few
@given(ranges())
def test_a_right_to_left_bar_begins_at_the_right(figure: Range) -> None:
    for bar in of_class(range_bar(figure, scale_for([figure]), ARABIC), "bar"):
        assert percent(bar, "x", "width") == pytest.approx(98, abs=0.02)


@few
@given(ranges(), ranges())
def test_bars_of_one_scale_can_be_compared(one: Range, other: Range) -> None:
    scale = scale_for([one, other])
    ends = [
        percent(of_class(range_bar(figure, scale, ENGLISH), "reach")[0], "x", "width")
        for figure in (one, other)
        if not figure.is_unknown
    ]
    if len(ends) == 2:
        assert (one.top <= other.top) or ends[0] >= ends[1]


@few
@given(st.lists(st.integers(0, 40), max_size=30), st.booleans())
def test_every_source_has_its_dot_and_none_hides_another(counts: list[int], compact: bool) -> None:
    sources = [Said(f"source {at}", count, count) for at, count in enumerate(counts)]
    svg = range_bar(Range(0, None, 40), scale_for([Range(0, None, 40)]), ENGLISH, sources=sources, compact=compact)
    dots = of_class(svg, "source")
    assert len({(dot.get("cx"), dot.get("cy")) for dot in dots}) == len(sources)


def test_a_source_that_gives_no_number_has_no_dot_but_is_told() -> None:
    figure = Range(3)
    svg = range_bar(figure, scale_for([figure]), ENGLISH, sources=[Said("Residents")])
    assert not of_class(svg, "source")
    assert "Residents" in svg


@few
@given(ranges())
def test_what_differs_is_never_told_as_one_number(figure: Range) -> None:
    told = told_range(figure, ENGLISH)
    if figure.is_unknown:
        assert told == "unknown number"
    elif figure.is_open:
        assert "at least" in told or "or more" in told
    elif figure.low != figure.high:
        assert "–" in told or "up to" in told
    if figure.unknown and not figure.is_unknown:
        assert "no number given" in told


def test_an_open_end_fades_out_and_a_known_one_does_not() -> None:
    for figure, fades in ((Range(13), True), (Range(13, 15, 17), False), (Range(13, 15, 17, open=True), True)):
        assert bool(of_class(range_bar(figure, scale_for([figure]), ENGLISH), "fade")) is fades


def test_a_figure_beyond_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="scale_for"):
        range_bar(Range(99, 99, 99), scale_for([Range(1, 1, 1)]), ENGLISH)
