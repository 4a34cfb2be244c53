"""Who published the reports of a release.

In: reports as they are written, and what their publishers are called in the state. Out: rows of the table of sources,
and the publishers of each incident.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from ascertain.model import Incident
from ascertain.release.redaction import Redactor
from ascertain.release.tables import Row

_ASKED = 500


class Publishers:
    """Who published which report, as they may be named; in a file, so that memory stays flat."""

    def __init__(self, room: Path) -> None:
        self._database = sqlite3.connect(room / "publishers.sqlite", isolation_level=None)
        self._database.execute("create table published (report text primary key, by text) without rowid")
        self._database.execute("begin")
        self._noted: dict[str, str] = {}

    def add(self, reports: Sequence[tuple[str, str | None]]) -> None:
        """Keep who published some reports: the id and publisher of each, as they may be given."""
        self._database.executemany("insert or replace into published values (?, ?)", reports)

    def note(self, publishers: Iterable[str | None], redactor: Redactor) -> None:
        """Keep which publisher of the state goes by which name."""
        for publisher in publishers:
            if publisher is not None and (name := redactor.publisher(publisher)) is not None:
                self._noted[name] = publisher

    def rows(self, redactor: Redactor) -> list[Row]:
        """The rows of the table of sources."""
        counted = "select by, count(*) from published where by is not null group by by order by by"
        return [self._row(redactor, name, count) for name, count in self._database.execute(counted)]

    def _row(self, redactor: Redactor, name: str, count: int) -> Row:
        publisher = self._noted.get(name, name)
        noted = redactor.facts.noted.get(publisher, {}) if publisher == name else {}
        return (
            name,
            redactor.kind_of_source(noted.get("type")),
            redactor.country_of_source(noted.get("country")),
            publisher != name,
            count,
        )

    def of(self, incidents: Sequence[Incident]) -> dict[str, list[str]]:
        """The publishers of each incident's reports, by its id."""
        reports = {report for each in incidents for report in each.reports}
        by: dict[str, str] = {}
        asked = sorted(reports)
        for some in (asked[at : at + _ASKED] for at in range(0, len(asked), _ASKED)):
            marks = ",".join("?" * len(some))
            by.update(self._database.execute(f"select report, by from published where report in ({marks})", some))
        return {each.id: sorted({name for report in each.reports if (name := by.get(report))}) for each in incidents}

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()
