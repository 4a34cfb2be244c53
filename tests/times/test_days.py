"""Arithmetic of days at the edges of the calendar."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from ascertain.times.days import container, piece_of_month, piece_of_year, plus, shift, third_of_month, third_of_year

UNITS = st.sampled_from(("day", "week", "month", "year"))


@given(UNITS, st.dates())
def test_a_period_holds_its_day(unit: str, day: dt.date) -> None:
    first, last = container(unit, day)
    assert first <= day <= last


@given(UNITS, st.dates(), st.integers(-(10**9), 10**9))
def test_a_shift_goes_the_way_of_its_count_or_off_the_calendar(unit: str, day: dt.date, count: int) -> None:
    shifted = shift(unit, day, count)
    assert shifted is None or (shifted > day) == (count > 0) or shifted == day


@given(st.integers(1, 9999), st.integers(1, 12))
def test_thirds_and_halves_make_up_the_month(year: int, month: int) -> None:
    early, mid, late = (third_of_month(year, month, third) for third in ("early", "mid", "late"))
    assert (early[1].day + 1, mid[1].day + 1) == (mid[0].day, late[0].day)
    first, second = piece_of_month(year, month, 1, "half"), piece_of_month(year, month, -1, "half")
    assert first
    assert second
    assert (first[0], second[1]) == container("month", early[0])
    assert first[1] + dt.timedelta(days=1) == second[0]


def test_thirds_and_quarters_make_up_the_year() -> None:
    assert third_of_year(2023, "early")[0] == dt.date(2023, 1, 1)
    assert third_of_year(2023, "late")[1] == dt.date(2023, 12, 31)
    assert piece_of_year(2023, 2, "half") == piece_of_year(2023, -1, "half")
    assert piece_of_year(2023, 3, "quarter") == (dt.date(2023, 7, 1), dt.date(2023, 9, 30))


def test_pieces_that_there_are_not() -> None:
    assert piece_of_month(2023, 5, 3, "half") is None
    assert piece_of_month(2023, 5, 2, "days") is None
    assert piece_of_month(2023, 5, 1, "quarter") is None
    assert piece_of_year(2023, 5, "quarter") is None
    assert piece_of_year(2023, 1, "week") is None


def test_off_the_calendar_is_unknown() -> None:
    assert plus(dt.date.max, 1) is None
    assert shift("year", dt.date(2023, 1, 1), 10**6) is None
