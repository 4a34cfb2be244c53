"""The words of charts: each language has all of them, and a fault of its file names the remedy."""

import datetime as dt

import pytest

from ascertain.model import DataFileError
from ascertain.release.charts import words_of
from ascertain.release.charts.wording import LANGUAGES, _check, told_tick


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_every_word(language: str) -> None:
    words, english = words_of(language), words_of("en")
    assert words.language == language
    assert set(words.status) == set(english.status)
    assert set(words.modality) == set(english.modality)
    assert len(words.months) == 12


def test_a_language_without_words_is_told_in_english() -> None:
    assert words_of("uk") == words_of("en")


@pytest.mark.parametrize("phrases", [{}, {"at_least": "many"}])
def test_a_missing_phrase_or_brace_is_a_fault_with_a_remedy(phrases: dict[str, str]) -> None:
    with pytest.raises(DataFileError, match="at least"):
        _check("xx.toml", phrases, {"at_least": "at least {low}"})


def test_a_year_is_told_where_the_axis_or_the_year_begins() -> None:
    days = (dt.date(2024, 12, 1), dt.date(2025, 1, 1), dt.date(2025, 2, 1))
    told = [told_tick(day, "month", place == 0, words_of("en")) for place, day in enumerate(days)]
    assert told == ["Dec 2024", "Jan 2025", "Feb"]
