"""What words of time mean, by example. The report is of Wednesday 15 November 2023 unless said otherwise."""

from __future__ import annotations

import datetime as dt

import pytest

from ascertain.times import TimeMention, find_times

PUBLISHED = dt.date(2023, 11, 15)


def only(text: str, published: dt.date | None = PUBLISHED) -> TimeMention:
    found = find_times(text, published)
    assert len(found) == 1, found
    return found[0]


def days(text: str, published: dt.date | None = PUBLISHED) -> tuple[str | None, str | None]:
    mention = only(text, published)
    start, end = (day.isoformat() if day else None for day in (mention.start, mention.end))
    return start, end


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("On October 7th, 2023", "2023-10-07"),
        ("7 October 2023", "2023-10-07"),
        ("the 18th of October", "2023-10-18"),
        ("the 29th of October, 2023", "2023-10-29"),
        ("Oct. 7", "2023-10-07"),
        ("Sept. 11, 2001", "2001-09-11"),
        ("7 Oct 23", "2023-10-07"),
        ("3 JAN 90", "1990-01-03"),
        ("5 June '89", "1989-06-05"),
        ("1989-12-30", "1989-12-30"),
        ("30.12.1989", "1989-12-30"),
        ("31/3/12", "2012-03-31"),
        ("07/10/2023", "2023-10-07"),
        ("02/28/2023", "2023-02-28"),
        ("on December 30", "2022-12-30"),
        ("on 14 November", "2023-11-14"),
        ("the night of Thursday, October 26, 2023", "2023-10-26"),
        ("on the morning of Wednesday, October 25th, 2023, at 8 am", "2023-10-25"),
        ("Sat 20 Apr 2024", "2024-04-20"),
        ("in the early hours of 5 March", "2023-03-05"),
        ("at around 8:30 pm local time on 5 March", "2023-03-05"),
        ("AT 1930 GMT ON 7 JAN", "2023-01-07"),
        ("5 May 2023 at 14:30", "2023-05-05"),
        ("on Tuesday evening (5 September)", "2023-09-05"),
        ("LAST FRIDAY [8 SEPTEMBER]", "2023-09-08"),
        ("9 January this year", "2023-01-09"),
        ("the third of March", "2023-03-03"),
        ("on or shortly before 3 March", "2023-03-03"),
        ("shortly after midnight on 3 March", "2023-03-03"),
    ],
)
def test_a_date_is_read_in_every_usual_form(words: str, day: str) -> None:
    mention = only(f"He died, {words}.")
    assert (mention.text, mention.start, mention.end) == (words, dt.date.fromisoformat(day), dt.date.fromisoformat(day))
    assert (mention.role, mention.precision, mention.anchor) == ("date", "day", "calendar")


