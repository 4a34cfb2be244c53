import numpy as np

from scorers.word_clusters import best_cut, cuts, joins, likeness

TEXTS = ("shells fell on the market", "the market: shells fell", "a bus overturned", "a bus overturned on the bend")
NAMES = ("m1", "m2", "b1", "b2")


def test_texts_join_by_the_words_that_they_share() -> None:
    groups = best_cut(NAMES, TEXTS, "average", lambda groups: len(set(groups.values())) == 2)[1]
    assert groups["m1"] == groups["m2"] != groups["b1"] == groups["b2"]


def test_lower_thresholds_only_ever_join() -> None:
    for linkage in ("average", "single"):
        counts = [len(set(groups.values())) for _, groups in cuts(NAMES, likeness(TEXTS), linkage)]
        assert counts[0] == 4
        assert counts[-1] == 1
        assert counts == sorted(counts, reverse=True)


def test_average_takes_the_mean_and_single_the_nearest() -> None:
    alike = np.array([[1.0, 0.9, 0.5], [0.9, 1.0, 0.1], [0.5, 0.1, 1.0]])
    assert [round(at, 6) for at, _, _ in joins(alike, "average")] == [0.9, 0.3]
    assert [round(at, 6) for at, _, _ in joins(alike, "single")] == [0.9, 0.5]
