"""Pieces of HTML that are not a page: the text of an entry or a post."""

from __future__ import annotations

from ascertain.intake.markup import hide, page_of_text, shown_text
from ascertain.model import InputError


def text_of(fragment: str) -> str:
    """The text of a piece of HTML, with paragraphs; empty where it has none.

    >>> text_of("<p>One &amp; two.</p><p>Three.</p><script>x</script>")
    'One & two.\\n\\nThree.'
    >>> text_of("Five hurt\\nin Goma")
    'Five hurt\\nin Goma'
    """
    if "<" not in fragment and "&" not in fragment:
        return fragment.strip()
    try:
        tree = page_of_text(fragment, source="")
    except InputError:
        return ""
    hide(tree)
    return shown_text(tree)
