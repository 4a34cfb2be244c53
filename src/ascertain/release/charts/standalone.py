"""A chart as a file of its own: with its title and note to read, its style within, and a width in pixels."""

from __future__ import annotations

import re
import textwrap
from functools import lru_cache
from html import escape, unescape
from importlib.resources import files

from ascertain.release.charts.svg import plain

_FONT = (
    'svg.chart{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Naskh Arabic",'
    '"Noto Sans Arabic",sans-serif}'
    ".paper{fill:var(--chart-page)}.chart .chart-title{font-size:16px;font-weight:600}"
    ".chart .chart-note{fill:var(--chart-dim);font-size:12px}"
)
_HEAD = re.compile(r'<svg ([^>]*)width="100%" height="([\d.]+)"([^>]*)>')
_TITLE = re.compile(r"<title>(.*?)</title>")
_PERCENT = re.compile(r'\b(x|x1|x2|cx|width)="([\d.]+)%"')
_EDGE, _LINE, _NOTE_LINE = 16, 22, 17
_LETTER, _NOTE_LETTER = 8.2, 6.4


@lru_cache(maxsize=1)
def stylesheet() -> str:
    """The style of all charts, for a page that holds some."""
    return (files(__package__) / "charts.css").read_text(encoding="utf-8")


def standalone(svg: str, *, width: int = 720, note: str = "") -> str:
    """The chart as the text of an SVG file, `width` pixels wide; its title stands above it and the note below.

    Raises ValueError where `svg` is no chart of this room.

    >>> from ascertain.release.charts.values import Range
    >>> from ascertain.release.charts.wording import words_of
    >>> from ascertain.release.charts import range_bar, scale_for
    >>> figure = Range(13, 15, 17)
    >>> file = standalone(range_bar(figure, scale_for([figure]), words_of("en")), note="Injured are not counted.")
    >>> file.count("%"), "Injured are not counted." in file
    (0, True)
    """
    head, title = _HEAD.search(svg), _TITLE.search(svg)
    if head is None or title is None or head.start():
        raise ValueError("no chart: give what a function of ascertain.release.charts returns")
    inner = width - 2 * _EDGE
    lines = textwrap.wrap(unescape(title[1]), int(inner / _LETTER))
    notes = textwrap.wrap(plain(note), int(inner / _NOTE_LETTER))
    top, height = _EDGE + len(lines) * _LINE, float(head[2])
    whole = top + height + len(notes) * _NOTE_LINE + 2 * _EDGE
    start = width - _EDGE if 'direction="rtl"' in head[3] else _EDGE
    drawn = [
        f'<svg {head[1]}width="{width}" height="{whole:g}" viewBox="0 0 {width} {whole:g}"{head[3]}>',
        f"<style>{_for_file()}</style>",
        f'<rect class="paper" width="{width}" height="{whole:g}"/>',
        *(_text("chart-title", line, start, _EDGE + 12 + place * _LINE) for place, line in enumerate(lines)),
        f'<g transform="translate({_EDGE} {top:g})">{_in_pixels(svg[head.end() : -len("</svg>")], inner)}</g>',
        *(
            _text("chart-note", line, start, top + height + _EDGE + 8 + place * _NOTE_LINE)
            for place, line in enumerate(notes)
        ),
        "</svg>\n",
    ]
    return "".join(drawn)


def _text(kind: str, line: str, x: float, y: float) -> str:
    return f'<text class="{kind}" x="{x:g}" y="{y:g}" text-anchor="start">{escape(line, quote=False)}</text>'


def _in_pixels(marks: str, width: float) -> str:
    return _PERCENT.sub(lambda found: f'{found[1]}="{round(float(found[2]) * width / 100, 2):g}"', marks)


def _for_file() -> str:
    """The style without comments and without what could end the element that holds it."""
    return _FONT + re.sub(r"/\*.*?\*/|\s+(?=\s)", "", stylesheet(), flags=re.DOTALL).replace("\n", "")
