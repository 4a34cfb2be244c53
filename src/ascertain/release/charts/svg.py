"""Elements of SVG as text: the same values give the same bytes, and no text can become markup.

Places across are percentages, so that a chart is as wide as its page and its letters are not scaled; places down are
pixels. In a right-to-left language everything is mirrored by `Across`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

_ODD = frozenset({"Cc", "Cs", "Cn", "Co"})
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
MARGIN = 0.02
BEGINNING = 0.14


def plain(text: str) -> str:
    """The text without what XML cannot hold and without signs that turn the reading order of what follows.

    >>> plain("Rafah\\x00\\u202e\\nwest")
    'Rafah west'
    """
    kept = (" " if sign in "\n\t\r" else sign for sign in text)
    return "".join(sign for sign in kept if sign not in _TURNING and unicodedata.category(sign) not in _ODD)


def isolated(text: str) -> str:
    """The text set apart from the reading order of the sentence around it.

    >>> isolated("Rafah").encode("unicode-escape")
    b'\\\\u2068Rafah\\\\u2069'
    """
    return f"\u2068{plain(text)}\u2069"


def tag(name: str, /, *inside: str, **attributes: str | float | None) -> str:
    """An element; `class_` is `class`, underscores are hyphens, and an attribute of None is left out.

    >>> tag("rect", class_="bar", fill_opacity=0.5, x="2%", rx=None)
    '<rect class="bar" fill-opacity="0.5" x="2%"/>'
    """
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{told}>{''.join(inside)}</{name}>" if inside else f"<{name}{told}/>"


def _value(value: str | float) -> str:
    return escape(plain_value(value), quote=True)


def plain_value(value: str | float) -> str:
    """A number in at most two places after the point, or text."""
    return value if isinstance(value, str) else f"{round(value, 2) + 0.0:g}" if abs(value) < 1e5 else f"{value:.0f}"


def words(text: str, x: str | float, y: float, kind: str, anchor: str | None = None) -> str:
    """A line of text at a place."""
    return tag("text", escape(text, quote=False), class_=kind, x=x, y=y, text_anchor=anchor)


def told(text: str) -> str:
    """What is said of a mark to who points at it."""
    return tag("title", escape(text, quote=False))


def at(x: str, y: float, *inside: str) -> str:
    """Marks drawn in pixels around a place; it shows what is beyond its edges."""
    return tag("svg", *inside, x=x, y=y, width=1, height=1, overflow="visible")


@dataclass(frozen=True, slots=True)
class Across:
    """Places across a chart: 0 is where it begins and 1 where it ends, with a margin for marks on the edge."""

    rtl: bool = False

    def x(self, share: float) -> str:
        """Where a share of the way across lies.

        >>> Across().x(0), Across(rtl=True).x(0)
        ('2%', '98%')
        """
        return _percent(self._place(share))

    def _place(self, share: float) -> float:
        inside = MARGIN + min(max(share, 0.0), 1.0) * (1 - 2 * MARGIN)
        return 1 - inside if self.rtl else inside

    def block(self, start: float, end: float, y: float, height: float, kind: str, *inside: str, **more: float) -> str:
        """A rectangle from one share to another."""
        left, right = sorted((self._place(start), self._place(end)))
        return tag(
            "rect", *inside, class_=kind, x=_percent(left), y=y, width=_percent(right - left), height=height, **more
        )

    def line(self, start: float, end: float, y1: float, y2: float, kind: str, *inside: str) -> str:
        """A line from one share and height to another."""
        return tag("line", *inside, class_=kind, x1=self.x(start), x2=self.x(end), y1=y1, y2=y2)

    def label(self, text: str, share: float, y: float, kind: str) -> str:
        """A line of text about a place, which begins or ends there near the edges and is centred elsewhere."""
        anchor = "start" if share < BEGINNING else "end" if share > 1 - BEGINNING else "middle"
        return words(text, self.x(share), y, kind, anchor)


def _percent(share: float) -> str:
    return f"{round(share * 100, 2) + 0.0:g}%"


def chart(kind: str, height: float, title: str, description: str, marks: Iterable[str], *, rtl: bool = False) -> str:
    """A whole chart, as wide as what it stands in; `title` says what it shows, `description` what there is to see."""
    return tag(
        "svg",
        told(plain(title)),
        tag("desc", escape(description, quote=False)),
        *marks,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"chart chart-{kind}",
        width="100%",
        height=height,
        role="img",
        direction="rtl" if rtl else "ltr",
    )
