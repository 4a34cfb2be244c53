"""The drawings of a page as files: SVG with title, note and style within, and PNG of the same."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from html import escape
from typing import Protocol

from ascertain.release.charts import standalone
from ascertain.release.charts.svg import plain
from ascertain.release.maps.style import map_stylesheet
from ascertain.release.pictures.png import png_of

WIDTH = 720
_EDGE, _LINE, _NOTE_LINE = 16, 22, 17
_TITLE_LETTERS, _NOTE_LETTERS = 78, 104
_BOX = re.compile(r'<svg ([^>]*)viewBox="0 0 ([\d.]+) ([\d.]+)"([^>]*)>')
_FONT = (
    'font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Naskh Arabic",'
    '"Noto Sans Arabic",sans-serif'
)
_FRAME = (
    f"svg.map{{{_FONT}}}.map .paper{{fill:#fbfaf8}}.map .title{{fill:#1c1e21;font-size:16px;font-weight:600}}"
    ".map .note{fill:#5c6066;font-size:12px}@media screen and (prefers-color-scheme: dark){"
    ".map .paper{fill:#17181a}.map .title{fill:#e8e6e1}.map .note{fill:#a5a8ad}}"
)


class Drawn(Protocol):
    """A drawing that can be a file: its name without an ending, its SVG, its title and its note."""

    @property
    def name(self) -> str: ...  # noqa: D102 – as the class says
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def svg(self) -> str: ...  # noqa: D102
    @property
    def note(self) -> str: ...  # noqa: D102


def picture_files(drawings: Iterable[Drawn], *, source: str = "") -> Iterator[tuple[str, bytes]]:
    """The names and bytes of the files of some drawings, an SVG and a PNG of each; `source` stands under its note."""
    for drawing in drawings:
        svg = svg_file(drawing, source=source)
        yield f"{drawing.name}.svg", svg.encode("utf-8")
        yield f"{drawing.name}.png", png_of(svg)


def svg_file(drawing: Drawn, *, source: str = "") -> str:
    """A drawing as the text of an SVG file, which can stand alone in somebody's article."""
    note = " ".join(part for part in (drawing.note, source) if part)
    found = _BOX.match(drawing.svg)
    return _map_file(drawing, found, note) if found else standalone(drawing.svg, width=WIDTH, note=note)


def _map_file(drawing: Drawn, found: re.Match[str], note: str) -> str:
    titles = textwrap.wrap(plain(drawing.title), _TITLE_LETTERS)
    notes = textwrap.wrap(plain(note), _NOTE_LETTERS)
    inner = WIDTH - 2 * _EDGE
    high = round(inner * float(found[3]) / float(found[2]), 1)
    top = _EDGE + len(titles) * _LINE
    whole = top + high + len(notes) * _NOTE_LINE + 2 * _EDGE
    placed = f'<svg x="{_EDGE}" y="{top}" width="{inner}" height="{high:g}" viewBox="0 0 {found[2]} {found[3]}">'
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="map" width="{WIDTH}" height="{whole:g}" '
            f'viewBox="0 0 {WIDTH} {whole:g}" role="img" direction="ltr">',
            f"<style>{_styled()}</style>",
            f'<rect class="paper" width="{WIDTH}" height="{whole:g}"/>',
            *(_text("title", line, _EDGE + 12 + at * _LINE) for at, line in enumerate(titles)),
            placed,
            drawing.svg[found.end() : -len("</svg>")],
            "</svg>",
            *(_text("note", line, top + high + _EDGE + 8 + at * _NOTE_LINE) for at, line in enumerate(notes)),
            "</svg>\n",
        )
    )


def _text(kind: str, line: str, y: float) -> str:
    return f'<text class="{kind}" x="{_EDGE}" y="{y:g}">{escape(line, quote=False)}</text>'


def _styled() -> str:
    """The style of maps and of what stands around one, without comments."""
    rules = re.sub(r"/\*.*?\*/|\s+(?=\s)", "", map_stylesheet(), flags=re.DOTALL).replace("\n", "")
    return rules.replace("width: 100%; height: auto; ", "").replace("font-family: inherit;", "") + _FRAME
