"""Draws docs/read.svg, the picture in the README, by the real command: `python docs/picture.py`."""

import io
import re
from pathlib import Path

from rich.console import Console

from ascertain import read
from ascertain.cli.reading_view import show
from ascertain.intake.inputs import find_sources, read_items
from ascertain.intake.received import Received

ROOT = Path(__file__).parents[1]
EXAMPLE = "examples/synthetic-press-release.txt"


def draw() -> str:
    """The SVG of what `ascertain read` shows on a terminal; fonts are those of whoever looks at it."""
    console = Console(record=True, width=116, force_terminal=True, color_system="truecolor", file=io.StringIO())
    (item,) = read_items(find_sources([str(ROOT / EXAMPLE)]))
    if not isinstance(item, Received):
        raise SystemExit(str(item))
    show(console, item.report, read(item.report))
    svg = console.export_svg(title=f"ascertain read {EXAMPLE}", unique_id="ascertain")
    return re.sub(r"\s*@font-face \{[^}]*\}|<!--.*?-->", "", svg)


if __name__ == "__main__":
    (ROOT / "docs" / "read.svg").write_text(draw(), encoding="utf-8")
