"""The index of links: events in, their groups out, whether they come all at once or day by day.

In: `Event`s, report by report. Out: groups of events, each one incident. The index keeps what pairs are compared by,
the scores of the pairs, and which heap of pairs each event hangs in; new events are compared with what they may belong
to, and only the heaps that they touch are clustered again. Which groups come out does not depend on the order of
arrival.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, get_type_hints

import duckdb
import pyarrow as pa

from ascertain.incidents.events import Event, tolls_of
from ascertain.incidents.linking.candidates import KEYS, add_keys, find_left_out, find_pairs
from ascertain.incidents.linking.clusters import clusters
from ascertain.incidents.linking.divide import parts
from ascertain.incidents.linking.estimate import estimated
from ascertain.incidents.linking.features import Features, features
from ascertain.incidents.linking.model import LinkModel
from ascertain.incidents.linking.scores import MACROS, score, score_few
from ascertain.model import EventClaim, Reading, Sketch

_ROWS_AT_ONCE = 2_000
_COLUMNS: dict[object, tuple[str, pa.DataType]] = {
    str: ("varchar", pa.string()),
    bool: ("boolean", pa.bool_()),
    int | None: ("integer", pa.int32()),
    float | None: ("double", pa.float64()),
    str | None: ("varchar", pa.string()),
    list[str]: ("varchar[]", pa.list_(pa.string())),
    list[int]: ("uinteger[]", pa.list_(pa.uint32())),
}

# The tables that have rows for an event, but for its heap and its links.
_OF_AN_EVENT = ("events", "tellings", "spots", "rare_words")


class _Member(NamedTuple):
    """An event of a heap: its number in the index, its id, its report, whether that is mainly about it, its words."""

    number: int
    event: str
    report: str
    main: bool
    words: list[str]


class _Link(NamedTuple):
    """A pair that was compared: by how many thousandths of a bit its weight passes the bound for joining, and what it
    weighs without the words."""

    one: int
    other: int
    pull: int
    facts: int


class Index:
    """Events and their links, in a DuckDB file, or in memory without one.

    >>> from ascertain.incidents.linking.model import shipped
    >>> index = Index(shipped())
    >>> index.add([])
    >>> list(index.groups())
    []
    """

    def __init__(
        self, model: LinkModel, path: Path | None = None, *, estimate: bool = True, memory: str = "2GB"
    ) -> None:
        """Open the index in a file, or make it there.

        Args:
            model: the parameters.
            path: the file.
            estimate: what chance agreement is worth is estimated from the first events that are added.
            memory: how much of it DuckDB may take before it turns to the disk.
        """
        self.model, self._estimate = model, estimate
        self._db = duckdb.connect(str(path) if path else ":memory:")
        if path is None:
            self._db.execute("set temp_directory = ''")
        self._db.execute(
            f"set memory_limit = '{memory}'; set preserve_insertion_order = false; set enable_progress_bar = false"
        )
        self._db.execute(MACROS + KEYS)
        columns = ", ".join(f"{name} {_COLUMNS[kind][0]}" for name, kind in get_type_hints(Features).items())
        self._db.execute(
            f"""
            create table if not exists events (unique_id integer, {columns});
            create table if not exists links (one integer, other integer, weight integer, facts integer, pull integer);
            create table if not exists heaps (unique_id integer, heap integer, part integer);
            create table if not exists touched (part integer);
            create table if not exists tellings (unique_id integer, telling varchar);
            """
        )

    def add(self, reports: Iterable[Sequence[Event]]) -> None:
        """Take in the events of more reports, compare them with those that are there, and group what they touch."""
        since = self._next()
        rows = (row for told in reports for row in zip(told, features(told, self.model), strict=True))
        number = since
        while batch := list(islice(rows, _ROWS_AT_ONCE)):
            self._insert(batch, number)
            number += len(batch)
        if number > since:
            if not since and self._estimate:
                self.model = estimated(self._db, self.model)
            add_keys(self._db, since)
            self._compare(since)
            self._gather(since)

    def take(self, reports: Iterable[Sequence[Event]]) -> None:
        """Take in the events of reports to be weighed against each other when asked, without comparing any now."""
        rows = [row for told in reports for row in zip(told, features(told, self.model), strict=True)]
        self._insert(rows, self._next())

    def told_otherwise(self, reports: Mapping[str, Sequence[Event]]) -> frozenset[str]:
        """Those of these reports that it has other events of than these."""
        with self._asked("report", reports):
            rows = self._db.execute(
                "select report, telling from events join tellings using (unique_id) where report in (from asked)"
            ).fetchall()
        known: dict[str, set[str]] = {}
        for report, telling in rows:
            known.setdefault(report, set()).add(telling)
        return frozenset(report for report, told in known.items() if told != set(map(_telling, reports[report])))

    def beside(self, reports: Collection[str]) -> frozenset[str]:
        """The ids of the reports that have events in one heap with those of these, themselves among them."""
        with self._asked("report", reports):
            rows = self._db.execute(
                """
                select distinct report from heaps join events using (unique_id) where heap in
                (select heap from heaps join events using (unique_id) where report in (from asked))
                """
            ).fetchall()
        return frozenset(report for (report,) in rows)

    def forget(self, reports: Collection[str]) -> None:
        """Take the events of these reports out, and group anew what hung in a heap with them."""
        with self._asked("report", reports):
            self._db.execute(
                """
                create or replace table lost as select unique_id from events where report in (from asked);
                create or replace table loosened as select unique_id from heaps where unique_id not in (from lost)
                and heap in (select heap from heaps where unique_id in (from lost));
                """
            )
        held = "".join(f"delete from {name} where unique_id in (from lost);" for name in _OF_AN_EVENT)
        self._db.execute(
            f"""
            begin; {held}
            delete from links where one in (from lost) or other in (from lost);
            delete from heaps where unique_id in (from lost) or unique_id in (from loosened);
            commit;
            """
        )
        left = [number for (number,) in self._db.execute("from loosened").fetchall()]
        links = self._db.execute(
            "select one, other from links where pull > 0 and one in (from loosened) and other in (from loosened)"
        ).fetchall()
        self._renew_heaps(_roots(left, links))
        self._db.execute("drop table lost; drop table loosened")

    def groups(self) -> Iterator[tuple[str, ...]]:
        """The groups of event ids, each sorted."""
        for _, rows in self._stream("select part, event from heaps join events using (unique_id) order by part, event"):
            yield tuple(event for _, event in rows)

    def told(self, *, renewed: bool = False) -> Iterator[tuple[Event, ...]]:
        """The groups of events, without their sketches, in order of their first id, and each in order of ids.

        With `renewed`, only those that the last addition touched: all others are as they were.
        """
        grouped = self._stream(
            f"""
            select first, telling from (select unique_id, event, min(event) over (partition by part) as first
            from heaps join events using (unique_id)
            {"where part in (select part from touched)" if renewed else ""})
            join tellings using (unique_id) order by first, event
            """
        )
        for _, rows in grouped:
            yield tuple(_event(telling) for _, telling in rows)

    def reports(self) -> frozenset[str]:
        """The ids of the reports whose events are in it."""
        return frozenset(row[0] for row in self._db.execute("select distinct report from events").fetchall())

    def heaps(self, reports: Collection[str]) -> Iterator[tuple[tuple[str, ...], ...]]:
        """The heaps in which events of these reports hang, each as its groups of event ids, all sorted. What is in
        different heaps is never one incident."""
        with self._asked("report", reports):
            self._db.execute(
                """
                create or replace table wanted as select distinct heap from heaps join events using (unique_id)
                where report in (from asked)
                """
            )
        rows = self._stream(
            """
            select heap, part, event from heaps join events using (unique_id) where heap in (from wanted)
            order by heap, part, event
            """
        )
        for _, members in rows:
            parts = groupby(members, itemgetter(1))
            yield tuple(sorted(tuple(event for _, _, event in part) for _, part in parts))

    def compared_with(self, events: Collection[str]) -> list[tuple[str, str, int, int]]:
        """The pairs of one of these events and another that were compared, one of these first, by their ids; with
        the weight, and by how much it passes the bound for joining, in thousandths of a bit."""
        with self._asked("event", events):
            return self._db.execute(
                """
                with named as (select l.event as one, r.event as other, weight, pull from links
                  join events l on l.unique_id = one join events r on r.unique_id = other)
                select one, other, weight, pull from named where one in (from asked) union all
                select other, one, weight, pull from named where other in (from asked) and one not in (from asked)
                order by all
                """
            ).fetchall()

    def features_of(self, events: Collection[str]) -> dict[str, Features]:
        """What is compared of these events."""
        columns = ", ".join(get_type_hints(Features))
        rows = self._db.execute(f"select {columns} from events where event in $1", [sorted(events)]).fetchall()
        return {row[0]: Features(*row) for row in sorted(rows)}

    def weigh(self, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], dict[str, int]]:
        """What each comparison weighs for pairs of events, whether or not they were compared, in thousandths of a
        bit; and under `""` what all of them weigh together with the prior."""
        asked = sorted(set(pairs))
        table = {
            "l": pa.array([one for one, _ in asked], pa.string()),
            "r": pa.array([r for _, r in asked], pa.string()),
        }
        self._db.register("asked", pa.table(table))
        columns = list(get_type_hints(Features))
        rows = score_few(self._db, self.model, columns, events="events", pairs="asked")
        self._db.unregister("asked")
        names = [comparison.name for comparison in self.model.comparisons]
        return {(row[0], row[1]): dict(zip(["", *names], row[2:], strict=True)) for row in rows}

    def is_whole(self) -> bool:
        """Whether every addition to the file came to its end: one that was killed leaves events that are in no heap."""
        return self._count() == int(self._one("select count(*) from heaps"))

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    @contextmanager
    def _asked(self, column: str, ids: Iterable[str]) -> Iterator[None]:
        """Have a table `asked` of these ids."""
        self._db.register("asked", pa.table({column: pa.array(sorted(ids), pa.string())}))
        try:
            yield
        finally:
            self._db.unregister("asked")

    def _next(self) -> int:
        """The number that the next event gets."""
        return int(self._one("select coalesce(max(unique_id) + 1, 0) from events"))

    def _count(self) -> int:
        return int(self._one("select count(*) from events"))

    def _one(self, query: str) -> Any:
        return self._db.execute(query).fetchall()[0][0]

    def _insert(self, rows: Sequence[tuple[Event, Features]], since: int) -> None:
        numbers = pa.array(range(since, since + len(rows)), pa.int32())
        columns = {
            name: pa.array([row[at] for _, row in rows], _COLUMNS[kind][1])
            for at, (name, kind) in enumerate(get_type_hints(Features).items())
        }
        tellings = pa.array([_telling(event) for event, _ in rows], pa.string())
        self._append("events", {"unique_id": numbers, **columns})
        self._append("tellings", {"unique_id": numbers, "telling": tellings})

    def _append(self, table: str, columns: dict[str, pa.Array]) -> None:
        self._db.register("batch", pa.table(columns))
        self._db.execute(f"insert into {table} by name select * from batch")
        self._db.unregister("batch")

    def _compare(self, since: int) -> None:
        """Score the pairs that have an event from `since` on."""
        if find_pairs(self._db, since, "pairs"):
            self._link()

    def _link(self) -> None:
        """Score the pairs and keep them as links."""
        self._score_pairs()
        model = self.model
        bounds = [
            round(1000 * bits) for bits in (model.silent_above, model.undated_above, model.near_above, model.join_above)
        ]
        words = "".join(f" - w_{name}" for name in model.by_words)
        near = re.sub(r"(\w+)_([lr])\b", r"\2.\1", model.near)
        self._db.execute(
            f"""
            insert into links select one, other, weight, weight{words},
            weight - case when not (l.told and r.told) then ?
              when coalesce(l.first_day, l.last_day, l.published) is null
              or coalesce(r.first_day, r.last_day, r.published) is null then ? when {near} then ? else ? end
            from scores join events l on l.unique_id = one join events r on r.unique_id = other
            """,
            bounds,
        )
        self._db.execute("drop table pairs; drop table scores; drop table compared")

    def _score_pairs(self) -> None:
        """Score the table `pairs` into the table `scores`."""
        self._db.execute(
            """
            create or replace table compared as select * from events where unique_id in
            (select join_key_l from pairs union select join_key_r from pairs)
            """
        )
        score(self._db, self.model, events="compared", pairs="pairs", into="scores")

    def _gather(self, since: int) -> None:
        """Renew the heaps that events from `since` on hang in, and the groups in them."""
        linked = self._db.execute(
            """
            select coalesce(heap, one), other from links left join heaps on unique_id = one
            where other >= ? and pull > 0
            """,
            [since],
        ).fetchall()
        self._renew_heaps(_roots([*range(since, self._next()), *(one for one, _ in linked)], linked), since)

    def _renew_heaps(self, roots: Mapping[int, int], since: int = 0) -> None:
        """Renew the heaps that these are, and the groups in them: what now belongs to which, heaps or, from `since` on,
        events that are in none yet."""
        table = pa.table({"old": pa.array(roots.keys(), pa.int32()), "heap": pa.array(roots.values(), pa.int32())})
        self._db.register("roots", table)
        self._db.execute(
            """
            create or replace table renewed as
            select unique_id, roots.heap from heaps join roots on heaps.heap = old
            union all select old, heap from roots where old >= ?
            """,
            [since],
        )
        self._db.unregister("roots")
        self._db.execute("delete from heaps where unique_id in (select unique_id from renewed)")
        if find_left_out(self._db, "pairs"):
            self._link()
        self._write(group for members, links in self._heaps() for group in _grouped(members, links, self.model))

    def _heaps(self) -> Iterator[tuple[list[_Member], list[_Link]]]:
        """The renewed heaps: members in order of their event ids, and the links among them."""
        members = self._stream(
            """
            select heap, unique_id, event, report, main, words from renewed join events using (unique_id)
            order by heap, event
            """
        )
        links = self._stream(
            """
            select l.heap, one, other, pull, facts from links
            join renewed l on one = l.unique_id join renewed r on other = r.unique_id and l.heap = r.heap
            order by l.heap
            """
        )
        linked = next(links, None)
        for heap, rows in members:
            fits = linked is not None and linked[0] == heap
            yield [_Member(*row[1:]) for row in rows], [_Link(*row[1:]) for row in linked[1]] if fits and linked else []
            linked = next(links, None) if fits else linked

    def _stream(self, query: str) -> Iterator[tuple[int, Iterator[tuple[Any, ...]]]]:
        """The rows of a query, together by their first column, by which they come in order."""
        cursor = self._db.cursor()
        cursor.execute(query)
        rows = (row for batch in iter(lambda: cursor.fetchmany(_ROWS_AT_ONCE), []) for row in batch)
        return groupby(rows, itemgetter(0))

    def _write(self, groups: Iterable[Sequence[int]]) -> None:
        """Note which part of its heap each renewed event is in; a part goes by its least number."""
        parts = {number: min(group) for group in groups for number in group}
        table = pa.table(
            {"unique_id": pa.array(parts.keys(), pa.int32()), "part": pa.array(parts.values(), pa.int32())}
        )
        self._db.register("parts", table)
        self._db.execute("insert into heaps select unique_id, heap, part from renewed join parts using (unique_id)")
        self._db.execute("create or replace table touched as select distinct part from parts")
        self._db.unregister("parts")
        self._db.execute("drop table renewed")


def _grouped(members: Sequence[_Member], links: Sequence[_Link], model: LinkModel) -> Iterator[list[int]]:
    """The groups of a heap, as numbers of events."""
    if len(members) == 1:
        yield [members[0].number]
        return
    place = {member.number: at for at, member in enumerate(members)}
    pairs = [(place[link.one], place[link.other], link.pull) for link in links]
    facts = {frozenset((place[link.one], place[link.other])): link.facts for link in links}
    missing = round(1000 * model.missing)
    reports, main = [m.report for m in members], [m.main for m in members]
    for group in clusters(reports, pairs, missing=missing, main=main):
        for part in parts(group, [m.words for m in members], facts):
            yield [members[at].number for at in part]


def _telling(event: Event) -> str:
    """An event as a line of text, without its sketch, but for the opening where nothing is claimed."""
    opening = event.sketch.opening if event.sketch and not event.claims else None
    sketch = Sketch(opening=opening) if opening else None
    told = Reading(report=event.report, claims=(*event.claims, *event.tolls), sketch=sketch)
    return f"{int(event.main)}{told.model_dump_json(exclude_none=True)}"


def _event(telling: str) -> Event:
    reading = Reading.model_validate_json(telling[1:])
    claims = tuple(claim for claim in reading.claims if isinstance(claim, EventClaim))
    return Event(reading.report, claims, telling.startswith("1"), reading.sketch, tolls_of(reading))


def _roots(numbers: Iterable[int], links: Iterable[tuple[int, int]]) -> dict[int, int]:
    """The least number that each hangs together with.

    >>> _roots([1, 2, 3, 4], [(2, 3), (3, 4)])
    {1: 1, 2: 2, 3: 2, 4: 2}
    """
    parent = {number: number for number in numbers}

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = number = parent[parent[number]]
        return number

    for one, other in links:
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    return {number: root(number) for number in sorted(parent)}
