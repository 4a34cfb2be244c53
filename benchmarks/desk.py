"""How fast the desk's pages are on a large record, and whether it holds when many review at once.

    python benchmarks/desk.py make RECORD [--incidents 100000] [--round-ups 0]
    python benchmarks/desk.py pages RECORD [--times 15] [--check]
    python benchmarks/desk.py reviewers RECORD [--reviewers 50] [--seconds 120] [--thinks 5]

`make` makes up reports with their texts and a record of them, by the pages' own reader and without the linker. `pages`
starts `ascertain desk` and opens each page in Chromium, other incidents each time: the first byte, when words were
drawn, when all was there, and when a map had its ground and its places. --check exits with 1 where a page is slower
than benchmarks/floors.toml allows. `reviewers` has people sign in and review for a while, then looks in the record for
each decision that the desk said it took; it exits with 1 where one is missing or an answer was an error. Both change
the record: they add people to it, and what these decide.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from ascertain.model import AscertainError
from pages import made, reviewers, timing
from scorers import floors

FLOORS = Path(__file__).parent / "floors.toml"


def main(arguments: Sequence[str] | None = None) -> int:
    """Make a record, or measure and print; the exit status is 1 for what --check or a reviewer found, 2 for what
    cannot be done."""
    options = _options(arguments)
    console = Console(width=options.width)
    try:
        return int(options.do(options, console))
    except AscertainError as fault:
        print(fault, file=sys.stderr)
        return 2


def make(options: argparse.Namespace, console: Console) -> int:
    """Make the record."""
    began = time.perf_counter()
    made.make_record(options.record, options.incidents, options.round_ups)
    console.print(f"{options.incidents:,} incidents: {time.perf_counter() - began:,.0f} s")
    return 0


def pages(options: argparse.Namespace, console: Console) -> int:
    """Open each page some times."""
    measured = timing.measure(options.record, options.times)
    console.print(timing.table(measured))
    found = floors.shortfalls("desk", timing.scores(measured), floors.load(FLOORS)) if options.check else []
    for shortfall in found:
        print(shortfall, file=sys.stderr)
    return 1 if found else 0


def review(options: argparse.Namespace, console: Console) -> int:
    """Have people review at once."""
    done = reviewers.review(options.record, options.reviewers, options.seconds, options.thinks)
    console.print(reviewers.table(done))
    console.print(reviewers.verdict(done))
    return 0 if done.is_sound else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--width", type=int, help="width of the tables in characters")
    commands = parser.add_subparsers(required=True)
    making = commands.add_parser("make", help="make a record to measure on")
    making.add_argument("--incidents", type=int, default=100_000)
    making.add_argument("--round-ups", type=int, default=0, help="reports that tell of ten incidents, for every ten")
    making.set_defaults(do=make)
    opening = commands.add_parser("pages", help="measure each page in a browser")
    opening.add_argument("--times", type=int, default=15, help="how often each page is opened")
    opening.add_argument("--check", action="store_true", help="exit with 1 where a page is slower than allowed")
    opening.set_defaults(do=pages)
    reviewing = commands.add_parser("reviewers", help="have many people review at once")
    reviewing.add_argument("--reviewers", type=int, default=50)
    reviewing.add_argument("--seconds", type=float, default=120)
    reviewing.add_argument("--thinks", type=float, default=5, help="seconds that a reviewer reads, on average")
    reviewing.set_defaults(do=review)
    for command in (making, opening, reviewing):
        command.add_argument("record", type=Path, help="a SQLite file")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
