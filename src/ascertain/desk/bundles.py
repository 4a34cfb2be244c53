"""Where the built scripts and styles of a page lie: Vite's manifest, read once.

An entry of the bundle (`main`, or the name of a file of `web/src/pages/`) has a script, styles, and scripts that it
loads beforehand. Files carry the hash of their content in their names, so that browsers may keep them for ever.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ascertain.model import DataFileError

_BUILT = Path(__file__).parent / "static" / "desk"
_REMEDY = "build it with `python hatch_build.py` in the project's folder, or install the package anew"


@dataclass(frozen=True)
class Bundle:
    """The files of one entry, as paths within the static files (`desk/assets/main-Bq3x9Zk1.js`)."""

    script: str
    styles: tuple[str, ...]
    preloads: tuple[str, ...]


def bundle(name: str, built: Path = _BUILT) -> Bundle:
    """The files of the entry `name` of the bundle in the folder `built`.

    Raises:
        DataFileError: the bundle is not built, or has no such entry.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     chunk = {"src/main.ts": {"file": "assets/main-1a2b3c4d.js", "name": "main", "isEntry": True}}
    ...     _ = (Path(folder) / "manifest.json").write_text(json.dumps(chunk))
    ...     bundle("main", Path(folder)).script
    'desk/assets/main-1a2b3c4d.js'
    """
    found = bundles(built)
    if name not in found:
        raise DataFileError(
            f"has no entry {name!r}, only {', '.join(sorted(found))}",
            source=str(built / "manifest.json"),
            remedy=_REMEDY,
        )
    return found[name]


@cache
def bundles(built: Path) -> dict[str, Bundle]:
    """All entries of the bundle in `built`, by name.

    Raises:
        DataFileError: the bundle is not built, or its manifest is none.
    """
    manifest = built / "manifest.json"
    try:
        chunks = json.loads(manifest.read_text(encoding="utf-8"))
        return {chunk["name"]: _bundle(key, chunks) for key, chunk in chunks.items() if chunk.get("isEntry")}
    except FileNotFoundError as fault:
        raise DataFileError("the desk's pages are not built", source=str(manifest), remedy=_REMEDY) from fault
    except (OSError, ValueError, KeyError, AttributeError) as fault:
        raise DataFileError(f"is not a manifest ({fault!r})", source=str(manifest), remedy=_REMEDY) from fault


def _bundle(key: str, chunks: dict[str, dict[str, object]]) -> Bundle:
    """An entry with all that it imports at once, each file named one time, what is imported first."""
    needed = tuple(_needed(key, chunks, {}))
    styles = dict.fromkeys(style for needs in needed for style in _texts(chunks[needs], "css"))
    scripts = [str(chunks[needs]["file"]) for needs in needed if needs != key]
    return Bundle(_path(str(chunks[key]["file"])), tuple(map(_path, styles)), tuple(map(_path, scripts)))


def _needed(key: str, chunks: dict[str, dict[str, object]], seen: dict[str, None]) -> dict[str, None]:
    if key in seen:
        return seen
    for imported in _texts(chunks[key], "imports"):
        _needed(imported, chunks, seen)
    seen[key] = None
    return seen


def _texts(chunk: dict[str, object], field: str) -> tuple[str, ...]:
    values = chunk.get(field, [])
    return tuple(str(value) for value in values) if isinstance(values, list) else ()


def _path(file: str) -> str:
    return f"desk/{file}"
