"""Leads: the fragment or heading that sets the day and the place of the sentences below it.

In: the sentences of a report, and the lines worth reading among them. Out: each line knows the times and places of the
last fragment above it ("Tarata St, Miraflores, 16 July 1992."), which hold where its own words give none. In a note of
one paragraph, a first sentence that opens with a day ("On 30 June, at Ukum, two gangs fell out.") does the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from ascertain.model import Span
from ascertain.places import PlaceMention
from ascertain.reading.parse import Position
from ascertain.times import TimeMention

if TYPE_CHECKING:
    from ascertain.reading.page import Line

Mention = TypeVar("Mention")
# A fragment holds little besides its times and places.
REST = 40
# How many sentences a note has at most, and how many code points before a day that opens it.
NOTE, OPENING = 5, 4


def give_leads(
    lines: Sequence[Line],
    positions: Sequence[Position],
    times: Sequence[TimeMention],
    places: Sequence[PlaceMention],
    headers: Sequence[Span] = (),
) -> None:
    """Tell each line the times and places of the last fragment, heading or header above it."""
    own = {line.span: line for line in lines}
    starts = [time.span[0] for time in times], [place.place.span[0] for place in places]
    days: tuple[TimeMention, ...] = ()
    spots: tuple[PlaceMention, ...] = ()
    first = positions[0].span if _is_note(positions) else None
    for position in positions:
        opening = next((h for h in headers if position.span[0] <= h[0] < position.span[1]), None)
        if opening is not None:
            days, spots = _days(times, starts[0], opening), _spots(places, starts[1], opening)
        line = own.get(position.span)
        if line is not None:
            line.lead_times, line.lead_places = days, spots
            if not position.heading and position.span != first:
                continue
        here, there = _days(times, starts[0], position.span), _spots(places, starts[1], position.span)
        opens = position.span == first and here and here[0].span[0] - first[0] <= OPENING
        if position.heading or opens or (line is None and _is_fragment(position.span, here, there)):
            days, spots = here or days, there or spots


def _is_note(positions: Sequence[Position]) -> bool:
    """Whether a report is one short paragraph."""
    return 1 < len(positions) <= NOTE and positions[-1].paragraph == positions[0].paragraph


def _days(times: Sequence[TimeMention], starts: Sequence[int], span: Span) -> tuple[TimeMention, ...]:
    return tuple(t for t in _within(times, starts, span) if t.role == "date" and t.start is not None)


def _spots(places: Sequence[PlaceMention], starts: Sequence[int], span: Span) -> tuple[PlaceMention, ...]:
    return tuple(p for p in _within(places, starts, span) if p.role == "mention")


def _within(mentions: Sequence[Mention], starts: Sequence[int], span: Span) -> Sequence[Mention]:
    return mentions[bisect_left(starts, span[0]) : bisect_left(starts, span[1])]


def _is_fragment(span: Span, times: Sequence[TimeMention], places: Sequence[PlaceMention]) -> bool:
    named = sum(t.span[1] - t.span[0] for t in times) + sum(p.place.span[1] - p.place.span[0] for p in places)
    return named > 0 and span[1] - span[0] - named <= REST
