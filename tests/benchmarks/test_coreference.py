from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorers.coreference import Agreement, b_cubed, ceaf_e, groups_of, muc, scores

LABELS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12)


def rounded(agreement: Agreement) -> tuple[float, float, float]:
    return round(agreement.recall, 2), round(agreement.precision, 2), round(agreement.f1, 2)


def test_the_worked_example_of_the_reference_scorer() -> None:
    """Pradhan et al. 2014, figure 2 and section 5: key {a b c} {d e f g}, response {a b} {c d} {f g h i}."""
    key, response = ["abc", "defg"], ["ab", "cd", "fghi"]
    assert rounded(muc(response, key)) == (0.40, 0.40, 0.40)
    assert rounded(b_cubed(response, key)) == (0.42, 0.50, 0.45)
    assert rounded(ceaf_e(response, key)) == (0.65, 0.43, 0.52)
    assert scores(response, key).conll == pytest.approx((0.4 + 5 / 11 + 0.52) / 3)


def test_the_worked_example_of_b_cubed() -> None:
    """Bagga and Baldwin 1998: joining a large group with a small one costs less than with a large one; MUC is blind."""
    key = [[1, 2, 3, 4, 5], [6, 7], [8, 9, 10, 11, 12]]
    small, large = [key[0], key[1] + key[2]], [key[0] + key[2], key[1]]
    assert rounded(b_cubed(small, key))[:2] == (1.0, 0.76)
    assert rounded(b_cubed(large, key))[:2] == (1.0, 0.58)
    assert rounded(muc(small, key)) == rounded(muc(large, key)) == (1.0, 0.90, 0.95)


def test_everything_alone_has_no_links_and_perfect_precision() -> None:
    alone, together = [[1], [2], [3]], [[1, 2, 3]]
    assert muc(alone, together) == Agreement(0.0, 0.0)
    assert rounded(b_cubed(alone, together)) == (0.33, 1.0, 0.5)
    assert rounded(ceaf_e(alone, together)) == (0.5, 0.17, 0.25)
    assert scores([], []).conll == 0.0


@given(LABELS)
def test_the_same_groups_are_right_whatever_they_are_called_and_in_whatever_order(
    labels: list[tuple[int, int]],
) -> None:
    due = groups_of(dict(enumerate(label for label, _ in labels)))
    named = {thing: f"group {label}" for thing, (label, _) in reversed(list(enumerate(labels)))}
    found = scores(groups_of(named), due)
    assert found.b3.f1 == found.ceaf_e.f1 == pytest.approx(1.0)
    assert found.muc.f1 == (1.0 if any(len(group) > 1 for group in due) else 0.0)


@given(LABELS)
def test_to_swap_the_groupings_swaps_precision_and_recall(labels: list[tuple[int, int]]) -> None:
    one, other = (groups_of({n: pair[side] for n, pair in enumerate(labels)}) for side in (0, 1))
    there, back = scores(one, other), scores(other, one)
    for name in ("muc", "b3", "ceaf_e"):
        mine, theirs = getattr(there, name), getattr(back, name)
        assert (mine.precision, mine.recall) == pytest.approx((theirs.recall, theirs.precision))
        assert 0 <= mine.f1 <= 1


@given(LABELS)
def test_the_entity_score_takes_the_best_of_all_alignments(labels: list[tuple[int, int]]) -> None:
    one, other = (groups_of({n: pair[side] for n, pair in enumerate(labels)}) for side in (0, 1))
    fewer, more = sorted((one, other), key=len)
    best = max(
        sum(2 * len({*a} & {*b}) / (len(a) + len(b)) for a, b in zip(fewer, order, strict=True))
        for order in permutations(more, len(fewer))
    )
    assert ceaf_e(one, other).precision == pytest.approx(best / len(one))
