"""`ascertain read`: the reports of one file, shown to a person or written as JSON."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from ascertain.cli.reading_view import show
from ascertain.cli.run_watcher import say
from ascertain.intake.columns import Columns
from ascertain.intake.inputs import STANDARD_INPUT, Source, find_sources, read_items
from ascertain.intake.received import Received, SetAside, one_line, report_from
from ascertain.intake.source_forms import Form, form_of_stream
from ascertain.intake.spools import spool
from ascertain.model import InputError, Reading, Report, SettingsError
from ascertain.pipeline import RuleReader
from ascertain.pipeline.reading_chunks import read_alone


def show_file(
    file: str, *, as_json: bool, published: str | None, to_map: Path | None = None, columns: Columns | None = None
) -> int:
    """Read the reports of a file and show each, or write them to a map; how many were set aside.

    Raises:
        SettingsError: the file is not there or is a folder, `published` is no date, or the map cannot be written there.
    """
    page, errors = Console(highlight=False), Console(stderr=True, highlight=False)
    set_aside = 0
    mapped: list[tuple[Report, Reading]] = []
    if to_map is not None:
        _check_map(to_map, file)
    with _source_of(file) as source:
        for item in read_items([source], columns=columns):
            outcome = item if isinstance(item, SetAside) else _read(item, published)
            if isinstance(outcome, SetAside):
                say(errors, str(outcome))
                set_aside += 1
                continue
            report, reading = outcome
            if as_json:
                sys.stdout.write(f"{one_line(reading.model_dump_json())}\n")
            elif to_map is None:
                show(page, report, reading)
            if to_map is not None:
                mapped.append(outcome)
    if to_map is not None and mapped:
        _write_map(to_map, mapped)
        say(errors, f"{_counted(len(mapped))} on a map: {to_map}")
    return set_aside


def _check_map(to_map: Path, file: str) -> None:
    """Before anything is read: a map must not take the place of the report."""
    if to_map.is_dir():
        raise SettingsError(f"{to_map}: is a folder; name a file with --map")
    if not to_map.parent.is_dir():
        raise SettingsError(f"{to_map.parent}: is no folder; make it, or name another file with --map")
    if file != STANDARD_INPUT and to_map.exists() and Path(file).exists() and to_map.samefile(file):
        raise SettingsError(f"{to_map}: is the report itself; name another file with --map")


def _write_map(to_map: Path, mapped: list[tuple[Report, Reading]]) -> None:
    """The page takes its name when it is whole."""
    from ascertain.cli.report_map import report_map

    part = to_map.with_name(f"{to_map.name}.part")
    part.write_text(report_map(mapped), encoding="utf-8", newline="\n")
    part.replace(to_map)


def _counted(reports: int) -> str:
    return "1 report" if reports == 1 else f"{reports} reports"


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
    with spool() as folder:
        path = folder / "standard-input"
        with path.open("wb") as copy:
            shutil.copyfileobj(sys.stdin.buffer, copy)
        yield Source(path, "<standard input>", _form_of(path), "text")


def _form_of(path: Path) -> Form:
    """The form of a file of no name: it is JSONL if its first line is a JSON object, else text, if no other form."""
    if form_of_stream(path) == "original":
        return "original"
    with path.open("rb") as file:
        first = file.readline().removeprefix(b"\xef\xbb\xbf")
    try:
        return "jsonl" if isinstance(json.loads(first), dict) else "text"
    except (ValueError, RecursionError):
        return "text"