@pytest.mark.parametrize(
    ("words", "start", "end", "precision"),
    [
        ("May 3-5", "2023-05-03", "2023-05-05", "span"),
        ("May 3–5, 2021", "2021-05-03", "2021-05-05", "span"),
        ("between 3 and 5 May", "2023-05-03", "2023-05-05", "span"),
        ("from 3 to 5 May", "2023-05-03", "2023-05-05", "span"),
        ("the night of 4-5 September", "2023-09-04", "2023-09-05", "span"),
        ("the week of 12-18 February", "2023-02-12", "2023-02-18", "span"),
        ("the week of 15 February", "2023-02-13", "2023-02-19", "week"),
        ("the week ending 9 April", "2023-04-03", "2023-04-09", "week"),
        ("week ended March 3, 2023", "2023-02-25", "2023-03-03", "week"),
        ("From 1 January to 31 December 2022", "2022-01-01", "2022-12-31", "span"),
        ("On 5 and 6 March", "2023-03-05", "2023-03-06", "span"),
        ("from 15 October to 9 November 2023", "2023-10-15", "2023-11-09", "span"),
        ("between 30 December 2021 and 2 January", "2021-12-30", "2022-01-02", "span"),
        ("between October 9, 2022 and August 3", "2022-10-09", "2023-08-03", "span"),
        ("30 April - 2 May 2023", "2023-04-30", "2023-05-02", "span"),
        ("in March 2022", "2022-03-01", "2022-03-31", "month"),
        ("in March", "2023-03-01", "2023-03-31", "month"),
        ("last December", "2022-12-01", "2022-12-31", "month"),
        ("in April last year", "2022-04-01", "2022-04-30", "month"),
        ("between April and June 2022", "2022-04-01", "2022-06-30", "span"),
        ("December 2022 - January 2023", "2022-12-01", "2023-01-31", "span"),
        ("in mid-October", "2023-10-11", "2023-10-20", "span"),
        ("late January", "2023-01-21", "2023-01-31", "span"),
        ("in the first half of May", "2023-05-01", "2023-05-15", "span"),
        ("the second half of February 2024", "2024-02-16", "2024-02-29", "span"),
        ("in the last week of September", "2023-09-24", "2023-09-30", "span"),
        ("the second week of May", "2023-05-08", "2023-05-14", "span"),
        ("the end of October", "2023-10-21", "2023-10-31", "span"),
        ("early 2023", "2023-01-01", "2023-04-30", "span"),
        ("in the first quarter of 2023", "2023-01-01", "2023-03-31", "span"),
        ("in 2019", "2019-01-01", "2019-12-31", "year"),
        ("the summer of 2014", "2014-01-01", "2014-12-31", "year"),
        ("from 1984 to 1989", "1984-01-01", "1989-12-31", "span"),
        ("the 1990s", "1990-01-01", "1999-12-31", "span"),
        ("the early 1980s", "1980-01-01", "1983-12-31", "span"),
    ],
)
def test_spans_months_and_years(words: str, start: str, end: str, precision: str) -> None:
    mention = only(f"It was {words}.")
    assert (mention.text, days(f"It was {words}.")) == (words, (start, end))
    assert (mention.role, mention.precision, mention.anchor) == ("date", precision, "calendar")


@pytest.mark.parametrize(
    ("words", "start", "end", "precision"),
    [
        ("yesterday", "2023-11-14", "2023-11-14", "day"),
        ("at 1030 today", "2023-11-15", "2023-11-15", "day"),
        ("this morning", "2023-11-15", "2023-11-15", "day"),
        ("last night", "2023-11-14", "2023-11-14", "day"),
        ("overnight", "2023-11-14", "2023-11-15", "span"),
        ("the day before yesterday", "2023-11-13", "2023-11-13", "day"),
        ("on Tuesday", "2023-11-14", "2023-11-14", "day"),
        ("on Wednesday", "2023-11-15", "2023-11-15", "day"),
        ("Thursday night", "2023-11-09", "2023-11-09", "day"),
        ("before dawn Thursday", "2023-11-09", "2023-11-09", "day"),
        ("early on Sunday", "2023-11-12", "2023-11-12", "day"),
        ("last Wednesday", "2023-11-08", "2023-11-08", "day"),
        ("this Friday", "2023-11-17", "2023-11-17", "day"),
        ("next Monday", "2023-11-20", "2023-11-20", "day"),
        ("this past Friday", "2023-11-10", "2023-11-10", "day"),
        ("Tuesday last week", "2023-11-07", "2023-11-07", "day"),
        ("overnight into Friday", "2023-11-09", "2023-11-10", "span"),
        ("from Monday to Wednesday", "2023-11-13", "2023-11-15", "span"),
        ("between Friday night and Saturday morning", "2023-11-10", "2023-11-11", "span"),
        ("two days ago", "2023-11-13", "2023-11-13", "day"),
        ("three hours ago", "2023-11-15", "2023-11-15", "day"),
        ("36 hours ago", "2023-11-13", "2023-11-14", "span"),
        ("two weeks ago", "2023-10-30", "2023-11-05", "week"),
        ("a year ago", "2022-01-01", "2022-12-31", "year"),
        ("a few days ago", "2023-11-09", "2023-11-13", "span"),
        ("last week", "2023-11-06", "2023-11-12", "week"),
        ("earlier this week", "2023-11-13", "2023-11-15", "week"),
        ("last month", "2023-10-01", "2023-10-31", "month"),
        ("early last month", "2023-10-01", "2023-10-10", "span"),
        ("earlier this month", "2023-11-01", "2023-11-15", "month"),
        ("last year", "2022-01-01", "2022-12-31", "year"),
        ("over the weekend", "2023-11-11", "2023-11-12", "span"),
        ("this weekend", "2023-11-18", "2023-11-19", "span"),
    ],
)
def test_words_that_hang_on_the_report(words: str, start: str, end: str, precision: str) -> None:
    mention = only(f"He died {words}.")
    assert (mention.text, days(f"He died {words}.")) == (words, (start, end))
    assert (mention.role, mention.precision, mention.anchor) == ("date", precision, "report")
    unknown = only(f"He died {words}.", None)
    assert (unknown.start, unknown.end, unknown.text) == (None, None, words)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("in the past 24 hours", "2023-11-14", "2023-11-15"),
        ("over the past week", "2023-11-08", "2023-11-15"),
        ("in the last three months", "2023-08-15", "2023-11-15"),
        ("for the past few days", "2023-11-09", "2023-11-15"),
        ("for the third day in a row", "2023-11-13", "2023-11-15"),
        ("so far this year", "2023-01-01", "2023-11-15"),
        ("in recent days", None, "2023-11-15"),
        ("for three days", None, None),
        ("within 48 hours", None, None),
    ],
)
def test_durations(words: str, start: str | None, end: str | None) -> None:
    mention = only(f"Shelling lasted {words}.")
    assert (mention.text, mention.role) == (words, "duration")
    assert days(f"Shelling lasted {words}.") == (start, end)


