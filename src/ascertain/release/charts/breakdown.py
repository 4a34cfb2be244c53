"""Figures of several places, parties, groups or gradings under each other, as range bars of one scale."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ascertain.release.charts.range_bar import range_bar, scale_axis
from ascertain.release.charts.scales import scale_for
from ascertain.release.charts.svg import Across, chart, isolated, tag, words
from ascertain.release.charts.values import Range, Said, range_of
from ascertain.release.charts.wording import Words, told_range

_LINE, _BETWEEN, _AXIS = 17.0, 10.0, 22.0
_NAME_LETTERS, _NAME_LINES, _VALUE_LETTERS = 44, 2, 48
_WHOLE = re.compile(r'<svg [^>]*height="([\d.]+)"[^>]*>(.*)</svg>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class BarRow:
    """What is counted, its range, what each source says of it where that is known, and words beside its name."""

    name: str
    range: Range
    sources: tuple[Said, ...] = ()
    beside: str = ""


def breakdown(rows: Sequence[BarRow], words_: Words, *, title: str) -> str:
    """A range bar a row, in the order given, with one axis below; the rows are never added up.

    >>> from ascertain.release.charts.wording import words_of
    >>> rows = [BarRow("Rafah", Range(13, 15, 17)), BarRow("Kherson", Range(2, None, None))]
    >>> breakdown(rows, words_of("en"), title="Reported killed by place").count("at least 2")
    3
    """
    across = Across(words_.rtl)
    if not rows:
        nothing = words_.phrase("nothing_told")
        text = words(nothing, across.x(0), 15, "value unknown", "start")
        return chart("breakdown", 24, title, nothing, [text], rtl=words_.rtl)
    said = (range_of(one) for row in rows for one in row.sources)
    scale, foot, marks = scale_for((*(row.range for row in rows), *said)), 0.0, list[str]()
    for row in rows:
        for kind, line in _lines(row, words_):
            foot += _LINE
            marks.append(words(line, across.x(0), foot - 4, kind, "start"))
        bar = range_bar(row.range, scale, words_, label=row.name, sources=row.sources, compact=True)
        height, drawn = _moved(bar, foot)
        marks.append(drawn)
        foot += height + _BETWEEN
    marks.append(_moved(scale_axis(scale, words_), foot)[1])
    told = words_.listed(
        words_.phrase("each", name=isolated(row.name), told=told_range(row.range, words_)) for row in rows
    )
    description = words_.phrase("panels", limit=scale.limit, list=told)
    return chart("breakdown", foot + _AXIS, title, description, marks, rtl=words_.rtl)


def _lines(row: BarRow, words_: Words) -> Iterator[tuple[str, str]]:
    """What stands over a bar, in lines that a phone has room for."""
    for line in textwrap.wrap(_heading(row), _NAME_LETTERS)[:_NAME_LINES]:
        yield "name", line
    for line in textwrap.wrap(told_range(row.range, words_), _VALUE_LETTERS):
        yield "value", line


def _heading(row: BarRow) -> str:
    """The name set apart, so that it does not turn the number after it."""
    return f"{isolated(row.name)} · {row.beside}" if row.beside else isolated(row.name)


def _moved(svg: str, down: float) -> tuple[float, str]:
    """How high a chart is, and its marks so far down in another."""
    found = _WHOLE.fullmatch(svg)
    if found is None:
        raise ValueError("no chart: give what a function of ascertain.release.charts returns")
    return float(found[1]), tag("g", found[2], transform=f"translate(0 {down:g})")
