"""`ascertain read`: the reports of one file, shown to a person or written as JSON."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from rich.console import Console

from ascertain.cli.reading_view import show
from ascertain.cli.run_watcher import say
from ascertain.model import InputError, Reading, Report, SettingsError
from ascertain.pipeline import RuleReader
from ascertain.pipeline.inputs import STANDARD_INPUT, Source, find_sources, read_items
from ascertain.pipeline.reading_chunks import read_alone
from ascertain.pipeline.received import Received, SetAside, one_line, report_from


def show_file(file: str, *, as_json: bool, published: str | None) -> int:
    """Read the reports of a file and show each; how many were set aside.

    Raises:
        SettingsError: the file is not there or is a folder, or `published` is no date.
    """
    page, errors = Console(highlight=False), Console(stderr=True, highlight=False)
    set_aside = 0
    with _source_of(file) as source:
        for item in read_items([source]):
            outcome = item if isinstance(item, SetAside) else _read(item, published)
            if isinstance(outcome, SetAside):
                say(errors, str(outcome))
                set_aside += 1
                continue
            report, reading = outcome
            if as_json:
                sys.stdout.write(f"{one_line(reading.model_dump_json())}\n")
            else:
                show(page, report, reading)
    return set_aside


def _read(item: Received, published: str | None) -> tuple[Report, Reading] | SetAside:
    report = _dated(item.report, published)
    outcome = read_alone(RuleReader(), replace(item, report=report))
    return outcome if isinstance(outcome, SetAside) else (report, outcome)


def _dated(report: Report, published: str | None) -> Report:
    if report.published is not None or published is None:
        return report
    try:
        return report_from({**report.model_dump(), "published": published}, source="--published")
    except InputError as error:
        raise SettingsError(f"--published: {published} is no date; write YYYY-MM-DD") from error


@contextmanager
def _source_of(file: str) -> Iterator[Source]:
    if file != STANDARD_INPUT:
        if Path(file).is_dir():
            raise SettingsError(f"{file}: is a folder; read one file of it, or all by `ascertain run`")
        yield next(find_sources([file]))
        return
    with TemporaryDirectory(prefix="ascertain-") as folder:
        path = Path(folder) / "standard-input"
        with path.open("wb") as copy:
            shutil.copyfileobj(sys.stdin.buffer, copy)
        yield Source(path, "<standard input>", _form_of(path), "text")


def _form_of(path: Path) -> Literal["jsonl", "text"]:
    """Whether a file of no name is JSONL: its first line is a JSON object."""
    with path.open("rb") as file:
        first = file.readline().removeprefix(b"\xef\xbb\xbf")
    try:
        return "jsonl" if isinstance(json.loads(first), dict) else "text"
    except (ValueError, RecursionError):
        return "text"
