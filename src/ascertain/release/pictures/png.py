"""An SVG file as PNG, drawn by resvg with the package's own fonts.

resvg knows neither variables of CSS nor the direction of text; both are worked out before it draws.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import as_file, files

import resvg_py

_FONT = "DejaVu Sans"
_FONTS = ("DejaVuSansCondensed.ttf", "DejaVuSansCondensed-Bold.ttf")
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_VARIABLE = re.compile(r"var\((--[\w-]+)(?:,\s*([^()]*))?\)")
_DECLARED = re.compile(r"(--[\w-]+)\s*:\s*([^;]+)")
_FAMILY = re.compile(r"font-family:[^;}]+")
_ANCHOR = re.compile(r'text-anchor="(start|end)"')
_LINE = re.compile(r"<text [^>]*>(?:<tspan [^>]*>)?")
_FROM_RIGHT = "\u200f"
_OTHER_END = {"start": "end", "end": "start"}
# The letters of the package's fonts are wider than most systems' are.
_SMALLER = ".chart{font-size:12.5px}.chart .chart-title{font-size:14px}.chart .chart-note{font-size:11px}"


def png_of(svg: str, *, zoom: float = 2.0) -> bytes:
    """The picture of an SVG file (of `charts.standalone`, or a map's), `zoom` pixels for each of its own.

    >>> from ascertain.release.charts import Range, range_bar, scale_for, standalone, words_of
    >>> figure = Range(13, 15, 17)
    >>> png_of(standalone(range_bar(figure, scale_for([figure]), words_of("en"), label="Killed")))[1:4]
    b'PNG'
    """
    with as_file(files(__package__) / "fonts") as folder:
        drawn = resvg_py.svg_to_bytes(
            svg_string=plain_svg(svg),
            skip_system_fonts=True,
            font_files=[str(folder / name) for name in _FONTS],
            font_family=_FONT,
            sans_serif_family=_FONT,
            zoom=zoom,
        )
    return bytes(drawn)


def plain_svg(svg: str) -> str:
    """The same drawing in words that resvg knows."""
    turned = _from_right(svg) if _is_rtl(svg) else svg
    return _STYLE.sub(lambda found: f"<style>{without_variables(found[1] + _SMALLER)}</style>", turned)


def _from_right(svg: str) -> str:
    """Lines begin at their other end, and are read from the right even where they begin with a number."""
    turned = _ANCHOR.sub(lambda found: f'text-anchor="{_OTHER_END[found[1]]}"', svg)
    return _LINE.sub(lambda found: f"{found[0]}{_FROM_RIGHT}", turned)


def _is_rtl(svg: str) -> bool:
    return 'direction="rtl"' in svg[: svg.index(">")]


@lru_cache(maxsize=8)
def without_variables(css: str) -> str:
    """The rules for a screen by day, each variable as its value; a rule whose variable depends on what it stands in is
    written once for each of these.

    >>> without_variables(".a{--x:red;--y:blue}.b{--y:green}.a .c{fill:var(--x)}.a .d{fill:var(--y)}@media print{.e{}}")
    '.a .c{fill:red}.a .d{fill:blue}.b .d{fill:green}'
    """
    rules = [(found[1].strip(), found[2].strip()) for found in _RULE.finditer(_MEDIA.sub("", css))]
    scopes = [(selector, dict(_DECLARED.findall(body))) for selector, body in rules]
    return "".join(_FAMILY.sub(f'font-family:"{_FONT}"', rule) for rule in _expanded(rules, scopes))


def _expanded(rules: list[tuple[str, str]], scopes: list[tuple[str, dict[str, str]]]) -> Iterator[str]:
    root: dict[str, str] = {}
    for _, declared in scopes:
        root = {**declared, **root}
    for selector, body in rules:
        kept = ";".join(part.strip() for part in body.split(";") if part.strip() and not part.strip().startswith("--"))
        if not kept or ":hover" in selector:
            continue
        yield f"{selector}{{{_filled(kept, root)}}}"
        for scope, declared in scopes:
            if any(declared.get(name, root.get(name)) != root.get(name) for name, _ in _VARIABLE.findall(kept)):
                inner = selector.partition(" ")[2] or selector
                yield f"{scope} {inner}{{{_filled(kept, {**root, **declared})}}}"


def _filled(body: str, known: dict[str, str]) -> str:
    while _VARIABLE.search(body):
        body = _VARIABLE.sub(lambda found: known.get(found[1], found[2] or "none").strip(), body)
    return body
