"""Blocking: which pairs of events are worth a comparison.

In: the table of features. Out: a table of pairs. Compared are events of different reports that may share a day and a
neighbourhood, or that share two rare words within a month. A neighbourhood reaches over the borders of grid cells:
each event stands in every half-degree cell that lies within 17 km of it.
"""

from __future__ import annotations

import duckdb

CELL_DEGREES = 0.5
REACH_DEGREES = 0.15
CLOSE_KM = 30
MOST_RADIUS_KM = 100
KM_A_DEGREE = 111.0
MOST_DAYS = 4
RARE_WORDS = 2
WORD_DAYS = 31

# When an event may have happened: as told, or else in the days before it was published.
_FIRST = "coalesce(first_day, last_day, published - 3)"
_LAST = "coalesce(last_day, first_day, published)"

KEYS = f"""
create table if not exists spots (unique_id integer, cell integer, day integer);
create table if not exists rare_words (unique_id integer, word uinteger, told integer);
create or replace macro cells(degrees, reach) as range(
  cast(floor((degrees - reach) / {CELL_DEGREES}) as integer),
  cast(floor((degrees + reach) / {CELL_DEGREES}) as integer) + 1);
create or replace macro reach(radius_km) as
  case when radius_km <= {CLOSE_KM} then {REACH_DEGREES} else radius_km / {KM_A_DEGREE} end;
"""


def scorable(pairs: str) -> str:
    """The query for what Splink takes as blocked pairs, but those of one report; the key that it carries along says
    how alike the words are.

    Args:
        pairs: a table of pairs of events, `one` and `other`.
    """
    return f"""
        with told as materialized (
          select one, other, l.report as report, l.tokens as tokens from {pairs} join events l on l.unique_id = one
        )
        select cast(alike(told.tokens, r.tokens) as varchar) as match_key, one as join_key_l, other as join_key_r
        from told join events r on r.unique_id = other where told.report <> r.report
        """


def add_keys(connection: duckdb.DuckDBPyConnection, since: int) -> None:
    """Put the events from `since` on under the keys by which they are found."""
    connection.execute(
        f"""
        insert into spots
        select unique_id, x * 1000 + y, unnest(range({_FIRST}, {_LAST} + 2))
        from (select *, unnest(cells(lon, reach(radius_km))) as x from events where unique_id >= ?),
        unnest(cells(lat, reach(radius_km))) as c(y)
        where radius_km <= {MOST_RADIUS_KM} and {_LAST} - {_FIRST} between 0 and {MOST_DAYS}
        """,
        [since],
    )
    connection.execute(
        f"""
        insert into rare_words select unique_id, unnest(rare), {_FIRST} from events where unique_id >= ?
        """,
        [since],
    )


def find_pairs(connection: duckdb.DuckDBPyConnection, since: int, into: str) -> int:
    """Make a table of the pairs that have an event from `since` on; how many they are."""
    connection.execute(
        f"""
        create or replace table found as
        select distinct l.unique_id as one, r.unique_id as other
        from spots l join spots r on l.cell = r.cell and l.day = r.day and l.unique_id < r.unique_id
        where r.unique_id >= {since}
        union
        select l.unique_id, r.unique_id from rare_words l join rare_words r on l.word = r.word
        where l.unique_id < r.unique_id and r.unique_id >= {since}
        and (abs(l.told - r.told) <= {WORD_DAYS} or l.told is null or r.told is null)
        group by all having count(*) >= {RARE_WORDS}
        """
    )
    connection.execute(f"create or replace table {into} as {scorable('found')}; drop table found")
    return int(connection.execute(f"select count(*) from {into}").fetchall()[0][0])


def find_left_out(connection: duckdb.DuckDBPyConnection, into: str) -> int:
    """Make a table of the pairs that hang in one renewed heap and are told of one day, or of two days that follow one
    another, and were never compared, as their places are far apart or not known; how many they are."""
    connection.execute(
        f"""
        create or replace table found as
        with dated as materialized (
          select unique_id, heap, unnest(range({_FIRST}, {_LAST} + 2)) as day
          from renewed join events using (unique_id) where {_LAST} - {_FIRST} between 0 and {MOST_DAYS}
        )
        select distinct l.unique_id as one, r.unique_id as other
        from dated l join dated r on l.heap = r.heap and l.day = r.day and l.unique_id < r.unique_id
        anti join links on links.one = l.unique_id and links.other = r.unique_id
        """
    )
    connection.execute(f"create or replace table {into} as {scorable('found')}; drop table found")
    return int(connection.execute(f"select count(*) from {into}").fetchall()[0][0])
