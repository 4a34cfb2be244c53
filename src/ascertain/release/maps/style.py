"""The style of maps of a record, for a page or a file that holds some."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def map_stylesheet() -> str:
    """The rules for everything of class `map`."""
    return (files(__package__) / "maps.css").read_text(encoding="utf-8")
