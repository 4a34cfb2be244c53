"""Sets of reports with known answers, as files in the exchange format."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ascertain.model import DataFileError, Report, SettingsError

GOLD_HALVES = ("dev", "test")
SECRET_HALF = "test"
PLACES = "places-"


@dataclass(frozen=True, slots=True)
class DataSet:
    """Reports with their answers by report id.

    `kind` names the scorer (`airwars`, `muc4`, `gold`, `places`); of a `secret` set nothing but scores may be shown or
    written.
    """

    name: str
    kind: str
    reports: tuple[Report, ...]
    answers: Mapping[str, Mapping[str, Any]]
    secret: bool = False

    def sample(self, every: int) -> DataSet:
        """Every n-th report with its answer."""
        reports = self.reports[::every]
        return DataSet(self.name, self.kind, reports, {r.id: self.answers[r.id] for r in reports}, self.secret)


def load(name: str, kind: str, reports: Path, answers: Path, *, secret: bool = False) -> DataSet:
    """Read a set from its two files.

    Raises:
        DataFileError: a line is not what the exchange format asks for, or a report has no answer.
    """
    texts = tuple(_report(reports, number, line) for number, line in _lines(reports))
    known = {}
    for number, line in _lines(answers):
        answer = _json(answers, number, line)
        if "id" not in answer:
            raise DataFileError("an answer has no id", source=str(answers), line=number, remedy="add the report's id")
        known[answer["id"]] = answer
    for report in texts:
        if report.id not in known:
            remedy = f"add a line for it to {answers.name} or take the report out"
            raise DataFileError(f"report {report.id} has no answer", source=str(reports), remedy=remedy)
    return DataSet(name, kind, texts, known, secret)


def find(wanted: Iterable[str], *, data: Path | None, gold: Path) -> list[DataSet]:
    """The sets that the names stand for: `airwars` is every set in `data` whose name starts so, `gold-dev` a half.

    `trnews` finds `places-trnews` too.

    Raises:
        SettingsError: a name stands for no set.
    """
    found = []
    for name in wanted:
        sets = _gold(name, gold) if name.startswith("gold") else _named(name, data)
        if not sets:
            where = gold if name.startswith("gold") else data
            raise SettingsError(f"no set {name!r} in {where}: give its folder with --data, or leave it out of --sets")
        found.extend(sets)
    return found


def _gold(name: str, folder: Path) -> list[DataSet]:
    halves = GOLD_HALVES if name == "gold" else (name.removeprefix("gold-"),)
    there = [(half, folder / half) for half in halves if (folder / half / "reports.jsonl").exists()]
    return [
        load(f"gold-{half}", "gold", place / "reports.jsonl", place / "gold.jsonl", secret=half == SECRET_HALF)
        for half, place in there
    ]


def _named(name: str, folder: Path | None) -> list[DataSet]:
    if folder is None:
        return []
    files = [*folder.glob(f"{name}*.reports.jsonl"), *folder.glob(f"{PLACES}{name}*.reports.jsonl")]
    stems = sorted(path.name.removesuffix(".reports.jsonl") for path in files)
    return [
        load(
            stem.removeprefix(PLACES), stem.split("-")[0], folder / f"{stem}.reports.jsonl",
            folder / f"{stem}.gold.jsonl",
        )
        for stem in stems
    ]  # fmt: skip


def _lines(path: Path) -> list[tuple[int, str]]:
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        raise DataFileError("file not found", source=str(path), remedy="put the file there") from None
    return [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def _json(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as fault:
        remedy = "write one JSON object a line"
        raise DataFileError(f"broken JSON ({fault})", source=str(path), line=number, remedy=remedy) from fault
    if not isinstance(value, dict):
        raise DataFileError("not an object", source=str(path), line=number, remedy="write one JSON object a line")
    return value


def _report(path: Path, number: int, line: str) -> Report:
    try:
        return Report.model_validate(_json(path, number, line))
    except ValidationError as fault:
        remedy = "see docs/exchange-format.md, `In: a report`"
        raise DataFileError(f"not a report ({fault})", source=str(path), line=number, remedy=remedy) from fault
