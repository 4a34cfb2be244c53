"""Charts as accessible SVG: pure functions from frozen values to text, with the same bytes for the same values.

In: `Range`s and what else `values` holds, titles in words, and the `Words` of a language. Out: SVG as `str`, to stand
in a page that has `stylesheet()`, or as a file (`standalone`). No chart has inline style, every number of people is a
range, every bar begins at zero, and each chart tells in `<title>` and `<desc>` what it shows.
"""

from ascertain.release.charts.breakdown import BarRow, breakdown
from ascertain.release.charts.conditions import condition_weeks
from ascertain.release.charts.date_span import date_span, days_around, told_when
from ascertain.release.charts.range_bar import range_bar, scale_axis
from ascertain.release.charts.rounds import negotiation_rounds
from ascertain.release.charts.scales import Days, Scale, Step, buckets_between, scale_for, start_of, step_for
from ascertain.release.charts.standalone import standalone, stylesheet
from ascertain.release.charts.timeline import small_multiples, timeline
from ascertain.release.charts.toll_lines import toll_lines
from ascertain.release.charts.values import (
    Bounded,
    Bucket,
    ConditionCell,
    ConditionRow,
    Panel,
    Range,
    RoundTold,
    Said,
    TollAt,
    TollLine,
    range_of,
    together,
)
from ascertain.release.charts.wording import Words, told_range, words_of

__all__ = [
    "BarRow",
    "Bounded",
    "Bucket",
    "ConditionCell",
    "ConditionRow",
    "Days",
    "Panel",
    "Range",
    "RoundTold",
    "Said",
    "Scale",
    "Step",
    "TollAt",
    "TollLine",
    "Words",
    "breakdown",
    "buckets_between",
    "condition_weeks",
    "date_span",
    "days_around",
    "negotiation_rounds",
    "range_bar",
    "range_of",
    "scale_axis",
    "scale_for",
    "small_multiples",
    "standalone",
    "start_of",
    "step_for",
    "stylesheet",
    "timeline",
    "together",
    "told_range",
    "told_when",
    "toll_lines",
    "words_of",
]
