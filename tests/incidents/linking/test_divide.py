from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascertain.incidents.linking.divide import divide, marks_between, parts

SHARED = ["rob", "bank", "gunman", "police", "cash"]
ROSS = ["ross", "cashier", "viaduct", "van", "leeds"]
KANE = ["kane", "florist", "tramline", "moped", "hull"]


def tellings(marks: list[str], number: int, own: str) -> list[list[str]]:
    """So many tellings of one robbery, each with three words of its own."""
    return [[*SHARED, *marks, *(f"{own}{n}{k}" for k in range(3))] for n in range(number)]


LOOK_ALIKES = tellings(ROSS, 5, "x") + tellings(KANE, 4, "y")
ALL = list(range(len(LOOK_ALIKES)))


def bound(bits: float) -> dict[frozenset[int], int]:
    """Facts that weigh so much for each pair."""
    return {frozenset(pair): round(1000 * bits) for pair in itertools.combinations(ALL, 2)}


def test_look_alikes_are_cut_by_their_names() -> None:
    assert parts(ALL, LOOK_ALIKES, bound(-3)) == [[0, 1, 2, 3, 4], [5, 6, 7, 8]]


def test_one_event_told_in_two_wordings_is_one_where_the_facts_bind_it() -> None:
    assert parts(ALL, LOOK_ALIKES, bound(6)) == [ALL]


def test_facts_of_pairs_that_were_not_compared_bind_nothing() -> None:
    few = {frozenset((0, 5)): 9000}
    assert parts(ALL, LOOK_ALIKES, few) == [[0, 1, 2, 3, 4], [5, 6, 7, 8]]


def test_one_event_in_like_words_is_not_cut() -> None:
    one = tellings(ROSS, 9, "x")
    assert parts(range(9), one, {}) == [[*range(9)]]
    assert divide(one) is None


@pytest.mark.parametrize("ross", [1, 2])
def test_too_few_tellings_are_not_cut(ross: int) -> None:
    few = tellings(ROSS, ross, "x") + tellings(KANE, 6, "y")
    assert divide(few) is None


def test_copies_do_not_count_twice() -> None:
    copied = [tellings(ROSS, 1, "x")[0]] * 9 + tellings(KANE, 6, "y")
    assert parts(range(15), copied, {}) == [[*range(15)]]


def test_a_copy_goes_with_what_it_copies() -> None:
    words = [*LOOK_ALIKES, LOOK_ALIKES[6], LOOK_ALIKES[1]]
    assert parts(range(11), words, {}) == [[0, 1, 2, 3, 4, 10], [5, 6, 7, 8, 9]]


def test_three_look_alikes_are_three() -> None:
    dunn = tellings(["dunn", "grocer", "quay", "lorry", "perth"], 4, "z")
    assert sorted(parts(range(13), LOOK_ALIKES + dunn, {})) == [[0, 1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]


def test_the_marks_are_the_words_of_one_side_alone() -> None:
    cut = divide(LOOK_ALIKES)
    assert cut is not None
    assert cut.marks == (tuple(sorted(ROSS)), tuple(sorted(KANE)))


def test_the_marks_between_two_groups_are_each_groups_own() -> None:
    one, other = tellings(ROSS, 5, "x"), tellings(KANE, 4, "y")
    assert marks_between(one, other) == (tuple(sorted(ROSS)), tuple(sorted(KANE)))
    assert marks_between(other, one) == (tuple(sorted(KANE)), tuple(sorted(ROSS)))
    assert marks_between(one[:3], one[3:]) is None


@settings(max_examples=20, deadline=None)
@given(st.permutations(ALL), st.randoms(use_true_random=False))
def test_the_order_of_tellings_and_words_does_not_matter(order: list[int], chance: random.Random) -> None:
    words = [chance.sample(LOOK_ALIKES[n], len(LOOK_ALIKES[n])) for n in order]
    found = [sorted(order[n] for n in part) for part in parts(ALL, words, {})]
    assert sorted(found) == [[0, 1, 2, 3, 4], [5, 6, 7, 8]]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.sampled_from([*SHARED, *ROSS, *KANE]), max_size=6), min_size=1, max_size=12))
def test_parts_hold_each_member_once(words: list[list[str]]) -> None:
    found = parts(range(len(words)), words, {})
    assert sorted(n for part in found for n in part) == [*range(len(words))]