def test_a_duration_starts_with_its_own_preposition() -> None:
    assert only("Shelling went on for three days.").text == "for three days"


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("since October 7", "2023-10-07"),
        ("since 7 October 2023", "2023-10-07"),
        ("since the war began on 7 October 2023", "2023-10-07"),
        ("since the start of the operation in the valley on 13 February", "2023-02-13"),
        ("since early February", "2023-02-01"),
        ("since 2021", "2021-01-01"),
        ("since Monday", "2023-11-13"),
        ("since the beginning of the year", "2023-01-01"),
        ("since the start of the war", None),
        ("since the war began", None),
    ],
)
def test_since_has_a_start_and_no_end(words: str, start: str | None) -> None:
    mention = only(f"Many have died {words}, they say.")
    assert (mention.text, mention.role, mention.end) == (words, "since", None)
    assert days(f"Many have died {words}, they say.") == (start, None)


@pytest.mark.parametrize(
    ("words", "end"),
    [
        ("until Friday", "2023-11-17"),
        ("by Friday", "2023-11-10"),
        ("by 20 December", "2023-12-20"),
        ("up to 5 November", "2023-11-05"),
        ("before 9 November", "2023-11-08"),
        ("by the end of May 2023", "2023-05-31"),
    ],
)
def test_until_has_an_end_and_no_start(words: str, end: str) -> None:
    mention = only(f"They must leave {words}.")
    assert (mention.text, mention.role) == (words, "until")
    assert days(f"They must leave {words}.") == (None, end)


def test_a_date_that_tells_which_event_is_no_bound() -> None:
    assert only("after Tuesday's attack").role == "date"
    assert only("before the October 7 attacks").text == "the October 7"


