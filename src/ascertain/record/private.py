"""Private files and folders: what comes out of a record is for its owner alone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

_FOLDER, _FILE = 0o700, 0o600
_OTHERS = 0o077


def private_folder(path: Path) -> Path:
    """The folder, made where it is not there, with no way into it for others."""
    path.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
    if path.stat().st_mode & _OTHERS:
        path.chmod(_FOLDER)
    return path


def new_private_file(path: Path) -> BinaryIO:
    """A file to write into, that others cannot read; what it held is gone."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, _FILE), "wb")
