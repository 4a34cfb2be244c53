"""What people lacked, week by week: a row for each place or sector."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from ascertain.release.charts.marks import HEIGHT_OF_DAYS, day_axis
from ascertain.release.charts.scales import Days, moved
from ascertain.release.charts.svg import Across, chart, isolated, plain, tag, told, words
from ascertain.release.charts.values import ConditionCell, ConditionRow
from ascertain.release.charts.wording import Words, told_day, told_days

_NAME, _ROW = 24.0, 26.0
_GAP = 0.1
_WEEK = dt.timedelta(days=6)


def condition_weeks(rows: Sequence[ConditionRow], words: Words, *, title: str, days: Days | None = None) -> str:
    """A bar a week, as high as the worst word stands on its published scale; an outline where no word is of one.

    A week of which nothing was reported stays empty: it says nothing of what people lacked.
    """
    across = Across(words.rtl)
    starts = [cell.starts for row in rows for cell in row.cells]
    if not starts:
        nothing = words.phrase("nothing_told")
        return chart("conditions", 24, title, nothing, [_text(nothing, across)], rtl=words.rtl)
    days = days or Days(min(starts), moved(max(starts), _WEEK))
    marks = list[str]()
    for place, row in enumerate(rows):
        marks += _row(row, days, across, place * (_NAME + _ROW), words)
    foot = len(rows) * (_NAME + _ROW)
    listed = words.listed(words.phrase("weeks_told", name=isolated(row.name), count=len(row.cells)) for row in rows)
    description = words.phrase("conditions", days=told_days(days.first, days.last, words), list=listed)
    marks += day_axis(across, days, foot, words)
    return chart("conditions", foot + HEIGHT_OF_DAYS, title, description, marks, rtl=words.rtl)


def _row(row: ConditionRow, days: Days, across: Across, top: float, phrases: Words) -> Iterator[str]:
    zero = top + _NAME + _ROW
    yield words(plain(row.name), across.x(0), top + 19, "name", "start")
    yield across.line(0, 1, zero, zero, "axis")
    for cell in row.cells:
        yield _cell(row, cell, days, across, zero, phrases)


def _cell(row: ConditionRow, cell: ConditionCell, days: Days, across: Across, zero: float, words: Words) -> str:
    start, end = days.starts(cell.starts), days.ends(moved(cell.starts, _WEEK))
    left, right = start + (end - start) * _GAP, end - (end - start) * _GAP
    height = _ROW - 2 if cell.step is None else (_ROW - 2) * cell.step / cell.steps
    kind = "level-unknown" if cell.step is None else f"level level-{cell.step}"
    return tag(
        "g",
        told(_told(row, cell, words)),
        across.block(start, end, zero - _ROW, _ROW, "hit"),
        across.block(left, right, zero - height, height, kind),
        class_="week",
        data_start=cell.starts.isoformat(),
        data_end=moved(cell.starts, _WEEK).isoformat(),
    )


def _told(row: ConditionRow, cell: ConditionCell, words: Words) -> str:
    level = words.phrase("no_level") if cell.step is None else words.phrase("level", step=cell.step, steps=cell.steps)
    counted = words.phrase("source_count", count=cell.sources)
    week = words.phrase("week_of", day=told_day(cell.starts, words))
    said = words.listed(part for part in (isolated(cell.words) if cell.words else "", level, counted) if part)
    return words.phrase("each", name=f"{isolated(row.name)}, {week}", told=said)


def _text(text: str, across: Across) -> str:
    return words(text, across.x(0), 15, "value unknown", "start")
