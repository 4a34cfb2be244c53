"""Ids of a run's folder: each is given once, and what incidents rest on is there.

In: the folder. Out: faults. Ids are held against each other in a file, so that memory stays flat.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic_core import from_json

from ascertain.intake.results import CLAIMS, INCIDENTS

_TOLD = 20
_TABLES = """
create table report (line integer primary key, id text);
create table claim (line integer, id text);
create table incident (line integer primary key, id text);
create table held (line integer, id text, kind text);
"""
_TWICE = """
select min(line), max(line), id from {table} group by id having count(*) > 1 order by 2, id limit {most}
"""
_FOREIGN = """
select line, id from held where kind = '{kind}' and id not in (select id from {kind}) order by line, id limit {most}
"""


def faults_in_ids(folder: Path) -> Iterator[str]:
    """What stands twice, and what an incident names that is not there; the first of them, with file and line."""
    with (
        tempfile.TemporaryDirectory() as room,
        closing(sqlite3.connect(Path(room) / "ids.sqlite", isolation_level=None)) as database,
    ):
        database.executescript(f"pragma journal_mode=off; pragma synchronous=off; begin; {_TABLES}")
        damaged = next(_filled(database, folder), None)
        yield from (damaged,) if damaged else islice(_found(database, folder), _TOLD)


def _filled(database: sqlite3.Connection, folder: Path) -> Iterator[str]:
    """Put all ids in; the first line that has none is a fault, and ends it."""
    for name, taken in ((CLAIMS, _of_reading), (INCIDENTS, _of_incident)):
        with (folder / name).open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    for statement, row in taken(from_json(line), number):
                        database.execute(statement, row)
                except (ValueError, KeyError, TypeError, AttributeError):
                    yield f"{folder / name}:{number}: is no line of a run"
                    return


def _of_reading(told: Any, line: int) -> Iterator[tuple[str, tuple[object, ...]]]:
    report = _id(told["report"]["id"])
    yield "insert into report values (?, ?)", (line, report)
    for claim in told.get("claims", ()):
        yield "insert into claim values (?, ?)", (line, f"{report}/{_id(claim['id'])}")


def _of_incident(told: Any, line: int) -> Iterator[tuple[str, tuple[object, ...]]]:
    yield "insert into incident values (?, ?)", (line, _id(told["id"]))
    for kind in ("report", "claim"):
        for held in told[f"{kind}s"]:
            yield "insert into held values (?, ?, ?)", (line, _id(held), kind)


def _id(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError(value)
    return value


def _found(database: sqlite3.Connection, folder: Path) -> Iterator[str]:
    for table, name in (("report", CLAIMS), ("claim", CLAIMS), ("incident", INCIDENTS)):
        for first, last, id in database.execute(_TWICE.format(table=table, most=_TOLD)):
            yield f"{folder / name}:{last}: {table} {id} stands on line {first} too"
    for kind in ("report", "claim"):
        for line, id in database.execute(_FOREIGN.format(kind=kind, most=_TOLD)):
            yield f"{folder / INCIDENTS}:{line}: rests on {kind} {id}, which is not in {CLAIMS}"
