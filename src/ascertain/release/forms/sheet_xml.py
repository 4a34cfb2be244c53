"""The XML of a workbook (Office Open XML, ECMA-376): cells of each type, and the parts around the sheets.

Texts stand in their cells, so that none has to be kept until the end. In: names, widths, values. Out: text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import IntEnum
from html import escape
from itertools import count
from string import ascii_uppercase
from types import MappingProxyType
from typing import Any
from zipfile import ZIP_DEFLATED, ZipInfo

from ascertain.release.tables import LIST_SEPARATOR, ColumnType

CELL_CHARACTERS = 32_767
CUT = " … (cut; whole in the other files)"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MADE = (1980, 1, 1, 0, 0, 0)
_DAY_0, _FIRST_DAY = dt.date(1899, 12, 30), dt.date(1900, 3, 1)
# what XML may not hold, and what stands for it in OOXML: a text that looks like such a code is told apart by one more
_ODD = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_NOT_PLAIN = re.compile(r"[\x00-\x1f&<>\ud800-\udfff\ufffe\uffff]|^\s|\s$|_x")
END = "</sheetData></worksheet>"


class Style(IntEnum):
    """How a cell looks: its place in `styles.xml`."""

    PLAIN, DAY, HEAD, WRAPPED = 0, 1, 2, 3


def text_cell(at: str, text: str, style: Style = Style.PLAIN) -> str:
    """A cell that holds a text, whatever it looks like.

    >>> text_cell("A1", "=1+1")
    '<c r="A1" t="inlineStr"><is><t>=1+1</t></is></c>'
    >>> text_cell("A1", " \\x07<_x0041_", Style.HEAD)
    '<c r="A1" s="2" t="inlineStr"><is><t xml:space="preserve"> _x0007_&lt;_x005F_x0041_</t></is></c>'
    """
    worn = f' s="{style:d}"' if style else ""
    told = _short(text)
    if _NOT_PLAIN.search(told):
        told = escape(_ODD.sub(lambda found: f"_x{ord(found[0]):04X}_", told), quote=False)
        return f'<c r="{at}"{worn} t="inlineStr"><is><t xml:space="preserve">{told}</t></is></c>'
    return f'<c r="{at}"{worn} t="inlineStr"><is><t>{told}</t></is></c>'


def _list_cell(at: str, texts: Sequence[str]) -> str:
    return text_cell(at, LIST_SEPARATOR.join(texts))


def _number_cell(at: str, number: float) -> str:
    return f'<c r="{at}"><v>{number!r}</v></c>'


def _truth_cell(at: str, truth: bool) -> str:
    return f'<c r="{at}" t="b"><v>{truth:d}</v></c>'


def _day_cell(at: str, day: dt.date) -> str:
    """A day; as a text where spreadsheets have no number for it, which is before March 1900.

    >>> _day_cell("B2", dt.date(2024, 3, 4)), _day_cell("B2", dt.date(1870, 1, 1))[-30:]
    ('<c r="B2" s="1"><v>45355</v></c>', '<is><t>1870-01-01</t></is></c>')
    """
    if day < _FIRST_DAY:
        return text_cell(at, day.isoformat())
    return f'<c r="{at}" s="1"><v>{(day - _DAY_0).days}</v></c>'


CELLS: Mapping[ColumnType, Callable[[str, Any], str]] = MappingProxyType(
    {
        "string": text_cell,
        "integer": _number_cell,
        "number": _number_cell,
        "boolean": _truth_cell,
        "date": _day_cell,
        "list": _list_cell,
    }
)


def _short(text: str) -> str:
    """A text that fits into a cell; what is cut says so.

    >>> _short("a" * 40_000)[-34:]
    ' … (cut; whole in the other files)'
    """
    return text if len(text) <= CELL_CHARACTERS else text[: CELL_CHARACTERS - len(CUT)] + CUT


def column_letters() -> Iterator[str]:
    """The names of columns, in order.

    >>> from itertools import islice
    >>> list(islice(column_letters(), 25, 28))
    ['Z', 'AA', 'AB']
    """
    for number in count(1):
        letters = ""
        while number:
            number, at = divmod(number - 1, 26)
            letters = ascii_uppercase[at] + letters
        yield letters


def beginning(widths: Sequence[int], *, frozen: bool, chosen: bool) -> str:
    """A sheet up to its first row.

    Args:
        widths: of its columns, in characters.
        frozen: whether the first row and column stay where they are.
        chosen: whether the workbook opens with it.
    """
    pane = '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>' if frozen else ""
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(widths, 1)
    )
    selected = ' tabSelected="1"' if chosen else ""
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView{selected} workbookViewId="0">{pane}</sheetView>'
        f"</sheetViews><cols>{columns}</cols><sheetData>"
    )


def parts_of(title: str, sheets: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The names and texts of the other parts of a workbook with these sheets."""
    numbered = tuple(enumerate(sheets, 1))
    kinds = {
        "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "xl/styles.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        **{
            f"xl/worksheets/sheet{at}.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
            for at, _ in numbered
        },
    }
    told = "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in kinds.items())
    yield (
        "[Content_Types].xml",
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{told}</Types>',
    )
    core = f"{_PACKAGE}/relationships/metadata/core-properties"
    yield "_rels/.rels", _relations((f"{_OFFICE}/officeDocument", "xl/workbook.xml"), (core, "docProps/core.xml"))
    yield "docProps/core.xml", _about(title)
    named = "".join(f'<sheet name="{escape(name)}" sheetId="{at}" r:id="rId{at}"/>' for at, name in numbered)
    yield (
        "xl/workbook.xml",
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets></workbook>',
    )
    places = ((f"{_OFFICE}/worksheet", f"worksheets/sheet{at}.xml") for at, _ in numbered)
    yield "xl/_rels/workbook.xml.rels", _relations(*places, (f"{_OFFICE}/styles", "styles.xml"))
    yield "xl/styles.xml", _STYLES


def _relations(*told: tuple[str, str]) -> str:
    each = (f'<Relationship Id="rId{at}" Type="{kind}" Target="{to}"/>' for at, (kind, to) in enumerate(told, 1))
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(each)}</Relationships>'


def _about(title: str) -> str:
    day = dt.datetime(*_MADE, tzinfo=dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(_ODD.sub(' ', title), quote=False)}</dc:title><dc:creator/>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>'
    )


_FONT = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
_WRAP = '<alignment vertical="top" wrapText="1"/>'
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    f'<fonts count="2"><font>{_FONT}</font><font><b/>{_FONT}</font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
    '<border><left/><right/><top/><bottom style="thin"><color auto="1"/></bottom><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="1" xfId="0" applyFont="1" applyBorder="1" applyAlignment="1">'
    f"{_WRAP}</xf>"
    f'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">{_WRAP}</xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def member(name: str) -> ZipInfo:
    """A part of the file, made at the same moment as all others."""
    info = ZipInfo(name, _MADE)
    info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, 3, 0o600 << 16
    return info
