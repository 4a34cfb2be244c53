"""Exporting: what the record claims, as files in the exchange format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from ascertain.intake.received import one_line
from ascertain.model import SettingsError
from ascertain.record.progress import Progress
from ascertain.record.selectors.history import incidents_as_of
from ascertain.record.selectors.readings import readings_as_of
from ascertain.record.writing import snapshot

CLAIMS, INCIDENTS = "claims.jsonl", "incidents.jsonl"


@dataclass(frozen=True, slots=True)
class Exported:
    """How many readings and incidents were written."""

    readings: int
    incidents: int


def export_record(*, folder: Path, moment: dt.datetime | None, progress: Progress) -> Exported:
    """Write `claims.jsonl`, a line for each report that was read, and `incidents.jsonl`, as people decided them.

    Args:
        folder: a new or empty one; the files take their names when both are whole.
        moment: as the record stood then, with its time zone; `None` as it stands.
        progress: who is told.

    Raises:
        SettingsError: the folder holds something.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise SettingsError(f"{folder}: holds something already; name an empty folder, or a new one")
    with snapshot():
        progress.step("writing claims")
        readings = _write(folder / f"{CLAIMS}.part", readings_as_of(moment), progress)
        progress.step("writing incidents")
        incidents = _write(folder / f"{INCIDENTS}.part", incidents_as_of(moment), progress)
    for name in (CLAIMS, INCIDENTS):
        (folder / f"{name}.part").replace(folder / name)
    return Exported(readings, incidents)


def _write(path: Path, values: Iterable[BaseModel], progress: Progress) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for count, value in enumerate(values, 1):  # noqa: B007 -- the last one counts them
            file.write(f"{one_line(value.model_dump_json())}\n")
            progress.advance()
    return count
