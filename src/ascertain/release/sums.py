"""SHA-256 sums of a release's files, in the form that `sha256sum -c` reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import file_digest
from pathlib import Path

SUMS = "SHA256SUMS"
SIGNATURES = ("SHA256SUMS.sig", "SHA256SUMS.minisig")
_LARGEST = 1 << 24
_LINE = re.compile(r"([0-9a-f]{64})  ([^\0\r\n]+)")


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


def read_sums(folder: Path) -> dict[str, str]:
    """The sum of each file, as the release tells it.

    Raises:
        ValueError: they cannot be read, or name what is no file of a release.
    """
    path = folder / SUMS
    try:
        if not is_plain(path) or path.stat().st_size > _LARGEST:
            raise ValueError("it is no list of sums")
        return _told(path.read_bytes().decode("utf-8").removesuffix("\n").split("\n"))
    except (OSError, ValueError) as error:
        raise ValueError(f"{SUMS}: cannot be read ({error})") from error


def faults_in_sums(folder: Path) -> tuple[str, ...]:
    """Which files are not what their sums say, are missing, or have no sum. No link is followed."""
    try:
        told = read_sums(folder)
    except ValueError as error:
        return (str(error),)
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    plain = {name for name, path in there.items() if is_plain(path)}
    faults = [_fault(folder / name, name, told[name]) if name in plain else f"{name}: is missing" for name in told]
    odd = sorted(name for name in there.keys() - plain if there[name].is_symlink() or not there[name].is_dir())
    without = sorted(plain - told.keys() - {SUMS, *SIGNATURES})
    return (
        *filter(None, faults),
        *(f"{name}: is a link or a device, and no file" for name in odd),
        *(f"{name}: has no sum; it was put in later" for name in without),
    )


def is_plain(path: Path) -> bool:
    """Whether there is a file, and no link to one."""
    return not path.is_symlink() and path.is_file()


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


def _fault(path: Path, name: str, expected: str) -> str | None:
    return None if sum_of(path) == expected else f"{name}: was altered"


def _files_in(folder: Path) -> list[str]:
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in names if name != SUMS and name not in SIGNATURES)
