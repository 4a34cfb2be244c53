"""`ascertain why`: one incident of a run explained, to a person or as JSON."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from rich.console import Console

from ascertain.cli.why_view import WIDTH, show
from ascertain.incidents.why import LedgerEntry, Why, explain
from ascertain.intake.inputs import STANDARD_INPUT, find_sources, read_items
from ascertain.intake.received import SetAside, one_line
from ascertain.pipeline.journal import finished_in


def show_why(incident: str, folder: Path, *, as_json: bool, reports: Sequence[str] | None = None) -> None:
    """Explain an incident of the results in a folder; to a person with sentences of the reports.

    `reports` are where those are to be found; without it, where the run says it read them, if they are there still.

    Raises:
        SettingsError: the folder holds no results, no incident has the id, or `reports` are not there.
        InputError: a line of the results is damaged.
    """
    why = explain(incident, folder)
    if as_json:
        sys.stdout.write(f"{one_line(why.model_dump_json())}\n")
        return
    wanted = {entry.report for entry in why.ledger} | {carrier.report for carrier in why.reports if carrier.opening}
    texts = _texts(wanted, reports) if reports else _texts_where_read(wanted, folder)
    quotes = {entry.id: quote for entry in why.ledger if (quote := _quote(entry, texts.get(entry.report)))}
    _print(why, quotes | _openings(why, texts))


def _texts_where_read(wanted: Collection[str], folder: Path) -> dict[str, str]:
    inputs = (finished_in(folder) or {}).get("inputs")
    there = [str(given) for given in inputs if Path(str(given)).exists()] if isinstance(inputs, list) else []
    return _texts(wanted, [given for given in there if given != STANDARD_INPUT])


def _texts(wanted: Collection[str], inputs: Sequence[str]) -> dict[str, str]:
    """The texts of the reports that are wanted, as far as they are found; of two with one id the first, as in a run."""
    found: dict[str, str] = {}
    for item in read_items(find_sources(inputs)):
        if len(found) == len(wanted):
            break
        if not isinstance(item, SetAside) and item.report.id in wanted:
            found.setdefault(item.report.id, item.report.text)
    return found


def _openings(why: Why, texts: Mapping[str, str]) -> dict[str, str]:
    """The first sentences of reports in which nothing was understood to have happened, by the reports' ids."""
    shown = {carrier.report: carrier.opening for carrier in why.reports if carrier.report in texts}
    return {id: " ".join(texts[id][slice(*span)].split()) for id, span in shown.items() if span}


def _quote(entry: LedgerEntry, text: str | None) -> str | None:
    """The words of the claim around the figure; `None` where the text is not there, or has been altered since."""
    said = [text[start:end] for start, end in entry.spans] if text is not None else []
    if text is None or "; ".join(said) != entry.words:
        return None
    around = [text[start:end] for start, end in entry.evidence if any(start <= at < end for at, _ in entry.spans)]
    return " … ".join(" ".join(part.split()) for part in around) or None


def _print(why: Why, quotes: dict[str, str]) -> None:
    """On a page of 100 columns at most; as many where it is piped and nothing says how wide it should be."""
    console = Console(highlight=False)
    if console.is_terminal:
        show(Console(highlight=False, width=min(WIDTH, console.width)), why, quotes)
        return
    page = Console(highlight=False, width=min(WIDTH, console.width) if "COLUMNS" in os.environ else WIDTH)
    with page.capture() as captured:
        show(page, why, quotes)
    sys.stdout.write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))
