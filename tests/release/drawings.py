"""Charts of invented values, and what their tests ask of a drawing."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree

from hypothesis import strategies as st

from ascertain.release.charts import (
    Bucket,
    ConditionCell,
    ConditionRow,
    Panel,
    Range,
    RoundTold,
    Said,
    TollAt,
    TollLine,
    Words,
    condition_weeks,
    date_span,
    negotiation_rounds,
    range_bar,
    scale_axis,
    scale_for,
    small_multiples,
    timeline,
    toll_lines,
)

FIRST = dt.date(2024, 9, 2)
WEEK = dt.timedelta(days=7)
HOSTILE = "<script>alert('a')</script> & \"Rafah\" \x00\x1b\ud800\u202e]]>"


def day(week: int) -> dt.date:
    """The Monday some weeks after the first."""
    return FIRST + week * WEEK


def weeks(*ranges: Range) -> tuple[Bucket, ...]:
    """A bucket a week."""
    return tuple(
        Bucket(day(at), day(at) + dt.timedelta(days=6), range, incidents=at) for at, range in enumerate(ranges)
    )


def every_chart(words: Words, name: str = "Rafah") -> dict[str, str]:
    """One chart of each kind, with a name from outside in each of them."""
    figure, sources = Range(13, 15, None), (Said(name, 13), Said("Agency", 15, 15))
    buckets = weeks(Range(13, 15, 17), Range(), Range(2, None, None), Range(4, 5, 6, open=True, unknown=2))
    cells = (ConditionCell(day(0), name, 4), ConditionCell(day(2), name))
    told = RoundTold(day(0), "agreed"), RoundTold(day(0), "rejected", "denied"), RoundTold(day(1), "ongoing", "planned")
    return {
        "range_bar": range_bar(figure, scale_for([figure]), words, label=name, sources=sources),
        "scale_axis": scale_axis(scale_for([figure]), words),
        "timeline": timeline(buckets, "week", words, title=f"Reported killed per week, {name}"),
        "small_multiples": small_multiples([Panel(name, buckets)], words, title=f"Reported killed, {name}"),
        "toll_lines": toll_lines([TollLine(name, (TollAt(day(0), 13), TollAt(day(1), 15, 17)))], words, title=name),
        "date_span": date_span(day(0), None, words),
        "condition_weeks": condition_weeks([ConditionRow(name, cells)], words, title=name),
        "negotiation_rounds": negotiation_rounds(told, words, title=name),
    }


def tree(svg: str) -> ElementTree.Element:
    """The drawing as XML, which it must be."""
    return ElementTree.fromstring(svg)


def of_class(svg: str, kind: str) -> list[ElementTree.Element]:
    """The marks of a class."""
    return [element for element in tree(svg).iter() if kind in element.get("class", "").split()]


def percent(element: ElementTree.Element, *names: str) -> float:
    """A place across, or the sum of several."""
    return sum(float(element.get(name, "").removesuffix("%")) for name in names)


_counts = st.none() | st.integers(0, 5000)


@st.composite
def ranges(draw: st.DrawFn) -> Range:
    """Any range: with open ends, without a best number, unknown."""
    bounds = sorted(draw(st.lists(st.integers(0, 5000), min_size=3, max_size=3)))
    low, best, high = (bound if draw(st.booleans()) else None for bound in bounds)
    return Range(low, best, high, open=draw(st.booleans()), unknown=draw(st.integers(0, 3)))
