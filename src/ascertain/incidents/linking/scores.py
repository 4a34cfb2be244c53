"""Scores of pairs by Splink on DuckDB, and their reasons.

In: a table of features and a table of candidate pairs in a DuckDB connection. Out: a table of scored pairs, weights in
thousandths of a bit; whole numbers, so that sums do not depend on their order.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

import duckdb
from splink import DuckDBAPI, Linker

from ascertain.incidents.linking.model import Comparison, Level, LinkModel

MACROS = """
create or replace macro km(lat1, lon1, lat2, lon2) as 12742.0 * asin(sqrt(least(1.0,
  pow(sin(radians(lat2 - lat1) / 2), 2)
  + cos(radians(lat1)) * cos(radians(lat2)) * pow(sin(radians(lon2 - lon1) / 2), 2))));
create or replace macro alike(one, other) as
  len(list_intersect(one, other)) / sqrt(1.0 * len(one) * len(other));
"""


def score(connection: duckdb.DuckDBPyConnection, model: LinkModel, *, events: str, pairs: str, into: str) -> None:
    """Score the pairs of a table into a new one: `one`, `other`, `weight`, and a weight for each comparison.

    Args:
        connection: where the tables are, with `MACROS` run.
        model: the parameters.
        events: the table of features, a row for each `unique_id`.
        pairs: the table of pairs: `join_key_l`, `join_key_r`, and in `match_key` how alike their words are.
        into: the table to make.
    """
    api = DuckDBAPI(connection=connection)
    # The likeness of words comes with the pair, in the one column that Splink carries along, so that it is worked out
    # once and not for each level; for that Splink wants a column of this name on both sides too.
    connection.execute(f"create or replace view keyed as select *, null::varchar as match_key from {events}")
    linker = Linker(api.register("keyed"), _settings(model), validate_settings=False, log_level=None)
    linker.table_management.register_blocked_pairs_for_predict(api.register(pairs))
    scored = linker.inference.predict(warning_mode="never")
    parts = "".join(f", {_thousandths(f'mw_{c.name}')} as w_{c.name}" for c in model.comparisons)
    connection.execute(
        f"create or replace table {into} as select unique_id_l as one, unique_id_r as other, "
        f"{_thousandths('match_weight')} as weight{parts} from {scored.physical_name}"
    )
    scored.drop_table_from_database_and_remove_from_cache()


def score_few(
    connection: duckdb.DuckDBPyConnection, model: LinkModel, columns: Sequence[str], *, events: str, pairs: str
) -> list[tuple[Any, ...]]:
    """The same scores of a handful of pairs, in one query: for so few, to set Splink up would take nearly all the time.

    Args:
        connection: where the tables are, with `MACROS` run.
        model: the parameters.
        columns: those of `events`.
        events: the table of features.
        pairs: the table of pairs, as the ids of events `l` and `r`.

    Returns:
        Of each pair the two ids, the weight, and a weight for each comparison.
    """
    both = ", ".join(f"one.{name} as {name}_l, other.{name} as {name}_r" for name in columns)
    cases = ", ".join(f"{_as_case(c, model)} as mw_{c.name}" for c in model.comparisons)
    whole = " + ".join([repr(math.log2(model.prior / (1 - model.prior))), *(f"mw_{c.name}" for c in model.comparisons)])
    parts = "".join(f", {_thousandths(f'mw_{c.name}')}" for c in model.comparisons)
    return connection.execute(
        f"""
        with sides as (select {both}, alike(one.tokens, other.tokens) as match_key
          from {pairs} join {events} one on one.event = l join {events} other on other.event = r),
        weights as (select event_l, event_r, {cases} from sides)
        select event_l, event_r, {_thousandths(whole)}{parts} from weights order by all
        """
    ).fetchall()


def _as_case(comparison: Comparison, model: LinkModel) -> str:
    """What a comparison weighs, as SQL: the first level that holds tells."""
    levels = [(_condition(level, model), repr(level.weight) if level.m else "0.0") for level in comparison.levels]
    whens = " ".join(f"when {condition} then {weight}" for condition, weight in levels if condition != "ELSE")
    rest = next((weight for condition, weight in levels if condition == "ELSE"), "0.0")
    return f"case {whens} else {rest} end"


def reason(comparison: Comparison, thousandths: int) -> Level | None:
    """The level that gave a pair this weight; `None` where nothing is known."""
    return next((lv for lv in comparison.levels if lv.m and round(1000 * lv.weight) == thousandths), None)


def _thousandths(column: str) -> str:
    return f"cast(round(1000 * coalesce({column}, 0)) as integer)"


def _settings(model: LinkModel) -> dict[str, Any]:
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": model.prior,
        "blocking_rules_to_generate_predictions": ["l.unique_id = r.unique_id"],
        "comparisons": [
            {"output_column_name": c.name, "comparison_levels": [_splink_level(level, model) for level in c.levels]}
            for c in model.comparisons
        ],
        "retain_intermediate_calculation_columns": True,
        "retain_matching_columns": False,
    }


def _condition(level: Level, model: LinkModel) -> str:
    condition = re.sub(r"\bnear\b", lambda _: f"({model.near})", level.condition)
    return re.sub(r"\balike\b", "cast(match_key as double)", condition)


def _splink_level(level: Level, model: LinkModel) -> dict[str, Any]:
    condition = _condition(level, model)
    if level.m is None:
        return {"sql_condition": condition, "label_for_charts": level.says, "is_null_level": True}
    return {
        "sql_condition": condition,
        "label_for_charts": level.says,
        "m_probability": level.m,
        "u_probability": level.u,
    }
