"""Verifying a release: is each file what it was, is any missing, and who signed it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ascertain.model import SettingsError
from ascertain.release.changes import ABOUT
from ascertain.release.signing import Signed, verified
from ascertain.release.sums import SIGNATURES, SUMS, faults_in_sums
from ascertain.release.tables import TABLES
from ascertain.taxonomy.layouts import LAYOUTS

_NEEDED = (
    "codebook.md",
    "codebook.html",
    "LICENCE",
    "CITATION.cff",
    "datapackage.json",
    ABOUT,
    "release.xlsx",
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
    faults = [*faults_in_sums(folder, folder / SUMS), *_missing(folder), *_unlisted(folder)]
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
    names = (*_NEEDED, *tables, *(f"{layout}.csv" for layout in LAYOUTS))
    return [f"{name}: is missing" for name in names if not (folder / name).is_file()]


def _unlisted(folder: Path) -> list[str]:
    """Files that the data package names and that are not there, or the reverse."""
    try:
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        told = {str(resource["path"]) for resource in package["resources"]}
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError):
        return ["datapackage.json: cannot be read"]
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    there -= {SUMS, *SIGNATURES, "datapackage.json"}
    lacking = [f"{name}: is missing, and datapackage.json names it" for name in sorted(told - there)]
    return lacking + [f"{name}: is not in datapackage.json" for name in sorted(there - told)]
