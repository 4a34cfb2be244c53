"""Putting what an original encloses into the room: under a name of our own, so that no name can lead elsewhere."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path, PurePosixPath

from ascertain.intake.documents import Enclosed, Original, within

_LONGEST_NAME = 200


def enclosed(
    original: Original, room: Path, *, part: str, name: str | None, data: bytes, media_type: str | None = None
) -> Enclosed:
    """What an original encloses, written into the room.

    Args:
        original: what encloses it.
        room: the folder to write into.
        part: which part of the original it is.
        name: what it is called there, if anything; only the last part of a path counts.
        data: its bytes.
        media_type: what it is said to be.
    """
    number, path = tempfile.mkstemp(dir=room)
    with os.fdopen(number, "wb") as file:
        file.write(data)
    called = PurePosixPath((name or "").replace("\\", "/")).name.replace("\0", "")[:_LONGEST_NAME]
    part = f"{part} ({called})" if called else part
    inner = Original(Path(path), called or part, within(original.address, part), media_type, original.received)
    return Enclosed(inner, part)
