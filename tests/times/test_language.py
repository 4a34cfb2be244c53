"""Data files of words of time, and their faults."""

from __future__ import annotations

from importlib import resources

import pytest

from ascertain.model import DataFileError
from ascertain.times import find_times
from ascertain.times.language import compile_language, language

ENGLISH = (resources.files("ascertain.times") / "en.toml").read_text("utf-8")


def test_the_file_compiles_as_it_is() -> None:
    assert len(compile_language(ENGLISH, "en.toml").forms) == len(language("en").forms) > 100


@pytest.mark.parametrize(
    ("good", "bad", "problem", "faulty"),
    [
        ("october = 10\n", "october = 13\n", "month 'october' has the value 13", "october = 13"),
        ("yesterday = -1", "yesterday = 1.5", "near 'yesterday' has the value 1.5", "yesterday = 1.5"),
        ('means = "weekend"', 'means = "holiday"', "no such meaning: 'holiday'", 'means = "holiday"'),
        ('kind = "so_far"', 'kind = "as_yet"', "no such lead: 'as_yet'", 'kind = "as_yet"'),
        ("(the)? {decade}", "(the)? {epoch}", "no such class of words: 'epoch'", "{epoch}"),
        ("([which])? <WEEKDAY> [open]", "([which])? <FEAST> [open]", "no such macro: 'FEAST'", None),
        ('"(the)? year {year}"', '"((the)? year {year}"', "a bracket is not closed", "((the)? year"),
        ('"(the)? year {year}"', '"(the))? year {year}"', "a bracket too many", "(the))?"),
        ('"(the)? year {year}"', '"{year} year {year}"', "cannot be compiled", None),
        ("bare = true", "bear = true", "a rule has the unknown key 'bear'", "bear = true"),
        ("offset = [-2, -2]", "offset = [-2]", "a rule has offset = [-2]", None),
        ("[macros]", "[macroses]", "[macros] is missing", None),
        ("trigger_classes =", "triggers =", "trigger_classes is missing", None),
        ("[join]\nbetween =", "[join]\nbetwixt =", "[join] has no 'between'", None),
        ("[[lead]]", "[[leader]]", "[[lead]] is missing", None),
        ('forms = ["{near}"]', "", "a [[rule]] has no forms", None),
        ("[words.month]", "[words.month", "", None),
    ],
)
def test_a_fault_names_the_file_the_line_and_the_remedy(good: str, bad: str, problem: str, faulty: str | None) -> None:
    source = ENGLISH.replace(good, bad)
    assert source != ENGLISH
    with pytest.raises(DataFileError) as caught:
        compile_language(source, "xx.toml")
    assert problem in caught.value.problem
    assert caught.value.source == "xx.toml"
    assert caught.value.remedy
    if faulty:
        assert caught.value.line
        assert faulty in source.splitlines()[caught.value.line - 1]


def test_a_language_without_words_is_a_fault_of_its_file() -> None:
    with pytest.raises(DataFileError, match=r"times/xx\.toml: no words of time for 'xx'"):
        find_times("text", language="xx")
