"""Marks that several charts share: an end that fades out, a source's dot, an axis of days."""

from __future__ import annotations

from collections.abc import Iterator

from ascertain.release.charts.scales import Days, Scale, day_ticks
from ascertain.release.charts.svg import BEGINNING, Across, at, tag, words
from ascertain.release.charts.wording import Words, number, told_tick

FADES = (0.5, 0.38, 0.26, 0.15, 0.07)
FADE_STEP = 0.018
HEIGHT_OF_DAYS = 20.0
_LETTER, _PHONE = 7.0, 300.0
_ARROW = "M0,-4L7,0L0,4Z"
_ARROW_RTL = "M0,-4L-7,0L0,4Z"


def fading_on(across: Across, share: float, y: float, height: float) -> str:
    """An end that nobody knows: the bar fades out forwards and an arrow says that it goes on."""
    steps = [
        across.block(begin, min(begin + FADE_STEP, 1.0), y, height, "fade", fill_opacity=opacity)
        for place, opacity in enumerate(FADES)
        if (begin := share + place * FADE_STEP) < 1.0
    ]
    end = min(share + len(FADES) * FADE_STEP, 0.99)
    arrow = tag("path", class_="arrow", d=_ARROW_RTL if across.rtl else _ARROW)
    return "".join(steps) + at(across.x(end), y + height / 2, arrow)


def fading_up(across: Across, start: float, end: float, y: float, height: float) -> str:
    """An upper end that nobody knows: the bar fades out upwards from `y`, over `height`."""
    step = height / len(FADES)
    return "".join(
        across.block(start, end, y - (place + 1) * step, step, "fade", fill_opacity=opacity)
        for place, opacity in enumerate(FADES)
    )


def day_axis(across: Across, days: Days, y: float, phrases: Words) -> Iterator[str]:
    """The days written under a chart, each with a tick at its beginning."""
    step, ticks = day_ticks(days)
    yield across.line(0, 1, y, y, "axis")
    taken = -1.0
    for place, day in enumerate(ticks):
        share, text = days.starts(day), told_tick(day, step, place == 0, phrases)
        begin, end = _room(text, share)
        yield across.line(share, share, y, y + 4, "axis")
        yield across.label(text, share, y + 16, "tick wide" if begin < taken else "tick")
        taken = end if begin >= taken else taken


def _room(text: str, share: float) -> tuple[float, float]:
    """From where to where a label reaches on a phone: a label that meets another is shown on wider screens only."""
    wide = len(text) * _LETTER / _PHONE
    begin = share if share < BEGINNING else share - wide if share > 1 - BEGINNING else share - wide / 2
    return begin, begin + wide


def people_lines(across: Across, scale: Scale, y_of_zero: float, height: float) -> Iterator[str]:
    """Lines across a chart at some numbers of people; zero is the axis of days."""
    for tick in scale.ticks[1:]:
        y = y_of_zero - scale.share(tick) * height
        yield across.line(0, 1, y, y, "grid")


def people_numbers(across: Across, scale: Scale, y_of_zero: float, height: float) -> Iterator[str]:
    """The numbers on those lines, drawn after what could hide them."""
    for tick in scale.ticks[1:]:
        yield words(number(tick), across.x(0), y_of_zero - scale.share(tick) * height - 3, "tick", "start")
