"""Quantities: words become bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascertain.reading.quantities import bounds, quantities
from ascertain.reading.words import table


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("13", 13, 13),
        ("at least 13", 13, None),
        ("300k", 300_000, 300_000),
        ("about 1.2m", 1_200_000, 1_200_000),
        ("half a million", 500_000, 500_000),
        ("over a quarter of a million", 250_001, None),
        ("between 300k and 400k", 300_000, 400_000),
        ("more than 40", 41, None),
        ("up to 40", None, 40),
        ("nearly 40", None, 40),
        ("about 40", 40, 40),
        ("fewer than 10", None, 9),
        ("between eight and 10", 8, 10),
        ("8-10", 8, 10),
        ("twenty-one", 21, 21),
        ("two hundred and five", 205, 205),
        ("1,300", 1300, 1300),
        ("a dozen", 12, 12),
        ("half a dozen", 6, 6),
        ("dozens", 12, 24),
        ("scores", 20, None),
        ("hundreds", 100, None),
        ("several", 2, None),
        ("a handful", 3, None),
        ("a couple", 2, 2),
        ("an unknown number", 2, None),
        ("40 or more", 40, None),
    ],
)
def test_words_set_bounds(words: str, low: int | None, high: int | None) -> None:
    found = bounds(words)
    assert found is not None
    assert (found.low, found.high) == (low, high)


@given(st.integers(0, 10**6))
def test_a_numeral_with_commas_reads_as_without(number: int) -> None:
    one, other = bounds(f"{number}"), bounds(f"{number:,}")
    assert one is not None
    assert other is not None
    assert (one.low, one.high) == (other.low, other.high) == (number, number)


@given(st.sampled_from(sorted(table("quantities")["numbers"])))
def test_a_number_in_words_reads_as_its_numeral(word: str) -> None:
    found = bounds(word)
    assert found is not None
    assert found.low == found.high == table("quantities")["numbers"][word]


@given(st.integers(1, 999), st.integers(0, 999))
def test_low_is_never_above_high(first: int, second: int) -> None:
    for words in (f"between {first} and {second}", f"{first} to {second}", f"at least {first} and up to {second}"):
        for size in quantities(words):
            assert size.low is None or size.high is None or size.low <= size.high


@pytest.mark.parametrize("name", sorted(table("quantities")["vague"]))
def test_every_vague_word_of_the_table_has_bounds_in_order(name: str) -> None:
    row = table("quantities")["vague"][name]
    assert row.get("low", 0) <= row.get("high", 10**9)


@pytest.mark.parametrize("words", ["half of the 20 men", "a quarter of the 20 men"])
def test_a_share_of_a_number_is_no_fraction_of_a_scale(words: str) -> None:
    found = bounds(words)
    assert found is not None
    assert (found.low, found.high) == (20, 20)


@pytest.mark.parametrize("words", ["3 billion people", "3bn people"])
def test_more_people_than_any_event_can_harm_are_no_quantity(words: str) -> None:
    assert bounds(words) is None


def test_a_number_of_hundreds_of_digits_is_none() -> None:
    assert [q for q in quantities("9" * 400 + " people were killed") if q.low is not None] == []
