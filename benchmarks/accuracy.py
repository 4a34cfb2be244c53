"""How right the reader is, on data with known answers.

    python benchmarks/accuracy.py --data DIR [--sets airwars,muc4,linking,trnews,gold-dev] [--errors DIR] [--check]

DIR holds NAME.reports.jsonl and NAME.gold.jsonl in the exchange format; a name in --sets stands for every set whose
name starts so. `gold-dev` and `gold-test` are the halves of the gold set in this repository; of the latter nothing but
scores is ever shown or written. --errors writes what went wrong, by kind. --check exits with 1 where a score is below
its floor in benchmarks/floors.toml.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from ascertain.model import AscertainError
from scorers import datasets, errors, floors, running, table, tally

HERE = Path(__file__).parent
FLOORS = HERE / "floors.toml"
GOLD = HERE.parent / "gold"


def main(arguments: Sequence[str] | None = None) -> int:
    """Score, print, write; the exit status is 1 for a shortfall under --check, 2 for what cannot be read."""
    options = _options(arguments)
    console = Console(width=options.width)
    try:
        return _run(options, console)
    except AscertainError as fault:
        print(fault, file=sys.stderr)
        return 2


def _run(options: argparse.Namespace, console: Console) -> int:
    least = floors.load(FLOORS)
    wanted = options.sets.split(",") if options.sets else _default_sets(options.data)
    summaries = []
    for data in datasets.find(wanted, data=options.data, gold=GOLD):
        summaries.append(running.score(data.sample(options.every), workers=options.workers))
    console.print(table.scores(summaries, least))
    for summary in summaries:
        if summary.kind == "linking":
            console.print(table.groupings(summary, options.by))
        elif options.by:
            by_group = tally.grouped(summary.outcomes, lambda outcome: outcome.traits.get(options.by, "all"))
            console.print(table.groups(summary, options.by, by_group))
    if options.errors:
        open_sets = [summary for summary in summaries if not summary.secret]
        counts = {s.name: errors.write(s.mistakes, options.errors / s.name) for s in open_sets}
        console.print(table.kinds(counts))
    return _check(summaries, least) if options.check else 0


def _check(summaries: Sequence[running.Summary], least: floors.Floors) -> int:
    found = [
        shortfall
        for summary in summaries
        for shortfall in floors.shortfalls(summary.floor_group, summary.scores, least)
    ]
    for shortfall in found:
        print(shortfall, file=sys.stderr)
    return 1 if found else 0


def _default_sets(data: Path | None) -> list[str]:
    return (
        ["gold-dev", "gold-test"]
        if data is None
        else ["airwars", "muc4", "linking", "trnews", "geovirus", "gold-dev", "gold-test"]
    )


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder of the sets; without it only the gold set is scored")
    parser.add_argument("--sets", help="names of sets, with commas between")
    parser.add_argument("--errors", type=Path, help="folder to write what went wrong to, a folder in it a set")
    parser.add_argument("--check", action="store_true", help="exit with 1 where a score is below its floor")
    parser.add_argument("--by", choices=("genre", "conflict", "kind"), help="also print the scores of each group")
    parser.add_argument("--every", type=int, default=1, help="score every n-th report only")
    parser.add_argument("--workers", type=int, default=1, help="processes that read")
    parser.add_argument("--width", type=int, help="width of the tables in characters")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
