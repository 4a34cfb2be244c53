"""The scripts and styles of the pages, as Vite built them: which files an entry consists of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ascertain.model import DataFileError

MANIFEST = Path(__file__).parent / "static" / "desk" / ".vite" / "manifest.json"


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files of an entry, as paths under `/static/`: its script, what that loads, and its styles."""

    script: str
    loads: tuple[str, ...]
    styles: tuple[str, ...]


@lru_cache
def bundle_of(entry: str) -> Bundle:
    """The files of an entry, by the name of its source (`main` is `src/main.ts`).

    Raises:
        DataFileError: the pages' scripts were not built, or there is no such entry.
    """
    manifest = _manifest()
    found = manifest.get(f"src/{entry}.ts")
    if found is None:
        raise DataFileError(f"has no entry {entry!r}", source=str(MANIFEST), remedy=_REMEDY)
    loaded = _loaded(found, manifest)
    styles = [style for part in (*loaded, found) for style in part.get("css", ())]
    return Bundle(
        script=f"desk/{found['file']}",
        loads=tuple(f"desk/{part['file']}" for part in loaded),
        styles=tuple(f"desk/{style}" for style in dict.fromkeys(styles)),
    )


_REMEDY = "build them by: python hatch_build.py"


def _manifest() -> Mapping[str, Any]:
    try:
        return dict(json.loads(MANIFEST.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        problem = "the pages' scripts were not built"
        raise DataFileError(problem, source=str(MANIFEST), remedy=_REMEDY) from error


def _loaded(entry: Mapping[str, Any], manifest: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What an entry loads at once, each part once, in order."""
    found: dict[str, Mapping[str, Any]] = {}

    def follow(part: Mapping[str, Any]) -> None:
        for name in part.get("imports", ()):
            if name not in found:
                found[name] = manifest[name]
                follow(manifest[name])

    follow(entry)
    return list(found.values())
