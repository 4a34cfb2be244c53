"""Pages of markup as a person sees them: the tree without what is hidden, and its text with paragraphs.

Nothing is fetched and no script is run: what a page would load is not part of it.
"""

from __future__ import annotations

import re
from itertools import pairwise

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from ascertain.intake.encodings import decoded
from ascertain.intake.packages import LONGEST_CELL
from ascertain.model import InputError

_FATAL = {
    "ERR_RESOURCE_LIMIT": "a page that is nested too deeply",
    "ERR_NAME_TOO_LONG": "a page with a name of a length that none has",
    "ERR_NO_MEMORY": "a page that needs more memory than one original may have",
}
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:+-]+)""", re.I)
_XML_CHARSET = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:+-]+)""")
_HEAD_BYTES = 4096
_HIDDEN_TAGS = (
    "script", "style", "template", "noscript", "noframes", "iframe", "object", "embed", "applet", "svg", "canvas",
    "audio", "video", "select", "datalist", "button", "textarea", "input", "map", "dialog",
)  # fmt: skip
_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:^|[;\s])opacity\s*:\s*0*\.?0*\s*(?:;|!|$)"
    r"|font-size\s*:\s*0*\.?0*(?:px|pt|em|rem|%)?\s*(?:;|!|$)|mso-hide\s*:\s*all",
    re.I,
)
_FRAME = ("nav", "footer", "aside", "form", "menu")
_FRAME_ROLES = frozenset({"navigation", "contentinfo", "search", "banner", "complementary", "menu", "dialog"})
# Tags of HTML, then those of the tree that trafilatura makes.
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "li",
    "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "title",
    "tr", "ul", "head", "list", "item", "row", "quote", "code", "fw",
}  # fmt: skip
_ROWS = frozenset({"tr", "row"})
_CELLS = frozenset({"td", "th", "cell"})
_GRID = _ROWS | _CELLS
_ITEMS = frozenset({"li", "item"})
_TIGHT = _ROWS | _ITEMS | {"dt", "dd"}
_BREAKS = frozenset({"br", "lb"})
_SPACE = re.compile(r"[ \t\n\r\f]+")
_SOFT_HYPHEN = "\u00ad"


def page_of(data: bytes, declared: str | None, *, source: str) -> HtmlElement:
    """The tree of a page.

    Args:
        data: its bytes.
        declared: the encoding that its sender gives; a page's own word counts where there is none.
        source: how messages name it.

    Raises:
        InputError: it is no text, holds no element, or is nested too deeply.
    """
    own = _META_CHARSET.search(data[:_HEAD_BYTES]) or _XML_CHARSET.search(data[:_HEAD_BYTES])
    text = decoded(data, declared or (own[1].decode("ascii", "replace") if own else None))
    if text is None:
        raise InputError("no text, but bytes of no known form", source=source, remedy="save the page again")
    return page_of_text(text, source=source)


