"""SHA-256 sums of a release's files, in the form that `sha256sum -c` reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import file_digest
from pathlib import Path

SUMS = "SHA256SUMS"
SIGNATURES = ("SHA256SUMS.sig", "SHA256SUMS.minisig")
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def sum_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def write_sums(folder: Path) -> Path:
    """Write the sums of all files of a folder, in order of their names."""
    lines = [f"{sum_of(folder / name)}  {name}\n" for name in _files_in(folder)]
    path = folder / SUMS
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
    return path


def faults_in_sums(folder: Path, sums: Path) -> tuple[str, ...]:
    """Which files are not what their sums say, are missing, or have no sum."""
    try:
        told = _told(sums.read_text(encoding="utf-8").splitlines())
    except (OSError, ValueError) as error:
        return (f"{SUMS}: cannot be read ({error})",)
    faults = [_fault(folder, name, expected) for name, expected in told.items()]
    without = sorted(set(_files_in(folder)) - told.keys())
    return tuple(filter(None, faults)) + tuple(f"{name}: has no sum; it was put in later" for name in without)


def names_in_sums(sums: Path) -> frozenset[str]:
    """The files that have a sum."""
    return frozenset(_told(sums.read_text(encoding="utf-8").splitlines()))


def _told(lines: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line)
        if match is None or _leads_out(match[2]) or match[2] in found:
            raise ValueError(f"line {number} is no sum of a file of the release")
        found[match[2]] = match[1]
    return found


def _leads_out(name: str) -> bool:
    path = Path(name)
    return path.is_absolute() or ".." in path.parts or "\\" in name


def _fault(folder: Path, name: str, expected: str) -> str | None:
    path = folder / name
    if path.is_symlink() or not path.is_file():
        return f"{name}: is missing"
    return None if sum_of(path) == expected else f"{name}: was altered"


def _files_in(folder: Path) -> list[str]:
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() or path.is_symlink())
    return sorted(name for name in names if name != SUMS and name not in SIGNATURES)
