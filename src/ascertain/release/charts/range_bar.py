"""A figure as a range bar: from zero, with a dot for each independent source and a tick for the best number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from ascertain.release.charts.marks import fading_on
from ascertain.release.charts.scales import Scale
from ascertain.release.charts.svg import Across, chart, isolated, tag, told
from ascertain.release.charts.values import Range, Said, range_of
from ascertain.release.charts.wording import Words, number, told_range

_TEXT = 18.0
_ROOM = 48.0
_NEAR = 0.012
_RADIUS = 3.5


@dataclass(frozen=True, slots=True)
class _Form:
    """How high the parts of a bar are, in pixels."""

    band: float
    best: float
    between_dots: float


_FULL, _COMPACT = _Form(10, 9, 7), _Form(8, 7, 3)


def range_bar(
    figure: Range,
    scale: Scale,
    words: Words,
    *,
    label: str = "",
    sources: Sequence[Said] = (),
    compact: bool = False,
) -> str:
    """A figure on a scale that other figures share (`scale_for`); `label` says what is counted ("Killed").

    A bar goes from zero to the lowest count, a wider band from there to the highest, and fades out where nobody says
    how many at most. A compact bar has no letters: its words stand beside it.

    >>> from ascertain.release.charts.scales import scale_for
    >>> from ascertain.release.charts.wording import words_of
    >>> figure = Range(13, 15, 17)
    >>> svg = range_bar(figure, scale_for([figure]), words_of("en"), label="Killed")
    >>> svg.count("13 – 17, best 15")
    2
    """
    across, form = Across(words.rtl), _COMPACT if compact else _FULL
    dots = [(_share(said, scale), said) for said in sources if _number(said) is not None]
    stacked = _stacked([share for share, _ in dots], form.between_dots)
    top = (0 if compact else _TEXT) + max((rise for rise in stacked), default=0)
    middle = top + max(form.best, _RADIUS) + 1
    marks = [
        "" if compact else _heading(figure, words, label),
        *_bar(figure, scale, across, middle, form),
        _best(figure, scale, across, middle, form),
        *(_dot(one, scale, across, middle - rise, words) for (_, one), rise in zip(dots, stacked, strict=True)),
    ]
    title = words.phrase("each", name=isolated(label), told=told_range(figure, words)) if label else ""
    kind = "range chart-compact" if compact else "range"
    height = middle + max(form.best, _RADIUS) + 1
    return chart(kind, height, title or told_range(figure, words), _described(sources, words), marks, rtl=words.rtl)


def scale_axis(scale: Scale, words: Words) -> str:
    """The axis under range bars of one scale."""
    across = Across(words.rtl)
    ends = (scale.ticks[0], scale.ticks[-1])
    marks = [across.line(0, 1, 1, 1, "axis")]
    for tick in scale.ticks:
        share = scale.share(tick)
        marks += [across.line(share, share, 1, 5, "axis"), across.label(number(tick), share, 17, "tick")]
    told_ends = words.phrase("between", low=ends[0], high=ends[1])
    return chart("scale", 20, words.phrase("people"), told_ends, marks, rtl=words.rtl)


def _heading(figure: Range, words: Words, label: str) -> str:
    name = tag("tspan", escape(isolated(label), quote=False), class_="name") + " " if label else ""
    kind = "value unknown" if figure.is_unknown else "value"
    value = tag("tspan", escape(told_range(figure, words), quote=False), class_=kind)
    return tag("text", name + value, class_="heading", x=Across(words.rtl).x(0), y=13, text_anchor="start")


def _bar(figure: Range, scale: Scale, across: Across, middle: float, form: _Form) -> Iterator[str]:
    yield across.line(0, 1, middle, middle, "unknown-line" if figure.is_unknown else "grid")
    if figure.is_unknown:
        return
    floor, top, half = scale.share(figure.floor), scale.share(figure.top), form.band / 2
    yield across.block(0, floor, middle - 2, 4, "bar")
    yield across.block(floor, top, middle - half, form.band, "reach")
    if figure.low is not None:
        yield across.line(floor, floor, middle - half, middle + half, "end")
    if figure.is_open:
        yield fading_on(across, top, middle - half, form.band)
    else:
        yield across.line(top, top, middle - half, middle + half, "end")


def _best(figure: Range, scale: Scale, across: Across, middle: float, form: _Form) -> str:
    if figure.best is None:
        return ""
    share, (y1, y2) = scale.share(figure.best), (middle - form.best, middle + form.best)
    return across.line(share, share, y1, y2, "halo") + across.line(share, share, y1, y2, "best")


def _number(said: Said) -> int | None:
    return said.low if said.low is not None else said.high


def _share(said: Said, scale: Scale) -> float:
    return min(_number(said) or 0, scale.limit) / scale.limit


def _stacked(shares: Sequence[float], between: float) -> list[float]:
    """How far each dot rises, so that those of (nearly) the same number stand on each other."""
    order = sorted(range(len(shares)), key=lambda at: shares[at])
    levels = [0] * len(shares)
    for before, at in pairwise(order):
        levels[at] = levels[before] + 1 if shares[at] - shares[before] < _NEAR else 0
    highest = max(levels, default=0)
    step = min(between, _ROOM / highest) if highest else 0.0
    return [level * step for level in levels]


def _dot(said: Said, scale: Scale, across: Across, y: float, words: Words) -> str:
    share = _share(said, scale)
    name = words.phrase("says", source=isolated(said.source), range=told_range(range_of(said), words))
    known = said.low is not None and said.high is not None
    whisker = across.line(share, min(said.high or 0, scale.limit) / scale.limit, y, y, "whisker") if known else ""
    return whisker + tag("circle", told(name), class_="source", cx=across.x(share), cy=y, r=_RADIUS)


def _described(sources: Sequence[Said], words: Words) -> str:
    said = (
        words.phrase("says", source=isolated(one.source), range=told_range(range_of(one), words)) for one in sources
    )
    return words.phrase("sources", list=words.listed(said)) if sources else words.phrase("source_count", count=0)
