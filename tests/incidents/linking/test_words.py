from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascertain.incidents.linking.words import MOST_RARE_WORDS, MOST_TOKEN_WORDS, RARE_UP_TO, WordCounts, background
from ascertain.model import DataFileError


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_rarer_word_never_weighs_less(reports: int, one: int, other: int) -> None:
    rare, common = sorted((one, other))
    counts = WordCounts(reports, {"rare": rare, "common": common})
    assert 0 <= counts.weight("common") <= counts.weight("rare") <= 5


def test_a_word_that_every_report_holds_tells_nothing() -> None:
    counts = WordCounts(1000, {"kill": 1000})
    assert counts.weight("kill") == 0
    assert counts.tokens(["kill", "Kill"]) == []


def test_a_telling_word_is_there_as_often_as_it_weighs() -> None:
    counts = WordCounts(1000, {"market": 50})
    assert len(counts.tokens(["market"])) == counts.weight("market") == 2


def test_a_name_weighs_one_more_than_a_word_as_rare() -> None:
    counts = WordCounts(1000, {"market": 50})
    assert len(counts.tokens(["Market"])) == 3
    assert set(counts.tokens(["market"])) < set(counts.tokens(["Market"]))


def test_only_the_most_telling_words_are_compared() -> None:
    counts = WordCounts(1000, {f"plain{n}": 100 for n in range(30)})
    rare = [f"rare{n}" for n in range(MOST_TOKEN_WORDS)]
    assert counts.tokens([*(f"plain{n}" for n in range(30)), *rare]) == counts.tokens(rare)


def test_rare_words_are_those_few_reports_hold() -> None:
    counts = WordCounts(1000, {"few": RARE_UP_TO, "many": RARE_UP_TO + 1})
    assert counts.rare(["many"]) == []
    assert len(counts.rare(["few", "new", "many"])) == 2


def test_words_of_one_report_do_not_crowd_out_those_that_others_share() -> None:
    counts = WordCounts(1000, {"shared": 3})
    assert set(counts.rare(["shared"])) <= set(
        counts.rare([*(f"own{n}" for n in range(MOST_RARE_WORDS + 5)), "shared"])
    )


def test_counting_more_reports_adds_up() -> None:
    counts = WordCounts(10, {"mill": 2}).plus([["mill", "mill", "weir"], ["weir"]])
    assert counts == WordCounts(12, {"mill": 3, "weir": 2})


@given(st.lists(st.lists(st.sampled_from(["mill", "weir", "kiln"]))), st.lists(st.lists(st.sampled_from(["mill"]))))
def test_counting_at_once_or_in_turn_is_the_same(first: list[list[str]], then: list[list[str]]) -> None:
    assert WordCounts().plus(first).plus(then) == WordCounts().plus(first + then) == WordCounts().plus(then + first)


@given(st.permutations(["Asha", "bakery", "kill", "ferry"]))
def test_the_order_of_words_does_not_matter(words: list[str]) -> None:
    counts = background()
    assert counts.tokens(words) == counts.tokens(["Asha", "bakery", "kill", "ferry"])
    assert counts.rare(words) == counts.rare(["Asha", "bakery", "kill", "ferry"])


def test_the_table_that_comes_along_knows_what_is_common() -> None:
    assert background().weight("kill") < background().weight("tannery")


def test_a_fault_of_the_table_names_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "background_words.tsv").write_text("# counted\n(reports)\t9\nmill\tmany\n")
    monkeypatch.setattr("ascertain.incidents.linking.words.files", lambda _: tmp_path)
    with pytest.raises(DataFileError, match=r"background_words.tsv.*3") as raised:
        background.__wrapped__()
    assert raised.value.remedy
