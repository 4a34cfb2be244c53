"""Office packages: zips of XML parts, opened only if what would come out of them is within limits."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from lxml import etree

from ascertain.intake.documents import Original
from ascertain.intake.settings import Settings
from ascertain.model import InputError

_FREE_BYTES = 100 << 20
_MOST_PARTS = 100_000
_ENCRYPTED = 0x1
_XML_PARTS = (".xml", ".rels")
_HEAD_BYTES = 4096
_BROKEN = (OSError, ValueError, NotImplementedError, RuntimeError, zlib.error, zipfile.BadZipFile)
_ANEW = "open and save it again, or save it as PDF"


def check_package(original: Original, settings: Settings) -> None:
    """Look over what a package says that it holds.

    Raises:
        InputError: it is broken, locked, or would swell beyond the limits.
    """
    try:
        with zipfile.ZipFile(original.path) as package:
            members = package.infolist()
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile) as error:
        raise InputError("a broken Office file", source=original.address, remedy=_ANEW) from error
    if any(member.flag_bits & _ENCRYPTED for member in members):
        remedy = "open it with its password, save it without one, and give that"
        raise InputError("locked with a password", source=original.address, remedy=remedy)
    _check_entities(original)
    swollen = sum(member.file_size for member in members)
    allowed = _FREE_BYTES + settings.limits.expansion * original.path.stat().st_size
    if len(members) > _MOST_PARTS or swollen > min(allowed, settings.limits.memory_bytes // 4):
        problem = f"swells to {swollen / 1e6:,.0f} MB in {len(members):,} parts"
        raise InputError(problem, source=original.address, remedy="leave it out, or save its text as a text file")


def _check_entities(original: Original) -> None:
    """Refuse a package of which a part declares entities: no Office program writes any."""
    try:
        with zipfile.ZipFile(original.path) as package:
            names = (name for name in package.namelist() if name.lower().endswith(_XML_PARTS))
            is_declared = any(_declares(package, name) for name in names)
    except _BROKEN as error:
        raise InputError("a broken Office file", source=original.address, remedy=_ANEW) from error
    if is_declared:
        remedy = "do not open it, and ask whoever sent it for a PDF"
        raise InputError("declares XML entities, as an attack does", source=original.address, remedy=remedy)


def _declares(package: zipfile.ZipFile, name: str) -> bool:
    with package.open(name) as part:
        head = part.read(_HEAD_BYTES).replace(b"\0", b"")  # of UTF-16 what is ASCII
    return b"<!ENTITY" in head


def part_of_package(path: Path, name: str) -> bytes | None:
    """The bytes of a part; `None` where there is none of that name.

    Raises:
        zipfile.BadZipFile: the part is broken.
    """
    with zipfile.ZipFile(path) as package:
        return package.read(name) if name in package.NameToInfo else None


def xml_of(data: bytes) -> etree._Element:
    """The root of an XML part: no entity is expanded and nothing is fetched.

    Raises:
        lxml.etree.XMLSyntaxError: it is no XML, or nested too deeply.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    return etree.fromstring(data, parser=parser)


def local_name(element: etree._Element) -> str:
    """The name of an element without its name space; empty for what is no element.

    >>> local_name(xml_of(b'<w:p xmlns:w="urn:w"/>'))
    'p'
    """
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def joined(blocks: list[str]) -> str:
    """Paragraphs as one text, a blank line between them; items of one list stand on lines that follow one another.

    >>> joined(["Killed:", "- two men", "- a child", "", "More later."])
    'Killed:\\n\\n- two men\\n- a child\\n\\nMore later.'
    """
    text: list[str] = []
    for block in filter(None, (block.strip() for block in blocks)):
        if text:
            text.append("\n" if block.startswith("- ") and text[-1].startswith("- ") else "\n\n")
        text.append(block)
    return "".join(text)


def table_blocks(rows: list[list[list[str]]]) -> list[str]:
    """The blocks of a table: a line a row where its cells are short, else the paragraphs of its cells in order.

    >>> table_blocks([[["Town"], ["Killed"]], [["Jabalia"], ["13"]]])
    ['Town | Killed\\nJabalia | 13']
    """
    cells = [cell for row in rows for cell in row]
    if any(len(row) > 1 for row in rows) and all(sum(map(len, cell)) <= LONGEST_CELL for cell in cells):
        lines = (" | ".join(" ".join(" ".join(cell).split()) for cell in row) for row in rows)
        return ["\n".join(line for line in lines if line.strip(" |"))]
    return [block for cell in cells for block in cell]


LONGEST_CELL = 400
