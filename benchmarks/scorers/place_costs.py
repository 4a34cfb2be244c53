"""What places cost: their time beside that of the bare parse, the gazetteer's first start, the memory of a reader.

Times are of the processor, so that other work on the machine does not count: those of places and parse on the same
texts in the same run, those of the gazetteer in processes of their own. Memory is the highest that a process of its
own had while it read, with spaCy.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.table import Table

from ascertain.model import Report
from ascertain.places import find_places
from scorers import floors

_READ = 40
_STARTS = {
    "first_start_seconds": "first start, which builds it, s",
    "start_ms": "start where it is built, ms",
    "reading_mb": "highest memory of a process that reads, MB",
}
_OPEN = """
import time; from ascertain.places import open_gazetteer
began = time.process_time(); open_gazetteer().senses('gaza'); print(time.process_time() - began)
"""
# Prints the highest memory of its process in MB; getrusage counts that of the process which started it too.
PEAK_MEGABYTES = """
import pathlib, resource
own = pathlib.Path('/proc/self/status')
told = [line.split()[1] for line in own.read_text().splitlines() if line.startswith('VmHWM')] if own.exists() else []
print(int(told[0]) / 1024 if told else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20))
"""
_MEMORY = f"""
import json, sys
from ascertain.model import Report
from ascertain.reading import read_reports
for _ in read_reports([Report(id=str(n), text=text) for n, text in enumerate(json.load(sys.stdin))]): pass
{PEAK_MEGABYTES}
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of one set: for the places of all its reports, and for their bare parse."""

    reports: int
    places: float
    parse: float

    @property
    def ratio(self) -> float:
        """How many times as long the parse takes.

        >>> Cost(10, places=0.5, parse=5.0).ratio
        10.0
        """
        return self.parse / self.places


def measure(reports: Sequence[Report], parse: Callable[[Sequence[Report]], None]) -> Cost:
    """Find the places of all reports, and parse them."""
    find_places("Two people were killed in Kyiv on Monday.")
    began = time.process_time()
    for report in reports:
        find_places(report.text)
    places = time.process_time() - began
    began = time.process_time()
    parse(reports)
    return Cost(len(reports), places, time.process_time() - began)


def table(costs: dict[str, Cost], least: floors.Floors) -> Table:
    """One row a set."""
    shown = Table("set", "reports", "places, s", "parse, s", "share", "parse is × as long", "floor", title="Places")
    for name, cost in costs.items():
        floor = least.get("speed", {}).get(f"{name}_places")
        cells = (f"{cost.reports}", f"{cost.places:.2f}", f"{cost.parse:.2f}", f"{cost.places / cost.parse:.1%}")
        shown.add_row(name, *cells, f"{cost.ratio:.1f}", "" if floor is None else f"{floor:.2f}")
    return shown


def starts(reports: Sequence[Report]) -> dict[str, float]:
    """How the gazetteer starts, built anew and where it is there, and the highest memory of a process that reads."""
    with tempfile.TemporaryDirectory(prefix="gazetteer-") as folder:
        surroundings = {**os.environ, "ASCERTAIN_CACHE": folder}
        built, opened = (float(_output(_OPEN, surroundings)) for _ in range(2))
    texts = json.dumps([report.text for report in reports[:_READ]])
    memory = float(_output(_MEMORY, dict(os.environ), texts))
    return {"first_start_seconds": built, "start_ms": 1000 * opened, "reading_mb": memory}


def start_table(found: dict[str, float], least: floors.Floors) -> Table:
    """One row a figure."""
    shown = Table("gazetteer", "value", "at most", title="Starting and reading")
    most = least.get(f"speed.{floors.AT_MOST}", {})
    for name, words in _STARTS.items():
        shown.add_row(words, f"{found[name]:,.1f}", f"{most[name]:g}" if name in most else "")
    return shown


def _output(program: str, surroundings: dict[str, str], given: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], env=surroundings, input=given, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()[-1]
