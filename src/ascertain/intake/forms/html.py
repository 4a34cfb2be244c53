"""A page of the web: its main text with paragraphs, and what it says about itself.

Main text is what trafilatura finds; where that is next to nothing of what the page shows, as on a page that holds one
short statement, all that it shows is the text; so too where there is hardly more to a short page than its main text.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from ascertain.intake.documents import Document, Original
from ascertain.intake.forms.text import charset_of
from ascertain.intake.language import language_of
from ascertain.intake.markup import hide, page_of, shown_text, unframe
from ascertain.intake.page_facts import facts_of, is_web_address
from ascertain.intake.settings import Settings

_SHORT = 600
_SHARE_OF_A_SHORT_PAGE = 0.35
_SHARE_OF_A_LONG_PAGE = 0.2
_NOTHING_MORE = 0.8


def found(original: Original, settings: Settings, room: Path) -> Iterator[Document]:  # noqa: ARG001 - as every form
    """The page."""
    tree = page_of(original.path.read_bytes(), charset_of(original.media_type), source=original.address)
    facts = facts_of(tree, original.address if is_web_address(original.address) else None)
    text = main_text(tree)
    yield Document(
        text=without_headline(text, facts.title),
        title=facts.title,
        published=facts.published,
        publisher=facts.publisher,
        author=facts.author,
        url=facts.url,
        language=language_of(text) or facts.language,
    )


def main_text(tree: HtmlElement) -> str:
    """The text that a page is there for; what is hidden is taken out of the tree.

    >>> from ascertain.intake.markup import page_of_text
    >>> main_text(page_of_text("<body><nav>Home</nav><p>Two people were hurt.</p></body>", source="a page"))
    'Two people were hurt.'
    """
    hide(tree)
    main = _found_by_trafilatura(tree)
    unframe(tree)
    shown = shown_text(tree)
    if len(main) < _SHORT:
        main = _found_by_trafilatura(tree)
        return main if _NOTHING_MORE * len(shown) > len(main) >= _SHARE_OF_A_SHORT_PAGE * len(shown) else shown
    if len(main) < _SHARE_OF_A_LONG_PAGE * len(shown):
        return max(main, _found_by_trafilatura(tree, favor_recall=True), key=len)
    return main


def without_headline(text: str, title: str | None) -> str:
    """The text without a first paragraph that is its headline, unless nothing else is there.

    >>> without_headline("Shelling\\n\\nTwo people were hurt.", "Shelling")
    'Two people were hurt.'
    """
    first, _, rest = text.partition("\n\n")
    is_headline = title is not None and " ".join(first.split()) == " ".join(title.split())
    return rest if is_headline and rest.strip() else text


def _found_by_trafilatura(tree: HtmlElement, *, favor_recall: bool = False) -> str:
    found = bare_extraction(deepcopy(tree), include_comments=False, favor_recall=favor_recall)
    return "" if found is None or isinstance(found, dict) else shown_text(found.body).strip()
