"""How talks went: a dot for each day and state that is told, on a lane for each state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from ascertain.model import NegotiationStatus
from ascertain.release.charts.marks import HEIGHT_OF_DAYS, day_axis
from ascertain.release.charts.scales import Days, moved
from ascertain.release.charts.svg import Across, at, chart, tag, told, words
from ascertain.release.charts.values import RoundTold
from ascertain.release.charts.wording import Words, told_day, told_days

_LANES: tuple[NegotiationStatus, ...] = (
    "implemented", "agreed", "progress", "ongoing", "proposed", "impasse", "rejected", "collapsed",
)  # fmt: skip
_LANE, _NAME = 34.0, 13.0
_ROOM = 20
_HOLLOW = ("planned", "threatened", "hypothetical", "alleged")


def negotiation_rounds(rounds: Sequence[RoundTold], words: Words, *, title: str, days: Days | None = None) -> str:
    """States of talks over time; reports that disagree about a day have dots on several lanes, joined by a line.

    >>> import datetime as dt
    >>> from ascertain.release.charts.wording import words_of
    >>> svg = negotiation_rounds([RoundTold(dt.date(2024, 5, 6), "agreed")], words_of("en"), title="Talks in Cairo")
    >>> "agreed" in svg
    True
    """
    across = Across(words.rtl)
    if not rounds:
        nothing = words.phrase("nothing_told")
        return chart("rounds", 24, title, nothing, [_text(nothing, across)], rtl=words.rtl)
    days = days or _days_of(rounds)
    told_states = {one.status for one in rounds}
    heights = {
        status: place * _LANE + _LANE - 8 for place, status in enumerate(lane for lane in _LANES if lane in told_states)
    }
    foot = len(heights) * _LANE + 4
    marks = [
        *_lanes(heights, across, words),
        *_disagreements(rounds, heights, days, across),
        *(_dot(one, heights[one.status], days, across, words) for one in rounds),
        *day_axis(across, days, foot, words),
    ]
    return chart("rounds", foot + HEIGHT_OF_DAYS, title, _described(rounds, days, words), marks, rtl=words.rtl)


def _days_of(rounds: Sequence[RoundTold]) -> Days:
    """The days told of, with room at both ends, so that no dot hides the name of its lane."""
    first, last = min(one.date for one in rounds), max(one.date for one in rounds)
    room = dt.timedelta(days=1 + (last - first).days // _ROOM)
    return Days(moved(first, -room), moved(last, room))


def _lanes(heights: dict[NegotiationStatus, float], across: Across, phrases: Words) -> Iterator[str]:
    for status, y in heights.items():
        yield words(phrases.status[status], across.x(0), y - _NAME + 2, "name", "start")
        yield across.line(0, 1, y, y, "grid")


def _disagreements(
    rounds: Sequence[RoundTold], heights: dict[NegotiationStatus, float], days: Days, across: Across
) -> Iterator[str]:
    for day in sorted({one.date for one in rounds}):
        told_on_it = sorted({heights[one.status] for one in rounds if one.date == day})
        if len(told_on_it) > 1:
            share = days.middle(day)
            yield across.line(share, share, told_on_it[0], told_on_it[-1], "joined")


def _dot(one: RoundTold, y: float, days: Days, across: Across, words: Words) -> str:
    kind = "hollow" if one.modality in _HOLLOW else "denied" if one.modality == "denied" else "outcome"
    cross = tag("path", class_="cross", d="M-6,-6L6,6M-6,6L6,-6") if kind == "denied" else ""
    dot = tag("circle", class_=f"{kind} is-{one.status}", r=5)
    return at(across.x(days.middle(one.date)), y, told(_told(one, words)), dot, cross)


def _told(one: RoundTold, words: Words) -> str:
    modality = () if one.modality == "asserted" else (words.modality[one.modality],)
    said = words.listed((words.status[one.status], *modality, words.phrase("source_count", count=one.sources)))
    return words.phrase("each", name=told_day(one.date, words), told=said)


def _described(rounds: Sequence[RoundTold], days: Days, words: Words) -> str:
    listed = words.listed(_told(one, words) for one in sorted(rounds, key=lambda one: one.date))
    return words.phrase("rounds", days=told_days(days.first, days.last, words), list=listed)


def _text(text: str, across: Across) -> str:
    return words(text, across.x(0), 15, "value unknown", "start")
