"""Forms: how each kind of original is taken apart.

In: an original, the settings, and an empty folder for what it encloses. Out: the documents in it, the originals that it
encloses, and what was set aside. A form is a module with `found(original, settings, room)`; it is loaded when the first
original of it comes.
"""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Callable, Iterator
from pathlib import Path

from ascertain.intake.documents import PUBLISHED, TITLE, Document, Enclosed, Original, within
from ascertain.intake.forms.signs import form_of_content, form_of_label
from ascertain.intake.language import language_of
from ascertain.intake.received import SetAside, is_encodable, printable
from ascertain.intake.settings import Settings
from ascertain.intake.written_days import day_told
from ascertain.model import AscertainError, InputError

Found = Document | Enclosed | SetAside
Form = Callable[[Original, Settings, Path], Iterator[Found]]

FORMS = {
    name: f"ascertain.intake.forms.{name}"
    for name in (
        "text",
        "html",
        "pdf",
        "word",
        "odt",
        "rtf",
        "email",
        "feed",
        "jsonl",
        "reliefweb",
        "table",
        "telegram",
        "warc",
        "whatsapp",
        "zip_archive",
        "unread",
    )
}
WHOLE = frozenset({"text", "html", "pdf", "word", "odt", "rtf", "feed", "reliefweb", "whatsapp"})
_LONGEST_LABEL = 1_000
_LONGEST_ADDRESS = 8_000
_NO_NUL = str.maketrans({"\0": "\ufffd"})


def form_of(original: Original) -> str:
    """The form of an original, a name of `FORMS`: by its content, then its media type, then its suffix.

    Raises:
        OSError: it cannot be read.
    """
    shown = form_of_content(original.path)
    if shown is None:
        return "unread"
    return (shown == "text" and form_of_label(original.media_type, original.name)) or shown


def find(original: Original, settings: Settings, room: Path) -> Iterator[Found]:
    """All that is in an original, in its order; what cannot be read is set aside with its reason, whatever happens.

    Args:
        original: what was received.
        settings: the limits, and what else a form must know.
        room: an empty folder, for what the original encloses.
    """
    try:
        yield from _bounded(_found(original, settings, room), original, settings)
    except InputError as error:
        yield SetAside.because(error)
    except (MemoryError, RecursionError) as error:
        yield _beyond_memory(original) if isinstance(error, MemoryError) else _too_deep(original)
    except OSError as error:
        told = f"cannot be read: {error.strerror or type(error).__name__}"
        yield SetAside(printable(original.address), None, told, "check the file and the right to read it")
    except Exception as error:  # noqa: BLE001 - one bad item spoils only itself
        yield _broken(original, error)


def _found(original: Original, settings: Settings, room: Path) -> Iterator[Found]:
    size = original.path.stat().st_size
    if not size:
        raise InputError("empty", source=original.address, remedy="leave it out, or fetch it again")
    form = form_of(original)
    most = settings.limits.whole_bytes if form in WHOLE else settings.limits.original_bytes
    if size > most:
        problem = f"{size / 1e6:,.0f} MB, more than the {most / 1e6:,.0f} MB that are read"
        raise InputError(problem, source=original.address, remedy="split it into its parts, or raise the limit")
    module: Form = importlib.import_module(FORMS[form]).found
    yield from module(original, settings, room)


def _bounded(found: Iterator[Found], original: Original, settings: Settings) -> Iterator[Found]:
    for number, item in enumerate(found, start=1):
        if number > settings.limits.parts:
            problem = f"more than {settings.limits.parts:,} parts; those after are not read"
            yield SetAside(printable(original.address), None, problem, "split it, or raise the limit")
            return
        yield _checked(item, original, settings) if isinstance(item, Document) else item


def _checked(document: Document, original: Original, settings: Settings) -> Document | SetAside:
    """The document with its language, if it can be read at all; a zero, which no database keeps, becomes U+FFFD."""
    place, longest = printable(within(original.address, document.part)), settings.limits.characters
    if not document.text.strip():
        return SetAside(place, None, "no text in it", "leave it out, or write its text into a text file")
    if len(document.text) > longest:
        return SetAside(
            place, None, f"longer than {longest:,} characters", "split it into its parts, or raise the limit"
        )
    if not is_encodable(document.text):
        return SetAside(
            place, None, "a lone surrogate in the text, which is half a character", "save it again as UTF-8"
        )
    return dataclasses.replace(
        document,
        text=document.text.translate(_NO_NUL),
        id=_address(document.id),
        title=_label(document.title or _told(TITLE, document, original)),
        published=document.published or day_told(_told(PUBLISHED, document, original) or ""),
        publisher=_label(document.publisher),
        author=_label(document.author),
        url=_address(document.url),
        language=_label(document.language) or language_of(document.text),
    )


def _told(name: str, document: Document, original: Original) -> str | None:
    """What whoever led to an original tells of it, where it is one document."""
    return None if document.part else dict(original.headers).get(name)


def _label(value: str | None) -> str | None:
    """What a source says in a line about a document: on one line, of a length that can be shown, `None` if empty."""
    line = " ".join((value or "").split())[:_LONGEST_LABEL]
    return line.encode("utf-8", "replace").decode("utf-8").translate(_NO_NUL) or None


def _address(value: str | None) -> str | None:
    """An id or address as it is; `None` if it cannot be one."""
    if not value or not value.strip() or len(value) > _LONGEST_ADDRESS or "\0" in value or not is_encodable(value):
        return None
    return value


def _beyond_memory(original: Original) -> SetAside:
    problem = "needs more memory than one original may have"
    return SetAside(printable(original.address), None, problem, "split it into its parts, or raise the limit")


def _too_deep(original: Original) -> SetAside:
    problem = "nested too deeply"
    return SetAside(printable(original.address), None, problem, "save its text as a text file, and give that")


def _broken(original: Original, error: Exception) -> SetAside:
    told = str(error) if isinstance(error, AscertainError) else f"{type(error).__name__}: {error}"
    problem = printable(f"broken: {' '.join(told.split())[:200]}")
    return SetAside(
        printable(original.address), None, problem, "open and save it again, or give its text as a text file"
    )
