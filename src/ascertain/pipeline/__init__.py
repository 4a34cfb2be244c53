"""The run: files of reports become claims and incidents, on all cores, safe to kill and go on with.

In: reports, as the room `intake` finds them. Out: `claims.jsonl`, `incidents.jsonl`,
`tolls.jsonl`, `conditions.jsonl`, `negotiations.jsonl`, `set_aside.jsonl` and `run.json` in one folder (`run`,
`journal`), `places.jsonl` (`finding_places`), or readings in the caller's process (`in_process`).
"""

from ascertain.intake.received import SetAside
from ascertain.pipeline.finding_places import PlaceReader, PlacesSummary, find_all_places
from ascertain.pipeline.in_process import read, read_many
from ascertain.pipeline.readers import Reader, RuleReader
from ascertain.pipeline.run import RunSettings, RunSummary, Watcher, run

__all__ = [
    "PlaceReader",
    "PlacesSummary",
    "Reader",
    "RuleReader",
    "RunSettings",
    "RunSummary",
    "SetAside",
    "Watcher",
    "find_all_places",
    "read",
    "read_many",
    "run",
]
