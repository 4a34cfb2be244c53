"""How long it takes to add a large gazetteer and to look names up in it, in how much memory.

    python benchmarks/gazetteer.py [--rows 2000000] [--lookups 20000] [--seed 7]

A GeoNames dump is made up by the seed: names of three to ten syllables in four countries, one in three with alternate
names. It is added in a process of its own, whose peak memory is told; then names are looked up in it and in the
embedded gazetteer together, about half of them known, each asked once. Times are of the wall clock.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles

from rich.console import Console
from rich.table import Table

SYLLABLES = "ba ko li mar du zan te rou ghi sa ne khal mi ba tou wa di fe ra ny o gu sha kin lo pe vi cha dor zi"
COUNTRIES = (("BF", 9, 15, -5, 2), ("SD", 9, 22, 22, 38), ("AF", 29, 38, 61, 74), ("PE", -18, 0, -81, -69))
ADD = "import sys; from ascertain.places.library import *; add(sys.argv[1], Order(name='made'))"


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


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=2_000_000)
    options.add_argument("--lookups", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=7)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="gazetteer-") as folder:
        os.environ["ASCERTAIN_DATA"] = folder
        figures = measured(Path(folder), asked.rows, asked.lookups, asked.seed)
    table = Table("figure", "value", title=f"{asked.rows:,} rows")
    for figure, value in figures:
        table.add_row(figure, value)
    Console().print(table)


def measured(folder: Path, count: int, lookups: int, seed: int) -> list[tuple[str, str]]:
    """The figures, in words."""
    from ascertain.places import open_gazetteer
    from ascertain.places.names import fold

    open_gazetteer()
    dump = folder / "made.txt"
    with dump.open("w", encoding="utf-8") as file:
        file.writelines(rows(count, seed))
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", ADD, str(dump)], check=True)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    from ascertain.places.gazetteer import forget_opened

    forget_opened()
    size = (folder / "gazetteers" / "made.sqlite").stat().st_size / 1e6
    random_ = random.Random(seed)
    known = [fold(name_of(random.Random(f"{seed}{n}"))) for n in range(lookups)]
    unknown = [f"{fold(name_of(random_))} q{n}" for n in range(lookups)]
    began = time.perf_counter()
    gazetteer = open_gazetteer()
    opened = time.perf_counter() - began
    times, hits = [], 0
    for key in (*known, *unknown):
        start = time.perf_counter()
        hits += bool(gazetteer.senses(key))
        times.append(1000 * (time.perf_counter() - start))
    cuts = quantiles(times, n=100)
    return [
        ("dump", f"{dump.stat().st_size / 1e6:,.0f} MB"),
        ("added in", f"{seconds:,.0f} s"),
        ("peak memory of adding", f"{peak:,.0f} MB"),
        ("file", f"{size:,.0f} MB"),
        ("opened in", f"{1000 * opened:,.0f} ms"),
        ("lookups", f"{len(times):,}, {hits:,} with places"),
        ("lookup, median", f"{cuts[49]:.3f} ms"),
        ("lookup, 99th percentile", f"{cuts[98]:.3f} ms"),
        ("peak memory of looking up", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB"),
    ]


if __name__ == "__main__":
    main()
