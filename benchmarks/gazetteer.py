"""How long it takes to add a large gazetteer and to look names up in it, in how much memory.

    python benchmarks/gazetteer.py [--rows 2000000] [--lookups 20000] [--seed 7] [--check]

A GeoNames dump is made up by the seed: names of three to ten syllables in four countries, one in three with alternate
names. It is added in a process of its own, whose peak memory is told; then names are looked up, in another, in it and
in the embedded gazetteer together: names of the dump and as many that are in neither, each asked once. Times are of
the wall clock.

--check exits with 1 where a figure is above its most in benchmarks/floors.toml (`gazetteer.at_most`).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import quantiles

from rich.console import Console
from rich.table import Table

from ascertain.places.names import fold
from scorers import floors, place_costs

FLOORS = Path(__file__).parent / "floors.toml"
SYLLABLES = "ba ko li mar du zan te rou ghi sa ne khal mi ba tou wa di fe ra ny o gu sha kin lo pe vi cha dor zi"
COUNTRIES = (("BF", 9, 15, -5, 2), ("SD", 9, 22, 22, 38), ("AF", 29, 38, 61, 74), ("PE", -18, 0, -81, -69))
ADD = f"""
import sys; from ascertain.places.library import *; add(sys.argv[1], Order(name='made'))
{place_costs.PEAK_MEGABYTES}
"""
LOOK_UP = f"""
import json, sys, time; from ascertain.places import open_gazetteer
keys = json.load(sys.stdin)
began = time.perf_counter(); gazetteer = open_gazetteer(); print(time.perf_counter() - began)
times, hits = [], 0
for key in keys:
    start = time.perf_counter()
    hits += bool(gazetteer.senses(key))
    times.append(1000 * (time.perf_counter() - start))
print(json.dumps([hits, times]))
{place_costs.PEAK_MEGABYTES}
"""
SHOWN: Mapping[str, str] = {
    "dump_mb": "dump, MB",
    "seconds_a_million": "seconds to add a million rows, or fewer",
    "adding_mb": "peak memory of adding, MB",
    "file_mb": "file, MB",
    "opened_ms": "opened in, ms",
    "lookups": "lookups",
    "hits": "of them with places",
    "lookup_ms_median": "lookup in ms, median",
    "lookup_ms_99": "lookup in ms, 99th percentile",
    "looking_up_mb": "peak memory of looking up, MB",
}


def name_of(random_: random.Random) -> str:
    """A made-up name."""
    words = (
        "".join(random_.choices(SYLLABLES.split(), k=random_.randint(3, 5))) for _ in range(random_.choice((1, 1, 2)))
    )
    return " ".join(word.capitalize() for word in words)


def rows(count: int, seed: int) -> Iterator[str]:
    """The rows of the dump."""
    random_ = random.Random(seed)
    for number in range(900_000_000, 900_000_000 + count):
        country, south, north, west, east = random_.choice(COUNTRIES)
        name = name_of(random_)
        others = ",".join(name_of(random_) for _ in range(random_.choice((0, 0, 3))))
        lat, lon = random_.uniform(south, north), random_.uniform(west, east)
        cells = (number, name, name, others, f"{lat:.5f}", f"{lon:.5f}", "P", "PPL", country, "", "01", "", "", "", 0)
        yield "\t".join(map(str, (*cells, "", "0", "UTC", "2024-01-01"))) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and check; the exit status is 1 where a figure is above its most under --check."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=2_000_000, help="rows of the dump")
    options.add_argument("--lookups", type=int, default=20_000, help="names looked up, known and unknown ones each")
    options.add_argument("--seed", type=int, default=7, help="what the dump is made up by")
    options.add_argument("--check", action="store_true", help="exit with 1 where a figure is above its most")
    asked = options.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="gazetteer-") as folder:
        figures = measured(Path(folder), asked.rows, min(asked.lookups, asked.rows), asked.seed)
    least = floors.load(FLOORS)
    Console().print(table(figures, least, asked.rows))
    found = floors.shortfalls("gazetteer", figures, least) if asked.check else []
    for shortfall in found:
        print(shortfall, file=sys.stderr)
    return 1 if found else 0


def table(figures: Mapping[str, float], least: floors.Floors, count: int) -> Table:
    """One row a figure."""
    shown = Table("figure", "value", "at most", title=f"{count:,} rows")
    most = least.get(f"gazetteer.{floors.AT_MOST}", {})
    for name, words in SHOWN.items():
        value = f"{figures[name]:.3f}" if name.startswith("lookup_") else f"{figures[name]:,.0f}"
        shown.add_row(words, value, f"{most[name]:g}" if name in most else "")
    return shown


def measured(folder: Path, count: int, lookups: int, seed: int) -> dict[str, float]:
    """The figures by their names."""
    surroundings = {**os.environ, "ASCERTAIN_DATA": str(folder)}
    dump = folder / "made.txt"
    with dump.open("w", encoding="utf-8") as file:
        file.writelines(rows(count, seed))
    began = time.perf_counter()
    (adding,) = _told(ADD, surroundings, str(dump))
    seconds = time.perf_counter() - began
    known = [
        fold(row.split("\t")[1]) for number, row in enumerate(rows(count, seed)) if number % (count // lookups) == 0
    ]
    unknown = [f"{key} q{number}" for number, key in enumerate(known)]
    opened, answers, looking_up = _told(LOOK_UP, surroundings, given=json.dumps([*known[:lookups], *unknown[:lookups]]))
    hits, times = json.loads(answers)
    cuts = quantiles(times, n=100)
    return {
        "dump_mb": dump.stat().st_size / 1e6,
        "seconds_a_million": seconds / max(1.0, count / 1e6),
        "adding_mb": float(adding),
        "file_mb": (folder / "gazetteers" / "made.sqlite").stat().st_size / 1e6,
        "opened_ms": 1000 * float(opened),
        "lookups": len(times),
        "hits": hits,
        "lookup_ms_median": cuts[49],
        "lookup_ms_99": cuts[98],
        "looking_up_mb": float(looking_up),
    }


def _told(program: str, surroundings: dict[str, str], *arguments: str, given: str = "") -> list[str]:
    """The lines that a program prints in a process of its own."""
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, env=surroundings, input=given, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


if __name__ == "__main__":
    sys.exit(main())
