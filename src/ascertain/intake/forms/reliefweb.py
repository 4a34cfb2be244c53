"""Answers of ReliefWeb's API: each report that they list is a document; its attached files are named, not fetched."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ascertain.intake.documents import Document, Original
from ascertain.intake.forms.fragments import text_of
from ascertain.intake.forms.unpacking import part_aside
from ascertain.intake.received import SetAside, printable
from ascertain.intake.settings import Settings
from ascertain.intake.streamed_json import BrokenJsonError, Window
from ascertain.intake.written_days import day_told

_LANGUAGE = re.compile(r"[a-z]{2}", re.IGNORECASE)
_OTHER_FIELDS = 8 << 20
_AGAIN = "ask the API again"
_WITHOUT_BODY = "a report without a text of its own"
_ASK_FOR_BODY = "ask the API for the fields body-html, title, date, source, url, language and file"


def found(original: Original, settings: Settings, room: Path) -> Iterator[Document | SetAside]:  # noqa: ARG001 - as every form
    """Each report of the answer, in its order."""
    is_empty = True
    with original.path.open(encoding="utf-8-sig", errors="replace") as file:
        window = Window(file, settings.limits.characters * 12 + _OTHER_FIELDS)
        try:
            for item in _items(window):
                is_empty = False
                yield _document(original, item)
        except BrokenJsonError as error:
            problem = f"broken JSON: {printable(str(error))}; what comes after is not read"
            yield SetAside(printable(original.address), error.line, problem, _AGAIN)
            return
    if is_empty:
        yield SetAside(printable(original.address), None, "an answer without reports", _ASK_FOR_BODY)


def _items(window: Window) -> Iterator[Any]:
    for name in window.names():
        if name == "data" and window.is_next("["):
            for _ in window.places():
                yield window.value()
        else:
            window.value()


def _document(original: Original, item: Any) -> Document | SetAside:
    told = _mapping(item)
    fields = _mapping(told.get("fields"))
    number = told.get("id", fields.get("id"))
    files = [name for each in _list(fields.get("file")) if (name := _line(each, "filename") or _line(each, "url"))]
    part = printable(", ".join(filter(None, (f"report {number}", f"with {', '.join(files)}" if files else ""))))[:1000]
    text = text_of(_string(fields.get("body-html"))) or _string(fields.get("body")).strip()
    if not text:
        return part_aside(original, part, _WITHOUT_BODY, _remedy(fields))
    sources = [
        name for each in _list(fields.get("source")) if (name := _line(each, "name") or _line(each, "shortname"))
    ]
    return Document(
        text,
        part=part,
        id=f"reliefweb:{number}" if isinstance(number, int | str) and str(number).strip() else None,
        title=_string(fields.get("title")) or None,
        published=_published(fields.get("date")),
        publisher="; ".join(filter(None, sources)) or None,
        url=_string(fields.get("url")) or _string(fields.get("url_alias")) or None,
        language=_language(fields.get("language")),
    )


def _remedy(fields: Mapping[str, Any]) -> str:
    """A report whose text is in a file: that file is to be given."""
    address = next((url for each in _list(fields.get("file")) if (url := _line(each, "url"))), None)
    return f"give its file, {printable(address)}" if address else _ASK_FOR_BODY


def _published(told: object) -> dt.date | None:
    """The day on which its source published it; ReliefWeb's own days are later ones."""
    return day_told(_string(told.get("original"))) if isinstance(told, Mapping) else None


def _language(told: object) -> str | None:
    """The language, where the report is in one alone."""
    codes = {code.lower() for each in _list(told) if (code := _line(each, "code")) and _LANGUAGE.fullmatch(code)}
    return codes.pop() if len(codes) == 1 else None


def _mapping(told: object) -> Mapping[str, Any]:
    return told if isinstance(told, Mapping) else {}


def _list(told: object) -> list[Mapping[str, Any]]:
    return [each for each in told if isinstance(each, Mapping)] if isinstance(told, list) else []


def _line(told: Mapping[str, Any], name: str) -> str | None:
    return " ".join(_string(told.get(name)).split()) or None


def _string(told: object) -> str:
    return told if isinstance(told, str) else ""
