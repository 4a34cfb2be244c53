"""Times that hang on the date under discussion."""

from __future__ import annotations

import datetime as dt

import pytest

from ascertain.times import find_times, resolve

DISCOURSE = dt.date(2023, 10, 7)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("the previous day", "2023-10-06", "2023-10-06"),
        ("the day before", "2023-10-06", "2023-10-06"),
        ("the next morning", "2023-10-08", "2023-10-08"),
        ("the following night", "2023-10-08", "2023-10-08"),
        ("two days later", "2023-10-09", "2023-10-09"),
        ("three days earlier", "2023-10-04", "2023-10-04"),
        ("48 hours later", "2023-10-09", "2023-10-09"),
        ("hours later", "2023-10-07", "2023-10-07"),
        ("minutes later", "2023-10-07", "2023-10-07"),
        ("the same day", "2023-10-07", "2023-10-07"),
        ("later that evening", "2023-10-07", "2023-10-07"),
        ("that night", "2023-10-07", "2023-10-07"),
        ("a week earlier", "2023-09-25", "2023-10-01"),
        ("the following week", "2023-10-09", "2023-10-15"),
        ("a month later", "2023-11-01", "2023-11-30"),
        ("two years earlier", "2021-01-01", "2021-12-31"),
        ("a few days later", "2023-10-09", "2023-10-13"),
        ("the following Monday", "2023-10-08", "2023-10-14"),
    ],
)
def test_words_are_counted_from_the_date_under_discussion(words: str, start: str, end: str) -> None:
    (mention,) = find_times(f"He died {words}.", dt.date(2024, 1, 1))
    assert (mention.text, mention.anchor, mention.start, mention.end) == (words, "discourse", None, None)
    resolved = resolve(mention, DISCOURSE)
    assert (resolved.start, resolved.end) == (dt.date.fromisoformat(start), dt.date.fromisoformat(end))


def test_what_follows_a_day_after_was_the_day_before() -> None:
    (_, after) = find_times("He was shot on 7 October 2023, a day after gunmen burned the village.")
    assert (after.text, after.offset_days) == ("a day after", (-1, -1))


def test_a_start_stays_without_an_end() -> None:
    (since,) = find_times("Nobody has seen him since then.")
    resolved = resolve(since, DISCOURSE)
    assert (resolved.start, resolved.end, resolved.role) == (DISCOURSE, None, "since")


def test_nothing_is_filled_in_where_nothing_is_known() -> None:
    (later,) = find_times("Two days later he died.")
    assert resolve(later, None) == later
    (war,) = find_times("Since the start of the war nobody came.")
    assert resolve(war, DISCOURSE) == war
    (far,) = find_times("He came 999999999 years later.")
    assert resolve(far, DISCOURSE) == far


def test_other_mentions_come_back_as_they_are() -> None:
    (day,) = find_times("On 3 May 2022.")
    assert resolve(day, DISCOURSE) is day
