"""What is known for what it is and holds no text that could be read: set aside, each with its own remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ascertain.intake.documents import Original
from ascertain.intake.received import SetAside
from ascertain.intake.settings import Settings

_PICTURE = "write what it shows into a text file, and keep the picture beside it"
_RECORDING = "write down what is said in it, and keep the recording beside it"
_UNPACK = "unpack it, and give the folder"
_CONVERT = "save it as .docx, .xlsx or PDF without a password, and give that"
_NOTHING = "leave it out"
_AS_TEXT = "save it as text, HTML, PDF or .docx, and give that"
_TYPED = ("XML of no known form, with a document type of its own", _AS_TEXT)
_UNKNOWN = ("a file of no known form", _AS_TEXT)
_HEAD_BYTES = 1 << 16
_TYPED_XML = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?><\?.*?\?>\s*|<!--.*?-->\s*)*<!(?:DOCTYPE|ENTITY)\s", re.S
)

SIGNS: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "a PNG picture", _PICTURE),
    (0, b"\xff\xd8\xff", "a JPEG picture", _PICTURE),
    (0, b"GIF8", "a GIF picture", _PICTURE),
    (0, b"II*\x00", "a TIFF picture", _PICTURE),
    (0, b"MM\x00*", "a TIFF picture", _PICTURE),
    (8, b"WEBP", "a WebP picture", _PICTURE),
    (4, b"ftypheic", "a HEIC picture", _PICTURE),
    (4, b"ftypavif", "an AVIF picture", _PICTURE),
    (4, b"ftypM4A", "a sound recording", _RECORDING),
    (4, b"ftyp", "a video", _RECORDING),
    (0, b"\x1aE\xdf\xa3", "a video", _RECORDING),
    (8, b"AVI ", "a video", _RECORDING),
    (8, b"WAVE", "a sound recording", _RECORDING),
    (0, b"OggS", "a sound recording", _RECORDING),
    (0, b"ID3", "a sound recording", _RECORDING),
    (0, b"\xff\xfb", "a sound recording", _RECORDING),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc, .xls, .msg) or one that is locked", _CONVERT),
    (0, b"\x78\x9f\x3e\x22", "Outlook's bundle of attachments (winmail.dat)", "have them sent as plain attachments"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (0, b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard archive", _UNPACK),
    (0, b"PAR1", "a Parquet table", "save it as CSV, and give that"),
    (0, b"SQLite format 3\x00", "a database", "save its reports as CSV or JSONL, and give that"),
    (0, b"\x7fELF", "a program", _NOTHING),
    (0, b"MZ\x90\x00", "a program", _NOTHING),
)


def sign_in(head: bytes) -> tuple[str, str] | None:
    """What a file is whose first bytes are these, and what to do about it; `None` where they are no sign.

    >>> sign_in(b"GIF89a...")[0]
    'a GIF picture'
    >>> sign_in(b"Thirteen killed") is None
    True
    """
    return next(((what, remedy) for at, sign, what, remedy in SIGNS if head.startswith(sign, at)), None)


def is_typed_xml(head: bytes) -> bool:
    """Whether a file whose first bytes are these is XML that names its document type or declares entities.

    >>> is_typed_xml(b'<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf.dtd"><nitf/>'), is_typed_xml(b"<3 <!DOCTYPE")
    (True, False)
    """
    return _TYPED_XML.match(head.replace(b"\0", b"")) is not None  # of UTF-16 what is ASCII


def found(original: Original, settings: Settings, room: Path) -> Iterator[SetAside]:  # noqa: ARG001 - as every form
    """The one thing to say: what it is, and that it is not read."""
    with original.path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    what, remedy = sign_in(head) or (_TYPED if is_typed_xml(head) else _UNKNOWN)
    yield SetAside(original.address, None, f"{what}, which is not read", remedy)
