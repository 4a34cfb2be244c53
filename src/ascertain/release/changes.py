"""What differs from the last release: incidents that are new, changed, withdrawn, or part of others now.

In: the folder of the last release, and the incidents of this one as written. Out: rows of the table of changes.
Both are held against each other in a file, so that memory stays flat.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pydantic_core import from_json

from ascertain.model import SettingsError
from ascertain.release.sums import faults_in_sums
from ascertain.release.tables import Row

ABOUT, INCIDENTS = "release.json", "incidents.jsonl"
_TABLES = """
create table before (id text primary key, sum blob) without rowid;
create table now (id text primary key, sum blob) without rowid;
create table moved (id text primary key, into_id text) without rowid;
"""


@dataclass(frozen=True, slots=True)
class Previous:
    """The last release: its folder, and what it says of itself."""

    folder: Path
    version: str
    profile: str


def previous_in(folder: Path, *, profile: str) -> Previous:
    """The release in a folder.

    Args:
        folder: of the last release.
        profile: of the release to come.

    Raises:
        SettingsError: there is no release, it is not whole, or it is of another profile.
    """
    try:
        about = from_json((folder / ABOUT).read_bytes())
        previous = Previous(folder, str(about["version"]), str(about["profile"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SettingsError(f"--previous {folder}: holds no release; name the folder of one") from error
    if previous.profile != profile:
        problem = f"--previous {folder}: is a release of profile {previous.profile}, and this one is {profile}"
        raise SettingsError(f"{problem}; what they withhold differs: name the last one of the same profile")
    faults = faults_in_sums(folder)
    faults += () if (folder / INCIDENTS).is_file() else (f"{INCIDENTS}: is missing",)
    if faults:
        raise SettingsError(f"--previous {folder}: is not whole ({faults[0]}); name one that ascertain made")
    return previous


class Comparison:
    """Holds the incidents of two releases against each other."""

    def __init__(self, room: Path, previous: Previous) -> None:
        """
        Raises:
            SettingsError: a line of the last release is no incident.
        """
        self._database = sqlite3.connect(room / "changes.sqlite", isolation_level=None)
        self._database.executescript(_TABLES)
        self._database.execute("begin")
        self._database.executemany("insert or replace into before values (?, ?)", _sums_of(previous))

    def add(self, lines: Sequence[tuple[str, str, Sequence[str]]]) -> None:
        """Take some incidents in: the id, the line of JSON and the former ids of each."""
        self._database.executemany(
            "insert or replace into now values (?, ?)", [(id, _sum(line.encode())) for id, line, _ in lines]
        )
        moved = [(former, id) for id, _, formerly in lines for former in formerly]
        self._database.executemany("insert or replace into moved values (?, ?)", moved)

    def rows(self) -> Iterator[Row]:
        """Every change, in order of the incidents' ids."""
        yield from self._database.execute(
            """
            select now.id, case when before.id is null then 'added' else 'changed' end, null from now
            left join before on before.id = now.id where before.id is null or before.sum <> now.sum
            union all
            select before.id, case when into_id is null then 'withdrawn' else 'merged' end, into_id from before
            left join moved on moved.id = before.id
            where not exists (select 1 from now where now.id = before.id) order by 1
            """
        )

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


def _sums_of(previous: Previous) -> Iterator[tuple[str, bytes]]:
    path = previous.folder / INCIDENTS
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                yield str(from_json(line)["id"]), _sum(line.rstrip(b"\n"))
            except (ValueError, KeyError, TypeError) as error:
                raise SettingsError(
                    f"--previous {path}:{number}: is no incident; name one that ascertain made"
                ) from error


def _sum(line: bytes) -> bytes:
    return sha256(line).digest()
