"""The page and its drawings written into the folder of a release, from the redacted lines that already lie there.

So the page can tell nothing that the release does not give.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel
from pydantic_core import to_json

from ascertain.model import ConditionWeek, Incident, Negotiation, Reading, TollSeries
from ascertain.release.forms import restored_text
from ascertain.release.page.building import report_pages
from ascertain.release.page.told import About, Changed, Changes, Given, Publisher
from ascertain.release.pictures import picture_files

CHARTS = "charts"
_MOST_CHANGES = 200
_ID = re.compile(r'\{"report":\{"id":"(?:[^"\\]|\\.)*",')
_Line = TypeVar("_Line", bound=BaseModel)


def write_page(folder: Path, about: About, *, languages: Sequence[str] = ("en",)) -> tuple[str, ...]:
    """Write `report.html`, and a page in each language beside the first (`report.ar.html`); and the drawings, in the
    first language, into `charts/`. The names of the files written.

    Args:
        folder: of the release; its `incidents.jsonl` and the series lie in it, and of publishers and changes
            `sources.csv` and `changes.csv` tell, where they are there.
        about: what else is told; its publishers and changes are those of the folder.
        languages: the first is that of `report.html`.
    """
    told = told_in(folder, about)
    written = []
    for place, (language, page) in enumerate(zip(languages, report_pages(told, languages), strict=True)):
        name = "report.html" if place == 0 else f"report.{language}.html"
        (folder / name).write_text(page.html, encoding="utf-8", newline="\n")
        written.append(name)
        if place == 0:
            (folder / CHARTS).mkdir(exist_ok=True)
            for file, picture in picture_files(page.drawings, source=about.cite):
                (folder / CHARTS / file).write_bytes(picture)
                written.append(f"{CHARTS}/{file}")
    return tuple(written)


def told_in(folder: Path, about: About) -> Given:
    """What lies in the folder of a release, to be read again and again."""
    return Given(
        replace(about, publishers=_publishers(folder), changes=_changes(folder, about)),
        lambda: _lines(folder / "incidents.jsonl", Incident),
        lambda: _lines(folder / "tolls.jsonl", TollSeries),
        lambda: _lines(folder / "conditions.jsonl", ConditionWeek),
        lambda: _lines(folder / "negotiations.jsonl", Negotiation),
        lambda reports: _readings(folder / "claims.jsonl", reports),
    )


def _lines(path: Path, kind: type[_Line]) -> Iterator[_Line]:
    if path.exists():
        with path.open(encoding="utf-8") as lines:
            yield from map(kind.model_validate_json, lines)


def _readings(path: Path, reports: Collection[str]) -> Iterator[Reading]:
    """The lines of some reports: by their beginnings, as most of a million lines are not read."""
    if path.exists() and reports:
        begun = {f'{{"report":{{"id":{to_json(report).decode()},' for report in reports}
        with path.open(encoding="utf-8") as lines:
            yield from (Reading.model_validate_json(line) for line in lines if _begins(line, begun))


def _begins(line: str, begun: Collection[str]) -> bool:
    found = _ID.match(line)
    return found is not None and found[0] in begun


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.exists():
        with path.open(encoding="utf-8-sig", newline="") as lines:
            yield from csv.DictReader(lines)


def _publishers(folder: Path) -> tuple[Publisher, ...]:
    counted = sorted((-int(row["reports"]), restored_text(row["name"])) for row in _rows(folder / "sources.csv"))
    return tuple(Publisher(name, -reports) for reports, name in counted)


def _changes(folder: Path, about: About) -> Changes | None:
    """The changes since the release that `about` names, the withdrawn and merged first."""
    if about.changes is None:
        return None
    order = ("withdrawn", "merged", "changed", "added")
    kept: dict[str, list[Changed]] = {what: [] for what in order}
    count = 0
    for row in _rows(folder / "changes.csv"):
        count += 1
        if row["change"] in kept and len(kept[row["change"]]) < _MOST_CHANGES:
            reason = f"→ {row['into']}" if row["into"] else ""
            kept[row["change"]].append(Changed(row["incident"], row["change"], reason))  # type: ignore[arg-type]
    listed = [change for what in order for change in kept[what]][:_MOST_CHANGES]
    return Changes(about.changes.since, count, tuple(listed))
