"""The folders of the user that Ascertain keeps things in between runs."""

from __future__ import annotations

import os
from pathlib import Path


def data_folder() -> Path:
    """For what cannot be made again: `ASCERTAIN_DATA`, else `XDG_DATA_HOME/ascertain`, else
    `~/.local/share/ascertain`."""
    return _folder("ASCERTAIN_DATA", "XDG_DATA_HOME", ".local/share")


def cache_folder() -> Path:
    """For what can be made again: `ASCERTAIN_CACHE`, else `XDG_CACHE_HOME/ascertain`, else `~/.cache/ascertain`."""
    return _folder("ASCERTAIN_CACHE", "XDG_CACHE_HOME", ".cache")


def _folder(own: str, shared: str, at_home: str) -> Path:
    """The folder that the variable `own` names, else Ascertain's in the one that `shared` names, else in the home."""
    if named := os.environ.get(own):
        return Path(named)
    above = os.environ.get(shared)
    return (Path(above) if above else Path.home() / at_home) / "ascertain"
