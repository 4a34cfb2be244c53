"""PDFs as tests need them: pages of lines, written by hand so that every sign stands where the test says."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LEFT, TOP, PITCH, SIZE = 72.0, 760.0, 14.0, 12.0
ADVANCE = 0.5


@dataclass(frozen=True)
class Shown:
    """Signs on a page: what stands there from left to right, and where it begins."""

    text: str
    left: float = LEFT
    bottom: float = TOP
    size: float = SIZE


def lines(*texts: str, left: float = LEFT, top: float = TOP, pitch: float = PITCH) -> list[Shown]:
    """Lines below one another."""
    return [Shown(text, left, top - pitch * number) for number, text in enumerate(texts)]


def right_aligned(text: str, right: float = 520.0, bottom: float = TOP) -> Shown:
    return Shown(text, right - len(text) * SIZE * ADVANCE, bottom)


def pdf(*pages: Iterable[Shown], info: str = "", extra: Sequence[bytes] = (), picture: bool = False) -> bytes:
    """A PDF of these pages, in one font that every letter has: each sign half as wide as it is high."""
    listed = [list(page) for page in pages]
    signs = sorted({char for page in listed for shown in page for char in shown.text}) or ["x"]
    return _pdf(listed, signs, info, extra, picture)


def _pdf(pages: list[list[Shown]], signs: list[str], info: str, extra: Sequence[bytes], picture: bool) -> bytes:
    codes = {char: number for number, char in enumerate(signs, start=1)}
    kids = " ".join(f"{8 + 2 * number} 0 R" for number in range(len(pages)))
    pictures = f"/XObject << /Im {8 + 2 * len(pages)} 0 R >>" if picture else ""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Plain /Encoding /Identity-H /DescendantFonts [4 0 R]"
        b" /ToUnicode 6 0 R >>",
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Plain /CIDSystemInfo << /Registry (Adobe)"
        f" /Ordering (Identity) /Supplement 0 >> /DW {int(ADVANCE * 1000)} /FontDescriptor 5 0 R >>".encode(),
        b"<< /Type /FontDescriptor /FontName /Plain /Flags 4 /FontBBox [0 -200 500 800] /ItalicAngle 0 /Ascent 800"
        b" /Descent -200 /CapHeight 700 /StemV 80 >>",
        _stream(_to_unicode(codes)),
        f"<< {info} >>".encode(),
    ]
    for number, page in enumerate(pages):
        draws = b"q 500 0 0 700 50 50 cm /Im Do Q " if picture else b""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {9 + 2 * number} 0 R /Resources <<"
            f" /Font << /F 3 0 R >> {pictures} >> >>".encode()
        )
        objects.append(_stream(draws + b"".join(_drawn(shown, codes) for shown in page)))
    if picture:
        objects.append(
            _stream(
                b"\x80", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
            )
        )
    return assembled([*objects, *extra])


def assembled(objects: Sequence[bytes], trailer: str = "/Root 1 0 R /Info 7 0 R") -> bytes:
    """A PDF file of these objects, with its table of where each stands."""
    file, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(file))
        file += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(file)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    file += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return bytes(file) + f"trailer << /Size {len(objects) + 1} {trailer} >>\nstartxref\n{start}\n%%EOF".encode()


def _stream(data: bytes, entries: str = "") -> bytes:
    packed = zlib.compress(data)
    return f"<< {entries} /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream"


def _drawn(shown: Shown, codes: dict[str, int]) -> bytes:
    coded = "".join(f"{codes[char]:04X}" for char in shown.text)
    return f"BT /F {shown.size} Tf {shown.left} {shown.bottom} Td <{coded}> Tj ET ".encode()


def _to_unicode(codes: dict[str, int]) -> bytes:
    pairs = [f"<{code:04X}> <{char.encode('utf-16-be').hex()}>" for char, code in codes.items()]
    blocks = (pairs[at : at + 100] for at in range(0, len(pairs), 100))
    mapped = "".join(f"{len(block)} beginbfchar\n{chr(10).join(block)}\nendbfchar\n" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{mapped}endcmap end end"
    ).encode()
