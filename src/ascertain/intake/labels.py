"""What files say about themselves in their properties, without what programs fill in there."""

from __future__ import annotations

import re

_FILE_NAME = re.compile(
    r".*\.(?:docx?|pdf|indd|qxd|rtf|odt|tmp|pptx?|xlsx?|html?|ai|pub|dvi)\b.*|untitled.*|document ?\d*", re.I
)
_PROGRAM = re.compile(r"(?:microsoft (?:word|powerpoint|excel)|powerpoint presentation|word document)(?: - )?", re.I)


def given_title(told: str | None) -> str | None:
    """The title that a person gave; the name of a file or program is none.

    >>> given_title("Microsoft Word - Situation report"), given_title("report_final.docx"), given_title("")
    ('Situation report', None, None)
    """
    title = _PROGRAM.sub("", told or "", count=1).strip()
    return None if _FILE_NAME.fullmatch(title) else title or None