def page_of_text(text: str, *, source: str) -> HtmlElement:
    """The tree of a page that is text already.

    Raises:
        InputError: it holds no element, or is nested too deeply.
    """
    parser = HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(text.replace("\0", "\ufffd").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        _check_resources(parser, source)
        raise InputError("a page without content", source=source, remedy="leave it out, or fetch it again") from error
    _check_resources(parser, source)
    return tree


def _check_resources(parser: HTMLParser, source: str) -> None:
    """What the parser gave up for want of memory or depth is not passed off as the whole page."""
    problem = next((_FATAL[entry.type_name] for entry in parser.error_log if entry.type_name in _FATAL), None)
    if problem is not None:
        raise InputError(problem, source=source, remedy="save its text as a text file, and give that")


def hide(tree: HtmlElement) -> None:
    """Take out of a tree what nobody sees: scripts, styles, and what is marked as hidden; text after it stays."""
    for element in list(tree.iter(*_HIDDEN_TAGS)):
        _drop(element)
    for element in list(tree.iterdescendants(etree.Element)):
        if element.get("hidden") is not None or _HIDING_STYLE.search(element.get("style") or ""):
            _drop(element)


def unframe(tree: HtmlElement) -> None:
    """Take out of a tree what stands around its text: navigation, footers, forms, but none that holds most of it."""
    most = sum(map(len, tree.itertext())) // 2
    for element in list(tree.iterdescendants(etree.Element)):
        is_frame = element.tag in _FRAME or (element.get("role") or "").lower() in _FRAME_ROLES
        if is_frame and sum(map(len, element.itertext())) <= most:
            _drop(element)


def shown_text(tree: etree._Element) -> str:
    """The text of a tree: blocks are paragraphs with a blank line between, rows and list items lines of their own.

    >>> shown_text(page_of_text("<p>Five  hurt.<p>One<br>died.<ul><li>a<li>b</ul>", source="a page"))
    'Five hurt.\\n\\nOne\\ndied.\\n\\n- a\\n- b'
    """
    text, in_tables = _Text(), _parts_of_tables(tree)
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        tag = "div" if element.tag in _GRID and element not in in_tables else element.tag
        if event == "start":
            text.open(tag)
            text.add(element.text)
        else:
            text.close(tag)
            if element is not tree:
                text.add(element.tail)
    return text.whole()


def _parts_of_tables(tree: etree._Element) -> set[etree._Element]:
    """The rows and cells of tables; of a table that is there for the layout of a page, with long cells, none."""
    parts: set[etree._Element] = set()
    for table in tree.iter("table"):
        if table.find(".//table") is not None:
            continue
        cells = list(table.iter(*_CELLS))
        is_wide = any(cell.getparent() is before.getparent() for before, cell in pairwise(cells))
        if is_wide and all(sum(map(len, cell.itertext())) <= LONGEST_CELL for cell in cells):
            parts.update(cells, table.iter(*_ROWS))
    return parts


class _Text:
    """Text as it grows: the pieces of the line at hand, and the lines before it with the break that each ends in."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._line: list[str] = []
        self._break = ""
        self._mark = ""
        self._preformatted = 0
        self._cells = 0

    def open(self, tag: str) -> None:
        """A tag begins."""
        if tag in _CELLS:
            self._cells += 1
            if any(map(str.strip, self._line)):
                self._line.append(" | ")
        elif self._cells:
            self._line.append(" " if tag in _BLOCKS or tag in _BREAKS else "")
        elif tag in _BLOCKS:
            self._end_line("\n" if tag in _TIGHT else "\n\n")
        elif tag in _BREAKS:
            self._line.append("\n")
        if tag in _ITEMS and not self._cells:
            self._mark = "- "
        self._preformatted += tag == "pre"

    def close(self, tag: str) -> None:
        """A tag ends."""
        self._preformatted -= tag == "pre"
        self._cells -= tag in _CELLS
        if self._cells:
            self._line.append(" " if tag in _BLOCKS else "")
        elif tag in _BLOCKS and tag not in _CELLS:
            self._end_line("\n" if tag in _TIGHT else "\n\n")
            self._mark = "" if tag in _ITEMS else self._mark

    def add(self, piece: str | None) -> None:
        """Text comes."""
        if piece:
            self._line.append(piece if self._preformatted else _SPACE.sub(" ", piece))

    def whole(self) -> str:
        """All text so far."""
        self._end_line("")
        return "".join(self._done)

    def _end_line(self, ending: str) -> None:
        joined = "".join(self._line).replace(_SOFT_HYPHEN, "")
        self._line = []
        if self._preformatted:
            text = "\n".join(map(str.rstrip, joined.split("\n"))).strip("\n")
        else:
            text = _SPACES.sub(" ", _SPACED_BREAKS.sub("\n\n", _AT_BREAK.sub("\n", joined))).strip()
        if text:
            self._done.append((self._break if self._done else "") + self._mark + text)
            self._mark, self._break = "", ""
        self._break = max(self._break, ending, key=len)


_SPACES = re.compile(" {2,}")
_AT_BREAK = re.compile(" *\n *")
_SPACED_BREAKS = re.compile(r"\n\s*\n")


def _drop(element: etree._Element) -> None:
    """Take an element out, but not the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    tail, before = element.tail, element.getprevious()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)
