"""How time and memory of linking grow with the number of claims, each number in a process of its own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.table import Table

from ascertain.incidents import build
from ascertain.incidents.build import counting, incident_of
from ascertain.incidents.events import stories_of
from ascertain.incidents.lineage import trace
from ascertain.incidents.linking.index import Index
from ascertain.incidents.linking.model import shipped
from ascertain.model import Reading
from corpus.claims import readings, report_number
from scorers.coreference import Agreement, b_cubed, groups_of

BENCHMARKS = Path(__file__).parents[1]
OWN_PROCESS = """
import json, sys
sys.path.insert(0, sys.argv[1])
from dataclasses import asdict
from scorers.growth import measure
print(json.dumps(asdict(measure(int(sys.argv[2]), int(sys.argv[3])))))
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """What linking so many claims took: seconds, without those that making the claims took, and the highest memory of
    the process, in MB; how many reports and incidents there were, how many incidents were given, and B³ F1."""

    claims: int
    reports: int
    due: int
    given: int
    seconds: float
    megabytes: float
    b3: float


def measure(claims: int, seed: int) -> Measured:
    """Make the claims, link them in this process, and compare."""
    supply = _Supply(claims, seed)
    groups: list[list[int]] = []
    given = 0
    began = time.perf_counter()
    for incident in build(supply):
        groups.append([report_number(name) for name in incident.primary_for])
        given += 1
    seconds = time.perf_counter() - began - supply.seconds
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measured(
        claims=supply.claims,
        reports=len(supply.truth),
        due=len(set(supply.truth)),
        given=given,
        seconds=seconds,
        megabytes=megabytes,
        b3=agreement(groups, supply.truth).f1,
    )


def measure_day(claims: int, seed: int) -> tuple[int, float]:
    """Link a record of so many claims but those of its last busy day, then add that day: its reports, and the seconds
    that it took to trace them, to link them and to build the incidents that they touch."""
    made = [reading for reading, _ in readings(seed=seed, claims=claims)]
    days = Counter(reading.report.published for reading in made if reading.report.published)
    last = max(day for day, reports in days.items() if 2 * reports >= max(days.values()))
    before = [reading for reading in made if reading.report.published != last]
    day = [reading for reading in made if reading.report.published == last]
    with TemporaryDirectory() as folder:
        index = Index(counting(shipped(), before), Path(folder) / "links.duckdb")
        index.add(map(stories_of, before))
        known = trace(before)
        began = time.perf_counter()
        lineage = trace(day, known)
        index.add(map(stories_of, day))
        for group in index.told(renewed=True):
            incident_of(group, lineage)
        seconds = time.perf_counter() - began
        index.close()
    return len(day), seconds


def measure_apart(claims: int, seed: int) -> Measured:
    """The same in a process of its own, so that its highest memory is that of this number of claims alone."""
    told = [sys.executable, "-c", OWN_PROCESS, str(BENCHMARKS), str(claims), str(seed)]
    done = subprocess.run(told, check=True, stdout=subprocess.PIPE, text=True)
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def agreement(groups: Iterable[Sequence[int]], truth: Sequence[int]) -> Agreement:
    """B³ of the reports, by number, in groups by their main incidents; one in no group is alone.

    >>> agreement([[0, 1]], [7, 7, 8]).f1
    1.0
    """
    told = [group for group in groups if group]
    placed = {number for group in told for number in group}
    told += [[number] for number in range(len(truth)) if number not in placed]
    return b_cubed(told, groups_of(dict(enumerate(truth))))


def exponent(measured: Sequence[Measured]) -> float | None:
    """The power of the number of claims that the time grows with, by least squares over the logarithms; 1 is linear.

    >>> made = [Measured(n, n, n, n, seconds, 1.0, 1.0) for n, seconds in ((10, 1.0), (100, 10.0), (1000, 100.0))]
    >>> round(exponent(made), 3)
    1.0
    """
    points = [(log(one.claims), log(one.seconds)) for one in measured]
    if len(points) < 2:
        return None
    middle_x, middle_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    spread = sum((x - middle_x) ** 2 for x, _ in points)
    return sum((x - middle_x) * (y - middle_y) for x, y in points) / spread if spread else None


def table(measured: Sequence[Measured]) -> Table:
    """One row a number of claims."""
    shown = Table(
        "claims", "reports", "incidents", "given", "seconds", "µs a claim", "MB", "B³", title="Linking at scale"
    )
    for column in shown.columns:
        column.justify = "right"
    for one in measured:
        counts = (f"{number:,}" for number in (one.claims, one.reports, one.due, one.given))
        each = f"{1e6 * one.seconds / one.claims:,.0f}"
        shown.add_row(*counts, f"{one.seconds:,.1f}", each, f"{one.megabytes:,.0f}", f"{one.b3:.3f}")
    return shown


class _Supply:
    """Readings that are made each time they are gone through; it keeps their truth, and counts the seconds that making
    them took."""

    def __init__(self, claims: int, seed: int) -> None:
        self._wanted, self._seed = claims, seed
        self.truth = array("l")
        self.claims, self.seconds = 0, 0.0

    def __iter__(self) -> Iterator[Reading]:
        made = readings(seed=self._seed, claims=self._wanted)
        first = not self.truth
        while True:
            began = time.perf_counter()
            reading, incident = next(made, (None, 0))
            self.seconds += time.perf_counter() - began
            if reading is None:
                return
            if first:
                self.truth.append(incident)
                self.claims += len(reading.claims)
            yield reading
