"""How right and how fast claims become incidents, on corpora made from a seed.

    python benchmarks/linking.py corpus [--seed 7] [--incidents 300] [--errors DIR] [--write DIR] [--check]
    python benchmarks/linking.py scale [--claims 10000,100000,1000000] [--seed 7]

`corpus` makes up incidents and reports of them (benchmarks/corpus), runs the reports through the pipeline and scores
the incidents against the truth. --write keeps the reports and answers in a folder; --check exits with 1 where a score
is below its floor in benchmarks/floors.toml. `scale` makes up claims without texts and links them, each number in a
process of its own: time, peak memory, how they grow, and B³. Real reports are scored by accuracy.py --sets linking.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from ascertain.model import AscertainError
from corpus import made
from scorers import errors, floors, growth, running, table

FLOORS = Path(__file__).parent / "floors.toml"


def main(arguments: Sequence[str] | None = None) -> int:
    """Make, link, score and print; the exit status is 1 for a shortfall under --check, 2 for what cannot be done."""
    options = _options(arguments)
    console = Console(width=options.width)
    try:
        return int(options.do(options, console))
    except AscertainError as fault:
        print(fault, file=sys.stderr)
        return 2


def corpus(options: argparse.Namespace, console: Console) -> int:
    """Score the corpus of a seed."""
    data = made.corpus(seed=options.seed, incidents=options.incidents)
    if options.write:
        made.write(data, options.write)
    least = floors.load(FLOORS)
    began = time.perf_counter()
    summary = running.score(data, workers=options.workers)
    console.print(f"{options.incidents} incidents, {len(data.reports)} reports: {time.perf_counter() - began:.0f} s")
    console.print(table.scores([summary], least))
    console.print(table.groupings(summary, options.by))
    if options.errors:
        console.print(table.kinds({data.name: errors.write(summary.mistakes, options.errors / data.name)}))
    found = floors.shortfalls(summary.floor_group, summary.scores, least) if options.check else []
    for shortfall in found:
        print(shortfall, file=sys.stderr)
    return 1 if found else 0


def scale(options: argparse.Namespace, console: Console) -> int:
    """Measure how linking grows."""
    measured = []
    for claims in map(int, options.claims.split(",")):
        measured.append(growth.measure_apart(claims, options.seed))
        console.print(f"{measured[-1].claims:,} claims linked in {measured[-1].seconds:,.1f} s")
    console.print(growth.table(measured))
    if power := growth.exponent(measured):
        console.print(f"Time grows with the number of claims to the power of {power:.2f}.")
    if options.day:
        reports, seconds = growth.measure_day(options.day, options.seed)
        console.print(f"A day of {reports} reports added to a record of {options.day:,} claims: {seconds:.1f} s.")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--width", type=int, help="width of the tables in characters")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    made_up = commands.add_parser("corpus", help="score incidents against a made-up truth")
    made_up.add_argument("--seed", type=int, default=7)
    made_up.add_argument("--incidents", type=int, default=300)
    made_up.add_argument("--errors", type=Path, help="folder to write what went wrong to, a folder in it a set")
    made_up.add_argument("--write", type=Path, help="folder to keep the reports and answers in")
    made_up.add_argument("--check", action="store_true", help="exit with 1 where a score is below its floor")
    made_up.add_argument("--by", choices=("kind",), help="also print the scores of each kind of incident")
    made_up.add_argument("--workers", type=int, default=1, help="processes that read")
    made_up.set_defaults(do=corpus)
    scaled = commands.add_parser("scale", help="measure how linking grows with the number of claims")
    scaled.add_argument("--claims", default="10000,100000,1000000", help="numbers of claims, with commas between")
    scaled.add_argument("--seed", type=int, default=7)
    scaled.add_argument("--day", type=int, metavar="CLAIMS", help="also add one day to a record of so many claims")
    scaled.set_defaults(do=scale)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
