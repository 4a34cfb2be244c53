"""PDF: the text of its pages as paragraphs, with the span that stands on each; what is only a picture is set aside.

The day on which the file was made is not the day of publication; only a publisher's own statement of it counts.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from ascertain.intake.documents import Document, Enclosed, Original, within
from ascertain.intake.enclosing import enclosed
from ascertain.intake.labels import given_title
from ascertain.intake.paragraphs import Line, paragraphs_of
from ascertain.intake.received import SetAside, printable
from ascertain.intake.right_to_left import has_right_to_left, letters_of, read_order
from ascertain.intake.settings import Settings
from ascertain.model import InputError

_HYPHENS = frozenset({0x02, 0xFFFE})
_LINE_BREAKS = frozenset({0x0A, 0x0D})
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_SOFT_HYPHEN_WITHIN = re.compile("\u00ad(?!$)")
_MOST_BROKEN_PAGES = 50
_MOST_UNMAPPED = 0.3
_EMPTY_TEXT = 2
_STATED_DAY = re.compile(
    rb"(?:prism:(?:publicationDate|coverDate)|dcterms:issued)(?:=[\"']|[^>]{0,80}>(?:\s*<[^>]{0,80}>)*)\s*(\d{4}-\d\d-\d\d)"
)
_OCR = "run text recognition (OCR) over it, and give the result"

_Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Page:
    """What was found on a page.

    `signs` is how many there are, `unmapped` how many of them have no letter, `lost` how many pieces of text PDFium
    passes over: it does so with a letter of Arabic or Hebrew that is drawn by itself.
    """

    lines: tuple[Line, ...] = ()
    signs: int = 0
    unmapped: int = 0
    lost: int = 0
    has_picture: bool = False


def found(original: Original, settings: Settings, room: Path) -> Iterator[Document | Enclosed | SetAside]:
    """The text, what is attached to it, and the pages that hold none."""
    pdf = _opened(original)
    try:
        yield from _document(original, pdf, settings)
        yield from _attachments(original, pdf, settings, room)
    finally:
        pdf.close()


def _opened(original: Original) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(original.path)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            remedy = "open it with its password, save it without one, and give that"
            raise InputError("locked with a password", source=original.address, remedy=remedy) from None
        remedy = "fetch it again, or open and save it again"
        raise InputError("a broken PDF", source=original.address, remedy=remedy) from None


def _document(original: Original, pdf: pypdfium2.PdfDocument, settings: Settings) -> Iterator[Document | SetAside]:
    pages = _pages(original, pdf, settings)
    _check_letters(original, pages)
    if not any(page.lines for page in pages):
        pictures = sum(page.has_picture for page in pages)
        problem = f"a scan: {pictures} pages of pictures, no text" if pictures else "a PDF without text"
        raise InputError(problem, source=original.address, remedy=_OCR)
    paged = paragraphs_of([page.lines for page in pages])
    told = pdf.get_metadata_dict()
    yield Document(
        text=paged.text,
        title=given_title(letters_of(told.get("Title", ""))),
        author=letters_of(told.get("Author", "")).strip() or None,
        published=_stated_day(original),
        pages=paged.pages,
    )
    yield from _told_apart(original, pages)


def _told_apart(original: Original, pages: Sequence[_Page]) -> Iterator[SetAside]:
    """What is missing from the text, by page."""
    prone = [number for number, page in enumerate(pages, start=1) if page.lost]
    if prone:
        problem = f"{sum(page.lost for page in pages):,} letters drawn by themselves are missing from the text"
        yield SetAside(_place(original, prone), None, problem, "compare it with the page; give the text as a text file")
    bare = [number for number, page in enumerate(pages, start=1) if page.has_picture and not page.lines]
    if bare[1:] or bare[:1] > [1]:
        yield SetAside(_place(original, bare), None, "pictures without text", _OCR)


def _place(original: Original, pages: Sequence[int]) -> str:
    part = f"pages {_ranges(pages)}" if len(pages) > 1 else f"page {pages[0]}"
    return printable(within(original.address, part))


def _pages(original: Original, pdf: pypdfium2.PdfDocument, settings: Settings) -> list[_Page]:
    pages: list[_Page] = []
    broken = signs = 0
    for number in range(len(pdf)):
        try:
            page = _page(pdf, number)
        except pypdfium2.PdfiumError:
            page = _Page()
            broken += 1
        signs += page.signs
        if broken > _MOST_BROKEN_PAGES:
            raise InputError("a broken PDF", source=original.address, remedy="open and save it again")
        if signs > settings.limits.characters:
            problem = f"longer than {settings.limits.characters:,} characters"
            raise InputError(problem, source=original.address, remedy="split it into its parts, or raise the limit")
        pages.append(page)
    return pages


def _page(pdf: pypdfium2.PdfDocument, number: int) -> _Page:
    page = pdf[number]
    try:
        text = page.get_textpage()
        try:
            raw, count = text.raw, text.count_chars()
            codes = [pdfium.FPDFText_GetUnicode(raw, index) for index in range(count)]
            lines = tuple(_lines(raw, codes))
            unmapped = sum(code in (0, 0xFFFD) or 0xE000 <= code < 0xF900 for code in codes)
            is_prone = not lines or any(has_right_to_left(line.text) for line in lines)
            return _Page(lines, count, unmapped, _lost(page, raw) if is_prone else 0, _has_picture(page))
        finally:
            text.close()
    finally:
        page.close()


def _lost(page: pypdfium2.PdfPage, raw: object) -> int:
    """How many pieces of text are drawn on a page that have no place in its text."""
    pieces = page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,), max_depth=1)
    return sum(pdfium.FPDFTextObj_GetText(piece.raw, raw, None, 0) <= _EMPTY_TEXT for piece in pieces)


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    kinds = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM)
    return next(page.get_objects(filter=kinds, max_depth=2), None) is not None


def _lines(raw: object, codes: Sequence[int]) -> Iterator[Line]:
    """The lines that the signs of a page make, each in the order in which it is read."""
    start = 0
    for at, code in enumerate(codes):
        if code in _LINE_BREAKS or code in _HYPHENS:
            yield from _line(raw, codes, start, at, ending="-" if code in _HYPHENS else "")
            start = at + 1
    yield from _line(raw, codes, start, len(codes))


def _line(raw: object, codes: Sequence[int], start: int, end: int, ending: str = "") -> Iterator[Line]:
    """The line of the signs from `start` to `end`; `ending` is a hyphen that PDFium has taken out."""
    chars = _chars(codes[start:end])
    text = "".join(chars)
    if not text.strip():
        return
    indexes = [start + at for at, char in enumerate(chars) if char.strip()]
    if has_right_to_left(text):
        boxes = [_box(raw, start + at) for at in range(len(chars))]
        placed = [(char, box[0], box[2]) for char, box in zip(chars, boxes, strict=True) if char]
        text = read_order(placed, max(box[3] - box[1] for box in boxes))
    else:
        boxes = [_box(raw, index) for index in (indexes[0], indexes[len(indexes) // 2], indexes[-1])]
    text = _SOFT_HYPHEN_WITHIN.sub("", _SPACES.sub(" ", letters_of(text)).strip() + ending)
    standing = [box for box in boxes if box[3] > box[1]] or boxes
    left, right = min(box[0] for box in standing), max(box[2] for box in standing)
    bottom, top = min(box[1] for box in standing), max(box[3] for box in standing)
    if text:
        yield Line(text, left, right, bottom, top)


def _chars(codes: Sequence[int]) -> list[str]:
    """The characters of UTF-16 codes: a pair makes one, in the place of its first half."""
    chars: list[str] = []
    for code in codes:
        if 0xDC00 <= code < 0xE000 and chars and "\ud800" <= chars[-1] < "\udc00":
            chars[-1] = chr(0x10000 + ((ord(chars[-1]) - 0xD800) << 10) + code - 0xDC00)
            chars.append("")
        else:
            chars.append(chr(code) if code >= 0x20 and code < 0x110000 else " ")
    return ["\ufffd" if "\ud800" <= char < "\ue000" else char for char in chars]


def _box(raw: object, index: int) -> _Box:
    """Left, bottom, right and top of a sign, as its font spaces it."""
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(raw, index, ctypes.byref(box))
    return box.left, box.bottom, box.right, box.top


def _check_letters(original: Original, pages: Sequence[_Page]) -> None:
    signs, unmapped = sum(page.signs for page in pages), sum(page.unmapped for page in pages)
    if unmapped > _MOST_UNMAPPED * max(signs, 1):
        raise InputError("a PDF whose fonts do not say which letters they show", source=original.address, remedy=_OCR)


def _attachments(
    original: Original, pdf: pypdfium2.PdfDocument, settings: Settings, room: Path
) -> Iterator[Enclosed | SetAside]:
    for number in range(min(pdf.count_attachments(), settings.limits.parts)):
        try:
            attachment = pdf.get_attachment(number)
            name, data = attachment.get_name(), bytes(attachment.get_data())
        except (pypdfium2.PdfiumError, ValueError):
            place = printable(within(original.address, f"attachment {number + 1}"))
            yield SetAside(place, None, "a broken attachment", "save it from the PDF, and give that")
            continue
        yield enclosed(original, room, part=f"attachment {number + 1}", name=name, data=data)


def _stated_day(original: Original) -> dt.date | None:
    """The day of publication that the publisher wrote into the file's XMP (PRISM, Dublin Core)."""
    stated = _STATED_DAY.search(original.path.read_bytes())
    try:
        return dt.date.fromisoformat(stated[1].decode("ascii")) if stated else None
    except ValueError:
        return None


def _ranges(numbers: Sequence[int]) -> str:
    """Numbers with their runs drawn together.

    >>> _ranges([2, 3, 4, 9])
    '2–4, 9'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