@pytest.mark.parametrize(
    "text",
    [
        "He may go. May he rest. Actress May Skaf sang.",
        "A march began; protesters march on the city in the Great March of Return.",
        "The Sunday Times says so every Friday.",
        "A 34 years old man, a three-year-old girl, a boy aged 5, a baby 6 months old.",
        "A 20-year sentence for the Second Battalion, the 7th Brigade, on the 18th floor.",
        "Call 555-12-1989 or +970 59 123 4567; they won 3-2 on 9/11 or 24/7.",
        "Flight 370 and 2000 people, the 2019 constitution, article 12.",
        "They were hit at 2:30 pm and again at dawn.",
        "The 19 April Movement blew up the October 6 Bridge.",
        "He went to her house two days before her wedding.",
        "30 February 2023",
    ],
)
def test_look_alikes_are_no_times(text: str) -> None:
    assert find_times(text, PUBLISHED) == ()
    assert find_times(text.upper(), PUBLISHED) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("In March 20 people were killed.", "In March"),
        ("On March 20 people fled.", "On March 20"),
        ("On October 7, 350 people fled.", "On October 7"),
        ("On 7 October 23 people were killed.", "On 7 October"),
        ("On October 7 and 8 Palestinians died.", "On October 7"),
        ("The 2019 war was short.", "The 2019"),
    ],
)
def test_a_number_of_people_is_no_part_of_a_date(text: str, words: str) -> None:
    assert only(text).text == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("On 5 June 1994 soldiers killed six peasants.", "On 5 June 1994"),
        ("On March 14th 2017 local sources said six had died.", "On March 14th 2017"),
        ("In March 2019 people fled the valley.", "In March 2019"),
        ("On October 7, 2011 people fled.", "On October 7, 2011"),
    ],
)
def test_a_year_after_a_day_or_a_month_is_a_year_whatever_follows(text: str, words: str) -> None:
    assert only(text).text == words


def test_the_year_comes_from_the_last_full_date() -> None:
    found = find_times("On 3 June 2019 he fled. On 9 June he was caught. In December he died.", PUBLISHED)
    assert [time.start and time.start.year for time in found] == [2019, 2019, 2019]


def test_the_year_turns_with_the_story() -> None:
    found = find_times("SAN MARTIN, 3 JAN 90 -- It happened on 30 December.", dt.date(1990, 1, 3))
    assert [time.start for time in found] == [dt.date(1990, 1, 3), dt.date(1989, 12, 30)]


def test_without_a_year_and_without_a_report_date_nothing_is_made_up() -> None:
    assert days("On 9 June he was caught.", None) == (None, None)


def test_without_a_report_date_a_full_date_further_on_gives_the_year() -> None:
    found = find_times("On 9 June he was shot. He died on 3 July 2019.")
    assert found[0].start == dt.date(2019, 6, 9)


def test_a_named_weekday_helps_to_find_the_year() -> None:
    assert days("on Friday, 10 December", dt.date(2023, 5, 1)) == ("2021-12-10", "2021-12-10")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Talks will resume in the capital on Friday.", "2023-11-17"),
        ("The vote is scheduled for 11 January.", "2024-01-11"),
        ("The vote is to be on Thursday, 11 January.", "2024-01-11"),
        ("They will go on, he said on Friday.", "2023-11-10"),
        ("They will avenge Friday's attack.", "2023-11-10"),
        ("They will be tried for the attack on 11 August.", "2023-08-11"),
    ],
)
def test_a_plan_points_ahead(text: str, day: str) -> None:
    assert days(text) == (day, day)


def test_other_dates_of_the_text_tell_that_the_month_comes_first() -> None:
    found = find_times("Attacks on 12/31/2021 and 03/04/2022.", PUBLISHED)
    assert found[1].start == dt.date(2022, 3, 4)


def test_a_dateline_is_a_date_like_any_other() -> None:
    found = find_times(
        "LA UNION, 5 FEB 88 (RADIO) -- [TEXT] YESTERDAY AFTERNOON TWO MEN WERE SHOT.", dt.date(1988, 2, 5)
    )
    assert [(time.text, time.start) for time in found] == [
        ("5 FEB 88", dt.date(1988, 2, 5)),
        ("YESTERDAY AFTERNOON", dt.date(1988, 2, 4)),
    ]


def test_a_day_without_a_month_takes_that_of_the_last_date() -> None:
    found = find_times("Shelling began on 15 June. A truce was announced on the 24th.", PUBLISHED)
    assert found[1].start == dt.date(2023, 6, 24)


def test_a_mention_becomes_the_models_when() -> None:
    when = only("He died on 7 October 2023.").when()
    assert (when.start, when.precision, when.text, when.span) == (
        dt.date(2023, 10, 7),
        "day",
        "on 7 October 2023",
        (8, 25),
    )
