"""How tolls grew: one line for each source, with the range of each count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ascertain.release.charts.marks import HEIGHT_OF_DAYS, day_axis, fading_up, people_lines, people_numbers
from ascertain.release.charts.scales import Days, Scale, scale_for
from ascertain.release.charts.svg import Across, at, chart, isolated, plain, tag, told, words
from ascertain.release.charts.values import Range, TollAt, TollLine, range_of
from ascertain.release.charts.wording import Words, told_day, told_days, told_range

_TOP, _HEIGHT = 18.0, 170.0
_LINE_OF_TEXT = 15.0
_LONGEST_NARROW = 22
_WIDTH_OF_OPEN_END = 0.006
# Signs within 4 pixels around the middle: sources are told apart without colour.
_SIGNS = (
    "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0Z",
    "M-3.5,-3.5H3.5V3.5H-3.5Z",
    "M0,-5L5,0L0,5L-5,0Z",
    "M0,-4.5L4.5,4H-4.5Z",
    "M0,4.5L4.5,-4H-4.5Z",
    "M-1.3,-4.5H1.3V-1.3H4.5V1.3H1.3V4.5H-1.3V1.3H-4.5V-1.3H-1.3Z",
)


def toll_lines(lines: Sequence[TollLine], words: Words, *, title: str) -> str:
    """A line for each source from count to count, an upright bar where a count is a range; names stand at the last one.

    >>> import datetime as dt
    >>> from ascertain.release.charts.wording import words_of
    >>> line = TollLine("Ministry", (TollAt(dt.date(2024, 9, 5), 13), TollAt(dt.date(2024, 9, 7), 17, 17)))
    >>> "Ministry" in toll_lines([line], words_of("en"), title="Killed, as counted by each source")
    True
    """
    drawn = [TollLine(line.source, tuple(_known(line.points))) for line in lines]
    drawn = [line for line in drawn if line.points]
    across = Across(words.rtl)
    if not drawn:
        nothing = words.phrase("nothing_told")
        return chart("lines", 24, title, nothing, [_text(nothing, across)], rtl=words.rtl)
    points = [point for line in drawn for point in line.points]
    days = Days(min(point.date for point in points), max(point.date for point in points))
    scale, zero = scale_for(range_of(point) for point in points), _TOP + _HEIGHT
    marks = [
        *people_lines(across, scale, zero, _HEIGHT),
        *(_line(line, place % len(_SIGNS), days, scale, across, words) for place, line in enumerate(drawn)),
        *people_numbers(across, scale, zero, _HEIGHT),
        *_names(drawn, days, scale, across),
        *day_axis(across, days, zero, words),
    ]
    return chart("lines", zero + HEIGHT_OF_DAYS, title, _described(drawn, days, words), marks, rtl=words.rtl)


def _known(points: Sequence[TollAt]) -> list[TollAt]:
    known = (point for point in points if not range_of(point).is_unknown)
    return sorted(known, key=lambda point: (point.date, range_of(point).floor))


def _stands(point: TollAt) -> int:
    """The number at which a count's sign stands: the least it says, else the most."""
    return point.low if point.low is not None else point.high or 0


def _y(people: int, scale: Scale) -> float:
    return _TOP + _HEIGHT - scale.share(people) * _HEIGHT


def _line(line: TollLine, style: int, days: Days, scale: Scale, across: Across, words: Words) -> str:
    places = [(days.middle(point.date), _y(_stands(point), scale)) for point in line.points]
    between = [across.line(before[0], after[0], before[1], after[1], "line") for before, after in pairwise(places)]
    points = (
        _point(line, point, share, style, scale, across, words)
        for point, (share, _) in zip(line.points, places, strict=True)
    )
    return tag("g", *between, *points, class_=f"source-line line-{style + 1}")


def _point(line: TollLine, point: TollAt, share: float, style: int, scale: Scale, across: Across, words: Words) -> str:
    range = range_of(point)
    range_text = words.phrase("says", source=isolated(line.source), range=told_range(range, words))
    name = words.phrase("each", name=told_day(point.date, words), told=range_text)
    sign = at(across.x(share), _y(_stands(point), scale), told(name), tag("path", class_="sign", d=_SIGNS[style]))
    return "".join(_upright(range, share, scale, across)) + sign


def _upright(range: Range, share: float, scale: Scale, across: Across) -> Iterator[str]:
    top = _y(range.top, scale)
    if range.high is not None and range.high > range.floor:
        yield across.line(share, share, _y(range.floor, scale), top, "upright")
    if range.is_open:
        left, right = share - _WIDTH_OF_OPEN_END, share + _WIDTH_OF_OPEN_END
        yield fading_up(across, left, right, top, min(16.0, top))


def _names(lines: Sequence[TollLine], days: Days, scale: Scale, across: Across) -> Iterator[str]:
    """The sources' names at their last counts, one under the other where they would touch."""
    ends = sorted(
        ((_y(_stands(line.points[-1]), scale) - 8, days.middle(line.points[-1].date), line.source) for line in lines),
        reverse=True,
    )
    lowest = _TOP + _HEIGHT
    for y, share, source in ends:
        lowest = min(y, lowest - _LINE_OF_TEXT)
        anchor = "end" if share > 0.5 else "start"
        for name, kind in ((plain(source), "name wide"), (_short(plain(source)), "name narrow")):
            yield words(name, across.x(share), max(lowest, 11), kind, anchor)


def _short(name: str) -> str:
    """A name for which a narrow chart has room; its mark tells the whole."""
    return name if len(name) <= _LONGEST_NARROW else f"{name[: _LONGEST_NARROW - 1].rstrip()}…"


def _described(lines: Sequence[TollLine], days: Days, words: Words) -> str:
    told_lines = (
        words.phrase(
            "rising",
            source=isolated(line.source),
            first=told_range(range_of(line.points[0]), words),
            first_day=told_day(line.points[0].date, words),
            last=told_range(range_of(line.points[-1]), words),
            last_day=told_day(line.points[-1].date, words),
        )
        for line in lines
    )
    return words.phrase("lines", days=told_days(days.first, days.last, words), list=words.listed(told_lines))


def _text(text: str, across: Across) -> str:
    return words(text, across.x(0), 15, "value unknown", "start")
