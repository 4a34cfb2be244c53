"""Word (.docx, .docm): paragraphs, lists, tables and text boxes in reading order, each note after what refers to it.

What was deleted under tracked changes, and what is formatted as hidden, is not text. The days on which the file was
made and altered are not the day of publication.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.package import Package
from lxml import etree

from ascertain.intake.documents import Document, Original
from ascertain.intake.labels import given_title
from ascertain.intake.packages import check_package, joined, local_name, table_blocks, xml_of
from ascertain.intake.settings import Settings
from ascertain.model import InputError

if TYPE_CHECKING:
    from docx.opc.part import Part

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NOTES = {"footnoteReference": RELATIONSHIP_TYPE.FOOTNOTES, "endnoteReference": RELATIONSHIP_TYPE.ENDNOTES}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_PASSED_OVER = frozenset({"del", "moveFrom", "Fallback", "pPr", "rPr", "instrText", "delText", "annotationRef"})
_NO_NOTES = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def found(original: Original, settings: Settings, room: Path) -> Iterator[Document]:  # noqa: ARG001 - as every form
    """The document."""
    check_package(original, settings)
    try:
        package = Package.open(str(original.path))
        main = package.main_document_part
        text = joined(_Reading(main).blocks())
        told = package.core_properties
        title, author = told.title, told.author
    except (
        KeyError,
        ValueError,
        AttributeError,
        OpcError,
        zipfile.BadZipFile,
        zlib.error,
        etree.XMLSyntaxError,
    ) as error:
        remedy = "open and save it again, or save it as PDF"
        raise InputError("a broken Word file", source=original.address, remedy=remedy) from error
    yield Document(text=text, title=given_title(title), author=author or None)


class _Reading:
    """One document as it is read: its notes, and those that the paragraph at hand refers to."""

    def __init__(self, main: Part) -> None:
        self._body = xml_of(main.blob)
        self._notes = {kind: _notes(main, relation) for kind, relation in _NOTES.items()}
        self._waiting: list[str] = []
        self._numbers = count(1)
        self._edges = {
            relation: _edge_parts(main, relation) for relation in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
        }

    def blocks(self) -> list[str]:
        """Paragraphs and tables; what stands at the head of the pages comes first, what stands at their foot last."""
        head, foot = self._edges[RELATIONSHIP_TYPE.HEADER], self._edges[RELATIONSHIP_TYPE.FOOTER]
        return [*self._of_edges(head), *self._of(self._body), *self._of_edges(foot)]

    def _of_edges(self, parts: list[etree._Element]) -> list[str]:
        texts = [joined(list(self._of(part))) for part in parts]
        return [text for text in dict.fromkeys(texts) if any(map(str.isalpha, text))]

    def _of(self, container: etree._Element) -> Iterator[str]:
        for element in container:
            name = local_name(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield from table_blocks([self._row(row) for row in element.iterchildren(f"{_W}tr")])
                yield from self._due_notes()
            elif name not in _PASSED_OVER:
                yield from self._of(element)

    def _row(self, row: etree._Element) -> list[list[str]]:
        return [list(self._of(cell)) for cell in row.iterchildren(f"{_W}tc", f"{_W}sdt")]

    def _paragraph(self, paragraph: etree._Element) -> Iterator[str]:
        boxes: list[etree._Element] = []
        text = "".join(self._pieces(paragraph, boxes)).strip()
        is_item = paragraph.find(f"{_W}pPr/{_W}numPr") is not None
        yield f"- {text}" if is_item and text else text
        if not any(True for _ in paragraph.iterancestors(f"{_W}tc")):
            yield from self._due_notes()
        for box in boxes:
            yield from self._of(box)

    def _pieces(self, element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
        """The text of a paragraph; text boxes that are anchored in it are put aside."""
        for child in element:
            name = local_name(child)
            if name == "t":
                yield child.text or ""
            elif name in _SIGNS:
                yield _SIGNS[name]
            elif name in _NOTES:
                yield self._mark_of_note(name, child.get(f"{_W}id"))
            elif name == "txbxContent":
                boxes.append(child)
            elif name not in _PASSED_OVER and not _is_hidden(child):
                yield from self._pieces(child, boxes)

    def _mark_of_note(self, kind: str, id_: str | None) -> str:
        note = self._notes[kind].get(id_ or "")
        if note is None:
            return ""
        mark = f"[{next(self._numbers)}]"
        self._waiting.append(f"{mark} {note}")
        return mark

    def _due_notes(self) -> Iterator[str]:
        due, self._waiting = self._waiting, []
        yield from due


def _is_hidden(run: etree._Element) -> bool:
    hidden = run.find(f"{_W}rPr/{_W}vanish")
    return hidden is not None and hidden.get(f"{_W}val") not in ("0", "false", "off")


def _notes(main: Part, relation: str) -> Mapping[str, str]:
    """The text of each note, by the id that references give."""
    notes = {}
    for part in _related(main, relation):
        for note in part:
            if note.get(f"{_W}type") not in _NO_NOTES:
                notes[note.get(f"{_W}id") or ""] = " ".join("".join(_note_pieces(note)).split())
    return notes


def _note_pieces(note: etree._Element) -> Iterator[str]:
    for element in note.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}p"):
        yield (element.text or "") if local_name(element) == "t" else " "


def _edge_parts(main: Part, relation: str) -> list[etree._Element]:
    return _related(main, relation)


def _related(main: Part, relation: str) -> list[etree._Element]:
    parts = (related for related in main.rels.values() if related.reltype == relation and not related.is_external)
    return [xml_of(part.target_part.blob) for part in parts]
