"""Laws of times, on made-up texts."""

from __future__ import annotations

import calendar
import datetime as dt
import time as clock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascertain.times import TimeMention, find_times, resolve

MONTHS = list(calendar.month_name)[1:]
SHORT = ["Jan.", "Feb.", "Mar.", "Apr.", "May", "Jun.", "Jul.", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."]
WEEKDAYS = list(calendar.day_name)
SPACE = dt.date(1950, 1, 1), dt.date(2060, 12, 31)
WORDS = """the a of in on at by from to since until before after between and or , . ; ( ) [ ] - – ' that this last next
soldiers people killed 7 20 300 2019 23 9/11 3rd 1990s 2:30 pm war attack began start end three few day days hours week
weeks month year ago later earlier yesterday overnight morning night dawn weekend early mid late previous following same
past half first may march İ ß ² ٧ 𝟗 é"""
PLAIN = st.sampled_from([*WORDS.split(), "\n \n", *MONTHS, *SHORT, *WEEKDAYS])
TEXTS = st.lists(PLAIN, max_size=40).map(" ".join) | st.text(max_size=80)
DATES = st.dates(*SPACE)


def ordinal(day: int) -> str:
    return f"{day}{'th' if 10 < day < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


@st.composite
def written(draw: st.DrawFn) -> tuple[str, dt.date]:
    """A day in one of the usual forms, with its year."""
    day = draw(DATES)
    month = draw(st.sampled_from((MONTHS, SHORT)))[day.month - 1]
    full, weekday = MONTHS[day.month - 1], WEEKDAYS[day.weekday()]
    number = draw(st.sampled_from((str(day.day), ordinal(day.day))))
    forms = [
        f"on {month} {number}, {day.year}",
        f"{number} {month} {day.year}",
        f"on the {number} of {full}, {day.year}",
        f"on {weekday}, {full} {number}, {day.year}",
        f"the night of {weekday} {number} {full} {day.year}",
        f"at dawn on {full} {number} {day.year}",
        f"on {weekday} ({number} {full} {day.year})",
        day.isoformat(),
        f"{day.day}.{day.month}.{day.year}",
    ]
    return draw(st.sampled_from(forms)), day


def sides(mentions: tuple[TimeMention, ...]) -> list[tuple[object, ...]]:
    return [
        (mention.role, mention.start, mention.end, mention.precision, mention.anchor, mention.offset_days)
        for mention in mentions
    ]


@given(TEXTS, st.none() | DATES)
def test_a_span_quotes_its_text_and_mentions_keep_apart(text: str, published: dt.date | None) -> None:
    last = 0
    for mention in find_times(text, published):
        start, end = mention.span
        assert last <= start < end
        assert text[start:end] == mention.text == mention.text.strip()
        last = end


@given(TEXTS, st.none() | st.dates(), st.none() | st.dates())
def test_a_start_is_never_after_its_end(text: str, published: dt.date | None, discourse: dt.date | None) -> None:
    for found in find_times(text, published):
        mention = resolve(found, discourse)
        if mention.start and mention.end:
            assert mention.start <= mention.end
            assert mention.precision != "day" or mention.start == mention.end
        assert mention.role != "since" or mention.end is None
        assert mention.role != "until" or mention.start is None
        assert mention.when().span == mention.span


@given(TEXTS)
def test_without_a_report_date_words_that_hang_on_it_have_no_days(text: str) -> None:
    assert all(mention.start is mention.end is None for mention in find_times(text) if mention.anchor == "report")


@given(written(), DATES)
def test_a_full_date_means_that_day_whatever_the_report(made: tuple[str, dt.date], published: dt.date) -> None:
    words, day = made
    (mention,) = find_times(f"He was shot {words} in the town.", published)
    assert (mention.text, mention.start, mention.end, mention.anchor) == (words, day, day, "calendar")


@given(st.lists(written(), min_size=1, max_size=4), DATES)
def test_upper_case_gives_the_same_dates(made: list[tuple[str, dt.date]], published: dt.date) -> None:
    text = ". ".join(f"Gunmen came {words}, and again the next day, last night and on Tuesday" for words, _ in made)
    assert sides(find_times(text, published)) == sides(find_times(text.upper(), published))


@given(
    st.sampled_from(WEEKDAYS),
    st.sampled_from(("on {}", "{} night", "early {}", "last {}", "before dawn on {}")),
    st.dates(),
)
def test_a_weekday_is_the_latest_one_up_to_the_report(weekday: str, form: str, published: dt.date) -> None:
    (mention,) = find_times(f"He was shot {form.format(weekday)}.", published)
    if mention.start is None:
        assert published < dt.date(1, 1, 9)
        return
    assert mention.start.weekday() == WEEKDAYS.index(weekday)
    assert 0 <= (published - mention.start).days <= 7
    assert form == "last {}" or (published - mention.start).days < 7


@given(DATES, DATES)
def test_a_date_without_a_year_is_of_the_last_year_before_the_report(day: dt.date, published: dt.date) -> None:
    (mention,) = find_times(f"He was shot on {day.day} {MONTHS[day.month - 1]}.", published)
    assert mention.start is not None
    assert (mention.start.month, mention.start.day) == (day.month, day.day)
    assert mention.start <= published + dt.timedelta(days=1)
    if (day.month, day.day) != (2, 29):
        assert (published - mention.start).days <= 366


@pytest.mark.parametrize("word", ["-", ", ", "in ", "in the ", "at 5 pm ", "since ", "5-", "7 October ", "year ", "9"])
def test_a_long_row_of_one_word_costs_no_more_than_its_length(word: str) -> None:
    began = clock.process_time()
    find_times(word * 3000 + " Tuesday")
    assert clock.process_time() - began < 5
