"""Spools: folders for what is under way, gone when it is done; those of processes that were killed go at the next."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = "ascertain-spool-"
_SECONDS_TO_LOCK = 60.0  # a folder that is younger may be about to be locked


@contextmanager
def spool() -> Iterator[Path]:
    """A folder for the caller alone, which is gone afterwards; what dead processes left is swept away first."""
    if sys.platform == "win32":
        with tempfile.TemporaryDirectory(prefix=_PREFIX) as folder:
            yield Path(folder)
        return
    _sweep()
    with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as folder:
        held = _locked(Path(folder))
        try:
            yield Path(folder)
        finally:
            if held is not None:
                os.close(held)


def _sweep() -> None:
    """Remove the spools of this user that no process holds."""
    before = time.time() - _SECONDS_TO_LOCK
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            told = folder.lstat()
            if folder.is_symlink() or told.st_uid != os.getuid() or told.st_mtime > before:
                continue
            held = _locked(folder)
            if held is not None:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(held)


def _locked(folder: Path) -> int | None:
    """Hold a folder as long as this process lives; `None` where another one does."""
    import fcntl

    held = os.open(folder, os.O_RDONLY | os.O_CLOEXEC | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(held)
        return None
    return held
