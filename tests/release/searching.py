"""Looking for a text in everything that a release holds, in whatever form it may have slipped through."""

import base64
import html
import json
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import duckdb

_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|_x([0-9a-fA-F]{4})_|&#x([0-9a-fA-F]+);")
_FRAMED = re.compile(r"<[^<>]*>|[\u200e\u200f\u2066-\u2069]")
_SHORTEST_WORD = 5


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The name and bytes of each file, and what is packed within: zips, Parquet's columns, texts of pictures."""
    for path in filter(Path.is_file, sorted(folder.rglob("*"))):
        name = path.relative_to(folder).as_posix()
        yield f"{name}:name", name.encode()
        yield name, path.read_bytes()
        if zipfile.is_zipfile(path):
            yield from _of_zip(path, name)
        if path.suffix == ".parquet":
            yield from _of_parquet(path, name)
        if path.suffix == ".png":
            yield from _of_png(path.read_bytes(), name)


def _of_zip(path: Path, name: str) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        yield f"{name}:comment", archive.comment
        for info in archive.infolist():
            told = info.filename.encode() + info.comment + info.extra
            yield f"{name}:{info.filename}", told + archive.read(info)


def _of_parquet(path: Path, name: str) -> Iterator[tuple[str, bytes]]:
    for what in ("read_parquet", "parquet_kv_metadata", "parquet_metadata", "parquet_schema"):
        rows = duckdb.execute(f"select * from {what}('{path}')").fetchall()
        yield f"{name}:{what}", repr(rows).encode() + " ".join(str(cell) for row in rows for cell in row).encode()


def _of_png(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """The chunks that are no picture, unpacked where they are packed."""
    at = 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, content = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += 12 + length
        if kind not in (b"IHDR", b"IDAT", b"PLTE", b"IEND"):
            yield f"{name}:{kind.decode('latin-1')}", content + _unpacked(content)


def _unpacked(content: bytes) -> bytes:
    for start in (at for at in range(min(len(content), 100)) if content[at : at + 1] == b"\x78"):
        try:
            return zlib.decompress(content[start:])
        except zlib.error:
            continue
    return b""


def forms_of(text: str) -> set[bytes]:
    """A text as it may stand in a file: in several encodings and escapes, composed and decomposed, and by word."""
    found: set[bytes] = set()
    for plain in (*_spellings(text), *(word for word in words_of(text))):
        encoded = plain.encode()
        found |= {encoded, plain.encode("utf-16-le"), plain.encode("utf-16-be"), plain.encode("utf-32-le")}
        found |= {encoded.hex().encode(), encoded.hex().upper().encode(), quote(plain, safe="").encode()}
        found |= {quote(plain).lower().encode(), json.dumps(plain)[1:-1].encode(), html.escape(plain).encode()}
        found |= {"".join(f"&#{ord(letter)};" for letter in plain).encode()}
        for pad in range(3):
            for encode in (base64.b64encode, base64.urlsafe_b64encode):
                whole = encode(b"\0" * pad + encoded)
                found.add(whole[4 if pad else 0 : len(whole) - 4])
    return {each for each in found if len(each) >= _SHORTEST_WORD + 1}


def _spellings(text: str) -> set[str]:
    forms = {unicodedata.normalize(form, text) for form in ("NFC", "NFD")} | {text}
    return forms | {form.casefold() for form in forms} | {form.upper() for form in forms}


def words_of(text: str) -> list[str]:
    """The words of a name that are long enough to be nobody else's."""
    return [word for word in re.findall(r"[^\W\d_]+", text) if len(word) >= _SHORTEST_WORD]


def folded(text: str) -> str:
    """A text without accents, marks, case and apostrophes, so that spellings of it are one."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if letter.isalnum()).casefold()


def readings_of(content: bytes) -> Iterator[str]:
    """What a person or a program may read in the bytes: escapes, entities and percent signs taken back, marks gone."""
    text = content.decode("utf-8", "ignore")
    plain = _ESCAPE.sub(lambda found: chr(min(int(found[1] or found[2] or found[3], 16), 0x10FFFF)), text)
    yield plain
    yield unquote(plain)
    yield _FRAMED.sub("", html.unescape(plain))


def found_in(folder: Path, *texts: str) -> list[tuple[str, str]]:
    """Where any of some texts stands, as (file, text)."""
    wanted = {text: (forms_of(text), {folded(part) for part in (text, *words_of(text))}) for text in texts}
    found = []
    for name, content in contents(folder):
        read = [folded(text) for text in readings_of(content)]
        for text, (forms, parts) in wanted.items():
            if any(form in content for form in forms) or any(part in told for part in parts for told in read):
                found.append((name, text))
    return found
