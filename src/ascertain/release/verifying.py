"""Verifying a release: is each file what it was, is any missing, and who signed it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic_core import from_json

from ascertain.model import SettingsError
from ascertain.release.changes import ABOUT
from ascertain.release.signing import Signed, verified
from ascertain.release.sums import SIGNATURES, SUMS, faults_in_sums, is_plain, read_sums
from ascertain.release.tables import LINES, TABLES
from ascertain.taxonomy.layouts import LAYOUTS

PACKAGE = "datapackage.json"
_LARGEST_PACKAGE = 1 << 24
_UNREADABLE = f"{PACKAGE}: cannot be read"
_NEEDED = (
    "codebook.md",
    "codebook.html",
    "LICENCE",
    "CITATION.cff",
    PACKAGE,
    ABOUT,
    "release.xlsx",
    "incidents.geojson",
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of a release: its faults, how many files it has, and who signed it, `None` where nobody did."""

    faults: tuple[str, ...]
    files: int
    signed: Signed | None


def verify_release(folder: Path, *, key: Path | None) -> Verdict:
    """Check sums, signature and completeness.

    Args:
        folder: of the release.
        key: the public key that must have signed it; without one, it is only seen that a signature is good.

    Raises:
        SettingsError: there is no release.
    """
    if not (folder / SUMS).is_file():
        raise SettingsError(f"{folder}: holds no {SUMS}; name the folder of a release")
    faults = [*faults_in_sums(folder), *_missing(folder), *_not_as_packed(folder)]
    signed = None
    try:
        signed = verified(folder, key)
    except SettingsError as error:
        faults.append(str(error))
    else:
        if signed is None and key is not None:
            faults.append(f"{SUMS}: nobody has signed it")
    return Verdict(tuple(dict.fromkeys(faults)), sum(1 for path in folder.rglob("*") if path.is_file()), signed)


def _missing(folder: Path) -> list[str]:
    """Files that every release has."""
    tables = [f"{table}.{form}" for table in TABLES for form in ("csv", "hxl.csv", "parquet")]
    names = (*_NEEDED, *tables, *(f"{layout}.csv" for layout in LAYOUTS), *(f"{name}.jsonl" for name in LINES))
    return [f"{name}: is missing" for name in names if not (folder / name).is_file()]


def _not_as_packed(folder: Path) -> list[str]:
    """Files that the data package names and that are not there, or the reverse; and sums in which both differ."""
    path = folder / PACKAGE
    if not path.exists():
        return []
    try:
        if not is_plain(path) or path.stat().st_size > _LARGEST_PACKAGE:
            return [_UNREADABLE]
        package = from_json(path.read_bytes())
        told = {str(resource["path"]): str(resource["hash"]) for resource in package["resources"]}
    except (OSError, ValueError, KeyError, TypeError):
        return [_UNREADABLE]
    sums = _sums_told(folder)
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    there -= {SUMS, *SIGNATURES, PACKAGE}
    both = sorted(told.keys() & sums.keys())
    return [
        *(f"{name}: is missing, and {PACKAGE} names it" for name in sorted(told.keys() - there)),
        *(f"{name}: is not in {PACKAGE}" for name in sorted(there - told.keys())),
        *(f"{name}: has another sum in {PACKAGE}" for name in both if told[name] != f"sha256:{sums[name]}"),
    ]


def _sums_told(folder: Path) -> dict[str, str]:
    """The sums; none where they cannot be read, which is a fault of its own."""
    try:
        return read_sums(folder)
    except ValueError:
        return {}
