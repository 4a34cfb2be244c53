"""Which files are read, and how: by their suffix where that tells it, else by what they hold."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Literal

from ascertain.intake.chat_lines import is_chat
from ascertain.intake.documents import Original

Form = Literal["jsonl", "text", "original"]

LINES = frozenset({".jsonl", ".ndjson"})
ORIGINALS = frozenset(
    {
        *(".pdf", ".doc", ".docx", ".odt", ".rtf", ".htm", ".html", ".xhtml", ".eml", ".mbox", ".rss", ".atom"),
        *(".warc", ".wacz", ".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".csv", ".tsv", ".xls", ".xlsx"),
    }
)
_HEAD_BYTES = 1 << 16
_PLAIN = frozenset({"text", "jsonl"})


def is_pipe(path: Path) -> bool:
    """Whether a path can be read only once."""
    return path.exists() and not (path.is_file() or path.is_dir())


def is_plain(path: Path) -> bool:
    """Whether a file is text, or lines of JSON, by what it holds."""
    return _is_one_of(path, _PLAIN)


def form_of_named(path: Path) -> Form:
    """The form of a file that is named outright: by its suffix, else by what it holds."""
    suffix = path.suffix.lower()
    if suffix in LINES:
        return "jsonl"
    if suffix == ".json":
        return "jsonl" if is_plain(path) else "original"
    if suffix == ".txt":
        return "original" if _is_chat(path) else "text"
    return "original" if suffix in ORIGINALS or not is_plain(path) else "text"


def form_of_stream(path: Path) -> Form:
    """The form of what came by a stream, which has no name: JSONL, where it is not plainly another form."""
    return "jsonl" if is_plain(path) else "original"


def _is_one_of(path: Path, forms: Collection[str]) -> bool:
    """Whether a file is of one of these forms; of one that cannot be read, which is told later, `text` may be said."""
    from ascertain.intake.forms import form_of

    try:
        return form_of(Original(path, path.name, str(path))) in forms
    except OSError:
        return "text" in forms


def _is_chat(path: Path) -> bool:
    """Whether a text is a chat that was exported."""
    try:
        with path.open("rb") as file:
            return is_chat(file.read(_HEAD_BYTES).decode("utf-8", "replace"))
    except OSError:
        return False
