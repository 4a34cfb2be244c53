"""Plain text, in whichever encoding: one document, as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ascertain.intake.documents import Document, Original
from ascertain.intake.encodings import decoded
from ascertain.intake.received import SetAside
from ascertain.intake.settings import Settings

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:+-]+)", re.I)


def charset_of(media_type: str | None) -> str | None:
    """The encoding that a media type declares.

    >>> charset_of("text/plain; charset=windows-1256")
    'windows-1256'
    """
    declared = _CHARSET.search(media_type or "")
    return declared[1] if declared else None


def found(original: Original, settings: Settings, room: Path) -> Iterator[Document | SetAside]:  # noqa: ARG001 - as every form
    """The text."""
    text = decoded(original.path.read_bytes(), charset_of(original.media_type))
    if text is None:
        remedy = "save it as text, HTML, PDF or .docx, and give that"
        yield SetAside(original.address, None, "no text, but bytes of no known form", remedy)
    else:
        yield Document(text)
