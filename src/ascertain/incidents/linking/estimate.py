"""What chance agreement is worth in this record: how often events that have nothing to do with one another agree.

In: a table of features and the parameters that come with the package. Out: the parameters of this record. That two
strikes fell on one day in one town means much in a quiet country and little in a siege. So `u` and the prior are
estimated anew from pairs of the record's own events, by expectation maximisation with `m` held fast; where a record is
too small to tell, the `u` that come with the package count.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace

import duckdb
import numpy as np
import numpy.typing as npt

from ascertain.incidents.linking.candidates import scorable
from ascertain.incidents.linking.model import Level, LinkModel
from ascertain.incidents.linking.scores import score

MOST_PAIRS = 40_000
LEAST_PAIRS = 50
LEAST_STRIDES = 8
PSEUDO_PAIRS = 500
ROUNDS = 30
_STEP_BITS = 0.2

Outcomes = npt.NDArray[np.int64]


def estimated(connection: duckdb.DuckDBPyConnection, model: LinkModel) -> LinkModel:
    """The model with the `u` and the prior of the events in the connection's table `events`."""
    if _sample(connection) < LEAST_PAIRS:
        return model
    outcomes = _outcomes(connection, model)
    connection.execute("drop table sampled")
    chance, prior = _maximised(outcomes, model)
    comparisons = tuple(
        replace(c, levels=tuple(replace(lv, u=float(u)) if lv.m else lv for lv, u in zip(c.levels, us, strict=True)))
        for c, us in zip(model.comparisons, chance, strict=True)
    )
    return replace(model, comparisons=comparisons, prior=prior)


def _sample(connection: duckdb.DuckDBPyConnection) -> int:
    """Make a table of pairs of events of different reports, all or a fixed 40 000 of them; how many they are."""
    order = [row[0] for row in connection.execute("select unique_id from events order by event").fetchall()]
    number = len(order)
    strides: Sequence[int] = range(1, number // 2 + 1)
    if number * len(strides) > MOST_PAIRS:
        strides = sorted({_stride(n, number) for n in range(max(LEAST_STRIDES, MOST_PAIRS // number))})
    starts = range(0, number, max(1, number * len(strides) // MOST_PAIRS))
    pairs = [(order[n], order[(n + stride) % number]) for stride in strides for n in starts]
    table = np.array([sorted(pair) for pair in pairs], dtype=np.int32).reshape(-1, 2)
    connection.register("picked", {"one": table[:, 0], "other": table[:, 1]})
    connection.execute("create or replace table pairs as select distinct one, other from picked")
    connection.unregister("picked")
    connection.execute(f"create or replace table sampled as {scorable('pairs')}; drop table pairs")
    return int(connection.execute("select count(*) from sampled").fetchall()[0][0])


def _stride(n: int, number: int) -> int:
    return 1 + zlib.crc32(str(n).encode()) % (number // 2)


def _outcomes(connection: duckdb.DuckDBPyConnection, model: LinkModel) -> Outcomes:
    """Which level each sampled pair comes out at, a column for each comparison; 0 is not known."""
    numbered = replace(
        model,
        comparisons=tuple(
            replace(c, levels=tuple(_numbered(level, n) for n, level in enumerate(c.levels))) for c in model.comparisons
        ),
    )
    score(connection, numbered, events="events", pairs="sampled", into="outcomes")
    columns = ", ".join(f"w_{c.name}" for c in model.comparisons)
    rows = connection.execute(f"select {columns} from outcomes").fetchnumpy()
    connection.execute("drop table outcomes")
    thousandths = np.column_stack([rows[f"w_{c.name}"] for c in model.comparisons])
    return np.round(thousandths / (1000 * _STEP_BITS)).astype(np.int64)


def _numbered(level: Level, number: int) -> Level:
    """The level with a weight that says which it is."""
    return replace(level, m=0.001 * 2 ** (_STEP_BITS * number), u=0.001) if level.m else level


def _maximised(outcomes: Outcomes, model: LinkModel) -> tuple[list[npt.NDArray[np.float64]], float]:
    """The `u` of each level and the prior under which the outcomes are likeliest, `m` held fast."""
    kinds, counts = np.unique(outcomes, axis=0, return_counts=True)
    of_one = [np.array([level.m or 1.0 for level in c.levels]) for c in model.comparisons]
    shipped = [np.array([level.u or 0.0 for level in c.levels]) for c in model.comparisons]
    chance, prior = shipped, model.prior
    for _ in range(ROUNDS):
        likely = [np.where(us == 0, 1.0, us) for us in chance]
        match = prior * _product(of_one, kinds)
        other = (1 - prior) * _product(likely, kinds)
        share = match / (match + other)
        matches = (share * counts).sum() + PSEUDO_PAIRS * model.prior
        prior = float(matches / (counts.sum() + PSEUDO_PAIRS))
        chance = [_shares(kinds[:, n], counts * (1 - share), us) for n, us in enumerate(shipped)]
    return chance, prior


def _product(shares: list[npt.NDArray[np.float64]], kinds: Outcomes) -> npt.NDArray[np.float64]:
    found: npt.NDArray[np.float64] = np.prod([each[kinds[:, n]] for n, each in enumerate(shares)], axis=0)
    return found


def _shares(
    levels: Outcomes, weights: npt.NDArray[np.float64], shipped: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """How the weights spread over the known levels, with the shipped shares as so many pairs seen before."""
    seen = np.bincount(levels, weights, minlength=len(shipped))
    seen[shipped == 0] = 0
    counted = seen + PSEUDO_PAIRS * shipped / shipped.sum()
    shares: npt.NDArray[np.float64] = np.where(shipped == 0, 0.0, counted / counted.sum())
    return shares
