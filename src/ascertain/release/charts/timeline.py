"""What was reported per day, week, month or year: range bars from zero, in one chart or in several of one scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ascertain.release.charts.marks import HEIGHT_OF_DAYS, day_axis, fading_up, people_lines, people_numbers
from ascertain.release.charts.scales import Days, Scale, Step, scale_for
from ascertain.release.charts.svg import Across, chart, isolated, plain, tag, told, words
from ascertain.release.charts.values import Bucket, Panel, Range, together
from ascertain.release.charts.wording import Words, told_days, told_range

_TOP = 18.0
_HEIGHT = 140.0
_PANEL, _PANEL_NAME, _BETWEEN = 44.0, 36.0, 12.0
_GAP = 0.12
_WIDEST = 0.2  # of the chart: a lone day is a bar, not a wall


def timeline(buckets: Sequence[Bucket], step: Step, words: Words, *, title: str, scale: Scale | None = None) -> str:
    """One range bar a bucket, oldest first; each can be brushed: `data-start` and `data-end` are its days.

    >>> import datetime as dt
    >>> from ascertain.release.charts.wording import words_of
    >>> week = Bucket(dt.date(2024, 9, 2), dt.date(2024, 9, 8), Range(13, 15, None), incidents=2)
    >>> svg = timeline([week], "week", words_of("en"), title="Reported killed per week, range over sources")
    >>> 'data-start="2024-09-02" data-end="2024-09-08"' in svg, "at least 13, best 15" in svg
    (True, True)
    """
    if not buckets:
        return chart("timeline", 24, title, words.phrase("nothing_told"), [_nothing(words)], rtl=words.rtl)
    across, scale = Across(words.rtl), scale or scale_for(bucket.range for bucket in buckets)
    days, zero = Days(buckets[0].start, buckets[-1].end), _TOP + _HEIGHT
    marks = [
        *people_lines(across, scale, zero, _HEIGHT),
        *(_bucket(bucket, days, scale, across, zero, _HEIGHT, words) for bucket in buckets),
        *people_numbers(across, scale, zero, _HEIGHT),
        _highest(buckets, days, scale, across, zero, words),
        *day_axis(across, days, zero, words),
    ]
    return chart("timeline", zero + HEIGHT_OF_DAYS, title, _described(buckets, step, words), marks, rtl=words.rtl)


def small_multiples(panels: Sequence[Panel], words: Words, *, title: str) -> str:
    """A row for each place or group, all on one scale and over the same days."""
    buckets = [bucket for panel in panels for bucket in panel.buckets]
    if not buckets:
        return chart("multiples", 24, title, words.phrase("nothing_told"), [_nothing(words)], rtl=words.rtl)
    across, scale = Across(words.rtl), scale_for(bucket.range for bucket in buckets)
    days = Days(min(bucket.start for bucket in buckets), max(bucket.end for bucket in buckets))
    row, marks = _PANEL_NAME + _PANEL + _BETWEEN, list[str]()
    for place, panel in enumerate(panels):
        marks += _panel(panel, days, scale, across, place * row, words)
    marks += day_axis(across, days, len(panels) * row - _BETWEEN, words)
    listed = words.listed(words.phrase("each", name=isolated(panel.name), told=_sum(panel, words)) for panel in panels)
    description = words.phrase("panels", limit=scale.limit, list=listed)
    return chart("multiples", len(panels) * row - _BETWEEN + HEIGHT_OF_DAYS, title, description, marks, rtl=words.rtl)


def _panel(panel: Panel, days: Days, scale: Scale, across: Across, top: float, phrases: Words) -> Iterator[str]:
    zero = top + _PANEL_NAME + _PANEL
    yield words(plain(panel.name), across.x(0), top + 13, "name", "start")
    yield words(_sum(panel, phrases), across.x(0), top + 29, "value", "start")
    yield across.line(0, 1, zero, zero, "axis")
    yield across.line(0, 1, zero - _PANEL, zero - _PANEL, "grid")
    for bucket in panel.buckets:
        yield _bucket(bucket, days, scale, across, zero, _PANEL, phrases)


def _sum(panel: Panel, words: Words) -> str:
    """What a row comes to; a stretch of which no number is told adds nothing, unless it says of how many."""
    told_of = [one for one in (bucket.range for bucket in panel.buckets) if one.unknown or not one.is_unknown]
    return told_range(together(told_of), words) if told_of else words.phrase("nothing_told")


def _bucket(bucket: Bucket, days: Days, scale: Scale, across: Across, zero: float, height: float, words: Words) -> str:
    start, end = days.starts(bucket.start), days.ends(bucket.end)
    middle, half = (start + end) / 2, min((end - start) * (0.5 - _GAP), _WIDEST / 2)
    left, right = middle - half, middle + half
    name = words.phrase("each", name=told_days(bucket.start, bucket.end, words), told=_told(bucket, words))
    return tag(
        "g",
        told(name),
        across.block(start, end, zero - height, height, "hit"),
        *_bar(bucket.range, left, right, scale, across, zero, height),
        class_="bucket",
        data_brush="",
        data_start=bucket.start.isoformat(),
        data_end=bucket.end.isoformat(),
    )


def _told(bucket: Bucket, words: Words) -> str:
    counted = words.phrase("incidents", count=bucket.incidents)
    return (
        words.listed((told_range(bucket.range, words), counted)) if bucket.incidents else words.phrase("nothing_told")
    )


def _bar(
    range: Range, left: float, right: float, scale: Scale, across: Across, zero: float, height: float
) -> Iterator[str]:
    """From zero: filled to the lowest count, pale to the highest, fading where that is open."""
    if range.unknown:
        yield across.line(left, right, zero + 2, zero + 2, "unknown-mark")
    if range.is_unknown:
        return
    low, top = (scale.share(number) * height for number in (range.floor, range.top))
    yield across.block(left, right, zero - low, low, "bar")
    yield across.block(left, right, zero - top, top - low, "reach")
    if range.is_open:
        yield fading_up(across, left, right, zero - top, min(16.0, height - top))
    if range.best is not None and not range.low == range.best == range.high:
        best = zero - scale.share(range.best) * height
        yield across.line(left, right, best, best, "best")


def _most(buckets: Sequence[Bucket]) -> Bucket:
    return max(buckets, key=lambda bucket: (bucket.range.top, bucket.range.floor))


def _highest(buckets: Sequence[Bucket], days: Days, scale: Scale, across: Across, zero: float, words: Words) -> str:
    """The range of the highest bar, written over it."""
    most = _most(buckets)
    if not most.range.top:
        return ""
    share = (days.starts(most.start) + days.ends(most.end)) / 2
    top = zero - scale.share(most.range.top) * _HEIGHT - (20 if most.range.is_open else 5)
    return across.label(told_range(most.range, words), share, max(top, 11), "value")


def _described(buckets: Sequence[Bucket], step: Step, words: Words) -> str:
    most = _most(buckets)
    return words.phrase(
        "buckets",
        days=told_days(buckets[0].start, buckets[-1].end, words),
        per=words.phrase(f"per_{step}"),
        when=told_days(most.start, most.end, words),
        range=told_range(most.range, words),
    )


def _nothing(phrases: Words) -> str:
    return words(phrases.phrase("nothing_told"), Across(phrases.rtl).x(0), 15, "value unknown", "start")
