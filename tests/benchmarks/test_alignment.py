from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from scorers.alignment import best_pairs

MATRICES = st.integers(1, 4).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(-3, 9).map(float), min_size=columns, max_size=columns), min_size=1, max_size=4
    )
)


def best_by_trying_all(scores: list[list[float]]) -> float:
    if len(scores) > len(scores[0]):
        scores = [list(column) for column in zip(*scores, strict=True)]
    return max(
        sum(max(0.0, row[column]) for row, column in zip(scores, order, strict=False))
        for order in permutations(range(len(scores[0])), len(scores))
    )


@given(MATRICES)
def test_the_alignment_has_the_best_total_and_is_one_to_one(scores: list[list[float]]) -> None:
    pairs = best_pairs(scores)
    assert sum(scores[row][column] for row, column in pairs) == best_by_trying_all(scores)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)


def test_pairs_without_likeness_are_not_made() -> None:
    assert best_pairs([[0.0, 0.0], [0.0, 2.0]]) == [(1, 1)]
    assert best_pairs([]) == []
    assert best_pairs([[], []]) == []
