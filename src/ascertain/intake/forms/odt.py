"""OpenDocument text (.odt): paragraphs, lists and tables in reading order, each note after what refers to it."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from ascertain.intake.documents import Document, Original
from ascertain.intake.labels import given_title
from ascertain.intake.packages import check_package, joined, local_name, part_of_package, table_blocks, xml_of
from ascertain.intake.settings import Settings
from ascertain.model import InputError

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_SIGNS = {"tab": "\t", "line-break": "\n", "s": " "}
_PASSED_OVER = frozenset(
    {"tracked-changes", "annotation", "annotation-end", "sequence-decls", "forms", "note-citation"}
)
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_AUTHOR = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}initial-creator"


def found(original: Original, settings: Settings, room: Path) -> Iterator[Document]:  # noqa: ARG001 - as every form
    """The document."""
    check_package(original, settings)
    try:
        content = part_of_package(original.path, "content.xml") or b""
        text = joined(list(_blocks(xml_of(content))))
        meta = xml_of(part_of_package(original.path, "meta.xml") or b"<none/>")
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, etree.XMLSyntaxError) as error:
        remedy = "open and save it again, or save it as PDF"
        raise InputError("a broken OpenDocument file", source=original.address, remedy=remedy) from error
    yield Document(text=text, title=given_title(_first(meta, _TITLE)), author=_first(meta, _AUTHOR))


def _blocks(container: etree._Element, mark: str = "") -> Iterator[str]:
    for element in container:
        name = local_name(element)
        if name in ("p", "h"):
            notes: list[str] = []
            yield mark + "".join(_pieces(element, notes)).strip()
            yield from notes
        elif name == "table":
            yield from table_blocks([_row(row) for row in element.iter(f"{_TABLE}table-row")])
        elif name not in _PASSED_OVER:
            yield from _blocks(element, "- " if name == "list-item" else mark)


def _row(row: etree._Element) -> list[list[str]]:
    return [list(_blocks(cell)) for cell in row.iterchildren(f"{_TABLE}table-cell")]


def _pieces(element: etree._Element, notes: list[str]) -> Iterator[str]:
    """The text of a paragraph; its notes are put aside, and their marks stay."""
    yield element.text or ""
    for child in element:
        name = local_name(child)
        if name == "note":
            mark = f"[{''.join(child.itertext(f'{_TEXT}note-citation')).strip()}]"
            yield mark
            notes.append(f"{mark} {' '.join(_blocks(child))}")
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name and name not in _PASSED_OVER:
            yield from _pieces(child, notes)
        yield child.tail or ""


def _first(meta: etree._Element, tag: str) -> str | None:
    element = next(meta.iter(tag), None)
    return None if element is None else element.text
