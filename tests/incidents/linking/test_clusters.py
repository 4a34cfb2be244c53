from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascertain.incidents.linking.clusters import Pair, clusters

MISSING = -3000


@st.composite
def heaps(draw: st.DrawFn) -> tuple[list[str], list[Pair]]:
    """The reports of up to nine events, and the weights of some of their pairs."""
    reports = [f"r{draw(st.integers(0, 5))}" for _ in range(draw(st.integers(1, 9)))]
    pairs = [(one, other) for other in range(len(reports)) for one in range(other) if reports[one] != reports[other]]
    compared = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return reports, [(one, other, draw(st.integers(-5000, 9000))) for one, other in compared]


@settings(max_examples=100, deadline=None)
@given(heaps())
def test_two_events_of_one_report_never_share_a_cluster(heap: tuple[list[str], list[Pair]]) -> None:
    reports, pairs = heap
    for cluster in clusters(reports, pairs, missing=MISSING):
        assert len({reports[n] for n in cluster}) == len(cluster)


@settings(max_examples=100, deadline=None)
@given(heaps())
def test_each_event_is_in_one_cluster(heap: tuple[list[str], list[Pair]]) -> None:
    reports, pairs = heap
    assert sorted(n for cluster in clusters(reports, pairs, missing=MISSING) for n in cluster) == [*range(len(reports))]


@settings(max_examples=100, deadline=None)
@given(heaps(), st.randoms(use_true_random=False))
def test_the_order_of_pairs_does_not_matter(heap: tuple[list[str], list[Pair]], chance: random.Random) -> None:
    reports, pairs = heap
    turned = [(other, one, weight) for one, other, weight in chance.sample(pairs, len(pairs))]
    assert clusters(reports, turned, missing=MISSING) == clusters(reports, pairs, missing=MISSING)


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (2, 0, 4, 1, 3)])
def test_the_numbering_of_events_does_not_matter(order: tuple[int, ...]) -> None:
    reports = ["r1", "r2", "r1", "r3", "r4"]
    pairs = [(0, 1, 5000), (1, 2, 4100), (0, 3, 2900), (2, 4, 3300), (1, 3, 700), (3, 4, 2500), (1, 4, 1300)]
    renumbered = clusters(
        [reports[n] for n in order],
        [(order.index(one), order.index(other), weight) for one, other, weight in pairs],
        missing=MISSING,
    )
    assert sorted(sorted(order[n] for n in cluster) for cluster in renumbered) == [[0, 1, 3], [2, 4]]


def test_the_best_pair_is_joined_first() -> None:
    assert clusters(["r1", "r2", "r1"], [(0, 1, 2000), (1, 2, 2001)], missing=MISSING) == [[0], [1, 2]]


def test_a_chain_whose_ends_do_not_fit_is_not_one_cluster() -> None:
    pairs = [(0, 1, 4000), (1, 2, 3000), (0, 2, -3500)]
    assert clusters(["r1", "r2", "r3"], pairs, missing=MISSING) == [[0, 1], [2]]


def test_a_pair_that_was_never_compared_weighs_what_is_missing() -> None:
    chain = [(0, 1, 4000), (1, 2, 3000)]
    assert clusters(["r1", "r2", "r3"], chain, missing=-3001) == [[0, 1], [2]]
    assert clusters(["r1", "r2", "r3"], chain, missing=-2999) == [[0, 1, 2]]


def test_pairs_at_the_bound_are_not_joined() -> None:
    assert clusters(["r1", "r2"], [(0, 1, 0)], missing=MISSING) == [[0], [1]]


def test_main_events_are_joined_before_what_is_told_in_passing() -> None:
    reports, pairs = ["r1", "r1", "r2", "r3"], [(0, 2, 2000), (1, 2, 5000), (1, 3, 100), (0, 3, 1500), (2, 3, 800)]
    assert clusters(reports, pairs, missing=MISSING) == [[0, 3], [1, 2]]
    assert clusters(reports, pairs, missing=MISSING, main=[True, False, True, True]) == [[0, 2, 3], [1]]


def test_what_is_told_in_passing_is_put_to_the_cluster_it_fits() -> None:
    reports, pairs = ["r1", "r2", "r3"], [(0, 1, 2000), (0, 2, 4000), (1, 2, 3000)]
    assert clusters(reports, pairs, missing=MISSING, main=[True, True, False]) == [[0, 1, 2]]
