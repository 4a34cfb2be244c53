from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from ascertain.incidents.linking.features import Features
from ascertain.incidents.linking.model import Level, as_toml, read_model, shipped
from ascertain.incidents.linking.words import WordCounts
from ascertain.model import DataFileError

SHIPPED = (files("ascertain.incidents.linking") / "model.toml").read_text(encoding="utf-8")
KIND = """
[[comparison]]
name = "kind"
levels = [
  { if = "type_l = ''" },
  { if = "type_l = type_r", says = "same kind", m = 0.75, u = 0.25 },
  { if = "ELSE", says = "other kinds", m = 0.25, u = 0.75 },
]
"""
HEAD = """
prior = 0.01
missing = -2
join_above = 1
undated_above = -1.5
silent_above = -1.5
near_above = 3
near = "first_day_l = first_day_r"
[families]
protest = ["peaceful_protest"]
[spots]
plain = ["street"]
[hours]
night = ["midnight"]
[parties]
nobody = ["nobody"]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_level_weighs_the_bits_by_which_it_tells_one_event_from_two() -> None:
    assert Level("x", "same day", 0.5, 0.0625).weight == 3
    assert Level("x", "another day", 0.25, 0.5).weight == -1


def test_what_is_not_known_weighs_nothing() -> None:
    assert Level("x", "not known", None, None).weight == 0


def test_a_file_is_read_as_it_is_written(tmp_path: Path) -> None:
    model = read_model(written(tmp_path, HEAD + KIND))
    assert (model.prior, model.missing, model.join_above, model.undated_above) == (0.01, -2, 1, -1.5)
    assert (model.families, model.plain, model.hours) == (
        {"peaceful_protest": "protest"},
        frozenset({"street"}),
        {"midnight": "night"},
    )
    (kind,) = model.comparisons
    assert [(level.says, level.m, level.u) for level in kind.levels] == [
        ("not known", None, None),
        ("same kind", 0.75, 0.25),
        ("other kinds", 0.25, 0.75),
    ]


def test_a_type_without_a_family_is_its_own(tmp_path: Path) -> None:
    model = read_model(written(tmp_path, HEAD + KIND))
    assert (model.family("peaceful_protest"), model.family("grenade")) == ("protest", "grenade")


def test_a_model_that_is_written_is_read_as_the_same(tmp_path: Path) -> None:
    assert read_model(written(tmp_path, as_toml(shipped()))) == shipped()


def test_other_counts_of_words_change_nothing_else() -> None:
    counts = WordCounts(7, {"mill": 1})
    assert shipped().counting(counts).words == counts
    assert replace(shipped().counting(counts), words=shipped().words) == shipped()


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("prior = 0.01", "prior = 0", "prior"),
        ("prior = 0.01", "prior = 1.0", "prior"),
        ("prior = 0.01", "prior = nan", "prior"),
        ("prior = 0.01", "prior = 'some'", "prior"),
        ("prior = 0.01", "", "prior"),
        ("missing = -2", "", "missing"),
        ("missing = -2", "missing = nan", "missing"),
        ("join_above = 1", "join_above = inf", "join_above"),
        ("[families]", "[relations]", "relations"),
        ('plain = ["street"]', 'plain = "street"', "plain"),
        ('night = ["midnight"]', 'night = "midnight"', "night"),
        ("m = 0.75, ", "", "says, m and u belong together"),
        ("m = 0.75, ", "m = 1.5, ", "levels.1.m"),
        ("m = 0.75, ", "m = -0.1, ", "greater than 0"),
        ("u = 0.75", "u = 0", "levels.2.u"),
        ("u = 0.75", "u = 1", "less than 1"),
        ('if = "ELSE", ', "", "levels.2.if"),
        ('says = "same kind", ', "", "says"),
        ('says = "same kind", ', 'say = "same kind", ', "say"),
        ('name = "kind"', 'name = "kind"\nweight = 2', "weight"),
        ('name = "kind"', "", "comparison.0.name"),
        ("prior = 0.01", "prior = 0.01\npriors = 0.02", "priors"),
        ('plain = ["street"]', 'plain = ["street"]\nplane = []', "plane"),
        (KIND, "", "comparison"),
        (KIND, "comparison = 3", "comparison"),
        (KIND, '[[comparison]]\nname = "kind"\nlevels = []', "comparison.0.levels"),
    ],
)
def test_a_fault_names_the_file_what_is_wrong_and_the_remedy(tmp_path: Path, old: str, new: str, named: str) -> None:
    assert old in HEAD + KIND
    with pytest.raises(DataFileError) as raised:
        read_model(written(tmp_path, (HEAD + KIND).replace(old, new)))
    assert raised.value.source == str(tmp_path / "mine.toml")
    assert named in raised.value.problem
    assert raised.value.remedy


@pytest.mark.parametrize("text", ["prior = ", "\x00"])
def test_a_file_that_is_no_toml_is_a_fault(tmp_path: Path, text: str) -> None:
    with pytest.raises(DataFileError, match="mend or replace"):
        read_model(written(tmp_path, text))


def test_a_file_in_another_encoding_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes((HEAD + KIND).encode("utf-16"))
    with pytest.raises(DataFileError):
        read_model(path)


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"gone\.toml"):
        read_model(tmp_path / "gone.toml")


def test_the_shipped_comparisons_ask_for_columns_that_there_are() -> None:
    columns = {f"{name}_{side}" for name in Features._fields for side in "lr"}
    asked: Mapping[str, set[str]] = {
        comparison.name: {
            word
            for level in comparison.levels
            for word in level.condition.replace("(", " ").replace(")", " ").replace(",", " ").split()
            if word.endswith(("_l", "_r"))
        }
        for comparison in shipped().comparisons
    }
    assert {name: words - columns for name, words in asked.items() if words - columns} == {}


def test_each_shipped_comparison_says_when_nothing_is_known() -> None:
    assert [c.name for c in shipped().comparisons if c.levels[0].m is not None] == []


def test_the_shipped_model_is_that_of_the_file() -> None:
    assert f"prior = {shipped().prior} " in SHIPPED
