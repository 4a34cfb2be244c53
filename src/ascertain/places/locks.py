"""One process at a time where several would write in a folder of Ascertain's own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ascertain.model import SettingsError


@contextmanager
def alone(lock: Path, setting: str, *, or_else: str | None = None) -> Iterator[None]:
    """Hold the lock while the block runs, once no other process does (on Windows there is none).

    `or_else` says what is going on where another process holds it; without it, the block waits its turn. `setting` is
    the variable that names another folder.

    Raises:
        SettingsError: nothing can be written in the folder, or another process is at work, which `or_else` tells.
    """
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        lock.touch()
    except OSError as error:
        problem = f"{lock.parent}: the gazetteer cannot be kept there ({error.strerror or error})"
        raise SettingsError(f"{problem}; let it be written in, or set {setting} to another folder") from None
    if sys.platform == "win32":
        yield
        return
    import fcntl

    with lock.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX if or_else is None else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SettingsError(f"{lock.parent}: {or_else}; wait for it") from None
        yield
